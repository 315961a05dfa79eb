"""For detained clients, those who said they take them."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference
from listbot.domain.rules.case import Case

_SAID = Reason("detention", "you take detained cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Detention(Preference):
    """A plain yes to detained cases counts more than silence."""

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return case.need.detained is True

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        return Judgement(1.0, _SAID) if candidate.taker.detained else Judgement(self.unknown)
