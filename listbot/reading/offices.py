"""Where offices and places are, and towns by the beginning of their names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from listbot.domain.reading import Need, Place
from listbot.domain.registry import Taker
from listbot.reading.gazetteer import Gazetteer, Spot, load_gazetteer


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer(None)


def located(taker: Taker, before: Taker | None = None) -> Taker:
    """The taker with the coordinates of the office, by ZIP code or else by town; those from before where it has not moved."""
    if before and before.lat is not None and _office(before) == _office(taker):
        return replace(taker, lat=before.lat, lon=before.lon)
    known = _gazetteer()
    spot = known.zips.get(taker.zip) or (known.town(taker.city, taker.state) if taker.city and taker.state else None)
    return replace(taker, lat=spot.lat, lon=spot.lon) if spot else replace(taker, lat=None, lon=None)


def _office(taker: Taker) -> tuple[str, str, str]:
    return (taker.city, taker.state, taker.zip)


def placed(need: Need) -> Need:
    """The need with county and coordinates of those of its places that name only a town."""
    return replace(need, places=tuple(map(_placed, need.places)))


def _placed(place: Place) -> Place:
    spot = _gazetteer().town(place.city, place.state) if place.city and place.lat is None else None
    return replace(place, county=place.county or spot.county, lat=spot.lat, lon=spot.lon) if spot else place


@cache
def _names() -> tuple[list[str], list[Spot]]:
    towns = {id(s): s for spots in _gazetteer().towns.spots.values() for s, _ in spots if s.kind == "place" and s.state}
    ordered = sorted(towns.values(), key=lambda s: s.name.casefold())
    return [s.name.casefold() for s in ordered], ordered


def towns(beginning: str, most: int = 8) -> Sequence[tuple[str, str]]:
    """Town and state of towns whose name begins so, the largest first."""
    names, spots = _names()
    wanted = beginning.casefold().strip()
    if len(wanted) < 2:
        return ()
    start, end = bisect_left(names, wanted), bisect_left(names, wanted + "\uffff")
    found = sorted(spots[start:end], key=lambda s: -s.population)[:most]
    return tuple((s.name, s.state or "") for s in found)
