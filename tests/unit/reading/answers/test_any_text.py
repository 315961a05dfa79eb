"""Whatever comes in, an answer comes out, in time linear in its length."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.domain.mail import Address, Post
from listbot.domain.states import AnswerKind
from listbot.reading.answers import read_answer

TODAY = datetime(2025, 4, 15, tzinfo=UTC)
PHRASES = st.sampled_from(
    [
        "yes",
        "no",
        "STOP",
        "I'll take it",
        "but",
        "can't",
        "until June",
        "?",
        "Ana Ruiz",
        "a@b.example",
        "\n",
        "> ",
        "wrote:",
        "On Tue",
        "👍",
        "May",
        "5/5",
        "—",
        "if",
    ]
)


def answer(text: str, subject: str = "Re: x") -> Post:
    return Post(message_id="<1@x.example>", author=Address("a@b.example", "A B"), subject=subject, text=text, date=TODAY)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=400), st.lists(PHRASES, max_size=40).map(" ".join)), st.text(max_size=80))
def test_any_text_is_read(text: str, subject: str) -> None:
    reading = read_answer(answer(text, subject), TODAY)
    assert reading.kind in AnswerKind
    assert 0 <= reading.confidence <= 1
    assert reading == read_answer(answer(text, subject), TODAY)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "A b ",
        "I can ",
        "no ",
        "thanks ",
        "Maria de la Cruz ",
        "until ",
        "if you ",
        "a.b@",
        "12. ",
        "> x\n",
        "Aa Bb\n",
        "- ",
        "and, ",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    read_answer(answer(piece * 50), TODAY)
    started = time.perf_counter()
    read_answer(answer(piece * (60_000 // len(piece))), TODAY)
    assert time.perf_counter() - started < 8
