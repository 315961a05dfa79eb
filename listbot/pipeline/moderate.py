"""What a moderator decides, done: posts released or dropped; needs corrected, hurried, ended; people added or left out."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime

from listbot.domain.desk import Correction
from listbot.domain.eligibility import searched
from listbot.domain.errors import LostLease, Refused, WorkFailed
from listbot.domain.matching import Match, Shortlist
from listbot.domain.reading import Kind, Need
from listbot.domain.registry import outdated
from listbot.domain.shortlist import shortlist
from listbot.domain.states import NEED_OPEN, NeedState, PostState, ProposalState, Refusal
from listbot.domain.work import NewAsk, NewWave, Queue, StoredNeed, StoredPost
from listbot.pipeline import closing
from listbot.pipeline.capacity import changed
from listbot.pipeline.context import LEASE
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.office import Office


async def release(office: Office, post: StoredPost, needs: Sequence[Need], who: str) -> None:
    """A held post is acted on with these needs, which may differ from those that were read: then it is a correction."""
    if not needs:
        raise WorkFailed(f"post {post.id}: no client was made out in it; say where help is needed and release it then")
    context, now = office.context, office.context.clock.now()
    await _decided(office, post, context.cases.release(post.id, needs, who, now))
    await _keep(office, post, Kind.REFERRAL, needs, who, now)
    context.wake(Queue.POST)


async def drop(office: Office, post: StoredPost, who: str, why: str) -> None:
    """A held post is left alone."""
    now = office.context.clock.now()
    await _decided(office, post, office.context.cases.drop(post.id, who, why, now))
    kind = post.reading.kind if post.reading and post.reading.kind is not Kind.REFERRAL else Kind.OTHER
    await _keep(office, post, kind, (), who, now)


async def take_back(office: Office, post: int, who: str) -> None:
    """A drop is undone, and with it the labelled example that it was."""
    context = office.context
    dropped_at = await context.cases.take_back(post, who, context.clock.now())
    await office.drafts.forget_correction(post, dropped_at)


async def settle_proposal(office: Office, post: int, state: ProposalState, who: str) -> None:
    """A moderator confirms on somebody's behalf what they wrote on the list of their own room, or leaves their entry as it is."""
    context, now = office.context, office.context.clock.now()
    proposal = await context.proposals.proposal(post)
    entry = await office.insight.taker(proposal.taker, now) if proposal else None
    if proposal is None or entry is None:
        raise WorkFailed(f"post {post} proposes no change to anybody's entry")
    against = outdated(proposal, entry)
    if state is ProposalState.CONFIRMED and against:
        raise Refused(Refusal.MOVE, f"this cannot be confirmed for them: {against}")
    after = changed(entry.taker, proposal.slots, proposal.until) if state is ProposalState.CONFIRMED else None
    await context.proposals.settle(post, state, who, now, entry=after)


async def _decided(office: Office, post: StoredPost, deciding: Awaitable[object]) -> None:
    """Say who was faster, where somebody was."""
    try:
        await deciding
    except Refused as error:
        changes = await office.context.cases.changes(Queue.POST, post.id)
        last = next((c for c in reversed(changes) if "@" in c.who), None)
        by = f" ({last.what} by {last.who})" if last else ""
        raise Refused(error.reason, f"post {post.id} was decided already{by}") from error


async def _keep(office: Office, post: StoredPost, kind: Kind, needs: Sequence[Need], who: str, now: datetime) -> None:
    """The decision as a labelled example."""
    before = post.reading
    kept = Correction(
        post=post.id,
        at=now,
        who=who,
        kind_before=before.kind if before else None,
        kind_after=kind,
        before=before.needs if before else (),
        after=tuple(needs),
    )
    await office.drafts.keep_correction(kept)


