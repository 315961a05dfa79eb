"""For children, those who said they take their cases."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Children(Preference):
    """A plain yes to minors' cases counts more than silence."""

    def judge(self, case: Case, candidate: Candidate) -> Judgement | None:
        """See `Preference`."""
        if not case.need.minor:
            return None
        return Judgement(1.0, "you take children's cases") if candidate.taker.minors else Judgement(self.unknown)
