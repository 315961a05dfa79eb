"""Which days bind a taker: deadlines that are written, and those that follow from an entry, a decision or a birth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from listbot.domain.reading import DateMention, DateRole, Deadline
from listbot.reading.calendar_words import add_years
from listbot.reading.date_roles import BINDING_ROLES, RoledDate

R = DateRole
_ALREADY_FILED = re.compile(
    r"(?:asylum|589|application|asilo)\b[^.;\n]{0,40}\b(?:is |was |been |already )(?:timely )?(?:filed|pending|"
    r"lodged|submitted|on file)|"
    r"\b(?:filed|lodged|submitted|pending|timely)\b[^.;\n]{0,30}\b(?:i-?)?(?:589|asylum)|already filed|"
    r"past the (?:one|1)[- ]year|"
    r"(?:one|1)[- ]year (?:bar|deadline)[^.;\n]{0,20}(?:passed|blown|missed|gone)|(?:no|not a) (?:one|1)[- ]?y(?:ea)?r",
    re.IGNORECASE,
)
_NOT_FILED = re.compile(
    r"(?:not|never|nothing|no one|nobody|hasn'?t|haven'?t|un|without|no ha(?:n)?|still|needs? to|has to|"
    r"before)\b[^.;]{0,140}\b(?:filed|filing|file|presentad\w|metido|applied)|unfiled|nothing filed|not yet",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\b(30|33|84|87|90|180|14|21|10|60|120)[- ]?(?:calendar )?days?\b", re.IGNORECASE)
_NOT_BINDING = re.compile(
    r"\b(?:i'?ll|i (?:can|will|could|am|leave|return)|we (?:can|will|could|are|leave)|we'?ll|let me know|reply|"
    r"respond to me|get back to (?:me|us)|call me|email me|reach me|"
    r"contact me|i'?m (?:out|away|in|on)|we'?re (?:out|away|closed)|my (?:last day|leave|maternity|surgery|"
    r"trial)|our office|office (?:is|closes)|available to talk|until then)\b",
    re.IGNORECASE,
)


def derived(dates: list[RoledDate], text: str, relief: Iterable[str], today: date, age: int | None) -> list[RoledDate]:
    """The same dates, each with the deadline that follows from it where one does and none of its kind is written."""
    asked = set(relief)
    written = {d.role for d in dates if d.day and d.day >= today}
    return [_with_consequence(d, text, asked, written, today) for d in dates]


def _with_consequence(d: RoledDate, text: str, asked: set[str], written: set[DateRole], today: date) -> RoledDate:
    if d.day is None:
        return d
    gives: tuple[DateRole, date] | None = None
    near = text[max(0, d.mention.span[0] - 160) : d.mention.span[1] + 160]
    if d.role is R.ENTRY and "asylum" in asked and asylum_unfiled(text):
        gives = (R.ONE_YEAR, add_years(d.day, 1))
    elif d.role is R.BIRTH:
        years = 21 if "sijs" in asked and "guardianship" not in asked else 18
        gives = (R.AGE_OUT, add_years(d.day, years)) if asked & {"sijs", "guardianship"} else None
    elif d.role is R.DECISION:
        gives = _after_decision(d.day, near, asked, written)
    if gives and gives[1] >= today:
        return RoledDate(d.mention, d.role, d.day, d.cue, d.strength, gives)
    return d


def asylum_unfiled(text: str) -> bool:
    """Whether an asylum application is still to be filed, as far as the post says."""
    filed, unfiled = _ALREADY_FILED.search(text), _NOT_FILED.search(text)
    return bool(unfiled) or not filed


def _after_decision(day: date, near: str, asked: set[str], written: set[DateRole]) -> tuple[DateRole, date] | None:
    if re.search(r"\b(?:rfe|noid|noit|noir)\b", near, re.IGNORECASE):
        days = next((int(m[1]) for m in _DAYS.finditer(near)), None)
        return (R.RESPONSE, day + timedelta(days=days)) if days and not written & {R.RESPONSE, R.FILING} else None
    if asked & {"bia_appeal", "circuit_petition"} and R.APPEAL not in written and R.FILING not in written:
        return R.APPEAL, day + timedelta(days=30)
    if "motion_to_reopen" in asked and R.FILING not in written:
        days = next((int(m[1]) for m in _DAYS.finditer(near) if m[1] in ("30", "90", "180")), None)
        return R.FILING, day + timedelta(days=days or (180 if re.search(r"absentia", near, re.IGNORECASE) else 90))
    return None


def binding(dates: Iterable[RoledDate], text: str, today: date) -> tuple[Deadline | None, tuple[DateMention, ...]]:
    """The earliest day that binds, and all dates of the need with their roles."""
    candidates: list[tuple[date, DateRole, RoledDate]] = []
    for d in dates:
        if d.gives:
            candidates.append((d.gives[1], d.gives[0], d))
        if d.day and d.day >= today and d.role in BINDING_ROLES and _binds(d, text):
            candidates.append((d.day, d.role, d))
    best = min(candidates, key=lambda c: (c[0], c[1] is R.OTHER), default=None)
    mentions = tuple(DateMention(d.day, d.role, d.mention.text, best is not None and best[2] is d) for d in dates)
    return (Deadline(best[0], best[1], best[2].mention.text) if best else None), mentions


def _binds(d: RoledDate, text: str) -> bool:
    """A date without a cue, or one of the writer's own calendar, binds nobody."""
    if d.role is R.OTHER and d.strength < 0.3:
        return False
    start = d.mention.span[0]
    before = re.split(r"[.;!?\n]", text[max(0, start - 60) : start])[-1]
    return not (
        d.role in (R.OTHER, R.FILING, R.RESPONSE) and (d.strength < 0.8 or d.role is R.OTHER) and _NOT_BINDING.search(before)
    )