async def correct(office: Office, need: StoredNeed, corrected: Need, who: str) -> None:
    """A need under way is corrected: the search goes on from what is right; those asked already are not asked again."""
    context, now = office.context, office.context.clock.now()
    if corrected == need.need:
        return
    await context.cases.correct(need.id, corrected, who, "a moderator corrected what was read", now)
    post = await context.cases.post(need.post)
    others = await context.cases.needs(post=need.post)
    await _keep(office, post, Kind.REFERRAL, [corrected if n.id == need.id else n.need for n in others], who, now)
    context.wake(Queue.NEED)


async def hurry(office: Office, need: int, who: str) -> None:
    """The next wave is planned now."""
    now = office.context.clock.now()
    await office.context.cases.reschedule(need, now, who, "the next wave now", now)
    office.context.wake(Queue.NEED)


async def pause(office: Office, need: int, until: datetime, who: str) -> None:
    """Nobody further is asked until then."""
    now = office.context.clock.now()
    await office.context.cases.reschedule(need, until, who, "paused", now)


async def end(office: Office, need: int, state: NeedState, who: str, why: str) -> None:
    """Placed, closed, or with ASKING handed back: the search begins again."""
    context = office.context
    if state is NeedState.ASKING or not await closing.end(context, await context.cases.need(need), state, who, why):
        await context.cases.close_need(need, state, who, why, (), context.clock.now())
    office.context.wake(Queue.NEED)


async def shortlist_now(office: Office, need: StoredNeed, post: StoredPost) -> Shortlist:
    """The shortlist as the rules in force make it at this moment."""
    context, now = office.context, office.context.clock.now()
    candidates = await context.registry.candidates(searched(need.need, context.rules()), now)
    asked = {a.taker for a in await context.cases.asks(need=need.id)}
    return shortlist(need.need, post.post.author, candidates, context.rules(), now, already_asked=asked, seed=need.id)


async def ask_person(office: Office, need: StoredNeed, taker: int, who: str) -> None:
    """One person is asked now, out of turn. The hard limits hold for moderators too."""
    context, now = office.context, office.context.clock.now()
    if need.state not in NEED_OPEN:
        raise Refused(Refusal.NEED_DONE, f"need {need.id} is {need.state}: nobody is asked any more")
    if context.identity.mode == "shadow":
        raise Refused(Refusal.MOVE, "in mode shadow nobody is asked")
    post = await context.cases.post(need.post)
    listed = await shortlist_now(office, need, post)
    match = next((m for m in listed.matches if m.taker_id == taker), None)
    if match is None:
        against = next((e for e in listed.excluded if e.taker_id == taker), None)
        raise WorkFailed(f"{against.email}: {against.because}" if against else "this person does not come into question here")
    next_at = need.next_at or now
    await context.cases.reschedule(need.id, now, who, f"asks {match.email} out of turn", now)
    lease = await context.work.claim(Queue.NEED, need.id, now, LEASE)
    if lease is None:
        raise LostLease(f"need {need.id} is being planned at this moment; try again")
    desk = Desk(context, now)
    ask = NewAsk(match=match, letter=(await desk.letters(desk.ask(post, need, match)))[0])
    wave = NewWave(
        need=need.id,
        asks=(ask,),
        shortlist=listed,
        state=NeedState.ASKING,
        wave=max(1, need.wave),
        next_at=next_at,
        why=f"{who} asked one person out of turn",
    )
    await context.cases.asked(lease, [wave], (), now)
    context.wake(Queue.MAIL)


async def leave_out(office: Office, need: StoredNeed, match: Match, who: str, why: str) -> None:
    """One person is not asked about this need."""
    await office.context.cases.leave_out(need.id, match, who, why, office.context.clock.now())


def held(post: StoredPost) -> bool:
    """Whether a post waits for a moderator's decision."""
    return post.state in (PostState.HELD, PostState.SET_ASIDE, PostState.UNREADABLE)


def fewer(need: Need, **changes: object) -> Need:
    """A need with some of its values replaced, sure of what a person said."""
    return replace(need, confidence=1.0, **changes)  # type: ignore[arg-type]
