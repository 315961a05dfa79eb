"""Runs the migrations: on the connection that `listbot.adapters.sql.migrate` hands over."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from listbot.adapters.sql.schema import metadata


def render_item(kind: str, item: Any, _context: object) -> str | bool:
    """A revision names plain types, so that it keeps its meaning when the program's own types change."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(item.impl, sa.DateTime) else "sa.Text()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
