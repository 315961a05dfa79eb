"""Where a taker can be found: an index of (state, relief), so that a need's candidates are read without looking at the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import sqlalchemy as sa

from listbot.adapters.sql.schema import taker, taker_reach
from listbot.domain.geography import BORDER_MILES, FAR_MILES, Box, box_around
from listbot.domain.reading import Need
from listbot.domain.registry import Taker

ANY = "*"
"""Found for every state, or for every relief."""

BROAD = frozenset({"removal_defense", "other"})
"""Relief that says too little to narrow by, in a need as in an entry."""


def reach(one: Taker) -> Iterator[tuple[str, str]]:
    """The pairs of state and relief under which a taker is found; unknown means any."""
    states = one.bar_states | one.service_states | ({one.state} if one.state else frozenset())
    relief = frozenset(one.relief)
    return product([ANY] if one.remote or not states else sorted(states), sorted(relief) or [ANY])


Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

LON = 0.76
"""A degree of longitude against one of latitude, about, over the United States: enough to order by."""

RINGS = (0.5, 1.5, 4.5)
"""Degrees of latitude around a need within which the nearest are looked for, before the whole registry is ordered."""


def nearest(need: Need, broad: frozenset[str], limit: int) -> Iterator[sa.Select[Any]]:
    """Queries for the ids of the nearest who may be found for a need, in their order, each wider than the one before.

    The first that finds `limit` ids is right; else the last.
    """
    point = next(iter(points(need)), None)
    if point is not None:
        reached = _reach_of(need, broad)
        for ring in RINGS:
            here = taker_reach.c.taker == taker.c.id
            there = sa.or_(reached.states, *_near(need)) if need.states else sa.true()
            found = sa.exists().where(here, reached.relief, there)
            within = _boxed(Box(point[0] - ring, point[0] + ring, point[1] - ring / LON, point[1] + ring / LON))
            yield (
                sa.select(taker.c.id)
                .where(within, _apart(point) <= ring * ring, found)
                .order_by(_apart(point), taker.c.id)
                .limit(limit)
            )
    yield narrowed(need, broad, limit).with_only_columns(taker.c.id)


def narrowed(need: Need, broad: frozenset[str], limit: int | None = None) -> sa.Select[Any]:
    """The takers who may be found for a need: the nearest where there is a limit and the need has a point on the map."""
    reached, near = _reach_of(need, broad), _near(need)
    found = sa.select(taker_reach.c.taker).where(reached.relief, reached.states)
    if need.states and near:
        by_relief = sa.exists().where(taker_reach.c.taker == taker.c.id, reached.relief)
        around = [sa.select(taker.c.id).where(where, by_relief) for where in near]
        query = sa.select(taker).where(taker.c.id.in_(sa.union(found, *around)))
    else:
        query = sa.select(taker).where(taker.c.id.in_(found))
    point = next(iter(points(need)), None)
    if limit is None or point is None:
        return query.order_by(taker.c.id).limit(limit)
    return query.order_by(_apart(point).nulls_last(), taker.c.id).limit(limit)


def points(need: Need) -> list[Point]:
    """The places of a need on the map."""
    return [(place.lat, place.lon) for place in need.places if place.lat is not None and place.lon is not None]


@dataclass(frozen=True, slots=True)
class _Reach:
    states: sa.ColumnElement[bool]
    relief: sa.ColumnElement[bool]


def _reach_of(need: Need, broad: frozenset[str]) -> _Reach:
    """What a row of `taker_reach` must say to be found for a need."""
    any_relief = not need.relief or bool(broad & set(need.relief))
    return _Reach(
        states=taker_reach.c.state.in_([*sorted(need.states), ANY]) if need.states else sa.true(),
        relief=sa.true() if any_relief else taker_reach.c.relief.in_([*need.relief, *sorted(broad), ANY]),
    )


def _near(need: Need) -> list[sa.ColumnElement[bool]]:
    """The offices from which a state's border does not matter: close by, or farther where somebody travels far."""
    close = [_boxed(box_around(*point, BORDER_MILES)) for point in points(need)]
    travels = taker.c.radius_miles > BORDER_MILES
    return [*close, *(sa.and_(_boxed(box_around(*point, FAR_MILES)), travels) for point in points(need))]


def _boxed(box: Box) -> sa.ColumnElement[bool]:
    return sa.and_(taker.c.lat.between(box.south, box.north), taker.c.lon.between(box.west, box.east))


def _apart(point: Point) -> sa.ColumnElement[float]:
    """The squared distance in degrees of latitude."""
    north, east = taker.c.lat - point[0], (taker.c.lon - point[1]) * LON
    return north * north + east * east
