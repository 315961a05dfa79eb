"""An answer is read, and what follows from it is written in one transaction."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from listbot.domain.conversation import Outcome, Standpoint, after_taker, both_said
from listbot.domain.follow_up import fellow_has_room, reserves, taker_has_room, today_in
from listbot.domain.letters import CapacityValues, LetterSpec
from listbot.domain.mail import Address, Post
from listbot.domain.registry import Taker
from listbot.domain.states import AnswerKind, AnswerState, AskState, NeedState
from listbot.domain.threads import same_person
from listbot.domain.tokens import token
from listbot.domain.work import (
    AnswerReading,
    Lease,
    Letter,
    Queue,
    SentLetter,
    StoredAnswer,
    StoredAsk,
    StoredNeed,
    StoredPost,
    Told,
)
from listbot.pipeline import capacity, decide, fellow
from listbot.pipeline.closing import farewells
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import DECIDABLE, TO_MODERATORS, Desk

OF_ROOM = frozenset({"capacity_question", "capacity"})
"""Letters about no need that are answered by how much room somebody has."""

_GONE = re.compile(r"^Status[ \t]*:[ \t]*5\.1\.(?:1|2|3|6|10)\b", re.IGNORECASE | re.MULTILINE)
"""Status codes of an address that does not exist (RFC 3463, 3.2; RFC 7505)."""


_COMPLAINT = re.compile(r"^Feedback-Type[ \t]*:[ \t]*(?:abuse|fraud)\b", re.IGNORECASE | re.MULTILINE)
"""A feedback report in which somebody calls a letter of ours unwanted (RFC 5965)."""


async def answer(context: Context, lease: Lease) -> None:
    """Read one answer and act on it, or hold it for a moderator with the best guess."""
    stored = await context.cases.answer(lease.id)
    about, reading = stored.answer.answers, stored.reading
    if stored.state is AnswerState.ASKED_BACK and about:
        await fellow.unanswered(context, lease, stored, about)
        context.wake(Queue.MAIL)
        return
    message = await context.journal.message(stored.message)
    post = context.parser(message.arrival.raw, recipient=message.arrival.recipient)[0]
    of_room = about is not None and about.need is None and about.kind in OF_ROOM
    if reading is None:
        proposal = about is not None and about.kind == "capacity_confirm"
        read = context.reader.read_room if of_room or proposal else context.reader.read_answer
        reading = await asyncio.to_thread(read, post, context.clock.now())
    reading = both_said(reading)
    asked = await _asked(context, about, stored.answer.author, reading) if about else None
    if reading.kind is AnswerKind.ROBOT and _COMPLAINT.search(post.report):
        await _complained(context, lease, stored, reading, asked)
    elif about and about.kind in TO_MODERATORS:
        await context.cases.answered(lease, reading, None, None, None, (), "", context.clock.now())
    elif about and about.kind in DECIDABLE:
        await decide.by_mail(context, lease, stored, reading, about)
    elif about and of_room:
        await capacity.answered(context, lease, stored, reading, about)
    elif about and about.kind == "capacity_confirm":
        await capacity.confirmed(context, lease, stored, reading, about)
    elif asked is not None:
        await _from_taker(context, lease, stored, reading, asked, post)
    elif about and about.post is not None:
        await fellow.answered(context, lease, stored, reading, about, post)
    else:
        await _from_nowhere(context, lease, stored, reading)
    context.on_event(Event("answered", lease.id, reading.kind))
    context.wake(Queue.MAIL)
    context.wake(Queue.NEED)


async def answer_on_page(context: Context, asked: StoredAsk, reading: AnswerReading) -> None:
    """An answer that a taker gave by pressing a button on the page of the ask: the same follows as from a mailed one."""
    at = Standpoint(need=NeedState.ASKING, today=_today(context), fellow_heard=False)
    await _follow(context, None, asked, reading, None, at)
    context.on_event(Event("answered", asked.id, reading.kind))
    context.wake(Queue.MAIL)
    context.wake(Queue.NEED)


async def _asked(context: Context, about: SentLetter, author: Address, reading: AnswerReading) -> StoredAsk | None:
    """The ask that is answered; None where it is the fellow who speaks, as in any mail about the need that went to both."""
    if about.need is None:
        return None
    machine = reading.kind in (AnswerKind.BOUNCE, AnswerKind.ROBOT)
    post = await context.cases.post((await context.cases.need(about.need)).post)
    if not machine and same_person(author, post.post.author):
        return None
    asks = await context.cases.asks(need=about.need)
    if about.ask is not None:
        return next(a for a in asks if a.id == about.ask)
    email = about.recipient if machine else author.email
    return next((a for a in asks if a.email.lower() == email.lower()), None)


async def _from_taker(
    context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, asked: StoredAsk, post: Post
) -> None:
    if await _said_before(context, stored, reading, asked):
        await context.cases.answered(lease, reading, asked.id, None, None, (), "", context.clock.now())
        return
    now, author = context.clock.now(), stored.answer.author
    entry = await context.registry.taker(asked.email)
    need = await context.cases.need(asked.need)
    fellow_email = (await context.cases.post(need.post)).post.author.email.lower()
    days = context.rules().outreach.follow_up.old_days
    failed = await context.cases.asks(taker=asked.taker, states=[AskState.BOUNCED]) if reading.kind is AnswerKind.BOUNCE else []
    at = Standpoint(
        need=need.state,
        today=_today(context),
        trusted=stored.answer.trusted,
        stranger=not same_person(author, Address(asked.email, entry.taker.name if entry else "")),
        fellow_heard=any(a.email.lower() == fellow_email for a in (*post.to, *post.cc)),
        old=now - asked.created_at > timedelta(days=days),
        gone=bool(_GONE.search(post.report)) or any(a.id != asked.id for a in failed),
        decided=stored.reading is not None,
    )
    if at.trusted and not at.stranger and reading.letters_in:
        await context.registry.write_in(asked.email, reading.letters_in, f"taker {asked.taker}", now)
    await _follow(context, lease, asked, reading, stored, at)


async def _complained(
    context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, asked: StoredAsk | None
) -> None:
    """A provider passes on that its customer calls our letter spam: nobody asks them again. The report names the letter by its
    Message-ID, which only those know who have had it; one that names none of an ask is for a moderator."""
    if asked is not None:
        await context.registry.opt_out(asked.email, "its owner, by a complaint (RFC 5965)", context.clock.now())
    held = "" if asked else "a mail provider reports that somebody calls a letter of ours unwanted (RFC 5965)"
    desk = Desk(context, context.clock.now())
    letters = await desk.letters(*desk.held_answer(stored, reading, held, None, None)) if held else []
    state, id = (AskState.SILENT, asked.id) if asked and asked.state is AskState.SENT else (None, None)
    await context.cases.answered(lease, reading, id, state, None, letters, held, desk.now)


async def _said_before(context: Context, stored: StoredAnswer, reading: AnswerReading, asked: StoredAsk) -> bool:
    """The same words as an answer that waits for a moderator already: one look is enough."""
    words = " ".join(reading.words.split())
    held = [a for a in await context.cases.answers(AnswerState.HELD, need=asked.need) if a.id != stored.id and a.reading]
    return bool(words) and any(
        a.answer.author.email == stored.answer.author.email and a.reading and " ".join(a.reading.words.split()) == words
        for a in held
    )


async def _follow(
    context: Context, lease: Lease | None, asked: StoredAsk, reading: AnswerReading, stored: StoredAnswer | None, at: Standpoint
) -> None:
    while True:  # a yes that comes second by a hair finds a lead and becomes a reserve
        need = await context.cases.need(asked.need)
        post = await context.cases.post(need.post)
        waiting = reserves(await context.cases.asks(need=need.id), need.lead)
        free = need.lead is None and all(a.taker == asked.taker for a in waiting)
        told = await context.outbox.told(need.id)
        full = not fellow_has_room("question", post.post.author.email, told, need.state)
        now = replace(at, need=need.state, leads=need.lead == asked.taker, free=free, fellow_full=full)
        outcome = after_taker(reading, now)
        await _learn(context, asked, outcome)  # first: a stop or a pause must not be lost, and may be written twice
        desk = Desk(context, context.clock.now())
        letters = await _letters(desk, post, need, asked, reading, outcome, told)
        if outcome.held:
            seen = (
                desk.held_answer(stored, reading, outcome.held, post, need)
                if stored
                else desk.held_click(asked, reading, outcome.held)
            )
            letters += await desk.letters(*seen)
        move = (need.id, outcome.need) if outcome.need else None
        if await context.cases.answered(lease, reading, asked.id, outcome.ask, move, letters, outcome.held, desk.now):
            return


async def _learn(context: Context, asked: StoredAsk, outcome: Outcome) -> None:
    """What the registry learns."""
    now, who = context.clock.now(), f"taker {asked.taker}"
    if outcome.opt_out:
        await context.registry.opt_out(asked.email, who, now)
    if outcome.bounced:
        await context.registry.bounced(asked.email, "the mail came back", now)
    if not outcome.pause and outcome.slots is None:
        return
    if entry := await context.registry.taker(asked.email):
        await context.registry.put([capacity.changed(entry.taker, outcome.slots, outcome.pause)], who, now)


async def _letters(
    desk: Desk,
    post: StoredPost,
    need: StoredNeed,
    asked: StoredAsk,
    reading: AnswerReading,
    outcome: Outcome,
    told: Sequence[Told],
) -> list[Letter]:
    """What is written because of an answer. Who has had both letters a need may cost is spared a confirmation."""
    entry = await desk.context.registry.taker(asked.email)
    taker = entry.taker if entry else Taker(email=asked.email)
    specs: list[LetterSpec] = []
    for template in outcome.letters:
        if template in ("introduction", "cocounsel"):
            specs.append(desk.introduced(post, need, asked, taker, told, template))
        elif template == "question":
            words = desk.context.reader.redact(reading.words)
            specs.append(desk.question(post, need, Address(taker.email, taker.name), words, asked.taker))
        elif not taker_has_room(asked.email, told):
            continue
        elif template == "capacity":
            secret = token(desk.context.identity.secret, "ask", need.id, asked.taker)
            change = CapacityValues(slots=outcome.slots, until=outcome.pause)
            specs.append(desk.noted("capacity", taker, f"{need.id}:{asked.taker}", change, secret, post.id))
        else:
            specs.append(desk.word(template, post, need, asked, until=outcome.pause))
    letters = await desk.letters(*specs)
    if outcome.need is NeedState.PLACED:
        letters += await farewells(desk, post, need, asked.taker)
    return letters


async def _from_nowhere(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading) -> None:
    """It answers no mail of ours: machines are let be, people are seen by a moderator; a stop of somebody known is a stop."""
    desk, held = Desk(context, context.clock.now()), ""
    if reading.kind not in (AnswerKind.ROBOT, AnswerKind.BOUNCE):
        held = "it answers no mail of ours"
    if AnswerKind.STOP in (reading.kind, *reading.also) and stored.answer.trusted:
        await context.registry.opt_out(stored.answer.author.email, "its owner, by mail", desk.now)
        held = "" if reading.kind is AnswerKind.STOP else held
    letters = await desk.letters(*desk.held_answer(stored, reading, held, None, None)) if held else []
    await context.cases.answered(lease, reading, None, None, None, letters, held, desk.now)


def _today(context: Context) -> date:
    return today_in(context.clock.now(), context.identity.zone)
