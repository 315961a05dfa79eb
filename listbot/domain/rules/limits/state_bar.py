"""Work in a state's courts needs that state's licence."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBar(Limit):
    """For the reliefs named, an attorney is admitted in a state of the need; elsewhere any US bar will do."""

    relief: frozenset[str] = field(metadata=about("reliefs that are sought in a state court", of="relief"))
    kinds: frozenset[TakerKind] = field(
        default=frozenset({TakerKind.ATTORNEY}), metadata=about("kinds of takers whose bar admissions are looked at")
    )
    unknown_excludes: bool = field(default=False, metadata=about("yes: whoever names no bar at all is not asked either"))

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.states and self.relief.intersection(case.need.relief))

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        asked, taker = self.relief.intersection(case.need.relief), candidate.taker
        if taker.kind not in self.kinds:
            return None
        if (not taker.bar_states and not self.unknown_excludes) or taker.bar_states & case.states:
            return None
        work, where = case.label(min(asked)), " or ".join(sorted(case.states))
        has = ", ".join(sorted(taker.bar_states)) or "no bar on record"
        return f"{work} is state-court work and needs the bar of {where}; admitted: {has}"
