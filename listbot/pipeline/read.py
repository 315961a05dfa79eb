"""A post is understood; what follows is decided in `domain.triage`; moderators hear of what is held."""

from __future__ import annotations

import asyncio

from listbot.domain.mail import Channel, Post
from listbot.domain.reading import Kind
from listbot.domain.states import NEED_OPEN, NeedState, PostState
from listbot.domain.triage import after_reading
from listbot.domain.work import Lease, Queue, StoredPost
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk


async def parsed_post(context: Context, stored: StoredPost) -> Post:
    """The post as parsed anew from the kept bytes: they are the truth."""
    message = await context.journal.message(stored.message)
    posts = context.parser(message.arrival.raw, recipient=message.arrival.recipient)
    return next(p for p in posts if p.part == stored.post.part)


async def read(context: Context, lease: Lease) -> None:
    """Read one post and write the reading; a plea's needs are opened, a doubtful post is held."""
    stored = await context.cases.post(lease.id)
    post = await parsed_post(context, stored)
    reading = await asyncio.to_thread(context.reader.read, post)
    now = context.clock.now()
    state, why = after_reading(reading, stored.post.reason)
    desk = Desk(context, now)
    letters = desk.letters(*desk.held(stored, reading, why)) if state is PostState.HELD else []
    needs = reading.needs if state is PostState.READ else ()
    await context.cases.read(lease, reading, state, needs, letters, now, why)
    context.on_event(Event("read", lease.id, f"{reading.kind} {reading.confidence:.2f} {state}"))
    if reading.kind is Kind.PLACED and stored.post.channel is Channel.LIST:
        await _close_thread(context, stored)
    if state is PostState.READ:
        context.wake(Queue.POST)
    if letters:
        context.wake(Queue.MAIL)


async def _close_thread(context: Context, stored: StoredPost) -> None:
    """The poster of a plea says on the list that it is placed: nobody further is asked."""
    for earlier in await context.cases.find_posts(stored.post.references):
        if earlier.post.author.email != stored.post.author.email:
            continue
        for need in await context.cases.needs(post=earlier.id):
            if need.state in NEED_OPEN or need.state is NeedState.OFFERED:
                why = "the poster said on the list that it is placed"
                await context.cases.close_need(need.id, NeedState.PLACED, "listbot", why, (), context.clock.now())
