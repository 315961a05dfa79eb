"""What a fellow's reply to a note changes: a need is put right, or ends; decided here, read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from listbot.domain.reading import BINDING, DateMention, Deadline, Need, Place, Reading
from listbot.domain.states import NeedState
from listbot.domain.work import StoredNeed


class Unclear(StrEnum):
    """What is not plain in a fellow's words: each is a question with two answers that can be put back to the fellow."""

    WHICH = "which"  #: of several clients, which one
    FURTHER = "further"  #: is it a further client, or more about the known one
    END = "end"  #: is it over, or is help still wanted
    WHAT = "what"  #: is something to be changed, and what


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody's words say of a need that is known already. None and empty mean: not said.

    `ends` is the state the need comes to ("placed, thanks", "not a referral", "please stop"), `because` says which of them it was;
    `reopens`: it fell through, or help is still wanted. `doubt` says why a moderator should look, or is empty.
    """

    places: tuple[Place, ...] = ()  #: instead of those that were understood
    places_too: tuple[Place, ...] = ()  #: beside them
    not_places: tuple[str, ...] = ()  #: words of places that are wrong, casefolded
    relief: tuple[str, ...] = ()  #: this and nothing else
    relief_too: tuple[str, ...] = ()
    not_relief: tuple[str, ...] = ()
    dates: tuple[DateMention, ...] = ()  #: each instead of those of its role
    detained: bool | None = None
    minor: bool | None = None
    age: int | None = None
    languages: tuple[str, ...] = ()
    ends: NeedState | None = None
    because: str = ""
    reopens: bool = False
    stands: bool = False  #: all is right as it was understood
    doubt: str = ""
    words: str = ""

    @property
    def says_something(self) -> bool:
        """Whether it changes any fact of a need."""
        facts = (self.places, self.places_too, self.relief, self.relief_too, self.not_relief, self.dates, self.languages)
        return any(facts) or any(value is not None for value in (self.detained, self.minor, self.age))


def corrected(need: Need, correction: Correction) -> Need:
    """The need put right: what the correction does not speak of stays."""
    dates = _dates(need.dates, correction.dates)
    relief = correction.relief or tuple(dict.fromkeys((*need.relief, *correction.relief_too)))
    return replace(
        need,
        places=_places(need, correction),
        relief=tuple(r for r in relief if r not in correction.not_relief),
        dates=dates,
        deadline=_deadline(need, dates) if correction.dates else need.deadline,
        detained=need.detained if correction.detained is None else correction.detained,
        minor=need.minor if correction.minor is None else correction.minor,
        age=need.age if correction.age is None else correction.age,
        languages=correction.languages or need.languages,
        confidence=max(need.confidence, 0.9),
        evidence={},
    )


def difference(before: Need, after: Need) -> Mapping[str, object]:
    """Field to its words before and after, for the fields that differ: what the log keeps of a correction."""
    shown: Mapping[str, Callable[[Need], object]] = {
        "places": lambda n: "; ".join(f"{p.text} ({p.state or '?'})" for p in n.places),
        "relief": lambda n: "; ".join(n.relief),
        "deadline": lambda n: f"{n.deadline.date} {n.deadline.kind}" if n.deadline else "",
        "dates": lambda n: "; ".join(f"{d.date} {d.role}" for d in n.dates),
        "detained": lambda n: n.detained,
        "minor": lambda n: n.minor,
        "age": lambda n: n.age,
        "languages": lambda n: "; ".join(n.languages),
    }
    pairs = {name: [show(before), show(after)] for name, show in shown.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


OTHER_CLIENTS = "the fellow says that there are other clients"
"""Doubt of a correction that speaks of clients the post did not name."""

_ORDINALS = ("first|1st|primer[oa]?", "second|2nd|segund[oa]", "third|3rd|tercer[oa]?", "fourth|4th|cuart[oa]")
_CLIENT = "(?:client|case|need|kid|child|person|one|cliente|caso)"
_NUMBERED = tuple(
    re.compile(
        rf"\b(?:{word})\s+{_CLIENT}\b|\b(?:the|el|la)\s+(?:{word})\b(?!\s+(?:hearing|date|time|master|appointment|language))"
        rf"|\b{_CLIENT}\s*(?:#|no\.?|number)?\s*{n}\b|#{n}\b",
        re.IGNORECASE,
    )
    for n, word in enumerate(_ORDINALS, start=1)
)
_ALL = re.compile(
    r"(?<!you )(?<!to )\b(?:both|all (?:of them|three|four|clients|cases)|each of them|amb[oa]s|l[oa]s dos|tod[oa]s(?: ell[oa]s)?(?=[^\w\n]*(?:\n|\Z)))",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:one|some|two) of (?:them|the|my|these)\b|\bthe others?\b|\b(?:el|la) otr[oa]\b", re.IGNORECASE)
_OF_AGE = r"\b{age}\s*-?\s*(?:y/?o\b|years?[- ]old|yrs?\b|a[nñ]os)"


def which(needs: Sequence[StoredNeed], words: str, about: int | None) -> tuple[StoredNeed, ...]:
    """The clients of a post that some words speak of; empty where that is not plain.

    It is the one the answered letter was about, the only one, or of several those that are named: by number ("the second",
    "client 2"), by age, by place, or all ("both").
    """
    if about is not None or len(needs) == 1:
        return tuple(n for n in needs if about in (None, n.id))
    if _ALL.search(words):
        return tuple(needs)
    for told in (_by_number, _by_age, _by_place):
        named = [need for need in needs if told(need, words)]
        if named:
            return tuple(named) if len(named) == 1 else ()
    return ()


def speaks_of_some(words: str) -> bool:
    """Whether words speak of a part of a post's clients without saying which."""
    return bool(_SOME.search(words))


