"""From when somebody can again, or is back: the date grammar's days, and months, weighed by the words before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from listbot.reading.calendar_words import MONTH, NUMBER, add_months, month, number
from listbot.reading.dates import Mention, find_dates

_I = re.IGNORECASE
_NAMES = {
    "january": "janvier januar janeiro",
    "february": "février fevrier februar fevereiro",
    "march": "mars märz março",
    "april": "avril",
    "may": "mai maio",
    "june": "juin juni junho",
    "july": "juillet juli julho",
    "august": "août aout",
    "september": "septembre setembro",
    "october": "octobre oktober outubro",
    "november": "novembre",
    "december": "décembre dezember dezembro",
}
_MONTHS = {name: english for english, names in _NAMES.items() for name in names.split()}
_FOREIGN = re.compile(r"\b(?:(\d{1,2})(?:\.|er|º)?[ ](?:de[ ])?)?(" + "|".join(_MONTHS) + r")\b", _I)
_STANDS_FOR_MONTH = re.compile(
    r"\b(?:in|until|till?|'til|before|come|by|from|after|starting(?: in)?|since|through|thru|as of|not|and from|early|mid-?|"
    r"start(?:s|ing)?(?: (?:in|of))?|hasta|a partir de|desde|en|para|"
    r"bis|ab|im|jusqu'en|en|até|a partir de|ends in|begins|begins in)\s+(?:the (?:first|beginning|start|end) of |early |"
    rf"late |mid-? ?|principios de )?(?P<month>{MONTH})\b(?!\s*\d)",
    _I,
)
_BACK = re.compile(
    r"\b(?:back(?: (?:at|in|to|from)\b[^.\n]{0,25})?|returns?|returning|reopen(?:s|ing)?|opens? (?:back )?up|regres(?:o|"
    r"ar[eé]|ando)|vuelvo|de retour|je rentre|wieder|zurück|erreichbar|available|avail\.|free|"
    r"from|start(?:s|ing)?(?: on)?|as of|as from|begin(?:s|ning)?(?: on)?|a partir d[eo]l?|desde|\bab(?: dem)?|take it (?:on|"
    r"up)|up on|could (?:start|do)|ask me(?: again)?|write to me(?: again)?(?: on)?|"
    r"again on|check back|week of|day after|fresh|try me|ping me|after that|then|"
    r"b[uú]sque(?:n)?me|ll[aá]me(?:n)?me|escr[ií]ba(?:n)?me|pregúnte(?:n)?me)\W+(?:\w+\W+){0,4}\Z",
    _I,
)
_TO = re.compile(
    r"\b(?:until|till?|'til|til|hasta(?: el)?|before|not before|jusqu'au|jusqu'à|bis(?: zum)?|"
    r"até)[^\w.,;]+(?:\w+[^\w.,;]+){0,6}\Z",
    _I,
)
_PAST = re.compile(
    r"\b(?:after|through|thru|past|despu[eé]s del?|après(?: le)?|nach(?: dem)?|"
    r"bis einschließlich)\W+(?:\w+\W+){0,3}\Z|\bto \Z",
    _I,
)
_GIVE = re.compile(rf"\b(?:give me|need|for|about|another) (?:about |another |just )?(?P<n>{NUMBER}) (?:more )?weeks?\b", _I)
_INCLUDED = re.compile(r"\A\W*(?:inclus\b|inclusive|incluido|included)", _I)
_LABOR = re.compile(
    r"\b(?P<after>(?:the )?(?:day |week )?after )?(?P<name>labor day|memorial day|thanksgiving|christmas|"
    r"new year'?s(?: day)?|easter)\b",
    _I,
)


@dataclass(frozen=True, slots=True)
class _Day:
    rank: int
    day: date


def until_when(words: str, today: date) -> date | None:
    """The first day on which they are back, free or able, as far as the words name one after `today`."""
    text = _in_english(words)
    days = [d for m in find_dates(text, today, _day_first(words)) if (d := _day(m, text, today))]
    days += [d for m in _STANDS_FOR_MONTH.finditer(text) if (d := _month(m, today))]
    days += [_Day(4, today + timedelta(weeks=number(m["n"]))) for m in _GIVE.finditer(text)]
    days += [d for m in _LABOR.finditer(text) if (d := _holiday(m, today))]
    if not days:
        return None
    best = min(d.rank for d in days)
    first, *others = [d.day for d in days if d.rank == best]
    return max(
        [first, *(d for d in others if timedelta() < d - first <= timedelta(days=7))]
    )  # "back on the 5th, from the 6th I can"


def _in_english(words: str) -> str:
    """Months of other languages than English and Spanish by their English names, for the grammar's sake."""
    words = re.sub(r"\b(\d{1,2})\.(?= [A-Z][a-zä]{2})", r"\1", words)
    return _FOREIGN.sub(lambda m: f"{m[1] + ' ' if m[1] else ''}{_MONTHS[m[2].lower()]}", words)


def _day_first(words: str) -> bool | None:
    return True if re.search(r"\b(?:bis|wieder|ich|je|jusqu'au|hasta|regreso|estoy|até)\b", words, _I) else None


def _day(m: Mention, text: str, today: date) -> _Day | None:
    """A day with the rank of what stands before it: back on, until, through and after."""
    found = m.ahead
    if found is None or found <= today or (not m.sure and found > today + timedelta(days=300)):
        return None  # of days without a year the far ones are past
    before = text[max(0, m.span[0] - 45) : m.span[0]]
    before = before[max(before.rfind(c) for c in ".;!?\n") + 1 :]
    if _TO.search(before):
        return _Day(2, found + timedelta(days=1) if _INCLUDED.match(text[m.span[1] :]) else found)
    if _PAST.search(before):
        return _Day(3, found + timedelta(days=1))
    if _BACK.search(before) or re.match(
        r"\W*(?:on\b|onwards?|i'?m (?:all )?(?:free|yours)|and (?:after|later)|(?:we|"
        r"i) (?:can|could))",
        text[m.span[1] : m.span[1] + 25],
        _I,
    ):
        return _Day(1, found)
    if m.relative and not m.weekday:
        return _Day(4, found)
    return None


def _month(m: re.Match[str], today: date) -> _Day | None:
    number = month(m["month"])
    if m["month"].lower() == "may" and not re.match(
        r"(?:in|until|till?|'til|before|come|by|from|not|starting|early|mid)\b", m[0], _I
    ):
        return None  # the verb: "you may"
    year = today.year + (number < today.month)
    start = date(year, number, 1)
    if re.match(r"(?:after|through|thru|ends in)\b|.*\bend of\b", m[0], _I):
        start = add_months(start, 1)
    if start <= today:
        return None
    return _Day(
        3
        if re.match(r"(?:until|till?|'til|hasta|bis|before|by|in|en)\b", m[0], _I)
        else 1
        if re.match(r"from|come|a partir|desde|starting|as of|ab\b", m[0], _I)
        else 3,
        start,
    )


def _holiday(m: re.Match[str], today: date) -> _Day | None:
    name = m["name"].lower()
    for year in (today.year, today.year + 1):
        day = _holiday_of(name, year)
        if day and day > today:
            return _Day(3, day + timedelta(days=1) if m["after"] else day)
    return None


def _holiday_of(name: str, year: int) -> date | None:
    """The feasts people name instead of a date; Easter is left out, as it moves by the moon."""
    if name == "labor day":
        return date(year, 9, 1) + timedelta(days=(-date(year, 9, 1).weekday()) % 7)
    if name == "memorial day":
        return date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    if name == "christmas":
        return date(year, 12, 25)
    return date(year, 1, 1) if name.startswith("new year") else None
