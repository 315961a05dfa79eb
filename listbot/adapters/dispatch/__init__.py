"""Who says which row is due: a loop in the process, or Procrastinate among all workers."""

from __future__ import annotations

from listbot.pipeline.ports import Clock, Dispatcher, Work


def make_dispatcher(url: str, work: Work, clock: Clock) -> Dispatcher:
    """For the database at `url`: the loop on SQLite, which has one process; Procrastinate on PostgreSQL, which may have many."""
    if url.startswith("postgresql"):
        from listbot.adapters.dispatch.procrastinate import ProcrastinateDispatcher

        return ProcrastinateDispatcher(url, work, clock)
    from listbot.adapters.dispatch.embedded import EmbeddedDispatcher

    return EmbeddedDispatcher(work, clock)
