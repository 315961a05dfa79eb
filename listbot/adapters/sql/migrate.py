"""Brings a database to the schema of this version of the program, by Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from listbot.adapters.sql.registry import find_again
from listbot.adapters.sql.schema import metadata
from listbot.domain.errors import TryLater

LOCK = 0x6C697374  # one machine at a time migrates a PostgreSQL database


def upgrade(url: str, migrations: Path) -> None:
    """Migrate up to the newest revision; from nothing as well. Does nothing where it is there already.

    `migrations` is the folder of revisions. Raises TryLater where the database does not answer.
    """
    engine = _engine(url)
    config = _config(migrations)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            find_again(connection)
    except OperationalError as error:
        raise TryLater(f"the database cannot be migrated now: {error.orig}") from error
    finally:
        engine.dispose()


def version(url: str, migrations: Path) -> tuple[str | None, str]:
    """The database's revision, None where it has none, and the newest."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            here = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise TryLater(f"the database does not answer: {error.orig}") from error
    finally:
        engine.dispose()
    newest = ScriptDirectory.from_config(_config(migrations)).get_current_head()
    return here, newest or ""


def differences(url: str) -> list[object]:
    """What the tables of a database lack against this version's schema, as Alembic sees it; empty is right."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return list(compare_metadata(MigrationContext.configure(connection), metadata))
    finally:
        engine.dispose()


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _engine(url: str) -> sa.Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=sa.pool.NullPool)
    engine = sa.create_engine(parsed.set(drivername="sqlite"), poolclass=sa.pool.NullPool)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: object, _record: object) -> None:
        # The driver would commit at every CREATE: a migration is one transaction.
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
