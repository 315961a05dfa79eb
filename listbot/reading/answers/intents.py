"""What a person says in an answer: the cues of every clause, weighed against each other, in the order of the label guide.

Pure words; the first reading that fits is taken, and where cues pull both ways the answer is held with the better guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.domain.states import AnswerKind
from listbot.reading.answers import cues_en, cues_en_more, cues_es
from listbot.reading.answers.refer import Referral
from listbot.reading.answers.words import Clause, clauses

A = AnswerKind
_I = re.IGNORECASE
_CUED = {
    A.STOP: "STOP",
    A.YES: "ACCEPT",
    A.NO: "DECLINE",
    A.LATER: "LATER",
    A.MAYBE: "MAYBE",
    A.PLACED: "PLACED",
    A.CAPACITY: "CAPACITY",
    A.QUESTION: "QUESTION",
}
_CUES: dict[AnswerKind, tuple[tuple[int, re.Pattern[str]], ...]] = {
    kind: tuple(
        (weight, re.compile(pattern, _I))
        for module in (cues_en, cues_en_more, cues_es)
        for weight, pattern in getattr(module, name, ())
    )
    for kind, name in _CUED.items()
}
_CONTRAST = re.compile(cues_en_more.CONTRAST, _I)
YES_AND_STOP = "it takes the case and wants no more mail"
"""Why an answer is held whose yes is not plain beside its stop."""
YES_AND_NO = "it says both yes and no"
"""Why an answer is held in which a plain yes stands beside a plain no."""

_NEUTRAL = tuple(re.compile(pattern, _I) for pattern in (*cues_en.NEUTRAL, *cues_es.NEUTRAL))


@dataclass(frozen=True, slots=True)
class Cues:
    """For each reading the greatest weight of its cues, and the last clause in which one stands."""

    weight: dict[AnswerKind, int]
    last: dict[AnswerKind, int]
    count: int  #: of clauses
    asks: bool
    only_asks: bool  #: every clause is a question

    def has(self, kind: AnswerKind, weight: int = 2) -> bool:
        """Whether a cue of at least this weight speaks for a reading."""
        return self.weight.get(kind, 0) >= weight


@dataclass(frozen=True, slots=True)
class Intent:
    """The reading, how sure, the second thing said, and why to hold, if so."""

    kind: AnswerKind
    confidence: float
    also: tuple[AnswerKind, ...] = ()
    hold: str | None = None


def cues_of(words: str) -> Cues:
    """The cues of all clauses."""
    weight: dict[AnswerKind, int] = {}
    last: dict[AnswerKind, int] = {}
    spoken = clauses(words)
    for i, clause in enumerate(spoken):
        limited = i + 1 < len(spoken) and bool(_CONTRAST.match(spoken[i + 1].text))
        for kind, strength in _in_clause(clause).items():
            strength = min(strength, 2) if kind is A.YES and limited else strength
            weight[kind] = max(weight.get(kind, 0), strength)
            if strength >= 2:
                last[kind] = i
    return Cues(weight, last, len(spoken), any(c.asks for c in spoken), bool(spoken) and all(c.asks for c in spoken))


def neutral(text: str) -> str:
    """The text without idioms that hold a yes, a no or a stop and mean none."""
    for idiom in _NEUTRAL:
        text = idiom.sub(" … ", text)
    return text


def _in_clause(clause: Clause) -> dict[AnswerKind, int]:
    text = neutral(clause.text)
    found: dict[AnswerKind, int] = {}
    for kind, cues in _CUES.items():
        weight = max((w for w, cue in cues if cue.search(text)), default=0)
        if kind is A.QUESTION:
            weight = 3 if clause.asks and weight > 1 else 2 if clause.asks or (weight > 1 and not found and _brief(text)) else 0
        if weight:
            found[kind] = weight
    return found


def _brief(text: str) -> bool:
    """Short enough to be a question typed without its mark."""
    return len(text.split()) <= 9 and not re.match(r"(?:what an?|were|had|any other|have a)\b", text, _I)


def intent(words: str, referral: Referral | None, free_from: bool, about_ask: bool) -> Intent:
    """Weigh the cues. `free_from`: a day from which is named; `about_ask`: the subject is that of an ask."""
    c = cues_of(words)
    if c.has(A.STOP):
        return _stop(c)
    if c.has(A.CAPACITY) and (
        not about_ask or (c.has(A.CAPACITY, 3) and (not c.has(A.YES, 3) or c.last[A.YES] == c.last[A.CAPACITY]))
    ):
        return Intent(A.CAPACITY, 0.85)
    if c.has(A.PLACED, 3) and not (c.has(A.YES, 3) and c.last[A.YES] >= c.last[A.PLACED]) and not c.asks:
        return Intent(A.PLACED, 0.85, hold="it says both yes and placed" if c.has(A.YES, 3) else None)
    accepts, declines = c.has(A.YES), c.has(A.NO)
    if accepts and declines:
        return _both(c, referral, free_from)
    if accepts:
        return _accepting(c, referral, free_from)
    if declines:
        return _declining(c, referral, free_from)
    return _neither(c, referral, free_from, about_ask)


def _stop(c: Cues) -> Intent:
    if c.has(A.YES):
        return Intent(A.STOP, 0.6, (A.YES,), YES_AND_STOP)
    return Intent(A.STOP, 0.95 if c.has(A.STOP, 3) else 0.7, hold=None if c.has(A.STOP, 3) else "it may ask for no more mail")


def before_the_stop(words: str) -> str:
    """What is said before the writer asks for no more mail; empty where both stand in one breath."""
    spoken = clauses(words)
    first = next((i for i, clause in enumerate(spoken) if cues_of(clause.text).has(A.STOP)), 0)
    return " ".join(clause.text for clause in spoken[:first])


def _accepting(c: Cues, referral: Referral | None, free_from: bool) -> Intent:
    if c.has(A.LATER, 3) and free_from:
        return Intent(A.LATER, 0.85)
    if c.has(A.MAYBE, 3):
        after = c.has(A.YES, 3) and c.last[A.YES] > c.last[A.MAYBE]
        return Intent(
            A.YES if after else A.MAYBE, 0.7, hold="it takes the case, perhaps only in part or on a condition" if after else None
        )
    if c.has(A.LATER, 3):
        return Intent(A.LATER if c.last[A.LATER] == c.last[A.YES] else A.YES, 0.6, hold="it may mean now or later")
    if referral and referral.direct and not c.has(A.YES, 3):
        return Intent(A.REFER, 0.6, hold="it names somebody else, and may say yes")
    if not c.has(A.YES, 3):
        return Intent(A.YES, 0.7, hold="a yes, but not a plain one")
    also = (A.QUESTION,) if c.has(A.QUESTION, 3) and c.asks else ()
    return Intent(A.YES, 0.8 if also and c.last[A.QUESTION] < c.last[A.YES] else 0.95, also)


def _declining(c: Cues, referral: Referral | None, free_from: bool) -> Intent:
    if referral:
        return Intent(A.REFER, 0.9)
    if c.has(A.LATER, 3) and (free_from or c.last[A.LATER] >= c.last[A.NO]):
        return Intent(A.LATER, 0.85)
    if c.has(A.LATER) and free_from and not _final(c):
        return Intent(A.LATER, 0.65, hold="a no, or not yet")
    if c.has(A.MAYBE, 3):
        return Intent(A.MAYBE, 0.6, hold="a no, or a part of it")
    if c.has(A.QUESTION, 3) and not c.has(A.NO, 3):
        return Intent(A.QUESTION, 0.7)
    return Intent(A.NO, 0.93 if c.has(A.NO, 3) else 0.75)


def _final(c: Cues) -> bool:
    return c.has(A.NO, 3) and c.last[A.NO] == c.count - 1


def _both(c: Cues, referral: Referral | None, free_from: bool) -> Intent:
    yes, no = c.last[A.YES], c.last[A.NO]
    if referral and (yes < no or not c.has(A.YES, 3) or referral.direct):
        return Intent(
            A.REFER, 0.8, hold=None if not c.has(A.YES, 3) or yes <= no else "it declines, names somebody else, and may say yes"
        )
    if c.has(A.LATER, 3):
        return Intent(A.LATER, 0.8, hold=None if free_from else "it may mean now or later")
    if c.has(A.MAYBE, 3):
        return Intent(A.MAYBE, 0.75, hold="yes to a part or on a condition, no to the rest")
    if no > yes or (no == yes and c.weight[A.NO] > c.weight[A.YES]):
        return Intent(A.NO, 0.7, hold=YES_AND_NO if c.has(A.YES, 3) else None)
    return Intent(A.YES, 0.7, hold=YES_AND_NO if c.has(A.NO, 3) else None)


def _neither(c: Cues, referral: Referral | None, free_from: bool, about_ask: bool) -> Intent:
    if c.only_asks and not (referral and referral.direct) and not c.has(A.YES, 3):
        return Intent(A.QUESTION, 0.9)
    if referral and (referral.direct or not c.asks):
        return Intent(
            A.REFER,
            0.8 if referral.direct else 0.65,
            hold=None if referral.direct else "it names somebody, perhaps to take the case",
        )
    if c.has(A.LATER, 3) or (c.has(A.LATER) and free_from):
        return Intent(A.LATER, 0.8)
    if c.has(A.MAYBE, 3) and not (c.asks and not c.has(A.MAYBE, 3)):
        return Intent(A.MAYBE, 0.8)
    if c.asks or c.has(A.QUESTION):
        return Intent(A.QUESTION, 0.9 if c.asks else 0.75)
    for kind in (A.MAYBE, A.PLACED, A.CAPACITY):
        if c.has(kind):
            return Intent(kind, 0.6, hold="the answer is not plain")
    return Intent(A.OTHER, 0.3, hold="the answer is not plain")
