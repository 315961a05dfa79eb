"""`listbot rules`: check a folder, make it the version in force, go back, explain."""

from __future__ import annotations

import getpass
import json as jsonlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from listbot.cli.common import ConfigOption, JsonOption, note, plain, print_json, run, settings_from
from listbot.cli.explain import explain
from listbot.domain.errors import ConfigError

if TYPE_CHECKING:
    from listbot.domain.rules import RuleSet
    from listbot.pipeline.office import Office

T = TypeVar("T")

app = typer.Typer(help="The rules that moderators edit.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="A folder of rule files; the shipped ones without.")]


@app.callback()
def _group() -> None:
    """The rules that moderators edit."""


@app.command()
def check(folder: Folder = None, json: JsonOption = False) -> None:
    """Say all that is wrong with a folder of rules, with file, line and mend; exit 1 where anything is."""
    from listbot import bootstrap
    from listbot.adapters import rulefiles

    faults = bootstrap.rule_faults(rulefiles.read_folder(folder or rulefiles.shipped_folder()))
    for fault in faults:
        if json:
            print_json(plain(fault))
        else:
            print(fault)
    note(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}" if faults else "no faults")
    if faults:
        raise typer.Exit(1)


@app.command()
def apply(
    folder: Annotated[Path, typer.Argument(help="A folder of rules.")],
    config: ConfigOption = None,
) -> None:
    """Make a checked folder the version in force; workers take it up within seconds. A faulty folder changes nothing."""
    from listbot import bootstrap
    from listbot.adapters import rulefiles
    from listbot.domain.rules.difference import differences, other_files
    from listbot.pipeline.ruling import apply_rules, files_in_force

    files = rulefiles.read_folder(folder)
    if faults := bootstrap.rule_faults(files):
        raise rulefiles.RuleFaults(faults)

    async def work(office: Office) -> None:
        before, number = await files_in_force(office)
        lines = [*differences(rulefiles.parse(before), rulefiles.parse(files)), *other_files(before, files)]
        version = await apply_rules(office, files, "\n".join(lines), _who())
        if version.number == number:
            note(f"version {number} says the same already")
            return
        for line in lines:
            print(line)
        note(f"version {version.number} is in force")

    run(_with(settings_from(config), work))


@app.command()
def history(json: JsonOption = False, config: ConfigOption = None) -> None:
    """The versions, newest first: who, when, what changed."""
    for version in run(_with(settings_from(config), lambda office: office.versions.history())):
        if json:
            print_json({name: value for name, value in plain(version).items() if name != "files"})
            continue
        print(f"{version.number:4} {'*' if version.in_force else ' '} {version.created_at:%Y-%m-%d %H:%M} {version.author}")
        for line in version.difference.splitlines():
            print(f"       {line}")


@app.command()
def rollback(
    number: Annotated[int | None, typer.Argument(help="The version to go back to; the one before without.")] = None,
    config: ConfigOption = None,
) -> None:
    """Put an earlier version in force again."""

    async def work(office: Office) -> int:
        wanted = number
        if wanted is None:
            now = await office.versions.in_force()
            earlier = [v.number for v in await office.versions.history() if now and v.number < now.number]
            if not earlier:
                raise ConfigError("there is no earlier version; `listbot rules history` shows what there is")
            wanted = max(earlier)
        return (await office.versions.put_in_force(wanted, _who(), office.context.clock.now())).number

    note(f"version {run(_with(settings_from(config), work))} is in force")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="One rule or kind of relief; all without.")] = "",
    folder: Annotated[Path | None, typer.Option("--rules", help="A folder of rules instead of those in force.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Explain the rules in words: what each says, why, and by which law; and the kinds of relief they speak of.

    Those in force are explained where there is a configuration; the shipped ones elsewhere.
    """
    from listbot.adapters import rulefiles

    rules = rulefiles.load(folder) if folder else _held(config)
    chosen = [rule for rule in (*rules.limits, *rules.preferences) if name in ("", rule.name)]
    reliefs = [relief for relief in rules.reliefs.values() if name in ("", relief.id)]
    if not (chosen or reliefs):
        known = ", ".join(rule.name for rule in (*rules.limits, *rules.preferences))
        raise ConfigError(f"there is no rule {name}; there are: {known}; and the kinds of relief: {', '.join(rules.reliefs)}")
    if json:
        for one in (*chosen, *reliefs):
            print_json({"kind": type(one).__name__, **plain(one)})
    else:
        explain(chosen, reliefs)


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(help="Where to write the schemas, one a file.")],
) -> None:
    """Write JSON Schemas for editors that complete and check rule files."""
    from listbot.adapters import rulefiles
    from listbot.adapters.rulefiles.schema import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schemas(rulefiles.load()).items():
        path = folder / f"{name.removesuffix('.yaml')}.schema.json"
        path.write_text(jsonlib.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        note(str(path))


def _held(config: Path | None) -> RuleSet:
    """The rules in force; the shipped ones where nothing is configured."""
    from listbot.adapters import rulefiles
    from listbot.config import default_path
    from listbot.pipeline.ruling import files_in_force

    if config is None and not default_path().exists():
        return rulefiles.load()
    files, number = run(_with(settings_from(config), files_in_force))
    note(f"version {number} of the rules, in force" if number else "the rules as installed, in force")
    return rulefiles.parse(files, number)


async def _with(settings: Any, work: Callable[[Office], Awaitable[T]]) -> T:
    from listbot import bootstrap

    async with bootstrap.opened_office(settings) as office:
        return await work(office)


def _who() -> str:
    return getpass.getuser()
