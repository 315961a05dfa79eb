"""Which of several clients of one post a fellow speaks of."""

from __future__ import annotations

import pytest

from listbot.domain.corrections import speaks_of_some, which
from listbot.domain.reading import Need, Place
from listbot.domain.states import NeedState
from listbot.domain.work import StoredNeed

CHARLOTTE = Need(places=(Place("Charlotte", city="Charlotte", state="NC"),), relief=("asylum",), age=17)
TAMPA = Need(places=(Place("Tampa", city="Tampa", state="FL"),), relief=("bond",), age=34)
NEEDS = [StoredNeed(id=n + 10, post=1, number=n, need=need, state=NeedState.ASKING) for n, need in ((1, CHARLOTTE), (2, TAMPA))]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("The second one is detained now.", (2,)),
        ("client 1: it's Durham, not Charlotte", (1,)),
        ("For #2 the hearing moved to March 12", (2,)),
        ("The Tampa client also needs a U visa", (2,)),
        ("the 17-year-old has found someone", (1,)),
        ("the 34 yo speaks Creole", (2,)),
        ("It's Durham, not Charlotte", (1,)),
        ("el segundo está detenido", (2,)),
        ("Both need a Spanish speaker", (1, 2)),
        ("The hearing moved to March 12", ()),
        ("The Charlotte one is in Tampa now", ()),
        ("First, thank you. The hearing moved.", ()),
        ("Thank you both! She also needs a U visa", ()),
        ("the second hearing is on May 3", ()),
    ],
)
def test_a_client_is_meant_by_number_age_place_or_all_together(words: str, numbers: tuple[int, ...]) -> None:
    assert tuple(need.number for need in which(NEEDS, words, None)) == numbers


def test_a_letter_about_one_need_or_a_post_with_one_leaves_no_question() -> None:
    assert [n.id for n in which(NEEDS, "the hearing moved", 12)] == [12]
    assert [n.id for n in which(NEEDS[:1], "the hearing moved", None)] == [11]


def test_one_of_them_is_neither_all_nor_a_certain_one() -> None:
    assert speaks_of_some("one of them is placed")
    assert not speaks_of_some("placed, thanks")
