"""A need's waves: who is asked now, and when to look again. Decided in `domain`; written in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from listbot.domain.follow_up import FELLOW_MAILS, affordable, alarm_at, alarming, lead_since, reserves, settling, today_in
from listbot.domain.letters import LetterSpec
from listbot.domain.matching import Match, Shortlist
from listbot.domain.shortlist import shortlist
from listbot.domain.states import NEED_OPEN, AnswerKind, AskState, NeedState
from listbot.domain.threads import named
from listbot.domain.waves import WavePlan, next_wave
from listbot.domain.work import Lease, NewAsk, NewWave, Queue, StoredNeed, StoredPost
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.fellow import leading


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
    if plan.ask and context.identity.mode != "shadow" and affordable("settled", post.post.author.email, told, FELLOW_MAILS):
        taker, nth = await leading(context, need), f"{since:%Y%m%d%H%M%S}:{before}"
        specs = [desk.news("settled", post, need, 0, taker=taker, nth=nth)]
    await context.cases.asked(lease, [_resting(need, plan.next_at)], desk.letters(*specs), desk.now)


async def _expire(desk: Desk, post: StoredPost, need: StoredNeed) -> None:
    context, asked = desk.context, await _asked_so_far(desk, need)
    told = await context.outbox.told(need.id)
    may = affordable("expired", post.post.author.email, told, FELLOW_MAILS)
    letters = desk.letters(desk.news("expired", post, need, asked, nth=_day(need))) if may else []
    await context.cases.close_need(need.id, NeedState.EXPIRED, "listbot", "the deadline has passed", letters, desk.now)


async def _reserve_steps_in(desk: Desk, lease: Lease, post: StoredPost, need: StoredNeed) -> bool:
    """After a hand-back the first who said yes and can still be written to leads; fellow and taker are introduced."""
    context = desk.context
    for asked in reserves(await context.cases.asks(need=need.id), None):
        entry = await context.registry.taker(asked.email)
        if entry is None or entry.standing.opted_out_at or entry.standing.bounced_at:
            continue
        letters = desk.letters(desk.introduction(post, need, asked, entry.taker.name))
        await context.cases.lead(lease, asked.id, letters, desk.now)
        context.on_event(Event("stepped in", need.id))
        return True
    return False


async def _next_wave(desk: Desk, lease: Lease, post: StoredPost, need: StoredNeed) -> None:
    context, follow_up = desk.context, desk.context.rules().outreach.follow_up
    await context.cases.fall_silent(need.id, desk.now - timedelta(days=follow_up.silent_days), desk.now)
    wave, plan = await _wave(desk, post, need, busy=frozenset())
    told = await context.outbox.told(need.id)
    asked, fellow = await _asked_so_far(desk, need), post.post.author.email
    specs: list[LetterSpec] = []
    may = context.identity.mode != "shadow"
    if plan.exhausted and may and not any(t.kind == "nobody" for t in told) and affordable("nobody", fellow, told, FELLOW_MAILS):
        specs.append(desk.news("nobody", post, need, asked))
    if alarming(need.need, follow_up, context.rules().outreach, desk.now) and may:
        specs += _alarms(desk, post, need, asked, affordable("alarm", fellow, told, FELLOW_MAILS - len(specs)))
    alarm = alarm_at(need.need, follow_up, context.rules().outreach, desk.now)
    wave = replace(wave, next_at=min(filter(None, [wave.next_at, alarm]), default=None))
    ids = await context.cases.asked(lease, [wave], desk.letters(*specs), desk.now)
    context.on_event(Event("asked", need.id, f"wave {wave.wave}, {len(ids)} asks"))


def _alarms(desk: Desk, post: StoredPost, need: StoredNeed, asked: int, fellow_too: bool) -> list[LetterSpec]:
    """The day is near and nobody has said yes: once for each deadline a need has had."""
    if not need.wave and not asked:  # it came so late that the note said everything
        fellow_too = False
    day = _day(need)
    details = [f"{asked} asked so far", *(f"{p.city or p.text}, {p.state}" for p in need.need.places)]
    what = f"Nobody has taken need {need.id}, due {day}"
    specs = desk.trouble(f"alarm:{need.id}:{day}", what, details, "look whom else to ask")
    return [*specs, desk.news("alarm", post, need, asked, nth=day)] if fellow_too else specs


def _day(need: StoredNeed) -> str:
    return need.need.deadline.date.isoformat() if need.need.deadline else "any"


async def _asked_so_far(desk: Desk, need: StoredNeed) -> int:
    return sum(a.state is not AskState.WITHDRAWN for a in await desk.context.cases.asks(need=need.id))


async def _wave(desk: Desk, post: StoredPost, need: StoredNeed, busy: Collection[int]) -> tuple[NewWave, WavePlan]:
    """The next wave of one need. `busy` are takers already asked about another need of the same post."""
    context, now = desk.context, desk.now
    rules, shadow = context.rules(), context.identity.mode == "shadow"
    candidates = await context.registry.candidates(need.need, now)
    earlier = await context.cases.asks(need=need.id)
    asked = {a.taker for a in earlier if a.state is not AskState.WITHDRAWN} | await _left_out(context, need)
    listed = shortlist(need.need, post.post.author, candidates, rules, now, already_asked=asked, seed=need.id)
    open_to = await _referred_first(context, need, [m for m in listed.matches if m.taker_id not in busy])
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


async def _left_out(context: Context, need: StoredNeed) -> set[int]:
    """Those whom a moderator left out."""
    changes = await context.cases.changes(Queue.NEED, need.id)
    return {int(str(c.detail["taker"])) for c in changes if c.what == "left somebody out"}


async def _referred_first(context: Context, need: StoredNeed, matches: Sequence[Match]) -> Sequence[Match]:
    """Whoever was named by somebody asked ("not me, ask X") comes first, if X may be asked at all."""
    answers = await context.cases.answers(need=need.id)
    names = [a.reading.refer_to for a in answers if a.kind is AnswerKind.REFER and a.reading and a.reading.refer_to]
    if not names:
        return matches
    first = [m for m in matches if any(named(m.email, m.name, who) for who in names)]
    return [*first, *(m for m in matches if m not in first)]
