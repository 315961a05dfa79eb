"""How simulated people behave: hidden from every policy, the same for all of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp, log
from zoneinfo import ZoneInfo

from listbot.domain.calendar import is_working_day
from listbot.domain.geography import miles_between, zone_of
from listbot.domain.reading import Need
from listbot.domain.registry import Level, Taker, TakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What is assumed of people and posts. Change one to see whether a policy survives it.

    Answer rates of engaged volunteers lie between 17 and 47 % across studies of alerting apps (Khalemsky et al., JMIR mHealth
    2023); most people are far below (412 Food Rescue: few give most). Half of all mail replies come within 47 minutes (Kooti et
    al. 2015). Each notification may start an idle spell (Manshadi and Rodilitz 2022). A plea to everybody is answered by a
    smaller share than one to a single person (Barron and Yechiam 2002). Where no figure exists, ours is a guess: the share of
    engaged people, length of spells, attention to list posts.
    """

    takers: int = 500
    needs: int = 240
    days: int = 120
    engaged: float = 0.5  #: share of takers who answer often
    engaged_rate: tuple[float, float] = (0.17, 0.47)
    tail_rate: tuple[float, float] = (0.01, 0.10)
    rate_factor: float = 1.0  #: all answer rates times this
    list_attention: float = 0.25  #: share of the rate that is left for a post to everybody
    spell_chance: float = 0.2  #: that an ask starts an idle spell
    spell_days: float = 20.0  #: mean length of a spell
    spell_rate: float = 0.15  #: share of the rate that is left in a spell
    delay_median_minutes: float = 47.0
    delay_spread: float = 1.7
    stale: float = 0.17  #: share of takers whose stated capacity is no longer true
    case_days: int = 150  #: how long a case keeps its taker busy
    unknown_deadlines: float = 0.2


@dataclass(slots=True)
class Person:
    """A simulated taker: the truth behind the registry entry, and what happened so far."""

    id: int
    truth: Taker
    rate: float
    idle_until: datetime
    room: int
    zone: ZoneInfo

    def answer_rate(self, now: datetime, assumed: Assumptions) -> float:
        """Probability of any answer to a personal ask at this moment."""
        return self.rate * (assumed.spell_rate if now < self.idle_until else 1.0)


def people_behind(takers: list[Taker], assumed: Assumptions, start: datetime, dice: random.Random) -> list[Person]:
    """A person behind each registry entry, ids from 1."""
    return [_person(id, taker, assumed, start, dice) for id, taker in enumerate(takers, 1)]


def willingness(person: Person, need: Need) -> float:
    """Probability that somebody who answers says yes, from what is true of them; room for a case left out."""
    truth, may = person.truth, _may(person.truth, need)
    if not may:
        return 0.0
    levels = [_LEVELS.get(truth.relief.get(relief), 0.05) for relief in need.relief]  # type: ignore[arg-type]
    value = max(levels, default=0.5) * _reach(truth, need)
    if need.languages and not truth.languages.intersection(need.languages):
        value *= 0.8
    if need.detained and not truth.detained:
        value *= 0.1
    if need.minor and not truth.minors:
        value *= 0.15
    if need.scope and truth.scopes and need.scope not in truth.scopes:
        value *= 0.3
    return value


def answer_time(person: Person, asked: datetime, assumed: Assumptions, dice: random.Random) -> datetime:
    """When an answer comes: a log-normal delay, put off from nights to mornings and from days off to the next working day."""
    at = asked + timedelta(minutes=exp(log(assumed.delay_median_minutes) + dice.gauss(0, assumed.delay_spread)))
    night_owl, weekend_worker = dice.random() < 0.2, dice.random() < 0.4
    local = at.astimezone(person.zone)
    if not night_owl and not 7 <= local.hour < 22:
        days = 1 if local.hour >= 22 else 0
        morning = (local + timedelta(days=days)).replace(hour=7, minute=0)
        local = morning + timedelta(minutes=dice.expovariate(1 / 90))
    while not weekend_worker and not is_working_day(local.date()):
        local = (local + timedelta(days=1)).replace(hour=8, minute=0) + timedelta(minutes=dice.expovariate(1 / 60))
    return local.astimezone(asked.tzinfo)


_LEVELS = {Level.EXPERT: 0.85, Level.ABLE: 0.7, Level.MENTORED: 0.4}


def _person(id: int, taker: Taker, assumed: Assumptions, start: datetime, dice: random.Random) -> Person:
    engaged = dice.random() < assumed.engaged
    rate = dice.uniform(*(assumed.engaged_rate if engaged else assumed.tail_rate)) * assumed.rate_factor
    said = taker.open_slots
    room = dice.choice([0, 1, 2, 3]) if said is None or dice.random() < assumed.stale else said
    truth = replace(
        taker,
        remote=taker.remote if taker.remote is not None else dice.random() < 0.35,
        detained=taker.detained if taker.detained is not None else dice.random() < 0.4,
        minors=taker.minors if taker.minors is not None else dice.random() < 0.7,
        radius_miles=taker.radius_miles or dice.choice([40, 100, 200]),
    )
    return Person(id, truth, rate, start, room, ZoneInfo(zone_of(taker.state) or "America/New_York"))


def _may(truth: Taker, need: Need) -> bool:
    if truth.kind is TakerKind.ATTORNEY and "guardianship" in need.relief:
        return bool(truth.bar_states & need.states) or not need.states
    return truth.kind is not TakerKind.ACCREDITED_PARTIAL or not {"bond", "habeas", "removal_defense"} & set(need.relief)


def _reach(truth: Taker, need: Need) -> float:
    miles = [
        miles_between(truth.lat, truth.lon, place.lat, place.lon)
        for place in need.places
        if truth.lat is not None and truth.lon is not None and place.lat is not None and place.lon is not None
    ]
    if miles and min(miles) <= (truth.radius_miles or 0):
        return 1.0
    if truth.state in need.states or truth.service_states & need.states:
        return 0.75
    return 0.6 if truth.remote else 0.03
