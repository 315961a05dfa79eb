"""Posts of one person or one thread take effect in the order in which they came, however many are read at a time."""

from __future__ import annotations

from datetime import timedelta

from listbot.domain.threads import related
from listbot.domain.work import Lease, StoredPost
from listbot.pipeline.context import Context

PAUSE = timedelta(seconds=0.2)
"""After which a post that was given back is looked at again; each time so much longer, up to MOST times as long."""
MOST = 20


async def comes_too_early(context: Context, lease: Lease, stored: StoredPost) -> bool:
    """Whether a post must wait to be read, as an earlier one of which it may speak ("placed!") is not read yet; it is given back."""
    unsorted = await context.cases.unsorted(stored.message)
    return (unsorted or await _beside(context, stored, earlier=True)) and await _given_back(context, lease)


async def is_followed(context: Context, lease: Lease, stored: StoredPost) -> bool:
    """Whether a plea must wait to be matched, as a later post that may change or withdraw it has come already; it is given back."""
    return await _beside(context, stored, earlier=False) and await _given_back(context, lease)


async def _beside(context: Context, stored: StoredPost, *, earlier: bool) -> bool:
    return any(related(stored.post, other.post) for other in await context.cases.unread(stored, earlier=earlier))


async def _given_back(context: Context, lease: Lease) -> bool:
    await context.work.later(lease, context.clock.now() + PAUSE * min(MOST, lease.fence), "")
    return True
