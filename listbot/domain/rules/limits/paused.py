"""Whoever pauses is left alone until the day they named."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Limit):
    """The taker pauses; on the day named they are back."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        until = candidate.taker.paused_until
        return f"paused until {until}" if until and case.today < until else None
