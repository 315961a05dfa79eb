"""Names of months, weekdays and numbers in English and Spanish (months and weekdays in French and Portuguese too), and holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    ("january", "jan", "enero", "ene", "janvier", "janeiro"),
    ("february", "feb", "febrero", "février", "fevrier", "fevereiro"),
    ("march", "mar", "marzo", "mars", "março"),
    ("april", "apr", "abril", "abr", "avril"),
    ("may", "mayo", "mai", "maio"),
    ("june", "jun", "junio", "juin", "junho"),
    ("july", "jul", "julio", "juillet", "julho"),
    ("august", "aug", "agosto", "ago", "août", "aout"),
    ("september", "sept", "sep", "septiembre", "setiembre", "set", "septembre", "setembro"),
    ("october", "oct", "octubre", "octobre", "outubro"),
    ("november", "nov", "noviembre", "novembre", "novembro"),
    ("december", "dec", "diciembre", "dic", "décembre", "decembre", "dezembro"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
MONTH = r"(?:" + "|".join(sorted((n for n in MONTHS if n not in ("ago", "set")), key=len, reverse=True)) + r")"

_WEEKDAYS = (
    ("monday", "mon", "lunes", "lundi", "segunda-feira"),
    ("tuesday", "tues", "tue", "martes", "mardi", "terça-feira"),
    ("wednesday", "weds", "wed", "miércoles", "miercoles", "mercredi", "quarta-feira"),
    ("thursday", "thurs", "thur", "thu", "jueves", "jeudi", "quinta-feira"),
    ("friday", "fri", "viernes", "vendredi", "sexta-feira"),
    ("saturday", "sat", "sábado", "sabado", "samedi"),
    ("sunday", "sun", "domingo", "dimanche"),
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


def day_beside(base: date, name: str, backward: bool) -> date:
    """The first such weekday (or "day") before or after a day."""
    step = timedelta(days=-1 if backward else 1)
    wanted = WEEKDAYS.get(name.lower().rstrip("."))
    return base + step if wanted is None else next(d for k in range(1, 8) if (d := base + step * k).weekday() == wanted)


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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; -1 for the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = add_months(date(year, month, 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, before = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, before + 1)


_FIXED = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "nochebuena": (12, 24), "navidad": (12, 25),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1), "new year's": (1, 1), "new years": (1, 1),
    "halloween": (10, 31), "valentine's day": (2, 14), "valentines day": (2, 14), "juneteenth": (6, 19), "leap day": (2, 29),
    "fourth of july": (7, 4), "4th of july": (7, 4), "independence day": (7, 4), "veterans day": (11, 11), "st. patrick's day": (3, 17),
    "groundhog day": (2, 2), "may day": (5, 1), "flag day": (6, 14), "tax day": (4, 15), "boxing day": (12, 26), "fourth": (7, 4),
    "michaelmas": (9, 29), "epiphany": (1, 6), "april fools' day": (4, 1), "april fools": (4, 1),
    "cinco de mayo": (5, 5), "all saints": (11, 1), "all saints' day": (11, 1), "all souls": (11, 2), "todos los santos": (11, 1),
    "día de los muertos": (11, 2), "día de muertos": (11, 2), "reyes": (1, 6), "día de reyes": (1, 6), "three kings day": (1, 6),
    "three kings": (1, 6), "epiphany eve": (1, 5), "old year's night": (12, 31), "old year's": (12, 31), "nochevieja": (12, 31),
    "fin de año": (12, 31), "año nuevo": (1, 1), "summer solstice": (6, 21), "winter solstice": (12, 21), "midsummer": (6, 24),
    "armistice day": (11, 11), "patriot day": (9, 11), "earth day": (4, 22), "leap year day": (2, 29), "pi day": (3, 14),
}  # fmt: skip
_MOVABLE = {
    "thanksgiving": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1), "mlk day": (1, 0, 3), "presidents day": (2, 0, 3),
    "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2), "indigenous peoples' day": (10, 0, 2), "mother's day": (5, 6, 2),
    "mothers day": (5, 6, 2), "father's day": (6, 6, 3),
}  # fmt: skip
_FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "ash wednesday": -46, "palm sunday": -7,
    "easter saturday": -1, "holy saturday": -1, "holy thursday": -3, "maundy thursday": -3, "mardi gras": -47, "fat tuesday": -47,
    "shrove tuesday": -47, "pentecost": 49, "whitsun": 49, "domingo de pascua": 0, "pascua": 0, "domingo de ramos": -7,
    "jueves santo": -3, "viernes santo": -2, "sábado de gloria": -1, "miércoles de ceniza": -46,
}  # fmt: skip
_FROM_THANKSGIVING = {"thanksgiving eve": -1, "black friday": 1, "cyber monday": 4}
HOLIDAY = (
    r"(?:"
    + "|".join(
        sorted(
            (*_FIXED, *_MOVABLE, *_FROM_EASTER, *_FROM_THANKSGIVING, "election day", "inauguration day", "inauguration"),
            key=len,
            reverse=True,
        )
    )
    + r")"
)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year."""
    name = name.lower().replace("’", "'")
    if name == "election day":
        return nth_weekday(year, 11, 0, 1) + timedelta(days=1)  # 2 U.S.C. § 7: the Tuesday after the first Monday
    if name in _MOVABLE:
        return nth_weekday(year, *_MOVABLE[name])
    if name.startswith("inauguration"):
        return day(year, 1, 20) if year % 4 == 1 else None  # the Twentieth Amendment
    if name in _FROM_THANKSGIVING:
        return nth_weekday(year, *_MOVABLE["thanksgiving"]) + timedelta(days=_FROM_THANKSGIVING[name])
    if name in _FROM_EASTER:
        return _easter(year) + timedelta(days=_FROM_EASTER[name])
    return day(year, *_FIXED[name])
