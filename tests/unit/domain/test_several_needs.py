"""Several needs at once do not all ask the same person; and where to turn when nobody is left."""

from __future__ import annotations

from datetime import date

from listbot.adapters.assignment import assign
from listbot.domain.docket import Problem, problem, shared
from listbot.domain.eligibility import searched
from listbot.domain.fallback import fallbacks, posting
from listbot.domain.reading import Place
from listbot.domain.replay import compare
from listbot.domain.shortlist import nearest_misses, shortlist
from tests.unit.domain.builders import FELLOW, NOW, candidate, due, need, shipped_rules


def test_whoever_fits_only_one_need_leaves_the_other_its_own() -> None:
    worth = {1: {10: 0.9, 11: 0.8}, 2: {10: 0.85}}
    assert assign(Problem(worth, {1: 1, 2: 1})) == {1: {11}, 2: {10}}


def test_a_docket_is_shared_out() -> None:
    everybody = [candidate(id) for id in range(1, 9)]
    needs = {number: need() for number in (1, 2, 3)}
    lists = {number: shortlist(n, FELLOW, everybody, shipped_rules(), NOW).matches for number, n in needs.items()}
    left = shared(lists, assign(problem(lists, needs, shipped_rules(), NOW)))
    firsts = [left[number][0].taker_id for number in needs]
    assert len(set(firsts)) == 3


def test_the_nearest_misses_are_those_whom_one_limit_keeps_out() -> None:
    paused = candidate(1, paused_until=date(2026, 3, 1))
    hopeless = candidate(2, paused_until=date(2026, 3, 1), open_slots=0)
    (miss,) = nearest_misses(need(), FELLOW, [paused, hopeless], shipped_rules(), NOW)
    assert (miss.taker_id, miss.because) == (1, "paused until 2026-03-01")


def test_resources_fit_state_and_relief_the_particular_first() -> None:
    arizona = need(places=(Place("Eloy", state="AZ"),), relief=("bond",), detained=True)
    names = [resource.name for resource in fallbacks(arizona, shipped_rules())]
    assert names[0] == "Florence Immigrant and Refugee Rights Project"
    assert "ProBAR" not in names
    assert "Kids in Need of Defense" not in names


def test_a_registry_is_searched_for_every_relief_that_would_do() -> None:
    assert searched(need(relief=("withholding",)), shipped_rules()).relief == ("withholding", "asylum", "cat")
    assert searched(need(relief=("sijs",)), shipped_rules()).relief == ("sijs",)
    assert searched(need(relief=("sijs", "work_permit")), shipped_rules()).relief == ("sijs", "work_permit", "other")


def test_labor_cases_hear_of_immi_and_reclamo() -> None:
    names = {resource.name for resource in fallbacks(need(relief=("deferred_action_labor",)), shipped_rules(), most=20)}
    assert {"Immi", "¡Reclamo!", "Labor-based deferred action, three ways to deliver it"} <= names


def test_a_posting_is_ready_in_its_fields_and_names_no_client() -> None:
    case = need(relief=("sijs", "guardianship"), minor=True, languages=("es",), supervision=True, deadline=due(date(2026, 2, 24)))
    fields = posting(case, shipped_rules(), NOW.date())
    assert set(fields) >= {
        "Time commitment",
        "Training",
        "Mentoring",
        "Supervision",
        "Site",
        "Licenses",
        "Languages",
        "Expertise",
    }
    assert fields["Licenses"] == "Bar of North Carolina"
    assert fields["Languages"] == "Spanish"
    assert "Charlotte" not in " ".join(fields.values())


def test_a_replay_says_who_is_no_longer_asked_and_which_taker_is_missed() -> None:
    from dataclasses import replace

    rules = shipped_rules()
    lenient = replace(rules, limits=tuple(limit for limit in rules.limits if limit.name != "paused"))
    paused = candidate(1, paused_until=date(2026, 3, 1))
    result = compare(need(), FELLOW, [paused, candidate(2)], lenient, rules, NOW, takers=[paused.taker.email])
    assert [(m.taker_id, why) for m, why in result.gone] == [(1, "paused: paused until 2026-03-01")]
    assert result.missed == (("taker1@alumni.example", "paused: paused until 2026-03-01"),)
    assert result.asks == (2, 1)
