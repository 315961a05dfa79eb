"""`listbot doctor`: check every connection, right and promise, step by step, and say how to mend what fails."""

from __future__ import annotations

import typer

from listbot.cli.common import ConfigOption, JsonOption, as_called, print_json, run


def doctor(config: ConfigOption = None, json: JsonOption = False) -> None:
    """Check configuration, rules, database, mailbox, sending and plus-addressing; exit 1 if something must be mended."""
    from listbot.cli.checks import Check, diagnose

    bad = 0

    def show(check: Check) -> None:
        nonlocal bad
        bad += check.ok is False
        if json:
            print_json({"check": check.name, "ok": check.ok, "words": check.words, "mend": check.mend})
        else:
            mark = {True: "OK  ", False: "FAIL", None: "note"}[check.ok]
            typer.echo(as_called(f"{mark} {check.name}: {check.words}" + (f"\n     mend: {check.mend}" if check.mend else "")))

    run(diagnose(config, show))
    if bad:
        raise typer.Exit(1)
