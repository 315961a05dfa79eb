"""What each way of writing a date means: the day looking ahead, the day looking back, and the sort of reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from listbot.reading.calendar_words import (
    MONTH,
    ORDINALS,
    WEEKDAYS,
    add_months,
    add_years,
    day,
    day_beside,
    holiday,
    month,
    next_weekday,
    nth_weekday,
    number,
    year_of,
)

Days = tuple[date | None, date | None, str]
"""The next such day, the last such day, and the sort: sure, relative, weekday, month, vague, no (no date), or empty."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read by: the post's day, and whether figures name the day first."""

    today: date
    day_first: bool


Reading = Callable[[re.Match[str], Context], Days]


_I = re.IGNORECASE


def _both(found: date | None) -> Days:
    return found, found, "sure"


def _yearless(month_of_year: int, day_of_month: int, context: Context) -> Days:
    """The next and the last such day; today counts as ahead."""
    today = context.today
    ahead = next((d for y in range(5) if (d := day(today.year + y, month_of_year, day_of_month)) and d >= today), None)
    back = next((d for y in range(5) if (d := day(today.year - y, month_of_year, day_of_month)) and d <= today), None)
    return ahead, back, ""


def iso(m: re.Match[str], context: Context) -> Days:
    return _both(day(int(m[1]), int(m[2]), int(m[3])))


def figures(m: re.Match[str], context: Context) -> Days:
    one, two, year = int(m[1]), int(m[2]), year_of(m[3])
    first, second = ((two, one), (one, two)) if context.day_first else ((one, two), (two, one))
    return _both(day(year, *first) or day(year, *second))


def short_figures(m: re.Match[str], context: Context) -> Days:
    one, two = int(m[1]), int(m[2])
    if ((one, two) in ((24, 7), (50, 50), (1, 2), (1, 1)) and one != two) or one == two > 12:
        return None, None, "no"  # "24/7", "1/2": no dates
    if context.day_first or one > 12:
        one, two = two, one
    if not day(2024, one, two):
        one, two = two, one
    return _yearless(one, two, context) if day(2024, one, two) else (None, None, "no")


_MEASURE = re.compile(
    r"\s*(?:[ap]\.?m\b|percent|million|billion|k\b|hours?|hrs?|miles?|mi\b|years?|yrs?|months?|lbs?|x\b|gpa|acres?|h\b|cfr)", _I
)
_BEFORE_A_TIME = re.compile(
    r"(?:\b(?:at|from|to|till|until|section|sec|rule|chapter|part|v)|@|\d[/-]\d{1,4},|day|\b(?:mon|tues?|wed|thu|thurs|fri)\.?)\W{0,2}\Z",
    _I,
)


def dotted(m: re.Match[str], context: Context) -> Days:
    """'8.17': month and day, unless it measures something or is a time."""
    if _MEASURE.match(m.string, m.end()) or _BEFORE_A_TIME.search(m.string[max(0, m.start() - 10) : m.start()]):
        return None, None, "no"
    return short_figures(m, context)


def month_day(m: re.Match[str], context: Context) -> Days:
    return named(m[1], m[2], m[3], context)


def day_month(m: re.Match[str], context: Context) -> Days:
    if _AN_AGE.search(m.string[max(0, m.start() - 14) : m.start()]) and re.match(r"\s*\d", m.string[m.end() : m.end() + 3]):
        return None, None, "no"  # "turns 19 May 30"
    return named(m[2], m[1], m[3], context)


def day_month_short_year(m: re.Match[str], context: Context) -> Days:
    """'2 NOV 23', but not "turns 21 Nov 30"."""
    if _AN_AGE.search(m.string[max(0, m.start() - 14) : m.start()]):
        return None, None, "no"
    return named(m[2], m[1], m[3], context)


_AN_AGE = re.compile(r"\b(?:turn\w*|till|until|is|aged?|hits|becomes|cumple)\s\Z", _I)


