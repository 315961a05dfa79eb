"""Copies of takers, a million within minutes: written in the order of the tables, without journal, checks and indexes meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from listbot.adapters.sql.schema import taker, taker_reach

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

_HASTE = {
    "sqlite": (
        *("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF"),
        *("PRAGMA cache_size=-2097152", "PRAGMA threads=2", "PRAGMA analysis_limit=1000"),
    ),
    "postgresql": ("SET session_replication_role=replica", "SET maintenance_work_mem='1GB'", "SET work_mem='1GB'"),
}
"""What makes a database quick and careless for one connection."""

_IN_ORDER = {"sqlite": "", "postgresql": " ORDER BY spot, relief, worth, taker"}
"""SQLite joins in the order that is written, which is that of the key; PostgreSQL in any."""


def multiply(url: str, people: int, size: int) -> None:
    """Write copies of so many takers, numbered from 1, until there are `size`; nobody else may be connected."""
    kind = make_url(url).get_backend_name()
    engine = sa.create_engine(make_url(url).set(drivername=_DRIVERS[kind]), isolation_level="AUTOCOMMIT")
    indexes = [*taker.indexes, *taker_reach.indexes]
    with engine.connect() as connection:
        for line in _HASTE[kind]:
            connection.exec_driver_sql(line)
        for index in indexes:
            index.drop(connection)
        for line in _copies(people, size // people, _IN_ORDER[kind]):
            connection.exec_driver_sql(line)
        for index in indexes:
            index.create(connection)
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def _copies(people: int, times: int, order: str) -> list[str]:
    """The statements; every value in them is a number or the name of a column."""
    new = {"id": f"id + n * {people}", "email": "n || '.' || email", "taker": f"taker + n * {people}"}
    told, reached = ([column.name for column in table.c] for table in (taker, taker_reach))
    key = ("spot", "relief", "worth")
    same = " AND ".join(f"reached.{name} = spots.{name}" for name in key)
    copied = ", ".join(new.get(name, f"reached.{name}") + f" AS {name}" for name in reached)
    return [
        "CREATE TEMP TABLE series (n INTEGER PRIMARY KEY)",
        f"WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {times - 1}) INSERT INTO series SELECT n FROM s",
        "CREATE TEMP TABLE told AS SELECT * FROM taker ORDER BY id",
        f"INSERT INTO taker ({', '.join(told)}) SELECT {', '.join(new.get(name, name) for name in told)}"
        " FROM series CROSS JOIN told WHERE n > 0",
        "CREATE TEMP TABLE reached AS SELECT * FROM taker_reach ORDER BY spot, relief, worth, taker",
        "CREATE INDEX one_spot ON reached (spot, relief, worth, taker)",
        "DELETE FROM taker_reach",
        "ANALYZE",
        f"INSERT INTO taker_reach ({', '.join(reached)}) SELECT {copied}"
        f" FROM (SELECT DISTINCT {', '.join(key)} FROM reached ORDER BY {', '.join(key)}) AS spots"
        f" CROSS JOIN series CROSS JOIN reached WHERE {same}{order}",
    ]
