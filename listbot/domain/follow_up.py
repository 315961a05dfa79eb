"""When a need that has its yes is asked after, when the lack of one is an alarm, and how much mail a need may cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from listbot.domain.calendar import is_working_day
from listbot.domain.geography import zone_of
from listbot.domain.reading import Need
from listbot.domain.rules import FollowUp, Outreach
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, NeedState
from listbot.domain.urgency import hours_left, quiet_hours
from listbot.domain.work import StoredAsk, StoredNeed, Told

FELLOW_MAILS = 4
TAKER_MAILS = 2
"""What one need may cost its fellow and each taker in its whole life, in mails."""

WHO_TAKES_IT = frozenset({"introduction", "offered"})
"""Letters to the fellow that are written whatever the need has cost: without them nobody would know who takes the case."""

MORNING = time(9)


def fellow_has_room(template: str, fellow: str, told: Iterable[Told], need: NeedState) -> bool:
    """Whether one more letter about a need may go to its fellow: while nobody leads, a place is kept for the introduction."""
    kept = need in NEED_OPEN and template != "expired"
    return template in WHO_TAKES_IT or _letters_to(fellow, told) < FELLOW_MAILS - kept


def taker_has_room(taker: str, told: Iterable[Told]) -> bool:
    """Whether one more letter about a need may go to somebody asked about it."""
    return _letters_to(taker, told) < TAKER_MAILS


def _letters_to(recipient: str, told: Iterable[Told]) -> int:
    return sum(t.recipient.lower() == recipient.lower() for t in told)


@dataclass(frozen=True, slots=True)
class Settling:
    """Whether to ask now if it is settled, and when to look again (None: never)."""

    ask: bool
    next_at: datetime | None


def settling(since: datetime, asked: int, rules: FollowUp, outreach: Outreach, now: datetime, zone: tzinfo) -> Settling:
    """A need that has its yes `since` a time, and whose fellow was asked so many times whether it is settled."""
    due = [working_days_after(since, days, outreach, zone) for days in sorted(rules.settled_days)]
    passed = sum(at <= now for at in due)
    coming = next((at for at in due if at > now), None)
    return Settling(passed > asked, coming)


def working_days_after(start: datetime, days: float, outreach: Outreach, zone: tzinfo) -> datetime:
    """The morning of the so-many-th working day after a time."""
    day, left = start.astimezone(zone).date(), int(days)
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day, outreach.closed)
    return datetime.combine(day, MORNING, zone).astimezone(start.tzinfo)


def alarming(need: Need, rules: FollowUp, outreach: Outreach, now: datetime) -> bool:
    """Whether so little time is left that fellow and moderators must hear of it."""
    left = hours_left(need, outreach, now)
    return left is not None and left <= rules.alarm_hours


def alarm_at(need: Need, rules: FollowUp, outreach: Outreach, now: datetime) -> datetime | None:
    """When `alarming` begins to be true; None where it is already, or never will be."""
    left = hours_left(need, outreach, now)
    if left is None or left <= rules.alarm_hours:
        return None
    zone = next(filter(None, map(zone_of, sorted(need.states))), outreach.zone)
    return quiet_hours(outreach).after(now, left - rules.alarm_hours, zone)


def waits_until(needs: Iterable[Need], rules: FollowUp, outreach: Outreach, now: datetime, zone: str) -> datetime:
    """How long a fellow who was asked what is meant is waited for: less where the time of a need runs out."""
    left = [left / 4 for need in needs if (left := hours_left(need, outreach, now)) is not None]
    return quiet_hours(outreach).after(now, min([rules.unclear_hours, *left]), zone)


def lead_since(need: StoredNeed, asks: Iterable[StoredAsk], now: datetime) -> datetime:
    """When the lead said yes."""
    return next((a.answered_at for a in asks if a.taker == need.lead and a.answered_at), now)


def reserves(asks: Iterable[StoredAsk], lead: int | None) -> list[StoredAsk]:
    """Those who said yes later, in their order."""
    waiting = [a for a in asks if a.state is AskState.ANSWERED and a.answer is AnswerKind.YES and a.taker != lead]
    return sorted(waiting, key=lambda a: (a.answered_at or a.created_at, a.id))


def to_be_told(
    asks: Sequence[StoredAsk], told: Sequence[Told], lead: int | None, rules: FollowUp, now: datetime
) -> list[StoredAsk]:
    """Who hears that a case is placed: asked not long ago, no decline, not the lead, and not written to beside the ask."""
    letters = Counter(t.recipient for t in told)
    lately = now - timedelta(days=rules.told_days)
    waiting = (AskState.SENT, AskState.ANSWERED)
    positive = (None, AnswerKind.YES, AnswerKind.MAYBE, AnswerKind.QUESTION)
    return [
        a
        for a in asks
        if a.taker != lead
        and a.state in waiting
        and a.answer in positive
        and (a.sent_at or a.created_at) > lately
        and letters[a.email] < TAKER_MAILS
    ]


def today_in(now: datetime, zone: tzinfo) -> date:
    """The day where the bot lives."""
    return now.astimezone(zone).date()
