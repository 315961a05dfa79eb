"""Hard limits, each by the rules that come with the program: whom it keeps out, whom not, and the words for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from listbot.domain.mail import Address
from listbot.domain.reading import DateRole, Need, Place
from listbot.domain.registry import Candidate, Level, Standing, TakerKind
from listbot.domain.shortlist import shortlist
from tests.unit.domain.builders import CHARLOTTE, FELLOW, NOW, NOWHERE, candidate, due, need, shipped_rules

YESTERDAY = NOW - timedelta(days=1)


def verdict(
    one: Candidate, case: Need | None = None, author: Address = FELLOW, others: tuple[Candidate, ...] = (), **more: Any
) -> str:
    """Rule and reason that keep somebody out, or ""."""
    listed = shortlist(case or need(), author, [one, *others], shipped_rules(), NOW, **more)
    return next((f"{e.rule}: {e.because}" for e in listed.excluded if e.taker_id == one.id), "")


def test_somebody_of_whom_nothing_but_consent_is_known_may_be_asked() -> None:
    assert verdict(Candidate(id=1, taker=candidate().taker)) == ""


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"consent_at": None}, "no_consent: no consent to be asked is recorded"),
        ({"paused_until": date(2099, 1, 1)}, "paused: paused until 2099-01-01"),
        ({"open_slots": 0}, "no_open_slots: has no room for another case"),
        ({"max_asks_per_month": 0}, "monthly_budget: wants no asks"),
        ({"email": "fellow@clinic.example"}, "not_the_poster: wrote the post"),
        ({"relief": {"tps": Level.EXPERT}}, "relief: does not take Asylum"),
        ({"service_states": frozenset({"GA"})}, "area: serves GA and not NC"),
        ({"lat": 36.0, "lon": -90.0, "radius_miles": 50}, "area: is 517 miles away and goes 50"),
        ({"state": "CA", "remote": False}, "area: is in CA, works in person only, and the case is in NC"),
    ],
)
def test_what_the_taker_said_binds(fields: dict[str, Any], says: str) -> None:
    assert verdict(candidate(**fields)) == says


@pytest.mark.parametrize(
    "fields",
    [
        {"paused_until": NOW.date()},
        {"paused_until": date(2025, 1, 1)},
        {"open_slots": 1},
        {"relief": {"cat": Level.MENTORED}},
        {"service_states": frozenset({"GA"}), "remote": True},
        {"lat": 36.0, "lon": -90.0, "radius_miles": 50, "remote": True},
        {"state": "CA", "lat": None, "lon": None},
        {"radius_miles": 10},
        {"scopes": frozenset({"limited"}), "detained": False, "minors": False},
    ],
)
def test_what_fits_or_is_unknown_keeps_nobody_out(fields: dict[str, Any]) -> None:
    assert verdict(candidate(**fields)) == ""


@pytest.mark.parametrize(
    ("standing", "rule"),
    [
        (Standing(opted_out_at=YESTERDAY), "opted_out"),
        (Standing(bounced_at=YESTERDAY), "bounced"),
        (Standing(asks_last_30_days=2, last_asked_at=NOW - timedelta(days=20)), "monthly_budget"),
        (Standing(asks_last_30_days=1, last_asked_at=YESTERDAY), "cool_down"),
        (Standing(open_asks=2, asks_last_30_days=0), "cool_down"),
    ],
)
def test_what_was_learned_binds(standing: Standing, rule: str) -> None:
    assert verdict(candidate(standing=standing)).startswith(f"{rule}: ")


def test_placements_through_the_bot_count_against_the_room() -> None:
    assert (
        verdict(candidate(open_slots=1, standing=Standing(open_placements=1))) == "no_open_slots: has room for 1 and took 1 since"
    )


def test_own_number_of_asks_goes_before_the_rule() -> None:
    asked = Standing(asks_last_30_days=2, last_asked_at=NOW - timedelta(days=20))
    assert verdict(candidate(max_asks_per_month=3, standing=asked)) == ""


@pytest.mark.parametrize(
    ("fields", "case", "rule"),
    [
        ({"detained": False}, {"detained": True}, "detained"),
        ({"minors": False}, {"minor": True}, "minors"),
        ({"scopes": frozenset({"limited"})}, {"scope": "full"}, "scope"),
        ({"funding_limits": frozenset({"no_uac"})}, {"minor": True}, "funding"),
        ({"funding_limits": frozenset({"no_detained"})}, {"detained": True}, "funding"),
        ({"kind": TakerKind.LAW_STUDENT}, {}, "law_student_supervision"),
        ({"kind": TakerKind.ACCREDITED_FULL}, {}, "recognized_organization"),
    ],
)
def test_the_case_decides(fields: dict[str, Any], case: dict[str, Any], rule: str) -> None:
    assert verdict(candidate(**fields), need(**case)).startswith(f"{rule}: ")
    opposite = dict.fromkeys(case)
    if case:
        assert verdict(candidate(**fields), need(**opposite)) == ""


def test_funding_that_depends_on_what_no_post_says_keeps_nobody_out() -> None:
    assert verdict(candidate(funding_limits=frozenset({"income_eligible"})), need(minor=True)) == ""


def test_supervision_offered_or_a_clinic_lets_a_law_student_act() -> None:
    assert verdict(candidate(kind=TakerKind.LAW_STUDENT), need(supervision=True)) == ""
    assert verdict(candidate(kind=TakerKind.LAW_STUDENT, organization="Elm Clinic")) == ""


class TestLicences:
    """State courts want the state's bar; immigration practice any; representatives go where 8 CFR 1292.1(a)(4) lets them."""

    ORDER = need(relief=("sijs", "guardianship"), minor=True)

    def test_an_order_of_a_state_court_needs_that_states_bar(self) -> None:
        says = verdict(candidate(bar_states=frozenset({"NY", "VA"})), self.ORDER)
        assert says.startswith("state_bar: ")
        assert says.endswith("is state-court work and needs the bar of NC; admitted: NY, VA")
        assert verdict(candidate(bar_states=frozenset({"NC"})), self.ORDER) == ""

    def test_the_petition_alone_needs_any_bar(self) -> None:
        assert verdict(candidate(bar_states=frozenset({"NY"})), need(relief=("sijs",))) == ""

    def test_an_unknown_bar_is_not_none(self) -> None:
        assert verdict(candidate(), self.ORDER) == ""

    @pytest.mark.parametrize(
        ("kind", "relief", "may"),
        [
            (TakerKind.ACCREDITED_PARTIAL, ("naturalization",), True),
            (TakerKind.ACCREDITED_PARTIAL, ("asylum",), True),
            (TakerKind.ACCREDITED_PARTIAL, ("bond",), False),
            (TakerKind.ACCREDITED_PARTIAL, ("u_visa", "removal_defense"), False),
            (TakerKind.ACCREDITED_FULL, ("bond",), True),
            (TakerKind.ACCREDITED_FULL, ("bia_appeal",), True),
            (TakerKind.ACCREDITED_FULL, ("habeas",), False),
            (TakerKind.ACCREDITED_FULL, ("guardianship",), False),
            (TakerKind.ATTORNEY, ("habeas",), True),
        ],
    )
    def test_representatives_appear_where_they_may(self, kind: TakerKind, relief: tuple[str, ...], may: bool) -> None:
        says = verdict(candidate(kind=kind, organization="Elm Clinic"), need(relief=relief))
        assert says.startswith("" if may else "accredited_dhs_only: ")
        assert bool(says) is not may

    def test_a_hearing_that_binds_is_in_court(self) -> None:
        hearing = need(deadline=due(date(2026, 3, 1), DateRole.HEARING))
        assert "the immigration courts" in verdict(
            candidate(kind=TakerKind.ACCREDITED_PARTIAL, organization="Elm Clinic"), hearing
        )


