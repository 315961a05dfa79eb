"""A need's waves: who is asked now, and when to look again. Decided in `domain`; written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from listbot.domain.follow_up import alarm_at, alarming, fellow_has_room, lead_since, reserves, settling, today_in
from listbot.domain.letters import LetterSpec
from listbot.domain.matching import Match, Shortlist
from listbot.domain.record import Seen, Waiting
from listbot.domain.states import NEED_OPEN, AskState, NeedState
from listbot.domain.waves import WavePlan, next_wave
from listbot.domain.wording import place_name
from listbot.domain.work import Lease, NewAsk, NewWave, Queue, StoredNeed, StoredPost, Told
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.fellow import leading
from listbot.pipeline.look import Look, look_at, misses, shared_out


async def first_waves(context: Context, lease: Lease) -> None:
    """Match every need of a post that was read, ask the first wave of each, and tell the fellow once."""
    post = await context.cases.post(lease.id)
    needs = [n for n in await context.cases.needs(post=post.id) if n.state in NEED_OPEN]
    desk = Desk(context, context.clock.now())
    looks = [await look_at(desk, post, need) for need in needs]
    taken, waves, lists = set[int](), list[NewWave](), shared_out(desk, looks)
    for look in looks:
        free = [m for m in lists[look.need.id] if m.taker_id not in taken]
        wave, _ = await _wave(desk, post, look, free)
        taken |= {a.match.taker_id for a in wave.asks}
        waves.append(wave)
    specs = desk.shadow(post, needs, waves) if context.identity.mode == "shadow" else [desk.note(post, needs, waves)]
    ids = await context.cases.asked(lease, waves, await desk.letters(*specs), desk.now)
    context.on_event(Event("matched", post.id, f"{len(needs)} needs, {len(ids)} asks"))
    context.wake(Queue.MAIL)


async def next_look(context: Context, lease: Lease) -> None:
    """A need is due: it expires, a reserve steps in, the next wave is asked, or the fellow is asked whether it is settled."""
    need = await context.cases.need(lease.id)
    post, desk = await context.cases.post(need.post), Desk(context, context.clock.now())
    if need.state is NeedState.OFFERED:
        await _ask_if_settled(desk, lease, post, need)
    elif need.state not in NEED_OPEN:
        await context.cases.asked(lease, [_resting(need, None)], (), desk.now)
    elif need.need.deadline and need.need.deadline.date < today_in(desk.now, context.identity.zone):
        await _expire(desk, post, need)
    elif not await _reserve_steps_in(desk, lease, post, need):
        await _next_wave(desk, lease, post, need)
    context.wake(Queue.MAIL)


def _resting(need: StoredNeed, next_at: datetime | None) -> NewWave:
    return NewWave(need=need.id, asks=(), shortlist=Shortlist(), state=need.state, wave=need.wave, next_at=next_at)


async def _ask_if_settled(desk: Desk, lease: Lease, post: StoredPost, need: StoredNeed) -> None:
    context, rules = desk.context, desk.context.rules().outreach
    since = lead_since(need, await context.cases.asks(need=need.id), desk.now)
    told = await context.outbox.told(need.id)
    before = sum(t.kind == "settled" and t.at >= since for t in told)
    plan = settling(since, before, rules.follow_up, rules, desk.now, context.identity.zone)
    specs: list[LetterSpec] = []
    if plan.ask and context.identity.mode != "shadow" and fellow_has_room("settled", post.post.author.email, told, need.state):
        taker, nth = await leading(context, need), f"{since:%Y%m%d%H%M%S}:{before}"
        specs = [desk.news("settled", post, need, 0, taker=taker, nth=nth)]
    await context.cases.asked(lease, [_resting(need, plan.next_at)], await desk.letters(*specs), desk.now)


async def _expire(desk: Desk, post: StoredPost, need: StoredNeed) -> None:
    context, asked = desk.context, await _asked_so_far(desk, need)
    told = await context.outbox.told(need.id)
    may = fellow_has_room("expired", post.post.author.email, told, need.state)
    letters = await desk.letters(desk.news("expired", post, need, asked, nth=_day(need))) if may else []
    await context.cases.close_need(need.id, NeedState.EXPIRED, "listbot", "the deadline has passed", letters, desk.now)


async def _reserve_steps_in(desk: Desk, lease: Lease, post: StoredPost, need: StoredNeed) -> bool:
    """After a hand-back the first who said yes and can still be written to leads; fellow and taker are introduced."""
    context = desk.context
    for asked in reserves(await context.cases.asks(need=need.id), None):
        entry = await context.registry.taker(asked.email)
        if entry is None or entry.standing.opted_out_at or entry.standing.bounced_at:
            continue
        letters = await desk.letters(desk.introduced(post, need, asked, entry.taker, await context.outbox.told(need.id)))
        await context.cases.lead(lease, asked.id, letters, desk.now)
        context.on_event(Event("stepped in", need.id))
        return True
    return False


async def _next_wave(desk: Desk, lease: Lease, post: StoredPost, need: StoredNeed) -> None:
    context, follow_up = desk.context, desk.context.rules().outreach.follow_up
    await context.cases.fall_silent(need.id, desk.now - timedelta(days=follow_up.silent_days), desk.now)
    look = await look_at(desk, post, need)
    wave, plan = await _wave(desk, post, look, look.open_to)
    told = await context.outbox.told(need.id)
    asked, fellow = await _asked_so_far(desk, need), post.post.author.email
    specs: list[LetterSpec] = []
    may = context.identity.mode != "shadow"
    if plan.exhausted and may and not any(t.kind == "nobody" for t in told):
        specs += _nobody(desk, post, look, asked, fellow_has_room("nobody", fellow, told, need.state))
    if alarming(need.need, follow_up, context.rules().outreach, desk.now) and may:
        told += [Told(recipient=spec.to.email, kind=spec.template, at=desk.now) for spec in specs]
        specs += _alarms(desk, post, look, asked, fellow_has_room("alarm", fellow, told, need.state))
    alarm = alarm_at(need.need, follow_up, context.rules().outreach, desk.now)
    wave = replace(wave, next_at=min(filter(None, [wave.next_at, alarm]), default=None))
    ids = await context.cases.asked(lease, [wave], await desk.letters(*specs), desk.now)
    context.on_event(Event("asked", need.id, f"wave {wave.wave}, {len(ids)} asks"))


def _nobody(desk: Desk, post: StoredPost, look: Look, asked: int, fellow_too: bool) -> list[LetterSpec]:
    """Everybody who may be asked has been: the fellow hears where else to turn, moderators who was nearest and why not."""
    need = look.need
    what = f"Nobody is left to ask about need {need.id}"
    specs = desk.trouble(f"nobody:{need.id}", what, _seen(desk, post, look, asked), "look whom else to ask")
    return [*specs, desk.news("nobody", post, need, asked)] if fellow_too else specs


def _alarms(desk: Desk, post: StoredPost, look: Look, asked: int, fellow_too: bool) -> list[LetterSpec]:
    """The day is near and nobody has said yes: once for each deadline a need has had."""
    need = look.need
    if not need.wave and not asked:  # it came so late that the note said everything
        fellow_too = False
    day = _day(need)
    what = f"Nobody has taken need {need.id}, due {day}"
    specs = desk.trouble(f"alarm:{need.id}:{day}", what, _seen(desk, post, look, asked), "look whom else to ask")
    return [*specs, desk.news("alarm", post, need, asked, nth=day)] if fellow_too else specs


def _seen(desk: Desk, post: StoredPost, look: Look, asked: int) -> list[str]:
    """What a moderator should know of a need without a taker, a line each."""
    places = [place_name(place) for place in look.need.need.places]
    near = [f"nearest miss: {miss.email}, {miss.because}" for miss in misses(desk, post, look)]
    return [f"{asked} asked so far", *places, *near]


def _day(need: StoredNeed) -> str:
    return need.need.deadline.date.isoformat() if need.need.deadline else "any"


async def _asked_so_far(desk: Desk, need: StoredNeed) -> int:
    return sum(a.state is not AskState.WITHDRAWN for a in await desk.context.cases.asks(need=need.id))


async def _wave(desk: Desk, post: StoredPost, look: Look, open_to: Sequence[Match]) -> tuple[NewWave, WavePlan]:
    """The next wave of one need, out of those who are free for it."""
    context, need = desk.context, look.need
    rules, shadow = context.rules(), context.identity.mode == "shadow"
    waiting = [a for a in look.earlier if a.state in (AskState.QUEUED, AskState.SENT)]
    plan = next_wave(open_to, need.need, waiting, need.wave, rules, desk.now, context.identity.zone)
    letters = () if shadow else await desk.letters(*(desk.ask(post, need, m) for m in plan.matches))
    asks = tuple(NewAsk(match=m, letter=letter) for m, letter in zip(plan.matches, letters, strict=False))
    wave = NewWave(
        need=need.id,
        asks=asks,
        chosen=tuple(m.taker_id for m in plan.matches),
        seen=Seen(
            need=need.need,
            author=post.post.author,
            candidates=tuple(look.candidates),
            asked=look.asked,
            seed=need.id,
            order=tuple(m.taker_id for m in open_to),
            waves=need.wave,
            waiting=tuple(Waiting(a.chance, a.sent_at) for a in waiting),
            zone=str(context.identity.zone),
            rules={} if rules.version else rules.files,
        ),
        shortlist=look.listed,
        state=NeedState.CLOSED if shadow else NeedState.ASKING if asks or look.earlier else NeedState.OPEN,
        wave=need.wave + bool(plan.matches),
        next_at=None if shadow else plan.next_at,
        why="shadow mode: nobody was asked" if shadow else plan.why,
    )
    return wave, plan
