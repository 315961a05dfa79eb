"""The journal: bytes first, nothing twice, holes seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from listbot.domain.errors import WorkFailed
from listbot.domain.mail import Arrival, Cursor
from listbot.domain.states import PostState
from listbot.domain.work import Queue
from tests.contract.stores import NOON, Store


def arrival(uid: int, source: str = "inbox") -> Arrival:
    return Arrival(source, f"7.{uid}", b"raw \x00\xff %d" % uid, NOON, "bot@bot.example")


async def test_what_was_kept_comes_back_byte_for_byte_at_the_same_moment(store: Store) -> None:
    eastern = replace(arrival(1), received_at=datetime(2025, 3, 3, 7, tzinfo=timezone(timedelta(hours=-5))))
    (id,) = await store.journal.keep([eastern], None, NOON)
    stored = await store.journal.message(id)
    assert stored.arrival == arrival(1)


async def test_the_same_key_of_a_source_is_kept_once(store: Store) -> None:
    first = await store.journal.keep([arrival(1), arrival(2)], None, NOON)
    again = await store.journal.keep([arrival(2), arrival(3), arrival(2)], None, NOON)
    assert len(first) == 2
    assert len(again) == 1
    assert len(await store.journal.keep([arrival(2, "other")], None, NOON)) == 1


async def test_the_cursor_moves_with_the_messages_before_it(store: Store) -> None:
    assert await store.journal.cursor("inbox") is None
    await store.journal.keep([arrival(1)], Cursor(7, 1), NOON)
    await store.journal.keep([arrival(2)], Cursor(7, 2), NOON)
    assert await store.journal.cursor("inbox") == Cursor(7, 2)
    assert await store.journal.cursor("other") is None


async def test_a_kept_message_is_due_to_be_parsed(store: Store) -> None:
    ids = await store.journal.keep([arrival(1), arrival(2)], None, NOON)
    assert await store.work.due(Queue.MESSAGE, NOON) == ids


async def test_gaps_are_the_uids_below_the_cursor_that_were_never_kept(store: Store) -> None:
    await store.journal.keep([arrival(uid) for uid in (3, 4, 8)], Cursor(7, 10), NOON)
    assert await store.journal.gaps("inbox") == [(1, 2), (5, 7), (9, 10)]
    await store.journal.keep([arrival(uid) for uid in (1, 2, 5, 6, 7, 9, 10)], None, NOON)
    assert await store.journal.gaps("inbox") == []
    assert await store.journal.gaps("other") == []


async def test_a_message_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(WorkFailed, match="no message 99"):
        await store.journal.message(99)


async def test_nothing_kept_is_nothing_done(store: Store) -> None:
    assert await store.journal.keep([], None, NOON) == []


async def test_a_kept_message_stays_whatever_becomes_of_it(store: Store) -> None:
    post = await store.read_post(PostState.SET_ASIDE)
    message = (await store.cases.post(post)).message
    assert (await store.journal.message(message)).arrival.raw.startswith(b"Subject: help")
