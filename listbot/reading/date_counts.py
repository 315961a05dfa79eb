"""Days told by another day: "87 days from 1/6", "the Friday before June 3", "… due March 9; the hearing is the day after"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from listbot.reading.calendar_words import HOLIDAY, NUMBER, WEEKDAY, add_months, add_years, day_beside, number
from listbot.reading.date_mention import Mention, shown

_MOST = 300
"""Echoes of a post that are looked at."""
_ENDS = r"(?=\s*(?:[.,;:!?)\n]|\Z))"
_ECHO = re.compile(
    rf"\b(?:(?P<same>(?:that|the) (?:very )?same day|that (?:very )?day|same day(?! (?:as|service|appointment)))|"
    rf"(?:the|a) (?:(?P<unit>day|week) (?P<side>before|after|earlier|later|prior)|(?:next|following) (?P<next>day|week)){_ENDS}|"
    rf"(?P<count>{NUMBER})\s+(?P<units>days?|weeks?) (?P<later>later|earlier|before(?:hand)?|after(?:wards?)?|prior){_ENDS}|"
    rf"(?P<cuantos>{NUMBER})\s+(?P<unidad>d[ií]as?|semanas?) (?P<lado>antes|después|despues){_ENDS})",
    re.IGNORECASE,
)
"""Words that name a day by the one named before."""
_ECHO_REACH = 240
_BACKWARD = re.compile(r"before|earlier|prior|antes|ahead|preceding", re.IGNORECASE)


def with_echoes(found: list[Mention], text: str) -> list[Mention]:
    """'… on December 9; the hearing is the day before': a day told by the date before it."""
    echoes: list[Mention] = []
    starts = [m.span[0] for m in found]
    for m in islice(_ECHO.finditer(text), _MOST):
        at = bisect_left(starts, m.start())
        base = next((b for b in reversed(found[max(0, at - 4) : at]) if b.ahead and b.back), None)
        taken = any(k.span[0] < m.end() and m.start() < k.span[1] for k in found[max(0, at - 1) : at + 1])
        if base and base.ahead and base.back and not taken and m.start() - base.span[1] < _ECHO_REACH:
            step = timedelta(days=_echo_days(m))
            echoes.append(
                replace(base, span=m.span(), text=shown(text, *m.span()), ahead=base.ahead + step, back=base.back + step)
            )
    return sorted([*found, *echoes], key=lambda k: k.span) if echoes else found


def _echo_days(m: re.Match[str]) -> int:
    if m["same"]:
        return 0
    if m["next"]:
        return 7 if m["next"].lower() == "week" else 1
    unit = (m["unit"] or m["units"] or m["unidad"]).lower()
    side = m["side"] or m["later"] or m["lado"]
    count = m["count"] or m["cuantos"]
    days = (number(count) if count else 1) * (7 if unit.startswith(("week", "semana")) else 1)
    return -days if _BACKWARD.match(side) else days


_STOPS = r"is|was|are|were|runs?|ran|ends?|so|i\.e|thus|to|by|which|until|expires?|and|but|it|that"
_COUNTED = re.compile(
    rf"\b({NUMBER})(?:\s+|-)(days?|weeks?|months?|years?|d[ií]as?|semanas?|mes(?:es)?|años?)\s+(from|after|of|since|past|desde|"
    rf"después del?|antes del?|counting from|to the day (?:from|after)|before|prior to|ahead of)\s+(?:the\s+|my\s+|his\s+|her\s+)?"
    rf"(?:(?!(?:{_STOPS})\b)[\w'’]+\s+){{0,6}}?(?:\(|on\s+)?\Z",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"\b(?:the\s+)?({WEEKDAY}|day)\s+(before|after|following|preceding|prior to)\s+(?:the\s+|on\s+)?\Z", re.IGNORECASE
)
_HOLIDAY = re.compile(HOLIDAY, re.IGNORECASE)
_REACH = 80


def with_bases(found: list[Mention], text: str) -> list[Mention]:
    """'87 days from 1/6', 'the Friday before June 3': the day that is counted, beside a base that is a day of its own.

    A base that only helps to count ("two days after Christmas", "a month from Saturday") is no day that is meant.
    """
    out: list[Mention] = []
    last = 0
    for mention in found:
        counted = _counted(mention, text, max(last, mention.span[0] - _REACH))
        last = mention.span[1]
        if not counted:
            out.append(mention)
            continue
        if out and out[-1].span[0] >= counted.span[0]:
            out.pop()  # the Friday of "the Friday before June 3"
        if not (mention.weekday or _HOLIDAY.search(mention.text)):
            out.append(mention)
        out.append(counted)
    return out


def _counted(mention: Mention, text: str, low: int) -> Mention | None:
    """The day counted from a mention by the words before it."""
    start = mention.span[0]
    if not (mention.back or mention.ahead) or mention.relative:
        return None
    if m := _BESIDE.search(text, max(0, start - _REACH), start):
        return None if mention.weekday else _on_the_day_beside(m, mention, text)
    m = _COUNTED.search(text, low, start)
    if not m or re.search(r"[.;\n]", text[m.start() : start]):
        return None
    base = _base(mention, m[2].lower(), backward := bool(_BACKWARD.match(m[3])))
    if base is None:
        return None
    end = _moved(base, -number(m[1]) if backward else number(m[1]), m[2].lower())
    return Mention((m.start(), mention.span[1]), shown(text, m.start(), mention.span[1]), end, end, sure=True, relative=True)


def _base(mention: Mention, unit: str, backward: bool) -> date | None:
    """The day that is counted from: one to come where it is counted back from it or in weeks, else one gone by."""
    if not mention.sure and mention.ahead and (backward or mention.weekday or unit.startswith(("week", "semana"))):
        return mention.ahead
    return mention.back or mention.ahead


def _moved(base: date, count: int, unit: str) -> date:
    if unit[0] == "d":
        return base + timedelta(days=count)
    if unit.startswith(("week", "semana")):
        return base + timedelta(weeks=count)
    return add_months(base, count) if unit[0] == "m" else add_years(base, count)


def _on_the_day_beside(m: re.Match[str], mention: Mention, text: str) -> Mention:
    """'the Friday before June 3', 'the day after the 9th'."""

    def beside(base: date | None) -> date | None:
        return base and day_beside(base, m[1], bool(_BACKWARD.match(m[2])))

    span = (m.start(), mention.span[1])
    return replace(
        mention, span=span, text=shown(text, *span), ahead=beside(mention.ahead), back=beside(mention.back), swapped=None
    )
