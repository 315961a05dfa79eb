"""A need's waves: who is asked now, and when to look again. Decided in `domain`; written in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from listbot.domain.matching import Shortlist
from listbot.domain.shortlist import shortlist
from listbot.domain.states import NEED_OPEN, AskState, NeedState
from listbot.domain.waves import WavePlan, next_wave
from listbot.domain.work import Lease, NewAsk, NewWave, Queue, StoredNeed, StoredPost
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk

SILENT_AFTER = timedelta(days=4)
"""An ask without an answer for so long is taken for silence: nearly all answers come within a day."""


async def first_waves(context: Context, lease: Lease) -> None:
    """Match every need of a post that was read, ask the first wave of each, and tell the fellow once."""
    post = await context.cases.post(lease.id)
    needs = [n for n in await context.cases.needs(post=post.id) if n.state in NEED_OPEN]
    desk = Desk(context, context.clock.now())
    taken, waves = set[int](), list[NewWave]()
    for need in needs:
        wave, _ = await _wave(desk, post, need, busy=taken)
        taken |= {a.match.taker_id for a in wave.asks}
        waves.append(wave)
    specs = desk.shadow(post, needs, waves) if context.identity.mode == "shadow" else [desk.note(post, needs, waves)]
    ids = await context.cases.asked(lease, waves, desk.letters(*specs), desk.now)
    context.on_event(Event("matched", post.id, f"{len(needs)} needs, {len(ids)} asks"))
    context.wake(Queue.MAIL)


async def next_look(context: Context, lease: Lease) -> None:
    """A need is due: close it when its deadline has passed, else ask the next wave, or say that nobody is left."""
    need = await context.cases.need(lease.id)
    post, desk = await context.cases.post(need.post), Desk(context, context.clock.now())
    if need.state not in NEED_OPEN:
        resting = NewWave(need=need.id, asks=(), shortlist=Shortlist(), state=need.state, wave=need.wave, next_at=None)
        await context.cases.asked(lease, [resting], (), desk.now)
        return
    deadline, today = need.need.deadline, desk.now.astimezone(context.identity.zone).date()
    if deadline and deadline.date < today:
        asked = len(await context.cases.asks(need=need.id))
        letters = desk.letters(desk.news("expired", post, need, asked))
        await context.cases.close_need(need.id, NeedState.EXPIRED, "listbot", "the deadline has passed", letters, desk.now)
    else:
        await context.cases.fall_silent(need.id, desk.now - SILENT_AFTER, desk.now)
        wave, plan = await _wave(desk, post, need, busy=frozenset())
        asked = len(await context.cases.asks(need=need.id))
        letters = desk.letters(desk.news("nobody", post, need, asked)) if plan.exhausted else []
        ids = await context.cases.asked(lease, [wave], letters, desk.now)
        context.on_event(Event("asked", need.id, f"wave {wave.wave}, {len(ids)} asks"))
    context.wake(Queue.MAIL)


async def _wave(desk: Desk, post: StoredPost, need: StoredNeed, busy: Collection[int]) -> tuple[NewWave, WavePlan]:
    """The next wave of one need. `busy` are takers already asked about another need of the same post."""
    context, now = desk.context, desk.now
    rules, shadow = context.rules(), context.identity.mode == "shadow"
    candidates = await context.registry.candidates(need.need, now)
    earlier = await context.cases.asks(need=need.id)
    asked = {a.taker for a in earlier}
    listed = shortlist(need.need, post.post.author, candidates, rules, now, already_asked=asked, seed=need.id)
    open_to = [m for m in listed.matches if m.taker_id not in busy]
    waiting = [a for a in earlier if a.state in (AskState.QUEUED, AskState.SENT)]
    plan = next_wave(open_to, need.need, waiting, need.wave, rules, now, context.identity.zone)
    letters = () if shadow else desk.letters(*(desk.ask(post, need, m) for m in plan.matches))
    asks = tuple(NewAsk(match=m, letter=letter) for m, letter in zip(plan.matches, letters, strict=False))
    wave = NewWave(
        need=need.id,
        asks=asks,
        shortlist=listed,
        state=NeedState.CLOSED if shadow else NeedState.ASKING if asks or earlier else NeedState.OPEN,
        wave=need.wave + bool(plan.matches),
        next_at=None if shadow else plan.next_at,
        why="shadow mode: nobody was asked" if shadow else plan.why,
    )
    return wave, plan
