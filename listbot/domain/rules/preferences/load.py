"""Work is spread: who was asked lately, or carries cases from here, comes later."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Load(Preference):
    """Full value for nobody's burden; each ask of the last 30 days and each open placement lowers it."""

    ask: float = field(default=0.35, metadata=about("share of the value that one recent ask takes", least=0, most=1))
    placement: float = field(default=0.2, metadata=about("share of the value that one open placement takes", least=0, most=1))

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        standing = candidate.standing
        asks = (1 - self.ask) ** standing.asks_last_30_days
        return Judgement(asks * (1 - self.placement) ** standing.open_placements)
