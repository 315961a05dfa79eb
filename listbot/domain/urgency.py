"""How much time is left, and what it allows."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from listbot.domain.calendar import QuietHours, zone_named
from listbot.domain.geography import zone_of
from listbot.domain.reading import Need
from listbot.domain.rules import Outreach, Urgency


def quiet_hours(outreach: Outreach) -> QuietHours:
    """When people are left alone, by the rules."""
    return QuietHours(begins=outreach.quiet_from, ends=outreach.quiet_until, days_off=outreach.days_off, closed=outreach.closed)


def hours_left(need: Need, outreach: Outreach, now: datetime) -> float | None:
    """Working hours in which to find somebody, those that a taker needs left out; None without a deadline."""
    if need.deadline is None:
        return None
    zone = next(filter(None, map(zone_of, sorted(need.states))), outreach.zone)
    ends = datetime.combine(need.deadline.date + timedelta(days=1), time(0), zone_named(zone))
    if ends <= now:
        return 0.0
    return max(0.0, quiet_hours(outreach).waking_hours(now, ends, zone) - outreach.margin_hours)


def urgency_of(need: Need, outreach: Outreach, now: datetime) -> Urgency:
    """The step of the rules that fits the time left."""
    left = hours_left(need, outreach, now)
    for step in outreach.urgency:
        if step.within_hours is None or (left is not None and left <= step.within_hours):
            return step
    return outreach.urgency[-1]


def certainty_of_wave(certainty: float, waves: int) -> float:
    """How sure each of so many waves has to be of a yes for all of them together to be as sure as wanted."""
    share: float = (1 - certainty) ** (1 / max(1, waves))
    return 1 - share
