"""A plea hidden in a long post is found by its paragraph."""

from __future__ import annotations

from datetime import date

from listbot.domain.reading import Kind, Span
from listbot.reading import passages
from listbot.reading.judgement import Judgement, Mentions, View
from listbot.reading.kind import KindGuess, shipped_weights
from listbot.reading.passages import Passage

NEWS = """Spring newsletter

Our annual dinner is on March 19 and tickets are on sale at the front desk.

A sixteen-year-old boy in Greeley needs a lawyer for his asylum case, can anyone take him?

The book club has moved to Wednesdays and reads a novel about a lighthouse now."""


class Hears:
    """A judge that hears a plea wherever a word stands."""

    def __init__(self, word: str) -> None:
        self.word = word

    def judge(self, view: View) -> Judgement:
        ((start, end),) = view.new
        plea = 0.99 if self.word in view.text[start:end] else 0.001
        rest = (1 - plea) / (len(Kind) - 1)
        return Judgement(kind={k: plea if k is Kind.REFERRAL else rest for k in Kind})


def view(text: str) -> View:
    end = text.index("\n")
    return View(text, end, ((end, len(text)),), (), date(2025, 1, 15), Mentions((), (), ()))


def read(text: str) -> list[Passage]:
    return passages.passages_of(view(text), Hears("lawyer"), shipped_weights())


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[a:b] for a, b in spans)


def test_only_the_paragraph_that_asks_is_read_in_a_newsletter() -> None:
    told = words(NEWS, passages.asking(read(NEWS), passages.LONG + 1))
    assert "Greeley" in told
    assert "dinner" not in told


def test_a_short_post_is_read_whole() -> None:
    told = words(NEWS, passages.asking(read(NEWS), passages.LONG - 1))
    assert "Greeley" in told
    assert "dinner" in told


def test_of_an_essay_only_what_is_most_a_plea_is_read() -> None:
    found = [Passage((0, 1), 0.5), Passage((1, 2), 0.97), Passage((2, 3), 0.95)]
    assert passages.asking(found, passages.ESSAY + 1) == ((1, 2), (2, 3))


def test_a_question_with_a_plea_in_a_paragraph_is_looked_at_by_a_person() -> None:
    question = KindGuess({k: 0.94 if k is Kind.QUESTION else 0.01 for k in Kind}, ())
    guess = passages.plea_in(question, [Passage((0, 1), 0.01), Passage((1, 2), 0.95)])
    assert guess.kind is Kind.QUESTION
    assert guess.shares[Kind.REFERRAL] > 0.4
    assert passages.plea_in(question, [Passage((0, 1), 0.4)]) == question


def test_a_post_of_one_paragraph_is_not_divided() -> None:
    assert read("Help\nA boy in Greeley needs a lawyer for his asylum case, can anyone take him?") == []


def test_a_short_line_goes_with_the_paragraph_before() -> None:
    found = read(NEWS + "\n\nYours,\nAna")
    assert NEWS[found[-1].span[0] :].startswith("The book club")
    assert len(found) == 3
