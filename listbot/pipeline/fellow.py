"""A fellow answers a note: the need is put right, ends, or goes on; what was understood is quoted back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from listbot.domain.conversation import ENDS, Outcome, after_fellow
from listbot.domain.corrections import OTHER_CLIENTS, Correction, corrected, difference, speaks_of_some, still_ahead, which
from listbot.domain.follow_up import fellow_has_room, today_in
from listbot.domain.mail import Post
from listbot.domain.registry import Taker
from listbot.domain.states import NEED_OPEN, AnswerKind, NeedState
from listbot.domain.threads import same_person
from listbot.domain.work import AnswerReading, Lease, SentLetter, StoredAnswer, StoredNeed, StoredPost
from listbot.pipeline.closing import end_all
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk

ABOUT_ONE = frozenset(
    {"nobody", "expired", "offered", "corrected", "settled", "alarm", "question", "introduction", "cocounsel", "ask"}
)
"""Letters that speak of one need; the note speaks of all of its post."""


async def answered(
    context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter, post: Post
) -> None:
    """Act on an answer to a letter to the fellow."""
    assert about.post is not None
    source = await context.cases.post(about.post)
    needs = await context.cases.needs(post=source.id)
    one = about.need if about.kind in ABOUT_ONE else None
    meant = which(needs, reading.words, one)
    correction = await _read(context, post, meant or needs, several=len(meant) > 1)
    if not meant and correction.ends and not speaks_of_some(reading.words):
        meant = tuple(needs)  # "placed, thanks" in answer to the note of the whole post
    outcome = after_fellow(reading, correction, _trusted(stored, source), bool(meant))
    if _trusted(stored, source) and reading.letters_in:
        await context.registry.write_in(source.post.author.email, reading.letters_in, "its owner, by mail", context.clock.now())
    if stored.reading is not None and (meant or len(needs) == 1):
        outcome = _decided(outcome, reading)
    if not outcome.held and reading.kind not in (AnswerKind.ROBOT, AnswerKind.BOUNCE):
        if outcome.need is not None:
            decided = Correction(ends=outcome.need, because=f"a moderator decided: {reading.kind}")
            await end_all(context, meant, correction if correction.ends else decided, "fellow")
        else:
            for need in meant:
                said = correction if need is meant[0] else await _read(context, post, [need], several=True)
                await put_right(context, source, need, said, "fellow", nth=stored.id)
    desk, about_need = Desk(context, context.clock.now()), next(iter(meant), None)
    letters = await desk.letters(*desk.held_answer(stored, reading, outcome.held, source, about_need)) if outcome.held else []
    await context.cases.answered(lease, reading, None, None, None, letters, outcome.held, desk.now)


async def _read(context: Context, post: Post, needs: Sequence[StoredNeed], *, several: bool) -> Correction:
    """What the words say of the first of these needs; `several`: they speak of all of them."""
    if not needs:
        return Correction(doubt="the fellow answers about a post without a client")
    day = (post.date or context.clock.now()).astimezone(context.identity.zone).date()
    said = await asyncio.to_thread(context.reader.read_correction, post, needs[0].need, day)
    return replace(said, doubt="") if several and said.doubt == OTHER_CLIENTS else said


def _trusted(stored: StoredAnswer, source: StoredPost) -> bool:
    """Commands come from the person concerned only: by the token of the letter, and from the address that posted."""
    return stored.answer.trusted and same_person(stored.answer.author, source.post.author)


def _decided(outcome: Outcome, reading: AnswerReading) -> Outcome:
    """A moderator's word on an answer that was held."""
    ends = {AnswerKind.PLACED: NeedState.PLACED, AnswerKind.STOP: NeedState.CLOSED}
    return Outcome(need=ends.get(reading.kind)) if outcome.held else outcome


async def put_right(
    context: Context, post: StoredPost, need: StoredNeed, correction: Correction, who: str, *, nth: object, tell: bool = True
) -> None:
    """Change a need as somebody says, search on from there, and quote back what was understood where a letter is left for it.

    With a lead, "it fell through" is a hand-back. A need that has ended is opened again where there is time left.
    """
    desk, new = Desk(context, context.clock.now()), corrected(need.need, correction)
    if correction.reopens and not still_ahead(new, today_in(desk.now, context.identity.zone)):
        new = replace(new, deadline=None)  # whoever asks again after that day is not held to it
    changed = difference(need.need, new)
    if correction.reopens and need.state in (NeedState.OFFERED, NeedState.PLACED):
        await context.cases.close_need(need.id, NeedState.ASKING, who, "handed back", (), desk.now)
        need = await context.cases.need(need.id)
    ended = need.state in ENDS
    if not changed and not (ended and correction.reopens):
        return
    if ended and not (correction.reopens or still_ahead(new, today_in(desk.now, context.identity.zone))):
        return
    asked = len(await context.cases.asks(need=need.id))
    lead = await leading(context, need)
    after = replace(need, need=new)
    tell = tell and fellow_has_room("corrected", post.post.author.email, await context.outbox.told(need.id), need.state)
    letters = await desk.letters(desk.news("corrected", post, after, asked, taker=lead, nth=nth)) if tell else []
    why = "searching again" if ended else "corrected by the one who posted"
    await context.cases.correct_need(need.id, new, who, why, changed, letters, desk.now)


async def leading(context: Context, need: StoredNeed) -> Taker | None:
    """Who leads a need."""
    if need.lead is None or need.state in NEED_OPEN:
        return None
    asked = next((a for a in await context.cases.asks(need=need.id) if a.taker == need.lead), None)
    entry = await context.registry.taker(asked.email) if asked else None
    return entry.taker if entry else None
