"""What somebody says of their own capacity, on the list or to the bot, and the entry that follows from it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from listbot.domain.follow_up import today_in
from listbot.domain.letters import CapacityValues
from listbot.domain.mail import Address, Post
from listbot.domain.registry import Taker
from listbot.domain.states import AnswerKind
from listbot.domain.threads import same_person
from listbot.domain.tokens import token
from listbot.domain.work import AnswerReading, Lease, Letter, SentLetter, StoredAnswer, StoredPost
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.parsing import parsed_post


def changed(taker: Taker, slots: int | None, until: date | None) -> Taker:
    """The entry with the capacity its owner states."""
    return replace(
        taker,
        open_slots=taker.open_slots if slots is None else slots,
        paused_until=until or (None if slots else taker.paused_until),
    )


async def proposed(context: Context, stored: StoredPost, post: Post) -> list[Letter]:
    """Somebody registered offers capacity on the list: shall the entry say so? Nothing where no figure or day is named."""
    entry = await context.registry.taker(stored.post.author.email)
    change = await _stated(context, post, stored.post.list_name)
    if entry is None or change is None or entry.standing.opted_out_at is not None:
        return []
    desk = Desk(context, context.clock.now())
    secret = token(context.identity.secret, "capacity", stored.id)
    return await desk.letters(desk.noted("capacity_confirm", entry.taker, str(stored.id), change, secret, stored.id))


async def confirmed(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    """The owner's reply to the proposal: a yes changes the entry, as the post said; anything else leaves it."""
    now, held = context.clock.now(), ""
    entry = await context.registry.taker(about.recipient)
    if reading.kind in (AnswerKind.ROBOT, AnswerKind.BOUNCE) or entry is None or about.post is None:
        pass
    elif not (stored.answer.trusted and same_person(stored.answer.author, Address(entry.taker.email, entry.taker.name))):
        held = "its sender could not be confirmed"
    elif reading.kind is AnswerKind.STOP:
        await context.registry.opt_out(entry.taker.email, f"taker {entry.id}", now)
    elif reading.kind is AnswerKind.YES and not reading.hold:
        source = await context.cases.post(about.post)
        change = await _stated(context, await parsed_post(context, source), source.post.list_name)
        if change:
            await context.registry.put([changed(entry.taker, change.slots, change.until)], f"taker {entry.id}", now)
    desk = Desk(context, now)
    letters = await desk.letters(*desk.held_answer(stored, reading, held, None, None)) if held else []
    await context.cases.answered(lease, reading, None, None, None, letters, held, now)


async def _stated(context: Context, post: Post, list_name: str) -> CapacityValues | None:
    reading = await asyncio.to_thread(context.reader.read_answer, post, context.clock.now())
    today = today_in(context.clock.now(), context.identity.zone)
    until = date.fromisoformat(reading.until) if reading.until else None
    until = until if until and until > today else None
    if reading.slots is None and until is None:
        return None
    return CapacityValues(slots=reading.slots, until=until, list_name=list_name)
