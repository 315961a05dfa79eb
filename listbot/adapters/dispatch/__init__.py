"""Who says which row is due: a loop in the process, or Procrastinate among all workers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from listbot.pipeline.ports import Clock, Dispatcher, Work


def make_dispatcher(url: str, work: Work, clock: Clock) -> Dispatcher:
    """For the database at `url`: the loop on SQLite, which has one process; Procrastinate on PostgreSQL, which may have many."""
    if url.startswith("postgresql"):
        from listbot.adapters.dispatch.procrastinate import ProcrastinateDispatcher

        return ProcrastinateDispatcher(url, work, clock)
    from listbot.adapters.dispatch.embedded import EmbeddedDispatcher

    return EmbeddedDispatcher(work, clock)


async def one_at_a_time(url: str, name: str, job: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    """Run `job` until `stop`; on PostgreSQL, which several machines may share, only where nobody else runs the job of that name."""
    if url.startswith("postgresql"):
        from listbot.adapters.dispatch.alone import alone

        await alone(url, name, job, stop)
    else:
        await job(stop)
