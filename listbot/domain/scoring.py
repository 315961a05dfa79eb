"""How well somebody fits a need, and what may be said of it to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from listbot.domain.rules import Judgement


@dataclass(frozen=True, slots=True)
class Fit:
    """`value` 0 to 1, and the reasons for it, the weightiest first."""

    value: float
    reasons: tuple[str, ...]


def fit(judged: Iterable[tuple[float, Judgement]]) -> Fit:
    """The weighted mean of what the preferences say: their weights and judgements."""
    total = weights = 0.0
    said: list[tuple[float, str]] = []
    for weight, judgement in judged:
        worth = weight * judgement.value
        total += worth
        weights += weight
        if judgement.reason:
            said.append((-worth, judgement.reason))
    said.sort(key=_worth)
    return Fit(total / weights if weights else 0.5, tuple([reason for _, reason in said]))


_worth = itemgetter(0)


def score(fit: float, chance: float, chance_weight: float, good_chance: float) -> float:
    """The order of asking, 0 to 1: fit and chance of a yes multiplied, so that neither makes up for a want of the other."""
    fits: float = fit ** (1 - chance_weight)
    likely: float = min(1.0, chance / good_chance) ** chance_weight
    return fits * likely
