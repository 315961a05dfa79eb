"""Which days bind a taker: deadlines that are written, and those that follow from an entry, a decision or a birth."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from listbot.domain.reading import DateMention, DateRole, Deadline
from listbot.reading.calendar_words import add_months, add_years
from listbot.reading.date_roles import BINDING_ROLES, RoledDate

R = DateRole
Consequence = tuple[DateRole, date]

_ALREADY_FILED = re.compile(
    r"(?:asylum|589|application|asilo)\b[^.;\n]{0,40}\b(?:is |was |been |already |got |all )(?:timely |pro se )?(?:filed|"
    r"pending|lodged|submitted|on file|in\b)|"
    r"\b(?:filed|lodged|submitted|pending|timely|(?:skeletal|pro se|"
    r"bare-?bones) (?:i-?)?589)\b[^.;\n]{0,30}\b(?:(?:i-?)?(?:589)|asylum)|"
    r"(?:asylum|589|asilo) (?:was )?(?:filed|pending|lodged|submitted|timely)|already filed|filed (?:it )?(?:on time|timely|"
    r"within|pro se)|past the (?:one|1)[- ]year|"
    r"(?:one|1)[- ]year (?:bar|deadline)?[^.;\n]{0,20}(?:passed|blown|missed|gone|satisfied|met|fine|not an issue)|(?:no|"
    r"not a) (?:one|1)[- ]?y(?:ea)?r|"
    r"(?:asylum|589) (?:merits|individual|interview|hearing)|(?:merits|individual)\b[^.;\n]{0,30}(?:asylum|589)|(?:denied|"
    r"lost|appeal\w*)\b[^.;\n]{0,30}asylum|asylum (?:was )?(?:denied|granted)",
    re.IGNORECASE,
)
_NOT_FILED = re.compile(
    r"(?:not|never|nothing|no one|nobody|none|hasn'?t|haven'?t|isn'?t|wasn'?t|didn'?t|no ha(?:n)?|sin|yet to|still (?:needs?|"
    r"has|have) to|needs? to|has to|have to|must|should)\b[^.;]{0,140}?"
    r"\b(?:been )?(?:filed|filing|file|presentad\w|presentar|metido|applied|apply|lodged|submitted)\b|unfiled|un-filed|"
    r"nothing filed|nothing (?:is )?(?:in|on file)|no (?:i-?)?589|(?:589|asylum)[^.;\n]{0,20}(?:not|"
    r"isn'?t) (?:yet )?(?:filed|in|done)|to be filed",
    re.IGNORECASE,
)
_ASYLUM_TO_FILE = re.compile(
    r"\b(?:not|never|nothing|nobody|hasn'?t|haven'?t|didn'?t|no ha[n]?|sin)\b[^.;]{0,60}\b(?:i-?)?(?:589\b|asylum\b|asilo\b)|"
    r"(?:589|asylum|asilo)\b[^.;\n]{0,20}\b(?:not|isn'?t|never)\b[^.;\n]{0,12}\bfiled|\bno (?:asylum|(?:i-?)?589)\b|"
    r"\b(?:one|1)[- ]?(?:year|yr)\b(?! (?:old|ago|sentence|bar (?:passed|blown)|passed|later))(?=[^.;]{0,40}\b(?:deadline|filing|coming|clock|asylum|is up|runs|mark|looming)\b)|\bo(?:ne )?yfd\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(30|33|84|87|90|180|14|21|10|15|60|120|thirty|ninety|fourteen|ten)[- ]?(?:calendar )?(?:days?|días)\b(?! (?:before|"
    r"prior|ahead|ago|old|in|of detention))",
    re.IGNORECASE,
)
_IN_WORDS = {"thirty": 30, "ninety": 90, "fourteen": 14, "ten": 10}
_BEFORE_HEARING = re.compile(
    r"\b(\d{1,2}) days (?:before|prior|ahead)|\b(\d{1,2}) días antes|(?:due|filed|in) (?:a|one) (week) before", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:i|we)(?:'m|'re|'ll| am| are| will| can)?(?: still| both)? (?:staying on|stay(?:ing)? on|keep(?:ing)?|handl(?:e|"
    r"ing)|cover(?:ing)?|tak(?:e|ing) care|appear(?:ing)?|do(?:ing)?|argu(?:e|ing)|tr(?:y|ying))\b"
    r"(?![^.;\n]{0,60}\b(?:can'?t|cannot|unable|conflict)\b)",
    re.IGNORECASE,
)
_HAS_THE_REST = re.compile(
    r"\b(?:i|we)(?:'ve| have| got|'ve got| do)? (?:the|his|her|their) (?:removal|asylum|criminal|family|state|bond)(?: court)? (?:case|matter|part|side|piece)\b[^.;\n]{0,60}\Z",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"[^.;\n]{0,24}?\b(?:is (?:ours|mine|covered|handled|taken care of|done)|that (?:part|one)(?:'s| is) (?:finished|done|"
    r"covered|ours)|(?:that'?s|thats) (?:mine|ours)|has (?:counsel|a lawyer|an attorney)(?: for (?:it|that))?|i'?ll (?:cover|do|handle)|we'?ll (?:cover|do|handle)|are covered|already covered|so there'?s time|"
    r"don'?t worry)\b",
    re.IGNORECASE,
)
_VALID = re.compile(
    r"\b(?:good|valid|current|card|permit|ead|license|válid[oa]|vigente)(?: is)? (?:until|through|thru|to|"
    r"till|hasta)\b",
    re.IGNORECASE,
)
_EXPIRES = re.compile(r"\b(?:expir\w+|laps\w+|runs? (?:out|to|through|until)|ends?|dies|up|vence\w*)\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:card|permit|ead|license|passport|advance parole|residence|"
    r"authorization|permiso|tarjeta)\b",
    re.IGNORECASE,
)
_APPOINTMENTS = re.compile(r"\b(?:biometrics|deferred inspection|fingerprint\w*|travel doc\w*)\b", re.IGNORECASE)
_RENEWED = frozenset({"i751", "daca", "tps", "work_permit", "parole", "adjustment", "other"})
_AGELESS = frozenset({"t_visa", "u_visa", "vawa", "naturalization", "work_permit", "tps", "i751", "deferred_action_labor"})
"""Relief for which the eighteenth birthday does not matter."""

_LEAST, _LEAST_OF_WEEKDAY = 0.25, 0.35
"""How sure a role must be to bind; a bare "Friday" is often only talk."""


def derived(dates: list[RoledDate], text: str, relief: Iterable[str], today: date, age: int | None) -> list[RoledDate]:
    """The same dates, each with the deadline that follows from it where one does and none of its kind is written."""
    asked = set(relief)
    written = {d.role for d in dates if d.day and d.day >= today and d.strength >= 0.3}
    told = _told(dates, text, asked)
    return [_with_consequence(d, text, asked, written, today, told) for d in dates]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the whole text says, looked for once."""

    unfiled: bool  #: an application for asylum is still to be filed
    days: int | None  #: a number of days that runs from something
    ahead: int | None  #: days before a hearing by which something is due


