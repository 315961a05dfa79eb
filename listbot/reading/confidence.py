"""How likely a plea was read right in every point: signs of it, weighed as posts of held-back writers taught.

The weights in `data/confidence.json` come from `python -m training.confidence`. What is called right there is what lets the bot
act alone: kind, number of clients, and for each of them the state, the deadline and the relief.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from listbot.domain.reading import DateRole, Kind, Need
from listbot.reading.date_roles import BINDING_ROLES
from listbot.reading.judgement import Judgement, Shares, View
from listbot.reading.kind import KindGuess
from listbot.reading.logistic import likelihood, log_odds, weights_in

M = TypeVar("M")
K = TypeVar("K")

WEIGHTS = Path(__file__).parent / "data" / "confidence.json"
_FAR = 4.0
"""Log-odds beyond which a share says no more."""


def confidence(signs: Mapping[str, float]) -> float:
    """The share, of posts with such signs, that is read right."""
    return likelihood(signs, weights_in(WEIGHTS))


def signs_of(
    view: View, rules: KindGuess, joined: KindGuess, opinion: Judgement, needs: Sequence[Need], doubts: int
) -> dict[str, float]:
    """The signs by name: how sure and how many, and where the encoder's opinion differs from what the rules went by."""
    m = view.mentions
    ahead = [(d, s) for d, s in _pairs(m.dates, opinion.dates) if d.day and d.day > view.today]
    return {
        "bias": 1.0,
        "kind": log_odds(joined.shares[Kind.REFERRAL], _FAR),
        "kind_apart": float(rules.kind is not Kind.REFERRAL)
        + float(bool(opinion.kind) and _first(opinion.kind) is not Kind.REFERRAL),
        "clients": float(len(needs) > 1),
        "many": float(len(needs) > 2),
        "several": log_odds(opinion.several if len(needs) == 1 else 1 - opinion.several, _FAR)
        if opinion.several is not None
        else 0.0,
        "doubts": float(min(3, doubts)),
        "no_state": float(any(not n.states for n in needs)),
        "two_states": float(any(len(n.states) > 1 for n in needs)),
        "sure": min((n.confidence for n in needs), default=0.0),
        "places_apart": _apart([(p.role, s) for p, s in _pairs(m.places, opinion.places)]),
        "dates_ahead": float(min(3, len(ahead))),
        "dates_apart": _apart([(d.role.value, s) for d, s in ahead]),
        "dates_faint": float(sum(d.role not in BINDING_ROLES or d.role is DateRole.OTHER for d, _ in ahead) > 0),
        "deadline": float(any(n.deadline for n in needs)),
        "relief_least": min(
            (log_odds(opinion.asked[r], _FAR) for n in needs for r in n.relief if r in opinion.asked), default=0.0
        ),
        "relief_left": max(
            (log_odds(s, _FAR) for r, s in opinion.asked.items() if not any(r in n.relief for n in needs)), default=0.0
        ),
        "no_relief": float(any(not n.relief for n in needs)),
        "relief_many": float(any(len(n.relief) > 2 for n in needs)),
        "brought": float(bool(view.brought)),
        "long": math.log1p(len(view.text.split())) - 4,
    }


def _pairs(mentions: Sequence[M], opinions: Sequence[Shares]) -> list[tuple[M, Shares]]:
    return list(zip(mentions, opinions, strict=True)) if opinions else [(m, {}) for m in mentions]


def _first(shares: Mapping[K, float]) -> K:
    return max(shares, key=lambda k: shares[k])


def _apart(roles: Sequence[tuple[str, Shares]]) -> float:
    """How much of the encoder's opinion, at most of one mention, is against the rules' role; 0 without opinions."""
    return max((1 - shares.get(role, 0.0) for role, shares in roles if len(shares) > 1), default=0.0)
