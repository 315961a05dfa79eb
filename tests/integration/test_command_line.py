"""The queues on the command line, over a real database: what a moderator reads there, and what a program does."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from listbot import bootstrap, config
from listbot.cli import app
from listbot.domain.invented import invented_takers
from listbot.domain.mail import Arrival
from listbot.domain.states import MailState
from listbot.domain.work import Delivery, Letter, Queue
from listbot.pipeline.act import actor
from listbot.pipeline.intake import keeper

CONFIG = """\
[bot]
address = "bot@bot.example"
secret_file = "secret"
[[list]]
name = "fellows"
id = "fellows.lists.example"
address = "fellows@lists.example"
"""
PLEA = b"""\
From: Sam <sam@fellows.example>
Message-ID: <1@fellows.example>
Subject: Asylum in Charlotte

A client in Charlotte, NC needs an attorney for asylum. Can anyone take it?
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "listbot.toml").write_text(CONFIG)
    config.write_secret(tmp_path / "secret")
    return tmp_path / "listbot.toml"


def listbot(path: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(app, [*arguments, "--config", str(path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def letter(number: int) -> Letter:
    mime = EmailMessage()
    mime["From"], mime["To"], mime["Subject"] = "bot@bot.example", "Ana Reyes <ana@alumni.example>", "Asylum in Peñasco"
    mime.set_content("Could it be you, in Peñasco?\n")
    mime.add_alternative("<p>Could it be you, in Peñasco?</p>", subtype="html")
    id = f"<{number}@bot.example>"
    return Letter(
        key=id, kind="note", sender="bot@bot.example", recipient="ana@alumni.example", message_id=id, raw=mime.as_bytes()
    )


def put_letters(path: Path, number: int, **delivered: Any) -> None:
    """Letters in the outbox; with what became of a first try."""

    async def put() -> None:
        async with bootstrap.opened(config.load(path)) as context:
            now = context.clock.now()
            await context.outbox.put([letter(n) for n in range(number)], now)
            if delivered:
                taken = await context.outbox.take(now, number, timedelta(minutes=1))
                await context.outbox.settle([Delivery(lease=out.lease, **delivered) for out in taken], now)

    asyncio.run(put())


def hold_a_post(path: Path) -> None:
    """A plea that did not come through the list."""

    async def hold() -> None:
        async with bootstrap.opened(config.load(path)) as context:
            await keeper(context)([Arrival("test", "1", PLEA, datetime.now(UTC))], None)
            act = actor(context, lambda: None)
            for queue in (Queue.MESSAGE, Queue.POST):
                for id in await context.work.due(queue, context.clock.now(), 10):
                    await act(queue, id)

    asyncio.run(hold())


def test_letters_are_a_table_that_says_when_each_is_tried_next(path: Path) -> None:
    at = datetime.now(UTC) + timedelta(minutes=4)
    put_letters(path, 1, state=MailState.QUEUED, reply="no connection to smtp.example:587: refused", next_at=at)
    heading, row = listbot(path, "mail").stdout.splitlines()
    assert heading.split() == ["mail", "state", "kind", "to", "next", "try", "reply"]
    assert f"{at.astimezone():%Y-%m-%d %H:%M:%S}" in row
    assert row.endswith("no connection to smtp.example:587: refused")
    (printed,) = lines(listbot(path, "mail", "--json"))
    assert datetime.fromisoformat(printed["next_try"]) == at


def test_a_letter_is_shown_as_its_reader_sees_it_and_raw_as_it_travels(path: Path) -> None:
    put_letters(path, 1)
    shown = listbot(path, "mail", "1", "--show").stdout
    assert "Ana Reyes <ana@alumni.example>" in shown
    assert "Could it be you, in Peñasco?" in shown
    assert "<p>" not in shown
    raw = listbot(path, "mail", "1", "--raw").stdout
    assert "Content-Type: multipart/alternative" in raw
    assert "Pe=C3=B1asco" in raw
    (printed,) = lines(listbot(path, "mail", "1", "--show", "--json"))
    assert (printed["headers"]["Subject"], printed["text"]) == ("Asylum in Peñasco", "Could it be you, in Peñasco?")


def test_a_letter_is_found_by_its_number_however_many_came_after(path: Path) -> None:
    put_letters(path, 60)
    assert [row["mail"] for row in lines(listbot(path, "mail", "1", "2", "--json"))] == [2, 1]


def test_a_number_without_a_letter_is_named(path: Path) -> None:
    put_letters(path, 1)
    done = CliRunner().invoke(app, ["mail", "1", "7", "--config", str(path)])
    assert str(done.exception) == "there is no letter 7; see `listbot mail`"


def test_a_held_post_is_a_block_of_lines_with_the_way_to_decide(path: Path) -> None:
    hold_a_post(path)
    done = listbot(path, "held")
    assert [" ".join(line.split()) for line in done.stdout.splitlines()] == [
        "post 1",
        "held it did not come through a known list",
        "from sam@fellows.example",
        "subject Asylum in Charlotte",
        "read as referral",
        "warnings there is no Date that can be read",
    ]
    assert "listbot held 3 --release" in done.stderr
    (printed,) = lines(listbot(path, "held", "--json"))
    assert (printed["post"], printed["read_as"]) == (1, "referral")


def test_where_nothing_is_held_it_says_so(path: Path) -> None:
    done = listbot(path, "held")
    assert (done.stdout, done.stderr) == ("", "nothing is held\n")


REGISTRY = """\
email,name,kind,city,state,bar_states,relief,remote,consent_at
ana@alumni.example,Ana Reyes,attorney,Durham,NC,NC;VA,asylum:expert;sijs:able,yes,2025-01-01
"""


def test_what_is_exported_is_imported_without_a_change_and_a_moved_office_is_found_anew(path: Path, tmp_path: Path) -> None:
    takers = [replace(t, lat=35.5, lon=-80.5) for t in invented_takers(30)]

    async def put() -> None:
        async with bootstrap.opened(config.load(path)) as context:
            await context.registry.put(takers, "import", context.clock.now())

    asyncio.run(put())
    csv = tmp_path / "registry.csv"
    listbot(path, "registry", "export", str(csv))
    imported = ["registry", "import", str(csv), "--json"]
    assert [lines(listbot(path, *imported))[0][what] for what in ("new", "changed", "same", "bad")] == [0, 0, 30, 0]
    listbot(path, "registry", "export", str(tmp_path / "again.csv"))
    assert (tmp_path / "again.csv").read_text() == csv.read_text()
    csv.write_text(f"email,city,state,zip\n{takers[0].email},Richmond,VA,23234\n")
    assert lines(listbot(path, *imported))[0]["changed"] == 1
    changes = lines(listbot(path, "registry", "show", takers[0].email, "--json"))[0]["changes"]
    assert {"city", "zip", "lat", "lon"} <= changes[-1]["detail"].keys()


def test_a_taker_is_shown_in_words_with_every_change(path: Path, tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_text(REGISTRY)
    assert listbot(path, "registry", "import", str(tmp_path / "registry.csv")).exit_code == 0
    assert listbot(path, "registry", "edit", "ana@alumni.example", "languages=es;fr", "remote=").exit_code == 0
    shown = [" ".join(line.split()) for line in listbot(path, "registry", "show", "ana@alumni.example").stdout.splitlines()]
    for line in ("kind attorney", "bar_states NC, VA", "relief asylum expert, sijs able", "languages es, fr", "silent 0"):
        assert line in shown
    assert not any(word in line for line in shown for word in ("None", "frozenset", "[", "{", "'"))
    assert shown[-1].endswith(": remote yes → nothing, languages nothing → es;fr")
    heading, row = listbot(path, "registry", "list").stdout.splitlines()
    assert heading.split() == ["email", "name", "kind", "city", "state"]
    assert row.split() == ["ana@alumni.example", "Ana", "Reyes", "attorney", "Durham", "NC"]


@pytest.mark.parametrize("table", ["source", "smtp"])
def test_a_bot_whose_password_is_still_missing_says_into_which_file_it_goes(path: Path, table: str) -> None:
    other = "source" if table == "smtp" else "smtp"
    with path.open("a") as file:
        file.write('[[source]]\nkind = "imap"\nhost = "127.0.0.1"\nport = 1\nusername = "bot"\npassword_file = "source"\n')
        file.write(
            '[smtp]\nhost = "127.0.0.1"\nport = 1\nusername = "bot"\npassword_file = "smtp"\n[web]\nlisten = "127.0.0.1:0"\n'
        )
    (path.parent / table).touch()
    (path.parent / other).write_text("secret\n")
    done = subprocess.run(
        [sys.executable, "-m", "listbot", "run", "--config", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"{table}.password_file: {path.parent / table} is empty; write the secret into it"
