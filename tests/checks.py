"""Checks that are no tests of behaviour: `python -m tests.checks templates | migrations | commands`.

`commands` writes the reference part of docs/commands.md anew from the program's own help.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
COMMANDS_PAGE = ROOT / "docs" / "commands.md"
REFERENCE = "## Reference\n"


def templates() -> list[str]:
    """What is wrong with the shipped letters."""
    from listbot.adapters.letters import check

    return [str(fault) for fault in check([ROOT / "templates"])]


def migrations() -> list[str]:
    """Where a database migrated from nothing differs from the schema in code."""
    from listbot.adapters.sql.migrate import differences, upgrade

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/listbot.db"
        upgrade(url, ROOT / "migrations")
        return [str(difference) for difference in differences(url)]


def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command below a group with its full name."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for child in command.commands:
        yield from walk(command.commands[child], f"{name} {child}")


def all_commands() -> list[tuple[str, Any]]:
    """Every command of the program, in the order of its help."""
    import typer

    from listbot.cli import app

    return list(walk(typer.main.get_command(app), "listbot"))


def options_of(command: Any) -> list[Any]:
    """What a command takes, without --help."""
    return [p for p in command.params if "--help" not in p.opts]


def reference() -> str:
    """One part a command: its help, and a table of what it takes."""
    parts = []
    for name, command in all_commands():
        rows = [f"| `{_spelling(p)}` | {_help(p)} |" for p in options_of(command)]
        table = ["| takes | |", "| --- | --- |", *rows, ""] if rows else []
        parts.append("\n".join([f"### `{name}`", "", " ".join((command.help or "").split()), "", *table]))
    return "\n".join(parts)


def _spelling(param: Any) -> str:
    name = param.name.strip("_")
    if param.param_type_name == "argument":
        return f"{name.upper()}…" if param.nargs == -1 else name.upper()
    return ", ".join(param.opts) + ("" if param.is_flag else f" {name.upper()}")


def _help(param: Any) -> str:
    shown = param.default if not callable(param.default) else None
    default = f" Default: `{shown}`." if shown not in (None, "", False, [], ()) and not param.required else ""
    return " ".join((param.help or "").split()).replace("|", "\\|") + default


def commands() -> list[str]:
    """Write docs/commands.md anew below its heading Reference."""
    head, _, _ = COMMANDS_PAGE.read_text(encoding="utf-8").partition(REFERENCE)
    COMMANDS_PAGE.write_text(head + REFERENCE + "\n" + reference(), encoding="utf-8")
    return []


def main() -> None:
    """Run one check; exit 1 where it finds anything."""
    found = {"templates": templates, "migrations": migrations, "commands": commands}[sys.argv[1]]()
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
