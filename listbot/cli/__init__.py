"""The command line: one file per group of commands; heavy imports wait until a command needs them."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from listbot import __version__
from listbot.cli import (
    answer,
    db,
    demo,
    doctor,
    init,
    mail,
    match,
    purge,
    queues,
    reading,
    registry,
    replay,
    report,
    rules,
    service,
    simulate,
    triage,
)
from listbot.cli.common import note
from listbot.domain.errors import ConfigError, ListbotError

app = typer.Typer(
    name="listbot",
    help="Turns a plea on an advocates' e-mail list into a few individual asks to the people likely to take it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"listbot {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options before the command."""


app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("doctor")(doctor.doctor)
app.command("run")(service.run)
app.command("worker")(service.worker)
app.command("web")(service.web)
app.command("triage")(triage.triage)
app.command("answer")(answer.answer)
app.command("match")(match.match)
app.command("needs")(queues.needs)
app.command("asks")(queues.asks)
app.command("mail")(mail.mail)
app.command("held")(queues.held)
app.command("purge")(purge.purge)
app.command("report")(report.report)
app.command("simulate")(simulate.simulate)
app.command("replay")(replay.replay)
app.add_typer(registry.app, name="registry")
app.add_typer(rules.app, name="rules")
app.add_typer(reading.app, name="reading")
app.add_typer(db.app, name="db")


def main() -> None:
    """Run a command; a user sees one line for what went wrong, never a traceback. Exit 1 failed, 2 wrong use."""
    try:
        app()
    except ConfigError as error:
        note(str(error))
        sys.exit(2)
    except ListbotError as error:
        note(str(error))
        sys.exit(1)
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LISTBOT_TRACEBACK"):
            raise
        print(f"a fault in listbot: {type(error).__name__}: {error}", file=sys.stderr)
        print("please report it with what LISTBOT_TRACEBACK=1 prints before the same command", file=sys.stderr)
        sys.exit(1)
