"""What is long over loses its words and keeps its figures; what is under way is not touched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from listbot.adapters import sql
from listbot.domain.states import NeedState, PostState
from tests.contract.conftest import sql_store
from tests.contract.stores import Store, new_post
from tests.postgres import MIGRATIONS

World = tuple[Store, sql.SqlRetention]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = f"sqlite:///{tmp_path / 'listbot.db'}"
        sql.upgrade(url, MIGRATIONS)
    database = sql.Database(url, own_clock=False)
    yield sql_store(database), sql.SqlRetention(database)
    await database.close()


async def raw_of(store: Store, post: int) -> bytes:
    return (await store.journal.message((await store.cases.post(post)).message)).arrival.raw


async def test_an_old_placed_case_loses_its_words_and_keeps_its_need(world: World) -> None:
    store, retention = world
    need = await store.need()
    post = (await store.cases.need(need)).post
    await store.cases.close_need(need, NeedState.PLACED, "test", "", (), store.now)
    await store.send_all()
    later = store.later(days=400)
    counts = await retention.purge(later - timedelta(days=365), later)
    assert counts["posts"] == counts["messages"] == 1
    emptied = await store.cases.post(post)
    assert emptied.reading is None
    assert emptied.post.subject == ""
    assert await raw_of(store, post) == b""
    assert (await store.cases.need(need)).need.relief == ("asylum",)
    assert (await retention.purge(later - timedelta(days=365), later)) == dict.fromkeys(counts, 0)


async def test_what_is_open_held_or_young_keeps_its_words(world: World) -> None:
    store, retention = world
    open_need = (await store.cases.need(await store.need())).post
    held = await store.read_post(PostState.HELD)
    later = store.later(days=400)
    young = await store.read_post(PostState.SET_ASIDE, new_post(90))
    counts = await retention.purge(later - timedelta(days=365), later)
    assert set(counts.values()) == {0}
    for post in (open_need, held, young):
        assert await raw_of(store, post)


async def test_a_dry_run_counts_and_changes_nothing(world: World) -> None:
    store, retention = world
    post = await store.read_post(PostState.SET_ASIDE)
    later = store.later(days=400)
    counts = await retention.purge(later - timedelta(days=365), later, dry_run=True)
    assert counts["posts"] == 1
    assert await raw_of(store, post)


async def test_what_a_page_kept_for_a_while_goes_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'listbot.db'}"
    sql.upgrade(url, MIGRATIONS)
    database = sql.Database(url, own_clock=False)
    shelf, now = sql.SqlShelf(database), datetime(2025, 1, 14, tzinfo=UTC)
    await shelf.put("import", "review", b"names of people", now + timedelta(days=1), now)
    later = now + timedelta(days=2)
    await sql.SqlRetention(database).purge(later - timedelta(days=365), later)
    assert await shelf.get("import", "review", now) is None
    assert not await shelf.renew("import", "review", b"names again", now + timedelta(days=1), now)
    assert await shelf.get("import", "review", now) is None
    await database.close()