def _by_number(need: StoredNeed, words: str) -> bool:
    return need.number <= len(_NUMBERED) and bool(_NUMBERED[need.number - 1].search(words))


def _by_age(need: StoredNeed, words: str) -> bool:
    return need.need.age is not None and bool(re.search(_OF_AGE.format(age=need.need.age), words, re.IGNORECASE))


def _by_place(need: StoredNeed, words: str) -> bool:
    said = words.casefold()
    names = {name.casefold() for p in need.need.places for name in (p.text, p.city) if name}
    return any(re.search(rf"\b{re.escape(name)}\b", said) for name in names)


def _places(need: Need, correction: Correction) -> tuple[Place, ...]:
    if correction.places:
        return correction.places
    kept = tuple(p for p in need.places if p.text.casefold() not in correction.not_places)
    return (*kept, *correction.places_too) if kept or correction.places_too else need.places


def _dates(before: Sequence[DateMention], said: Sequence[DateMention]) -> tuple[DateMention, ...]:
    roles = {d.role for d in said}
    return (*(d for d in before if d.role not in roles), *said)


def _deadline(need: Need, dates: Sequence[DateMention]) -> Deadline | None:
    """The earliest binding day that is left; the old deadline where nobody spoke of its kind."""
    said = [Deadline(d.date, d.role, d.text) for d in dates if d.date and d.role in BINDING]
    old = need.deadline
    if old and not any(d.kind == old.kind for d in said):
        said.append(old)
    return min(said, key=lambda d: d.date, default=None)


def same_client(one: Need, other: Need) -> bool:
    """Whether two needs are of one client told twice: place, relief and age agree."""
    places = [{(p.city or p.text, p.state) for p in need.places} for need in (one, other)]
    return places[0] == places[1] and set(one.relief) == set(other.relief) and one.age == other.age


def newcomers(needs: Sequence[Need], known: Sequence[Need]) -> list[Need]:
    """Those of some needs whose client is not known already."""
    return [new for new in needs if not any(same_client(new, one) for one in known)]


def told_further(reading: Reading, new: Sequence[Need], words: str) -> Reading:
    """What is known of a post, with clients whom later words added."""
    return replace(reading, needs=(*reading.needs, *new), redacted_text=f"{reading.redacted_text}\n\n{words}")


def still_ahead(need: Need, today: date) -> bool:
    """Whether there is time left: without a deadline there is."""
    return need.deadline is None or need.deadline.date >= today
