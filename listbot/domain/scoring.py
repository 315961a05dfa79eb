"""How well somebody fits a need, and what may be said of it to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from listbot.domain.registry import Candidate
from listbot.domain.rules import Case, Preference


@dataclass(frozen=True, slots=True)
class Fit:
    """`value` 0 to 1, and the reasons for it, the weightiest first."""

    value: float
    reasons: tuple[str, ...]


def fit(case: Case, candidate: Candidate, preferences: Iterable[Preference]) -> Fit:
    """The weighted mean of what the preferences say; those the case does not ask for do not count."""
    total = weights = 0.0
    said: list[tuple[float, str]] = []
    for preference in preferences:
        judged = preference.judge(case, candidate) if preference.enabled else None
        if judged is None:
            continue
        total += preference.weight * judged.value
        weights += preference.weight
        if judged.reason:
            said.append((-preference.weight * judged.value, judged.reason))
    said.sort(key=lambda pair: pair[0])
    return Fit(total / weights if weights else 0.5, tuple(reason for _, reason in said))


def score(fit: float, chance: float, chance_weight: float, good_chance: float) -> float:
    """The order of asking, 0 to 1: fit and chance of a yes multiplied, so that neither makes up for a want of the other."""
    fits: float = fit ** (1 - chance_weight)
    likely: float = min(1.0, chance / good_chance) ** chance_weight
    return fits * likely
