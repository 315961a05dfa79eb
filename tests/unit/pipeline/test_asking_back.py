"""What is not plain in a fellow's reply is asked back once; a moderator looks when no word comes, or none that helps."""

from __future__ import annotations

import pytest

from listbot.domain.mail import Address
from listbot.domain.states import AnswerState, NeedState
from tests.unit.pipeline.world import FELLOW, MO, Mail, World, kinds

TWO = "please help both, one in Charlotte, one in Raleigh, due in 40 days"


async def asked(words: str = "please help, due in 40 days", people: int = 12) -> tuple[World, Mail]:
    world = World()
    await world.register(people)
    await world.post("Asylum in Charlotte", words)
    return world, world.mails(FELLOW.email, "note")[0]


async def test_the_fellow_is_asked_once_with_what_was_understood_and_no_moderator_is_written_to() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    (asked_back,) = world.mails(FELLOW.email, "unclear")
    assert all(said in asked_back.text for said in ("MAYBE about that date", "Charlotte, NC", "all correct"))
    assert asked_back.message["Auto-Submitted"] == "auto-replied"
    assert not world.mails(MO.email)
    assert (await world.need()).state is NeedState.ASKING


async def test_a_second_reply_is_read_together_with_the_first() -> None:
    world, note = await asked(TWO, 20)
    await world.reply(note, "ALSO needs a U visa", FELLOW)
    asked_back = world.mails(FELLOW.email, "unclear")[0]
    assert "CLIENT 2, AS UNDERSTOOD" in asked_back.text
    await world.reply(asked_back, "ALSO client 2", FELLOW)
    assert [(await world.need(n)).need.relief for n in (1, 2)] == [("asylum",), ("asylum", "u_visa")]
    assert not await world.store.cases.answers(AnswerState.ASKED_BACK)
    await world.run(days=3)
    assert not world.mails(MO.email, "held_answer")


async def test_a_second_reply_that_does_not_help_goes_to_a_moderator_with_both() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    await world.reply(world.mails(FELLOW.email, "unclear")[0], "MAYBE it is all up in the air", FELLOW)
    (held,) = world.mails(MO.email, "held_answer")
    assert "about that date" in held.text
    assert "up in the air" in held.text
    assert kinds(world.mails(FELLOW.email)).count("unclear") == 1


async def test_without_a_word_for_a_working_day_a_moderator_looks_once() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    await world.run(hours=4)
    assert not world.mails(MO.email, "held_answer")
    await world.run(days=3)
    (held,) = world.mails(MO.email, "held_answer")
    assert "the fellow was asked, and has not said" in held.text


async def test_a_plain_word_about_something_else_leaves_the_question_open() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    await world.reply(note, "ALSO needs a U visa", FELLOW)
    assert (await world.need()).need.relief == ("asylum", "u_visa")
    await world.run(days=3)
    assert len(world.mails(MO.email, "held_answer")) == 1


@pytest.mark.parametrize("words", ["OTHER thanks!", "QUESTION which date do you mean?", "ROBOT HELD until March 12"])
async def test_words_that_explain_nothing_leave_the_first_ones_to_a_moderator(words: str) -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    await world.reply(world.mails(FELLOW.email, "unclear")[0], words, FELLOW)
    await world.run(days=3)
    assert any("about that date" in held.text for held in world.mails(MO.email, "held_answer"))
    assert not await world.store.cases.answers(AnswerState.ASKED_BACK)


async def test_a_short_objection_is_asked_back_and_thanks_are_not() -> None:
    world, note = await asked()
    await world.reply(note, "OTHER thank you so much", FELLOW)
    assert kinds(world.mails(FELLOW.email)) == ["note"]
    await world.reply(note, "OTHER that is wrong", FELLOW)
    assert kinds(world.mails(FELLOW.email)) == ["note", "unclear"]


async def test_the_same_unclear_reply_five_times_is_one_question() -> None:
    world, note = await asked()
    for _ in range(5):
        await world.reply(note, "MAYBE about that date", FELLOW)
    await world.run(days=3)
    assert kinds(world.mails(FELLOW.email)).count("unclear") == 1
    assert len(world.mails(MO.email, "held_answer")) == 1


async def test_the_same_words_about_another_client_are_words_of_their_own() -> None:
    world, _ = await asked(TWO, 20)
    for number in (1, 2):
        await world.reply(next(a for a in world.asks() if a.letter.need == number), "YES gladly")
    one, two = world.mails(FELLOW.email, "introduction")
    await world.reply(one, "MAYBE about that date", FELLOW)
    assert not world.mails(MO.email, "held_answer")
    await world.reply(two, "MAYBE about that date", FELLOW)
    assert len(world.mails(MO.email, "held_answer")) == 1
    await world.reply(two, "MAYBE about that date", FELLOW)
    assert len(world.mails(MO.email, "held_answer")) == 1


async def test_strangers_machines_and_questions_are_not_asked_back() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", Address("eve@elsewhere.example", "Eve"))
    await world.reply(note, "ROBOT away", FELLOW)
    await world.reply(note, "QUESTION who are you?", FELLOW)
    assert kinds(world.mails(FELLOW.email)) == ["note"]
    assert len(world.mails(MO.email, "held_answer")) == 2


async def test_a_need_still_costs_its_fellow_four_mails_at_most() -> None:
    world, note = await asked()
    await world.reply(note, "MAYBE about that date", FELLOW)
    await world.reply(note, "ALSO needs a U visa", FELLOW)
    await world.reply(note, "HELD now", FELLOW)
    await world.reply(world.asks()[0], "YES gladly")
    await world.run(days=30)
    assert kinds(world.mails(FELLOW.email)) == ["note", "unclear", "corrected", "introduction"]


async def test_a_further_client_is_looked_for_and_quoted_back() -> None:
    world, note = await asked(people=20)
    await world.reply(note, "FURTHER her brother, 15, in Raleigh", FELLOW)
    new = await world.need(2)
    assert (new.post, new.number, new.need.age, new.state) == (1, 2, 15, NeedState.ASKING)
    (told,) = world.mails(FELLOW.email, "further")
    assert "Raleigh, NC" in told.text
    assert "her brother, 15" in next(m for m in world.asks() if m.letter.need == 2).text
    assert not world.mails(MO.email)


async def test_a_further_client_told_five_times_is_one() -> None:
    world, note = await asked(people=20)
    for _ in range(5):
        await world.reply(note, "FURTHER her brother, 15, in Raleigh", FELLOW)
    assert len(await world.store.cases.needs(post=1)) == 2
    assert kinds(world.mails(FELLOW.email)).count("further") == 1


async def test_a_further_client_who_is_not_plain_is_asked_for_and_added_by_the_second_reply() -> None:
    world, note = await asked(people=20)
    await world.reply(note, "FURTHER there is her brother too", FELLOW)
    (asked_back,) = world.mails(FELLOW.email, "unclear")
    assert "A further client" in asked_back.text
    await world.reply(asked_back, "FURTHER another client, 15, in Raleigh", FELLOW)
    assert len(await world.store.cases.needs(post=1)) == 2
    assert not world.mails(MO.email)


async def test_a_client_added_after_retention_emptied_the_plea_is_left_to_a_moderator() -> None:
    world, note = await asked(people=20)
    await world.reply(note, "PLACED", FELLOW)
    tables = world.store.cases._tables
    with tables.write():
        tables.update("post", 1, reading=None)
    await world.reply(note, "FURTHER her brother, 15, in Raleigh", FELLOW)
    assert len(await world.store.cases.needs(post=1)) == 1
    (held,) = world.mails(MO.email, "held_answer")
    assert "her brother, 15" in held.text
