"""Periodic work, each a durable row: the digest that moderators get on working mornings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from listbot.domain.calendar import is_working_day
from listbot.domain.follow_up import today_in
from listbot.domain.letters import DigestNeed, DigestValues
from listbot.domain.states import NEED_OPEN, AnswerState, AskState, MailState, NeedState, PostState
from listbot.domain.work import Lease, Letter, Queue, StoredNeed
from listbot.pipeline.capacity import questions
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk

MORNING = time(7, 30)
AFTERNOON = time(17, 30)
"""When it is day from Maine to Hawaii, and for half the year morning in Guam."""

SHOWN = 25
"""How many needs a digest shows: the rest are for the pages."""


async def ensure(context: Context) -> None:
    """Have every chore known, each due at its next time."""
    for name in CHORES:
        await context.cases.ensure_chore(name, _next(context, name, context.clock.now()))


async def do(context: Context, lease: Lease) -> None:
    """Do one chore and write when it is due again."""
    name = await context.cases.chore(lease.id)
    desk = Desk(context, context.clock.now())
    letters = await CHORES[name][0](desk)
    await context.cases.chored(lease, letters, _next(context, name, desk.now), desk.now)
    context.on_event(Event("chore", lease.id, name))
    if letters:
        context.wake(Queue.MAIL)


def next_working(now: datetime, clock: time, zone: tzinfo, closed: frozenset[date]) -> datetime:
    """This hour of the next working day after a time."""
    day = now.astimezone(zone).date()
    for ahead in range(30):
        at = datetime.combine(day + timedelta(days=ahead), clock, zone)
        if at > now and is_working_day(at.date(), closed):
            return at.astimezone(now.tzinfo)
    return now + timedelta(days=1)  # closed for a month: looked at again tomorrow


def _next(context: Context, name: str, now: datetime) -> datetime:
    return next_working(now, CHORES[name][1], context.identity.zone, context.rules().outreach.closed)


async def digest(desk: Desk) -> list[Letter]:
    """The digest, where there is anything to say."""
    context = desk.context
    needs = await context.cases.needs([*NEED_OPEN, NeedState.OFFERED], limit=1000)
    held, trouble = await _held(context), await _trouble(context)
    if not (needs or held or trouble):
        return []
    urgent = sorted(needs, key=lambda n: (n.need.deadline.date if n.need.deadline else date.max, n.id))
    values = DigestValues(
        day=today_in(desk.now, context.identity.zone),
        needs=tuple([await _need(desk, need) for need in urgent[:SHOWN]]),
        more=max(0, len(urgent) - SHOWN),
        held=tuple(held),
        trouble=tuple(trouble),
        link=f"{context.identity.base_url}/" if context.identity.base_url else "",
    )
    return await desk.letters(*desk.digest(values))


async def _need(desk: Desk, need: StoredNeed) -> DigestNeed:
    asks = [a for a in await desk.context.cases.asks(need=need.id) if a.state is not AskState.WITHDRAWN]
    waiting = sum(a.state is AskState.SENT for a in asks)
    return DigestNeed(need=need.id, facts=desk.facts(need), state=need.state, asked=len(asks), waiting=waiting)


async def _held(context: Context) -> list[str]:
    """What waits for a moderator, a line each; letters by their number."""
    posts = [p for state in (PostState.HELD, PostState.UNREADABLE) for p in await context.cases.posts(state, limit=50)]
    answers = await context.cases.answers(AnswerState.HELD, limit=50)
    letters = await context.outbox.letters(MailState.HELD, limit=500)
    lines = [f"post {p.id}: {p.hold or p.post.reason}" for p in posts] + [f"answer {a.id}: {a.hold}" for a in answers]
    return lines + ([f"letters held back: {len(letters)}; `listbot mail --state held` shows them"] if letters else [])


async def _trouble(context: Context) -> list[str]:
    """What failed, and holes in the mail that was read."""
    lines = [f"{row.queue} {row.id} was set aside: {row.error}" for row in await context.work.aside(20)]
    refused = await context.outbox.letters(MailState.REFUSED, limit=500)
    lately = context.clock.now() - timedelta(days=3)
    if fresh := [letter for _, _, letter, _ in refused if letter.kind != "ask"]:
        lines.append(f"letters that a server refused, other than asks: {len(fresh)}")
    gaps = {source: await context.journal.gaps(source) for source in context.identity.sources}
    lines += [f"{s}: {sum(b - a + 1 for a, b in g)} numbers without a message, the first {g[0][0]}" for s, g in gaps.items() if g]
    lines += [f"need {n.id} could not be worked on: {n.error}" for n in await _failing(context, lately)]
    return lines


async def _failing(context: Context, since: datetime) -> list[StoredNeed]:
    return [n for n in await context.cases.needs(list(NEED_OPEN), limit=200) if n.error and (n.next_at or since) <= since]


CHORES: Mapping[str, tuple[Callable[[Desk], Awaitable[list[Letter]]], time]] = {
    "digest": (digest, MORNING),
    "capacity": (questions, AFTERNOON),
}
"""What there is to do, by name, and the hour of a working day at which it is done."""
