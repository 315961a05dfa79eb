"""The passages of a long post that ask for help: a plea in a newsletter, in a report of many pages, at the end of a question.

Each paragraph is judged as if it were a post of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from listbot.domain.reading import Kind, Span
from listbot.reading.judgement import Judge, Mentions, View
from listbot.reading.kind import KindGuess, KindView, KindWeights, Shape, joined_kind, judge_kind

LONG, ESSAY = 180, 600
"""Words of a post above which what has nothing of a plea is left out, and above which only what is most a plea is kept."""
_NOTHING, _OF_THE_MOST = 0.05, 0.9
"""The share of a plea below which a paragraph of a long post is left out, and the part of the highest share that one of an essay needs."""
_PARAGRAPH = re.compile(r"\S[\s\S]*?(?=\n[ \t]*\n|\Z)")
_FEWEST, _MOST, _WORDS = 3, 60, 8
"""Paragraphs between which it is worth asking; a shorter one than these words goes with the one before."""
HEARD = 0.9
"""The share from which a paragraph of a post of another kind is thought to be a plea."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, and the share of 1 that it is a plea."""

    span: Span
    plea: float


def passages_of(view: View, judge: Judge, weights: KindWeights) -> list[Passage]:
    """The paragraphs of the writer's own words, each judged alone; none for a post of few."""
    spans = paragraphs(view)
    if not _FEWEST <= len(spans) <= _MOST:
        return []
    return [Passage(s, _plea(view, s, judge, weights)) for s in spans]


def plea_in(guess: KindGuess, passages: Sequence[Passage]) -> KindGuess:
    """The guess of another kind, with the plea that one of its paragraphs seems to be: enough for a person to look."""
    heard = max((p.plea for p in passages), default=0.0)
    if guess.kind in (Kind.REFERRAL, Kind.RESPONSE, Kind.PLACED) or heard < HEARD:
        return guess
    return replace(guess, shares={**guess.shares, Kind.REFERRAL: max(guess.shares[Kind.REFERRAL], guess.confidence / 2)})


def asking(passages: Sequence[Passage], words: int) -> tuple[Span, ...]:
    """The stretches of a post of so many words that are to be read for needs; all of them where it is short."""
    if words < LONG or not passages:
        return tuple(p.span for p in passages)
    least = _OF_THE_MOST * max(p.plea for p in passages) if words > ESSAY else _NOTHING
    return tuple(p.span for p in passages if p.plea >= least)


def paragraphs(view: View) -> list[Span]:
    found: list[Span] = []
    for start, end in view.new:
        for m in _PARAGRAPH.finditer(view.text, max(start, view.subject_end), end):
            if found and len(m[0].split()) < _WORDS:
                found[-1] = (found[-1][0], m.end())
            else:
                found.append(m.span())
    return found


def _plea(view: View, span: Span, judge: Judge, weights: KindWeights) -> float:
    start, end = span
    told = view.mentions.where(lambda at: start <= at[0] < end)
    alone = View(view.text, 0, (span,), (), view.today, Mentions((), (), ()))
    rules = judge_kind(KindView("", view.text[start:end], start, Shape(False, False, False), told), weights)
    return joined_kind(rules, judge.judge(alone)).shares[Kind.REFERRAL]
