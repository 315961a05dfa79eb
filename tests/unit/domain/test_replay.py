"""A need under two rule sets: who would be gained, who missed."""

from __future__ import annotations

from dataclasses import replace

from listbot.domain.registry import Standing
from listbot.domain.replay import compare
from listbot.domain.rules import RuleSet
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
