"""`listbot demo`: the whole story on loopback, nothing canned and nothing to configure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listbot.cli.common import run


def demo(
    once: Annotated[bool, typer.Option("--once", help="End by itself instead of staying up for a look around.")] = False,
    folder: Annotated[Path, typer.Option("--folder", help="Where database, configuration and mails go.")] = Path("demo"),
) -> None:
    """Play the story on loopback: a list, 500 invented alumni, a dozen posts, real servers, real mail."""
    typer.echo(f"  0.000 s  start     listbot itself is loaded; everything stays on this machine, in {folder}")
    from listbot.cli.demo.story import emptied, tell

    run(tell(emptied(folder), once=once))
