"""Detained cases go to those who take them."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Detained(Limit):
    """Whoever said no to detained clients is not asked for one."""

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return case.need.detained is True

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        return "takes no detained cases" if candidate.taker.detained is False else None
