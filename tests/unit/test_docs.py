"""The pages say what the program does: every command and setting is there, and every example works."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from listbot import config
from tests.checks import COMMANDS_PAGE, REFERENCE, ROOT, all_commands, options_of, reference

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """Every fenced block of a language: page and text."""
    return [
        (page.name, re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
        for page in PAGES
        for indent, found, text in FENCE.findall(page.read_text(encoding="utf-8"))
        if found == language
    ]


# --- commands ---


@pytest.mark.parametrize(("name", "command"), all_commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_everything_it_takes_has_help(name: str, command: typing.Any) -> None:
    assert command.help, f"{name} has no help"
    for param in options_of(command):
        assert param.help, f"{name}: {param.opts} has no help"


def test_the_reference_of_commands_is_the_programs_own_help() -> None:
    _, _, written = COMMANDS_PAGE.read_text(encoding="utf-8").partition(REFERENCE)
    assert written.strip() == reference().strip(), "docs/commands.md is old; write it anew with `./run docs`"


def _invocations() -> Iterator[tuple[str, str]]:
    for page, text in blocks("sh"):
        for line in text.splitlines():
            words = re.sub(r"^(\./run |\S*/|\$)(?=listbot\b)", "", line.strip())
            if re.match(r"listbot [a-z]", words):
                yield page, words


@pytest.mark.parametrize(("page", "line"), sorted(set(_invocations())))
def test_every_command_of_an_example_exists_with_its_options(page: str, line: str) -> None:
    words = shlex.split(line.partition(">")[0], comments=True)
    known = {name: command for name, command in all_commands() if " ".join(words).startswith(name)}
    assert known, f"{page}: there is no command {line!r}"
    command = known[max(known, key=len)]
    options = {spelling for param in command.params for spelling in param.opts}
    for word in words:
        assert not word.startswith("--") or word.partition("=")[0] in options, f"{page}: {line!r} has no option {word}"


@pytest.mark.parametrize(
    ("page", "line"), sorted({(p, x) for p, t in blocks("sh") for x in re.findall(r"^\./run (\w+)", t, re.MULTILINE)})
)
def test_every_task_of_an_example_exists(page: str, line: str) -> None:
    assert re.search(rf"^    {line}\)", (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE), f"{page}: ./run {line}"


def test_run_alone_lists_every_task() -> None:
    said = subprocess.run(["sh", ROOT / "run"], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  (\w+)", said, re.MULTILINE))
    tasks = re.findall(r"^    (\w+)\) ", (ROOT / "run").read_text(encoding="utf-8").partition("case $task in")[2], re.MULTILINE)
    assert set(tasks) == listed


# --- settings ---


def sections(model: type[BaseModel], name: str = "") -> Iterator[tuple[str, str]]:
    """Every key with the name of its section."""
    for key, field in model.model_fields.items():
        inner = [t for t in _types(field.annotation) if isinstance(t, type) and issubclass(t, BaseModel)]
        for each in inner:
            yield from sections(each, key)
        if not inner:
            yield name, key


def _types(annotation: typing.Any) -> Iterator[typing.Any]:
    yield annotation
    for inner in typing.get_args(annotation):
        yield from _types(inner)


@pytest.mark.parametrize(("section", "key"), sorted(set(sections(config.Settings))))
def test_every_setting_is_explained(section: str, key: str) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    parts = {"oauth2": "[source.oauth2]", "source": "## `[[source]]`", "list": "## `[[list]]`"}
    start = page.index(parts.get(section, f"## `[{section}]`"))
    end = page.find("\n## ", start + 1)
    assert f"`{key}`" in page[start:end], f"docs/configuration.md does not explain {key} of [{section}]"


@pytest.mark.parametrize(("page", "text"), blocks("toml"))
def test_every_example_of_a_configuration_is_right(page: str, text: str) -> None:
    data = tomllib.loads(text) if not text.startswith(("trust", "secret_header")) else {"list": [tomllib.loads(text)]}
    data.setdefault("bot", {"address": "bot@bot.example"})
    for each in data.get("list", []):
        for key in ("name", "id"):
            each.setdefault(key, "fellows.lists.example")
        each.setdefault("address", "fellows@lists.example")
    config.parse(data, page)


def test_the_configuration_that_init_writes_is_right(tmp_path: Path) -> None:
    from listbot.cli.init import init

    init(tmp_path, defaults=True, address="", timezone="America/New_York", imap_port=993, smtp_port=587)
    assert config.load(tmp_path / "listbot.toml").bot.mode == "shadow"


# --- the registry ---


def test_every_column_of_the_registry_is_explained() -> None:
    from listbot.adapters.registryfiles import COLUMNS

    page = (ROOT / "docs" / "registry.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"`{column}`" in page, f"docs/registry.md does not explain {column}"


@pytest.mark.parametrize(("page", "text"), blocks("csv"))
def test_every_example_of_a_registry_can_be_imported(page: str, text: str) -> None:
    from listbot.adapters.registryfiles import read
    from listbot.bootstrap import load_rules, rules_folder

    sheet = read(text.encode(), page, load_rules(rules_folder()).reliefs)
    assert not sheet.faults
    assert len(sheet.rows) == len(text.strip().splitlines()) - 1


# --- links and states ---


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_state_is_explained() -> None:
    from listbot.domain.states import AskState, MailState, NeedState, PostState

    page = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    picture = (ROOT / "docs" / "states.svg").read_text(encoding="utf-8")
    for state in (*PostState, *NeedState, *AskState, *MailState):
        assert f"`{state}`" in page
        assert f">{state.replace('_', ' ')}<" in picture
