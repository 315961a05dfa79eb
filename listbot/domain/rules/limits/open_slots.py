"""Whoever has no room for a case is not asked for one."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSlots(Limit):
    """The cases the taker has room for, less those taken through the bot since. Unknown room is not none."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        slots, placed = candidate.taker.open_slots, candidate.standing.open_placements
        if slots is None or slots > placed:
            return None
        return f"has room for {slots} and took {placed} since" if slots else "has no room for another case"
