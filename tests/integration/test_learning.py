"""`listbot reading learn` over a real database: posts that moderators corrected change how the next one is read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from listbot import bootstrap, config
from listbot.cli import app
from listbot.domain.desk import Correction
from listbot.domain.mail import Arrival
from listbot.domain.reading import Kind
from listbot.domain.work import Queue
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
WORDS = """\
From: Sam <sam{number}@fellows.example>
Message-ID: <{number}@fellows.example>
List-Id: <fellows.lists.example>
Subject: Clinic night number {number}

Clinic night number {number} in Charlotte, NC looks for an attorney who can take one asylum client of ours for an evening. Can anyone help?
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "listbot.toml").write_text(CONFIG)
    config.write_secret(tmp_path / "secret")
    return tmp_path / "listbot.toml"


def corrected(path: Path, number: int) -> None:
    """So many posts that the bot read, each of which a moderator called an announcement."""

    async def work() -> None:
        async with bootstrap.opened_office(config.load(path)) as office:
            context, now = office.context, datetime.now(UTC)
            raws = [WORDS.format(number=n).encode() for n in range(number)]
            await keeper(context)([Arrival(source="s", key=f"{n}", raw=raw, received_at=now) for n, raw in enumerate(raws)], None)
            act = actor(context, lambda: None)
            for message in await context.work.due(Queue.MESSAGE, datetime.now(UTC), number):
                await act(Queue.MESSAGE, message)
            for post in range(1, number + 1):
                said = Correction(
                    post=post, at=now, who="mo@alumni.example", kind_before=Kind.REFERRAL, kind_after=Kind.ANNOUNCEMENT, before=(), after=()
                )  # fmt: skip
                await office.drafts.keep_correction(said)

    asyncio.run(work())


def learn(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["reading", "learn", *arguments, "--config", str(path)])


def versions(path: Path) -> int:
    async def work() -> int:
        async with bootstrap.opened_office(config.load(path)) as office:
            return len(await office.versions.history())

    return asyncio.run(work())


def test_few_corrections_are_too_few_to_learn_from(path: Path) -> None:
    corrected(path, 2)
    done = learn(path)
    assert done.exit_code != 0
    assert "at least 8" in str(done.exception)


def test_what_moderators_corrected_is_learned_shown_and_taken_into_force(path: Path) -> None:
    corrected(path, 24)
    tried = learn(path, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "nothing was changed" in tried.output
    assert versions(path) == 0
    done = learn(path)
    assert done.exit_code == 0, done.output
    assert "version 2 of the rules is in force" in done.output
    assert versions(path) == 2  # that from before is kept, so that one can go back to it
    again = learn(path)
    assert "nothing was changed" in again.output
