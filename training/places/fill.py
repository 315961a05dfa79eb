"""Fills county, lat and lon of new rows in rules/places/*.yaml from the gazetteer: `python training/places/fill.py`.

A row is one line, `- {name: ..., city: ..., state: ..}`; what it already says is left as it is. Needs PyYAML only.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import yaml
from build import OUT, key

RULES = Path(__file__).resolve().parents[2] / "rules" / "places"


def gazetteer() -> dict[tuple, dict]:
    """Largest place of each (name, state)."""
    with gzip.open(OUT / "places.tsv.gz", "rt", encoding="utf-8") as table:
        head, *lines = (line.rstrip("\n").split("\t") for line in table)
    found: dict[tuple, dict] = {}
    for line in lines:
        place = dict(zip(head, line, strict=True))
        place["rank"] = (place["kind"] == "place", int(place["population"]))
        for name in [place["name"], *filter(None, place["also"].split("|"))]:
            same = (key(name), place["state"])
            if same not in found or found[same]["rank"] < place["rank"]:
                found[same] = place
    return found


def fill(line: str, places: dict[tuple, dict]) -> str:
    """The line with what it lacks, or as it is."""
    row = yaml.safe_load(line)[0]
    if "city" not in row or ("lat" in row and "lon" in row):
        return line
    state = row.get("anchor_state") or row.get("state") or row["states"][0]
    place = places.get((key(row["city"]), state))
    if place is None:
        raise SystemExit(f"{row['name']}: no place {row['city']}, {state} in the gazetteer; mend it or give lat, lon")
    more = f", lat: {place['lat']}, lon: {place['lon']}}}"
    if "county" not in row and "states" not in row and place["county"]:
        more = f', county: "{place["county"]}"' + more
    return re.sub(r"\}\s*$", "", line) + more + "\n"


def main() -> int:
    places = gazetteer()
    for path in sorted(RULES.glob("*.yaml")):
        old = path.read_text().splitlines(keepends=True)
        new = [fill(x, places) if re.match(r"\s*- \{name: ", x) else x for x in old]
        if new != old:
            path.write_text("".join(new))
            print(f"{path.name}: {sum(a != b for a, b in zip(new, old, strict=True))} rows filled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
