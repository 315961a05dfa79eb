"""A fellow answers a note: the need is put right, ends, or goes on; what was understood is quoted back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from listbot.domain.conversation import ENDS, Outcome, after_fellow
from listbot.domain.corrections import (
    OTHER_CLIENTS,
    Correction,
    Unclear,
    corrected,
    difference,
    same_client,
    speaks_of_some,
    still_ahead,
    which,
)
from listbot.domain.follow_up import fellow_has_room, today_in, waits_until
from listbot.domain.mail import Post
from listbot.domain.registry import Taker
from listbot.domain.states import NEED_OPEN, AnswerKind, AnswerState, NeedState, PostState
from listbot.domain.threads import same_person
from listbot.domain.work import AnswerReading, Lease, SentLetter, StoredAnswer, StoredNeed, StoredPost
from listbot.pipeline.closing import end_all
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk

ABOUT_ONE = frozenset(
    {"nobody", "expired", "offered", "corrected", "settled", "alarm", "question", "introduction", "cocounsel", "ask"}
)
"""Letters that speak of one need; the note speaks of all of its post."""

MACHINES = (AnswerKind.ROBOT, AnswerKind.BOUNCE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a fellow's words come to. `meant` are the needs they speak of."""

    correction: Correction
    meant: tuple[StoredNeed, ...]
    outcome: Outcome

    def explains(self, about: SentLetter) -> bool:
        """Whether the words tell what earlier ones meant: thanks do not, nor does a question of the fellow's own."""
        told = self.correction
        plain = told.ends is not None or told.reopens or told.stands or told.says_something
        return self.outcome.unclear is not None or (about.kind == "unclear" and plain and not self.outcome.held)


async def answered(
    context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter, post: Post
) -> None:
    """Act on an answer to a letter to the fellow. What is not plain is asked back once; then a moderator looks."""
    assert about.post is not None
    source = await context.cases.post(about.post)
    needs = await context.cases.needs(post=source.id)
    one = about.need if about.kind in ABOUT_ONE else None
    if stored.reading is None and await _said_before(context, stored, reading, source):
        await context.cases.answered(lease, reading, None, None, None, (), "", context.clock.now())
        return
    said = await _heard(context, stored, reading, post, source, needs, one)
    explains = _trusted(stored, source) and reading.kind not in MACHINES and said.explains(about)
    waiting = await _asked_back(context, source, stored) if explains else []
    if not await _added(context, lease, stored, reading, source, needs, said, post):
        if waiting and said.outcome.unclear:  # the second words explain the first: read together
            words = "\n\n".join([reading.words, *(w.reading.words for w in waiting if w.reading)])
            reading, post = replace(reading, words=words), replace(post, text=words)
            said = await _heard(context, stored, reading, post, source, needs, one)
        await _acted(context, lease, stored, reading, source, needs, said, post, again=bool(waiting))
    for earlier in waiting:  # last: should anything before have failed, they wait still
        await context.cases.decide_answer(earlier.id, None, "fellow", "said again", context.clock.now())


async def _acted(
    context: Context,
    lease: Lease,
    stored: StoredAnswer,
    reading: AnswerReading,
    source: StoredPost,
    needs: Sequence[StoredNeed],
    said: Said,
    post: Post,
    *,
    again: bool,
) -> None:
    """Do what the words come to, or ask back, or hold them. `again`: the fellow was asked back before, and these words answer."""
    if _trusted(stored, source) and reading.letters_in:
        await context.registry.write_in(source.post.author.email, reading.letters_in, "its owner, by mail", context.clock.now())
    if stored.reading is not None and (said.meant or len(needs) == 1):
        said = replace(said, outcome=_decided(said.outcome, reading))
    if again and await _added(context, lease, stored, reading, source, needs, said, post):
        return
    if not again and await _ask_back(context, lease, stored, reading, source, needs, said):
        return
    if not said.outcome.held and reading.kind not in MACHINES:
        await _do(context, source, said, reading, post, stored.id)
    await _done(context, lease, stored, reading, source, said.meant, said.outcome.held)


async def unanswered(context: Context, lease: Lease, stored: StoredAnswer, about: SentLetter) -> None:
    """A fellow was asked what is meant, and has not said: a moderator looks."""
    assert about.post is not None
    assert stored.reading is not None
    source = await context.cases.post(about.post)
    needs = await context.cases.needs(post=source.id)
    meant = needs[:1] if len(needs) == 1 else []
    await _done(context, lease, stored, stored.reading, source, meant, f"{stored.hold}; the fellow was asked, and has not said")


async def _done(
    context: Context,
    lease: Lease,
    stored: StoredAnswer,
    reading: AnswerReading,
    source: StoredPost,
    meant: Sequence[StoredNeed],
    held: str,
) -> None:
    desk = Desk(context, context.clock.now())
    letters = await desk.letters(*desk.held_answer(stored, reading, held, source, next(iter(meant), None))) if held else []
    await context.cases.answered(lease, reading, None, None, None, letters, held, desk.now)


