"""Migrations lead from nothing to the schema of the program, and say so."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from listbot.adapters.sql import upgrade, version
from listbot.adapters.sql.migrate import differences
from listbot.domain.errors import ConfigError, TryLater
from tests.postgres import MIGRATIONS


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without a table."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_bare"))
    return f"sqlite:///{tmp_path}/new.db"


def test_up_from_empty_reaches_the_newest_revision(empty: str) -> None:
    newest = max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert version(empty, MIGRATIONS) == (None, newest)
    upgrade(empty, MIGRATIONS)
    assert version(empty, MIGRATIONS) == (newest, newest)


def test_the_migrated_tables_are_those_of_the_schema(empty: str) -> None:
    upgrade(empty, MIGRATIONS)
    assert differences(empty) == []


def test_a_second_upgrade_does_nothing(empty: str) -> None:
    upgrade(empty, MIGRATIONS)
    upgrade(empty, MIGRATIONS)
    assert differences(empty) == []


def test_the_check_sees_a_missing_table(empty: str) -> None:
    assert len(differences(empty)) > 10


def test_a_sqlite_file_that_cannot_be_opened_is_named_as_a_matter_of_time(tmp_path: Path) -> None:
    with pytest.raises(TryLater, match="unable to open"):
        upgrade(f"sqlite:///{tmp_path}/nowhere/x.db", MIGRATIONS)


def test_a_database_of_another_kind_is_refused() -> None:
    from listbot.adapters.sql import Database

    with pytest.raises(ConfigError, match="mysql"):
        Database("mysql://host/db")


def test_the_revisions_name_no_type_of_the_program() -> None:
    text = "".join(file.read_text() for file in (MIGRATIONS / "versions").glob("*.py"))
    assert "import listbot" not in text
    assert sa.__name__ in text
