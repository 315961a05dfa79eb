"""The command line's manners: exit codes, one line for what went wrong, JSON lines, nothing heavy before it is needed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from listbot import __version__
from listbot.cli import main
from listbot.cli.common import as_called

HEAVY = (
    "spacy",
    "sqlalchemy",
    "onnxruntime",
    "scipy",
    "rich",
    "jinja2",
    "pydantic",
    "tokenizers",
    "alembic",
    "yaml",
    "httpx",
    "uvicorn",
)
PLEA = b"""\
From: ana@fellows.example
Message-ID: <1@fellows.example>
Subject: Asylum attorney in Durham, NC?

Can anyone take this client? She needs help with asylum. Thank you
"""


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of `listbot ARGUMENTS`, in this process."""
    monkeypatch.setattr(sys, "argv", ["listbot", *arguments])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LISTBOT_CONFIG", raising=False)


def test_help_and_version_are_no_failure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(monkeypatch, "--help") == 0
    assert call(monkeypatch, "--version") == 0
    assert capsys.readouterr().out.endswith(f"listbot {__version__}\n")


def test_help_imports_nothing_heavy() -> None:
    # pydantic comes in with the configuration, which no help needs
    code = f"import sys, listbot.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("needs", "--nonsense"), ("needs", "three"), ("triage",), ("mail", "--state", "lost")]
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(monkeypatch, *arguments) == 2


@pytest.mark.parametrize("command", ["run", "worker", "needs", "asks", "mail", "held"])
def test_a_missing_configuration_is_one_line_and_ends_with_2(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "listbot init" in said.err


def test_each_fault_of_a_configuration_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "listbot.toml").write_text('[bot]\naddress = "bot"\nmode = "loud"\n')
    assert call(monkeypatch, "needs") == 2
    first, second = capsys.readouterr().err.splitlines()
    assert "bot.address = 'bot'" in first
    assert "bot.mode = 'loud'" in second


def test_a_folder_of_wrong_rules_ends_with_1_and_names_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "limits.yaml").write_text("- nonsense: [\n")
    assert call(monkeypatch, "rules", "check", str(tmp_path)) == 1
    assert "limits.yaml:" in capsys.readouterr().out


def test_the_shipped_rules_have_no_faults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(monkeypatch, "rules", "check") == 0


def test_triage_prints_one_json_object_a_message_in_the_order_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["b.eml", "a.eml", "c.eml"]
    for name in names:
        (tmp_path / name).write_bytes(PLEA)
    assert call(monkeypatch, "triage", "--json", *names) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(each["file"]).name for each in printed] == names
    keys = {"file", "message_id", "kind", "confidence", "hold", "needs", "redacted_text", "identifiers", "warnings"}
    assert all(keys <= set(each) for each in printed)


def test_triage_gives_what_cannot_be_parsed_its_line_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "odd.eml").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "empty.eml").write_bytes(b"")
    assert call(monkeypatch, "triage", "--json", "odd.eml", "empty.eml") == 0
    odd, empty = map(json.loads, capsys.readouterr().out.splitlines())
    assert odd["warnings"]
    assert (empty["kind"], empty["warnings"]) == ("other", ["the message is empty"])


def test_triage_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLEA)))
    assert call(monkeypatch, "triage", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["message_id"] == "<1@fellows.example>"


def test_a_file_that_is_not_there_is_one_line_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "triage", "absent.eml") == 2
    assert "absent.eml" in capsys.readouterr().err


# --- init ---


def test_without_a_terminal_init_names_everything_that_misses_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert call(monkeypatch, "init", "bot", "--address", "bot@bot.example", "--imap-host", "imap.example.org") == 2
    said = capsys.readouterr().err
    assert "--moderator, --list-address, --list-id, --smtp-host, --username" in said
    assert "--address" not in said.replace("--list-address", "")
    assert not (tmp_path / "bot").exists()


def test_with_every_flag_init_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    flags = {
        "address": "bot@bot.example",
        "moderator": "mo@example.org",
        "list-address": "fellows@lists.example",
        "list-id": "fellows.lists.example",
        "imap-host": "imap.example.org",
        "smtp-host": "smtp.example.org",
        "username": "bot",
    }
    assert call(monkeypatch, "init", "bot", *(f"--{name}={value}" for name, value in flags.items())) == 0
    assert 'moderators = ["mo@example.org"]' in (tmp_path / "bot" / "listbot.toml").read_text()


