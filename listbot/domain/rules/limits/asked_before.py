"""Nobody is asked twice about one need, and no second person of one office."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBefore(Limit):
    """The taker, or a colleague at the same organisation, was asked about this need already."""

    colleagues: bool = field(default=True, metadata=about("one person of an organisation is asked about a need, not two"))

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.asked)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        if candidate.id in case.asked:
            return "was asked about this need already"
        organization = candidate.taker.organization
        if self.colleagues and organization and folded(organization) in case.asked_organizations:
            return f"somebody at {organization} was asked about this need already"
        return None
