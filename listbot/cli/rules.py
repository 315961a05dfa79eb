"""`listbot rules`: check a folder, make it the version in force, go back, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from listbot.cli.common import JsonOption, note, plain, print_json

app = typer.Typer(help="The rules that moderators edit.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="A folder of rule files; the shipped ones without.")]


@app.callback()
def _group() -> None:
    """The rules that moderators edit."""


@app.command()
def check(folder: Folder = None, json: JsonOption = False) -> None:
    """Say all that is wrong with a folder of rules, with file, line and mend; exit 1 where anything is."""
    from listbot.adapters import rulefiles

    faults = rulefiles.check(rulefiles.read_folder(folder or rulefiles.shipped_folder()))
    for fault in faults:
        if json:
            print_json(plain(fault))
        else:
            print(fault)
    note(f"{len(faults)} faults" if faults else "no faults")
    if faults:
        raise typer.Exit(1)