def _told(dates: list[RoledDate], text: str, asked: set[str]) -> _Told:
    roles = {d.role for d in dates}
    entered = R.ENTRY in roles and (asylum_unfiled(text) if "asylum" in asked else bool(_ASYLUM_TO_FILE.search(text)))
    days = _DAYS.search(text) if R.DECISION in roles else None
    ahead = _BEFORE_HEARING.search(text) if R.HEARING in roles else None
    return _Told(entered, _count(days[1]) if days else None, (7 if ahead[3] else int(ahead[1] or ahead[2])) if ahead else None)


def _with_consequence(d: RoledDate, text: str, asked: set[str], written: set[DateRole], today: date, told: _Told) -> RoledDate:
    if d.day is None:
        return d
    gives: Consequence | None = None
    if d.role is R.ENTRY and told.unfiled:
        gives = R.ONE_YEAR, add_years(d.day, 1)
    elif d.role is R.BIRTH and asked & {"sijs", "guardianship"}:
        eighteenth = add_years(d.day, 18)
        gives = R.AGE_OUT, eighteenth if "guardianship" in asked and eighteenth >= today else add_years(d.day, 21)
    elif d.role is R.DECISION:
        gives = _after_decision(d, text, asked, written, today, told)
    elif d.role is R.HEARING and told.ahead:
        gives = R.FILING, d.day - timedelta(days=told.ahead)
    return replace(d, gives=gives) if gives and gives[1] >= today else d


def asylum_unfiled(text: str) -> bool:
    """Whether an asylum application is still to be filed, as far as the post says."""
    return bool(_NOT_FILED.search(text)) or not _ALREADY_FILED.search(text)


