"""What somebody says who is asked how much room they have."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from listbot.domain.mail import Address, Post
from listbot.domain.states import AnswerKind
from listbot.domain.work import AnswerReading
from listbot.reading.answers.room import read_room

MONDAY = datetime(2025, 2, 3, tzinfo=UTC)


def said(text: str, **more: object) -> AnswerReading:
    return read_room(
        Post(
            message_id="<1@alumni.example>",
            author=Address("ana@alumni.example", "Ana Field"),
            subject="Re: How much room have you for cases?",
            text=text,
            date=MONDAY,
            **more,  # type: ignore[arg-type]
        ),
        MONDAY,
    )


@pytest.mark.parametrize(
    ("text", "slots"),
    [("2 slots", 2), ("2", 2), ("Still two.", 2), ("I can take one more case", 1), ("3 casos", 3), ("none", 0), ("Full.", 0),
     ("No room at the moment, I am afraid", 0), ("At capacity!", 0), ("ninguno por ahora", 0)],
)  # fmt: skip
def test_a_number_or_none(text: str, slots: int) -> None:
    reading = said(text)
    assert (reading.kind, reading.slots, reading.until, reading.hold) == (AnswerKind.CAPACITY, slots, None, None)


@pytest.mark.parametrize(
    ("text", "until"),
    [("full until June", "2025-06-01"), ("No room until March 15", "2025-03-15"), ("lleno hasta junio", "2025-06-01"),
     ("Not now, maybe in September", "2025-09-01")],
)  # fmt: skip
def test_full_until_a_day(text: str, until: str) -> None:
    reading = said(text)
    assert (reading.kind, reading.slots, reading.until, reading.hold) == (AnswerKind.CAPACITY, None, until, None)


@pytest.mark.parametrize("text", ["still right", "Same as before", "Yes, that's still correct", "No changes", "sigue igual"])
def test_all_as_it_was(text: str) -> None:
    reading = said(text)
    assert (reading.kind, reading.slots, reading.hold) == (AnswerKind.YES, None, None)


@pytest.mark.parametrize("text", ["no", "1 asylum and 2 bond cases", "hmm", "What is this about?", "Two after June"])
def test_what_is_not_plain_is_held(text: str) -> None:
    assert said(text).hold


def test_a_stop_and_a_robot_stay_what_they_are() -> None:
    assert said("please take me off the list").kind is AnswerKind.STOP
    assert said("I am out of office until June 3.", auto_submitted="auto-replied").kind is AnswerKind.ROBOT
