"""Children's cases go to those who take them."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Minors(Limit):
    """Whoever said no to minors is not asked for one."""

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return case.need.minor is True

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        return "takes no minors' cases" if candidate.taker.minors is False else None
