"""A stop-work order bars organisations from new cases from one day to the next: one switch."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWork(Limit):
    """While `enabled`, the organisations named (or every one with the funding named) take no new cases of children."""

    organizations: frozenset[str] = field(default=frozenset(), metadata=about("names of the organisations it concerns"))
    funding: frozenset[str] = field(default=frozenset(), metadata=about("or whoever has one of these funding limits"))
    minors_only: bool = field(default=True, metadata=about("no: it bars every new case, not only those of children"))

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return case.need.minor is True or not self.minors_only

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        taker = candidate.taker
        named = {folded(name) for name in self.organizations}
        office = taker.organization or taker.name * (taker.kind in (TakerKind.ORGANIZATION, TakerKind.CLINIC))
        if (office and folded(office) in named) or taker.funding_limits & self.funding:
            return f"a stop-work order bars {office or 'this taker'} from new cases of this kind"
        return None
