"""A further client, whom a fellow adds by reply: "there is also her brother, 15, same hearing, in Tampa".

What is said of them counts; what is said to be the same is taken from the client who is known. Nothing else is assumed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from listbot.domain.corrections import corrected
from listbot.domain.mail import Post
from listbot.domain.reading import DateMention, DateRole, Deadline, Need, Place
from listbot.reading.corrections import facts_in, new_words_of
from listbot.reading.further_words import KIN, ONE, speaks_of_further
from listbot.reading.lexicon import words_of
from listbot.reading.needs import Tables
from listbot.reading.places import find_places
from listbot.reading.text import LIMIT

_I = re.IGNORECASE
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|several|both|[2-9]|dos|tres|cuatro|varios)\s+(?:\w+ ){0,2}?"
    rf"(?:{KIN}s|{ONE}e?s|children|kids|siblings|families)\b",
    _I,
)
_SAME = re.compile(
    r"\b(?:same|mism[oa]|identical)\s+(?:\w+ ){0,2}?(?P<what>hearing|date|deadline|court|judge|case|facts|claim|relief|situation|story|"
    r"proceedings?|everything|place|address|home|house|city|town|facility|audiencia|fecha|plazo|corte|juez|caso|domicilio|casa|ciudad|lugar)\b",
    _I,
)
_OF_A_CLAIM = frozenset("case facts claim relief situation story proceeding proceedings everything caso".split())  # noqa: SIM905
_OF_A_CASE = _OF_A_CLAIM | frozenset("hearing court judge audiencia corte juez".split())  # noqa: SIM905
_OF_A_DAY = frozenset("hearing date deadline everything case proceeding proceedings audiencia fecha plazo caso".split())  # noqa: SIM905
_OF_A_PLACE = _OF_A_CASE | frozenset("place address home house city town facility domicilio casa ciudad lugar".split())  # noqa: SIM905
_ONES_OWN = frozenset({DateRole.AGE_OUT, DateRole.ONE_YEAR, DateRole.ENTRY, DateRole.BIRTH})
"""Roles of dates that one client does not share with another."""
_AGE = re.compile(
    rf"\b(?:{KIN}|{ONE})\b(?:\W{{1,3}}|[^.!?;,:\n]{{1,40}}:\s*)(?:(?:is|who is|tiene|de|aged?)\W+){{0,2}}(?P<a>\d{{1,2}})\b(?!\s*(?:/|:|days?|weeks?|months?|am\b|pm\b|miles|hours))"
    r"|\b(?P<b>\d{1,2})[\s-]*(?:y/?o\b|years?[\s-]old|yrs?\b|años)",
    _I,
)


_IN = re.compile(r"\b(?:in|at|near|en|to|from|de)\s+(?:the\s+)?\Z", _I)


def read_further(post: Post, known: Need, today: date, tables: Tables) -> Need | None:
    """The further client of a reply's new words, beside the one who is `known`; None where place or relief is not plain."""
    text = f"\n{new_words_of(post)}"[:LIMIT]
    if not speaks_of_further(text) or _SEVERAL.search(text):
        return None
    said = facts_in(text, Need(places=known.places), today, tables)
    same = {m["what"].lower() for m in _SAME.finditer(text)}
    places = (*said.places, *said.places_too) or (known.places if same & _OF_A_PLACE else ())
    kin = bool(re.search(rf"\b{KIN}\b", text, _I))
    relief = said.relief or said.relief_too or (known.relief if same & (_OF_A_CASE if kin else _OF_A_CLAIM) else ())
    settled = said.places or said.places_too or not _somewhere(text, known, tables)
    if said.not_places or said.not_relief or not relief or not settled or not _plain(places):
        return None
    shared = tuple(d for d in known.dates if d.role not in _ONES_OWN) if same & _OF_A_DAY else ()
    age = _age(text) or said.age
    base = Need(
        places=places,
        relief=relief,
        dates=shared,
        deadline=_deadline(known, shared) if same & _OF_A_DAY else None,
        languages=known.languages if kin else (),
        country=known.country if kin else None,
        scope=known.scope,
        remote=known.remote,
        supervision=known.supervision,
        age=age,
        minor=age < 18 if age is not None else said.minor,
        detained=said.detained,
    )
    return replace(corrected(base, replace(said, places=(), places_too=(), relief=(), relief_too=(), age=None)), age=age)


def _plain(places: tuple[Place, ...]) -> bool:
    """Whether it is one place, in one state."""
    return bool(places) and len({p.state for p in places}) == 1 and all(p.state for p in places)


def _somewhere(text: str, known: Need, tables: Tables) -> bool:
    """Whether the words speak of a place that is not the known client's: of a name in several states, for one."""
    names = {p.text.casefold() for p in known.places}
    found = find_places(text, words_of(text), tables.gazetteer)
    return any(m.text.casefold() not in names and _IN.search(text[: m.span[0]]) for m in found)


def _age(text: str) -> int | None:
    m = _AGE.search(text)
    return int(m["a"] or m["b"]) if m else None


def _deadline(known: Need, shared: tuple[DateMention, ...]) -> Deadline | None:
    """The known client's deadline, where it is one of the days that both share, or stands alone."""
    if known.deadline is None or known.deadline.kind in _ONES_OWN:
        return None
    return known.deadline if not shared or any(d.date == known.deadline.date for d in shared) else None
