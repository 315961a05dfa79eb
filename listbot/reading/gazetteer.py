"""The tables of places: towns, counties, ZIP codes (built from GeoNames), and the curated facilities, courts and regions."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from listbot.domain.errors import ConfigError
from listbot.reading import states
from listbot.reading.lexicon import norm, words_of

DATA = Path(__file__).parent / "data"
KNOWN_TOWN = 3_000
"""Inhabitants from which a town is looked for behind a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the tables. `kind`: place, post, county, state, region, neighbourhood, facility, court or office."""

    kind: str
    name: str
    state: str | None
    city: str | None = None
    county: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    states: tuple[str, ...] = ()  #: of a region that touches several
    sort: str = ""  #: of a facility or court: ice, county_jail, orr_shelter, immigration_court, asylum_office …


@dataclass
class Names:
    """Spots by every spelling of their names; `weak` spellings need other words of place around them."""

    spots: dict[str, list[tuple[Spot, bool]]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, spot: Spot, weak: bool = False) -> None:
        keys = key_of(name)
        if not keys:
            return
        entries = self.spots.setdefault(" ".join(keys), [])
        if all(known is not spot for known, _ in entries):
            entries.append((spot, weak))
        self.longest[keys[0]] = max(self.longest.get(keys[0], 0), len(keys))

    @cached_property
    def known_towns(self) -> Mapping[tuple[str | None, str], Mapping[str, Spot]]:
        """Those of some size by state and first letter, sorted out once, at the first slip that any post has."""
        found: dict[tuple[str | None, str], dict[str, Spot]] = defaultdict(dict)
        for key, entries in self.spots.items():
            for spot, _ in entries:
                found[spot.state, key[0]][key] = spot
        return {at: {k: s for k, s in names.items() if s.population > KNOWN_TOWN} for at, names in found.items()}


SAME = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}


def key_of(name: str) -> list[str]:
    """The words of a name as they are compared; 'Saint', 'Fort' and 'Mount' in their short form."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return [SAME.get(word, word) for word in name.lower().split()]
    return [SAME.get(w.norm, w.norm) for w in words_of(name)]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Everything known of places. `curated` holds facilities, courts and regions, `towns` the rest."""

    towns: Names
    curated: Names
    zips: Mapping[str, Spot]
    stop: frozenset[str]  #: names that are other words too: they count only before a state or behind a word of place
    counties: Mapping[tuple[str, str], Spot]
    people: frozenset[str] = frozenset()  #: those of `stop` that are given names or surnames
    words: frozenset[str] = frozenset()  #: ordinary words, which no person's name has

    def court(self, city: str) -> Spot | None:
        """The immigration court of a city."""
        entries = self.curated.spots.get(" ".join([*key_of(city), "immigration", "court"]), ())
        return next((s for s, _ in entries if s.kind == "court"), None)

    def town(self, name: str, state: str | None) -> Spot | None:
        """The town of that name in that state."""
        options = [
            s for s, _ in self.towns.spots.get(" ".join(key_of(name)), ()) if s.kind in ("place", "post") and s.state == state
        ]
        return max(options, key=lambda s: s.population, default=None)


def load_gazetteer(rules: Path | None, data: Path = DATA) -> Gazetteer:
    """Read the tables: `data` for towns, counties and ZIP codes, `rules` (a folder `places`) for the curated ones.

    Raises ConfigError naming the file and the row that is wrong.
    """
    towns = Names()
    for row in _rows(data / "places.tsv.gz"):
        name, also, state, county, lat, lon, population, kind = row
        spot = Spot(kind, name, state, name, county or None, float(lat), float(lon), int(population))
        for spelling in (name, *also.split("|")):
            towns.add(spelling, spot)
    counties = _add_counties(towns, data)
    zips = {
        row[0]: Spot("zip", row[0], row[2], row[1], row[3] or None, *_point(row[4], row[5]))
        for row in _rows(data / "zips.tsv.gz")
    }
    curated, stop, people = load_curated(rules)
    return Gazetteer(towns, curated, zips, stop, counties, people, _words(data / "words.txt.gz"))


def _words(path: Path) -> frozenset[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(lines.read().split("\n"))


def load_curated(rules: Path | None) -> tuple[Names, frozenset[str], frozenset[str]]:
    """The curated names, the stop list of a folder of places, and those of it that are people's names.

    Raises ConfigError naming the file and the row that is wrong.
    """
    curated = Names()
    if rules is None:
        return curated, frozenset(), frozenset()
    for file in ("facilities", "courts", "regions"):
        _add_curated(curated, rules / f"{file}.yaml")
    listed = dict(_leaves(read_yaml(rules / "stoplist.yaml")))
    stop = {" ".join(key_of(name)): sort for name, sort in listed.items()}
    return curated, frozenset(stop), frozenset(k for k, sort in stop.items() if sort in ("given_name", "surname"))


def _point(lat: str, lon: str) -> tuple[float | None, float | None]:
    return (float(lat), float(lon)) if lat else (None, None)


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _add_counties(towns: Names, data: Path) -> dict[tuple[str, str], Spot]:
    known = {}
    for name, also, state, lat, lon, population in _rows(data / "counties.tsv.gz"):
        spot = Spot("county", name, state, None, name, *_point(lat, lon), int(population))
        for spelling in (f"{name} County", f"{name} Co", *(a for a in also.split("|") if " " in a), f"condado de {name}"):
            towns.add(spelling, spot)
        known[(norm(name), state)] = spot
    return known


def read_yaml(path: Path) -> Any:
    """A YAML file of rules, or None where there is none. Raises ConfigError."""
    import yaml

    if not path.exists():
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe loaders
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); mend it or restore the shipped file") from error


def _leaves(raw: Any) -> Iterator[tuple[str, str]]:
    """Every name of a stop list with what it mostly is instead, however the list's groups are nested."""
    if isinstance(raw, str):
        yield raw, ""
    elif isinstance(raw, Mapping):
        if "name" in raw or "text" in raw:
            yield str(raw.get("name") or raw.get("text")), str(raw.get("as", ""))
            return
        for key, value in raw.items():
            if key != "sources":
                yield from _leaves(value)
    elif isinstance(raw, Iterable):
        for value in raw:
            yield from _leaves(value)