def named(name: str, day_of_month: str, year: str | None, context: Context) -> Days:
    number_of_day = ORDINALS.get(re.sub(r"\s+", " ", day_of_month.lower())) or int(re.sub(r"\D", "", day_of_month) or 0)
    if year:
        return _both(day(year_of(year), month(name), number_of_day))
    return _yearless(month(name), number_of_day, context) if day(2024, month(name), number_of_day) else (None, None, "no")


def last_or_next(m: re.Match[str], context: Context) -> Days:
    """'last June 30', 'next March 3'."""
    ahead, back, sort = named(m[2], m[3], None, context)
    if sort == "no":
        return None, None, "no"
    return _both(back if "last" in m[1].lower() or "past" in m[1].lower() else ahead)


def last_or_this_year(m: re.Match[str], context: Context) -> Days:
    """'the eleventh of April last year', 'May 3 of this year', 'October 2 next year'."""
    word = m[3].lower()
    year = context.today.year + (-1 if word in ("last", "pasado") else 1 if word in ("next", "próximo") else 0)
    one, two = (m[1], m[2]) if re.match(MONTH, m[1], _I) else (m[2], m[1])
    number_of_day = ORDINALS.get(two.lower()) or int(re.sub(r"\D", "", two) or 0)
    return _both(day(year, month(one), number_of_day))


def month_year(m: re.Match[str], context: Context) -> Days:
    start = day(year_of(m[2]), month(m[1]), 1)
    return start, start, "month"


def figure_month_year(m: re.Match[str], context: Context) -> Days:
    start = day(int(m[2]), int(m[1]), 1) if 1 <= int(m[1]) <= 12 else None
    return (start, start, "month") if start else (None, None, "no")


def nth_of_month(m: re.Match[str], context: Context) -> Days:
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


def nth_of_said_month(m: re.Match[str], context: Context) -> Days:
    """'the 18th of this month'."""
    start = add_months(context.today.replace(day=1), {"last": -1, "next": 1}.get(m[2].lower(), 0))
    return _both(day(start.year, start.month, int(m[1])))


def nth_on_weekday(m: re.Match[str], context: Context) -> Days:
    """'Wednesday the 26th', 'last Wednesday the 26': the nearest month in which that day is a Wednesday."""
    wanted, weekday = int(m[3]), WEEKDAYS[m[2].lower()]
    start = context.today.replace(day=1)
    days = [d for k in range(-4, 8) if (d := _day_in(add_months(start, k), wanted)) and d.weekday() == weekday]
    ahead = next((d for d in days if d >= context.today), None)
    back = next((d for d in reversed(days) if d <= context.today), None)
    if not ahead and not back:
        return None, None, "no"
    near = [d for d in (ahead, back) if d and abs((d - context.today).days) <= _WITHIN]
    if m[1]:
        return _both(back if m[1].lower() in ("last", "past") else ahead)
    return _both(near[0]) if len(near) == 1 else (ahead, back, "")


_NTHS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}


def nth_weekday_of_month(m: re.Match[str], context: Context) -> Days:
    """'the first Friday in March', 'the second Tuesday of next month', 'the last Monday of every month'."""
    nth, weekday, today = _NTHS[m[1].lower()], WEEKDAYS[m[2].lower()], context.today
    if m[4]:
        return _both(nth_weekday(int(m[4]), month(m[3]), weekday, nth))
    if m[3]:
        days = [nth_weekday(today.year + k, month(m[3]), weekday, nth) for k in (-1, 0, 1)]
    else:
        start, word = today.replace(day=1), m[5].lower()
        months = [add_months(start, k) for k in {"this": (0,), "next": (1,)}.get(word, (-1, 0, 1))]
        days = [nth_weekday(s.year, s.month, weekday, nth) for s in months]
    ahead = next((d for d in days if d >= today), None)
    return ahead, next((d for d in reversed(days) if d <= today), ahead), ""


def day_of_said_month(m: re.Match[str], context: Context) -> Days:
    """'the eighteenth of last February', 'the 3rd of this March'."""
    ahead, back, sort = named(m[3], m[1], None, context)
    if sort == "no":
        return None, None, "no"
    return _both(back if m[2].lower() in ("last", "this past") else ahead)


