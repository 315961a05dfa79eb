"""A post is understood; what follows is decided in `domain.triage`; moderators hear of what is held."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from listbot.domain.reading import Kind
from listbot.domain.states import PostState
from listbot.domain.triage import after_reading
from listbot.domain.work import Lease, Queue
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.heard import listen
from listbot.pipeline.parsing import parsed_post

THEN = {
    PostState.READ: "to be matched",
    PostState.HELD: "held for a moderator",
    PostState.SET_ASIDE: "nothing to do",
}
"""What follows, for those who watch."""


async def read(context: Context, lease: Lease) -> None:
    """Read one post and write the reading: a plea's needs are opened, a doubtful post is held, a plea again wakes the known one."""
    stored = await context.cases.post(lease.id)
    post = await parsed_post(context, stored)
    reading = await asyncio.to_thread(context.reader.read, post)
    heard = await listen(context, stored, post, reading)
    if heard.doubt and reading.kind is Kind.REFERRAL:
        reading = replace(reading, hold="; ".join(filter(None, [reading.hold, heard.doubt])))
    state, why = (PostState.SET_ASIDE, "") if heard.joined else after_reading(reading, stored.post.reason)
    now = context.clock.now()
    desk = Desk(context, now)
    known = stored.post.author.email.lower() in {m.email.lower() for m in context.identity.moderators}
    tell = state is PostState.HELD and not known  # a moderator's own mail, perhaps their responder's, is seen in the digest
    letters = [*heard.letters, *(await desk.letters(*desk.held(stored, reading, why)) if tell else ())]
    needs = reading.needs if state is PostState.READ else ()
    await context.cases.read(lease, reading, state, needs, letters, now, why)
    then = "a known plea again" if heard.joined else THEN[state]
    context.on_event(Event("read", lease.id, f"{reading.kind}, {reading.confidence:.0%} sure; {then}"))
    if state is PostState.READ:
        context.wake(Queue.POST)
    if letters:
        context.wake(Queue.MAIL)
