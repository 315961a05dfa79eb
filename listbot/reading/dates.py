"""A grammar of dates: every way in which posts write a day, found in one pass of bounded patterns.

A date whose year (or week) is not said has two readings, `ahead` and `back`; its role decides later. A span too vague to name
a day has neither. Day-first figures are taken where the month cannot be one, or where the post is Spanish.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from listbot.domain.reading import Span
from listbot.reading.calendar_words import (
    HOLIDAY,
    MONTH,
    NUMBER,
    ORDINAL,
    ORDINALS,
    SPANISH,
    WEEKDAY,
    WEEKDAYS,
    add_months,
    add_years,
    day,
    holiday,
    month,
    next_weekday,
    number,
    year_of,
)
from listbot.reading.date_cues import lowered

LIMIT = 300
"""Date mentions of a post that are looked at; a post with more is a table of dates, not a plea."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as written: where, and the day it means, looking ahead or back from the post's date."""

    span: Span
    text: str
    ahead: date | None
    back: date | None
    sure: bool = False  #: year and all were written: both readings are one
    weekday: bool = False  #: known by its weekday only
    relative: bool = False  #: counted from the post's date
    month_only: bool = False  #: "March 2024": a month, no day
    month_start: date | None = None
    swapped: date | None = None  #: figures read the other way round, day and month


@dataclass(frozen=True, slots=True)
class _Context:
    today: date
    day_first: bool


_Y = r"(?:(?:,|\s|\s+of|\s+de|\s+del)\s*((?:19|20)\d\d|['’]\d\d)(?!\d))?"
_SUFFIX = r"(?:st|nd|rd|th|ST|ND|RD|TH|º)?"
_I = re.IGNORECASE

Reading = Callable[[re.Match[str], _Context], "tuple[date | None, date | None, str]"]


def _both(found: date | None) -> tuple[date | None, date | None, str]:
    return found, found, "sure"


def _yearless(month_of_year: int, day_of_month: int, context: _Context) -> tuple[date | None, date | None, str]:
    """The next and the last such day; today counts as ahead."""
    today = context.today
    ahead = next((d for y in range(5) if (d := day(today.year + y, month_of_year, day_of_month)) and d >= today), None)
    back = next((d for y in range(5) if (d := day(today.year - y, month_of_year, day_of_month)) and d <= today), None)
    return ahead, back, ""


