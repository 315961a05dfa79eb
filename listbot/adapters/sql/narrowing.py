"""Where takers are found: an index of spot, relief and worth, so that a need's candidates are read without looking at the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from listbot.adapters.sql.schema import taker, taker_reach
from listbot.domain.geography import BORDER_MILES, FAR_MILES, Box, box_around
from listbot.domain.promise import (
    ANY,
    BROAD,
    HALF,
    NEAR,
    WIDE,
    Reach,
    cells,
    points_of,
    reach,
    reliefs,
    spots,
    states_around,
    wants,
)
from listbot.domain.reading import Need
from listbot.domain.registry import Taker

DEEP = 500
"""At least so many at each spot are weighed by what only this need asks for."""


REACH = (*Reach._fields, "taker")
"""The columns of a row of `taker_reach`, in the order of `reach_rows`."""


def reach_rows(takers: Iterable[tuple[int, Taker]]) -> list[tuple[object, ...]]:
    """The rows of `taker_reach` of some takers, in the order of its key: so they are written fastest."""
    return sorted(((*r, id) for id, one in takers for r in reach(one)), key=itemgetter(0, 1, 2, -1))


def is_help(spot: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether a spot only helps to find the most promising: no state, and not all of them."""
    return spot.contains(":")


def promising(need: Need, limit: int) -> tuple[sa.sql.expression.TextualSelect, Mapping[str, object]]:
    """The most promising takers for a need, best first, as a statement and its values.

    They are the best at each spot under each relief, and of them the best.
    """
    where, near, what, asked = spots(need), cells(need), reliefs(need), wants(need)
    values: dict[str, object] = {"most": limit, "deep": max(DEEP, limit)}
    for n, (spot, points) in enumerate(where.items()):
        values |= {f"s{n}": spot, f"p{n}": points}
    for n, (cell, (lat, lon)) in enumerate(near.items()):
        values |= {f"c{n}": cell, f"y{n}": lat, f"x{n}": lon}
    for n, (trait, points) in enumerate(asked.items()):
        values |= {f"t{n}": f"%{trait}%", f"w{n}": points}
    for n, (relief, points) in enumerate(what.items()):
        values |= {f"r{n}": relief, f"q{n}": points}
    return _promising(len(where), len(near), len(what), len(asked)), values


@lru_cache
def _promising(spots: int, cells: int, reliefs: int, wants: int) -> sa.sql.expression.TextualSelect:
    """The statement by its numbers of parameters. Written as text: it is long, and the toolkit would build it anew each time."""
    weighed = "".join(f" + CASE WHEN traits LIKE :t{n} THEN :w{n} ELSE 0 END" for n in range(wants))
    places = [(f":s{n}", f":p{n}") for n in range(spots)]
    places += [(f":c{n}", f"{NEAR * HALF} / ({HALF} + abs(lat - :y{n}) + {WIDE} * abs(lon - :x{n}))") for n in range(cells)]
    best = [
        f"SELECT * FROM (SELECT taker, worth + :q{relief} + {nearness}{weighed} AS promise FROM"  # noqa: S608
        f" (SELECT taker, worth, traits, lat, lon FROM taker_reach WHERE spot = {spot} AND relief = :r{relief}"
        f" ORDER BY worth DESC, taker DESC LIMIT :deep) AS deep ORDER BY promise DESC, taker LIMIT :most) AS b{place}_{relief}"
        for place, (spot, nearness) in enumerate(places)
        for relief in range(reliefs)
    ]
    chosen = (
        f"SELECT taker AS chosen, max(promise) AS promise FROM ({' UNION ALL '.join(best)}) AS best"  # noqa: S608
        " GROUP BY taker ORDER BY max(promise) DESC, taker LIMIT :most"
    )
    # Only numbers and names of columns are put into the text; every value is bound.
    columns = ", ".join(f"taker.{column.name}" for column in taker.c)
    rows = f"SELECT {columns} FROM ({chosen}) AS best JOIN taker ON taker.id = chosen ORDER BY promise DESC, chosen"  # noqa: S608
    return sa.text(rows).columns(*taker.c)


def narrowed(need: Need) -> sa.Select[Any]:
    """The takers who may be found for a need, the nearest first where it has a point on the map."""
    query = sa.select(taker).where(taker.c.id.in_(_found(need)))
    point = next(iter(points_of(need)), None)
    return query.order_by(*([] if point is None else [_apart(point).nulls_last()]), taker.c.id)


def _found(need: Need) -> sa.SelectBase:
    any_relief = not need.relief or bool(BROAD & set(need.relief))
    relief = sa.true() if any_relief else taker_reach.c.relief.in_([*need.relief, *sorted(BROAD), ANY])
    states = taker_reach.c.spot.in_([*sorted(states_around(need)), ANY]) if need.states else sa.true()
    found = sa.select(taker_reach.c.taker).where(relief, states)
    if not need.states or not points_of(need):
        return found
    by_relief = sa.exists().where(taker_reach.c.taker == taker.c.id, relief)
    return sa.union(found, *(sa.select(taker.c.id).where(where, by_relief) for where in _near(points_of(need))))


def _near(points: Sequence[tuple[float, float]]) -> list[sa.ColumnElement[bool]]:
    """The offices from which a state's border does not matter: close by, or farther where somebody travels far."""
    close = [_boxed(box_around(*point, BORDER_MILES)) for point in points]
    travels = taker.c.radius_miles > BORDER_MILES
    return [*close, *(sa.and_(_boxed(box_around(*point, FAR_MILES)), travels) for point in points)]


def _boxed(box: Box) -> sa.ColumnElement[bool]:
    return sa.and_(taker.c.lat.between(box.south, box.north), taker.c.lon.between(box.west, box.east))


def _apart(point: tuple[float, float]) -> sa.ColumnElement[float]:
    """The squared distance in degrees of latitude."""
    north, east = taker.c.lat - point[0], (taker.c.lon - point[1]) * WIDE
    return north * north + east * east
