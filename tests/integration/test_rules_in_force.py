"""Rules that are applied while the bot runs: the next post is read by them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from listbot.adapters.rulefiles import in_force, read_folder
from listbot.bootstrap import opened_office
from listbot.cli import app
from listbot.config import Settings, load
from listbot.domain.mail import Address, Post
from listbot.pipeline.office import Office

SHIPPED_FOLDER = Path(__file__).parents[2] / "rules"
SHIPPED = read_folder(SHIPPED_FOLDER)
PLEA = Post(
    message_id="<1@clinic.example>",
    author=Address("ana@clinic.example", "Ana Field"),
    subject="17yo in Charlotte, NC needs an asylum attorney",
    text="Hi all, my client, 17, from Honduras, lives in Charlotte, NC and needs counsel for asylum. The I-589 is due Feb 24.",
    date=datetime(2025, 1, 14, 15, tzinfo=UTC),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "secret").write_text("s" * 40)
    path = tmp_path / "listbot.toml"
    path.write_text('[bot]\naddress = "bot@bot.example"\n[database]\nurl = "sqlite:///listbot.db"\n')
    return load(path)


@asynccontextmanager
async def running(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """An office that looks for new versions, as a worker does."""
    monkeypatch.setattr(in_force, "LOOK_SECONDS", 0.02)
    async with opened_office(settings) as office:
        stop = asyncio.Event()
        follows = asyncio.create_task(office.follow_rules(stop))
        yield office
        stop.set()
        await follows


async def apply(settings: Settings, files: Mapping[str, str]) -> int:
    """Another process applies rules."""
    async with opened_office(settings) as other:
        return (await other.versions.apply(files, "", "mo", other.context.clock.now())).number


async def until_in_force(office: Office, number: int) -> None:
    while office.context.rules().version != number:  # noqa: ASYNC110 - nobody tells when it was taken up
        await asyncio.sleep(0.02)


async def test_thresholds_that_are_applied_count_from_the_next_post_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings, monkeypatch) as office:
        assert office.context.reader.read(PLEA).hold is None
        strict = SHIPPED | {"reading.yaml": "hold_need_below: 1\n"}
        await until_in_force(office, await apply(settings, strict))
        assert office.context.reader.read(PLEA).hold == "the reading is not sure enough"


async def test_a_phrase_and_a_place_that_are_applied_are_understood(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(settings, monkeypatch) as office:
        say = Post(message_id="<2@clinic.example>", author=PLEA.author, date=PLEA.date, subject="Quillfeather House", text=(
            "Looking for an attorney for a client detained at Quillfeather House who needs help with a moonlight petition."
        ))  # fmt: skip
        before = office.context.reader.read(say)
        assert not any(p.state == "VT" or "naturalization" in n.relief for n in before.needs for p in n.places)
        relief = SHIPPED["relief.yaml"].replace("phrases: [naturalization,", "phrases: [moonlight petition, naturalization,")
        places = SHIPPED["places/facilities.yaml"].replace(
            "facilities:\n", "facilities:\n  - {name: Quillfeather House, city: Rutland, state: VT, kind: ice}\n", 1
        )
        files = SHIPPED | {"relief.yaml": relief, "places/facilities.yaml": places}
        await until_in_force(office, await apply(settings, files))
        (need,) = office.context.reader.read(say).needs
        assert need.states == {"VT"}
        assert need.relief == ("naturalization",)


async def test_a_version_that_cannot_be_read_never_counts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(settings, monkeypatch) as office:
        office.context.reader.read(PLEA)
        await apply(settings, SHIPPED | {"places/courts.yaml": "immigration_courts: [{city: Nowhere}]\n"})
        await apply(settings, SHIPPED | {"limits.yaml": "- {kind: nonsense}\n"})
        good = await apply(settings, SHIPPED | {"reading.yaml": "hold_need_below: 1\n"})
        await until_in_force(office, good)
        assert office.context.reader.read(PLEA).hold


async def test_the_version_in_force_goes_before_the_configured_folder(settings: Settings, tmp_path: Path) -> None:
    for name, text in SHIPPED.items():
        (tmp_path / "rules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rules" / name).write_text(text)
    configured = settings.model_copy(update={"bot": settings.bot.model_copy(update={"rules": tmp_path / "rules"})})
    number = await apply(configured, SHIPPED | {"reading.yaml": "hold_kind_below: 0.9\n"})
    async with opened_office(configured) as office:
        assert office.context.rules().version == number
        assert office.context.rules().reading.hold_kind_below == 0.9


async def test_a_letter_that_is_worded_anew_is_written_so_from_then_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings, monkeypatch) as office:
        shipped = office.wording.letter("stopped", "en")
        own = {"letters/en/stopped.txt": "Subject: Bye\n\nFare well.\n", "letters/en/stopped.html": "<p>Fare well.</p>\n"}
        number = await apply(settings, SHIPPED | own)
        await until_in_force(office, number)
        assert office.wording.letter("stopped", "en")[:2] == ("Bye", "Fare well.\n")
        faulty = SHIPPED | {"letters/en/stopped.txt": "Subject: {{ nobody }}\n\nx\n"}
        await apply(settings, faulty)
        await office.renew_rules()
        assert office.context.rules().version == number
        await office.versions.put_in_force((await apply(settings, SHIPPED)), "mo", office.context.clock.now())
        await office.renew_rules()
        assert office.wording.letter("stopped", "en") == shipped


def test_one_can_go_back_from_the_command_line_as_far_as_the_rules_as_installed(settings: Settings, tmp_path: Path) -> None:
    def rules(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["rules", *arguments, "--config", str(tmp_path / "listbot.toml")])
        return done.output if done.exit_code == 0 else str(done.exception)

    folder = tmp_path / "mine"
    copytree(SHIPPED_FOLDER, folder)
    limits = folder / "limits.yaml"
    for days in ("7", "9"):
        limits.write_text(re.sub(r"days: \d+\n  open_asks", f"days: {days}\n  open_asks", limits.read_text()))
        rules("apply", str(folder))
    assert "limit cool_down: days 5 -> 7" in rules("history")
    assert "days = 9" in rules("show", "cool_down")
    assert "version 2 is in force" in rules("rollback")
    assert "version 1 is in force" in rules("rollback")
    assert "no earlier version" in rules("rollback")
    assert "days = 5" in rules("show", "cool_down")
    assert re.search(r"^ +1 \* .*\n +the rules as installed", rules("history"), re.MULTILINE)
    assert "version 3 is in force" in rules("rollback", "3")
