"""A post does not come back to its writer."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster(Limit):
    """Whoever wrote the post is not asked about it."""

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        return "wrote the post" if candidate.taker.email.casefold() == case.author.email.casefold() else None
