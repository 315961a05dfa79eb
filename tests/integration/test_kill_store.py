"""kill -9 at any moment loses nothing and doubles nothing but the one unavoidable thing: a letter cut off while it was sent."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from listbot.adapters import sql
from listbot.domain.registry import Taker
from listbot.domain.states import AskState, MailState, PostState
from tests.integration.store_worker import TAKERS
from tests.postgres import MIGRATIONS

POSTS = 40
KILLS = 8
MOST_SECONDS = 240


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    made = f"sqlite:///{tmp_path}/listbot.db"
    sql.upgrade(made, MIGRATIONS)
    return made


def start(url: str, server: Path) -> subprocess.Popen[str]:
    """A worker that has begun to work."""
    command = [sys.executable, "-m", "tests.integration.store_worker", url, str(POSTS), str(server)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert worker.stdout is not None
    assert worker.stdout.readline() == "round\n"
    return worker


def kill(worker: subprocess.Popen[str]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.communicate()


async def put_takers(database: sql.Database) -> None:
    takers = [Taker(email=f"t{number}@y.example", consent_at=date(2025, 1, 1)) for number in range(1, TAKERS + 1)]
    await sql.SqlRegistry(database, b"key").put(takers, "test", datetime.now(UTC))


@pytest.mark.timeout(400)
def test_workers_killed_at_random_moments_lose_nothing_and_double_nothing(url: str, tmp_path: Path) -> None:
    server, rolls = tmp_path / "server", random.Random(7)
    asyncio.run(with_database(url, put_takers))
    for _ in range(KILLS):
        workers = [start(url, server), start(url, server)]
        for worker in workers:
            time.sleep(rolls.uniform(0.0, 0.12))
            kill(worker)
    last, end = start(url, server), time.monotonic() + MOST_SECONDS
    try:
        while not asyncio.run(with_database(url, finished)):
            assert time.monotonic() < end, "the work does not end"
            time.sleep(0.2)
    finally:
        kill(last)
    asyncio.run(with_database(url, check))
    check_server(server)


async def with_database(url: str, look):  # type: ignore[no-untyped-def]
    database = sql.Database(url)
    try:
        return await look(database)
    finally:
        await database.close()


async def finished(database: sql.Database) -> bool:
    here = await sql.SqlJournal(database).cursor("inbox")
    waiting = await sql.SqlWork(database).next_due(datetime.now(UTC))
    return here is not None and here.uid == POSTS and waiting is None


async def check(database: sql.Database) -> None:
    """Every message, post, need, ask and letter is there once and at its end."""
    cases = sql.SqlCases(database)
    posts = await cases.posts(limit=1000)
    needs = await cases.needs(limit=1000)
    asks = await cases.asks()
    letters = await sql.SqlOutbox(database).letters(limit=1000)
    assert await sql.SqlJournal(database).gaps("inbox") == []
    assert sorted(post.post.message_id for post in posts) == sorted(f"<{n}@corps.example>" for n in range(1, POSTS + 1))
    assert {post.state for post in posts} == {PostState.MATCHED}
    assert Counter(need.post for need in needs) == Counter(post.id for post in posts)
    assert Counter((ask.need, ask.taker) for ask in asks) == Counter(
        (need.id, number) for need in needs for number in range(1, TAKERS + 1)
    )
    assert {ask.state for ask in asks} == {AskState.SENT}
    assert {state for _, state, _, _ in letters} == {MailState.SENT}
    assert len(letters) == POSTS * (TAKERS + 1)
    assert await sql.SqlWork(database).aside() == []


def check_server(server: Path) -> None:
    """Each letter arrived; a second time only where the first attempt was cut off, and then under the same Message-ID."""
    lines = [line.split() for line in server.read_text().splitlines()]
    first = Counter(key for key, _, attempt in lines if attempt == "first")
    assert set(first.values()) == {1}
    assert {key for key, _, _ in lines} >= set(first)
    assert len({key for key, _, _ in lines}) == POSTS * (TAKERS + 1)
    assert all(message_id == f"<{key}>" for key, message_id, _ in lines)
