"""`listbot db`: the database's structure."""

from __future__ import annotations

import typer

from listbot.cli.common import ConfigOption, note, settings_from

app = typer.Typer(help="The database's structure.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The database's structure."""


@app.command()
def upgrade(config: ConfigOption = None) -> None:
    """Bring the database to this version's structure; safe to run again."""
    from listbot.bootstrap import upgrade_database

    settings = settings_from(config)
    upgrade_database(settings)
    note("the database is up to date")
