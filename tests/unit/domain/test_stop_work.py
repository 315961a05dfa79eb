"""A stop-work order: one switch bars organisations from new cases of children, from one day to the next."""

from __future__ import annotations

import pytest

from listbot.adapters import rulefiles
from listbot.adapters.rulefiles import read_folder, shipped_folder
from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlist
from tests.unit.domain.builders import FELLOW, NOW, candidate, need, shipped_rules

CHILD = need(minor=True, age=15)


def switched_on(organizations: str = "[]") -> RuleSet:
    """The shipped rules with the switch moved, as a moderator does it in the file."""
    files = read_folder(shipped_folder())
    before, mark, after = files["limits.yaml"].partition("  enabled: no\n  organizations: []")
    assert mark
    return rulefiles.parse({**files, "limits.yaml": f"{before}  enabled: yes\n  organizations: {organizations}{after}"})


def barred(one: Candidate, rules: RuleSet, case: object = CHILD) -> bool:
    listed = shortlist(case, FELLOW, [one], rules, NOW)  # type: ignore[arg-type]
    return any(exclusion.rule == "stop_work" for exclusion in listed.excluded)


ELM = candidate(organization="Elm Clinic")


def test_as_long_as_it_is_off_nobody_is_barred() -> None:
    assert not barred(ELM, shipped_rules())


@pytest.mark.parametrize(
    "one",
    [ELM, candidate(organization="ELM  clinic"), candidate(kind=TakerKind.CLINIC, name="Elm Clinic"),
     candidate(funding_limits=frozenset({"orr_funded"}))],
)  # fmt: skip
def test_it_bars_the_people_of_those_named_and_whoever_has_such_funding(one: Candidate) -> None:
    assert barred(one, switched_on("[Elm Clinic]"))


def test_others_and_cases_of_adults_go_on() -> None:
    rules = switched_on("[Elm Clinic]")
    assert not barred(candidate(organization="Oak Law"), rules)
    assert not barred(candidate(name="Elm Clinic"), rules)
    assert not barred(ELM, rules, need(minor=False))