async def _heard(
    context: Context,
    stored: StoredAnswer,
    reading: AnswerReading,
    post: Post,
    source: StoredPost,
    needs: Sequence[StoredNeed],
    one: int | None,
) -> Said:
    meant = which(needs, reading.words, one)
    correction = await _read(context, post, meant or needs, several=len(meant) > 1)
    if not meant and correction.ends and not speaks_of_some(reading.words):
        meant = tuple(needs)  # "placed, thanks" in answer to the note of the whole post
    outcome = after_fellow(reading, correction, _trusted(stored, source), bool(meant))
    if post.unreadable:  # nothing of it was understood that could be asked about
        outcome = replace(outcome, unclear=None)
    return Said(correction, meant, outcome)


async def _do(context: Context, source: StoredPost, said: Said, reading: AnswerReading, post: Post, nth: int) -> None:
    """End the needs that are meant, or put them right."""
    if said.outcome.need is not None:
        decided = Correction(ends=said.outcome.need, because=f"a moderator decided: {reading.kind}")
        await end_all(context, said.meant, said.correction if said.correction.ends else decided, "fellow")
        return
    for need in said.meant:
        correction = said.correction if need is said.meant[0] else await _read(context, post, [need], several=True)
        await put_right(context, source, need, correction, "fellow", nth=nth)


async def _asked_back(context: Context, source: StoredPost, stored: StoredAnswer) -> list[StoredAnswer]:
    """Earlier words about this post whose meaning the fellow was asked for."""
    return [a for a in await _open_answers(context, source, AnswerState.ASKED_BACK) if a.id != stored.id]


async def _open_answers(context: Context, source: StoredPost, state: AnswerState) -> list[StoredAnswer]:
    """Answers to letters about a post in a state."""
    return [a for a in await context.cases.answers(state) if a.answer.answers and a.answer.answers.post == source.id]


async def _said_before(context: Context, stored: StoredAnswer, reading: AnswerReading, source: StoredPost) -> bool:
    """The same words as an answer that waits already: one question, and one look, is enough.

    Words of which it is sure who wrote them do not stop at the same ones of which it is not.
    """
    words, new = " ".join(reading.words.split()), stored.answer
    waiting = [a for state in (AnswerState.ASKED_BACK, AnswerState.HELD) for a in await _open_answers(context, source, state)]
    return bool(words) and any(
        a.id != stored.id and a.reading and words == " ".join(a.reading.words.split())
        for a in waiting
        if a.answer.author.email == new.author.email and (a.answer.trusted or not new.trusted)
    )


async def _ask_back(
    context: Context,
    lease: Lease,
    stored: StoredAnswer,
    reading: AnswerReading,
    source: StoredPost,
    needs: Sequence[StoredNeed],
    said: Said,
) -> bool:
    """Ask the fellow what is meant: once for each post, while help is looked for and a letter is left; whether it was done."""
    open_needs = [n for n in needs if n.state not in ENDS]
    if not open_needs or said.outcome.unclear is None or context.identity.mode == "shadow" or stored.reading is not None:
        return False
    told, fellow = await context.outbox.told(open_needs[0].id), source.post.author.email
    if any(t.kind == "unclear" for t in told) or not fellow_has_room("unclear", fellow, told, open_needs[0].state):
        return False
    now, rules = context.clock.now(), context.rules().outreach
    until = waits_until([n.need for n in open_needs], rules.follow_up, rules, now, str(context.identity.zone))
    desk = Desk(context, now)
    letters = await desk.letters(desk.unclear(source, needs, said.outcome.unclear, context.reader.redact(reading.words), until))
    await context.cases.answered(lease, reading, None, None, None, letters, said.outcome.held, now, look_at=until)
    return True


async def _added(
    context: Context,
    lease: Lease,
    stored: StoredAnswer,
    reading: AnswerReading,
    source: StoredPost,
    needs: Sequence[StoredNeed],
    said: Said,
    post: Post,
) -> bool:
    """Open the need of a client whom the words plainly add to a post that was matched; whether it was done."""
    beside = said.meant[0] if said.meant else needs[0] if len(needs) == 1 else None
    if (
        said.outcome.unclear is not Unclear.FURTHER
        or beside is None
        or source.state is not PostState.MATCHED
        or source.reading is None
        or context.identity.mode == "shadow"
    ):
        return False
    day = (post.date or context.clock.now()).astimezone(context.identity.zone).date()
    new = await asyncio.to_thread(context.reader.read_further, post, beside.need, day)
    if new is None or not still_ahead(new, today_in(context.clock.now(), context.identity.zone)):
        return False
    if any(same_client(new, n.need) for n in needs):  # said before
        await context.cases.answered(lease, reading, None, None, None, (), "", context.clock.now())
        return True
    now, words = context.clock.now(), context.reader.redact(reading.words)
    told = await context.outbox.told(beside.id)
    desk = Desk(context, now)
    room = fellow_has_room("further", source.post.author.email, told, beside.state)
    letters = await desk.letters(desk.further(source, new, stored.id)) if room else []
    known = replace(
        source.reading,
        needs=(*source.reading.needs, new),
        redacted_text=f"{source.reading.redacted_text}\n\n[{now:%B} {now.day}:] {words}",
    )
    await context.cases.add_clients(lease, reading, source.id, known, [new], letters, now)
    return True


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
