"""What every source does alike: run until told to stop, pause longer after each failure, cut what is too large."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

Random = Callable[[], float]
"""A number in [0, 1): `random.random`, or a test's own."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
PART = 200_000
"""Bytes of a message taken at first sight; all that is kept of one over the size limit."""


def pause_after(failures: int, random: Random) -> float:
    """Seconds to wait after so many failures in a row: exponential with full jitter.

    Full jitter keeps many clients from coming back to a restarted server at the same moment
    (M. Brooker, "Exponential Backoff And Jitter").
    """
    return random() * min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(max(failures - 1, 0), 30))


async def until(stop: asyncio.Event, work: Coroutine[object, object, None]) -> None:
    """Run `work` until it ends or `stop` is set; then it is cancelled and its clean-up awaited. Its own error is raised."""
    task, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        task.cancel()
        stopping.cancel()
        await asyncio.gather(task, stopping, return_exceptions=True)


def shortened(head: bytes, size: int) -> bytes:
    """What is kept of a message that is too large: its header fields and first part, under a field that says so."""
    kept = head[:PART]
    return f"X-Listbot-Truncated: the first {len(kept)} of {size} bytes are kept\r\n".encode() + kept


def within(raw: bytes, limit: int) -> bytes:
    """The message, or what is kept of it where it is over the limit (bytes)."""
    return raw if len(raw) <= limit else shortened(raw, len(raw))
