"""Which of a need's dated candidates bind a taker.

Rules say which do. Where an encoder has judged the dates too, both are weighed with what stands around the date, by weights that
come from the corpus (`data/binding.json`, `python -m training.binding`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from listbot.domain.reading import DateRole
from listbot.reading.asylum_clock import said_filed, said_unfiled
from listbot.reading.date_roles import BINDING_ROLES, RoledDate, timed
from listbot.reading.date_tense import WAS, WILL
from listbot.reading.logistic import likelihood, weights_in

R = DateRole
ADD_ABOVE, DROP_BELOW = 0.9, 0.2
"""Shares from which a day binds that rules do not take, and below which one does not that they take (measured on held-back writers)."""
WEIGHTS = Path(__file__).parent / "data" / "binding.json"


@dataclass(frozen=True)
class Case:
    """What the days are weighed for."""

    text: str
    today: date
    relief: frozenset[str]
    age: int | None

    @cached_property
    def filed(self) -> bool:
        """Whether asylum is said to be filed."""
        return said_filed(self.text)

    @cached_property
    def unfiled(self) -> bool:
        """Whether asylum is said not to be filed."""
        return said_unfiled(self.text)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that may bind: one that is written, or one that follows from it."""

    day: date
    kind: DateRole
    told: RoledDate
    follows: bool  #: from an entry, a decision, a birth or a hearing
    ruled: bool  #: whether rules say that it binds


def candidates(dates: Sequence[RoledDate], case: Case) -> list[Candidate]:
    """Every day that may be to come, written or following."""
    found: list[Candidate] = []
    for d in dates:
        if d.gives:
            found.append(Candidate(d.gives[1], d.gives[0], d, True, d.certain))
        if d.role in (R.ENTRY, R.BIRTH):
            continue
        if d.day and d.day >= case.today:
            says = d.role in BINDING_ROLES and _rules_bind(d, case)
            found.append(Candidate(d.day, _kind(d, case), d, False, says))
        elif d.role is R.PAST and d.mention.ahead and d.mention.ahead >= case.today and not d.mention.sure:
            # rather gone by, but it could be the next such day
            found.append(Candidate(d.mention.ahead, R.HEARING, d, False, False))
    return found


def binds(c: Candidate, others: Sequence[Candidate], case: Case) -> bool:
    """Whether a candidate binds: what rules say, unless all signs together are plainly against them where an encoder has looked."""
    if not c.told.shares:
        return c.ruled
    return likelihood(signs(c, others, case), weights_in(WEIGHTS)) >= (DROP_BELOW if c.ruled else ADD_ABOVE)


_OWN = re.compile(
    r"\b(?:i|we)(?:'m|'re|'ll| am| are| will| can)?(?: still| both)? (?:staying on|stay(?:ing)? on|keep(?:ing)?|handl(?:e|"
    r"ing)|cover(?:ing)?|tak(?:e|ing) care|appear(?:ing)?|do(?:ing)?|argu(?:e|ing)|tr(?:y|ying))\b"
    r"(?![^.;\n]{0,60}\b(?:can'?t|cannot|unable|conflict)\b)",
    re.IGNORECASE,
)
_HAS_THE_REST = re.compile(
    r"\b(?:i|we)(?:'ve| have| got|'ve got| do)? (?:the|his|her|their) (?:removal|asylum|criminal|family|state|bond)(?: court)? (?:case|matter|part|side|piece)\b[^.;\n]{0,60}\Z",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"[^.;\n]{0,24}?\b(?:is (?:ours|mine|covered|handled|taken care of|done)|that (?:part|one)(?:'s| is) (?:finished|done|"
    r"covered|ours)|(?:that'?s|thats) (?:mine|ours)|has (?:counsel|a lawyer|an attorney)(?: for (?:it|that))?|i'?ll (?:cover|do|handle)|we'?ll (?:cover|do|handle)|are covered|already covered|so there'?s time|"
    r"don'?t worry)\b",
    re.IGNORECASE,
)
_VALID = re.compile(
    r"\b(?:good|valid|current|card|permit|ead|license|válid[oa]|vigente)(?: is)? (?:until|through|thru|to|"
    r"till|hasta)\b",
    re.IGNORECASE,
)
_EXPIRES = re.compile(r"\b(?:expir\w+|laps\w+|runs? (?:out|to|through|until)|ends?|dies|up|vence\w*)\b", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:card|permit|ead|license|passport|advance parole|residence|"
    r"authorization|permiso|tarjeta)\b",
    re.IGNORECASE,
)
_APPOINTMENTS = re.compile(r"\b(?:biometrics|deferred inspection|fingerprint\w*|travel doc\w*)\b", re.IGNORECASE)
_RENEWED = frozenset({"i751", "daca", "tps", "work_permit", "parole", "adjustment", "other"})
_AGELESS = frozenset({"t_visa", "u_visa", "vawa", "naturalization", "work_permit", "tps", "i751", "deferred_action_labor"})
"""Relief for which the eighteenth birthday does not matter."""

