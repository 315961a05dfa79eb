"""Who is worth a closer look, before any rule is asked: a rough order in which a store can keep takers and find the best by index.

It weighs in whole points, thirty to the largest preference as shipped. It only says whom the rules judge first: nobody is kept
out by it, and nobody's place on a shortlist follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import NamedTuple

from listbot.domain.geography import STATES, neighbours
from listbot.domain.reading import Need
from listbot.domain.registry import Level, Taker, TakerKind

ANY = "*"
"""The spot of those who may work in every state; the relief of those who named none."""

EVERY = ""
"""The relief under which everybody stands, whatever they named."""

BROAD = frozenset({"removal_defense", "other"})
"""Relief that says too little to narrow by, in a need as in an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Need):
    """A need as the registry is searched for it. `relief` names also what would do by the rules; `covering` is that of it."""

    covering: frozenset[str] = frozenset()


class Reach(NamedTuple):
    """One place where a taker is found: a spot and a relief, with what they are worth there.

    A spot is a state, ANY, or one with a colon that only helps to find the most promising: a cell of the map, or the home of
    somebody who works in every state.

    `traits` are what only some needs ask for, between semicolons: languages, and a plain yes or no to detained clients and minors.
    In a cell the office has its coordinates.
    """

    spot: str
    relief: str
    worth: int
    traits: str
    lat: float | None
    lon: float | None


def reach(one: Taker) -> Iterator[Reach]:
    """Everywhere a taker is found; unknown means any."""
    named = states_of(one)
    found: list[tuple[str, float | None, float | None]] = [
        (spot, None, None) for spot in ([ANY] if one.remote or not named else sorted(named))
    ]
    if one.remote:
        found += [(_home(state), None, None) for state in sorted((one.service_states | {one.state}) - {""})]
    if one.lat is not None and one.lon is not None:
        found.append((_cell(floor(one.lat), floor(one.lon)), one.lat, one.lon))
    traits, worth = _traits(one), _worth(one)
    levels = {relief: worth + _LEVELS[level] for relief, level in sorted(one.relief.items())} or {ANY: worth + _UNKNOWN}
    everywhere = product(found, {**levels, EVERY: worth}.items())
    return (Reach(spot, relief, points, traits, lat, lon) for (spot, lat, lon), (relief, points) in everywhere)


def states_of(one: Taker) -> frozenset[str]:
    """The states a taker has anything to do with: bar, service area, office."""
    return one.bar_states | one.service_states | ({one.state} if one.state else frozenset())


def states_around(need: Need) -> frozenset[str]:
    """The states in which a need's takers are looked for: with those across the borders where it has no point on the map."""
    return need.states if points_of(need) else need.states.union(*map(neighbours, need.states))


def points_of(need: Need) -> list[tuple[float, float]]:
    """The places of a need on the map: latitude and longitude in degrees."""
    return [(place.lat, place.lon) for place in need.places if place.lat is not None and place.lon is not None]


def spots(need: Need) -> Mapping[str, int]:
    """Where to look for takers of a need whatever their distance, and the points that the place is worth there."""
    around = states_around(need) if need.states or points_of(need) else STATES
    home = {spot: 16 for state in sorted(need.states) for spot in (state, _home(state))}
    return {ANY: 9} | dict.fromkeys(sorted(around), 3) | home


def cells(need: Need) -> Mapping[str, tuple[float, float]]:
    """The cells in which to look for offices near a need, each with the point that it is near to."""
    return {
        _cell(floor(lat) + north, floor(lon) + east): (lat, lon)
        for north, east in sorted(product((-1, 0, 1), repeat=2), key=lambda step: -abs(step[0]) - abs(step[1]))
        for lat, lon in points_of(need)
    }


def reliefs(need: Need) -> Mapping[str, int]:
    """The reliefs under which takers of a need stand, and what each is worth: what only would do, less than what is asked for."""
    covering = need.covering if isinstance(need, Search) else frozenset()
    any_relief = not need.relief or BROAD.intersection(need.relief)
    found = {relief: _COVERING if relief in covering else 0 for relief in need.relief}
    return found | {ANY: 0} | ({EVERY: 0} if any_relief else {})


def wants(need: Need) -> Mapping[str, int]:
    """The traits that count for a need, and the points they are worth."""
    found = {f";{code};": 13 for code in need.languages if code != "en"}
    if need.detained:
        found |= {";detained;": 9, ";not detained;": _OUT}
    if need.minor:
        found |= {";minors;": 5, ";not minors;": _OUT}
    return found


def promise(one: Taker, need: Need) -> float | None:
    """The points of a taker for a need; None for those who are found only by looking at everybody."""
    where, near, what, asked = spots(need), cells(need), reliefs(need), wants(need)
    found: list[float] = []
    for r in reach(one):
        if r.relief in what and (r.spot in where or r.spot in near):
            traits = sum(points for trait, points in asked.items() if trait in r.traits)
            found.append(r.worth + what[r.relief] + traits + (where[r.spot] if r.spot in where else _nearness(r, *near[r.spot])))
    return max(found, default=None)


NEAR, HALF, WIDE = 30, 1.1, 0.76
"""The points of an office next door; the degrees away at which it is worth half, and a degree of longitude against one of latitude."""


def _nearness(office: Reach, lat: float, lon: float) -> float:
    """As a store can reckon it: along the meridian and then along the parallel."""
    away = abs((office.lat or 0.0) - lat) + WIDE * abs((office.lon or 0.0) - lon)
    return NEAR * HALF / (HALF + away)


_LEVELS = {Level.EXPERT: 30, Level.ABLE: 24, Level.MENTORED: 10}
_UNKNOWN = 13
_COVERING = -14
"""So that whoever often does what would do comes after whoever does what is asked for."""

_OUT = -60
_KINDS = {TakerKind.ATTORNEY: 5, TakerKind.CLINIC: 3, TakerKind.LAW_STUDENT: 2}


def _worth(one: Taker) -> int:
    """What a taker is worth to whatever need: kind and room; those who cannot be asked come last."""
    room = 5 if one.open_slots is None else 5 * min(2, one.open_slots)
    return _KINDS.get(one.kind, 4) + room + (_OUT if one.consent_at is None or one.open_slots == 0 else 0)


def _traits(one: Taker) -> str:
    answers = {"detained": one.detained, "minors": one.minors}
    said = [f"{'' if answer else 'not '}{word}" for word, answer in answers.items() if answer is not None]
    return ";".join(["", *sorted(one.languages), *said, ""])


def _home(state: str) -> str:
    """The spot of those who work in every state and are at home in this one."""
    return f"{state}:"


def _cell(north: int, east: int) -> str:
    """A square of one degree by its south-western corner: some 69 miles high and, in most states, 50 to 60 wide."""
    return f"{north}:{east}"
