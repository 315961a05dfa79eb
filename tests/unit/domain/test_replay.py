"""A need under two rule sets: who would be gained, who missed."""

from __future__ import annotations

from dataclasses import replace

from listbot.domain.matching import Shortlist
from listbot.domain.reading import Kind, Reading
from listbot.domain.registry import Standing
from listbot.domain.replay import beside, compare, paired, read_otherwise
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlist
from tests.unit.domain.builders import FELLOW, NOW, candidate, need, shipped_rules


def without_limit(name: str) -> RuleSet:
    rules = shipped_rules()
    assert any(rule.name == name for rule in rules.limits)
    return replace(rules, limits=tuple(rule for rule in rules.limits if rule.name != name))


def test_a_taker_whom_only_one_rule_set_asks_is_gained_or_missed() -> None:
    stopped = candidate(1, Standing(opted_out_at=NOW))
    strict, loose = shipped_rules(), without_limit("opted_out")
    took = [stopped.taker.email]
    gained = compare(need(), FELLOW, [stopped], strict, loose, NOW, takers=took)
    missed = compare(need(), FELLOW, [stopped], loose, strict, NOW, takers=took)
    assert (gained.gained, gained.missed) == ((stopped.taker.email,), ())
    assert (missed.gained, [email for email, _ in missed.missed]) == ((), took)
    assert gained.differs
    assert missed.differs


def test_the_needs_of_two_readings_are_set_beside_those_most_like_them() -> None:
    ana, bo = need(age=30), need(age=12, minor=True)
    assert paired([ana, bo], [bo]) == [(bo, bo), (ana, None)]
    assert paired([bo], [need(age=13, minor=True), ana]) == [(bo, need(age=13, minor=True)), (None, ana)]


def test_a_need_that_is_no_longer_read_out_of_a_post_misses_who_took_it() -> None:
    ana = candidate(1)
    lost = beside(shortlist(need(), FELLOW, [ana], shipped_rules(), NOW), Shortlist(), [ana.taker.email])
    assert lost.asks == (1, 0)
    assert [why for _, why in lost.gone] == ["the post is read otherwise"]
    assert lost.missed == ((ana.taker.email, "the post is read otherwise"),)


def test_what_is_read_otherwise_is_said_in_words() -> None:
    one, other = need(detained=True), need(relief=("sijs", "asylum"), detained=None)
    then, now = Reading(kind=Kind.REFERRAL, confidence=1, needs=(one,)), Reading(kind=Kind.REFERRAL, confidence=1, hold="unsure")
    assert read_otherwise(then, then, one, one) == ()
    said = ("held: unsure", "relief: asylum → sijs, asylum", "detained: yes → not said")
    assert read_otherwise(then, now, one, other) == said
    assert read_otherwise(now, then, one, None) == ("no longer held: unsure", "this client is no longer found")
