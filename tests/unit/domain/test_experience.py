"""Experience with the very relief that is asked for comes before experience with one that only covers it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from listbot.domain.eligibility import searched
from listbot.domain.promise import promise
from listbot.domain.registry import Level
from listbot.domain.rules.limits.relief import Relief
from listbot.domain.shortlist import shortlist, shortlists
from tests.unit.domain.builders import FELLOW, NOW, candidate, need, shipped_rules

WITHHOLDING = need(relief=("withholding",))
DOES_OR_DID = (Level.EXPERT, Level.ABLE)


@pytest.mark.parametrize(("exact", "covering"), [*product(DOES_OR_DID, Level)])
def test_who_does_what_is_asked_for_comes_before_who_does_what_covers_it(exact: Level, covering: Level) -> None:
    near, very = candidate(1, relief={"asylum": covering}), candidate(2, relief={"withholding": exact})
    first, second = shortlist(WITHHOLDING, FELLOW, [near, very], shipped_rules(), NOW).matches
    assert (first.taker_id, second.taker_id) == (2, 1)
    assert first.fit > second.fit
    search = searched(WITHHOLDING, shipped_rules())
    assert (promise(very.taker, search) or 0) > (promise(near.taker, search) or 0)


def test_covering_experience_is_worth_more_than_none_and_is_said() -> None:
    law = candidate(1, relief={"asylum": Level.EXPERT, "tps": Level.EXPERT})
    asked = need(relief=("withholding", "bond"))
    (match,) = shortlist(asked, FELLOW, [law], shipped_rules(), NOW).matches
    assert "you named Asylum as something you do often" in match.reasons
    other = candidate(2, relief={"bond": Level.MENTORED})
    both = candidate(3, relief={"bond": Level.MENTORED, "asylum": Level.ABLE})
    fits = {m.taker_id: m.fit for m in shortlist(asked, FELLOW, [other, both], shipped_rules(), NOW).matches}
    assert fits[3] > fits[2]


def test_rules_that_differ_in_what_covers_what_are_judged_apart() -> None:
    rules = shipped_rules()
    bare = replace(rules, limits=tuple(replace(r, covered_by={}) if isinstance(r, Relief) else r for r in rules.limits))
    both = candidate(1, relief={"bond": Level.ABLE, "asylum": Level.EXPERT})
    asked = need(relief=("withholding", "bond"))
    old, new = shortlists(asked, FELLOW, [both], [rules, bare], NOW)
    assert old.matches[0].fit > new.matches[0].fit
    assert new == shortlist(asked, FELLOW, [both], bare, NOW)