class TestAge:
    """Relief that ends at an age is not sent round too late."""

    @pytest.mark.parametrize(("age", "state", "may"), [(17, "NC", True), (18, "NC", False), (20, "NY", True), (21, "NY", False)])
    def test_an_order_ends_with_childhood_by_the_states_law(self, age: int, state: str, may: bool) -> None:
        case = need(relief=("guardianship",), age=age, places=(Place("x", state=state),))
        assert ("age_out" not in verdict(candidate(state=state, lat=None, lon=None), case)) is may

    def test_what_else_is_asked_for_remains(self) -> None:
        assert verdict(candidate(), need(relief=("sijs", "asylum"), age=22)) == ""


class TestColleagues:
    """The poster's office knows already; an office is asked once."""

    def test_the_posters_own_organisation_is_not_asked(self) -> None:
        poster = candidate(2, email=FELLOW.email, organization="Elm Clinic")
        says = verdict(candidate(organization="ELM clinic."), others=(poster,))
        assert says == "poster_colleague: works with the poster at ELM clinic."

    def test_an_address_of_the_organisations_domain_tells_the_poster(self) -> None:
        assert verdict(candidate(email="a@clinic.example", organization="Elm Clinic")).startswith("poster_colleague")

    def test_a_domain_many_organisations_share_tells_nothing(self) -> None:
        other = candidate(2, email="b@clinic.example", organization="Oak Law")
        assert verdict(candidate(email="a@clinic.example", organization="Elm Clinic"), others=(other,)) == ""

    def test_no_second_person_of_one_office_is_asked(self) -> None:
        asked = candidate(2, organization="Elm Clinic")
        says = verdict(candidate(organization="Elm Clinic"), others=(asked,), already_asked={2})
        assert says == "asked_before: somebody at Elm Clinic was asked about this need already"

    def test_solo_is_no_office(self) -> None:
        asked = candidate(2, organization="Solo")
        assert verdict(candidate(organization="solo"), others=(asked,), already_asked={2}) == ""

    def test_nobody_is_asked_twice(self) -> None:
        assert verdict(candidate(), already_asked={1}) == "asked_before: was asked about this need already"


