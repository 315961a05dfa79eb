"""An answer is read, and what follows from it is written in one transaction."""

from __future__ import annotations

import asyncio

from listbot.domain.conversation import Outcome, after_fellow, after_taker
from listbot.domain.states import NEED_OPEN, NeedState
from listbot.domain.work import AnswerReading, Lease, Letter, Queue, SentLetter, StoredAnswer, StoredAsk, StoredNeed, StoredPost
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk


async def answer(context: Context, lease: Lease) -> None:
    """Read one answer and act on it, or hold it for a moderator with the best guess."""
    stored = await context.cases.answer(lease.id)
    message = await context.journal.message(stored.message)
    post = context.parser(message.arrival.raw, recipient=message.arrival.recipient)[0]
    reading = await asyncio.to_thread(context.reader.read_answer, post, context.clock.now())
    about = stored.answer.answers
    if about is None:
        await _write(context, lease, reading, Outcome(held=reading.hold or "it answers no mail of ours"))
    elif about.ask is not None:
        await _from_taker(context, lease, stored, reading, about)
    else:
        await _from_fellow(context, lease, stored, reading, about)
    context.on_event(Event("answered", lease.id, reading.kind))
    context.wake(Queue.MAIL)
    context.wake(Queue.NEED)


async def answer_on_page(context: Context, asked: StoredAsk, reading: AnswerReading) -> None:
    """An answer that a taker gave by pressing a button on the page of the ask: the same follows as from a mailed one."""
    await _follow(context, None, asked, reading, trusted=True)
    context.on_event(Event("answered", asked.id, reading.kind))
    context.wake(Queue.MAIL)
    context.wake(Queue.NEED)


async def _from_taker(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    await _follow(context, lease, await _ask(context, about), reading, trusted=stored.answer.trusted)


async def _follow(context: Context, lease: Lease | None, asked: StoredAsk, reading: AnswerReading, *, trusted: bool) -> None:
    while True:  # a yes that comes second by a hair finds a lead and becomes a reserve
        need = await context.cases.need(asked.need)
        post = await context.cases.post(need.post)
        outcome = after_taker(reading, trusted, need.state, need.lead in (None, asked.taker), by_page=lease is None)
        if await _write(context, lease, reading, outcome, asked, need, post):
            break
    if outcome.opt_out:
        await context.registry.opt_out(asked.email, f"taker {asked.taker}", context.clock.now())
    if outcome.bounced:
        await context.registry.bounced(asked.email, "the mail came back", context.clock.now())


async def _from_fellow(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    outcome = after_fellow(reading, stored.answer.trusted)
    if outcome.need is not None and about.post is not None:
        for need in await context.cases.needs(post=about.post):
            if need.state in NEED_OPEN or need.state is NeedState.OFFERED:
                why = f"the fellow answered: {reading.kind}"
                await context.cases.close_need(need.id, outcome.need, "fellow", why, (), context.clock.now())
    await _write(context, lease, reading, Outcome(held=outcome.held))


async def _ask(context: Context, about: SentLetter) -> StoredAsk:
    return next(a for a in await context.cases.asks(need=about.need) if a.id == about.ask)


async def _write(
    context: Context,
    lease: Lease | None,
    reading: AnswerReading,
    outcome: Outcome,
    asked: StoredAsk | None = None,
    need: StoredNeed | None = None,
    post: StoredPost | None = None,
) -> bool:
    desk, letters = Desk(context, context.clock.now()), list[Letter]()
    if asked and need and post:
        for template in outcome.letters:
            if template in ("introduction", "cocounsel"):
                entry = await context.registry.taker(asked.email)
                letters += desk.letters(desk.introduction(post, need, asked, entry.taker.name if entry else "", template))
            else:
                letters += desk.letters(desk.word(template, post, need, asked))
    move = (need.id, outcome.need) if need and outcome.need else None
    return await context.cases.answered(
        lease, reading, asked.id if asked else None, outcome.ask, move, letters, outcome.held, desk.now
    )
