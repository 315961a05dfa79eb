"""Where a taker can be found: an index of (state, relief), so that a need's candidates are read without looking at the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import sqlalchemy as sa

from listbot.adapters.sql.schema import taker, taker_reach
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


def narrowed(need: Need, broad: frozenset[str], limit: int | None) -> sa.Select[Any]:
    """The takers who may be found for a need: the nearest where there is a limit and the need has a point on the map."""
    found = sa.select(taker_reach.c.taker)
    if need.states:
        found = found.where(taker_reach.c.state.in_([*sorted(need.states), ANY]))
    if need.relief and not broad & set(need.relief):
        found = found.where(taker_reach.c.relief.in_([*need.relief, *sorted(broad), ANY]))
    query = sa.select(taker).where(taker.c.id.in_(found)).limit(limit)
    point = next(((place.lat, place.lon) for place in need.places if place.lat is not None and place.lon is not None), None)
    if limit is None or point is None:
        return query.order_by(taker.c.id)
    # A degree of longitude is about three quarters of one of latitude over the United States; enough to order by.
    north, east = taker.c.lat - point[0], (taker.c.lon - point[1]) * 0.76
    return query.order_by((north * north + east * east).nulls_last(), taker.c.id)
