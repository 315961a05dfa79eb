"""Whoever said stop is not asked."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut(Limit):
    """The taker has asked for no more mail."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        at = candidate.standing.opted_out_at
        return f"asked for no more mail on {at.date()}" if at else None
