"""One among all machines: work that only the holder of a PostgreSQL advisory lock does, such as polling a mailbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import psycopg

log = logging.getLogger(__name__)


async def alone(
    url: str, name: str, job: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event, look: float = 2.0
) -> None:
    """Wait for the lock called `name`, then run `job` until `stop`.

    The job is handed its own stop event, which is set too when the lock's connection is lost; then the lock is waited for anew.
    `look` is the pause in seconds between two tries, and between two looks at the connection. Errors of the job are raised.
    """
    while not stop.is_set():
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                query = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
                row = await (await connection.execute(query, [name])).fetchone()
                if row and row[0]:
                    await _hold(connection, job, stop, look)
        except psycopg.OperationalError as error:
            log.warning("the lock of %s: %s", name, type(error).__name__)
        await _pause(stop, look)


async def _hold(
    connection: psycopg.AsyncConnection[object], job: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event, look: float
) -> None:
    ended = asyncio.Event()
    running = asyncio.ensure_future(job(ended))
    try:
        while not stop.is_set() and not running.done():
            await connection.execute("SELECT 1")
            await asyncio.wait({running, pause := asyncio.ensure_future(_pause(stop, look))}, return_when=asyncio.FIRST_COMPLETED)
            pause.cancel()
    finally:
        ended.set()
        await running


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
