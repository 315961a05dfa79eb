"""The poster's own office already knows of the case."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterColleague(Limit):
    """People of the poster's organisation are not asked: they can be asked across the corridor."""

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.poster_organization)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        organization = candidate.taker.organization
        if folded(organization) != case.poster_organization:
            return None
        return f"works with the poster at {organization}"
