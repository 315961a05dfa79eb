"""A fellow's few words put a need right."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import pytest

from listbot.bootstrap import make_reader
from listbot.domain.corrections import Correction, corrected
from listbot.domain.mail import Address, Post
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.states import NeedState
from listbot.reading import Reader

TODAY = datetime(2025, 2, 13, 15, tzinfo=UTC)
KNOWN = Need(
    places=(Place("Charlotte", city="Charlotte", county="Mecklenburg", state="NC"),),
    relief=("asylum", "sijs"),
    deadline=Deadline(date(2025, 3, 3), DateRole.HEARING, "hearing on March 3"),
    languages=("es",),
)
QUOTED = (
    "\n\nOn Thu, Feb 13, 2025 at 9:00 AM Referral bot <bot@bot.example> wrote:\n> Where     Charlotte, NC\n> By when   March 3\n"
)


@cache
def reader() -> Reader:
    return make_reader()


def said(words: str) -> Correction:
    post = Post(
        message_id="<1@fellows.example>",
        author=Address("sam@fellows.example", "Sam"),
        subject="Re: Looking for a taker: Charlotte",
        text=words + QUOTED,
        date=TODAY,
    )
    return reader().read_correction(post, KNOWN, TODAY.date())


def after(words: str) -> Need:
    correction = said(words)
    assert not correction.doubt
    assert correction.ends is None
    return corrected(KNOWN, correction)


@pytest.mark.parametrize(
    "words",
    [
        "it's Durham, not Charlotte",
        "Not Charlotte, Durham.",
        "Sorry, the client is in Durham NC rather than Charlotte.",
        "Durham!",
    ],
)
def test_another_place_takes_the_place_of_the_old(words: str) -> None:
    assert [(p.city, p.state) for p in after(words).places] == [("Durham", "NC")]


def test_a_further_place_stands_beside() -> None:
    assert [p.city for p in after("She could also go to Raleigh").places] == ["Charlotte", "Raleigh"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hearing moved to 3/12", date(2025, 3, 12)),
        ("The hearing was rescheduled from March 3 to March 20.", date(2025, 3, 20)),
        ("it has been continued to April 2, 2025", date(2025, 4, 2)),
    ],
)
def test_a_moved_date_takes_the_place_of_the_old(words: str, day: date) -> None:
    deadline = after(words).deadline
    assert deadline is not None
    assert (deadline.date, deadline.kind) == (day, DateRole.HEARING)


def test_an_earlier_date_of_another_kind_becomes_the_deadline_and_the_old_date_stays() -> None:
    need = after("The I-589 is due February 24")
    assert need.deadline is not None
    assert (need.deadline.date, need.deadline.kind) == (date(2025, 2, 24), DateRole.FILING)


@pytest.mark.parametrize(
    ("words", "relief"),
    [
        ("also needs U visa", ("asylum", "sijs", "u_visa")),
        ("only SIJS, no asylum", ("sijs",)),
        ("it's a T visa, not asylum or SIJS", ("t_visa",)),
    ],
)
def test_relief_is_added_and_taken_away(words: str, relief: tuple[str, ...]) -> None:
    assert set(after(words).relief) - ({"sijs"} if "or" in words.split() else set()) == set(relief)


def test_custody_and_age() -> None:
    assert after("he was detained yesterday").detained is True
    assert after("She is 18, actually").age == 18


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("placed, thanks", NeedState.PLACED),
        ("We found an attorney, thank you all!", NeedState.PLACED),
        ("not a referral", NeedState.CLOSED),
        ("This was just a question, I wasn't looking for counsel", NeedState.CLOSED),
        ("please stop", NeedState.CLOSED),
        ("STOP", NeedState.CLOSED),
    ],
)
def test_the_search_ends(words: str, state: NeedState) -> None:
    assert said(words).ends is state


@pytest.mark.parametrize(
    "words", ["not placed yet", "It fell through, still looking", "She never responded; please search again"]
)
def test_what_is_not_placed_goes_on(words: str) -> None:
    assert said(words).ends is None


@pytest.mark.parametrize("words", ["there are two clients", "What is your address?", "Both kids need help, separate cases"])
def test_what_is_not_plain_is_for_a_moderator(words: str) -> None:
    assert said(words).doubt


def test_what_is_quoted_is_not_said() -> None:
    assert not said("Thanks for this!").says_something


def test_the_known_place_before_a_client_says_who_and_not_where() -> None:
    assert [p.text for p in after("The Charlotte one is actually in Durham.").places] == ["Durham"]


def test_what_the_spanish_note_suggests_is_understood() -> None:
    assert said("no es una solicitud").ends is NeedState.CLOSED
    assert said("ya está colocado, gracias").ends is NeedState.PLACED
    assert [p.text for p in after("es Durham, no Charlotte").places] == ["Durham"]
