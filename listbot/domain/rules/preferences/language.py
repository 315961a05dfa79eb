"""A shared language saves an interpreter."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.languages import language_name
from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Preference):
    """Whether the taker speaks a language of the client."""

    without: float = field(default=0.15, metadata=about("value of speaking none of them", least=0, most=1))

    def concerns(self, case: Case) -> bool:
        """See `Preference`."""
        return bool(set(case.need.languages) - {"en"})

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        spoken = candidate.taker.languages
        if not spoken:
            return Judgement(self.unknown)
        shared = [code for code in case.need.languages if code != "en" and code in spoken]
        if not shared:
            return Judgement(self.without)
        spoken_too = " and ".join(language_name(code) for code in shared)
        return Judgement(1.0, Reason("speaks", f"you speak {spoken_too}", languages=tuple(shared)))
