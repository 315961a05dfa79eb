"""What every command shares: the configuration option, JSON lines, an event loop."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from listbot.config import Settings

T = TypeVar("T")

ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", help="Configuration file (env: LISTBOT_CONFIG; default: listbot.toml).")
]
_COMMAND = re.compile(r"(`|^|  )listbot(?= [a-z])", re.MULTILINE)
"""A command named in a message: in backticks, or at the start of a line or column."""
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON lines for programs.")]


def settings_from(path: Path | None) -> Settings:
    """The configuration. Raises ConfigError."""
    from listbot import config

    return config.load(path)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end."""
    return asyncio.run(work)


def print_json(value: object) -> None:
    """One JSON line on standard output."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def note(message: str) -> None:
    """A line for the person at the terminal, on standard error."""
    print(as_called(message), file=sys.stderr)


def as_called(message: str) -> str:
    """A message whose `listbot …` reads as this person calls it: it may be on no PATH."""
    return _COMMAND.sub(lambda found: found[1] + called(), message)


def called() -> str:
    """How this program was called: `./run listbot` says so itself, a path is as it was typed."""
    if said := os.environ.get("LISTBOT_CALLED"):
        return said
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return "python -m listbot"
    if program.name != "listbot" or str(program) == shutil.which("listbot"):
        return "listbot"
    return sys.argv[0]


def plain(value: object) -> Any:
    """Frozen dataclasses, dates and enums as plain JSON values."""
    from pydantic import TypeAdapter

    return TypeAdapter(Any).dump_python(value, mode="json")
