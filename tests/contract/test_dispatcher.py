"""Dispatchers: every due row is offered, by whatever way it is found; one row's trouble stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from listbot.adapters import sql
from listbot.adapters.clock import SystemClock
from listbot.adapters.dispatch.alone import alone
from listbot.adapters.dispatch.embedded import EmbeddedDispatcher
from listbot.adapters.dispatch.procrastinate import ProcrastinateDispatcher
from listbot.domain.mail import Arrival
from listbot.domain.states import MessageState, PostState
from listbot.domain.work import Queue
from listbot.pipeline.ports import Dispatcher
from tests.contract.stores import LEASE, Store, new_post

CLOCK = SystemClock()
Act = Callable[[Queue, int], Awaitable[None]]


class Worker:
    """Claims rows and notes them; messages become posts, posts are set aside."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.done: list[tuple[Queue, int]] = []
        self.busy = self.most = 0

    async def act(self, queue: Queue, id: int) -> None:
        lease = await self.store.work.claim(queue, id, CLOCK.now(), LEASE)
        if lease is None:
            return
        self.busy += 1
        self.most = max(self.most, self.busy)
        await asyncio.sleep(0.005)
        self.busy -= 1
        await self.store.cases.parsed(lease, (), None, MessageState.IGNORED, "", CLOCK.now())
        self.done.append((queue, id))

    async def until(self, count: int, others: tuple[Worker, ...] = ()) -> list[int]:
        async with asyncio.timeout(20):
            while sum(len(worker.done) for worker in (self, *others)) < count:  # noqa: ASYNC110 - several workers
                await asyncio.sleep(0.01)
        return [id for _, id in self.done]


@asynccontextmanager
async def running(dispatcher: Dispatcher, act: Act) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(dispatcher.run(act, stop))
    try:
        yield
    finally:
        stop.set()
        await task


@pytest.fixture
def dispatcher(kind: str, store: Store, url: str) -> Dispatcher:
    if kind == "postgresql":
        return ProcrastinateDispatcher(url, store.work, CLOCK, concurrency=4)
    return EmbeddedDispatcher(store.work, CLOCK, sweep=0.5)


async def keep(store: Store, count: int) -> list[int]:
    """Messages kept now, by the machine's clock."""
    store.now = CLOCK.now()
    arrivals = [Arrival("inbox", f"7.{next(store.numbers)}", b"raw", store.now) for _ in range(count)]
    return await store.journal.keep(arrivals, None, store.now)


async def test_rows_that_were_due_before_the_start_are_offered_without_a_wake_up(store: Store, dispatcher: Dispatcher) -> None:
    ids, worker = await keep(store, 20), Worker(store)
    async with running(dispatcher, worker.act):
        assert sorted(await worker.until(20)) == ids
    assert worker.most <= 4


async def test_a_wake_up_is_heard_at_once(store: Store, dispatcher: Dispatcher) -> None:
    worker = Worker(store)
    async with running(dispatcher, worker.act):
        await asyncio.sleep(0.3)
        (id,) = await keep(store, 1)
        dispatcher.wake(Queue.MESSAGE)
        assert await worker.until(1) == [id]
        (id,) = await keep(store, 1)
        dispatcher.wake(Queue.MESSAGE, id)
        assert await worker.until(2)


async def test_a_lost_wake_up_is_made_good_by_the_sweep(store: Store, dispatcher: Dispatcher) -> None:
    worker = Worker(store)
    async with running(dispatcher, worker.act):
        await asyncio.sleep(0.1)
        ids = await keep(store, 3)
        assert sorted(await worker.until(3)) == ids


async def test_a_doubled_wake_up_does_no_harm(store: Store, dispatcher: Dispatcher) -> None:
    worker = Worker(store)
    async with running(dispatcher, worker.act):
        ids = await keep(store, 2)
        for _ in range(5):
            dispatcher.wake(Queue.MESSAGE)
            dispatcher.wake(Queue.MESSAGE, ids[0])
        await worker.until(2)
        await asyncio.sleep(0.2)
    assert sorted(id for _, id in worker.done) == ids


