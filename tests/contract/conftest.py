"""Each contract test runs on the memory twin, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from listbot.adapters import sql
from listbot.adapters.memory.store import MemoryStore
from tests.contract.stores import Store
from tests.postgres import MIGRATIONS

KEY = b"a key of the tests"


def sql_store(database: sql.Database) -> Store:
    return Store(**vars(sql.SqlStore(database, KEY)))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    sql.upgrade(f"sqlite:///{file}", MIGRATIONS)
    return file


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of store."""
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The test's own database."""
    if kind == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    file = tmp_path / "listbot.db"
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), file)
    return f"sqlite:///{file}"


@pytest.fixture
async def store(kind: str, url: str) -> AsyncIterator[Store]:
    """A store whose leases follow the test's time."""
    if kind == "memory":
        yield Store(**vars(MemoryStore(KEY)))
        return
    database = sql.Database(url, own_clock=False)
    yield sql_store(database)
    await database.close()
