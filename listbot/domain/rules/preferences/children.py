"""For children, those who said they take their cases."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference
from listbot.domain.rules.case import Case

_SAID = Reason("children", "you take children's cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Children(Preference):
    """A plain yes to minors' cases counts more than silence."""

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return case.need.minor is True

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        return Judgement(1.0, _SAID) if candidate.taker.minors else Judgement(self.unknown)
