"""An answer to the question how much room somebody has: how many cases, until when none, or all as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from listbot.domain.mail import Post
from listbot.domain.states import AnswerKind
from listbot.domain.work import AnswerReading
from listbot.reading.answers.reply import NUMBERS, read_answer
from listbot.reading.answers.until import until_when
from listbot.reading.answers.words import statement
from listbot.reading.calendar_words import MONTH

A = AnswerKind
UNCLEAR = "how much room there is is not plain"
SHORT = 40
"""Words up to which a single number, or a word for none, is the answer."""

_SAME = re.compile(
    r"\b(?:same|unchanged|no changes?|nothing (?:has )?changed|still (?:right|true|correct|good|so|accurate|fine|holds?)|"
    r"(?:that'?s|that is|is|all) (?:right|correct|fine|good)|as before|igual|sin cambios?|lo mismo|correcto|as it is)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:full|fully booked|no (?:more )?(?:room|slots?|openings?|space|capacity|cases)|none|nothing|at capacity|"
    r"can(?:no|')?t take|no more|not (?:now|right now|at the moment)|swamped|maxed(?: out)?|overloaded|"
    r"llen[oa]s?|complet[oa]s?|ningun[oa]?|nada|sin (?:lugar|espacio|cupo)|no (?:puedo|tengo))\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(?:{MONTH})\.?\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH})\b|\b\d{{1,4}}[/.-]\d{{1,2}}(?:[/.-]\d+)?\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:\d{1,2}|" + "|".join(sorted(word for word in NUMBERS if word not in ("a", "an", "no"))) + r")\b", re.IGNORECASE
)


def read_room(post: Post, today: datetime) -> AnswerReading:
    """Capacity with `slots` or `until`; yes where the entry is right as it is; else as any answer, held where it is not plain."""
    reading = read_answer(post, today)
    if reading.kind in (A.ROBOT, A.BOUNCE, A.STOP) or A.STOP in reading.also:
        return reading
    day = (post.date or today).date()
    said = statement(reading.words)[:400]
    slots, until = _stated(said, until_when(said, day), day, reading.kind)
    if slots is not None or until is not None:
        stated = until.isoformat() if until else None
        return replace(reading, kind=A.CAPACITY, confidence=0.9, slots=slots, until=stated, hold=None)
    if len(said.split()) <= SHORT and (_SAME.search(said) or reading.kind is A.YES):
        return replace(reading, kind=A.YES, confidence=0.9, hold=None)
    return replace(reading, hold=reading.hold or UNCLEAR)


def _stated(said: str, until: date | None, day: date, kind: AnswerKind) -> tuple[int | None, date | None]:
    if len(said.split()) > SHORT:
        return None, None
    numbers = {_value(m[0]) for m in _NUMBER.finditer(_DAY.sub(" ", said))}
    none = bool(_NONE.search(said))
    if until and until > day:
        return (None, until) if (none or kind in (A.NO, A.LATER)) and not numbers - {0} else (None, None)
    if len(numbers) == 1:
        return numbers.pop(), None
    return (0, None) if none and not numbers and not _SAME.search(said) else (None, None)


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else NUMBERS[word.lower()]