async def test_a_row_that_fails_stops_no_other(store: Store, dispatcher: Dispatcher) -> None:
    ids, worker = await keep(store, 6), Worker(store)

    async def act(queue: Queue, id: int) -> None:
        if id == ids[0]:
            raise RuntimeError("a bug")
        await worker.act(queue, id)

    async with running(dispatcher, act):
        assert sorted(await worker.until(5)) == ids[1:]


async def test_a_row_that_waits_is_offered_when_its_time_comes(store: Store, dispatcher: Dispatcher) -> None:
    (id,), worker = await keep(store, 1), Worker(store)
    at = CLOCK.now() + timedelta(seconds=0.7)
    await store.work.later(await store.claim(Queue.MESSAGE, id), at, "")
    async with running(dispatcher, worker.act):
        await worker.until(1)
    assert CLOCK.now() >= at


async def test_at_the_stop_what_was_begun_is_finished(store: Store, dispatcher: Dispatcher) -> None:
    await keep(store, 1)
    begun, finished = asyncio.Event(), asyncio.Event()

    async def act(queue: Queue, id: int) -> None:
        begun.set()
        await asyncio.sleep(0.2)
        finished.set()

    async with running(dispatcher, act):
        await asyncio.wait_for(begun.wait(), 20)
    assert finished.is_set()


@pytest.mark.postgres
async def test_two_workers_share_the_rows_and_none_is_done_twice(postgres_url: str) -> None:
    databases = [sql.Database(postgres_url) for _ in range(2)]
    workers = [Worker(_store(database)) for database in databases]
    dispatchers = [ProcrastinateDispatcher(postgres_url, w.store.work, CLOCK, concurrency=4) for w in workers]
    async with running(dispatchers[0], workers[0].act), running(dispatchers[1], workers[1].act):
        ids = await keep(workers[0].store, 100)
        dispatchers[0].wake(Queue.MESSAGE)
        await workers[0].until(100, (workers[1],))
        await asyncio.sleep(0.2)
    assert sorted(id for worker in workers for _, id in worker.done) == ids
    assert all(worker.done for worker in workers)
    for database in databases:
        await database.close()


@pytest.mark.postgres
async def test_one_at_a_time_polls_a_mailbox_and_the_next_takes_over(postgres_url: str) -> None:
    stops, began, holding = [asyncio.Event(), asyncio.Event()], asyncio.Queue[int](), set[int]()

    def job(number: int) -> Callable[[asyncio.Event], Awaitable[None]]:
        async def poll(end: asyncio.Event) -> None:
            assert not holding
            holding.add(number)
            began.put_nowait(number)
            await end.wait()
            holding.discard(number)

        return poll

    tasks = [asyncio.create_task(alone(postgres_url, "inbox", job(n), stops[n], look=0.05)) for n in range(2)]
    first = await asyncio.wait_for(began.get(), 10)
    await asyncio.sleep(0.2)
    assert holding == {first}
    stops[first].set()
    assert await asyncio.wait_for(began.get(), 10) == 1 - first
    stops[1 - first].set()
    await asyncio.gather(*tasks)


@pytest.mark.postgres
async def test_leases_follow_the_databases_clock_where_machines_disagree_about_the_time(postgres_url: str) -> None:
    database = sql.Database(postgres_url)
    store = _store(database)
    store.now = CLOCK.now() + timedelta(days=3)  # this machine's clock is wrong
    (id,) = await store.posts(new_post(1))
    lease = await store.claim(Queue.POST, id)
    assert abs(lease.until - CLOCK.now() - LEASE) < timedelta(seconds=30)
    assert await store.work.claim(Queue.POST, id, store.later(days=1), LEASE) is None
    assert (await store.cases.post(id)).state is PostState.RECEIVED
    await database.close()


def _store(database: sql.Database) -> Store:
    from tests.contract.conftest import sql_store

    return sql_store(database)
