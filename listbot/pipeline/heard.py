"""The list is heard: a plea again, "placed", help offered, capacity, a new date; whatever is done may be done twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from listbot.domain.conversation import ENDS
from listbot.domain.corrections import Correction, still_ahead
from listbot.domain.errors import Refused
from listbot.domain.follow_up import today_in
from listbot.domain.mail import Channel, Post
from listbot.domain.reading import Kind, Need, Reading
from listbot.domain.states import NEED_OPEN, AnswerKind, NeedState, PostState
from listbot.domain.threads import Repeat, bumps, news_of, repeat, repeats, same_person, thread
from listbot.domain.urgency import quiet_hours
from listbot.domain.work import Letter, Queue, StoredNeed, StoredPost
from listbot.pipeline import capacity
from listbot.pipeline.closing import end_all
from listbot.pipeline.context import Context
from listbot.pipeline.fellow import put_right

RECENT = timedelta(days=45)
"""How long ago a plea may have been posted that a message without a reference speaks of."""

LONG = timedelta(days=400)
"""How long ago a plea may have been posted that a bump of its subject joins, where it is still open."""

OFFERS = frozenset({AnswerKind.YES, AnswerKind.MAYBE, AnswerKind.PLACED})


@dataclass(frozen=True, slots=True)
class Heard:
    """What listening did. `joined`: the post is an earlier one again; `doubt` says why a moderator should look."""

    joined: bool = False
    doubt: str = ""
    letters: tuple[Letter, ...] = ()


async def listen(context: Context, stored: StoredPost, post: Post, reading: Reading) -> Heard:
    """Act on a post of the list in the light of earlier ones. Only what came through the list without a doubt is heard."""
    if stored.post.channel is not Channel.LIST or stored.post.reason:
        return Heard()
    if reading.kind is Kind.OFFER:
        return Heard(letters=tuple(await capacity.proposed(context, stored, post)))
    if reading.kind is Kind.ANNOUNCEMENT:
        return Heard()
    recent = await _recent(context, stored)
    in_thread = thread(stored, await context.cases.find_posts(stored.post.references), recent)
    own = [p for p in (in_thread or recent) if same_person(p.post.author, stored.post.author)]
    if reading.kind is Kind.REFERRAL:
        heard = await _again(context, own, reading, in_thread=bool(in_thread))
        if heard.joined or heard.doubt:
            return heard
        return await _again(context, await _open_still(context, stored, reading), reading, in_thread=True)
    if reading.kind is Kind.PLACED and (mine := await _open_needs(context, own, single=not in_thread)):
        meant = _named(mine, f"{stored.post.subject}\n{reading.redacted_text}")
        placed = Correction(ends=NeedState.PLACED, because="its poster said on the list that it is placed")
        await end_all(context, meant, placed, "fellow")
    elif in_thread and own:
        await _poster_adds(context, own[0], post, stored.id)
    elif in_thread:
        await _somebody_offers(context, in_thread[0], post, reading)
    context.wake(Queue.NEED)
    return Heard()


async def _recent(context: Context, stored: StoredPost, within: timedelta = RECENT) -> list[StoredPost]:
    since = stored.post.posted_at - within
    pleas = await context.cases.posts(PostState.MATCHED, limit=300)
    return [p for p in pleas if p.id != stored.id and p.post.posted_at > since]


async def _open_still(context: Context, stored: StoredPost, reading: Reading) -> list[StoredPost]:
    """Older pleas of the same person under the same subject that a bump speaks of, whose needs are not over.

    One whose needs are over is a plea of its own when it is posted again: whoever was asked months ago may be asked anew.
    """
    if not bumps(stored.post.subject, reading.redacted_text):
        return []
    older = thread(stored, (), await _recent(context, stored, LONG))
    own = [p for p in older if same_person(p.post.author, stored.post.author)]
    return [p for p in own if all(n.state not in ENDS for n in await context.cases.needs(post=p.id))]


async def _again(context: Context, own: Sequence[StoredPost], reading: Reading, *, in_thread: bool) -> Heard:
    """A plea by somebody who has pleaded before: the same again wakes it, and brings what is new."""
    for earlier in own:
        known = await context.cases.needs(post=earlier.id)
        before = earlier.reading.redacted_text if earlier.reading else ""
        found = repeat(reading, known, before, in_thread=in_thread)
        if found is Repeat.DOUBT:
            return Heard(doubt=f"it may be the plea of post {earlier.id} again")
        if found is Repeat.SAME:
            pairs = repeats(reading.needs, known) or {}
            for need in known:
                if not pairs or need.id in pairs:
                    await _wake(context, earlier, need, pairs)
            return Heard(joined=True)
    return Heard()


async def _wake(context: Context, earlier: StoredPost, need: StoredNeed, pairs: dict[int, Need]) -> None:
    said = news_of(pairs[need.id], need.need) if need.id in pairs else Correction()
    if need.state in ENDS or not still_ahead(need.need, today_in(context.clock.now(), context.identity.zone)):
        said = Correction(dates=said.dates, detained=said.detained, reopens=True)
    if said.says_something or said.reopens:
        await put_right(context, earlier, need, said, "fellow", nth="bump", tell=False)
    elif need.state in NEED_OPEN:
        await _look(context, need, timedelta(0), "asked for again on the list")


async def _look(context: Context, need: StoredNeed, pause: timedelta, why: str) -> None:
    """Look at a need again after so many working hours."""
    now, rules = context.clock.now(), context.rules().outreach
    at = quiet_hours(rules).after(now, pause.total_seconds() / 3600, str(context.identity.zone)) if pause else now
    try:
        await context.cases.reschedule(need.id, at, "listbot", why, now)
    except Refused:
        return  # it was settled this moment


async def _open_needs(context: Context, posts: Sequence[StoredPost], *, single: bool) -> list[StoredNeed]:
    """The needs of the likeliest post that are not over; with `single` only where no other of the posts has such."""
    found = [[n for n in await context.cases.needs(post=p.id) if n.state not in ENDS] for p in posts]
    found = [needs for needs in found if needs]
    return [] if not found or (single and len(found) > 1) else found[0]


def _named(needs: list[StoredNeed], words: str) -> list[StoredNeed]:
    """Of several needs of one post those whose place is named; all where none is."""
    said = words.casefold()
    named = [n for n in needs if any(re.search(rf"\b{re.escape(p.text.casefold())}\b", said) for p in n.need.places)]
    return named or needs


async def _poster_adds(context: Context, earlier: StoredPost, post: Post, nth: int) -> None:
    """In the thread of a plea its poster withdraws it, or names another date."""
    for need in await context.cases.needs(post=earlier.id):
        day = (post.date or context.clock.now()).date()
        said = await asyncio.to_thread(context.reader.read_correction, post, need.need, day)
        if said.doubt or need.state in ENDS:
            continue
        if said.ends is not None:
            await end_all(context, [need], said, "fellow")
        elif said.dates:
            await put_right(context, earlier, need, Correction(dates=said.dates), "fellow", nth=f"list{nth}", tell=False)


async def _somebody_offers(context: Context, earlier: StoredPost, post: Post, reading: Reading) -> None:
    """Somebody else answers on the list: where help is offered, nobody new is asked for a while."""
    if reading.kind not in (Kind.RESPONSE, Kind.PLACED):
        return
    answer = await asyncio.to_thread(context.reader.read_answer, post, context.clock.now())
    if answer.kind not in OFFERS:
        return
    pause = timedelta(hours=context.rules().outreach.follow_up.heard_hours)
    for need in await context.cases.needs(post=earlier.id):
        if need.state in NEED_OPEN:
            await _look(context, need, pause, "somebody offered help on the list")
