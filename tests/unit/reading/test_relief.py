"""What help is asked for, and what of it a post only mentions."""

from __future__ import annotations

import pytest

from listbot.reading import Reader
from listbot.reading.lexicon import words_of
from listbot.reading.relief import asked_ids, judge
from listbot.reading.text import Sentences


def statuses(reader: Reader, text: str) -> dict[str, str]:
    """Status by relief id, the last mention's."""
    found = judge(reader.tables.relief.find(text, words_of(text)), text, Sentences(text))
    return {i: j.status for j in found for i in j.mention.ids}


def asked(reader: Reader, text: str) -> set[str]:
    found = judge(reader.tables.relief.find(text, words_of(text)), text, Sentences(text))
    return set(asked_ids(found, reader.tables.relief.types, text)[0])


@pytest.mark.parametrize(
    ("text", "relief", "status"),
    [
        ("She needs help with asylum.", "asylum", "asked"),
        ("The asylum application has not been filed.", "asylum", "asked"),
        ("He has never filed for asylum.", "asylum", "asked"),
        ("No ha presentado la solicitud de asilo.", "asylum", "asked"),
        ("The I-589 is due March 3.", "asylum", "asked"),
        ("We already filed the I-589.", "asylum", "handled"),
        ("She has an approved I-360.", "sijs", "granted"),
        ("Her TPS was granted in May.", "tps", "granted"),
        ("He is not eligible for asylum.", "asylum", "ruled_out"),
        ("Asylum is time-barred.", "asylum", "ruled_out"),
        ("The IJ denied asylum, withholding and CAT.", "cat", "ruled_out"),
        ("She wants adjustment through her husband.", "adjustment", "asked"),
        ("I'm looking for someone to do the bond hearing.", "bond", "asked"),
    ],
)
def test_the_status_of_a_relief_is_told_by_the_words_around_it(reader: Reader, text: str, relief: str, status: str) -> None:
    assert statuses(reader, text)[relief] == status


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Need help with WOR/CAT, merits in May.", {"withholding", "cat"}),
        ("LPR needs cancellation.", {"cancellation_lpr"}),
        ("Asylee needs help to adjust.", {"refugee_adjustment"}),
        ("Needs guardianship with special findings, then the I-360.", {"guardianship", "sijs"}),
        ("Needs a petition for review; the BIA denied his asylum.", {"circuit_petition"}),
        ("She came on parole and needs asylum.", {"asylum"}),
        ("Wants a U visa cert.", {"u_visa"}),
    ],
)
def test_what_is_asked_for(reader: Reader, text: str, ids: set[str]) -> None:
    assert asked(reader, text) == ids


@pytest.mark.parametrize(
    "text", ["He will stay with his aunt.", "He is in ICE custody.", "James Bond films only.", "See page 485 and send $130."]
)
def test_the_same_word_in_another_sense_is_no_relief(reader: Reader, text: str) -> None:
    assert not statuses(reader, text)


@pytest.mark.parametrize(
    ("text", "relief"),
    [
        ("She was robbed and needs help with her U.", {"u_visa"}),
        ("He wants to become a citizen.", {"naturalization"}),
        ("Her DACA runs out in May; who can do the renewal?", {"daca"}),
        ("RFE on an approved I-130, an answer is due Friday.", {"family_petition"}),
        ("DACA RENEWAL EXPIRED LAST WEEK", {"daca"}),
        ("A family of refugees since 2021 ready to adjust.", {"refugee_adjustment"}),
        ("She wants the old order reopened.", {"motion_to_reopen"}),
        ("Her redetermination is on Monday, detained.", {"bond"}),
        ("He is asking for 212(c).", {"other"}),
    ],
)
def test_relief_is_known_by_the_words_that_lawyers_use(reader: Reader, text: str, relief: set[str]) -> None:
    assert asked(reader, text) == relief
