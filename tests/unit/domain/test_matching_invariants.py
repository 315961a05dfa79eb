"""Whatever the registry and the need: no hard limit is broken, nobody is asked twice, the order is total, every reason is true.

The limits are stated here a second time, in plain conditions over the same facts, so that a rule cannot vouch for itself.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.domain.geography import miles_between
from listbot.domain.mail import Address
from listbot.domain.matching import Shortlist
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.registry import Candidate, Level, Standing, Taker, TakerKind
from listbot.domain.rules import Affiliation, RuleSet
from listbot.domain.shortlist import shortlist, shortlists
from listbot.domain.waves import next_wave
from tests.unit.domain.builders import NOW, shipped_rules

STATES = ["NC", "SC", "CA", "NY"]
RELIEF = ["asylum", "sijs", "guardianship", "bond", "naturalization", "habeas", "removal_defense"]
OFFICES = ["", "", "Elm Clinic", "Oak Law", "solo"]
COURTS = {
    "asylum": {"uscis", "court"},
    "sijs": {"uscis"},
    "guardianship": {"state"},
    "bond": {"court"},
    "naturalization": {"uscis"},
}
COURTS |= {"habeas": {"federal"}, "removal_defense": {"court"}}
MAY_APPEAR = {TakerKind.ACCREDITED_PARTIAL: {"uscis"}, TakerKind.ACCREDITED_FULL: {"uscis", "court"}}


def world(seed: int) -> tuple[Need, Address, list[Candidate], set[int]]:
    """A random need, its poster, a random registry, and who was asked about it already."""
    dice = random.Random(seed)

    def some(values: list[str]) -> frozenset[str]:
        return frozenset(dice.sample(values, dice.randint(0, 2)))

    def maybe(share: float = 0.5) -> bool | None:
        return None if dice.random() < 0.4 else dice.random() < share

    def taker(id: int) -> Taker:
        here = dice.random() < 0.7
        return Taker(
            email=f"t{id}@{dice.choice(['elm.example', 'alumni.example', 'gmail.com'])}",
            kind=dice.choice(list(TakerKind)),
            organization=dice.choice(OFFICES),
            state=dice.choice(["", *STATES]),
            lat=dice.uniform(30, 42) if here else None,
            lon=dice.uniform(-120, -75) if here else None,
            bar_states=some(STATES),
            service_states=some(STATES) if dice.random() < 0.4 else frozenset(),
            radius_miles=dice.choice([None, None, 20, 300, 2000]),
            remote=maybe(),
            relief={relief: dice.choice(list(Level)) for relief in some(RELIEF)},
            languages=some(["es", "fr"]),
            detained=maybe(0.7),
            minors=maybe(0.7),
            scopes=some(["full", "limited"]),
            open_slots=dice.choice([None, None, 0, 1, 3]),
            paused_until=dice.choice([None, None, None, NOW.date(), NOW.date() + timedelta(days=9)]),
            max_asks_per_month=dice.choice([None, None, 0, 1, 5]),
            funding_limits=some(["no_uac", "no_detained", "income_eligible"]) if dice.random() < 0.3 else frozenset(),
            consent_at=dice.choice([date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 1), None]),
        )

    def standing() -> Standing:
        last = dice.choice([None, None, NOW - timedelta(days=2), NOW - timedelta(days=9)])
        return Standing(
            opted_out_at=dice.choice([None] * 9 + [NOW]),
            bounced_at=dice.choice([None] * 9 + [NOW]),
            asks_last_30_days=dice.randint(1, 3) if last else 0,
            last_asked_at=last,
            open_asks=dice.randint(0, 2) if last else 0,
            open_placements=dice.choice([0, 0, 1]),
            said_yes=dice.randint(0, 4),
            said_no=dice.randint(0, 4),
            silent=dice.randint(0, 4),
        )

    candidates = [Candidate(id=id, taker=taker(id), standing=standing()) for id in range(1, dice.randint(2, 40))]
    place = Place("x", state=dice.choice([None, *STATES]), lat=dice.choice([None, 35.2]), lon=-80.8)
    need = Need(
        places=(place,) if dice.random() < 0.9 else (),
        relief=tuple(dice.sample(RELIEF, dice.randint(0, 2))),
        deadline=Deadline(NOW.date() + timedelta(days=dice.randint(0, 60)), dice.choice(list(DateRole)), "due")
        if dice.random() < 0.6
        else None,
        detained=maybe(),
        minor=maybe(),
        age=dice.choice([None, 10, 17, 18, 20, 25]),
        scope=dice.choice([None, "full", "limited"]),
        remote=maybe(0.8),
        supervision=maybe(),
    )
    author = Address(dice.choice(candidates).taker.email if dice.random() < 0.5 else "somebody@elm.example")
    return need, author, candidates, {c.id for c in candidates if dice.random() < 0.1}


def broken(need: Need, author: Address, one: Candidate, asked: list[Candidate]) -> dict[str, bool]:
    """Every hard limit in plain conditions: whether asking this candidate would break it."""
    t, s = one.taker, one.standing
    courts = [COURTS[relief] for relief in need.relief]
    if need.deadline and need.deadline.kind is DateRole.HEARING and {"state"} not in courts:
        courts.append({"court"})
    anybody = {"removal_defense", "other", "work_permit"}
    does = {*t.relief, *anybody} | ({"asylum"} if {"withholding", "cat"} & set(t.relief) else set())
    miles = None
    if t.lat is not None and t.lon is not None and any(p.lat for p in need.places):
        miles = min(miles_between(t.lat, t.lon, p.lat, p.lon) for p in need.places if p.lat is not None and p.lon is not None)
    remote = bool(t.remote) and need.remote is not False
    own = 2 if t.max_asks_per_month is None else t.max_asks_per_month
    office = t.organization if t.organization != "solo" else ""
    return {
        "no_consent": t.consent_at is None,
        "opted_out": s.opted_out_at is not None,
        "bounced": s.bounced_at is not None,
        "paused": t.paused_until is not None and t.paused_until > NOW.date(),
        "no_open_slots": t.open_slots is not None and t.open_slots <= s.open_placements,
        "monthly_budget": s.asks_last_30_days >= own,
        "cool_down": (s.last_asked_at is not None and NOW - s.last_asked_at < timedelta(days=5)) or s.open_asks >= 2,
        "not_the_poster": t.email == author.email,
        "asked_before": one in asked or (bool(office) and any(office == a.taker.organization for a in asked)),
        "state_bar": t.kind is TakerKind.ATTORNEY
        and "guardianship" in need.relief
        and bool(need.states)
        and bool(t.bar_states)
        and not t.bar_states & need.states,
        "accredited_dhs_only": t.kind in MAY_APPEAR and not all(MAY_APPEAR[t.kind] & places for places in courts),
        "recognized_organization": t.kind in MAY_APPEAR and not t.organization,
        "law_student_supervision": t.kind is TakerKind.LAW_STUDENT and not t.organization and not need.supervision,
        "detained": bool(need.detained) and t.detained is False,
        "minors": bool(need.minor) and t.minors is False,
        "relief": bool(need.relief) and bool(t.relief) and not does & set(need.relief),
        "scope": bool(need.scope) and bool(t.scopes) and need.scope not in t.scopes,
        "served": bool(need.states) and bool(t.service_states) and not t.service_states & need.states and not remote,
        "radius": miles is not None and t.radius_miles is not None and miles > t.radius_miles and not remote,
        "no_uac": bool(need.minor) and "no_uac" in t.funding_limits,
        "no_detained": bool(need.detained) and "no_detained" in t.funding_limits,
    }


WORLDS = st.integers(0, 2**32).map(world)

TRIED = 1000 if settings.get_current_profile_name() == "ci" else 100
"""Worlds for each property."""


@settings(max_examples=TRIED)
@given(WORLDS)
def test_no_hard_limit_is_ever_broken_and_everybody_is_accounted_for(
    case: tuple[Need, Address, list[Candidate], set[int]],
) -> None:
    need, author, candidates, asked = case
    listed = shortlist(need, author, candidates, shipped_rules(), NOW, already_asked=asked)
    people = {c.id: c for c in candidates}
    before = [c for c in candidates if c.id in asked]
    for match in listed.matches:
        against = [rule for rule, is_broken in broken(need, author, people[match.taker_id], before).items() if is_broken]
        assert against == []
        assert 0 < match.chance < 1
        assert 0 <= match.score <= 1
        assert match.wave >= 1
    everybody = [m.taker_id for m in listed.matches] + [e.taker_id for e in listed.excluded]
    assert sorted(everybody) == sorted(people)


@settings(max_examples=TRIED)
@given(WORLDS)
def test_each_exclusions_reason_is_true(case: tuple[Need, Address, list[Candidate], set[int]]) -> None:
    need, author, candidates, asked = case
    listed = shortlist(need, author, candidates, shipped_rules(), NOW, already_asked=asked)
    people = {c.id: c for c in candidates}
    before = [c for c in candidates if c.id in asked]
    for exclusion in listed.excluded:
        one = people[exclusion.taker_id]
        facts = broken(need, author, one, before)
        if exclusion.rule in facts:
            assert facts[exclusion.rule], exclusion
        if exclusion.rule == "paused":
            assert exclusion.because == f"paused until {one.taker.paused_until}"
        if exclusion.rule == "area":
            assert facts["served"] or facts["radius"] or one.taker.remote is False or "at least" in exclusion.because


@settings(max_examples=TRIED)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_is_total_and_repeatable(case: tuple[Need, Address, list[Candidate], set[int]], dice: random.Random) -> None:
    need, author, candidates, asked = case
    shuffled = list(candidates)
    dice.shuffle(shuffled)

    def listed(people: list[Candidate]) -> Shortlist:
        return shortlist(need, author, people, shipped_rules(), NOW, already_asked=asked, seed=7)

    assert listed(candidates) == listed(shuffled)


@settings(max_examples=TRIED // 4)
@given(WORLDS)
def test_wave_after_wave_nobody_and_no_office_is_asked_twice(case: tuple[Need, Address, list[Candidate], set[int]]) -> None:
    need, author, candidates, _ = case
    asked: list[int] = []
    offices: list[str] = []
    for wave in range(50):
        listed = shortlist(need, author, candidates, shipped_rules(), NOW, already_asked=asked)
        plan = next_wave(listed.matches, need, [], wave, shipped_rules(), NOW, NOW.tzinfo)  # type: ignore[arg-type]
        if plan.exhausted:
            break
        asked += [match.taker_id for match in plan.matches]
        offices += [match.organization for match in plan.matches if match.organization]
        if not plan.matches:
            assert plan.next_at is not None
            assert plan.next_at > NOW
            break
    else:
        pytest.fail("the waves never end")
    assert len(set(asked)) == len(asked)
    assert len(set(offices)) == len(offices)


def other_rules(rules: RuleSet) -> list[RuleSet]:
    """Rule sets that differ from this one in one place each."""
    louder = replace(rules.outreach, chance=replace(rules.outreach.chance, quiet=0.2))
    return [
        replace(rules, limits=rules.limits[4:]),
        replace(rules, limits=(*rules.limits[8:], *rules.limits[:8])),
        replace(rules, limits=tuple(replace(limit, enabled=number % 3 > 0) for number, limit in enumerate(rules.limits))),
        replace(rules, preferences=rules.preferences[1:]),
        replace(
            rules, preferences=tuple(replace(p, weight=1.0, unknown=0.4 + n % 2 / 10) for n, p in enumerate(rules.preferences))
        ),
        replace(rules, outreach=replace(rules.outreach, least=5)),
        replace(rules, outreach=louder),
        replace(rules, affiliation=Affiliation()),
    ]


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_lists_made_together_are_the_lists_made_alone(seed: int) -> None:
    need, author, candidates, asked = world(seed)
    rules = shipped_rules()
    for other in (rules, *other_rules(rules)):
        several = [rules, other, rules]
        together = shortlists(need, author, candidates, several, NOW, already_asked=asked, seed=seed)
        assert together == [shortlist(need, author, candidates, r, NOW, already_asked=asked, seed=seed) for r in several]
