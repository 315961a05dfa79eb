"""A fellow adds a client by reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from listbot.bootstrap import make_reader
from listbot.domain.corrections import OTHER_CLIENTS
from listbot.domain.mail import Address, Post
from listbot.domain.reading import DateMention, DateRole, Deadline, Need, Place
from listbot.domain.states import NeedState

TODAY = datetime(2025, 2, 13, 15, tzinfo=UTC)
HEARING = DateMention(date(2025, 3, 3), DateRole.HEARING, "March 3", True)
AGES_OUT = DateMention(date(2025, 2, 20), DateRole.AGE_OUT, "turns 18 on February 20", True)
KNOWN = Need(
    places=(Place("Charlotte", city="Charlotte", county="Mecklenburg", state="NC"),),
    relief=("asylum", "sijs"),
    deadline=Deadline(date(2025, 3, 3), DateRole.HEARING, "hearing on March 3"),
    dates=(HEARING, AGES_OUT),
    languages=("es",),
    country="Honduras",
    age=17,
    detained=True,
)


def reply(words: str) -> Post:
    note = "\n\nOn Thu, Feb 13, 2025 at 9:00 AM Referral bot <bot@bot.example> wrote:\n> Where     Charlotte, NC\n"
    author = Address("sam@fellows.example", "Sam")
    return Post(message_id="<1@fellows.example>", author=author, subject="Re: Charlotte", text=words + note, date=TODAY)


def further(words: str, known: Need = KNOWN) -> Need | None:
    return make_reader().read_further(reply(words), known, TODAY.date())


def test_a_brother_with_the_same_hearing_in_another_town() -> None:
    new = further("There is also her brother, 15, same hearing, in Tampa.")
    assert new is not None
    assert [(p.city, p.state) for p in new.places] == [("Tampa", "FL")]
    assert (new.age, new.minor, new.relief, new.languages, new.country) == (15, True, ("asylum", "sijs"), ("es",), "Honduras")
    assert new.deadline == KNOWN.deadline
    assert new.dates == (HEARING,)  # the day on which the sister turns 18 is hers alone
    assert new.detained is None


def test_a_client_of_their_own_shares_nothing_that_is_not_said() -> None:
    new = further("I have another client, 19, U visa, in Durham NC, due March 20")
    assert new is not None
    assert (new.age, new.minor, new.relief, new.languages, new.country) == (19, False, ("u_visa",), (), None)
    assert new.deadline is not None
    assert new.deadline.date == date(2025, 3, 20)


@pytest.mark.parametrize(
    "words",
    [
        "there's also his sister (12), same case, lives with him",
        "Please add her mother, 41, asylum, in Raleigh NC, hearing April 9",
        "Her brother also needs a lawyer: 16, SIJS, Atlanta GA.",
        "También está su hermano, 15 años, misma audiencia, en Tampa",
    ],
)
def test_clients_are_added_in_many_words(words: str) -> None:
    new = further(words)
    assert new is not None
    assert new.age in (12, 15, 16, 41)
    assert new.relief
    assert len({p.state for p in new.places}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "also her sister needs help",  # where, with what?
        "There is another client with the same judge",  # with what?
        "There are two brothers too, 12 and 9, same hearing",  # two at once
        "There is also her sister in Springfield, same hearing",  # which Springfield?
        "There is also her brother, asylum, and they may move to Tampa FL or to Atlanta GA",
    ],
)
def test_what_is_not_plain_is_left_to_be_asked(words: str) -> None:
    assert further(words) is None
    assert make_reader().read_correction(reply(words), KNOWN, TODAY.date()).doubt == OTHER_CLIENTS


@pytest.mark.parametrize(
    "words",
    [
        "her brother is a citizen in Tampa",
        "She also has a brother in Tampa who is a citizen",
        "She lives with her aunt in Durham NC",
    ],
)
def test_relatives_who_ask_for_nothing_are_no_clients(words: str) -> None:
    assert further(words) is None
    assert make_reader().read_correction(reply(words), KNOWN, TODAY.date()).doubt != OTHER_CLIENTS


@pytest.mark.parametrize("words", ["nothing to change, thanks", "All correct.", "todo correcto", "that's right"])
def test_all_is_right_as_it_was_understood(words: str) -> None:
    said = make_reader().read_correction(reply(words), replace(KNOWN, age=None), TODAY.date())
    assert said.stands
    assert not said.says_something


@pytest.mark.parametrize("words", ["all correct", "todo correcto"])
def test_what_the_letter_that_asks_back_proposes_is_understood_as_no_change(words: str) -> None:
    assert make_reader().read_correction(reply(words), KNOWN, TODAY.date()).stands


@pytest.mark.parametrize(
    ("words", "ends", "reopens"),
    [
        ("placed", NeedState.PLACED, False),
        ("ya tiene abogado", NeedState.PLACED, False),
        ("stop", NeedState.CLOSED, False),
        ("still looking", None, True),
        ("sigue buscando", None, True),
    ],
)
def test_what_the_letter_that_asks_back_proposes_is_understood_as_the_end_or_not(
    words: str, ends: NeedState | None, reopens: bool
) -> None:
    said = make_reader().read_correction(reply(words), KNOWN, TODAY.date())
    assert (said.ends, said.reopens) == (ends, reopens)


@pytest.mark.parametrize(
    "words",
    [
        "it is Durham, not Charlotte",
        "hearing March 12",
        "also needs a U visa",
        "es Durham, no Charlotte",
        "audiencia el 12 de marzo",
        "también necesita visa U",
    ],
)
def test_what_the_letter_that_asks_back_proposes_is_understood_as_a_change(words: str) -> None:
    assert make_reader().read_correction(reply(words), KNOWN, TODAY.date()).says_something


@pytest.mark.parametrize(
    "words",
    [
        "another client, 15, asylum, in Durham NC, hearing March 12",
        "otro cliente, 15 años, asilo, en Durham NC, audiencia el 12 de marzo",
    ],
)
def test_what_the_letter_that_asks_back_proposes_is_understood_as_a_further_client(words: str) -> None:
    new = further(words)
    assert new is not None
    assert (new.age, new.relief, [p.city for p in new.places]) == (15, ("asylum",), ["Durham"])
    assert new.deadline is not None
    assert new.deadline.date == date(2025, 3, 12)
