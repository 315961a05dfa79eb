"""How sure a reading says it is, and when a moderator looks first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from listbot.domain.reading import Kind
from listbot.domain.rules import Thresholds
from listbot.reading import Reader, holds
from listbot.reading.confidence import confidence
from listbot.reading.logistic import log_odds
from tests.unit.reading.conftest import PostFactory

PLAIN = "Can anyone take my client, 17, from Honduras? She moved to Charlotte, NC and needs SIJS. The I-360 is due March 3, 2025."
FREE, STRICT = Thresholds(hold_need_below=0.0), Thresholds(hold_need_below=1.0)


@given(st.dictionaries(st.sampled_from(["bias", "kind", "doubts", "sure", "unknown"]), st.floats(-50, 50)))
def test_confidence_is_a_share_of_one_whatever_the_signs(signs: dict[str, float]) -> None:
    assert 0.0 <= confidence(signs) <= 1.0


@given(st.floats(0, 1))
def test_log_odds_are_bounded_and_those_of_the_opposite_are_their_negative(share: float) -> None:
    assert abs(log_odds(share, 4)) <= 4
    assert abs(log_odds(share, 4) + log_odds(1 - share, 4)) < 1e-6


def test_doubts_make_a_reading_less_sure(reader: Reader, post: PostFactory) -> None:
    signs = reader.understand(post(PLAIN), f"\n{PLAIN}").signs
    assert confidence(signs) > confidence({**signs, "doubts": 3.0})


def test_every_need_of_a_post_says_how_sure_the_whole_reading_is(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(post(PLAIN))
    assert reading.kind is Kind.REFERRAL
    assert {n.confidence for n in reading.needs} == {reader.understand(post(PLAIN), f"\n{PLAIN}").confidence}


def test_a_plea_less_sure_than_the_rules_ask_is_held(reader: Reader, post: PostFactory) -> None:
    u = reader.understand(post(PLAIN), f"\n{PLAIN}")
    guess = replace(u.guess, shares={**u.guess.shares, Kind.REFERRAL: 0.99})
    assert holds.why_hold(guess, u.drafts, u.confidence, FREE) is None
    assert holds.why_hold(guess, u.drafts, u.confidence, STRICT) == "the reading is not sure enough"


def test_a_plea_without_a_place_is_held_however_sure_the_rest_is(reader: Reader, post: PostFactory) -> None:
    text = "Can anyone take my client, 17, for SIJS? The I-360 is due March 3, 2025."
    u = reader.understand(post(text), f"\n{text}")
    guess = replace(u.guess, shares={**u.guess.shares, Kind.REFERRAL: 0.99})
    assert holds.why_hold(guess, u.drafts, 1.0, FREE) == "where help is needed is not clear"
