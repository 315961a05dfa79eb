"""Law students appear only under supervision (8 CFR 1292.1(a)(2))."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class LawStudentSupervision(Limit):
    """A law student has a clinic or office behind them, or the post offers supervision."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        taker = candidate.taker
        if taker.kind is not TakerKind.LAW_STUDENT or taker.organization or case.need.supervision:
            return None
        return "law students act only under supervision; no clinic is on record and the post offers none"
