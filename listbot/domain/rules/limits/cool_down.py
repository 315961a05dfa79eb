"""After an ask a person has peace for some days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolDown(Limit):
    """No second ask within some days of the first, and none while one is unanswered."""

    days: int = field(default=5, metadata=about("days between two asks to one person"))
    open_asks: int = field(default=2, metadata=about("unanswered asks at which no further one is sent; 0: never mind"))

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        standing = candidate.standing
        if standing.last_asked_at and case.now - standing.last_asked_at < timedelta(days=self.days):
            return f"was asked on {standing.last_asked_at.date()}, less than {self.days} days ago"
        if self.open_asks and standing.open_asks >= self.open_asks:
            return f"has {standing.open_asks} asks to answer yet"
        return None
