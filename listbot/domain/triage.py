"""What follows from a reading: go on, ask a moderator, or leave the post alone."""

from __future__ import annotations

from listbot.domain.reading import Kind, Reading
from listbot.domain.states import PostState


def after_reading(reading: Reading, doubt: str) -> tuple[PostState, str]:
    """The post's next state and, where it is held, why. `doubt` says why its way is not trusted, or is empty.

    A missed plea costs far more than a held one: whatever asks for a person and is not certain goes to a moderator.
    """
    if reading.hold:
        return PostState.HELD, "; ".join(filter(None, [reading.hold, doubt]))
    if reading.kind is not Kind.REFERRAL:
        return PostState.SET_ASIDE, ""
    if doubt:
        return PostState.HELD, doubt
    if not reading.needs:
        return PostState.HELD, "it asks for help, but no client could be made out"
    return PostState.READ, ""