def _iso(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    return _both(day(int(m[1]), int(m[2]), int(m[3])))


def _figures(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    one, two, year = int(m[1]), int(m[2]), year_of(m[3])
    first, second = ((two, one), (one, two)) if context.day_first else ((one, two), (two, one))
    return _both(day(year, *first) or day(year, *second))


def _short_figures(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    one, two = int(m[1]), int(m[2])
    if ((one, two) in ((24, 7), (50, 50), (1, 2), (1, 1)) and one != two) or one == two > 12:
        return None, None, "no"  # "24/7", "1/2": no dates
    if context.day_first or one > 12:
        one, two = two, one
    if not day(2024, one, two):
        one, two = two, one
    return _yearless(one, two, context) if day(2024, one, two) else (None, None, "no")


def _month_day(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    return _named(m[1], m[2], m[3], context)


def _day_month(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    if _AN_AGE.search(m.string[max(0, m.start() - 14) : m.start()]) and re.match(r"\s*\d", m.string[m.end() : m.end() + 3]):
        return None, None, "no"  # "turns 19 May 30"
    return _named(m[2], m[1], m[3], context)


_AN_AGE = re.compile(r"\b(?:turn\w*|till|until|is|aged?|hits|becomes|cumple)\s\Z", _I)


def _named(name: str, day_of_month: str, year: str | None, context: _Context) -> tuple[date | None, date | None, str]:
    number_of_day = ORDINALS.get(re.sub(r"\s+", " ", day_of_month.lower())) or int(re.sub(r"\D", "", day_of_month) or 0)
    if year:
        return _both(day(year_of(year), month(name), number_of_day))
    return _yearless(month(name), number_of_day, context) if day(2024, month(name), number_of_day) else (None, None, "no")


def _last_or_this_year(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'the eleventh of April last year', 'May 3 of this year', 'October 2 next year'."""
    word = m[3].lower()
    year = context.today.year + (-1 if word in ("last", "pasado") else 1 if word in ("next", "próximo") else 0)
    one, two = (m[1], m[2]) if re.match(MONTH, m[1], _I) else (m[2], m[1])
    number_of_day = ORDINALS.get(two.lower()) or int(re.sub(r"\D", "", two) or 0)
    return _both(day(year, month(one), number_of_day))


def _month_year(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    start = day(year_of(m[2]), month(m[1]), 1)
    return start, start, "month"


def _figure_month_year(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    start = day(int(m[2]), int(m[1]), 1) if 1 <= int(m[1]) <= 12 else None
    return (start, start, "month") if start else (None, None, "no")


def _nth(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'the 24th': of this month or the next; looking back, of this or the last."""
    wanted = ORDINALS.get(m[1].lower()) or int(re.sub(r"\D", "", m[1]) or 0)
    if not 1 <= wanted <= 31:
        return None, None, "no"
    start = context.today.replace(day=1)
    months = [add_months(start, k) for k in range(-2, 4)]
    days = [d for s in months if (d := day(s.year, s.month, wanted))]
    ahead = next((d for d in days if d >= context.today), None)
    back = next((d for d in reversed(days) if d <= context.today), None)
    return ahead, back, ""


_SAT = re.compile(r"sat\Z", _I)


def _weekday(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'Friday', 'next Tuesday', 'last Monday', 'el próximo lunes', 'Thursday week', 'Friday of next week'."""
    before, name, after = (m[1] or "").lower(), WEEKDAYS[m[2].lower().rstrip(".")], re.sub(r"\s+", " ", (m[3] or "").lower())
    if _SAT.match(m[0], 0) and re.match(r"\s+(?:in|on|down|through|with|at|for|here|there)\b", m.string[m.end() : m.end() + 9]):
        return None, None, "no"  # "sat in on a master"
    if m[0] in ("sat", "sun") and not re.search(
        r"(?:\bon|\bby|\bdue|[,;(:/-])\s*\Z", m.string[max(0, m.start() - 5) : m.start()]
    ):
        return None, None, "no"
    coming = next_weekday(context.today, name)
    back = coming - timedelta(days=7)
    if before.split(" ")[0] in ("last", "past", "pasado") or "pasado" in after or "last week" in after:
        last = back if back < context.today else back - timedelta(days=7)
        if "last week" in after:
            last = context.today - timedelta(days=context.today.weekday() + 7 - name)
        return last, last, "relative"
    if "week after next" in after:
        return (d := context.today + timedelta(days=14 - context.today.weekday() + name)), d, "relative"
    if before.startswith("next") or "next week" in after or "próxima semana" in after or "semana que viene" in after:
        days = 7 - context.today.weekday() + name
        return (d := context.today + timedelta(days=days)), d, "relative"
    if after.endswith(("week", "semana")):
        return (d := coming + timedelta(days=7)), d, "relative"
    if back == context.today and before.startswith("this"):
        return back, back, "relative"
    return coming, back if back < context.today else back - timedelta(days=7), "weekday"


def _weeks_from_weekday(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'a week from Friday', 'two weeks from Monday', 'a week from tomorrow'."""
    word = m[2].lower().rstrip(".")
    start = context.today
    if word == "tomorrow":
        start += timedelta(days=1)
    elif word in WEEKDAYS:
        start = next_weekday(context.today, WEEKDAYS[word])
    found = start + timedelta(weeks=number(m[1]))
    return found, found, "relative"


_AGO = re.compile(r"ago|hace|back|earlier", _I)


def _count(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'in 10 days', 'two weeks from today', '5 days ago'; months and years are too vague to name a day."""
    count, unit = number(m[1]), m[2].lower()
    if unit.startswith(("month", "mes", "year", "año", "yr")) or count > 400:
        return None, None, "vague"
    days = count * (7 if unit.startswith(("week", "wk", "semana")) else 1)
    back = bool(_AGO.search(m[0]))
    found = context.today + timedelta(days=-days if back else days)
    return found, found, "relative"


def _hours(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    return None, None, "vague"


_WORDS = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "hoy": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmw": 1,
    "tmrrw": 1,
    "tomorow": 1,
    "yesterday": -1,
    "ayer": -1,
    "mañana": 1,
    "pasado mañana": 2,
    "day after tomorrow": 2,
    "anteayer": -2,
    "overmorrow": 2,
    "day before yesterday": -2,
    "last night": -1,
    "tomorrow morning": 1,
    "anoche": -1,
}


def _word(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    found = context.today + timedelta(days=_WORDS[re.sub(r"\s+", " ", m[1].lower())])
    return found, found, "relative"


def _holiday(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'Halloween', 'the day after Thanksgiving', 'the Wednesday after Easter'."""
    side, name = (m[1] or "").lower(), m[2]
    if not side and name.lower() in _SEASONS and not re.search(r"\bon\s\Z", m.string[max(0, m.start() - 3) : m.start()]):
        return None, None, "vague"
    days = [d for y in (-1, 0, 1, 2) if (d := _beside(holiday(name, context.today.year + y), side))]
    ahead = next((d for d in days if d >= context.today), None)
    return ahead, next((d for d in reversed(days) if d <= context.today), None), ""


_SEASONS = {"christmas", "thanksgiving", "easter", "new year's", "new years", "navidad", "reyes", "labor day", "memorial day"}
"""Holidays that stand for the time around them, unless one says "on"."""


def _beside(base: date | None, side: str) -> date | None:
    """The day that stands to a holiday as the words before it say ("the Tuesday before", "day after")."""
    if base is None or not side:
        return base
    steps = -1 if "before" in side else 1
    word = side.split()[0].rstrip(".")
    if word == "day":
        return base + timedelta(days=steps)
    return next(d for k in range(1, 8) if (d := base + timedelta(days=k * steps)).weekday() == WEEKDAYS[word])


def _last_day(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'the last day of June'."""
    for offset in range(2):
        year = year_of(m[2]) if m[2] else context.today.year + offset
        first = day(year, month(m[1]), 1)
        last = add_months(first, 1) - timedelta(days=1) if first else None
        if last and (m[2] or last >= context.today):
            return last, last if m[2] else add_years(last, -1), "sure" if m[2] else ""
    return None, None, "no"


def _vague(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    return None, None, "vague"


_NOT_IN_NUMBER = r"(?<![\d/$.\-#A-Za-z§])"
_TRIGGERS = {
    trigger: re.compile(pattern)
    for trigger, pattern in (
        ("digit", r"\d"),
        ("month", MONTH),
        ("weekday", rf"{WEEKDAY}|week|tomorrow"),
        ("unit", r"days?\b|we?e?ks?\b|months?\b|years?\b|yrs?\b|hours|hrs|horas|d[ií]as?\b|semanas?\b|mes(?:es)?\b|años?\b"),
        (
            "word",
            r"morrow|tmr|tmw|today|night|yesterday|this (?:morning|afternoon)|mañana|hoy|ayer|anoche|eve\b|day\b|"
            rf"morning|{HOLIDAY}",
        ),
        (
            "vague",
            rf"end of|\beo[mwy]\b|\b(?:next|this|last|mid|early|late|soon|asap|fin de|spring|summer|fall|winter|autumn|"
            rf"primavera|la próxima|el mes)\b|thanksgiving|christmas|easter|{MONTH}|(?:19|20)\d\d|day\b|new year|"
            rf"que viene",
        ),
    )
}
"""What must stand near for a family of patterns to be tried at all."""
_REACH = 56
"""Characters before and after a trigger that are looked at."""


def _windows(trigger: re.Pattern[str], text: str) -> list[Span]:
    """The stretches of a text around a trigger, merged."""
    found: list[Span] = []
    for m in trigger.finditer(text):
        start, end = max(0, m.start() - _REACH), min(len(text), m.end() + _REACH)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


_PATTERNS: tuple[tuple[str, re.Pattern[str], Reading], ...] = tuple(
    (trigger, re.compile(pattern, _I), reading)
    for trigger, pattern, reading in (
        ("digit", r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _iso),
        (
            "digit",
            _NOT_IN_NUMBER + r"(\d{1,2})([/.\-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/])",
            lambda m, c: _figures(_regroup(m), c),
        ),
        (
            "digit",
            _NOT_IN_NUMBER + r"(\d{1,2})/(\d{1,2})(?![\d/%]|\s*(?:inch|cup|of\s|hour|hr\b|day\b|page|mile|time\b|full))",
            _short_figures,
        ),
        (
            "digit",
            rf"(?:\bon|\bby|\bdue|\bhearing|\bmaster|\buntil|\bbefore|"
            rf"{WEEKDAY}\.?,?)\s+(\d{{1,2}})-(\d{{1,2}})(?![\d\-])",
            _short_figures,
        ),
        ("month", rf"\b({MONTH})\b\.?\s*({ORDINAL})\b{_Y}", _month_day),
        ("month", rf"\b({MONTH})\b\.?,?\s*(\d{{1,2}}){_SUFFIX}(?!\d|:\d|/\d|\s*(?:pm|am|p\.m|a\.m)\b){_Y}", _month_day),
        ("month", rf"\b({ORDINAL}|\d{{1,2}}{_SUFFIX})\s*(?:-|\s+of\s+|\s+de\s+|\s+)?({MONTH})\b\.?-?{_Y}", _day_month),
        (
            "month",
            rf"\b({MONTH}|{ORDINAL}|\d{{1,2}}{_SUFFIX})(?:\s+of|\s+de)?\s+({MONTH}|{ORDINAL}|"
            rf"\d{{1,2}}{_SUFFIX})\b,?\s+(?:of\s+|de\s+|del\s+)?"
            rf"(?:the\s+|este\s+)?(last|this|next|pasado|próximo)\s+(?:year|año)",
            _last_or_this_year,
        ),
        ("month", rf"\b(\d{{1,2}})({MONTH})((?:20)?\d\d)\b", lambda m, c: _named(m[2], m[1], m[3], c)),
        ("month", rf"\b(\d{{1,2}})[-/]({MONTH})[-/]((?:20)?\d\d)\b", lambda m, c: _named(m[2], m[1], m[3], c)),
        ("month", rf"\b({MONTH})\b\.?,?\s*(?:of\s+|de\s+|del\s+)?((?:19|20)\d\d|['’]\d\d)(?!\d)", _month_year),
        ("digit", r"(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?![\d/])", _figure_month_year),
        (
            "digit",
            r"\b(?:the|el(?:\s+d[ií]a)?|this|on|by)\s+(\d{1,2}(?:st|nd|rd|th))\b(?!\s+(?:cir|amend|grade|birthday|floor|"
            r"street|st\b|ave|district|time|year|"
            r"month|day\b|anniv|request|case|client|person|century))",
            _nth,
        ),
        ("digit", r"\bel(?:\s+d[ií]a)?\s+(\d{1,2})\b(?!\s*(?:de\s(?!este mes)|%|/|por|años|meses))", _nth),
        (
            "weekday",
            rf"\b(?:({'this coming|this|next|coming|last|past|este|esta|el próximo|el pasado|próximo'})\s+)?({WEEKDAY})"
            rf"\b\.?(?!-)"
            rf"((?:\s+(?:of\s+|de\s+)?(?:next week|last week|the week after next|week after next|la próxima semana|"
            rf"la semana que viene)|\s+(?:que viene|pasado|week|semana))\b)?",
            _weekday,
        ),
        (
            "weekday",
            rf"\b{WEEKDAY}\.?,?\s+(?:the\s+|el\s+)?(\d{{1,2}}){_SUFFIX}(?![\d/:.-]\d|\d|\s*(?:am|pm|a\.m|p\.m|de\s|"
            rf"{MONTH}|o'clock))",
            _nth,
        ),
        ("weekday", rf"\b(?:next|last|this)\s+week\s+(?:on\s+)?()({WEEKDAY})\b()", lambda m, c: _week_weekday(m, c)),
        (
            "weekday",
            rf"\b({NUMBER})\s+(?:weeks?|wks?)\s+(?:from|after)\s+(?:this\s+)?({WEEKDAY}|tomorrow|today)\b",
            _weeks_from_weekday,
        ),
        (
            "unit",
            rf"\b(?:in|en|within|dentro de|only|have|just|about)\s+(?:just\s+|only\s+|exactly\s+|like\s+|about\s+|"
            rf"~\s*)?({NUMBER})(?:\s+|-)?(?:short\s+|business\s+|more\s+|calendar\s+)?"
            rf"(days?|weeks?|wks?|months?|d[ií]as?|semanas?|mes(?:es)?)\b(?:\s+(?:from\s+(?:now|today)|left|out|away|"
            rf"time))?",
            _count,
        ),
        (
            "unit",
            rf"\b({NUMBER})(?:\s+|-)(days?|weeks?|wks?|months?|years?|yrs?)\s+(?:from\s+(?:now|today)|ago|back|out|away|"
            rf"left|to go)\b",
            _count,
        ),
        ("unit", rf"\bhace\s+({NUMBER})\s+(d[ií]as?|semanas?|mes(?:es)?|años?)\b", _count),
        ("unit", r"\b(?:in\s+|within\s+)?(\d{1,3})(?:-\d{1,3})?\s*(?:hours|hrs|horas)\b", _hours),
        (
            "word",
            r"\b(day after tomorrow|day before yesterday|tomorrow morning|tomorrow|tmrw|tmrrw|tmw|tomorow|today|tonight|"
            r"yesterday|last night|this morning|this afternoon|"
            r"pasado mañana|hoy|anteayer|ayer|anoche)\b",
            _word,
        ),
        ("word", r"(?<!la )(?<!esta )(?<!de la )(?<!por la )(?<!cada )\b(mañana)\b(?!s)", _word),
        (
            "word",
            rf"\b(?:the\s+)?(?:((?:{WEEKDAY}\.?|day)\s+(?:before|after))\s+)?({HOLIDAY})\b",
            _holiday,
        ),
        (
            "vague",
            rf"\b(?:end of (?:the |next |this )?(?:month|year|week|{MONTH}|summer)|eom|eoy|eow|next (?:week|month|year|"
            rf"spring|summer|fall|winter)|this (?:week|month|year|summer|fall)|last (?:week|month|"
            rf"year|spring|summer|fall|winter)|(?:mid|early|late|around|sometime in|by|in|since|until|"
            rf"before)[- ]+(?:mid[- ]|early |late |the end of )?{MONTH}\b|soon|asap|"
            r"fin de mes|la próxima semana|la semana que viene|el mes que viene|(?:the |this |next |last |la )?(?:spring|"
            r"primavera|autumn)|(?:around |by |before |after |till |until )?(?:labor day|thanksgiving|christmas|easter|"
            r"new year['’]?s|memorial day)|"
            rf"(?:in|since|last|next|this|desde|en) (?:{MONTH}|(?:19|20)\d\d)|(?:summer|winter|fall|"
            rf"spring) (?:of )?20\d\d|{MONTH})\b",
            _vague,
        ),
        ("month", rf"\b(?:the )?last day of ({MONTH})\b(?:,?\s+((?:19|20)\d\d))?", _last_day),
    )
)


def _regroup(m: re.Match[str]) -> re.Match[str]:
    found = re.match(r"(\d+)[/.\-](\d+)[/.\-](\d+)", m[0])
    return found or m


def _week_weekday(m: re.Match[str], context: _Context) -> tuple[date | None, date | None, str]:
    """'next week Friday'."""
    shift = {"next": 7, "last": -7, "this": 0}[m[0].split()[0].lower()]
    found = context.today + timedelta(days=shift - context.today.weekday() + WEEKDAYS[m[2].lower()])
    return found, found, "relative"


def is_day_first(text: str) -> bool:
    """Whether figures like 3/4 are read as 3 April: mostly Spanish words, or a date that can only be so and none that cannot."""
    words = len(text.split()) or 1
    pairs = re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(?:\d{2}|\d{4}))?(?![\d/])", text[:20_000])
    day_only = sum(int(a) > 12 >= int(b) for a, b in pairs)
    month_only = sum(int(b) > 12 >= int(a) for a, b in pairs)
    if day_only != month_only:
        return day_only > month_only
    return len(SPANISH.findall(text[:5000])) / words > 0.2


def find_dates(text: str, today: date, day_first: bool | None = None) -> list[Mention]:
    """Every date mention of a text, in order, none overlapping; the longest wins."""
    context = _Context(today, is_day_first(text) if day_first is None else day_first)
    found: list[Mention] = []
    lower = lowered(text)
    windows = {name: _windows(trigger, lower) for name, trigger in _TRIGGERS.items()}
    for trigger, pattern, reading in _PATTERNS:
        matches = (m for start, end in windows[trigger] for m in pattern.finditer(text, start, end))
        found += [mention for m in islice(matches, LIMIT) if (mention := _mention(m, reading, context))]
    return _with_bases(_in_month(_joined_weekdays(_longest(found), text)), text)[:LIMIT]


def _mention(m: re.Match[str], reading: Reading, context: _Context) -> Mention | None:
    try:
        ahead, back, sort = reading(m, context)
    except (ValueError, OverflowError, KeyError):
        return None
    if sort == "no" or (sort == "sure" and ahead is None):
        return None
    text = m[0]
    lead = len(text) - len(text.lstrip())
    span = (m.start() + lead, m.start() + len(text.rstrip(" ,.")))
    shown = re.sub(r"\s+", " ", text.strip(" ,."))
    if sort == "month":
        return Mention(span, shown, None, None, month_only=True, month_start=ahead)
    if sort == "vague":
        return Mention(span, shown, None, None)
    swapped = (
        day(ahead.year, ahead.day, ahead.month)
        if ahead and sort == "sure" and re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]", shown) and ahead.day <= 12
        else None
    )
    return Mention(span, shown, ahead, back, sort == "sure", sort == "weekday", sort == "relative", swapped=swapped)


def _longest(found: list[Mention]) -> list[Mention]:
    """Of overlapping mentions the one that names a day, else a month, else the longest; in order of their places."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda f: (f.ahead is None, not f.month_only, f.span[0] - f.span[1], f.span[0])):
        at = bisect_left(kept, mention.span[0], key=lambda k: k.span[0])
        clear_before = at == 0 or kept[at - 1].span[1] <= mention.span[0]
        if clear_before and (at == len(kept) or mention.span[1] <= kept[at].span[0]):
            kept.insert(at, mention)
    return kept


_BETWEEN = re.compile(r"[\s,(\-–]*(?:the|el|de|on|,)?[\s,(]*\Z", _I)


def _joined_weekdays(found: list[Mention], text: str) -> list[Mention]:
    """'Tuesday, Feb 4' and 'Thursday the 18th' are one mention; its weekday helps to find the year or month."""
    out: list[Mention] = []
    for mention in found:
        last = out[-1] if out else None
        near = (
            last is not None and 0 <= mention.span[0] - last.span[1] <= 8 and _BETWEEN.match(text[last.span[1] : mention.span[0]])
        )
        if (
            last
            and near
            and last.weekday != mention.weekday
            and (last.ahead and mention.ahead)
            and not (last.relative or mention.relative)
        ):
            day_of_week = (last if last.weekday else mention).ahead
            base = mention if last.weekday else last
            out[-1] = _on_weekday(base, day_of_week.weekday() if day_of_week else 0, (last.span[0], mention.span[1]), text)
        elif (
            last
            and near
            and last.relative
            and mention.ahead
            and not mention.weekday
            and not mention.relative
            and last.ahead in (mention.ahead, mention.back)
        ):
            out[-1] = Mention(
                (last.span[0], mention.span[1]), _show(text, last.span[0], mention.span[1]), last.ahead, last.ahead, True
            )
        else:
            out.append(mention)
    return out


_NTH_ALONE = re.compile(r"(?:(?:the|el(?:\s+d[ií]a)?|this|on|by)\s+)*(\d{1,2})(?:st|nd|rd|th)?", _I)


def _in_month(found: list[Mention]) -> list[Mention]:
    """'… by September 8, or she is off the schedule on the 9th': a day without a month is of the month named just before it."""
    out: list[Mention] = []
    for mention in found:
        last = out[-1] if out else None
        m = _NTH_ALONE.fullmatch(mention.text)
        if (
            (m and last and last.ahead and mention.ahead)
            and not (last.weekday or last.relative)
            and (last.ahead >= mention.ahead and mention.span[0] - last.span[1] < 160)
        ):
            moved = day(last.ahead.year, last.ahead.month, int(m[1])) or mention.ahead
            mention = replace(mention, ahead=moved, back=moved if last.sure else mention.back)
        out.append(mention)
    return out


def _show(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", text[start:end])


def _on_weekday(base: Mention, weekday: int, span: Span, text: str) -> Mention:
    """The mention with the reading that falls on this weekday, where just one does."""
    ahead, back = base.ahead, base.back
    if not base.sure and ahead and back and ahead != back:
        fits = [d.weekday() == weekday for d in (ahead, back)]
        if fits == [False, True]:
            ahead = back
        elif fits == [True, False]:
            back = ahead
    return Mention(span, _show(text, *span), ahead, back, base.sure)


_COUNTED = re.compile(
    rf"\b({NUMBER})(?:\s+|-)(days?|weeks?|months?|years?)\s+(?:from|after|of|since|past|desde|después de|"
    rf"counting from|to the day (?:from|after))\s+(?:the\s+|my\s+|his\s+|her\s+)?[\w\s,'’]{{0,40}}?\Z",
    _I,
)


def _with_bases(found: list[Mention], text: str) -> list[Mention]:
    """'87 days from 1/6', 'two weeks from March 3': the counted day takes the place of its base."""
    out: list[Mention] = []
    for mention in found:
        base = mention.back or mention.ahead
        m = _COUNTED.search(text, max(0, mention.span[0] - 80), mention.span[0]) if base and not mention.relative else None
        if not m or re.search(r"[.;\n]", text[m.start() : mention.span[0]]):
            out.append(mention)
            continue
        count, unit = number(m[1]), m[2].lower()
        start = mention.ahead if not mention.sure and mention.ahead and unit.startswith("week") else base
        if start is None:
            continue
        days = {"d": count, "w": count * 7}.get(unit[0])
        end = (
            start + timedelta(days=days)
            if days is not None
            else add_months(start, count)
            if unit[0] == "m"
            else add_years(start, count)
        )
        out.append(mention)
        out.append(
            Mention((m.start(), mention.span[1]), _show(text, m.start(), mention.span[1]), end, end, sure=True, relative=True)
        )
    return out
