"""One cell of the registry's CSV: from words to a value and back. A `ValueError` carries what is wrong and the mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from listbot.domain.geography import STATES
from listbot.domain.languages import language_code
from listbot.domain.registry import Level, Taker, TakerKind

_EMAIL = re.compile(r"[^\s@,;<>\"()\[\]\\]+@[^\s@,;<>\"()\[\]\\]+\.[^\s@,;<>\"()\[\]\\.]+")
_US_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_STATE_NAMES = {state.name.casefold(): code for code, state in STATES.items()}
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


class BadCell(ValueError):
    """What is wrong with a cell, and how to mend it."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its words become the value of the field of the same name, and how that is written."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def nearest(word: str, known: Collection[str], listed: str = "") -> str:
    """The mend for an unknown word: the one it looks like, else all there are, or where they are `listed` if they are many."""
    close = difflib.get_close_matches(word.casefold(), list(known), 1, 0.5)
    return f"did you mean {close[0]}?" if close else listed or f"write one of {', '.join(sorted(known))}"


_OWN = frozenset({"email", "name", "organization", "zip"})
"""Columns whose cells are different in most rows; those of the others come again and again, and are read once."""


def columns(reliefs: Collection[str]) -> dict[str, Column]:
    """All columns of the contract, in their order; `reliefs` are the ids that are known."""
    known = frozenset(reliefs)
    found = {
        "email": Column(_email, str),
        "name": Column(str, str),
        "kind": Column(lambda text: _one_of(text, [k.value for k in TakerKind], TakerKind), lambda kind: kind.value),
        "organization": Column(str, str),
        "cohort": Column(str, str),
        "city": Column(str, str),
        "state": Column(_state, str),
        "zip": Column(_zip, str),
        "bar_states": Column(lambda text: frozenset(map(_state, _words(text))), _join),
        "service_states": Column(lambda text: frozenset(map(_state, _words(text))), _join),
        "radius_miles": Column(lambda text: _number(re.sub(r"\s*(mi|miles)\.?$", "", text)), _plain),
        "remote": Column(_yes_no, _yes_or_no),
        "relief": Column(lambda text: _relief(text, known), _join_relief),
        "languages": Column(lambda text: frozenset(map(language_code, _words(text))), _join),
        "detained": Column(_yes_no, _yes_or_no),
        "minors": Column(_yes_no, _yes_or_no),
        "scopes": Column(lambda text: frozenset(_one_of(w, ["full", "limited"], str) for w in _words(text)), _join),
        "open_slots": Column(_number, _plain),
        "paused_until": Column(_day, _plain),
        "max_asks_per_month": Column(_number, _plain),
        "funding_limits": Column(lambda text: frozenset(w.casefold().replace(" ", "_") for w in _words(text)), _join),
        "consent_at": Column(_day, _plain),
    }
    return {name: one if name in _OWN else replace(one, read=lru_cache(4096)(one.read)) for name, one in found.items()}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text) or len(text) > 254:
        raise BadCell(f"{text!r} is not a mail address", "write one address, ana@alumni.example")
    return text.lower()


def _one_of(text: str, known: list[str], make: Callable[[str], Any]) -> Any:
    word = text.casefold().replace(" ", "_").replace("-", "_")
    if word not in known:
        raise BadCell(f"{text!r} is not known here", nearest(word, known))
    return make(word)


def _state(text: str) -> str:
    code = text.upper() if text.upper() in STATES else _STATE_NAMES.get(text.casefold())
    if code is None:
        raise BadCell(f"{text!r} is no state", nearest(text, _STATE_NAMES if len(text) > 2 else (), "write its two letters, NC"))
    return code


def _zip(text: str) -> str:
    digits = text.partition("-")[0].strip()
    if not digits.isdecimal() or not digits.isascii() or not 3 <= len(digits) <= 5:
        raise BadCell(f"{text!r} is no ZIP code", "write five digits, 28202")
    return digits.zfill(5)  # spreadsheets drop the leading zeros of New England


def _number(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or len(text) > 6:
        raise BadCell(f"{text!r} is not a whole number", "write digits only, or nothing where it is unknown")
    return int(text)


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise BadCell(f"{text!r} is neither yes nor no", "write yes or no, or nothing where it is unknown")
    return word in _YES


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    if american := _US_DAY.fullmatch(text):
        month, day, year = map(int, american.groups())
        raise BadCell(f"{text!r} can be read in two ways", f"write {year:04}-{month:02}-{day:02} if it is month/day/year")
    raise BadCell(f"{text!r} is not a day", "write year-month-day, 2025-02-24")


def _relief(text: str, reliefs: frozenset[str]) -> Mapping[str, Level]:
    found: dict[str, Level] = {}
    for word in _words(text):
        id, level = _relief_and_level(word, reliefs)
        if id in found:
            raise BadCell(f"{id} stands here twice", "keep one of them")
        found[id] = level
    return found


@lru_cache(4096)  # the same few hundred come in every row of a long file
def _relief_and_level(word: str, reliefs: frozenset[str]) -> tuple[str, Level]:
    id, _, level = (part.strip().casefold() for part in word.partition(":"))
    id = id.replace(" ", "_").replace("-", "_")
    if reliefs and id not in reliefs:
        raise BadCell(f"there is no relief {id!r}", nearest(id, reliefs, "`listbot rules show` lists every kind of relief"))
    return id, _one_of(level or "able", [x.value for x in Level], Level)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _join(values: Collection[str]) -> str:
    return ";".join(sorted(values))


def _join_relief(relief: Mapping[str, Level]) -> str:
    return ";".join(f"{id}:{level}" for id, level in sorted(relief.items()))


COLUMNS = tuple(columns(()))
"""Names of the columns, in the order in which they are written."""

EMPTY = {name: getattr(Taker(email=""), name) for name in COLUMNS}
"""What an empty cell means in each column: unknown."""