def weekdays_from_now(m: re.Match[str], context: Context) -> Days:
    """'two Fridays ago', 'three Mondays from now'."""
    weekday, weeks = WEEKDAYS[m[2].lower()], timedelta(weeks=number(m[1]))
    coming = next_weekday(context.today, weekday)
    if m[3].lower() not in ("ago", "back"):
        return (d := coming + weeks - timedelta(weeks=1)), d, "relative"
    last = coming - timedelta(weeks=2 if coming - timedelta(weeks=1) == context.today else 1)
    return (d := last - weeks + timedelta(weeks=1)), d, "relative"


_WITHIN = 45
"""Days within which a weekday with its number is looked for first."""


def _day_in(month_start: date, wanted: int) -> date | None:
    return day(month_start.year, month_start.month, wanted)


_SAT = re.compile(r"sat\Z", _I)
_MARRIED = re.compile(r"\s+(?:an?|the|his|her|him|in|to|when|on)\b", _I)
_GRAS = re.compile(r"\s+gras\b", _I)


def on_weekday(m: re.Match[str], context: Context) -> Days:
    """'Friday', 'next Tuesday', 'last Monday', 'el próximo lunes', 'Thursday week', 'Friday of next week'."""
    before, name, after = (m[1] or "").lower(), WEEKDAYS[m[2].lower().rstrip(".")], re.sub(r"\s+", " ", (m[3] or "").lower())
    if _SAT.match(m[0], 0) and re.match(
        r"\s+(?:in|on|down|through|with|at|for|here|there)\b", m.string[m.end() : m.end() + 9], _I
    ):
        return None, None, "no"  # "sat in on a master"
    if _GRAS.match(m.string, m.end()) or (m[0] == "wed" and _MARRIED.match(m.string, m.end())):
        return None, None, "no"
    if m[0] in ("sat", "sun") and not re.search(
        r"(?:\bon|\bby|\bdue|[,;(:/-])\s*\Z", m.string[max(0, m.start() - 5) : m.start()]
    ):
        return None, None, "no"
    coming = next_weekday(context.today, name)
    back = coming - timedelta(days=7)
    if before.split(" ")[0] in ("last", "past", "pasado") or "pasado" in after or "last week" in after:
        last = back if back < context.today else back - timedelta(days=7)
        if after.strip() in ("week", "semana"):
            last -= timedelta(days=7)  # "last Monday week"
        if "last week" in after:
            last = context.today - timedelta(days=context.today.weekday() + 7 - name)
        return last, last, "relative"
    if "week after next" in after:
        return (d := context.today + timedelta(days=14 - context.today.weekday() + name)), d, "relative"
    if "week ago" in after or "week before" in after:
        return (d := back - timedelta(days=7)), d, "relative"
    if (
        before.startswith("next")
        or after.strip() == "next"
        or "next week" in after
        or "próxima semana" in after
        or "semana que viene" in after
    ):
        days = 7 - context.today.weekday() + name
        return (d := context.today + timedelta(days=days)), d, "relative"
    if after.endswith(("week", "semana")):
        return (d := coming + timedelta(days=7)), d, "relative"
    if back == context.today and before.startswith("this"):
        return back, back, "relative"
    return coming, back if back < context.today else back - timedelta(days=7), "weekday"


def weeks_from_weekday(m: re.Match[str], context: Context) -> Days:
    """'a week from Friday', 'two weeks from Monday', 'a week from tomorrow'."""
    word = m[2].lower().rstrip(".")
    start = context.today
    if word == "tomorrow":
        start += timedelta(days=1)
    elif word in WEEKDAYS:
        start = next_weekday(context.today, WEEKDAYS[word])
    found = start + timedelta(weeks=number(m[1]))
    return found, found, "relative"


def weeks_before_weekday(m: re.Match[str], context: Context) -> Days:
    """'a week ago Friday', 'two weeks ago yesterday'."""
    word = m[2].lower().rstrip(".")
    start = context.today - timedelta(days=1)
    if word in WEEKDAYS:
        start = next_weekday(context.today, WEEKDAYS[word]) - timedelta(days=7)
    found = start - timedelta(weeks=number(m[1]))
    return found, found, "relative"


