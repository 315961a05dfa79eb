"""Kinds of posts learned anew from what moderators corrected."""

from __future__ import annotations

from dataclasses import replace

from listbot.domain.reading import Kind
from listbot.reading import Reader
from listbot.reading.kind import shipped_weights
from listbot.reading.learning import Example, Figures, Lesson, corpus_examples, figures, learned, lesson
from tests.unit.reading.conftest import PostFactory

SMALL = [
    *(Example({"bias": 1.0, "asks": 1.0}, Kind.REFERRAL, "w01") for _ in range(20)),
    *(Example({"bias": 1.0, "sells": 1.0}, Kind.ANNOUNCEMENT, "w01") for _ in range(20)),
]
NOTHING_KNOWN = {k.value: {"bias": 0.0} for k in Kind}


def test_what_is_always_so_in_the_examples_is_learned() -> None:
    weights = learned(SMALL, NOTHING_KNOWN)
    assert figures(SMALL, weights).right == 1.0
    assert weights["referral"]["asks"] > 0 > weights["referral"].get("sells", 0.0)


def test_learning_twice_gives_the_same_weights() -> None:
    assert learned(SMALL, NOTHING_KNOWN) == learned(SMALL, NOTHING_KNOWN)


def test_corrections_teach_a_wording_that_the_corpus_does_not_know() -> None:
    own = [Example({"bias": 1.0, "asks": 1.0, "auction": 1.0}, Kind.ANNOUNCEMENT) for _ in range(16)]
    made = lesson(SMALL, own, learned(SMALL, NOTHING_KNOWN))
    assert made.own[0].right == 0.0
    assert made.own[1].right == 1.0
    assert made.better


def test_corrections_that_say_what_is_known_change_nothing() -> None:
    own = [Example({"bias": 1.0, "asks": 1.0}, Kind.REFERRAL) for _ in range(16)]
    assert not lesson(SMALL, own, learned(SMALL, NOTHING_KNOWN)).better


def test_weights_that_miss_a_plea_more_are_not_better_however_much_else_they_get_right() -> None:
    before, after = Figures(100, 0.8, 0.99, 0.9), Figures(100, 0.95, 0.98, 0.99)
    made = Lesson({}, (before, after), (before, replace(after, pleas_seen=0.99)))
    assert not made.better


def test_the_corpus_comes_along_as_features_of_many_writers() -> None:
    corpus = corpus_examples()
    assert len(corpus) >= 1500
    assert len({e.writer for e in corpus}) >= 10
    assert figures(corpus, shipped_weights()).right > 0.8


def test_a_reader_goes_by_the_weights_that_are_in_force(reader: Reader, post: PostFactory) -> None:
    plea = post("Can anyone take my client? She is in Charlotte, NC and needs asylum.")
    assert reader.read(plea).kind is Kind.REFERRAL
    other = {k.value: {"bias": 9.0 if k is Kind.ANNOUNCEMENT else 0.0} for k in Kind}
    weights, reader.weights = reader.weights, other
    try:
        assert reader.read(plea).kind is Kind.ANNOUNCEMENT
    finally:
        reader.weights = weights