_LEAST, _LEAST_OF_WEEKDAY = 0.25, 0.35
"""How sure a role must be to bind; a bare "Friday" is often only talk."""


_CLAUSE = re.compile(r"[.;!?:]\s|\n\s*\n|\s[-–—]+\s|[()]")
_WRITER = re.compile(r"\b(?:i|i'm|i'll|i've|i'd|we|we'll|we're|we've|me|my|our|us|mine|ours|yo|nosotros|mi)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:his|her|their|the|su) (?:\w+ )?(?:father|mother|mom|dad|brother|sister|husband|wife|spouse|partner|cousin|uncle|aunt|son|daughter|"
    r"child|baby|boss|employer|hermano|hermana|esposo|esposa|papá|mamá|hijo|hija)\b",
    re.IGNORECASE,
)
_HANDLED = re.compile(
    r"\b(?:has|have|had|having|got|retained) (?:his |her |their )?(?:own )?(?:that|it|this|a lawyer|counsel|an attorney|a firm|them)\b|"
    r"\b(?:is|are|being|be|was) (?:handled|covered|done|doing|handling|covering|represented|taken care)\b|'ve (?:that|it) covered|"
    r"\b(?:legal aid|criminal (?:lawyer|attorney|counsel)|public defender|advocate|coordinator|national counsel|family lawyer)\b|"
    r"\btiene abogad[oa]\b|\b(?:acompaña|lleva)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:clinic|training|meet(?:s|ing)?|party|fair|mass|fiesta|wedding|trial|surgery|school|prom|call|zoom|volunteers?|retire|leave|"
    r"vacation|office|funding|grant|last day|answer|reply|respond|hear)\b",
    re.IGNORECASE,
)
_URGENT = re.compile(
    r"\b(?:due|deadline|must|by|before|no later|expires?|file[sd]?|needs?|hearing|master|merits|bond|interview|vence|plazo)\b",
    re.IGNORECASE,
)


def signs(c: Candidate, others: Sequence[Candidate], case: Case) -> dict[str, float]:
    """What tells whether a candidate binds, each sign from 0 to about 1."""
    d, shares = c.told, dict(c.told.shares)
    origin = "follows" if c.follows else "written"
    found = {
        "base": 1.0,
        f"{origin} {c.kind.value}": 1.0,
        f"ruled {origin}": float(c.ruled),
        f"strength {origin}": d.strength,
        f"{origin} toward": _toward(shares),
        "days": min(1.5, math.log1p((c.day - case.today).days) / 5),
        "soon": float((c.day - case.today).days <= 2),
        "far": float((c.day - case.today).days > 300),
    }
    if c.follows:
        found |= _grounds(c, case)
    else:
        found |= {f"share {name}": share for name, share in shares.items()}
        found |= {f"rules {d.ruled[0].value}": d.ruled[1]} if d.ruled else {}
        found |= _manner(d, case)
        found |= _around(d, case.text)
    stronger = [o for o in others if o is not c and o.ruled and o.day != c.day]
    found["earlier ones"] = min(2, sum(o.day < c.day for o in stronger)) / 2
    found["later and surer"] = float(any(o.day > c.day and o.told.strength > d.strength + 0.15 for o in stronger))
    found["alone"] = float(not stronger)
    found["told again"] = float(any(o is not c and o.day == c.day and o.ruled for o in others))
    return found


_FITS = {
    R.ONE_YEAR: frozenset({"asylum"}), R.APPEAL: frozenset({"bia_appeal", "circuit_petition"}), R.AGE_OUT: frozenset({"sijs", "guardianship"}),
}  # fmt: skip
_FEAR = frozenset({"withholding", "cat", "removal_defense", "work_permit"})


def _grounds(c: Candidate, case: Case) -> dict[str, float]:
    """What speaks for a deadline that follows from another day."""
    shares = dict(c.told.shares)
    year = c.kind is R.ONE_YEAR
    return {
        f"from {name} for {c.kind.value}": shares.get(name, 0.0) for name in ("entry", "decision", "past", "none", "other")
    } | {
        "asked for": float(bool(_FITS.get(c.kind, case.relief) & case.relief)),
        "nothing else asked": float(year and not case.relief - _FEAR),
        "filed": float(year and case.filed),
        "unfiled": float(year and case.unfiled),
        "certain": float(c.told.certain),
    }


def _toward(shares: Mapping[str, float]) -> float:
    """How far an encoder's shares speak for a role that binds."""
    for_it = sum(shares.get(r.value, 0.0) for r in BINDING_ROLES if r is not R.OTHER)
    return for_it + shares.get("other", 0.0) / 2


