"""A need as the rules see it: what follows from it is worked out once, for all candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from operator import itemgetter

from listbot.domain.geography import STATES, miles_between
from listbot.domain.mail import Address
from listbot.domain.reading import DateRole, Need, Place
from listbot.domain.registry import Candidate, Taker

IMMIGRATION_COURT = "immigration_court"
STATE_COURT = "state_court"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefType:
    """A kind of help. `forums` are where it can be sought: uscis, immigration_court, state_court, federal_court."""

    id: str
    label: str = ""
    description: str = ""
    forums: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Case:
    """A need with everything around it that a rule may ask for.

    `poster_organization` and the keys of `organizations` are folded names. `organizations` holds the registry's own entries of
    organisations; `asked_organizations` the names of those of which somebody was asked about this need before.
    """

    need: Need
    author: Address
    now: datetime
    reliefs: Mapping[str, ReliefType] = field(default_factory=dict)
    covered_by: Mapping[str, frozenset[str]] = field(default_factory=dict)  #: for a relief, others of which one is enough
    poster_organization: str = ""
    organizations: Mapping[str, Candidate] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()
    asked_organizations: frozenset[str] = frozenset()

    @cached_property
    def today(self) -> date:
        """The day, in the zone of `now`."""
        return self.now.date()

    @cached_property
    def states(self) -> frozenset[str]:
        """States where representation is needed; empty where the post does not say."""
        return self.need.states

    @cached_property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Coordinates of the places that have them."""
        return tuple((p.lat, p.lon) for p in self.need.places if p.lat is not None and p.lon is not None)

    @cached_property
    def forums(self) -> tuple[frozenset[str], ...]:
        """For each relief asked for, and for a hearing that binds, where it can be sought; unknown ones left out."""
        known = [self.reliefs[r].forums for r in self.need.relief if r in self.reliefs and self.reliefs[r].forums]
        deadline = self.need.deadline
        if deadline and deadline.kind is DateRole.HEARING and not any(STATE_COURT in forums for forums in known):
            known.append(frozenset({IMMIGRATION_COURT}))
        return tuple(known)

    def label(self, relief: str) -> str:
        """What a lawyer calls a relief."""
        known = self.reliefs.get(relief)
        return known.label if known and known.label else relief.replace("_", " ")

    def miles(self, taker: Taker) -> float | None:
        """Miles from the taker's office to the nearest place of the need; None where either is unknown."""
        if taker.lat is None or taker.lon is None or not self.points:
            return None
        return self._nearest(taker.lat, taker.lon)[0]

    @cached_property
    def _nearest(self) -> Callable[[float, float], tuple[float, Place]]:
        """Miles from a point to the nearest place that is on the map, and the place; several rules ask for it."""
        known = [(p.lat, p.lon, p) for p in self.need.places if p.lat is not None and p.lon is not None]

        def nearest(lat: float, lon: float) -> tuple[float, Place]:
            return min([(miles_between(lat, lon, *point), place) for *point, place in known], key=itemgetter(0))

        return cache(nearest)

    def nearest_place(self, taker: Taker) -> str:
        """The place nearest to the taker's office, as it may be said: "Charlotte, NC", or the facility."""
        if taker.lat is None or taker.lon is None or not self.points:
            return ""
        place = self._nearest(taker.lat, taker.lon)[1]
        name = place.city or place.facility or place.county or place.text
        return f"{name}, {place.state}" if place.state and place.state != name else name

    def state_name(self, code: str) -> str:
        """A state by its name."""
        return STATES[code].name if code in STATES else code

    def least_miles(self, taker: Taker) -> float | None:
        """A distance the taker is surely away: to the place, or where only states are known to the nearest border of one."""
        exact = self.miles(taker)
        if exact is not None or taker.lat is None or taker.lon is None or self.points:
            return exact
        known = [STATES[s] for s in self.states if s in STATES]
        return min((max(0.0, miles_between(taker.lat, taker.lon, s.lat, s.lon) - s.reach) for s in known), default=None)


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name made comparable: case, punctuation and runs of blanks do not count."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
