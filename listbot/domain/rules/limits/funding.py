"""What a taker's money may not be spent on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Limit):
    """Funding limits, as named in the registry, that bar a kind of client."""

    bars_minors: frozenset[str] = field(default=frozenset(), metadata=about("funding limits that bar children's cases"))
    bars_detained: frozenset[str] = field(default=frozenset(), metadata=about("funding limits that bar detained clients"))
    bars_relief: Mapping[str, frozenset[str]] = field(
        default_factory=dict, metadata=about("funding limits that bar a case when all its reliefs are among these")
    )

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        limits = candidate.taker.funding_limits
        if not limits:
            return None
        barred = set(limits & self.bars_minors) if case.need.minor else set()
        if case.need.detained:
            barred |= limits & self.bars_detained
        if asked := frozenset(case.need.relief):
            barred |= {limit for limit in limits if asked <= self.bars_relief.get(limit, frozenset())}
        return f"funding does not allow it ({', '.join(sorted(barred))})" if barred else None
