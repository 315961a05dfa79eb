"""Now and then somebody is asked how much room they have; the answer makes their entry fresh."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from listbot.domain.rules.capacity_question import CapacityQuestion
from listbot.reading import Reader
from listbot.reading.settings import load_settings
from tests.unit.pipeline.world import World, kinds
from tests.unit.reading.conftest import RULES

LONG_AGO = date(2023, 6, 1)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_settings(RULES), model=None)


@pytest.fixture
def world(reader: Reader) -> World:
    return World(reader=reader)


async def questions(world: World) -> list[tuple[str, datetime]]:
    """Who was asked, and when."""
    found = [(email, mail.at) for email in world.boxes for mail in world.mails(email, "capacity_question")]
    return sorted(found, key=lambda one: one[1])


async def test_a_day_has_few_and_everybody_is_asked_within_the_year_and_once(world: World) -> None:
    people = await world.register(30, consent_at=LONG_AGO)
    await world.run(days=60)
    asked = await questions(world)
    assert sorted(email for email, _ in asked) == sorted(people)
    days = [at.date() for _, at in asked]
    assert max(days.count(day) for day in days) == 2
    assert all(at.weekday() < 5 and 13 <= at.hour <= 23 for _, at in asked)
    await world.run(days=250)
    assert len(await questions(world)) == 30


async def test_after_a_year_of_silence_the_question_comes_once_more(world: World) -> None:
    (email,) = await world.register(1, consent_at=LONG_AGO)
    await world.run(days=380)
    assert kinds(world.mails(email)) == ["capacity_question"] * 2


@pytest.mark.parametrize(
    "said", [{"consent_at": None}, {"open_slots": 2}, {"paused_until": date(2026, 1, 1)}, {"consent_at": date(2025, 1, 20)}]
)
async def test_who_does_not_agree_who_said_so_lately_and_who_pauses_is_left_alone(world: World, said: dict[str, object]) -> None:
    await world.register(1, 1, **{"consent_at": LONG_AGO, **said})
    await world.run(days=40)
    assert await questions(world) == []


async def test_who_is_being_asked_about_a_case_is_left_alone(world: World) -> None:
    people = await world.register(2, consent_at=LONG_AGO)
    await world.post(
        "Asylum attorney needed in Charlotte, NC",
        "My client, 34, from Honduras, lives in Charlotte, NC and needs counsel for asylum. Her master hearing is on March 12. Can anyone take her?",
    )
    await world.run(days=1)
    assert len(world.asks()) == len(people)
    assert await questions(world) == []


async def test_nobody_is_written_to_in_shadow_mode(reader: Reader) -> None:
    world = World(reader=reader, mode="shadow")
    await world.register(3, consent_at=LONG_AGO)
    await world.run(days=10)
    assert await questions(world) == []


@pytest.mark.parametrize(
    ("words", "slots", "until"),
    [
        ("2 slots", 2, None),
        ("Full until June.", 1, date(2026, 6, 1)),
        ("none right now, sorry", 0, None),
        ("Still right!", 1, None),
    ],
)
async def test_a_reply_is_noted_at_once_and_makes_the_entry_fresh(
    world: World, words: str, slots: int, until: date | None
) -> None:
    (email,) = await world.register(1, consent_at=LONG_AGO, open_slots=1)
    await world.run(days=366)
    (question,) = world.mails(email, "capacity_question")
    await world.reply(question, words)
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert (entry.taker.open_slots, entry.taker.paused_until) == (slots, until)
    assert entry.standing.capacity_at == world.clock.now()
    assert len(world.mails(email, "capacity")) == (words != "Still right!")


async def test_what_is_not_plain_waits_for_a_moderator_and_changes_nothing(world: World) -> None:
    (email,) = await world.register(1, consent_at=LONG_AGO)
    await world.run(days=2)
    await world.reply(world.mails(email, "capacity_question")[0], "It depends on how the merger goes, let us talk some day")
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert (entry.taker.open_slots, entry.standing.capacity_at) == (None, None)
    assert kinds(world.mails("mo@desk.example")).count("held_answer") == 1


async def test_a_stop_is_a_stop(world: World) -> None:
    (email,) = await world.register(1, consent_at=LONG_AGO)
    await world.run(days=2)
    await world.reply(world.mails(email, "capacity_question")[0], "STOP")
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert entry.standing.opted_out_at is not None


async def test_what_was_noted_is_undone_by_a_reply(world: World) -> None:
    (email,) = await world.register(1, consent_at=LONG_AGO)
    await world.run(days=2)
    await world.reply(world.mails(email, "capacity_question")[0], "2 slots")
    await world.reply(world.mails(email, "capacity")[0], "no, 1 case")
    entry = await world.store.registry.taker(email)
    assert entry is not None
    assert entry.taker.open_slots == 1


def test_a_large_registry_is_spread_over_the_year() -> None:
    rule = CapacityQuestion()
    assert rule.a_day(100) == 2
    assert rule.a_day(10_000) == 40
    assert CapacityQuestion(every_days=182.5).a_day(10_000) == 80
