"""Days, times, numbers and facts in the words of the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from listbot.domain.languages import language_name
from listbot.domain.letters import Facts
from listbot.domain.reading import Deadline, Need
from listbot.domain.wording import facts, place_name, place_names

_DUE = {
    "filing": "filing due",
    "hearing": "hearing on",
    "one_year": "one-year deadline",
    "age_out": "ages out",
    "appeal": "appeal due",
    "response": "response due",
}

STATES = {
    "read": "being matched",
    "set_aside": "no plea",
    "offered": "has a taker",
    "silent": "no answer",
    "open": "not asked yet",
}
"""States whose own word says too little to a reader."""

NAMES = {
    "a_number": "A-number",
    "ssn": "Social Security number",
    "birth_date": "date of birth",
    "receipt": "receipt number",
    "accredited_partial": "partially accredited",
    "accredited_full": "fully accredited",
    "law_student": "law student",
}

LETTERS = {
    "ask": "ask",
    "reasons": "reasons of an ask",
    "note": "note that the search began",
    "nobody": "no taker yet",
    "alarm": "no taker yet, the deadline near",
    "expired": "deadline passed",
    "offered": "a taker found",
    "introduction": "introduction",
    "placed": "placed elsewhere, with thanks",
    "cocounsel": "introduction of a co-counsel",
    "reserve": "thanks, kept in reserve",
    "settled": "is it settled?",
    "further": "further client noted",
    "corrected": "correction noted",
    "unclear": "question about a reply",
    "question": "question passed on",
    "capacity": "room noted",
    "capacity_confirm": "shall this room be noted?",
    "capacity_question": "yearly question of room",
    "paused": "pause noted",
    "stopped": "stop noted",
    "held": "post to decide",
    "held_answer": "answer to read",
    "decided": "decision told",
    "digest": "morning digest",
    "trouble": "trouble of the machinery",
    "shadow": "what would have been asked",
    "sign_in": "link to sign in",
}
"""What each letter is, in the lists of letters."""


def letter(kind: str) -> str:
    """What a letter is about."""
    return LETTERS.get(kind, plain(kind))


def setting(value: str) -> str:
    """A value of a rule's file as prose: lists without brackets, names without underscores."""
    bare = value.strip("[]{}\"' ").replace("_", " ")
    return bare or "none"


def state(value: str) -> str:
    """A state as a reader would call it."""
    return STATES.get(str(value), str(value).replace("_", " "))


def plain(value: object) -> str:
    """A name of the program without underscores."""
    return NAMES.get(str(value), str(value).replace("_", " "))


def day(value: date | datetime | None) -> str:
    """Mar 3, 2025."""
    return f"{value:%b} {value.day}, {value.year}" if value else ""


def short(value: date | None, today: date) -> str:
    """Mar 3, with the year only where it is another."""
    if value is None:
        return ""
    return f"{value:%b} {value.day}" + ("" if value.year == today.year else f", {value.year}")


def at(value: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    """Mar 3, 14:05, in the reader's zone; with the year only where it is another."""
    if value is None:
        return ""
    here = value.astimezone(zone)
    return f"{short(here.date(), now.astimezone(zone).date())}, {here:%H:%M}"


def iso(value: datetime | None) -> str:
    """For machines: `datetime` of a <time>."""
    return value.isoformat(timespec="seconds") if value else ""


def ago(value: datetime | None, now: datetime) -> str:
    """3 hours ago; in 2 days."""
    if value is None:
        return "never"
    seconds = (now - value).total_seconds()
    return f"{span(seconds)} ago" if seconds >= 0 else f"in {span(-seconds)}"


def span(seconds: float) -> str:
    """A stretch of time in its largest sensible unit."""
    for unit, size in (("year", 365.25 * 86400), ("month", 30.44 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size or (unit == "minute" and seconds >= size):
            n = int(seconds // size)
            return f"{n} {unit}{'' if n == 1 else 's'}"
    return "moments" if seconds < 60 else "1 minute"


def left(deadline: date, today: date) -> str:
    """today; in 12 days; 3 days past."""
    days = (deadline - today).days
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} past"
    return ("today", "tomorrow")[days] if days < 2 else f"in {days} days"


def due(deadline: Deadline | Any) -> str:
    """filing due, hearing on …"""
    return _DUE.get(str(deadline.kind), "by")


def percent(value: float | None) -> str:
    """0.224 as 22 %."""
    return "–" if value is None else f"{value * 100:.0f} %"


def listed(values: Any, joint: str = "and") -> str:
    """a, b and c."""
    items = [str(v) for v in values]
    return f" {joint} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def amount(n: int, one: str, many: str = "") -> str:
    """1 post; 3 posts."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def where(need: Need) -> str:
    """The places of a need."""
    return listed(place_names(need), "or") or "place not said"


def what(need: Need, labels: dict[str, str]) -> str:
    """The relief of a need."""
    words = listed(labels.get(r, r.replace("_", " ")) for r in need.relief)
    return words[:1].upper() + words[1:] if words else "Relief not said"


def client(need: Need | Facts) -> str:
    """Who the client is, as far as it matters."""
    said = [
        f"{need.age} years old" if need.age is not None else {True: "a minor", False: "", None: ""}[need.minor],
        f"from {need.country}" if need.country else "",
        f"speaks {listed(map(language, need.languages))}" if need.languages else "",
        {True: "detained", False: "not detained", None: ""}[need.detained],
        {"full": "", "limited": "limited scope", None: ""}.get(need.scope, need.scope or ""),
    ]
    return ", ".join(s for s in said if s)


def language(code: str) -> str:
    """The name of a language."""
    return language_name(code)


FILTERS = {
    "state": state,
    "plain": plain,
    "letter": letter,
    "setting": setting,
    "day": day,
    "short": short,
    "at": at,
    "iso": iso,
    "ago": ago,
    "span": span,
    "left": left,
    "due": due,
    "percent": percent,
    "listed": listed,
    "amount": amount,
    "where": where,
    "what": what,
    "client": client,
    "language": language,
    "place": place_name,
    "facts": facts,
}
