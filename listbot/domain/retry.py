"""A letter did not leave: should it be tried again, and when?

`jitter` is a number from 0 to 1 that spreads retries, so that letters deferred together do not all come back together.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from listbot.domain.states import MailState
from listbot.domain.work import Delivery, Outgoing

GIVE_UP_AFTER = timedelta(days=5)
"""How long a letter is tried (RFC 5321, 4.5.4.1: at least 4 to 5 days)."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
FIRST_OUTAGE = timedelta(seconds=2)
LONGEST_OUTAGE = timedelta(minutes=5)


def pause(attempts: int, jitter: float) -> timedelta:
    """After so many earlier attempts at one letter: 1, 2, 4 … minutes, at most 4 hours, each up to a quarter longer."""
    return _grown(FIRST_PAUSE, LONGEST_PAUSE, attempts, jitter)


def outage(failures: int, jitter: float) -> timedelta:
    """After so many earlier failures to reach the server at all: 2, 4, 8 … seconds, at most 5 minutes."""
    return _grown(FIRST_OUTAGE, LONGEST_OUTAGE, failures, jitter)


def deferred(outgoing: Outgoing, reason: str, now: datetime, jitter: float) -> Delivery:
    """The server said "later" (4xx)."""
    return _again(outgoing, MailState.DEFERRED, reason, now, now + pause(outgoing.attempts, jitter))


def unsure(outgoing: Outgoing, reason: str, now: datetime, look: timedelta) -> Delivery:
    """Nobody knows whether it arrived: sent again, under the same Message-ID, once there was time for a look."""
    return _again(outgoing, MailState.UNSURE, reason, now, now + look)


def given_back(outgoing: Outgoing, reason: str, now: datetime, at: datetime) -> Delivery:
    """It was not this letter's fault that it was not sent: this is no attempt. What was unsure stays so."""
    return _again(outgoing, MailState.UNSURE if outgoing.unsure else MailState.QUEUED, reason, now, at)


def refused(outgoing: Outgoing, reason: str) -> Delivery:
    """It will never be accepted (5xx)."""
    return Delivery(lease=outgoing.lease, state=MailState.REFUSED, reply=reason)


def _again(outgoing: Outgoing, state: MailState, reason: str, now: datetime, at: datetime) -> Delivery:
    if now - outgoing.created_at > GIVE_UP_AFTER:
        return refused(outgoing, f"given up after {GIVE_UP_AFTER.days} days: {reason}")
    return Delivery(lease=outgoing.lease, state=state, reply=reason, next_at=at)


def _grown(first: timedelta, longest: timedelta, times: int, jitter: float) -> timedelta:
    # Beyond 20 doublings everything is longest; the bound keeps the power small.
    doubled: int = 1 << min(times, 20)
    return min(longest, first * doubled) * (1 + jitter / 4)
