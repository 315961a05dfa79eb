"""Which days bind a taker: deadlines that are written, and those that follow from an entry, a decision or a birth."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from listbot.domain.reading import DateMention, DateRole, Deadline
from listbot.reading.asylum_clock import asylum_unfiled, said_unfiled
from listbot.reading.binding import Case, binds, candidates
from listbot.reading.calendar_words import add_months, add_years
from listbot.reading.date_roles import RoledDate

R = DateRole
Consequence = tuple[DateRole, date]

_DAYS = re.compile(
    r"\b(30|33|84|87|90|180|14|21|10|15|60|120|thirty|ninety|fourteen|ten)[- ]?(?:calendar )?(?:days?|días)\b(?! (?:before|"
    r"prior|ahead|ago|old|in|of detention))",
    re.IGNORECASE,
)
_IN_WORDS = {"thirty": 30, "ninety": 90, "fourteen": 14, "ten": 10}
_BEFORE_HEARING = re.compile(
    r"\b(\d{1,2}) days (?:before|prior|ahead)|\b(\d{1,2}) días antes|(?:due|filed|in) (?:a|one) (week) before", re.IGNORECASE
)


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
    afraid: bool  #: a fear of return, or asylum, is spoken of
    ahead: int | None  #: days before a hearing by which something is due


def _told(dates: list[RoledDate], text: str, asked: set[str]) -> _Told:
    roles = {d.role for d in dates}
    entered = R.ENTRY in roles and (asylum_unfiled(text) if "asylum" in asked else said_unfiled(text))
    days = _DAYS.search(text) if R.DECISION in roles else None
    ahead = _BEFORE_HEARING.search(text) if R.HEARING in roles else None
    return _Told(
        entered,
        _count(days[1]) if days else None,
        "asylum" in asked or bool(_AFRAID.search(text)),
        (7 if ahead[3] else int(ahead[1] or ahead[2])) if ahead else None,
    )


def _with_consequence(d: RoledDate, text: str, asked: set[str], written: set[DateRole], today: date, told: _Told) -> RoledDate:
    if gives := _certain(d, text, asked, written, today, told):
        return replace(d, gives=gives) if gives[1] >= today else d
    gives = _possible(d, asked, written, today, told) if d.shares else None
    return replace(d, gives=gives, certain=False) if gives and gives[1] >= today else d


def _certain(d: RoledDate, text: str, asked: set[str], written: set[DateRole], today: date, told: _Told) -> Consequence | None:
    """What follows by rules alone."""
    if d.day is None:
        return None
    if d.role is R.ENTRY:
        return (R.ONE_YEAR, add_years(d.day, 1)) if told.unfiled else None
    if d.role is R.BIRTH or (d.role is R.AGE_OUT and d.mention.sure and (today - d.day).days > _CHILDHOOD):
        return (R.AGE_OUT, _comes_of_age(d.day, text, asked, today)) if asked & {"sijs", "guardianship"} else None
    if told.ahead and d.role is R.HEARING:
        return R.FILING, d.day - timedelta(days=told.ahead)
    if not written & {R.FILING} and (runs := _runs_from_signature(d, text, asked, today)):
        return runs
    return _after_decision(d, text, asked, written, today, told) if d.role is R.DECISION else None


_CHILDHOOD = 3000
"""Days after which a day of "turning 18" is the day of birth."""
_AGE_SAID = re.compile(
    r"\b(?:loses?|jurisdiction|courts?|until|before|by|ends?|ag(?:es?|ing)[- ]out|state)\b[^.;\n]{0,60}?\b(?:(18|eighteen)|(19|nineteen)|"
    r"(21|twenty-?one))\b",
    re.IGNORECASE,
)


def _comes_of_age(born: date, text: str, asked: set[str], today: date) -> date:
    """The birthday that ends it: the age that is said, else the 18th for a guardianship, else the 21st (8 U.S.C. § 1101(a)(27)(J))."""
    said = _AGE_SAID.search(text)
    first = add_years(born, (18, 19, 21)[(said.lastindex or 1) - 1] if said else 18)
    return first if first >= today and (said or "guardianship" in asked) else add_years(born, 21)


_SIGNED = re.compile(r"\b(?:signed|dated|issued|certified|firm(?:ó|ad[ao]|aron)|signature|sign)\b", re.IGNORECASE)
_CERTIFICATION = re.compile(
    r"\b(?:supp?(?:lement)?\.? ?b|i-?918 ?b|918b|cert(?:s|ified|ification|ificaci[óo]n)?|la hoja|(?:his|her|their|the) paper)\b",
    re.IGNORECASE,
)
_TWO_YEARS = re.compile(r"\b(?:two|2)[- ](?:years?|yrs?)\b|\bdos años\b", re.IGNORECASE)
_PARTED = re.compile(r"\b(?:divorc\w*|dissol\w+|annul\w+|decree)\b", re.IGNORECASE)
_WIDOWED = re.compile(r"\b(?:died|death|deceased|passed away|widow\w*|murió|falleció|viuda)\b", re.IGNORECASE)


def _runs_from_signature(d: RoledDate, text: str, asked: set[str], today: date) -> Consequence | None:
    """Six months from a signed certification (8 CFR 214.14(c)(2)(i)); two years from a divorce or a death, for a self-petition."""
    gone = _gone_by(d, today)
    if gone is None or d.role in (R.ENTRY, R.BIRTH, R.EVENT):
        return None
    start, end = d.mention.span
    near = (
        re.split(r"[.;]\s|\n\s*\n", text[max(0, start - 130) : start])[-1] + re.split(r"[.;]\s|\n\s*\n", text[end : end + 60])[0]
    )
    if "u_visa" in asked and _CERTIFICATION.search(near) and _SIGNED.search(near):
        return R.FILING, add_months(gone, 6)
    around = text[max(0, start - 260) : end + 320]
    if "vawa" in asked and _PARTED.search(near):
        return R.FILING, add_years(gone, 2)
    if asked & {"family_petition", "adjustment", "other"} and _WIDOWED.search(near) and _TWO_YEARS.search(around):
        return R.FILING, add_years(gone, 2)
    return None


def _gone_by(d: RoledDate, today: date) -> date | None:
    """The day if it has been, or the last such day."""
    if d.day and d.day <= today:
        return d.day
    back = d.mention.back
    return back if back and back <= today and not d.mention.sure and d.strength < _SURE else None


_SURE = 0.5
"""How sure a role must be for a day that could lie either way to lie ahead."""
_SEEMS = 0.08
"""An encoder's share from which a day may be one of entry."""
_AFRAID = re.compile(
    r"\b(?:asylum|asilo|589|afraid|scared|fear\w*|persecut\w+|protection|miedo|asile|(?:one|1|a) year|credible)\b", re.IGNORECASE
)


def _possible(d: RoledDate, asked: set[str], written: set[DateRole], today: date, told: _Told) -> Consequence | None:
    """What may follow, for all that rules can say: to be weighed with an encoder's opinion."""
    gone, shares = _gone_by(d, today), dict(d.shares)
    if gone is None:
        return None
    if (d.role is R.ENTRY or shares.get("entry", 0.0) >= _SEEMS) and told.afraid:
        return R.ONE_YEAR, add_years(gone, 1)
    decided = d.role in (R.DECISION, R.PAST) and shares.get("decision", 0.0) >= 2 * _SEEMS
    if decided and asked & {"bia_appeal", "circuit_petition"} and not written & {R.APPEAL, R.FILING}:
        return R.APPEAL, gone + timedelta(days=30)
    return None


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
    dates = list(dates)
    case = Case(text, today, frozenset(relief), age)
    found = candidates(dates, case)
    best = min((c for c in found if binds(c, found, case)), key=lambda c: (c.day, c.kind is R.OTHER), default=None)
    mentions = tuple(DateMention(d.day, d.role, d.mention.text, best is not None and best.told is d) for d in dates)
    return (Deadline(best.day, best.kind, best.told.mention.text) if best else None), mentions