@pytest.mark.parametrize("value", ["nonsense", 'bot"@bot.example', "bot@bot.example\nmode = auto"])
def test_init_writes_nothing_where_a_value_cannot_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert call(monkeypatch, "init", "bot", "--defaults", f"--address={value}") == 2
    assert not (tmp_path / "bot").exists()


# --- how it was called ---


@pytest.mark.parametrize(
    ("argv0", "said_by_run", "expected"),
    [
        ("/opt/nowhere/listbot", "", "/opt/nowhere/listbot"),
        (".venv/bin/listbot", "", ".venv/bin/listbot"),
        ("/opt/listbot/__main__.py", "", "python -m listbot"),
        ("/opt/listbot/.venv/bin/listbot", "./run listbot", "./run listbot"),
        ("/usr/bin/pytest", "", "listbot"),
    ],
)
def test_messages_name_the_command_as_it_was_called(
    monkeypatch: pytest.MonkeyPatch, argv0: str, said_by_run: str, expected: str
) -> None:
    monkeypatch.setattr(sys, "argv", [argv0])
    monkeypatch.setenv("LISTBOT_CALLED", said_by_run)
    assert as_called("write one with `listbot init`") == f"write one with `{expected} init`"
    assert as_called("next:\n  listbot doctor") == f"next:\n  {expected} doctor"
    assert as_called("see /var/lib/listbot and listbot too") == "see /var/lib/listbot and listbot too"


def test_a_command_on_the_path_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "listbot"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(program)])
    assert as_called("`listbot init`") == "`listbot init`"


# --- what is printed ---


def test_the_kinds_of_relief_are_explained_beside_the_rules(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "rules", "show") == 0
    said = capsys.readouterr().out
    assert "Hard limit · Licences" in said
    assert "Kinds of relief" in said
    assert call(monkeypatch, "rules", "show", "asylum") == 0
    assert capsys.readouterr().out.strip().startswith("Kinds of relief\n  asylum  Asylum: ")
    assert call(monkeypatch, "rules", "show", "asylum", "--json") == 0
    assert set(json.loads(capsys.readouterr().out)["forums"]) == {"immigration_court", "uscis"}


def test_a_rule_that_is_not_there_is_answered_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "rules", "show", "nonsense") == 2
    assert "state_bar" in capsys.readouterr().err


REGISTRY = """\
email,name,kind,city,state,bar_states,service_states,relief,consent_at
good@alumni.example,Good,attorney,Durham,NC,NC,NC,asylum:able,2025-01-01
bad@alumni.example,Bad,wizard,Durham,NC,NC,NC,xyzzy,2025-01-01
"""


def test_match_takes_the_good_rows_of_a_registry_and_names_the_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "registry.csv").write_text(REGISTRY)
    (tmp_path / "plea.eml").write_bytes(PLEA)
    assert call(monkeypatch, "match", "--json", "--registry", "registry.csv", "plea.eml") == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert [m["email"] for m in found["shortlist"]] == ["good@alumni.example"]
    kind, relief, figures = said.err.splitlines()
    assert kind.startswith("registry.csv:3 kind: 'wizard' is not known here (write one of accredited_full,")
    assert relief == "registry.csv:3 relief: there is no relief 'xyzzy' (`listbot rules show` lists every kind of relief)"
    assert figures == "bad rows left out: 1; good rows matched: 1"


def test_a_registry_that_is_no_csv_at_all_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "registry.csv").write_text("e-mail,name\nana@alumni.example,Ana\n")
    assert call(monkeypatch, "match", "--registry", "registry.csv", "plea.eml") == 2
    assert "there is no column 'e-mail' (did you mean email?)" in capsys.readouterr().err


def test_nothing_is_cut_where_a_table_goes_into_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        call(monkeypatch, "simulate", "--runs", "1", "--needs", "5", "--days", "30", "--takers", "30", "--policy", "broadcast")
        == 0
    )
    heading, row, *_ = capsys.readouterr().out.splitlines()
    assert heading.split("  ")[-1].strip() == "worst state"
    assert row.split()[0] == "broadcast"
    assert "…" not in heading + row


def test_the_demo_says_what_it_does_before_anything_heavy_is_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "listbot.cli.demo.story", None)  # as heavy as it can be: it does not load at all
    assert call(monkeypatch, "demo") == 1
    assert "everything stays on this machine" in capsys.readouterr().out
