"""A bar of the state helps even where the law does not ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission(Preference):
    """Whether the taker is admitted in a state of the need; for the reliefs named only, or for all."""

    relief: frozenset[str] = field(default=frozenset(), metadata=about("reliefs for which it counts; none: for all", of="relief"))
    elsewhere: float = field(default=0.3, metadata=about("value of a bar elsewhere", least=0, most=1))

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return bool(case.states) and (not self.relief or bool(self.relief.intersection(case.need.relief)))

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        bars = candidate.taker.bar_states
        if not bars:
            return Judgement(self.unknown)
        shared = sorted(bars & case.states)
        if not shared:
            return Judgement(self.elsewhere)
        state = case.state_name(shared[0])
        return Judgement(1.0, Reason("admitted", f"you are admitted in {state}", place=state))
