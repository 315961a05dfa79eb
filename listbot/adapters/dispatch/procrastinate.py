"""Wake-ups spread over any number of workers by Procrastinate on PostgreSQL. See `ports.Dispatcher`.

A job only says "look at this row": it may be lost or doubled. Jobs of one row that wait are one (queueing lock); a periodic
job, run once among all workers, finds what a lost wake-up left. Procrastinate's tables live in a schema of their own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.tasks import Task
from psycopg.conninfo import make_conninfo

from listbot.domain.errors import TryLater
from listbot.domain.work import Queue
from listbot.pipeline.ports import Clock, Work

log = logging.getLogger(__name__)

Act = Callable[[Queue, int], Awaitable[None]]

SCHEMA = "procrastinate"
SWEEP = "* * * * * */2"
"""When the periodic sweep runs: cron with seconds as the sixth field."""
LOOK = 500
"""How many due rows of a queue one look hands out."""
LOCK = 0x6C697375  # one worker at a time makes the schema


class ProcrastinateDispatcher:
    """Offers due rows to `act` in this and every other worker on the same database; `concurrency` acts at a time in this one."""

    def __init__(self, url: str, work: Work, clock: Clock, concurrency: int = 8) -> None:
        self._url = url
        self._work = work
        self._clock = clock
        self._concurrency = concurrency
        conninfo = make_conninfo(url, options=f"-c search_path={SCHEMA}")
        self._app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, max_size=concurrency + 4)
        )
        self._look = self._app.task(name="listbot.look", queue="listbot")(self._hand_out)
        self._act = self._app.task(name="listbot.act", queue="listbot")(self._offer)
        self._app.periodic(cron=SWEEP)(self._app.task(name="listbot.sweep", queue="listbot")(self._sweep))
        self._acting: Act | None = None
        self._opened = asyncio.Lock()
        self._open = False
        self._waking: set[asyncio.Task[None]] = set()

    def wake(self, queue: Queue, id: int | None = None) -> None:
        """See `ports.Dispatcher`. To be called inside the event loop."""
        task = asyncio.get_running_loop().create_task(self._wake(queue, id))
        self._waking.add(task)
        task.add_done_callback(self._waking.discard)

    async def _wake(self, queue: Queue, id: int | None) -> None:
        try:
            await self.open()
            if id is None:
                await self._defer(self._look, str(queue), queue=str(queue))
            else:
                await self._defer(self._act, f"{queue} {id}", queue=str(queue), id=id)
        except (ProcrastinateException, psycopg.Error) as error:
            log.warning("a wake-up of %s is lost, the sweep will find it: %s", queue, type(error).__name__)

    async def _defer(self, task: Task[..., Any, ...], lock: str, **values: str | int) -> None:
        try:
            await task.configure(queueing_lock=f"{task.name} {lock}").defer_async(**values)
        except AlreadyEnqueued:
            log.debug("%s: woken already", lock)

    async def _hand_out(self, queue: str) -> None:
        """A job for each due row; the outbox is worked on by the batch, so that one job for its first letter is enough."""
        where = Queue(queue)
        try:
            ids = await self._work.due(where, self._clock.now(), 1 if where is Queue.MAIL else LOOK)
        except TryLater as error:
            log.warning("%s: %s", queue, error)
            return
        for id in ids:
            await self._defer(self._act, f"{queue} {id}", queue=queue, id=id)

    async def _offer(self, queue: str, id: int) -> None:
        if self._acting is None:
            return
        try:
            await self._acting(Queue(queue), id)
        except Exception as error:
            # One row's trouble must not stop the others; its lease and the sweep bring it back.
            log.warning("%s %s: %s", queue, id, type(error).__name__)
            return
        if queue == Queue.MAIL:
            await self._hand_out(queue)

    async def _sweep(self, timestamp: int) -> None:
        for queue in Queue:
            await self._hand_out(queue)

    async def run(self, act: Act, stop: asyncio.Event) -> None:
        """See `ports.Dispatcher`. What is being acted on at the stop is finished first."""
        self._acting = act
        await self.open()
        worker = asyncio.create_task(
            self._app.run_worker_async(
                queues=["listbot"],
                concurrency=self._concurrency,
                install_signal_handlers=False,
                delete_jobs="always",
                fetch_job_polling_interval=1.0,
            )
        )
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({worker, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            worker.cancel()  # Procrastinate takes this as the wish to end when the running jobs have
            results = await asyncio.gather(worker, return_exceptions=True)
            await self.close()
        if isinstance(results[0], Exception):
            raise TryLater(f"the worker's connection ended: {type(results[0]).__name__}") from results[0]

    async def open(self) -> None:
        """Connect, and make the schema where there is none yet."""
        async with self._opened:
            if not self._open:
                await self._make_schema()
                await self._app.open_async()
                self._open = True

    async def close(self) -> None:
        """Let the wake-ups under way leave, and disconnect."""
        await asyncio.gather(*self._waking)
        async with self._opened:
            if self._open:
                self._open = False
                await self._app.close_async()

    async def _make_schema(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            known = await (await connection.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.procrastinate_jobs"])).fetchone()
            if known and known[0] is not None:
                return
            await connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
            await connection.execute(f"SET LOCAL search_path TO {SCHEMA}".encode())
            await connection.execute(procrastinate.schema.SchemaManager.get_schema().encode())
