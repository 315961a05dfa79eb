"""The states and territories: codes, names, and the short forms in which people write them."""

from __future__ import annotations

import re

NAMES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "PR": "Puerto Rico",
    "GU": "Guam",
    "VI": "Virgin Islands",
    "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
}

ALSO = {
    "upstate new york": "NY",
    "new york state": "NY",
    "washington state": "WA",
    "n carolina": "NC",
    "s carolina": "SC",
    "w virginia": "WV",
    "nueva york": "NY",
    "nuevo mexico": "NM",
    "carolina del norte": "NC",
    "carolina del sur": "SC",
    "nueva jersey": "NJ",
    "nuevo jersey": "NJ",
    "luisiana": "LA",
    "pensilvania": "PA",
    "dakota del norte": "ND",
    "dakota del sur": "SD",
    "virginia occidental": "WV",
    "tejas": "TX",
    "us virgin islands": "VI",
    "usvi": "VI",
    "cnmi": "MP",
    "jersey": "NJ",
    "penna": "PA",
    "hawai i": "HI",
    "hawaiʻi": "HI",
    "islas virgenes": "VI",
    "misuri": "MO",
    "oregon": "OR",
    "northern marianas": "MP",
}

# Short forms of newspapers and of lawyers' citations; they count only in capitals and after a place or a comma.
SHORT = {
    "Ala": "AL",
    "Ariz": "AZ",
    "Ark": "AR",
    "Calif": "CA",
    "Cal": "CA",
    "Colo": "CO",
    "Conn": "CT",
    "Del": "DE",
    "Fla": "FL",
    "Ga": "GA",
    "Ill": "IL",
    "Ind": "IN",
    "Kan": "KS",
    "Kans": "KS",
    "Ky": "KY",
    "La": "LA",
    "Mass": "MA",
    "Md": "MD",
    "Me": "ME",
    "Mich": "MI",
    "Minn": "MN",
    "Miss": "MS",
    "Mo": "MO",
    "Mont": "MT",
    "Neb": "NE",
    "Nebr": "NE",
    "Nev": "NV",
    "N.H": "NH",
    "N.J": "NJ",
    "N.M": "NM",
    "N.Y": "NY",
    "N.C": "NC",
    "N.D": "ND",
    "Okla": "OK",
    "Ore": "OR",
    "Pa": "PA",
    "R.I": "RI",
    "S.C": "SC",
    "S.D": "SD",
    "Tenn": "TN",
    "Tex": "TX",
    "Vt": "VT",
    "Va": "VA",
    "Wash": "WA",
    "W.Va": "WV",
    "W. Va": "WV",
    "Wis": "WI",
    "Wisc": "WI",
    "Wyo": "WY",
    "D.C": "DC",
    "P.R": "PR",
    "N. Mex": "NM",
    "N.Mex": "NM",
}

WORDS = frozenset(
    {
        "IN",
        "OR",
        "ME",
        "OK",
        "HI",
        "OH",
        "LA",
        "PA",
        "MA",
        "ID",
        "AL",
        "DE",
        "CO",
        "AS",
        "MD",
        "MS",
        "PR",
        "VA",
        "MI",
        "SC",
        "MO",
        "CT",
        "AR",
        "MT",
    }
)
"""Codes that are also words, titles or other abbreviations: alone they say little."""

_names = sorted([*NAMES.values(), *(a.title() for a in ALSO)], key=len, reverse=True)
_short = sorted(SHORT, key=len, reverse=True)
AFTER = re.compile(
    r"\s{0,2}(?:,|\(|/|-|–|—)?\s{0,2}(?:in\s+)?(?P<state>(?i:"
    + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in _names)
    + r")|"
    + "|".join(re.escape(s) + r"\b\.?" for s in _short)
    + "|"
    + "|".join(NAMES)
    + r")(?![A-Za-z])(?!['’]s\b)\.?\)?"
)
"""A state right behind a place: ", NC", " NC", " (N.C.)", ", North Carolina", ", Ind."."""
AFTER_LOWER = re.compile(
    r"\s{0,2},?\s{0,2}(?P<state>"
    + "|".join(c.lower() for c in NAMES if c not in ("IN", "OR", "ME", "HI", "OH", "AS", "OK"))
    + r")(?![A-Za-z'’])"
)
AFTER_LOWER_COMMA = re.compile(
    r"\s?,\s?(?P<state>" + "|".join(c.lower() for c in NAMES if c not in ("HI", "OH", "AS")) + r")(?![A-Za-z'’])"
)

_by_name = {n.lower(): c for c, n in NAMES.items()} | ALSO | {s.lower(): c for s, c in SHORT.items()}


def code_of(text: str) -> str | None:
    """The USPS code for a state's name, short form or code."""
    words = re.sub(r"\s+", " ", text.strip(" .,()")).strip()
    if words.upper() in NAMES and (words.isupper() or len(words) == 2):
        return words.upper()
    return _by_name.get(words.lower())


FIRST_WORDS = frozenset(re.split(r"[\s.]+", n.lower())[0] for n in (*_by_name, *NAMES, "n", "s", "w"))
"""The first words of all names and short forms, to look no further at other words."""

BARE_NAMES = frozenset(n.lower() for c, n in NAMES.items() if c not in ("NY", "DC"))
"""Names that alone mean the state, though towns elsewhere have them too (Vermont in Illinois, Louisiana in Missouri)."""
DISTRICT = re.compile(
    r"(?:[NSEWCM]\.\s?)?D\.\s?(?P<state>"
    + "|".join(re.escape(s) + r"\b\.?" for s in _short)
    + "|(?:"
    + "|".join(n for n in NAMES.values())
    + r")\b)"
)
"""A federal district court: "N.D. Tex.", "W.D. La.", "D.N.J.", "D. Alaska"."""
