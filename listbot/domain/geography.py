"""Where things are: distances over the globe, and what the program knows of each state."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_MILES = 3958.8
"""Mean radius of the earth (IUGG), in statute miles."""


@dataclass(frozen=True, slots=True)
class State:
    """A state, district or territory: its middle, how far its borders reach from there (miles), and its main time zone."""

    code: str
    name: str
    lat: float
    lon: float
    reach: int
    zone: str


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in miles between two points in degrees (haversine)."""
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(h)))


BORDER_MILES = 150
"""As far as this from an office a case may lie in another state and still be worth considering it."""

FAR_MILES = 500
"""The same for those who say that they travel farther than BORDER_MILES."""

MILES_OF_DEGREE = 69.0
"""A degree of latitude, in statute miles."""


@dataclass(frozen=True, slots=True)
class Box:
    """Everything between two parallels and two meridians, in degrees."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies in it."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


def box_around(lat: float, lon: float, miles: float) -> Box:
    """The box that holds every point within so many miles, away from the poles and the date line."""
    tall = miles / MILES_OF_DEGREE
    wide = tall / max(0.2, cos(radians(abs(lat) + tall)))
    return Box(lat - tall, lat + tall, lon - wide, lon + wide)


def zone_of(state: str) -> str:
    """The IANA zone most of a state keeps, or "" for an unknown state."""
    known = STATES.get(state)
    return known.zone if known else ""


def neighbours(state: str) -> frozenset[str]:
    """The states that share a border with a state, on land or across a river."""
    return _NEIGHBOURS.get(state, frozenset())


_EAST, _CENTRAL, _MOUNTAIN, _PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

STATES: dict[str, State] = {
    code: State(code, name, lat, lon, reach, zone)
    for code, name, lat, lon, reach, zone in (
        ("AL", "Alabama", 32.8, -86.8, 190, _CENTRAL),
        ("AK", "Alaska", 63.8, -152.0, 1200, "America/Anchorage"),
        ("AZ", "Arizona", 34.3, -111.7, 240, "America/Phoenix"),
        ("AR", "Arkansas", 34.9, -92.4, 160, _CENTRAL),
        ("CA", "California", 37.2, -119.4, 430, _PACIFIC),
        ("CO", "Colorado", 39.0, -105.5, 230, _MOUNTAIN),
        ("CT", "Connecticut", 41.6, -72.7, 65, _EAST),
        ("DE", "Delaware", 39.0, -75.5, 60, _EAST),
        ("DC", "District of Columbia", 38.9, -77.0, 10, _EAST),
        ("FL", "Florida", 28.5, -82.5, 330, _EAST),
        ("GA", "Georgia", 32.7, -83.4, 190, _EAST),
        ("HI", "Hawaii", 20.6, -157.4, 230, "Pacific/Honolulu"),
        ("ID", "Idaho", 44.4, -114.6, 290, "America/Boise"),
        ("IL", "Illinois", 40.0, -89.2, 220, _CENTRAL),
        ("IN", "Indiana", 39.9, -86.3, 160, "America/Indiana/Indianapolis"),
        ("IA", "Iowa", 42.1, -93.5, 180, _CENTRAL),
        ("KS", "Kansas", 38.5, -98.4, 230, _CENTRAL),
        ("KY", "Kentucky", 37.5, -85.3, 240, _EAST),
        ("LA", "Louisiana", 31.1, -92.0, 190, _CENTRAL),
        ("ME", "Maine", 45.4, -69.2, 170, _EAST),
        ("MD", "Maryland", 39.0, -76.8, 150, _EAST),
        ("MA", "Massachusetts", 42.3, -71.8, 110, _EAST),
        ("MI", "Michigan", 44.3, -85.4, 330, "America/Detroit"),
        ("MN", "Minnesota", 46.3, -94.3, 230, _CENTRAL),
        ("MS", "Mississippi", 32.7, -89.7, 180, _CENTRAL),
        ("MO", "Missouri", 38.4, -92.5, 210, _CENTRAL),
        ("MT", "Montana", 47.0, -109.6, 340, _MOUNTAIN),
        ("NE", "Nebraska", 41.5, -99.8, 240, _CENTRAL),
        ("NV", "Nevada", 39.3, -116.6, 300, _PACIFIC),
        ("NH", "New Hampshire", 43.7, -71.6, 100, _EAST),
        ("NJ", "New Jersey", 40.2, -74.7, 90, _EAST),
        ("NM", "New Mexico", 34.4, -106.1, 240, _MOUNTAIN),
        ("NY", "New York", 42.9, -75.5, 250, _EAST),
        ("NC", "North Carolina", 35.5, -79.4, 280, _EAST),
        ("ND", "North Dakota", 47.4, -100.5, 190, _CENTRAL),
        ("OH", "Ohio", 40.3, -82.8, 150, _EAST),
        ("OK", "Oklahoma", 35.6, -97.5, 320, _CENTRAL),
        ("OR", "Oregon", 43.9, -120.6, 230, _PACIFIC),
        ("PA", "Pennsylvania", 40.9, -77.8, 170, _EAST),
        ("PR", "Puerto Rico", 18.2, -66.4, 70, "America/Puerto_Rico"),
        ("RI", "Rhode Island", 41.6, -71.5, 35, _EAST),
        ("SC", "South Carolina", 33.9, -80.9, 150, _EAST),
        ("SD", "South Dakota", 44.4, -100.2, 220, _CENTRAL),
        ("TN", "Tennessee", 35.9, -86.4, 250, _CENTRAL),
        ("TX", "Texas", 31.5, -99.3, 450, _CENTRAL),
        ("UT", "Utah", 39.3, -111.7, 210, _MOUNTAIN),
        ("VT", "Vermont", 44.1, -72.7, 90, _EAST),
        ("VA", "Virginia", 37.5, -78.9, 270, _EAST),
        ("WA", "Washington", 47.4, -120.4, 220, _PACIFIC),
        ("WV", "West Virginia", 38.6, -80.6, 150, _EAST),
        ("WI", "Wisconsin", 44.6, -89.7, 200, _CENTRAL),
        ("WY", "Wyoming", 43.0, -107.6, 230, _MOUNTAIN),
        ("GU", "Guam", 13.4, 144.8, 25, "Pacific/Guam"),
        ("VI", "U.S. Virgin Islands", 18.0, -64.8, 50, "America/St_Thomas"),
        ("AS", "American Samoa", -14.3, -170.7, 90, "Pacific/Pago_Pago"),
        ("MP", "Northern Mariana Islands", 15.2, 145.8, 200, "Pacific/Saipan"),
    )
}
"""By USPS code. Reaches are generous roundings: they serve to say "surely farther than", never "within"."""

_BORDERS = """
AL FL GA MS TN; AR LA MO MS OK TN TX; AZ CA CO NM NV UT; CA NV OR; CO KS NE NM OK UT WY; CT MA NY RI; DC MD VA; DE MD NJ PA; FL GA;
GA NC SC TN; IA IL MN MO NE SD WI; ID MT NV OR UT WA WY; IL IN KY MO WI; IN KY MI OH; KS MO NE OK; KY MO OH TN VA WV; LA MS TX;
MA NH NY RI VT; MD PA VA WV; ME NH; MI OH WI; MN ND SD WI; MO NE OK TN; MS TN; MT ND SD WY; NC SC TN VA; ND SD; NE SD WY; NH VT;
NJ NY PA; NM OK TX UT; NV OR UT; NY PA VT; OH PA WV; OK TX; OR WA; PA WV; SD WY; TN VA; UT WY; VA WV
"""
"""Each group: a state, and those after it in the alphabet that it borders on."""

_PAIRS = [(first, other) for first, *others in map(str.split, _BORDERS.split(";")) for other in others]
_NEIGHBOURS = {state: frozenset(b if a == state else a for a, b in _PAIRS if state in (a, b)) for state in STATES}
