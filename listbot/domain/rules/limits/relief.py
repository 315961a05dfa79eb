"""The kind of help is one the taker gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief(Limit):
    """At least one relief asked for is among those the taker named, or is covered by one. Nothing named is not nothing."""

    anybody: frozenset[str] = field(
        default=frozenset(), metadata=about("reliefs that everybody who takes cases can help with", of="relief")
    )
    covered_by: Mapping[str, frozenset[str]] = field(
        default_factory=dict, metadata=about("for a relief, others of which one is enough", of="relief")
    )

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.need.relief) and not self.anybody.intersection(case.need.relief)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        asked, named = case.need.relief, candidate.taker.relief
        if not named or not named.keys().isdisjoint(asked):
            return None
        if any(not named.keys().isdisjoint(self.covered_by.get(r, ())) for r in asked):
            return None
        return f"does not take {' or '.join(case.label(r) for r in asked)}"
