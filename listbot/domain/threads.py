"""Which earlier plea a message on the list is about: by thread, by subject, by content; and whether it is one again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from listbot.domain.corrections import Correction
from listbot.domain.mail import Address
from listbot.domain.reading import Need, Reading
from listbot.domain.work import StoredNeed, StoredPost

_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|fw|aw|rv|tr|bump\w*|updated?|placed|taken|filled|urgent|reminder|still (?:looking|needed)|follow(?:ing)?[- ]?up)"
    r"\b\s*[:!.,–—-]*\s*|[\[(][^\])]{1,40}[\])]\s*)+",
    re.IGNORECASE,
)


def topic(subject: str) -> str:
    """A subject without what threads, bumps and lists put before it."""
    return " ".join(re.findall(r"\w+", _PREFIX.sub("", subject).casefold()))


_BUMPS = re.compile(
    r"\A\s*(?:re|aw|rv|sv|antw|tr)\s*:|\bbump\w*|\b(?:still|again) (?:looking|searching|seeking|need\w*|open|in need)|\bfollow(?:ing|ed)?[- ]?up\b"
    r"|\bre-?post\w*|\bresend\w*|\bsig(?:ue|o|uimos) (?:buscando|sin)",
    re.IGNORECASE,
)


def bumps(subject: str, words: str) -> bool:
    """Whether a post says that it asks again for something."""
    return bool(_BUMPS.search(subject) or _BUMPS.search(words))


def same_person(one: Address, other: Address) -> bool:
    """One address, or one local part and one full name under two: people write from several."""
    if one.email.lower() == other.email.lower():
        return True
    return bool(one.name) and " " in one.name.strip() and one.name.casefold().split() == other.name.casefold().split()


def named(email: str, name: str, who: str) -> bool:
    """Whether words name this person: by address, or by the full name; a first name alone is nobody."""
    said, full = set(re.findall(r"\w+", who.casefold())), re.findall(r"\w+", name.casefold())
    return email.casefold() in who.casefold() or (len(full) > 1 and {full[0], full[-1]} <= said)


def thread(stored: StoredPost, by_reference: Sequence[StoredPost], recent: Sequence[StoredPost]) -> list[StoredPost]:
    """Earlier pleas that a post may be about, the likeliest first."""
    about = topic(stored.post.subject)
    by_subject = [p for p in recent if p.id != stored.id and len(about) > 8 and topic(p.post.subject) == about]
    return list({p.id: p for p in (*by_reference, *by_subject) if p.id != stored.id}.values())


class Repeat(StrEnum):
    """Whether a plea is one that is known already."""

    NEW = "new"
    SAME = "same"
    DOUBT = "doubt"  #: it may be: a moderator looks


_ANOTHER = re.compile(
    r"\b(?:another|second|different|new|separate|additional|otro|otra)\s+(?:\w+\s+){0,2}(?:client|case|one|family|person|kid|child|minor|referral|caso|cliente)\b",
    re.IGNORECASE,
)
SAME_WORDS, OTHER_WORDS = 0.6, 0.12
"""Shares of common words above which two texts are one, and below which a long one speaks of something else."""


def repeat(new: Reading, known: Sequence[StoredNeed], before: str, *, in_thread: bool) -> Repeat:
    """Whether a plea by the same person asks again for clients that are known. `before` are the words of the earlier one.

    In one thread, or under one subject, nothing may speak against it; elsewhere the words must be the same. A bump that is taken
    for a new plea asks people twice; a new plea taken for a bump loses a client: so what is long and says other things is a doubt.
    """
    pairs = repeats(new.needs, known)
    if pairs is None or not known or _ANOTHER.search(new.redacted_text):
        return Repeat.NEW
    common = _common(new.redacted_text, before)
    if not in_thread:
        return Repeat.SAME if pairs and common >= SAME_WORDS else Repeat.NEW
    long = len(new.redacted_text.split()) > 40
    return Repeat.DOUBT if long and common < OTHER_WORDS else Repeat.SAME


def _common(one: str, other: str) -> float:
    first, second = set(re.findall(r"\w{3,}", one.casefold())), set(re.findall(r"\w{3,}", other.casefold()))
    return len(first & second) / max(1, len(first | second))


def news_of(new: Need, known: Need) -> Correction:
    """What a repeated plea says that was not known: dates, and custody."""
    dates = tuple(d for d in new.dates if d.date and d.binding and d not in known.dates)
    return Correction(dates=dates, detained=new.detained if new.detained != known.detained else None)


def alike(one: Need, other: Need) -> bool:
    """Whether two readings can be of one client: nothing that both say differs."""
    states = not (one.states and other.states) or bool(one.states & other.states)
    places = {p.city for p in one.places if p.city}, {p.city for p in other.places if p.city}
    cities = not all(places) or bool(places[0] & places[1])
    relief = not (one.relief and other.relief) or bool(set(one.relief) & set(other.relief))
    ages = one.age is None or other.age is None or abs(one.age - other.age) <= 1
    countries = not (one.country and other.country) or one.country == other.country
    return states and cities and relief and ages and countries


def repeats(new: Sequence[Need], known: Sequence[StoredNeed]) -> dict[int, Need] | None:
    """Which known need each newly read one repeats; None where any of them is new. A bare bump ("^ still looking") repeats all."""
    pairs: dict[int, Need] = {}
    for need in new:
        if not need.places and not need.relief:
            continue
        found = next((k for k in known if k.id not in pairs and alike(need, k.need)), None)
        if found is None:
            return None
        pairs[found.id] = need
    return pairs