class TestOrganisations:
    """An organisation's entry binds its people."""

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"paused_until": date(2026, 5, 1)}, "organization: Elm Clinic pauses until 2026-05-01"),
            ({"open_slots": 0}, "organization: Elm Clinic has no room for another case"),
            ({}, ""),
        ],
    )
    def test_its_pause_and_its_room_hold_for_its_people(self, fields: dict[str, Any], says: str) -> None:
        office = candidate(2, kind=TakerKind.ORGANIZATION, organization="Elm Clinic", **fields)
        assert verdict(candidate(organization="Elm Clinic"), others=(office,)) == says


class TestArea:
    """Where takers work."""

    def test_a_need_without_a_place_is_nobodys_wrong_area(self) -> None:
        assert verdict(candidate(service_states=frozenset({"CA"}), radius_miles=5), need(places=(NOWHERE,))) == ""

    def test_a_radius_is_measured_from_the_states_border_where_only_the_state_is_known(self) -> None:
        state_only = need(places=(Place("NC", state="NC"),))
        assert verdict(candidate(radius_miles=10), state_only) == ""
        far = candidate(state="CA", lat=34.0, lon=-118.2, radius_miles=100)
        assert verdict(far, state_only).startswith("area: is at least ")

    def test_one_of_several_states_is_enough(self) -> None:
        either = need(places=(CHARLOTTE, Place("SC", state="SC")))
        assert verdict(candidate(service_states=frozenset({"SC"})), either) == ""

    def test_a_post_that_wants_somebody_in_person_gets_nobody_remote(self) -> None:
        far = candidate(service_states=frozenset({"CA"}), remote=True)
        assert verdict(far, need(remote=False)).startswith("area: ")


def test_a_reason_names_a_day_that_is_true() -> None:
    asked = datetime(2026, 1, 18, 9, 0, tzinfo=NOW.tzinfo)
    says = verdict(candidate(standing=Standing(last_asked_at=asked)))
    assert says == "cool_down: was asked on 2026-01-18, less than 5 days ago"
