"""Where takers are looked for first, and how promising they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from listbot.domain.geography import STATES, neighbours
from listbot.domain.promise import cells, promise, reach, spots
from listbot.domain.reading import Need, Place
from listbot.domain.registry import Level, Taker

EXPERT = {"asylum": Level.EXPERT}
ANA = Taker(email="a@x.example", state="NC", relief=EXPERT, consent_at=date(2025, 1, 1))
DURHAM = Need(places=(Place("Durham", "Durham", state="NC", lat=35.99, lon=-78.9),), relief=("asylum",))


def where(one: Taker) -> set[tuple[str, str]]:
    return {(found.spot, found.relief) for found in reach(one)}


def test_a_taker_is_found_under_each_pair_of_state_and_relief_and_under_every_relief() -> None:
    one = Taker(email="a@x.example", state="NC", bar_states=frozenset({"SC"}), relief={"sijs": Level.ABLE, "asylum": Level.ABLE})
    assert where(one) == {(state, relief) for state in ("NC", "SC") for relief in ("asylum", "sijs", "")}


def test_who_works_remotely_or_says_nothing_is_found_everywhere() -> None:
    assert where(Taker(email="a@x.example", state="NC", remote=True)) == {("*", "*"), ("*", ""), ("NC:", "*"), ("NC:", "")}
    assert where(Taker(email="a@x.example")) == {("*", "*"), ("*", "")}


def test_an_office_on_the_map_is_found_by_its_square_degree() -> None:
    assert where(replace(ANA, lat=35.99, lon=-78.9)) >= {("35:-79", "asylum"), ("35:-79", "")}
    assert spots(DURHAM).keys() == {"NC", "NC:", "*"}
    assert {"35:-79", "34:-80", "36:-78"} <= cells(DURHAM).keys()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (replace(ANA, lat=35.9, lon=-78.8), ANA),
        (ANA, replace(ANA, relief={"asylum": Level.MENTORED})),
        (ANA, replace(ANA, relief={})),
        (replace(ANA, open_slots=2), replace(ANA, open_slots=1)),
        (ANA, replace(ANA, consent_at=None)),
        (ANA, replace(ANA, open_slots=0)),
    ],
    ids=["near", "expert", "known", "room", "consent", "not full"],
)
def test_the_better_choice_is_more_promising(better: Taker, worse: Taker) -> None:
    one, other = promise(better, DURHAM), promise(worse, DURHAM)
    assert one is not None
    assert other is not None
    assert one > other


def test_a_shared_language_counts_but_english_does_not() -> None:
    both = replace(ANA, languages=frozenset({"en", "es"}))
    assert promise(both, replace(DURHAM, languages=("es",))) == (promise(ANA, DURHAM) or 0) + 13
    assert promise(both, replace(DURHAM, languages=("en",))) == promise(ANA, DURHAM)


def test_who_does_other_work_elsewhere_promises_nothing() -> None:
    assert promise(ANA, replace(DURHAM, relief=("sijs",))) is None
    assert promise(replace(ANA, state="TX"), DURHAM) is None


def test_a_border_has_two_sides_and_no_state_is_its_own_neighbour() -> None:
    for state in STATES:
        assert state not in neighbours(state)
        assert all(state in neighbours(other) for other in neighbours(state))
    assert neighbours("NC") == {"GA", "SC", "TN", "VA"}
    assert neighbours("HI") == neighbours("GU") == frozenset()