def _after_decision(
    d: RoledDate, text: str, asked: set[str], written: set[DateRole], today: date, told: _Told
) -> Consequence | None:
    """What a decision sets running: an answer to a request for evidence, an appeal, a motion, a self-petition after divorce."""
    assert d.day
    start, end = d.mention.span
    cue = text[d.cue[0] : d.cue[1]] if d.cue and d.cue[1] <= len(text) else ""
    near = text[max(0, start - 200) : end + 260]
    days = next((_count(m[1]) for m in _DAYS.finditer(near)), told.days)
    if re.search(
        r"\b(?:rfe|noid|noit|noir|requests? for (?:further |additional |more )?evidence|notice of intent)\b",
        text[max(0, start - 70) : end + 40],
        re.IGNORECASE,
    ):
        return (R.RESPONSE, d.day + timedelta(days=days)) if days and not written & {R.RESPONSE, R.FILING} else None
    if re.search(r"divorc", cue, re.IGNORECASE):
        return (R.FILING, add_years(d.day, 2)) if "vawa" in asked and R.FILING not in written else None
    if re.search(r"supp|cert|six months", cue, re.IGNORECASE):
        return (R.FILING, add_months(d.day, 6)) if R.FILING not in written else None
    if written & {R.APPEAL, R.FILING}:
        return None
    if asked & {"bia_appeal", "circuit_petition"} and (appeal := d.day + timedelta(days=30)) >= today:
        return R.APPEAL, appeal
    if "motion_to_reopen" in asked:
        absent = "absentia" in near.lower()
        return R.FILING, d.day + timedelta(days=days if days in (30, 90, 180) else 180 if absent else 90)
    if days in (30, 33) and re.search(
        r"\b(?:n-?336|i-?290b?|appeal|eoir-?2[69]|petition for review|ask for (?:the|"
        r"a) hearing)\b",
        near,
        re.IGNORECASE,
    ):
        return R.APPEAL, d.day + timedelta(days=days)
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _IN_WORDS[word.lower()]


def binding(
    dates: Iterable[RoledDate], text: str, today: date, relief: Collection[str] = (), age: int | None = None
) -> tuple[Deadline | None, tuple[DateMention, ...]]:
    """The earliest day that binds, and all dates of the need with their roles."""
    candidates: list[tuple[date, DateRole, RoledDate]] = []
    for d in dates:
        if d.gives:
            candidates.append((d.gives[1], d.gives[0], d))
        if d.day and d.day >= today and d.role in BINDING_ROLES and _binds(d, text, relief, age):
            candidates.append((d.day, _kind(d, text, relief), d))
    best = min(candidates, key=lambda c: (c[0], c[1] is R.OTHER), default=None)
    mentions = tuple(DateMention(d.day, d.role, d.mention.text, best is not None and best[2] is d) for d in dates)
    return (Deadline(best[0], best[1], best[2].mention.text) if best else None), mentions


def _binds(d: RoledDate, text: str, relief: Collection[str], age: int | None) -> bool:
    """Whether a coming date binds a taker: not without a cue, not the writer's own, not how long a card is good."""
    start, end = d.mention.span
    if d.strength < (_LEAST_OF_WEEKDAY if d.mention.weekday else _LEAST):
        return False
    before = re.split(r"[.;!?]\s+(?=[A-Z])|\n\s*\n", text[max(0, start - 110) : start])[-1]
    if _OWN.search(before) or _HAS_THE_REST.search(before) or _SETTLED.match(text[end : end + 70]):
        return False
    if _VALID.search(before[-40:]) and not _RENEWED & set(relief):
        return False
    if d.role is R.AGE_OUT:
        return _comes_of_age(d, text, relief, age)
    if d.role is R.OTHER:
        return d.strength >= 0.3 and not (_is_paper(before) and not _RENEWED & set(relief))
    return True


def _comes_of_age(d: RoledDate, text: str, relief: Collection[str], age: int | None) -> bool:
    """Whether a birthday matters: the 21st to every petition for a child, the 18th to a court of minors, a bare one to the young."""
    cue = text[d.cue[0] : d.cue[1]] if d.cue and d.cue[1] <= len(text) else ""
    if _OTHER_AGE.match(text, d.mention.span[1], d.mention.span[1] + 60):
        return False
    if re.search(r"21|twenty-?one|veinti|ag(?:e|ing)", cue, re.IGNORECASE):
        return True
    return (not relief or bool(set(relief) - _AGELESS)) and (
        age is None
        or age <= 21
        or bool(
            re.search(
                r"18|19|eighteen|"
                r"dieciocho",
                cue,
            )
        )
    )


_OTHER_AGE = re.compile(
    r"[^.;\n]{0,20}\b(?:will be|'ll be|turns|becomes)\s+(?:an? )?(?:1[0-7]|thirteen|fourteen|fifteen|sixteen|seventeen)\b",
    re.IGNORECASE,
)


def _is_paper(before: str) -> bool:
    """Whether what ends that day is a card or a status, not a stay in the country."""
    m = _EXPIRES.search(before[-30:])
    return bool(m) and bool(_PAPER.search(before[-70:]))


def _kind(d: RoledDate, text: str, relief: Collection[str]) -> DateRole:
    """The kind of a deadline: an appointment is no hearing; what expires is to be renewed before."""
    start = d.mention.span[0]
    if d.role is R.HEARING:
        cue = text[d.cue[0] : d.cue[1]] if d.cue and d.cue[1] <= len(text) else ""
        return R.OTHER if _APPOINTMENTS.search(cue) else R.HEARING
    if (
        d.role is R.OTHER
        and set(relief) & {"i751", "daca", "tps", "work_permit", "parole"}
        and (_EXPIRES.search(text[max(0, start - 40) : start]) or _VALID.search(text[max(0, start - 40) : start]))
    ):
        return R.FILING
    return d.role
