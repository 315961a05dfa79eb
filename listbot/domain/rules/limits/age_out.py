"""A state court can make its findings only while the client is a child by that state's law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeOut(Limit):
    """The client is younger than the age at which the relief ends, in at least one of the states asked for."""

    relief: frozenset[str] = field(metadata=about("reliefs that end at an age", of="relief"))
    ends_at: int = field(default=21, metadata=about("the age at which it ends where no state is named below"))
    by_state: Mapping[str, int] = field(
        default_factory=dict, metadata=about("the age in single states, by USPS code", of="state")
    )

    sources: Mapping[str, str] = field(
        default_factory=dict, metadata=about("where the law of single states says so, by USPS code")
    )

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        age, asked = case.need.age, case.need.relief
        if age is None or not asked or not self.relief.issuperset(asked):
            return False  # something else is asked for that age does not end
        return age >= max(self._ends(case).values())

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        age, asked = case.need.age, case.need.relief
        where = " and ".join(self._says(state, end) for state, end in sorted(self._ends(case).items()))
        return f"{case.label(min(asked))} ends {where}, and the client is {age}"

    def _ends(self, case: Case) -> dict[str, int]:
        """The age at which it ends in each state of the case."""
        return {state: self.by_state.get(state, self.ends_at) for state in case.states} or {"": self.ends_at}

    def _says(self, state: str, end: int) -> str:
        """One state's age, with its law where that is named."""
        law = f" ({self.sources[state]})" if state in self.sources else ""
        return f"in {state} at {end}{law}" if state else f"at {end}"
