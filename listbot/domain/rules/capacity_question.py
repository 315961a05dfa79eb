"""The gentle question that keeps capacity fresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from listbot.domain.rules.base import about

WORKING_DAYS = 250
"""Of a year, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityQuestion:
    """Whoever has said nothing of their room for so long is asked once; so few a day that all are asked within the interval."""

    enabled: bool = field(default=True, metadata=about("no: nobody is asked"))
    every_days: float = field(
        default=365, metadata=about("days after a statement, or after the question, until the next one", least=30)
    )
    at_once: int = field(
        default=2, metadata=about("people asked on one day, at least; more only where the registry is large", least=1)
    )

    def a_day(self, people: int) -> int:
        """How many are asked on a working day, of so many in the registry."""
        return max(self.at_once, ceil(people / (self.every_days / 365 * WORKING_DAYS)))
