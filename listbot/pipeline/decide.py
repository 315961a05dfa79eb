"""Moderators decide by replying to the mail about something held; who decided is told to the others."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from listbot.domain.corrections import corrected
from listbot.domain.errors import Refused, WorkFailed
from listbot.domain.mail import Post
from listbot.domain.moderation import Decision, Verdict, decide
from listbot.domain.reading import Need
from listbot.domain.states import AnswerKind, AnswerState, PostState
from listbot.domain.work import AnswerReading, Lease, Queue, SentLetter, StoredAnswer, StoredPost
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk

DONE = {Verdict.RELEASE: "released", Verdict.DROP: "left alone", Verdict.CORRECT: "corrected"}


async def by_mail(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> None:
    """Act on a moderator's reply. One that is not understood, or comes too late, is answered with the reason."""
    desk, who = Desk(context, context.clock.now()), about.recipient
    if reading.kind in (AnswerKind.ROBOT, AnswerKind.BOUNCE):
        await context.cases.answered(lease, reading, None, None, None, (), "", desk.now)
        return
    if not stored.answer.trusted or stored.answer.author.email.lower() != who.lower():
        why = "it does not come from the moderator it was sent to"
        await context.cases.answered(lease, reading, None, None, None, (), why, desk.now)
        return
    row, decision = int(about.key.split(":")[1]), decide(reading.words)
    what = f"{'post' if about.kind == 'held' else 'answer'} {row}"
    try:
        if about.kind == "held":
            subject = await _post(context, await context.cases.post(row), decision, stored, who)
        else:
            subject = await _answer(context, await context.cases.answer(row), decision, who)
    except (Refused, WorkFailed) as error:
        # Once for each thing and reason: whatever answers there by itself must not go on for ever.
        to_all = desk.trouble(f"reply:{what}:{error}", f"Nothing was decided about {what}: {error}")
        specs = [spec for spec in to_all if spec.to.email == who]
    else:
        specs = desk.decided(what, subject, DONE[decision.verdict], who)
        context.on_event(Event("decided", row, f"{what} is {DONE[decision.verdict]}"))
    await context.cases.answered(lease, reading, None, None, None, await desk.letters(*specs), "", desk.now)
    context.wake(Queue.POST)
    context.wake(Queue.ANSWER)


async def _post(context: Context, post: StoredPost, decision: Decision, reply: StoredAnswer, who: str) -> str:
    if post.state is not PostState.HELD:
        raise WorkFailed("it was decided already")
    if decision.verdict is Verdict.DROP:
        await context.cases.drop(post.id, who, "by mail", context.clock.now())
        return post.post.subject
    needs = post.reading.needs if post.reading else ()
    if decision.verdict is Verdict.CORRECT:
        needs = await _corrected(context, needs, reply)
    if not needs:
        raise WorkFailed("no client was made out in it; say where help is needed, or reply DROP")
    await context.cases.release(post.id, needs, who, context.clock.now())
    return post.post.subject


async def _corrected(context: Context, needs: tuple[Need, ...], reply: StoredAnswer) -> tuple[Need, ...]:
    """The needs as a moderator's words put them right: of several the words must not speak at once."""
    if len(needs) > 1:
        raise WorkFailed("it has several clients; correct it on its page, or reply RELEASE or DROP")
    need = needs[0] if needs else Need()
    mail, day = await _mail(context, reply), reply.answer.posted_at.date()
    said = await asyncio.to_thread(context.reader.read_correction, mail, need, day)
    if said.doubt or said.ends or not said.says_something:
        raise WorkFailed("the reply was not understood; reply RELEASE, DROP, or what is wrong in plain words")
    return (corrected(need, said),)


async def _mail(context: Context, reply: StoredAnswer) -> Post:
    message = await context.journal.message(reply.message)
    return context.parser(message.arrival.raw, recipient=message.arrival.recipient)[0]


async def _answer(context: Context, held: StoredAnswer, decision: Decision, who: str) -> str:
    await decide_answer(context, held, decision, who)
    return held.answer.subject


async def decide_answer(context: Context, held: StoredAnswer, decision: Decision, who: str) -> None:
    """Have a held answer acted on as its best guess, or as a moderator names it, or leave it alone."""
    if held.state is not AnswerState.HELD:
        raise WorkFailed("it was decided already")
    now = context.clock.now()
    if decision.verdict is Verdict.DROP:
        await context.cases.decide_answer(held.id, None, who, "", now)
        return
    kind = decision.kind if decision.verdict is Verdict.CORRECT else held.kind
    if kind is None or held.reading is None:
        raise WorkFailed("say what it is: RELEASE, DROP, or YES, NO, MAYBE, LATER, PLACED, STOP")
    if held.answer.answers is None:
        raise WorkFailed("it answers no mail of ours, so nothing can follow from it; reply DROP")
    await context.cases.decide_answer(held.id, replace(held.reading, kind=kind, confidence=1.0, hold=None, also=()), who, "", now)
