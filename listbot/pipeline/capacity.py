"""What somebody says of their own capacity, on the list or to the bot, and the entry that follows from it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from listbot.domain.follow_up import today_in
from listbot.domain.geography import zone_of
from listbot.domain.letters import CapacityValues
from listbot.domain.mail import Address, Post
from listbot.domain.registry import Proposal, Taker
from listbot.domain.states import AnswerKind, ProposalState
from listbot.domain.threads import same_person
from listbot.domain.tokens import token
from listbot.domain.urgency import quiet_hours
from listbot.domain.work import AnswerReading, Lease, Letter, SentLetter, StoredAnswer, StoredPost
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.parsing import parsed_post

SPARE = 50
"""So many more are looked at than are asked, for it may be night where the first ones live."""


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
    asked = Proposal(post=stored.id, taker=entry.id, slots=change.slots, until=change.until, asked_at=desk.now)
    await context.proposals.propose(asked)
    secret = token(context.identity.secret, "capacity", stored.id)
    return await desk.letters(desk.noted("capacity_confirm", entry.taker, str(stored.id), change, secret, stored.id))


async def confirmed(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    """The owner's reply to the proposal: a yes changes the entry as the post said, other figures as they say; a no leaves it."""
    now, held = context.clock.now(), ""
    entry = await context.registry.taker(about.recipient)
    if reading.kind in (AnswerKind.ROBOT, AnswerKind.BOUNCE) or entry is None or about.post is None:
        pass
    elif not _by_owner(stored, entry.taker):
        held = "its sender could not be confirmed"
    elif AnswerKind.STOP in (reading.kind, *reading.also):
        await context.registry.opt_out(entry.taker.email, f"taker {entry.id}", now)
        await _settled(context, about.post, ProposalState.DECLINED, entry.id)
    elif reading.hold:
        held = reading.hold
    elif reading.kind is AnswerKind.NO:
        await _settled(context, about.post, ProposalState.DECLINED, entry.id)
    else:
        source = await context.cases.post(about.post)
        said = reading.kind is AnswerKind.YES
        change = await _stated(context, await parsed_post(context, source), source.post.list_name) if said else room_of(reading)
        if change:
            after = changed(entry.taker, change.slots, change.until)
            await _settled(context, about.post, ProposalState.CONFIRMED, entry.id, after)
        else:
            held = "whether the entry shall be changed is not plain"
    desk = Desk(context, now)
    letters = await desk.letters(*desk.held_answer(stored, reading, held, None, None)) if held else []
    await context.cases.answered(lease, reading, None, None, None, letters, held, now)


async def _settled(context: Context, post: int, state: ProposalState, taker: int, entry: Taker | None = None) -> None:
    """Write down the owner's last word and the entry that follows; questions from before proposals were kept have no proposal."""
    who, now = f"taker {taker}", context.clock.now()
    if await context.proposals.proposal(post):
        await context.proposals.settle(post, state, who, now, entry=entry, anew=True)
    elif entry is not None:
        await context.registry.put([entry], who, now)


def _by_owner(stored: StoredAnswer, taker: Taker) -> bool:
    """Whether the owner of an entry speaks, or a moderator has decided that it counts."""
    owner = stored.answer.trusted and same_person(stored.answer.author, Address(taker.email, taker.name))
    return owner or stored.reading is not None


async def questions(desk: Desk) -> list[Letter]:
    """To a few of those who have long said nothing of their room: is it still so? Nobody is written to at night or on days off."""
    context, outreach = desk.context, desk.context.rules().outreach
    asking = outreach.capacity_question
    if not asking.enabled or context.identity.mode == "shadow":
        return []
    few, quiet = asking.a_day(await context.registry.count()), quiet_hours(outreach)
    before = desk.now - timedelta(days=asking.every_days)
    stale = await context.registry.stale(before, desk.now, few + SPARE)
    awake = [one for one in stale if not quiet.hold(desk.now, zone_of(one.taker.state) or outreach.zone)]
    return await desk.letters(*map(desk.capacity_question, awake[:few]))


async def answered(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    """The owner's reply to the question: the entry says so at once, and they are told how to undo it; what is unclear is held."""
    now, held = context.clock.now(), ""
    desk, letters = Desk(context, now), list[Letter]()
    entry = await context.registry.taker(about.recipient)
    if reading.kind in (AnswerKind.ROBOT, AnswerKind.BOUNCE) or entry is None:
        pass
    elif not _by_owner(stored, entry.taker):
        held = "its sender could not be confirmed"
    elif AnswerKind.STOP in (reading.kind, *reading.also):
        await context.registry.opt_out(entry.taker.email, f"taker {entry.id}", now)
    elif reading.hold:
        held = reading.hold
    else:
        change = room_of(reading)
        if change is None:
            held = "how much room there is is not plain"
        else:
            await context.registry.stated(changed(entry.taker, change.slots, change.until), f"taker {entry.id}", now)
            if reading.kind is not AnswerKind.YES:
                secret = token(context.identity.secret, "room", stored.id)
                letters += await desk.letters(desk.noted("capacity", entry.taker, f"room:{stored.id}", change, secret, None))
    if held:
        letters += await desk.letters(*desk.held_answer(stored, reading, held, None, None))
    await context.cases.answered(lease, reading, None, None, None, letters, held, now)


def room_of(reading: AnswerReading) -> CapacityValues | None:
    """What an answer to the question says of its owner's room; nothing new where all is as it was; None where it says nothing of it."""
    until = date.fromisoformat(reading.until) if reading.until else None
    if reading.kind is AnswerKind.YES:
        return CapacityValues(slots=None, until=None)
    if reading.kind is AnswerKind.NO:
        return CapacityValues(slots=0, until=None)
    says_so = reading.kind in (AnswerKind.CAPACITY, AnswerKind.LATER) and (reading.slots is not None or until is not None)
    return CapacityValues(slots=reading.slots, until=until) if says_so else None


async def _stated(context: Context, post: Post, list_name: str) -> CapacityValues | None:
    reading = await asyncio.to_thread(context.reader.read_answer, post, context.clock.now())
    today = today_in(context.clock.now(), context.identity.zone)
    until = date.fromisoformat(reading.until) if reading.until else None
    until = until if until and until > today else None
    if reading.slots is None and until is None:
        return None
    return CapacityValues(slots=reading.slots, until=until, list_name=list_name)