_KINDS = {
    "facilities": "facility",
    "immigration_courts": "court",
    "asylum_offices": "office",
    "field_offices": "office",
    "offices": "office",
    "regions": "region",
    "neighbourhoods": "neighbourhood",
}


def _add_curated(curated: Names, path: Path) -> None:
    raw = read_yaml(path) or {}
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{path} holds no lists; each group is a list of rows")
    for group, rows in raw.items():
        if group in ("sources", "ambiguous") or not isinstance(rows, list):
            continue
        for number, row in enumerate(rows, 1):
            try:
                _add_row(curated, _KINDS.get(str(group), "office"), str(group), row)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise ConfigError(
                    f"{path} {group}, row {number} ({row!r:.80}): {error!r}; it needs at least a name and a state"
                ) from error


_MIDDLE = re.compile(r" (?:ICE|Service|Contract|County|Federal|Civil|Regional) (?=Processing|Detention|Correctional)")
"""Words of a facility's full name that people leave out."""


def _add_row(curated: Names, kind: str, group: str, row: Mapping[str, Any]) -> None:
    many = tuple(row.get("states") or ())
    state = row.get("state") or (many[0] if len(many) == 1 else None)
    if state not in states.NAMES:
        state = None
    spot = Spot(
        kind,
        str(row["name"]),
        state,
        row.get("city"),
        row.get("county"),
        row.get("lat"),
        row.get("lon"),
        0,
        many,
        str(row.get("kind") or group),
    )
    weak = bool(row.get("weak", False))
    names: list[tuple[str, bool]] = [(str(row["name"]).split(" (")[0], weak)]
    names += [
        (str(alias["text"]), weak or bool(alias.get("weak"))) if isinstance(alias, Mapping) else (str(alias), weak)
        for alias in row.get("aliases") or ()
    ]
    short = _MIDDLE.sub(" ", names[0][0])
    if kind == "facility" and short != names[0][0]:
        names.append((short, True))
    for name, is_weak in names:
        curated.add(name, spot, is_weak)
