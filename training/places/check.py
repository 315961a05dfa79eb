"""Checks rules/places/*.yaml and the tables: `python training/places/check.py`. Exit 1 on a fault."""

from __future__ import annotations

import csv
import sys

import yaml
from build import OUT, key
from fill import RULES, gazetteer

STATES = frozenset(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP""".split()  # noqa: SIM905
)
KINDS = {"ice", "county_jail", "orr_shelter", "family", "hold_room", "bop"}
ROWS = {
    "facilities.yaml": ["facilities"],
    "courts.yaml": ["immigration_courts", "asylum_offices", "field_offices", "circuits", "offices"],
    "regions.yaml": ["regions", "neighbourhoods"],
    "stoplist.yaml": ["names"],
}


def faults_of(row: dict, places: dict, sources: dict, hand_placed: bool) -> list[str]:
    found = []
    states = [row["state"]] if "state" in row else row.get("states", [])
    found += [f"state {s}" for s in [*states, *row.get("serves", []), *row.get("states", [])] if s not in STATES]
    if row.get("source") not in sources:
        found.append(f"source {row.get('source')}")
    for alias in row.get("aliases", []):
        if not isinstance(alias, str) and set(alias) != {"text", "weak"}:
            found.append(f"alias {alias}")
    spoken = [(a if isinstance(a, str) else a["text"]).lower() for a in row.get("aliases", [])]
    found += [f"alias twice: {a}" for a in set(spoken) if spoken.count(a) > 1]
    if "city" in row and not hand_placed:
        state = row.get("anchor_state") or states[0]
        if (key(row["city"]), state) not in places:
            found.append(f"no place {row['city']}, {state}")
    if "city" in row and not (-15 < row.get("lat", 99) < 72 and abs(row.get("lon", 999)) <= 180):
        found.append("lat, lon")
    return found


def main() -> int:
    places, bad, claims = gazetteer(), 0, {}
    for name, sections in ROWS.items():
        data = yaml.load((RULES / name).read_text(), Loader=yaml.CSafeLoader)
        for section in sections:
            seen = set()
            for row in data[section]:
                faults = faults_of(row, places, data["sources"], row.get("country") is not None)
                same = (row["name"].lower(), row.get("state"), tuple(row.get("states", ())))
                if section == "neighbourhoods":
                    same += (row["city"],)
                if same in seen:
                    faults.append("name twice")
                seen.add(same)
                if section == "facilities" and row["kind"] not in KINDS:
                    faults.append(f"kind {row['kind']}")
                for alias in row.get("aliases", []):
                    if isinstance(alias, str):
                        claims.setdefault((section, alias.lower()), []).append((row["name"], row.get("state")))
                for fault in faults:
                    print(f"{name}: {row['name']}: {fault}")
                bad += len(faults)
            print(f"{name}: {section}: {len(data[section])}")
    for (section, alias), rows in sorted(claims.items()):
        if len(rows) > 1 and len({r[1] for r in rows}) == 1 and section != "regions":
            print(f"note: {section}: '{alias}' is said of {rows}")
    for table in ("countries.tsv", "languages.tsv"):
        with (OUT / table).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        codes = [r["code"] for r in rows]
        bad += len(codes) - len(set(codes))
        print(f"{table}: {len(rows)}, doubled codes {len(codes) - len(set(codes))}")
    print("faults:", bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
