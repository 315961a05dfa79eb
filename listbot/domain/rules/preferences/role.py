"""Who takes cases oneself comes before who passes them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Judgement, Preference, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Preference):
    """A value for each kind of taker."""

    values: Mapping[TakerKind, float] = field(
        default_factory=dict, metadata=about("value, 0 to 1, of each kind of taker", least=0, most=1)
    )

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """See `Preference`."""
        return Judgement(self.values.get(candidate.taker.kind, self.unknown))
