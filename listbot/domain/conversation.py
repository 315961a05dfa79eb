"""What follows from an answer to an ask, or to the note a fellow got: pure decisions over states."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from listbot.domain.corrections import OTHER_CLIENTS, Correction, Unclear
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, NeedState
from listbot.domain.work import AnswerReading

DECLINES = frozenset({AnswerKind.NO, AnswerKind.REFER, AnswerKind.LATER})
"""Answers after which somebody else must be found."""

ENDS = frozenset({NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED})
"""States in which nobody is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """How things stand as an answer to an ask comes in."""

    need: NeedState
    today: date
    trusted: bool = True  #: by its token, or by an aligned authenticated sender
    stranger: bool = False  #: it comes from somebody else than the one who was asked
    leads: bool = False  #: this taker said yes first
    free: bool = True  #: nobody leads, and no reserve waits to step in
    fellow_heard: bool = True  #: the fellow got the answer too
    old: bool = False  #: the ask was long ago
    gone: bool = False  #: a server knows no such address (5.1.1), or other mail to it came back as well
    decided: bool = False  #: a moderator said that it is to be read so
    fellow_full: bool = False  #: the fellow has had as many letters about this need as may be


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to write and whom to tell. `held` says why a moderator decides instead; empty where listbot acts."""

    ask: AskState | None = None
    need: NeedState | None = None
    letters: tuple[str, ...] = ()  #: templates
    opt_out: bool = False
    bounced: bool = False
    pause: date | None = None  #: the taker is not asked again before
    slots: int | None = None  #: how many cases the taker says there is room for
    held: str = ""
    unclear: Unclear | None = None  #: held because it is not plain in this: its writer may be asked back first


ANSWERS_IT = frozenset({"introduction", "cocounsel", "question"})
"""Letters after which a confirmation that a stop arrived would be one too many."""


def both_said(reading: AnswerReading) -> AnswerReading:
    """Whoever plainly takes the case and wants no more mail after it has said yes: the stop goes with it."""
    if reading.kind is AnswerKind.STOP and AnswerKind.YES in reading.also and not reading.hold:
        return replace(reading, kind=AnswerKind.YES, also=(AnswerKind.STOP,))
    return reading


def after_taker(reading: AnswerReading, at: Standpoint) -> Outcome:
    """An answer to an ask."""
    if reading.kind is AnswerKind.BOUNCE:
        return _after_bounce(reading, at)
    if reading.kind is AnswerKind.ROBOT:
        return _after_robot(reading, at)
    stop = AnswerKind.STOP in (reading.kind, *reading.also)
    if not (at.trusted or at.decided):
        return Outcome(held="its sender could not be confirmed")
    if at.stranger and not at.decided and not (stop and reading.kind is AnswerKind.STOP):
        return Outcome(held="it came from another address than the one asked: perhaps the ask was forwarded")
    outcome = _after_words(reading, at)
    if not stop:
        return outcome
    if outcome.held and reading.hold and reading.kind is not AnswerKind.STOP:
        return outcome
    kept = tuple(letter for letter in outcome.letters if letter in ANSWERS_IT)
    return replace(outcome, letters=kept or ("stopped",), opt_out=True)


def _after_words(reading: AnswerReading, at: Standpoint) -> Outcome:
    if at.leads and at.need not in NEED_OPEN:
        return _after_lead(reading, at)
    if reading.hold:
        return Outcome(held=reading.hold)
    match reading.kind:
        case AnswerKind.YES:
            return _after_yes(at)
        case AnswerKind.STOP:
            return Outcome(AskState.ANSWERED, _again(at.need))
        case AnswerKind.CAPACITY:
            return _after_capacity(reading, at)
        case AnswerKind.MAYBE | AnswerKind.QUESTION if at.fellow_full and not (at.fellow_heard or at.decided):
            return Outcome(held="the fellow has had as many letters about this case as may be: pass it on by hand, or release it")
        case AnswerKind.MAYBE:
            return Outcome(AskState.ANSWERED, None, () if at.fellow_heard else ("cocounsel",))
        case AnswerKind.QUESTION:
            return Outcome(letters=() if at.fellow_heard else ("question",))
        case AnswerKind.PLACED:
            return Outcome(held="somebody who does not lead says that it is placed")
        case kind if kind in DECLINES:
            return Outcome(AskState.ANSWERED, _again(at.need))
    return Outcome(held="it could not be understood")


def _after_yes(at: Standpoint) -> Outcome:
    if at.need in (NeedState.CLOSED, NeedState.EXPIRED):
        if at.decided:  # it is looked at again, and whoever said yes steps in
            return Outcome(AskState.ANSWERED, NeedState.ASKING)
        return Outcome(held=f"a yes, but the need is {at.need}")
    if at.old and not at.decided:
        return Outcome(held="a yes to an ask of long ago")
    if at.need in NEED_OPEN and at.free:
        return Outcome(AskState.ANSWERED, NeedState.OFFERED, ("introduction",))
    return Outcome(AskState.ANSWERED, None, ("reserve",))


def _after_lead(reading: AnswerReading, at: Standpoint) -> Outcome:
    """Whoever leads talks with the fellow from now on; listbot listens for the end of it alone."""
    if reading.kind is AnswerKind.PLACED and not reading.hold:
        return Outcome(AskState.ANSWERED, NeedState.PLACED if at.need is NeedState.OFFERED else None)
    ended = at.need not in (NeedState.OFFERED, NeedState.PLACED)
    if reading.kind in DECLINES and not ended:
        if reading.hold or reading.kind is AnswerKind.LATER:
            return Outcome(held=reading.hold or "the lead speaks of another time: is the case handed back?")
        return Outcome(AskState.ANSWERED, NeedState.ASKING)  # handed back
    if reading.kind is AnswerKind.STOP and not ended:
        return Outcome(held="the lead wants no more mail: does the case go on?")
    return Outcome()


def _after_capacity(reading: AnswerReading, at: Standpoint) -> Outcome:
    until = _day(reading.until, at.today)
    if until is None and reading.slots is None:
        return Outcome(held="news of capacity that could not be understood")
    full = until is not None or reading.slots == 0
    letter = "paused" if until else "capacity"
    return Outcome(
        AskState.ANSWERED if full else None, _again(at.need) if full else None, (letter,), pause=until, slots=reading.slots
    )


def _after_robot(reading: AnswerReading, at: Standpoint) -> Outcome:
    """Away until a day: nobody asks them before it, and the next person is asked at once. Other machines say nothing."""
    until = _day(reading.until, at.today)
    if reading.hold or until is None or at.stranger:
        return Outcome()
    return Outcome(AskState.SILENT, _again(at.need), pause=until)


def _after_bounce(reading: AnswerReading, at: Standpoint) -> Outcome:
    """What mends itself changes nothing; the same address failing for a second ask is not written to again."""
    if reading.soft or reading.hold:
        return Outcome()
    if at.leads and at.need is NeedState.OFFERED:  # their yes stands: perhaps only this letter did not arrive
        if not at.decided:
            return Outcome(held="a letter to whoever takes the case came back: do they and the fellow talk?")
        return Outcome(AskState.BOUNCED, NeedState.ASKING, bounced=at.gone)
    return Outcome(AskState.BOUNCED, _again(at.need), bounced=at.gone)


def after_fellow(reading: AnswerReading, correction: Correction, trusted: bool, known: bool) -> Outcome:
    """An answer of the fellow to a note. `known`: it is plain which needs are meant.

    Where neither an end nor a moderator is named, the correction is to be applied to those needs.
    """
    if reading.kind is AnswerKind.ROBOT:
        return Outcome()
    if reading.kind is AnswerKind.BOUNCE:
        return Outcome(held="" if reading.soft else "a letter to the fellow came back")
    if not trusted:
        return Outcome(held="its sender could not be confirmed")
    if correction.doubt:
        return Outcome(held=correction.doubt, unclear=Unclear.FURTHER if correction.doubt == OTHER_CLIENTS else None)
    if correction.ends is None and not (correction.reopens or correction.says_something):
        if correction.stands or _nothing_asked(reading):
            return Outcome()
        unclear = Unclear.END if reading.kind in SPEAKS_OF_THE_END else Unclear.WHAT
        return Outcome(held=reading.hold or "the fellow answers, and it could not be understood", unclear=unclear)
    if not known:
        why = "the fellow speaks of a post of several clients; which one is meant is not clear"
        return Outcome(held=why, unclear=Unclear.WHICH)
    return Outcome(need=correction.ends)


SPEAKS_OF_THE_END = frozenset({AnswerKind.PLACED, AnswerKind.STOP, AnswerKind.YES, AnswerKind.NO})
"""Readings of a fellow's unclear words that may mean that the search is over."""


_THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|gracias|appreciate\w*|great|perfect\w*|wonderful|excelente?|ok|okay|got it|noted|understood|"
    r"will do|sounds good|received|recibid[oa]|entendid[oa]|de acuerdo)\b",
    re.IGNORECASE,
)
_OBJECTION = re.compile(
    r"\b(?:no|not|never|wrong|incorrect\w*|mistake\w*|error\w*|but|however|pero|mal|equivocad\w*)\b|n['’]t\b", re.IGNORECASE
)


def _nothing_asked(reading: AnswerReading) -> bool:
    """Whether a few words are thanks or the like, from which nothing follows: "that is wrong" is no such word."""
    words = reading.words
    few = reading.kind is AnswerKind.OTHER and reading.hold is None and len(words.split()) <= 12
    return few and bool(_THANKS.search(words)) and not _OBJECTION.search(words)


def _day(text: str | None, today: date) -> date | None:
    """A day to come, or None."""
    day = date.fromisoformat(text) if text else None
    return day if day and day > today else None


def _again(need: NeedState) -> NeedState | None:
    """A need still being asked for is looked at again at once."""
    return NeedState.ASKING if need in NEED_OPEN else None
