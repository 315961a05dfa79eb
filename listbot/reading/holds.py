"""When a moderator looks before anything is sent, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from listbot.domain.reading import Kind
from listbot.domain.rules import Thresholds
from listbot.reading.kind import KindGuess

if TYPE_CHECKING:
    from listbot.reading.needs import Draft


def why_hold(guess: KindGuess, drafts: Sequence[Draft], holds: Thresholds) -> str | None:
    """Why a moderator should look at the reading, in words; None where it may be acted on."""
    plea = guess.shares[Kind.REFERRAL]
    if guess.kind is not Kind.REFERRAL:
        if plea > holds.hold_plea_above:
            return "this may be a request for help"
        return "what kind of post this is is not clear" if guess.confidence < holds.hold_talk_below else None
    if guess.confidence < holds.hold_kind_below:
        return "this may be no request for help"
    reasons = [reason for draft in drafts for reason in draft.doubts]
    if any(d.need.confidence < holds.hold_need_below for d in drafts):
        reasons.append("the reading is not sure enough")
    return "; ".join(dict.fromkeys(reasons)) or None
