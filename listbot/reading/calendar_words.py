"""Names of months, weekdays and numbers in English and Spanish, and the day they stand for."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sept", "sep", "septiembre", "setiembre", "set"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
MONTH = r"(?:" + "|".join(sorted((n for n in MONTHS if n not in ("ago", "set")), key=len, reverse=True)) + r")"

_WEEKDAYS = (
    ("monday", "mon", "lunes"),
    ("tuesday", "tues", "tue", "martes"),
    ("wednesday", "weds", "wed", "miércoles", "miercoles"),
    ("thursday", "thurs", "thur", "thu", "jueves"),
    ("friday", "fri", "viernes"),
    ("saturday", "sat", "sábado", "sabado"),
    ("sunday", "sun", "domingo"),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
WEEKDAY = r"(?:" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + r")"

NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    "un": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "quince": 15,
    "veinte": 20,
    "treinta": 30,
    "couple of": 2,
    "a couple of": 2,
    "a couple": 2,
}
NUMBER = r"(?:\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"

_TENS = {"twenty": 20, "thirty": 30}
_UNITS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    "primero": 1,
}
ORDINALS = _UNITS | {
    f"{ten}{joint}{unit}": n + _UNITS[unit] for ten, n in _TENS.items() for unit in list(_UNITS)[:9] for joint in "- "
}
ORDINAL = r"(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r")"
SPANISH = re.compile(
    r"\b(?:el|la|los|que|una?|para|con|por|está|tiene|en|de|y|del|señora?|cliente|abogad[oa]|audiencia|gracias|"
    r"vive)\b",
    re.IGNORECASE,
)


def number(word: str) -> int:
    """The value of a number, in figures or in words."""
    word = re.sub(r"\s+", " ", word.lower())
    return int(word) if word.isdigit() else NUMBERS[word]


def month(word: str) -> int:
    """1 to 12."""
    return MONTHS[word.lower().rstrip(".")]


def year_of(digits: str) -> int:
    """A year of two or four digits; two mean 2000 to 2049, else the last century."""
    value = int(digits.lstrip("'’"))
    return value if value > 99 else 2000 + value if value < 50 else 1900 + value


def day(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none or it is absurd for a case."""
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def next_weekday(today: date, weekday: int) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def add_months(start: date, months: int) -> date:
    """The same day some months on (the month's last where it is shorter)."""
    index = start.year * 12 + start.month - 1 + months
    year, month_of_year = divmod(index, 12)
    for last in (start.day, 30, 29, 28):
        if found := day(year, month_of_year + 1, min(last, start.day)):
            return found
    return start


def add_years(start: date, years: int) -> date:
    """The anniversary; 29 February becomes 1 March."""
    return day(start.year + years, start.month, start.day) or date(start.year + years, 3, 1)
