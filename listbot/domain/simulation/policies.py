"""Whom to ask: listbot beside simpler ways. Each sees the registry and what was learned, never the truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from listbot.domain.mail import Address
from listbot.domain.matching import Match
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlist
from listbot.domain.waves import WavePlan, next_wave
from listbot.domain.work import StoredAsk

AT_ONCE = 10
"""How many the simple policies ask, all at once and never again."""

_FELLOW = Address("fellow@list.example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a policy knows when it looks at a need."""

    need: Need
    candidates: Sequence[Candidate]
    asked: frozenset[int]
    waiting: Sequence[StoredAsk]
    waves: int
    rules: RuleSet
    now: datetime
    seed: int


Policy = Callable[[Look], WavePlan]


def broadcast(look: Look) -> WavePlan:
    """Nobody is asked beyond the post to the list itself."""
    return WavePlan(exhausted=True, why="the list has it")


def listbot(look: Look) -> WavePlan:
    """The program's own way."""
    zone = ZoneInfo(look.rules.outreach.zone)
    return next_wave(_eligible(look), look.need, look.waiting, look.waves, look.rules, look.now, zone)


def random_k(look: Look) -> WavePlan:
    """Any of those who may be asked."""
    people = list(_eligible(look))
    random.Random(look.seed).shuffle(people)
    return _once(look, people)


def nearest_k(look: Look) -> WavePlan:
    """Those whose office is nearest."""
    return _once(look, sorted(_eligible(look), key=lambda m: (m.miles is None, m.miles or 0.0, m.taker_id)))


def best_fit_k(look: Look) -> WavePlan:
    """Those who fit best, whether they ever answer or not."""
    return _once(look, sorted(_eligible(look), key=lambda m: (-m.fit, m.taker_id)))


POLICIES: dict[str, Policy] = {
    "broadcast": broadcast,
    "random": random_k,
    "nearest": nearest_k,
    "best-fit": best_fit_k,
    "listbot": listbot,
}


def _eligible(look: Look) -> Sequence[Match]:
    listed = shortlist(look.need, _FELLOW, look.candidates, look.rules, look.now, already_asked=look.asked, seed=look.seed)
    return listed.matches


def _once(look: Look, people: Sequence[Match]) -> WavePlan:
    return WavePlan(exhausted=True) if look.waves else WavePlan(matches=tuple(people[:AT_ONCE]))