def _manner(d: RoledDate, case: Case) -> dict[str, float]:
    """How a date is written."""
    m = d.mention
    back = (case.today - m.back).days if m.back and not m.sure else 400
    ahead = (m.ahead - case.today).days if m.ahead else 400
    return {
        "weekday": float(m.weekday),
        "counted": float(m.relative),
        "whole": float(m.sure and not m.relative),
        "rather gone": float(back / (back + ahead + 1) < 0.35),
        "timed": float(timed(d.mention, case.text)),
        "subject": float("\n" not in case.text[: m.span[0]]),
    }


def _around(d: RoledDate, text: str) -> dict[str, float]:
    """What the words around a date speak of."""
    start, end = d.mention.span
    before = _CLAUSE.split(text[max(0, start - 130) : start])[-1]
    after = _CLAUSE.split(text[end : end + 90])[0]
    near = before + " " + after
    return {
        "past before": float(bool(WAS.search(before))),
        "to come before": float(bool(WILL.search(before[-24:]))),
        "writer": float(bool(_WRITER.search(before))),
        "writer after": float(bool(_WRITER.search(after))),
        "own": float(bool(_OWN.search(before) or _HAS_THE_REST.search(before) or _SETTLED.match(text[end : end + 70]))),
        "another": float(bool(_OTHERS.search(near))),
        "handled": float(bool(_HANDLED.search(text[max(0, start - 90) : end + 90]))),
        "talk": float(bool(_TALK.search(near))),
        "urgent": float(bool(_URGENT.search(near))),
    }


def _rules_bind(d: RoledDate, case: Case) -> bool:
    """Whether a coming date binds a taker: not without a cue, not the writer's own, not how long a card is good."""
    text, (start, end) = case.text, d.mention.span
    if d.strength < (_LEAST_OF_WEEKDAY if d.mention.weekday else _LEAST):
        return False
    before = re.split(r"[.;!?]\s+(?=[A-Z])|\n\s*\n", text[max(0, start - 110) : start])[-1]
    if _OWN.search(before) or _HAS_THE_REST.search(before) or _SETTLED.match(text[end : end + 70]):
        return False
    if _VALID.search(before[-40:]) and not _RENEWED & case.relief:
        return False
    if d.role is R.AGE_OUT:
        return _comes_of_age(d, case)
    if d.role is R.OTHER:
        return d.strength >= 0.3 and not (_is_paper(before) and not _RENEWED & case.relief)
    return True


def _comes_of_age(d: RoledDate, case: Case) -> bool:
    """Whether a birthday matters: the 21st to every petition for a child, the 18th to a court of minors, a bare one to the young."""
    cue = _cue_of(d, case.text)
    if _OTHER_AGE.match(case.text, d.mention.span[1], d.mention.span[1] + 60):
        return False
    if re.search(r"21|twenty-?one|veinti|ag(?:e|ing)", cue, re.IGNORECASE):
        return True
    young = case.age is None or case.age <= 21 or bool(re.search(r"18|19|eighteen|dieciocho", cue))
    return young and (not case.relief or bool(case.relief - _AGELESS))


_OTHER_AGE = re.compile(
    r"[^.;\n]{0,20}\b(?:will be|'ll be|turns|becomes)\s+(?:an? )?(?:1[0-7]|thirteen|fourteen|fifteen|sixteen|seventeen)\b",
    re.IGNORECASE,
)


def _cue_of(d: RoledDate, text: str) -> str:
    """The words that told a date's role, as far as they stand in this text."""
    return text[d.cue[0] : d.cue[1]] if d.cue and d.cue[1] <= len(text) else ""


def _is_paper(before: str) -> bool:
    """Whether what ends that day is a card or a status, not a stay in the country."""
    m = _EXPIRES.search(before[-30:])
    return bool(m) and bool(_PAPER.search(before[-70:]))


def _kind(d: RoledDate, case: Case) -> DateRole:
    """The kind of a deadline: an appointment is no hearing; what expires is to be renewed before."""
    text, start = case.text, d.mention.span[0]
    if d.role is R.HEARING:
        return R.OTHER if _APPOINTMENTS.search(_cue_of(d, text)) else R.HEARING
    before = text[max(0, start - 40) : start]
    if d.role is R.OTHER and _RUNS_OUT & case.relief and (_EXPIRES.search(before) or _VALID.search(before)):
        return R.FILING
    if d.role is R.FILING and _ASKED_OF.search(text[max(0, start - 160) : d.mention.span[1] + 60]):
        return R.RESPONSE
    return d.role


_RUNS_OUT = frozenset({"i751", "daca", "tps", "work_permit", "parole", "u_visa", "deferred_action_labor"})
"""Relief for which the day that something expires is the day to file by."""
_ASKED_OF = re.compile(
    r"\b(?:rfe|noid|noir|noit|requests? for (?:further |additional |more )?evidence|(?:notice of )?intent to (?:deny|revoke|terminate))\b",
    re.IGNORECASE,
)
