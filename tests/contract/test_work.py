"""Claims: one holder at a time, a fence against the late, an end for what cannot be worked on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listbot.domain.errors import LostLease
from listbot.domain.reading import Kind, Reading
from listbot.domain.states import MessageState, PostState
from listbot.domain.work import Queue
from tests.contract.stores import LEASE, NOON, Store, new_post


async def test_a_claimed_row_is_nobody_elses_until_its_lease_ends(store: Store) -> None:
    id = await store.message()
    lease = await store.claim(Queue.MESSAGE, id)
    assert lease.until == NOON + LEASE
    assert await store.work.claim(Queue.MESSAGE, id, store.now, LEASE) is None
    assert await store.work.due(Queue.MESSAGE, store.now) == []
    assert await store.work.next_due(store.now) == lease.until
    assert (await store.claim(Queue.MESSAGE, id) if store.later(minutes=2) else None) is not None


async def test_who_lost_the_lease_writes_nothing(store: Store) -> None:
    id = await store.message()
    late = await store.claim(Queue.MESSAGE, id)
    store.later(minutes=3)
    current = await store.claim(Queue.MESSAGE, id)
    for write in (
        store.cases.parsed(late, [new_post(1)], None, MessageState.PARSED, "", store.now),
        store.work.later(late, store.now, "late"),
        store.work.set_aside(late, "late", store.now),
    ):
        with pytest.raises(LostLease, match=f"message {id}"):
            await write
    assert await store.cases.posts() == []
    ids, _ = await store.cases.parsed(current, [new_post(1)], None, MessageState.PARSED, "", store.now)
    assert len(ids) == 1


async def test_a_result_is_written_once(store: Store) -> None:
    lease = await store.claim(Queue.MESSAGE, await store.message())
    await store.cases.parsed(lease, (), None, MessageState.IGNORED, "own mail", store.now)
    with pytest.raises(LostLease):
        await store.cases.parsed(lease, (), None, MessageState.IGNORED, "own mail", store.now)


async def test_a_row_given_back_is_due_at_its_time_and_not_before(store: Store) -> None:
    id = await store.message()
    await store.work.later(await store.claim(Queue.MESSAGE, id), NOON + timedelta(hours=1), "busy")
    assert await store.work.due(Queue.MESSAGE, store.later(minutes=59)) == []
    assert await store.work.claim(Queue.MESSAGE, id, store.now, LEASE) is None
    assert await store.work.due(Queue.MESSAGE, store.later(minutes=1)) == [id]


async def test_the_row_that_is_due_longest_comes_first(store: Store) -> None:
    first = await store.message()
    store.later(seconds=1)
    second = await store.message()
    await store.work.later(await store.claim(Queue.MESSAGE, first), NOON + timedelta(minutes=1), "")
    store.later(minutes=5)
    assert await store.work.due(Queue.MESSAGE, store.now) == [second, first]
    assert await store.work.due(Queue.MESSAGE, store.now, limit=1) == [second]


async def test_next_due_is_the_earliest_of_all_queues(store: Store) -> None:
    assert await store.work.next_due(NOON) is None
    need = await store.need()
    await store.work.later(await store.claim(Queue.NEED, need), NOON + timedelta(days=2), "")
    assert await store.work.next_due(NOON) == NOON + timedelta(days=2)
    await store.message()
    assert await store.work.next_due(NOON) == NOON


@pytest.mark.parametrize("queue", [Queue.MESSAGE, Queue.POST, Queue.NEED, Queue.ANSWER])
async def test_a_row_that_kills_its_workers_is_set_aside_after_five_claims_and_seen(store: Store, queue: Queue) -> None:
    id = await row_of(store, queue)
    for _ in range(5):
        await store.claim(queue, id)
        store.later(minutes=3)
    assert await store.work.claim(queue, id, store.now, LEASE) is None
    assert await store.work.due(queue, store.now) == []
    (aside,) = await store.work.aside()
    assert (aside.queue, aside.id, aside.at) == (queue, id, store.now)
    assert "claimed 5 times" in aside.error
    assert (await store.cases.changes(queue, id))[-1].what == "set aside"


async def test_a_row_that_fails_time_after_time_is_set_aside_with_its_last_error(store: Store) -> None:
    id = await store.message()
    for _ in range(5):
        await store.work.later(await store.claim(Queue.MESSAGE, id), store.later(minutes=1), "ValueError at x.py:3")
    assert await store.work.claim(Queue.MESSAGE, id, store.now, LEASE) is None
    assert "ValueError at x.py:3" in (await store.work.aside())[0].error


async def test_a_result_between_claims_starts_the_count_anew(store: Store) -> None:
    need = await store.need()
    for number in range(12):
        taker = await store.taker_number(number)
        await store.ask(need, taker.id, taker.taker.email)
    assert await store.work.aside() == []


async def test_a_worker_that_is_alone_takes_over_at_once_what_a_crash_left(store: Store) -> None:
    id = await store.message()
    crashed = await store.claim(Queue.MESSAGE, id)
    assert await store.work.reclaim(store.now) == 1
    assert await store.claim(Queue.MESSAGE, id) is not None
    with pytest.raises(LostLease):
        await store.work.set_aside(crashed, "late", store.now)


async def test_a_moderator_has_a_row_tried_again(store: Store) -> None:
    id = await row_of(store, Queue.POST)
    await store.work.set_aside(await store.claim(Queue.POST, id), "no rule fits", store.now)
    assert (await store.cases.post(id)).state is PostState.HELD
    assert (await store.cases.post(id)).hold == "no rule fits"
    assert await store.work.again(Queue.POST, id, "moderator@bot.example", store.now)
    assert not await store.work.again(Queue.POST, id, "moderator@bot.example", store.now)
    assert await store.work.aside() == []
    reading = Reading(kind=Kind.OTHER, confidence=1.0)
    await store.cases.read(await store.claim(Queue.POST, id), reading, PostState.SET_ASIDE, (), (), store.now)
    assert [change.what for change in await store.cases.changes("post", id)][-2:] == ["tried again", "set_aside"]


async def test_letters_are_claimed_by_the_outbox_only(store: Store) -> None:
    with pytest.raises(ValueError, match=r"Outbox\.take"):
        await store.work.claim(Queue.MAIL, 1, store.now, LEASE)


async def row_of(store: Store, queue: Queue) -> int:
    """A due row of the queue."""
    if queue is Queue.MESSAGE:
        return await store.message()
    if queue is Queue.POST:
        return (await store.posts(new_post(1)))[0]
    if queue is Queue.NEED:
        return await store.need()
    ask = await store.ask(await store.need(), await store.taker())
    lease = await store.answer(ask)
    await store.work.later(lease, store.now, "")
    # The helper's own claim does not count.
    await store.work.set_aside(await store.claim(Queue.ANSWER, lease.id), "", store.now)
    await store.work.again(Queue.ANSWER, lease.id, "test", store.now)
    return lease.id
