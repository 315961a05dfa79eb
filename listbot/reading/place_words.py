"""Words that decide whether a name is meant as a place."""

from __future__ import annotations

import re


def words(text: str) -> list[str]:
    """The words of a line, for long lists of them."""
    return text.split()


ORDINARY = frozenset(
    words(
        "aid angels asap august avenue ball bath beach bell bend best blue bond bow brown camp can case cash center "
        "central christian church city clay client college commerce condado consequences cook corner counsel county "
        "court cross custody dale date day deadline deal deed defiance dell district down driver duty eagle early east "
        "eden energy english enterprise fair faith fall ferry field flat flint forest freedom french friend general "
        "glen globe golden grant gray green guy hall harbor hearing help high hill home honor hope hot house "
        "immigration independence interior intro jay john joy judge junction justice king knight lady lake land lane "
        "law lead legal liberty limited local love luck many march mark martin mason matter may media mercy miles minor "
        "mission money moody most motion need needles nice normal north note notes notice offer opportunity or orange "
        "order pace page palm paradise parent park parks parole partner peace petition pine plain plea please point "
        "post price prior pro program progress project public question ready referral regards region relief reminder "
        "rep request rich road rock rose sandy see short sincerely sister social son south speed spring star state stay "
        "stone story street strong success summit sun sunny superior sweet team temple thanks time tip tower town trial "
        "trinity truth union united update urgent valley van victor victory village visa walker wall warm warning water "
        "way week welcome west white why wing wise wood young"
    )
)
"""Names of small places that are everyday words: never a place in lower case, nor in capitals without a state."""

HOLDING = re.compile(
    r"\b(?:detain\w*|detention|held|custody|jail|facility|prison|ice\b|bond|locked|transfer\w*|ipc\b|spc\b|dc\b|"
    r"orr|shelter|intake|deten\w+|"
    r"preso|centro|inside|habeas|2241|parole|sitting in|unit|annex|credible fear|cfi\b|cfr\b|e-?28|rfi\b|reasonable fear)",
    re.IGNORECASE,
)
"""Words of detention close to what may be the short name of a place of detention."""
HELD = re.compile(
    r"\b(?:detain\w*|detention|held at|in custody|ice custody|bond|picked up|habeas|fianza|deten\w+|credible fear review)\b",
    re.IGNORECASE,
)
"""Words of detention anywhere in the post."""
COURTS = re.compile(
    r"court|judge|\bij\b|master|merits|trial|docket|asylum office|uscis|field office|hearing|interview|eoir|nta\b|filed",
    re.IGNORECASE,
)
COURT_OF = re.compile(
    r"\b(?:court|judge|sheriff|clerk|police|school|hospital|tribunal|corte|juez|jueza|juzgado)\s+(?:(?:in|of|for|at|de|del|en)\s+)\Z",
    re.IGNORECASE,
)
"""A court or an office of the place whose name follows."""
TITLE = re.compile(
    r"\b(?:judge|justice|mr|mrs|ms|dr|prof|professor|attorney|atty|hon|sr|sra|don|doña|matter of|v|vs|in re|"
    r"thanks|thank you|dear|hi|hello)\.?,?\s*\Z",
    re.IGNORECASE,
)
"""A person's name follows."""
NOT_THERE = re.compile(
    r"(?:['’]s\s+(?:law|office|firm|brief|team|email|post|case)|\s+(?:Law|University|College|School|Bar|Project|"
    r"Foundation|Family|Street|St\b|"
    r"Ave|Avenue|Road|Rd|Blvd|Drive|LLP|LLC|PLLC|&\s+[A-Z]))"
)
"""Behind a name: a firm, a street."""
AGED = re.compile(r"\s?[,(]\s?\d{1,2}(?:[,)]|\s?(?:y|[FM]\b))")
"""Behind a name: a person's age."""
JAIL = re.compile(
    r"\s+(?:(?:Adult|Regional|Main|Central|Public|Law)\s+|Sheriff(?:['’]s)?\s+(?:(?:Office|Department|Dept\.?)\s+)?)?"
    r"(?:Jail|Detention(?:\s+(?:Cent(?:er|re)|Ctr\.?|Facility|Complex))?|Correction(?:al|s)(?:\s+(?:Cent(?:er|re)|Facility|"
    r"Institution|Complex))?|Justice\s+Center|Safety\s+(?:Center|Complex|Building)|House\s+of\s+Corrections?|Prison|Lock-?up|"
    r"Enforcement\s+Center)\b",
    re.IGNORECASE,
)
"""Behind a county's name: its jail."""
INSIDE = frozenset(("in", "near", "outside", "around", "within", "en"))
"""Words before a town that hardly stand before a person's name."""
OF_PLACES = frozenset(
    words(
        "now late lately formerly currently originally recently presently north south east west outskirts reach edge vicinity "
        "suburb suburbs neighborhood neighbourhood town village city resident residents outside mauka makai instead"
    )
)
"""Words before "of" and a town: "now of Moline", "a suburb of Tulsa"."""
CITY_INITIALS = frozenset(("slc", "nyc", "rgv", "dfw", "dmv"))
"""Initials of cities and regions that are no words, in lower case too."""
ORGANISATION = re.compile(
    r"(?:\s+(?:[A-Z][\w'’]+|&|and|of|for|the)){0,4}\s+(?:Network|Collective|Project|Clinic|Aid|Services|Coalition|"
    r"Alliance|Association|Society|"
    r"Partners|Partnership|Group|Defenders?|Advocates|Charities|Law|Legal|Fund|Initiative|Institute|Council|"
    r"Ministries|Union|Foundation|Chapter|Bar|LLP|"
    r"LLC|PLLC|Committee|Consortium|Counsel|Attorneys|Solidarity|Sanctuary|Immigrants?|Refugees?|Justice)\b(?!\s+(?:Court|Judge))"
)
"""Behind a name in capitals: an organisation that carries it."""
