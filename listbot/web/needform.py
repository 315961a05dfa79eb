"""A need as a form that works in any browser: from its values to fields, and back with every fault named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from starlette.datastructures import FormData

from listbot.domain.geography import STATES
from listbot.domain.languages import language_code
from listbot.domain.reading import DateMention, DateRole, Deadline, Need, Place
from listbot.domain.wording import place_name
from listbot.web.site import word

BINDING = {
    DateRole.FILING: "filing due",
    DateRole.HEARING: "hearing",
    DateRole.ONE_YEAR: "one-year asylum deadline",
    DateRole.AGE_OUT: "ages out",
    DateRole.APPEAL: "appeal due",
    DateRole.RESPONSE: "response due",
    DateRole.OTHER: "other",
}
TERNARY = {"": "not said", "yes": "yes", "no": "no"}
_TRUTH = {"yes": True, "no": False}
_NAMES = {state.name.casefold(): code for code, state in STATES.items()}


def said(value: bool | None) -> str:
    """yes, no or nothing."""
    return {True: "yes", False: "no", None: ""}[value]


def need_from(
    form: FormData, prefix: str, before: Need, reliefs: Collection[str], locate: Callable[[Need], Need]
) -> tuple[Need, dict[str, str]]:
    """The need that the fields tell, and the faults by field. What no field shows stays as it was."""
    faults: dict[str, str] = {}

    def field(name: str) -> str:
        return word(form, f"{prefix}{name}", 300)

    places = _places([v for v in form.getlist(f"{prefix}place") if isinstance(v, str)], before, faults)
    deadline = _deadline(field("deadline"), field("deadline_kind"), before, faults)
    need = replace(
        before,
        places=places,
        relief=tuple(r for r in dict.fromkeys(map(str, form.getlist(f"{prefix}relief"))) if r in reliefs),
        deadline=deadline,
        dates=_dates(before, deadline),
        detained=_TRUTH.get(field("detained")),
        minor=_TRUTH.get(field("minor")),
        age=_age(field("age"), faults),
        languages=tuple(language_code(x) for x in field("languages").replace(";", ",").split(",") if x.strip()),
        country=field("country") or None,
        scope=field("scope") if field("scope") in ("full", "limited") else None,
        remote=_TRUTH.get(field("remote")),
    )
    return (before if same(need, before) else replace(locate(need), confidence=1.0)), faults


def same(one: Need, other: Need) -> bool:
    """Whether two needs say the same of the case."""
    return replace(one, confidence=0.0, evidence={}) == replace(other, confidence=0.0, evidence={})


def _places(texts: list[str], before: Need, faults: dict[str, str]) -> tuple[Place, ...]:
    known: Mapping[str, Place] = {place_name(place): place for place in before.places}
    found: list[Place] = []
    for text in (t.strip()[:120] for t in texts):
        if not text:
            continue
        if text in known:
            found.append(known[text])
            continue
        city, comma, state = (part.strip() for part in text.rpartition(","))
        code = state.upper() if state.upper() in STATES else _NAMES.get(state.casefold())
        if code is None:
            faults["place"] = f"“{text}” names no state; write “Durham, NC” or “North Carolina”"
        elif comma:
            found.append(Place(text, city, None, code))
        else:
            found.append(Place(text, state=code))
    return tuple(dict.fromkeys(found))


def _deadline(day: str, kind: str, before: Need, faults: dict[str, str]) -> Deadline | None:
    if not day:
        return None
    try:
        when, role = date.fromisoformat(day), DateRole(kind or "other")
    except ValueError:
        faults["deadline"] = f"“{day}” is not a day; write year-month-day, 2026-02-24"
        return before.deadline
    old = before.deadline
    return old if old and (old.date, old.kind) == (when, role) else Deadline(when, role, f"{when:%B} {when.day}, {when.year}")


def _dates(before: Need, deadline: Deadline | None) -> tuple[DateMention, ...]:
    """The dates of the post with the corrected deadline among them: it alone binds before all others."""
    if deadline == before.deadline:
        return before.dates
    others = tuple(d for d in before.dates if before.deadline is None or d.date != before.deadline.date)
    return (*others, DateMention(deadline.date, deadline.kind, deadline.text, True)) if deadline else others


def _age(text: str, faults: dict[str, str]) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > 120:
        faults["age"] = f"“{text}” is no age; write a number of years"
        return None
    return int(text)
