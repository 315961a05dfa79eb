"""A fellow answers a note: the need is put right, ends, or goes on; what was understood is quoted back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from listbot.domain.conversation import ENDS, Outcome, after_fellow
from listbot.domain.corrections import (
    OTHER_CLIENTS,
    Correction,
    Unclear,
    corrected,
    difference,
    speaks_of_some,
    still_ahead,
    which,
)
from listbot.domain.follow_up import fellow_has_room, today_in, waits_until
from listbot.domain.mail import Post
from listbot.domain.registry import Taker
from listbot.domain.states import NEED_OPEN, AnswerKind, AnswerState, NeedState, PostState
from listbot.domain.threads import same_person
from listbot.domain.work import AnswerReading, Lease, Letter, SentLetter, StoredAnswer, StoredNeed, StoredPost
from listbot.pipeline.closing import end_all
from listbot.pipeline.context import Context
from listbot.pipeline.correspondence import Desk

ABOUT_ONE = frozenset(
    {"nobody", "expired", "offered", "corrected", "settled", "alarm", "question", "introduction", "cocounsel", "ask"}
)
"""Letters that speak of one need; the note speaks of all of its post."""

MACHINES = (AnswerKind.ROBOT, AnswerKind.BOUNCE)


@dataclass(frozen=True, slots=True)
class Reply:
    """A fellow's reply to a letter of ours under one lease, and the plea that it is about."""

    context: Context
    lease: Lease
    stored: StoredAnswer
    reading: AnswerReading
    source: StoredPost  #: the plea
    needs: Sequence[StoredNeed]  #: of the plea
    one: int | None  #: the need that the letter was about; None where it was about the whole plea

    @property
    def trusted(self) -> bool:
        """Commands come from the person concerned only: by the token of the letter, and from the address that posted."""
        return self.stored.answer.trusted and same_person(self.stored.answer.author, self.source.post.author)


@dataclass(frozen=True, slots=True)
class Said:
    """What a fellow's words come to. `post` holds the words, `meant` are the needs they speak of."""

    post: Post
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
    reply = await _reply(context, lease, stored, reading, about)
    if stored.reading is None and await _said_before(reply):
        await _applied(reply)
        return
    said = await _heard(reply, post)
    explains = reply.trusted and reading.kind not in MACHINES and said.explains(about)
    waiting = await _asked_back(reply) if explains else []
    if not await _added(reply, said):
        if waiting and said.outcome.unclear:  # the second words explain the first: read together
            words = "\n\n".join([reading.words, *(w.reading.words for w in waiting if w.reading)])
            reply = replace(reply, reading=replace(reading, words=words))
            said = await _heard(reply, replace(post, text=words))
        await _acted(reply, said, again=bool(waiting))
    for earlier in waiting:  # last: should anything before have failed, they wait still
        await context.cases.decide_answer(earlier.id, None, "fellow", "said again", context.clock.now())


async def _reply(context: Context, lease: Lease, stored: StoredAnswer, reading: AnswerReading, about: SentLetter) -> Reply:
    assert about.post is not None
    source = await context.cases.post(about.post)
    needs = await context.cases.needs(post=source.id)
    return Reply(context, lease, stored, reading, source, needs, _one(about))


def _one(about: SentLetter) -> int | None:
    """The need a letter is about, where it is about one."""
    return about.need if about.kind in ABOUT_ONE else None


async def _acted(reply: Reply, said: Said, *, again: bool) -> None:
    """Do what the words come to, or ask back, or hold them. `again`: the fellow was asked back before, and these words answer."""
    context, reading, fellow = reply.context, reply.reading, reply.source.post.author.email
    if reply.trusted and reading.letters_in:
        await context.registry.write_in(fellow, reading.letters_in, "its owner, by mail", context.clock.now())
    if reply.stored.reading is not None and (said.meant or len(reply.needs) == 1):
        said = replace(said, outcome=_decided(said.outcome, reading))
    if again and await _added(reply, said):
        return
    if not again and await _ask_back(reply, said):
        return
    if not said.outcome.held and reading.kind not in MACHINES:
        await _do(reply, said)
    await _done(reply, said.meant, said.outcome.held)


async def unanswered(context: Context, lease: Lease, stored: StoredAnswer, about: SentLetter) -> None:
    """A fellow was asked what is meant, and has not said: a moderator looks."""
    assert stored.reading is not None
    reply = await _reply(context, lease, stored, stored.reading, about)
    meant = reply.needs[:1] if len(reply.needs) == 1 else []
    await _done(reply, meant, f"{stored.hold}; the fellow was asked, and has not said")


async def _done(reply: Reply, meant: Sequence[StoredNeed], held: str) -> None:
    desk = Desk(reply.context, reply.context.clock.now())
    seen = desk.held_answer(reply.stored, reply.reading, held, reply.source, next(iter(meant), None)) if held else ()
    await _applied(reply, await desk.letters(*seen), held)


async def _applied(reply: Reply, letters: Sequence[Letter] = (), held: str = "", look_at: datetime | None = None) -> None:
    """Write that the reply was acted on, or is held."""
    now = reply.context.clock.now()
    await reply.context.cases.answered(reply.lease, reply.reading, None, None, None, letters, held, now, look_at=look_at)


