"""Posts parsed anew from the kept bytes: they are the truth."""

from __future__ import annotations

from listbot.domain.mail import Post
from listbot.domain.work import StoredPost
from listbot.pipeline.context import Context


async def parsed_post(context: Context, stored: StoredPost) -> Post:
    """The post as it was sent."""
    message = await context.journal.message(stored.message)
    posts = context.parser(message.arrival.raw, recipient=message.arrival.recipient)
    return next(p for p in posts if p.part == stored.post.part)
