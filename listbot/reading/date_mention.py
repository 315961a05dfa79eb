"""A date as a post writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from listbot.domain.reading import Span


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


def shown(text: str, start: int, end: int) -> str:
    """A stretch of a text as one line."""
    return re.sub(r"\s+", " ", text[start:end])