async def _heard(reply: Reply, post: Post) -> Said:
    meant = which(reply.needs, reply.reading.words, reply.one)
    correction = await _read(reply.context, post, meant or reply.needs, several=len(meant) > 1)
    if not meant and correction.ends and not speaks_of_some(reply.reading.words):
        meant = tuple(reply.needs)  # "placed, thanks" in answer to the note of the whole post
    outcome = after_fellow(reply.reading, correction, reply.trusted, bool(meant))
    if post.unreadable:  # nothing of it was understood that could be asked about
        outcome = replace(outcome, unclear=None)
    return Said(post, correction, meant, outcome)


async def _do(reply: Reply, said: Said) -> None:
    """End the needs that are meant, or put them right."""
    context = reply.context
    if said.outcome.need is not None:
        decided = Correction(ends=said.outcome.need, because=f"a moderator decided: {reply.reading.kind}")
        await end_all(context, said.meant, said.correction if said.correction.ends else decided, "fellow")
        return
    for need in said.meant:
        correction = said.correction if need is said.meant[0] else await _read(context, said.post, [need], several=True)
        await put_right(context, reply.source, need, correction, "fellow", nth=reply.stored.id)


async def _asked_back(reply: Reply) -> list[StoredAnswer]:
    """Earlier words whose meaning the fellow was asked for, and which these may explain: not those about another need."""
    either = {None, reply.one}
    return [a for a, one in await _waiting(reply, AnswerState.ASKED_BACK) if reply.one is None or one in either]


async def _waiting(reply: Reply, *states: AnswerState) -> list[tuple[StoredAnswer, int | None]]:
    """Other answers to letters about the post that wait, each with the one need that it was about."""
    every = [(a, a.answer.answers) for state in states for a in await reply.context.cases.answers(state)]
    return [(a, _one(about)) for a, about in every if about and about.post == reply.source.id and a.id != reply.stored.id]


async def _said_before(reply: Reply) -> bool:
    """The same words about the same need as an answer that waits already: one question, and one look, is enough.

    Words of which it is sure who wrote them do not stop at the same ones of which it is not.
    """
    words, new = " ".join(reply.reading.words.split()), reply.stored.answer
    return bool(words) and any(
        one == reply.one and a.reading and words == " ".join(a.reading.words.split())
        for a, one in await _waiting(reply, AnswerState.ASKED_BACK, AnswerState.HELD)
        if a.answer.author.email == new.author.email and (a.answer.trusted or not new.trusted)
    )


async def _ask_back(reply: Reply, said: Said) -> bool:
    """Ask the fellow what is meant: once for each post, while help is looked for and a letter is left; whether it was done."""
    context, fellow = reply.context, reply.source.post.author.email
    open_needs = [n for n in reply.needs if n.state not in ENDS]
    if not open_needs or said.outcome.unclear is None or context.identity.mode == "shadow" or reply.stored.reading is not None:
        return False
    told = await context.outbox.told(open_needs[0].id)
    if any(t.kind == "unclear" for t in told) or not fellow_has_room("unclear", fellow, told, open_needs[0].state):
        return False
    now, rules = context.clock.now(), context.rules().outreach
    until = waits_until([n.need for n in open_needs], rules.follow_up, rules, now, str(context.identity.zone))
    words = context.reader.redact(reply.reading.words)
    desk = Desk(context, now)
    letters = await desk.letters(desk.unclear(reply.source, reply.needs, said.outcome.unclear, words, until))
    await _applied(reply, letters, said.outcome.held, look_at=until)
    return True


async def _added(reply: Reply, said: Said) -> bool:
    """Open the need of a client whom the words plainly add to a post that was matched; whether it was done."""
    context, source, needs = reply.context, reply.source, reply.needs
    beside = said.meant[0] if said.meant else needs[0] if len(needs) == 1 else None
    if (
        said.outcome.unclear is not Unclear.FURTHER
        or beside is None
        or source.state is not PostState.MATCHED
        or source.reading is None  # emptied by retention
        or context.identity.mode == "shadow"
    ):
        return False
    now, zone = context.clock.now(), context.identity.zone
    day = (said.post.date or now).astimezone(zone).date()
    new = await asyncio.to_thread(context.reader.read_further, said.post, beside.need, day)
    if new is None or not still_ahead(new, today_in(now, zone)):
        return False
    desk = Desk(context, now)
    room = fellow_has_room("further", source.post.author.email, await context.outbox.told(beside.id), beside.state)
    letters = await desk.letters(desk.further(source, new, reply.stored.id)) if room else []
    words = f"[{now:%B} {now.day}:] {context.reader.redact(reply.reading.words)}"
    await context.cases.add_clients(reply.lease, reply.reading, source.id, [new], words, letters, now)
    return True


async def _read(context: Context, post: Post, needs: Sequence[StoredNeed], *, several: bool) -> Correction:
    """What the words say of the first of these needs; `several`: they speak of all of them."""
    if not needs:
        return Correction(doubt="the fellow answers about a post without a client")
    day = (post.date or context.clock.now()).astimezone(context.identity.zone).date()
    said = await asyncio.to_thread(context.reader.read_correction, post, needs[0].need, day)
    return replace(said, doubt="") if several and said.doubt == OTHER_CLIENTS else said


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
