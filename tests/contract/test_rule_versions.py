"""Versions of the rule set: one in force, none ever lost."""

from __future__ import annotations

import pytest

from listbot.domain.errors import WorkFailed
from tests.contract.stores import NOON, Store

FIRST, SECOND = {"limits.yaml": "a: 1\n"}, {"limits.yaml": "a: 2\n", "é.yaml": "b: 1\n"}


async def test_there_is_no_version_before_the_first(store: Store) -> None:
    assert await store.rules.in_force() is None
    assert await store.rules.history() == []


async def test_what_is_applied_is_in_force_and_the_one_before_is_not(store: Store) -> None:
    first = await store.rules.apply(FIRST, "+ a", "ana", NOON)
    second = await store.rules.apply(SECOND, "a: 1 -> 2", "bea", store.later(days=1))
    assert (first.number, second.number) == (1, 2)
    assert await store.rules.in_force() == second
    assert (second.files, second.author, second.created_at, second.difference) == (SECOND, "bea", store.now, "a: 1 -> 2")
    assert not (await store.rules.version(1)).in_force
    assert (await store.rules.version(1)).files == FIRST


async def test_the_same_files_are_no_new_version(store: Store) -> None:
    first = await store.rules.apply(FIRST, "", "ana", NOON)
    assert await store.rules.apply(dict(FIRST), "", "bea", NOON) == first


async def test_going_back_puts_an_earlier_version_in_force_and_is_logged(store: Store) -> None:
    await store.rules.apply(FIRST, "", "ana", NOON)
    await store.rules.apply(SECOND, "", "ana", NOON)
    back = await store.rules.put_in_force(1, "bea", NOON)
    assert (back.number, back.in_force) == (1, True)
    assert await store.rules.in_force() == back
    assert (await store.rules.apply(SECOND, "", "ana", NOON)).number == 3
    assert [(c.who, c.what) for c in await store.cases.changes("rule_version", 1)] == [
        ("ana", "applied"),
        ("bea", "put in force"),
    ]


async def test_history_is_newest_first_without_the_files(store: Store) -> None:
    for files in (FIRST, SECOND):
        await store.rules.apply(files, "", "ana", NOON)
    assert [(v.number, v.in_force, v.files) for v in await store.rules.history()] == [(2, True, {}), (1, False, {})]
    assert [v.number for v in await store.rules.history(limit=1)] == [2]


async def test_a_version_that_is_not_there_is_named_and_changes_nothing(store: Store) -> None:
    first = await store.rules.apply(FIRST, "", "ana", NOON)
    with pytest.raises(WorkFailed, match="no rule version 7"):
        await store.rules.put_in_force(7, "bea", NOON)
    with pytest.raises(WorkFailed, match="no rule version 7"):
        await store.rules.version(7)
    assert await store.rules.in_force() == first
