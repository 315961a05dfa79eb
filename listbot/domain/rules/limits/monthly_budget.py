"""Nobody is asked more often than they agreed to."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyBudget(Limit):
    """Asks within 30 days, by the taker's own word or else by the rule."""

    asks: int = field(default=2, metadata=about("asks in 30 days for takers who named no number of their own"))

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        own = candidate.taker.max_asks_per_month
        most = self.asks if own is None else own
        had = candidate.standing.asks_last_30_days
        if had < most:
            return None
        return f"had {had} asks in the last 30 days, and {most} is the most" if most else "wants no asks"
