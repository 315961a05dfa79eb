"""Many numbers as one value, in a statement that an index serves."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from listbot.adapters.sql.schema import ask
from listbot.adapters.sql.statements import Among


def test_sqlite_looks_the_numbers_up_by_index() -> None:
    statement = sa.select(ask.c.id).where(Among(ask.c.taker, "takers"), ask.c.state != "withdrawn")
    assert "ask.taker IN (SELECT value FROM json_each(?)) AND" in str(statement.compile(dialect=sqlite.dialect()))
    assert "= ANY(" in str(statement.compile(dialect=postgresql.dialect()))
