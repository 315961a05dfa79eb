"""A reply to an ask, by its new words: the first reading that fits, in the order of the label guide."""

from __future__ import annotations

import re
from datetime import datetime

from listbot.domain.mail import Post
from listbot.domain.reading import PartKind
from listbot.domain.states import AnswerKind
from listbot.domain.work import AnswerReading
from listbot.reading.body import parts_of, spans_of
from listbot.reading.dates import find_dates
from listbot.reading.text import masked

A = AnswerKind
_I = re.IGNORECASE
_CUES: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, _I))
    for kind, pattern in (
        (A.STOP, r"\bunsubscribe|remove me|stop (?:sending|emailing|asking)|take me off|no (?:more|further) (?:of these|e-?mails|such)|do not (?:contact|email)|opt(?: me)? out|no me (?:escriban|manden)"),
        (A.NO, r"\b(?:can'?t|cannot|can not|unable|unfortunately|sorry|not able|won'?t|no capacity|full\b|pass\b|decline|no puedo|lo siento|don'?t (?:have|do|take)|wish i could|regret)|^\W*no\b"),
        (A.YES, r"^\W*(?:yes|yep|sure|si|sí)\b|\b(?:i|we)(?:'ll| will| can| would be (?:happy|glad) to| am happy to)\s+(?:\w+ )?(?:take|do|help|represent|lead|handle)|count me in|happy to (?:take|help)|i'm in\b|lo tomo|puedo tomar"),
        (A.PLACED, r"\bplaced|found (?:someone|counsel|an attorney)|no longer (?:needed|looking)|all set\b"),
        (A.QUESTION, r"\?"),
    )
)
_REFER = re.compile(r"\b(?:try|ask|contact|reach out to|talk to|call|recommend|suggest)\s+(?P<who>[\w.+-]+@[\w.-]+\w|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})")
_LATER = re.compile(r"\b(?:after|from|until|starting|as of|in|back on|free (?:in|after|on))\b", _I)
_MAYBE = re.compile(r"\b(?:maybe|might|possibly|depends|if (?:it|the|someone|nobody|you)|could (?:co-?counsel|help with)|only (?:the|if)|tal vez|quizás?)\b", _I)
_ROBOT = re.compile(r"\b(?:out of (?:the )?office|auto(?:matic)?[- ]?reply|ticket|do not reply|vacation|automated)\b", _I)
_SLOTS = re.compile(r"\b(?:take|room for|capacity for|slots? for)\s+(?P<n>\d|one|two|three|four|five)\b", _I)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def read_answer(post: Post, today: datetime) -> AnswerReading:
    """What a reply says; held for a person where it says two things or nothing plain."""
    text = f"{post.subject}\n{post.text}"[:20_000]
    new = masked(text, spans_of(parts_of(post), PartKind.BODY))[len(post.subject) + 1 :]
    words = re.sub(r"[ \t]+\n", "\n", new).strip()
    if post.report or post.return_path == "":
        return AnswerReading(kind=A.BOUNCE, confidence=0.95, words=words)
    if post.auto_submitted not in ("", "no") or _ROBOT.search(post.subject) or _ROBOT.search(words[:300]):
        return AnswerReading(kind=A.ROBOT, confidence=0.9, words=words)
    found = [kind for kind, cue in _CUES if cue.search(words)]
    refer = _REFER.search(words)
    until = next((m.ahead for m in find_dates(words, today.date()) if m.ahead and m.ahead > today.date()), None)
    slots = _SLOTS.search(words)
    kind = _first(found, refer is not None, until is not None and bool(_LATER.search(words)), bool(_MAYBE.search(words)))
    return AnswerReading(
        kind=kind,
        confidence=0.8 if len(found) == 1 else 0.5 if found else 0.3,
        until=until.isoformat() if until and kind in (A.LATER, A.CAPACITY) else None,
        refer_to=refer["who"] if refer and kind is A.REFER else None,
        slots=_NUMBERS.get(slots["n"].lower()) or int(slots["n"]) if slots and kind is A.CAPACITY else None,
        also=tuple(k for k in found if k is not kind),
        words=words,
        hold=None if len(found) == 1 else "the answer is not plain" if not found else "the answer says more than one thing",
    )


def _first(found: list[AnswerKind], refers: bool, later: bool, maybe: bool) -> AnswerKind:
    if A.STOP in found:
        return A.STOP
    if A.YES in found and A.NO not in found:
        return A.MAYBE if maybe else A.YES
    if refers and A.NO in found:
        return A.REFER
    if later:
        return A.LATER
    if maybe and A.NO not in found:
        return A.MAYBE
    return next((k for k in (A.NO, A.PLACED, A.QUESTION) if k in found), A.OTHER)
