"""What every command shares: the configuration option, JSON lines, an event loop."""

from __future__ import annotations

import asyncio
import json
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
    print(message, file=sys.stderr)


def plain(value: object) -> Any:
    """Frozen dataclasses, dates and enums as plain JSON values."""
    from pydantic import TypeAdapter

    return TypeAdapter(Any).dump_python(value, mode="json")