_AGO = re.compile(r"ago|hace|back|earlier", _I)


def counted(m: re.Match[str], context: Context) -> Days:
    """'in 10 days', 'two weeks from today', '5 days ago'; months and years are too vague to name a day."""
    count, unit = number(m[1]), m[2].lower()
    if unit.startswith(("month", "mes", "year", "año", "yr")) or count > 400:
        return None, None, "vague"
    days = count * (7 if unit.startswith(("week", "wk", "semana")) else 1)
    back = bool(_AGO.search(m[0]))
    found = context.today + timedelta(days=-days if back else days)
    return found, found, "relative"


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
    "last nite": -1,
    "tonite": 0,
    "this evening": 0,
    "tmr": 1,
    "tommorrow": 1,
    "2morrow": 1,
    "tomorrow morning": 1,
    "anoche": -1,
}


def day_word(m: re.Match[str], context: Context) -> Days:
    found = context.today + timedelta(days=_WORDS[re.sub(r"\s+", " ", m[1].lower())])
    return found, found, "relative"


def on_holiday(m: re.Match[str], context: Context) -> Days:
    """'Halloween', 'the day after Thanksgiving', 'the Wednesday after Easter'."""
    side, name = (m[1] or "").lower(), m[2]
    if name.lower() == "fourth" and not side:
        return None, None, "no"
    if m[3] or m[4]:
        year = int(m[4]) if m[4] else context.today.year + {"last": -1, "this": 0, "next": 1}[m[3].lower()]
        return _both(_beside(holiday(name, year), side))
    if not side and name.lower() in _SEASONS and not re.search(r"\bon\s\Z", m.string[max(0, m.start() - 3) : m.start()]):
        return None, None, "vague"
    days = [d for y in (-1, 0, 1, 2) if (d := _beside(holiday(name, context.today.year + y), side))]
    ahead = next((d for d in days if d >= context.today), None)
    return ahead, next((d for d in reversed(days) if d <= context.today), None), ""


_SEASONS = {
    "christmas", "thanksgiving", "easter", "new year's", "new years", "navidad", "reyes", "labor day", "memorial day", "pascua",
    "fin de año", "año nuevo", "old year's",
}  # fmt: skip
"""Holidays that stand for the time around them, unless one says "on"."""


def _beside(base: date | None, side: str) -> date | None:
    """The day that stands to a holiday as the words before it say ("the Tuesday before", "day after")."""
    if base is None or not side:
        return base
    return day_beside(base, side.split()[0], "before" in side or "preceding" in side)


def last_day_of_month(m: re.Match[str], context: Context) -> Days:
    """'the last day of June'."""
    for offset in range(2):
        year = year_of(m[2]) if m[2] else context.today.year + offset
        first = day(year, month(m[1]), 1)
        last = add_months(first, 1) - timedelta(days=1) if first else None
        if last and (m[2] or last >= context.today):
            return last, last if m[2] else add_years(last, -1), "sure" if m[2] else ""
    return None, None, "no"


_WORDS_TOO = ("may", "march", "mar", "mars", "mai", "set")


def vague(m: re.Match[str], context: Context) -> Days:
    """A time too vague to name a day; small "may" and "march" are no months."""
    if m[0] in _WORDS_TOO:
        return None, None, "no"
    return None, None, "vague"


def regroup(m: re.Match[str]) -> re.Match[str]:
    found = re.match(r"(\d+)[/.\-](\d+)[/.\-](\d+)", m[0])
    return found or m


def weekday_of_week(m: re.Match[str], context: Context) -> Days:
    """'next week Friday'."""
    shift = {"next": 7, "last": -7, "this": 0}[m[0].split()[0].lower()]
    found = context.today + timedelta(days=shift - context.today.weekday() + WEEKDAYS[m[2].lower()])
    return found, found, "relative"
