"""An address that mail does not reach is not asked."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced(Limit):
    """Mail to the taker came back; a moderator mends the address first."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        at = candidate.standing.bounced_at
        return f"mail to this address came back on {at.date()}" if at else None
