"""When a moderator looks before anything is sent, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from listbot.domain.reading import Kind
from listbot.domain.rules import Thresholds
from listbot.reading.kind import KindGuess

if TYPE_CHECKING:
    from listbot.reading.needs import Draft


def why_hold(guess: KindGuess, drafts: Sequence[Draft], confidence: float, holds: Thresholds) -> str | None:
    """Why a moderator should look at the reading, in words; None where it may be acted on.

    `confidence` is that all of a plea is right; what is doubtful about it counts there, and is told here.
    """
    plea = guess.shares[Kind.REFERRAL]
    if guess.kind is not Kind.REFERRAL:
        if plea > holds.hold_plea_above:
            return "this may be a request for help"
        return "what kind of post this is is not clear" if guess.confidence < holds.hold_talk_below else None
    if guess.confidence < holds.hold_kind_below:
        return "this may be no request for help"
    if confidence >= holds.hold_need_below and all(d.need.states and d.need.relief for d in drafts):
        return None
    reasons = dict.fromkeys(reason for draft in drafts for reason in draft.doubts)
    return "; ".join(reasons) or "the reading is not sure enough"
