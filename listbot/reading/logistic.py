"""Shares of 1 and their log-odds; signs weighed by a table that was learned from the corpus."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_NEVER = 1e-9


def share_of(odds: float) -> float:
    """The share of 1 that has such log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def log_odds(share: float, most: float) -> float:
    """ln(p / (1 - p)), within ±`most`: beyond it a share says no more."""
    return max(-most, min(most, math.log(max(share, _NEVER) / max(1 - share, _NEVER))))


def likelihood(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The share, of what has such signs, for which the answer is yes."""
    return share_of(sum(weights.get(name, 0.0) * value for name, value in signs.items()))


@cache
def weights_in(file: Path) -> Mapping[str, float]:
    """Sign to weight, as a script of `training` wrote them."""
    found: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return found
