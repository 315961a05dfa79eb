"""Full or limited: as the taker said."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(Limit):
    """The scope asked for is among those the taker named."""

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.need.scope)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        scopes, asked = candidate.taker.scopes, case.need.scope
        if not scopes or asked in scopes:
            return None
        return f"takes {' and '.join(sorted(scopes))} scope only, and {asked} scope is asked for"
