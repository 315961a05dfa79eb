"""An organisation's own word binds its people."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case, folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Limit):
    """Where the registry has an entry for somebody's organisation, its pause and its room for cases hold for them too."""

    capacity: bool = field(default=True, metadata=about("an organisation without room has people without room"))

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.organizations)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        taker = candidate.taker
        if not taker.organization or taker.kind in (TakerKind.ORGANIZATION, TakerKind.CLINIC):
            return None
        entry = case.organizations.get(folded(taker.organization))
        if entry is None or entry.id == candidate.id:
            return None
        until, slots = entry.taker.paused_until, entry.taker.open_slots
        if until and case.today < until:
            return f"{taker.organization} pauses until {until}"
        if entry.standing.opted_out_at:
            return f"{taker.organization} asked for no more mail"
        if self.capacity and slots is not None and slots <= entry.standing.open_placements:
            return f"{taker.organization} has no room for another case"
        return None
