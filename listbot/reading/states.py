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
_DISTRICTS = (
    "NDAL MDAL SDAL EDAR WDAR NDCA EDCA CDCA SDCA NDFL MDFL SDFL NDGA MDGA SDGA NDIL CDIL SDIL NDIN SDIN NDIA "
    "SDIA EDKY WDKY EDLA MDLA WDLA EDMI WDMI NDMS SDMS EDMO WDMO EDNY NDNY SDNY WDNY EDNC MDNC WDNC NDOH SDOH EDOK "
    "NDOK WDOK EDPA MDPA WDPA EDTN MDTN WDTN EDTX NDTX SDTX WDTX EDVA WDVA EDWA WDWA NDWV SDWV EDWI WDWI DNJ DNH "
    "DNM DNV"
)
DISTRICTS = {name: name[-2:] for name in _DISTRICTS.split()}
"""Federal district courts as they are written in one word, and their states (28 U.S.C. 81-131)."""

DENIED = re.compile(r"\b(?:not|no)\s+(?:in\s+)?\Z", re.IGNORECASE)
_CODE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|of|near|outside|within|rural|central|northern|southern|eastern|western|upstate|ne|nw|se|"
    r"sw|n|s|e|w|any|north|south|east|west|across)\.?|[/(,:;&•|–—\[>-]|^|\n)\s*\Z",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(
    r"\s*(?:[/,;:.)|?!–—-]|\]|$|attorney|lawyer|bar\b|licens|counsel|client|resident|case|immigration|state\b|"
    r"family court|juvenile|probate|court|asylum|sij|removal|detain)",
    re.IGNORECASE,
)
_LOCATED = re.compile(r"(?<![A-Z] )(?<![A-Z])(?:in|near|outside|within)\s\Z")
_PRACTICE = re.compile(
    r"\s(?:family|juvenile|probate|superior|district|circuit) court|\s(?:bar\b|licen[sc]|attorney|lawyer|counsel|practitioner)"
)
"""Before, and behind, a code that could be another word and here is a state: "in PR", "SC family court"."""


_NORTHEAST = re.compile(r"\s+(?:" + "|".join(NAMES.values()) + r"|corner|side|part)\b")


_PART = re.compile(r"\b(?:eastern|western|central|northern|southern|rural)\s\Z", re.IGNORECASE)


def written_code(text: str, written: str, start: int, end: int, count: int) -> str | None:
    """The code of a state written so (`count` words), where it cannot be another word; else None."""
    if len(written) == 2:
        if written not in NAMES:
            return None
        if written == "NE" and _NORTHEAST.match(text, end):
            return None
        if written in WORDS:
            return (
                written
                if written not in ("ME", "OR", "IN", "OK", "HI", "OH", "AS", "ID")
                and (
                    (_CODE_BEFORE.search(text, max(0, start - 12), start) and _CODE_AFTER.match(text, end))
                    or (written not in ("LA", "CT") and _LOCATED.search(text, max(0, start - 12), start))
                    or _PRACTICE.match(text, end)
                )
                else None
            )
        return written
    if count > 1 and re.fullmatch(r"[A-Z]\.\s?[A-Z]", written):
        return SHORT.get(written.replace(" ", ""))
    if not written[:1].isupper() and not re.search(r"\b(?:in|from|to)\s+\Z", text[max(0, start - 8) : start], re.IGNORECASE):
        return None
    code = code_of(written)
    if not code or len(written) < 4:
        return None
    if written.rstrip(".") in SHORT:
        return (
            code
            if _CODE_BEFORE.search(text, max(0, start - 12), start)
            and (written not in ("Wash", "Miss", "Mass", "Conn", "Mont", "Kans") or _PART.search(text, max(0, start - 12), start))
            else None
        )
    return code


_AREAS = (
    "AL 205 251 256 334 659 938; AK 907; AZ 480 520 602 623 928; AR 327 479 501 870; CA 209 213 279 310 323 341 350 408 "
    "415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 820 831 840 858 909 916 925 949 "
    "951; CO 303 719 720 970 983; CT 203 475 860 959; DE 302; DC 202 771; FL 239 305 321 352 386 407 448 561 645 656 689 "
    "727 728 754 772 786 813 850 863 904 941 954; GA 229 404 470 478 678 706 762 770 912 943; HI 808; ID 208 986; IL 217 "
    "224 309 312 331 447 464 618 630 708 730 773 779 815 847 861 872; IN 219 260 317 463 574 765 812 930; IA 319 515 563 "
    "641 712; KS 316 620 785 913; KY 270 364 502 606 859; LA 225 318 337 504 985; ME 207; MD 227 240 301 410 443 667; MA "
    "339 351 413 508 617 774 781 857 978; MI 231 248 269 313 517 586 616 679 734 810 906 947 989; MN 218 320 507 612 651 "
    "763 924 952; MS 228 601 662 769; MO 235 314 417 557 573 636 660 816 975; MT 406; NE 308 402 531; NV 702 725 775; NH "
    "603; NJ 201 551 609 640 732 848 856 862 908 973; NM 505 575; NY 212 315 329 332 347 363 516 518 585 607 624 631 646 "
    "680 716 718 838 845 914 917 929 934; NC 252 336 472 704 743 828 910 919 980 984; ND 701; OH 216 220 234 283 326 330 "
    "380 419 436 440 513 567 614 740 937; OK 405 539 572 580 918; OR 458 503 541 971; PA 215 223 267 272 412 445 484 570 "
    "582 610 717 724 814 835 878; RI 401; SC 803 821 839 843 854 864; SD 605; TN 423 615 629 731 865 901 931; TX 210 214 "
    "254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979; UT 385 435 "
    "801; VT 802; VA 276 434 540 571 686 703 757 804 826 948; WA 206 253 360 425 509 564; WV 304 681; WI 262 274 353 414 "
    "534 608 715 920; WY 307; PR 787 939; GU 671; VI 340; AS 684; MP 670 "
)
AREA_CODES = {code: row.split()[0] for row in _AREAS.split(";") for code in row.split()[1:]}
"""The state of each telephone area code (source: the public assignments of the North American Numbering Plan)."""
