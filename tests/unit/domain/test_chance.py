"""Beliefs about answers, and how they move."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.domain.chance import answered_by, chance_of_yes, equal_people, how_many, somebody, still_coming
from listbot.domain.registry import Standing
from listbot.domain.rules import ChanceRules
from tests.unit.domain.builders import NOW, candidate

RULES = ChanceRules()
CHANCES = st.lists(st.floats(0.01, 0.9), max_size=30)


def chance(**standing: object) -> float:
    return chance_of_yes(candidate(standing=Standing(**standing)), RULES.fit_middle, RULES, NOW)  # type: ignore[arg-type]


def test_somebody_never_asked_is_believed_like_everybody() -> None:
    assert chance() == pytest.approx(RULES.answers * RULES.yes)


def test_yeses_raise_and_silence_lowers() -> None:
    assert chance(said_yes=3) > chance() > chance(silent=3)


def test_old_answers_count_less() -> None:
    fresh = chance(said_yes=5, last_asked_at=NOW - timedelta(days=40))
    old = chance(said_yes=5, last_asked_at=NOW - timedelta(days=1500))
    assert fresh > old > chance()


def test_each_recent_ask_tires() -> None:
    assert chance() > chance(asks_last_30_days=1) > chance(asks_last_30_days=2)


def test_a_better_fit_is_likelier() -> None:
    one = candidate()
    assert chance_of_yes(one, 0.9, RULES, NOW) > chance_of_yes(one, 0.3, RULES, NOW)


@pytest.mark.parametrize(
    ("each", "certainty", "people"), [(0.05, 0.95, 59), (0.1, 0.95, 29), (0.2, 0.95, 14), (0.2, 0.8, 8), (0.1, 0.8, 16)]
)
def test_how_many_people_of_equal_chance(each: float, certainty: float, people: int) -> None:
    assert equal_people(each, certainty) == people
    assert how_many([each] * 100, certainty) == people


@given(CHANCES, st.floats(0.05, 0.99))
def test_how_many_is_the_least_number_that_is_enough(chances: list[float], certainty: float) -> None:
    number = how_many(chances, certainty)
    if number > len(chances):
        assert somebody(chances) < certainty
    else:
        assert somebody(chances[:number]) >= certainty - 1e-9
        assert number == 0 or somebody(chances[: number - 1]) < certainty


def test_half_of_the_answers_have_come_by_the_median() -> None:
    assert answered_by(47, 47, 1.9) == pytest.approx(0.5)
    assert answered_by(0, 47, 1.9) == 0


@given(st.floats(0.01, 0.9), st.floats(0, 1e5), st.floats(0, 1e5))
def test_hope_fades_with_time(chance: float, one: float, other: float) -> None:
    sooner, later = sorted((one, other))
    assert 0 <= still_coming(chance, later, 47, 1.9) <= still_coming(chance, sooner, 47, 1.9) <= chance + 1e-12
