"""Arrivals are kept before anybody looks inside; then a message becomes posts, or an answer, or is set aside."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from listbot.domain.errors import Never
from listbot.domain.mail import Arrival, Channel, Cursor, Post
from listbot.domain.states import MessageState, PostState
from listbot.domain.trust import Route, aligned, machine, route
from listbot.domain.work import Lease, NewAnswer, NewPost, Queue
from listbot.pipeline.context import Context, Event
from listbot.pipeline.correspondence import Desk
from listbot.pipeline.ports import Keep, Source

log = logging.getLogger(__name__)

LOOK_SECONDS, BEAT_SECONDS = 1.0, 15.0
"""How often a source's state is looked at, and written down where it has not changed."""

_FOOTER = re.compile(
    r"^(?:_{20,}|#{20,}|-{20,}|-- ?|You received this message because you are subscribed to .*|To unsubscribe .*)$", re.MULTILINE
)
_REPLY_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|aw|rv|tr)\s*:\s*)+", re.IGNORECASE)


def keeper(context: Context) -> Keep:
    """The function that sources hand their arrivals to."""

    async def keep(arrivals: Sequence[Arrival], cursor: Cursor | None) -> None:
        new = await context.journal.keep(arrivals, cursor, context.clock.now())
        for message in new:
            context.on_event(Event("kept", message))
        if new:
            context.wake(Queue.MESSAGE)

    return keep


async def follow(context: Context, source: Source, stop: asyncio.Event) -> None:
    """Keep what a source brings until `stop`; one that cannot work for good is reported and leaves the others alone."""
    beating = asyncio.create_task(_tell(context, source))
    try:
        await source.run(await context.journal.cursor(source.name), keeper(context), stop)
    except Never as error:
        log.error("%s has stopped: %s", source.name, error)
        await stop.wait()
    finally:
        beating.cancel()


async def _tell(context: Context, source: Source) -> None:
    """Write down how a source is doing: at once when that changes, else now and then, as a sign of life."""
    told, next_at = None, 0.0
    while True:
        status, time = source.status, asyncio.get_running_loop().time()
        if time >= next_at or (status.connected, status.fault) != told:
            try:
                await context.journal.beat(source.name, status, context.clock.now())
            except Exception as error:  # whatever it is, the next beat may be written
                log.warning("how %s is doing was not written down: %s", source.name, type(error).__name__)
            told, next_at = (status.connected, status.fault), time + BEAT_SECONDS
        await asyncio.sleep(LOOK_SECONDS)


async def sort(context: Context, lease: Lease) -> None:
    """Parse one kept message and write what it is: posts, an answer, or nothing to act on."""
    stored = await context.journal.message(lease.id)
    arrival, now = stored.arrival, context.clock.now()
    posts = context.parser(arrival.raw, recipient=arrival.recipient)
    first, identity = posts[0], context.identity
    way = route(first, identity.lists, identity.address.email, context.authenticated)
    if way.channel is Channel.OWN:
        await context.cases.parsed(lease, (), None, MessageState.IGNORED, "the bot's own mail", now)
        context.on_event(Event("own", lease.id))
        return
    if way.channel is not Channel.LIST and (answer := await _answer(context, first, way, now)):
        await context.cases.parsed(lease, (), answer, MessageState.PARSED, "", now)
        context.wake(Queue.ANSWER)
        return
    if way.channel is not Channel.LIST and machine(first):
        # To be seen by a moderator it would have to be mailed to them, and to their own responders: it ends here.
        await context.cases.parsed(
            lease, (), None, MessageState.IGNORED, f"it answers no letter of ours, and {machine(first)}", now
        )
        return
    new = [_new_post(post, way, arrival.received_at) for post in posts]
    ids, _ = await context.cases.parsed(lease, new, None, MessageState.PARSED, "", now)
    unreadable = any(p.state is PostState.UNREADABLE for p in new)
    if unreadable:
        context.on_event(Event("unreadable", lease.id))
    if unreadable and way.channel is Channel.LIST:
        desk = Desk(context, now)
        await context.outbox.put(await desk.letters(*desk.unreadable(lease.id, new)), now)
        context.wake(Queue.MAIL)
    if ids:
        context.wake(Queue.POST)
    else:
        context.on_event(Event("copy", lease.id))


async def _answer(context: Context, post: Post, way: Route, now: datetime) -> NewAnswer | None:
    """The message as an answer, where its token or its references lead to a letter of ours, or somebody registered wrote it.

    One token may serve several letters about one post: then the reference tells which is meant.
    """
    by_token = await context.outbox.answered_letter(way.token, ()) if way.token else None
    ids = [*post.references[::-1][:20], *filter(None, [post.original_id])]
    by_id = await context.outbox.answered_letter("", ids) if ids else None
    same = by_token and by_id and by_token.ask is None and by_id.post == by_token.post
    found = by_id if same else by_token or by_id
    if found is None and way.channel is not Channel.ANSWER and await context.registry.taker(post.author.email) is None:
        return None
    return NewAnswer(
        message_id=post.message_id,
        author=post.author,
        subject=post.subject,
        posted_at=post.date or now,
        answers=found,
        trusted=by_token is not None or aligned(post, context.identity.host, context.authenticated),
    )


def _new_post(post: Post, way: Route, received_at: datetime) -> NewPost:
    state = PostState.UNREADABLE if post.unreadable and not post.text.strip() else PostState.RECEIVED
    return NewPost(
        part=post.part,
        channel=way.channel,
        list_name=way.list_name,
        message_id=post.message_id,
        references=post.references,
        author=post.author,
        subject=post.subject,
        posted_at=post.date or received_at,
        content_key=content_key(post),
        warnings=(*post.warnings, *filter(None, [post.unreadable])),
        state=state,
        reason=post.unreadable if state is PostState.UNREADABLE else way.doubt,
    )


def content_key(post: Post) -> str:
    """Equal for copies of one text under several Message-IDs (cross-posted, sent again, in a digest without ids).

    Made of author, subject without Re: and Fwd:, and the words before the list's footer.
    """
    footer = _FOOTER.search(post.text)
    words = re.findall(r"\w+", post.text[: footer.start()] if footer else post.text)
    subject = _REPLY_PREFIX.sub("", post.subject)
    text = "\x1f".join([post.author.email, subject.casefold().strip(), " ".join(words).casefold()])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
