"""Past posts once more: of an archive, and of the own journal; in the terminal, as JSON, as a page."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from listbot.adapters import sql
from listbot.cli import app
from listbot.domain.states import AnswerKind, AskState, NeedState
from listbot.domain.work import AnswerReading, Queue
from tests.contract.conftest import sql_store
from tests.contract.stores import ANA, new_ask, new_wave
from tests.postgres import MIGRATIONS

RULES = Path(__file__).parents[2] / "rules"
PLEA = """From: Sam <sam@fellows.example>
To: fellows@lists.example
Subject: Asylum attorney needed in Charlotte, NC
Date: Tue, 14 Jan 2025 10:02:00 -0500
Message-ID: <1@fellows.example>

Hi all, my client, 34, from Honduras, lives in Charlotte, NC and speaks Spanish. He needs an attorney for asylum.
Can anyone take him? Thank you, Sam
"""
TAKEN = """From: Bo <bo@alumni.example>
To: fellows@lists.example
Subject: Re: Asylum attorney needed in Charlotte, NC
Date: Tue, 14 Jan 2025 11:02:00 -0500
Message-ID: <2@alumni.example>
In-Reply-To: <1@fellows.example>
References: <1@fellows.example>

Happy to take this one, writing you off list.
"""
REGISTRY = """email,name,city,state,bar_states,relief,consent_at,open_slots
ana@alumni.example,Ana Field,Charlotte,NC,NC,asylum:expert,2024-01-01,
bo@alumni.example,Bo Stone,Raleigh,NC,NC,asylum:able,2024-01-01,
"""


def replayed(*arguments: str) -> Result:
    done = CliRunner().invoke(app, ["replay", *arguments])
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def archive(tmp_path: Path) -> list[str]:
    """A folder of posts and a registry, as arguments."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "1.eml").write_text(PLEA)
    (tmp_path / "posts" / "2.eml").write_text(TAKEN)
    (tmp_path / "registry.csv").write_text(REGISTRY)
    return [str(tmp_path / "posts"), "--registry", str(tmp_path / "registry.csv")]


@pytest.fixture
def nobody_asked(tmp_path: Path) -> Path:
    """Rules under which nobody is asked at all."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    limits = folder / "limits.yaml"
    limits.write_text(limits.read_text().replace("  asks: 2\n", "  asks: 0\n"))
    return folder


def test_an_archive_tells_who_would_be_asked(archive: list[str]) -> None:
    said = replayed(*archive).stdout
    assert "Ana Field" in said
    assert "needs looked at" in said


def test_a_change_tells_who_is_no_longer_asked_and_who_really_took_it(archive: list[str], nobody_asked: Path) -> None:
    (row,) = (json.loads(line) for line in replayed(*archive, "--rules", str(nobody_asked), "--json").stdout.splitlines())
    assert [one["email"] for one in row["gone"]] == ["ana@alumni.example", "bo@alumni.example"]
    assert [one["email"] for one in row["missed"]] == ["bo@alumni.example"]
    said = replayed(*archive, "--rules", str(nobody_asked)).stdout
    assert "bo@alumni.example took it and would be missed" in said
    assert "1 actual takers missed" in " ".join(said.split())


def test_the_page_is_complete_in_one_file(archive: list[str], nobody_asked: Path, tmp_path: Path) -> None:
    html = tmp_path / "replay.html"
    replayed(*archive, "--rules", str(nobody_asked), "--html", str(html))
    text = html.read_text()
    HTMLParser().feed(text)
    assert "http" not in text
    assert "<script" not in text
    assert "took it and would be missed" in text


def test_the_own_journal_is_replayed_with_those_who_really_took_the_cases(tmp_path: Path, nobody_asked: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40)
    config = tmp_path / "listbot.toml"
    config.write_text('[bot]\naddress = "bot@bot.example"\n[database]\nurl = "sqlite:///listbot.db"\n')
    url = f"sqlite:///{tmp_path}/listbot.db"
    sql.upgrade(url, MIGRATIONS)

    async def a_case_that_ana_took() -> None:
        database = sql.Database(url, own_clock=False)
        store = sql_store(database)
        ana = await store.taker(replace(ANA, open_slots=3))
        need = await store.need()
        (ask,) = await store.cases.asked(await store.claim(Queue.NEED, need), [new_wave(need, new_ask(need, ana))], (), store.now)
        yes = AnswerReading(kind=AnswerKind.YES, confidence=1)
        await store.send_all()
        await store.cases.answered(None, yes, ask, AskState.ANSWERED, (need, NeedState.OFFERED), (), "", store.now)
        await database.close()

    asyncio.run(a_case_that_ana_took())
    said = replayed("--rules", str(nobody_asked), "--config", str(config)).stdout
    assert f"{ANA.email} took it and would be missed" in said
    (row,) = (json.loads(line) for line in replayed("--json", "--config", str(config)).stdout.splitlines())
    assert row["kept"] == [ANA.email]


@pytest.fixture
def sure(tmp_path: Path) -> Path:
    """Rules that hold no plea."""
    return other_reading(tmp_path / "sure", 0.0)


@pytest.fixture
def unsure(tmp_path: Path) -> Path:
    """Rules that hold every plea, and know another name of asylum."""
    folder = other_reading(tmp_path / "unsure", 1.0)
    relief = folder / "relief.yaml"
    relief.write_text(relief.read_text().replace("phrases: [asylum, ", "phrases: [asylum, blue harbor petition, ", 1))
    return folder


def other_reading(folder: Path, threshold: float) -> Path:
    shutil.copytree(RULES, folder)
    (folder / "reading.yaml").write_text(f"hold_kind_below: {threshold}\nhold_need_below: {threshold}\n")
    return folder


def test_a_change_of_the_rules_of_reading_shows(archive: list[str], sure: Path, unsure: Path, tmp_path: Path) -> None:
    plea = PLEA.replace("<1@", "<3@").replace("Asylum attorney", "Attorney").replace("for asylum", "for a blue harbor petition")
    (tmp_path / "posts" / "3.eml").write_text(plea)
    said = replayed(*archive, "--rules", str(unsure), "--against", str(sure), "--json").stdout
    known, renamed = (json.loads(line)["read"] for line in said.splitlines())
    assert [word.partition(":")[0] for word in known] == ["held"]
    assert "relief: not said → asylum" in renamed
    back = replayed(*archive, "--rules", str(sure), "--against", str(unsure), "--json").stdout
    known, renamed = (json.loads(line)["read"] for line in back.splitlines())
    assert [word.partition(":")[0] for word in known] == ["no longer held"]
    assert "relief: asylum → not said" in renamed


def test_what_is_read_otherwise_is_said_in_the_terminal_and_on_the_page(
    archive: list[str], sure: Path, unsure: Path, tmp_path: Path
) -> None:
    html = tmp_path / "replay.html"
    done = replayed(*archive, "--rules", str(unsure), "--against", str(sure), "--html", str(html))
    said = " ".join(done.stdout.split())
    assert "~ held: " in said
    assert "1 read otherwise" in said
    assert '<li class="read">held: ' in html.read_text()


def test_rules_that_read_alike_understand_alike(archive: list[str], nobody_asked: Path) -> None:
    (row,) = (json.loads(line) for line in replayed(*archive, "--rules", str(nobody_asked), "--json").stdout.splitlines())
    assert row["read"] == []
