"""Those with room for several cases come before those with one place left, and fresh word before stale."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.reasons import Reason
from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Preference):
    """Open places less those filled through the bot; a statement moves half-way towards unknown each `half_life_days`."""

    plenty: int = field(default=2, metadata=about("open places that are worth full value", least=1))
    half_life_days: float = field(
        default=180, metadata=about("days after which a statement on capacity is half believed", least=1)
    )

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        slots, standing = candidate.taker.open_slots, candidate.standing
        if slots is None:
            return Judgement(self.unknown)
        left = max(0, slots - standing.open_placements)
        said = min(1.0, left / max(1, self.plenty))
        if standing.capacity_at is None:
            return Judgement(said)
        age = max(0.0, (case.now - standing.capacity_at).total_seconds() / 86400)
        belief = 0.5 ** (age / self.half_life_days)
        worth = self.unknown + (said - self.unknown) * belief
        if age >= self.half_life_days or not left:
            return Judgement(worth)
        return Judgement(worth, Reason("room", f"you have room for {left} case{'s' if left > 1 else ''}", cases=left))
