"""Who is worth a closer look, before any rule is asked: a rough order in which a store can keep takers and find the best by index.

It weighs in whole points, thirty to the largest preference as shipped. It only says whom the rules judge first: nobody is kept
out by it, and nobody's place on a shortlist follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Reach(NamedTuple):
    """One place where a taker is found: a spot (a state, ANY, or a cell of the map) and a relief, with what they are worth there.

    `traits` are what only some needs ask for, between semicolons: languages, and a plain yes or no to detained clients and minors.
    """

    spot: str
    relief: str
    worth: int
    traits: str


def reach(one: Taker) -> Iterator[Reach]:
    """Everywhere a taker is found; unknown means any."""
    named = states_of(one)
    spots = [ANY] if one.remote or not named else sorted(named)
    if one.lat is not None and one.lon is not None:
        spots.append(_cell(floor(one.lat), floor(one.lon)))
    traits, worth = _traits(one), _worth(one)
    levels = {relief: worth + _LEVELS[level] for relief, level in sorted(one.relief.items())} or {ANY: worth + _UNKNOWN}
    return (Reach(spot, relief, points, traits) for spot, (relief, points) in product(spots, {**levels, EVERY: worth}.items()))


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
    """Where to look for takers of a need, and the points that nearness is worth there."""
    points = points_of(need)
    around = states_around(need) if need.states or points else STATES
    found = {ANY: 9} | dict.fromkeys(sorted(around), 3) | dict.fromkeys(sorted(need.states), 16)
    for lat, lon in points:
        for north, east in product((-1, 0, 1), repeat=2):
            cell = _cell(floor(lat) + north, floor(lon) + east)
            found[cell] = max(found.get(cell, 0), 14 if north or east else 24)
    return found


def reliefs(need: Need) -> tuple[str, ...]:
    """The reliefs under which takers of a need stand."""
    any_relief = not need.relief or BROAD.intersection(need.relief)
    return (*dict.fromkeys(need.relief), ANY, *([EVERY] if any_relief else []))


def wants(need: Need) -> Mapping[str, int]:
    """The traits that count for a need, and the points they are worth."""
    found = {f";{code};": 13 for code in need.languages if code != "en"}
    if need.detained:
        found |= {";detained;": 9, ";not detained;": _OUT}
    if need.minor:
        found |= {";minors;": 5, ";not minors;": _OUT}
    return found


def promise(one: Taker, need: Need) -> int | None:
    """The points of a taker for a need; None for those who are found only by looking at everybody."""
    where, what, asked = spots(need), reliefs(need), wants(need)
    found = [
        r.worth + where[r.spot] + sum(points for trait, points in asked.items() if trait in r.traits)
        for r in reach(one)
        if r.spot in where and r.relief in what
    ]
    return max(found, default=None)


_LEVELS = {Level.EXPERT: 30, Level.ABLE: 24, Level.MENTORED: 10}
_UNKNOWN = 13
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


def _cell(north: int, east: int) -> str:
    """A square of one degree by its south-western corner: some 69 miles high and, in most states, 50 to 60 wide."""
    return f"{north}:{east}"
