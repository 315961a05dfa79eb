"""What follows from an answer to an ask, or to the note a fellow got: pure decisions over states."""

from __future__ import annotations

from dataclasses import dataclass

from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, NeedState
from listbot.domain.work import AnswerReading

DECLINES = frozenset({AnswerKind.NO, AnswerKind.REFER, AnswerKind.LATER, AnswerKind.STOP})
"""Answers after which somebody else must be found."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to write and whom to tell. `held` says why a moderator decides instead; empty where listbot acts."""

    ask: AskState | None = None
    need: NeedState | None = None
    letters: tuple[str, ...] = ()  #: templates
    opt_out: bool = False
    bounced: bool = False
    held: str = ""


def after_taker(reading: AnswerReading, trusted: bool, need: NeedState, leads: bool, *, by_page: bool = False) -> Outcome:
    """An answer to an ask. `leads`: the need has no lead yet, or this taker is it.

    `by_page`: it was given on the page of the ask, of which the fellow knows nothing; a reply by mail reached the fellow too.
    """
    if reading.kind is AnswerKind.ROBOT:
        return Outcome()
    if not trusted:
        return Outcome(held="its sender could not be confirmed")
    if reading.kind is AnswerKind.BOUNCE:
        return Outcome(AskState.BOUNCED, _again(need), bounced=True)
    if reading.hold:
        return Outcome(held=reading.hold)
    stop = AnswerKind.STOP in (reading.kind, *reading.also)
    confirm = ("stopped",) if stop else ()
    if reading.kind is AnswerKind.YES:
        if need in NEED_OPEN and leads:
            return Outcome(AskState.ANSWERED, NeedState.OFFERED, ("introduction", *confirm), stop)
        if need is NeedState.OFFERED and leads:  # the lead says it again
            return Outcome(AskState.ANSWERED, None, confirm, stop)
        return Outcome(AskState.ANSWERED, None, ("reserve", *confirm), stop)
    if reading.kind is AnswerKind.NO and need is NeedState.OFFERED and leads:  # handed back
        return Outcome(AskState.ANSWERED, NeedState.ASKING, confirm, stop)
    if reading.kind in DECLINES:
        return Outcome(AskState.ANSWERED, _again(need), confirm, stop)
    if reading.kind is AnswerKind.PLACED and leads:
        return Outcome(AskState.ANSWERED, NeedState.PLACED, confirm, stop)
    if reading.kind is AnswerKind.MAYBE:
        return Outcome(AskState.ANSWERED, None, ("cocounsel", *confirm) if by_page else confirm, stop)
    if reading.kind in (AnswerKind.QUESTION, AnswerKind.CAPACITY):
        return Outcome(None, None, confirm, stop)
    return Outcome(held="it could not be understood")


def after_fellow(reading: AnswerReading, trusted: bool) -> Outcome:
    """An answer to the note about a post: placed and stop close its needs, everything else a moderator sees."""
    if reading.kind in (AnswerKind.ROBOT, AnswerKind.BOUNCE):
        return Outcome()
    if not trusted:
        return Outcome(held="its sender could not be confirmed")
    if reading.kind is AnswerKind.PLACED:
        return Outcome(need=NeedState.PLACED)
    if reading.kind is AnswerKind.STOP:
        return Outcome(need=NeedState.CLOSED)
    return Outcome(held=reading.hold or "the fellow answers the note")


def _again(need: NeedState) -> NeedState | None:
    """A need still being asked for is looked at again at once."""
    return NeedState.ASKING if need in NEED_OPEN else None
