"""Takers: what their owners said, what was learned, who may be found for a need, and forgetting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from listbot.domain.reading import Need, Place
from listbot.domain.registry import Level, Organization, Standing, Taker, TakerKind
from listbot.domain.states import AnswerKind, AskState, NeedState
from listbot.domain.work import AnswerReading, Queue
from tests.contract.stores import ANA, CHARLOTTE, NOON, Store, letter, new_ask, new_wave

FULL = Taker(
    email="full@alumni.example",
    name="Ñandú Q. Full",
    kind=TakerKind.CLINIC,
    organization="Clinic of Durham",
    cohort="2019",
    city="Durham",
    state="NC",
    zip="27701",
    lat=35.99,
    lon=-78.9,
    bar_states=frozenset({"NC", "SC"}),
    service_states=frozenset({"NC", "VA"}),
    radius_miles=50,
    remote=False,
    relief={"asylum": Level.EXPERT, "u_visa": Level.MENTORED},
    languages=frozenset({"es", "Mam"}),
    detained=True,
    minors=False,
    scopes=frozenset({"full", "limited"}),
    open_slots=2,
    paused_until=date(2025, 5, 1),
    max_asks_per_month=4,
    funding_limits=frozenset({"no_uac"}),
    consent_at=date(2024, 12, 31),
)
UNKNOWN = Taker(email="unknown@alumni.example")


@pytest.mark.parametrize("taker", [FULL, UNKNOWN, ANA], ids=["all known", "nothing known", "some"])
async def test_an_entry_comes_back_as_it_was_put_and_unknown_stays_unknown(store: Store, taker: Taker) -> None:
    assert await store.registry.put([taker], "test", NOON) == {taker.email: "new"}
    found = await store.registry.taker(taker.email.upper())
    assert found is not None
    assert found.taker == taker


async def test_the_same_import_again_changes_nothing(store: Store) -> None:
    await store.registry.put([ANA, FULL], "test", NOON)
    changed = replace(FULL, open_slots=1, relief={"asylum": Level.ABLE})
    assert await store.registry.put([ANA, changed, UNKNOWN], "import", NOON) == {
        ANA.email: "same",
        FULL.email: "changed",
        UNKNOWN.email: "new",
    }
    assert [change.what for change in await store.registry.changes(ANA.email)] == ["added"]
    added, change = await store.registry.changes(FULL.email)
    assert (added.what, change.what, change.who) == ("added", "changed", "import")
    assert change.detail == {"open_slots": [2, 1], "relief": ["asylum:expert;u_visa:mentored", "asylum:able"]}


async def test_an_address_is_one_person_however_it_is_written(store: Store) -> None:
    await store.registry.put([ANA], "test", NOON)
    assert await store.registry.put([replace(ANA, email="Ana@Alumni.Example")], "test", NOON) == {"Ana@Alumni.Example": "same"}


async def test_takers_are_listed_by_address_searched_and_paged(store: Store) -> None:
    await store.registry.put([UNKNOWN, FULL, ANA], "test", NOON)
    assert [found.taker.email for found in await store.registry.takers()] == [ANA.email, FULL.email, UNKNOWN.email]
    assert [found.taker.email for found in await store.registry.takers(limit=1, offset=1)] == [FULL.email]
    assert [found.taker.email for found in await store.registry.takers("clinic of")] == [FULL.email]
    assert [found.taker.email for found in await store.registry.takers("DURHAM")] == [ANA.email, FULL.email]
    assert await store.registry.takers("100%") == []


async def found(store: Store, need: Need, *takers: Taker, limit: int | None = None) -> list[str]:
    """Who of these is found for the need, by the part before the @."""
    await store.registry.put(takers, "test", NOON)
    return [candidate.taker.email.partition("@")[0] for candidate in await store.registry.candidates(need, NOON, limit)]


def named(name: str, **values: object) -> Taker:
    base = {"relief": {"asylum": Level.ABLE}, "state": "NC", "email": f"{name}@alumni.example", "consent_at": date(2024, 1, 1)}
    return Taker(**base | values)  # type: ignore[arg-type]


async def test_candidates_share_a_relief_or_theirs_is_broad_or_unknown(store: Store) -> None:
    takers = [
        named("same"),
        named("other", relief={"sijs": Level.EXPERT}),
        named("broad", relief={"removal_defense": Level.ABLE}),
        named("unknown", relief={}),
    ]
    assert await found(store, CHARLOTTE, *takers) == ["same", "broad", "unknown"]


async def test_a_need_of_broad_or_unknown_relief_finds_every_relief(store: Store) -> None:
    takers = [named("asylum"), named("sijs", relief={"sijs": Level.EXPERT})]
    assert await found(store, replace(CHARLOTTE, relief=()), *takers) == ["asylum", "sijs"]
    assert await found(store, replace(CHARLOTTE, relief=("removal_defense",))) == ["asylum", "sijs"]


async def test_candidates_reach_the_state_by_bar_service_office_or_remote_work(store: Store) -> None:
    takers = [
        named("office"),
        named("bar", state="TX", bar_states=frozenset({"NC"})),
        named("service", state="VA", service_states=frozenset({"NC", "VA"})),
        named("remote", state="CA", remote=True),
        named("nowhere", state=""),
        named("elsewhere", state="CA", remote=False, bar_states=frozenset({"CA"})),
    ]
    assert await found(store, CHARLOTTE, *takers) == ["office", "bar", "service", "remote", "nowhere"]


async def test_an_office_near_the_place_is_found_across_the_border(store: Store) -> None:
    south = {"state": "SC", "remote": False, "lon": -81.03}
    takers = [
        named("columbia", lat=34.0, **south),
        named("other_relief", lat=34.0, relief={"sijs": Level.EXPERT}, **south),
        named("miami", state="FL", remote=False, lat=25.8, lon=-80.2),
        named("travels", state="PA", remote=False, lat=39.9, lon=-77.0, radius_miles=400),
        named("stays", state="PA", remote=False, lat=39.9, lon=-77.0, radius_miles=30),
        named("nowhere_on_the_map", state="SC", remote=False),
    ]
    assert await found(store, CHARLOTTE, *takers) == ["columbia", "travels"]
    assert await found(store, CHARLOTTE, limit=1) == ["columbia"]
    assert await found(store, CHARLOTTE, limit=9) == ["columbia", "travels"]


async def test_the_most_promising_are_the_same_however_many_there_are(store: Store) -> None:
    levels = [*Level]
    spread = [
        named(f"t{n:02}", lat=35.23 + (n * 7 % 20) * 0.6, lon=-80.84, state="NC", relief={"asylum": levels[n % 3]})
        for n in range(20)
    ]
    everybody = await found(store, CHARLOTTE, *spread, limit=100)
    assert len(everybody) == 20
    for limit in (1, 3, 8, 19):
        assert await found(store, CHARLOTTE, limit=limit) == everybody[:limit]


async def test_without_a_town_those_across_the_states_borders_are_found_too(store: Store) -> None:
    takers = [named("nc"), named("sc", state="SC"), named("tx", state="TX"), named("afar", state="CA", remote=True)]
    somewhere = replace(CHARLOTTE, places=(Place("NC", state="NC"),))
    assert await found(store, somewhere, *takers) == ["nc", "sc", "afar"]
    assert await found(store, somewhere, limit=9) == ["nc", "afar", "sc"]
    assert await found(store, CHARLOTTE) == ["nc", "afar"]


async def test_a_need_without_a_place_finds_every_state_and_of_several_states_any(store: Store) -> None:
    takers = [named("nc"), named("tx", state="TX"), named("ca", state="CA")]
    assert await found(store, replace(CHARLOTTE, places=()), *takers) == ["nc", "tx", "ca"]
    two = replace(CHARLOTTE, places=(Place("TX", state="TX"), Place("CA", state="CA")))
    assert await found(store, two) == ["tx", "ca"]


async def test_a_limit_keeps_the_most_promising(store: Store) -> None:
    spanish, expert = {"languages": frozenset({"es"})}, {"relief": {"asylum": Level.EXPERT}}
    takers = [
        named("no_consent", lat=35.2, lon=-80.8, consent_at=None, **spanish, **expert),
        named("in_the_state"),
        named("near", lat=35.2, lon=-80.8),
        named("far_and_able", state="NY", remote=True, lat=40.7, lon=-74.0),
        named("far_and_best", state="NY", remote=True, lat=40.7, lon=-74.0, open_slots=2, **spanish, **expert),
        named("full", lat=35.2, lon=-80.8, open_slots=0),
    ]
    need = replace(CHARLOTTE, languages=("es",))
    assert await found(store, need, *takers, limit=4) == ["far_and_best", "near", "in_the_state", "far_and_able"]


async def test_who_takes_no_detained_clients_or_children_comes_last_where_one_needs_help(store: Store) -> None:
    takers = [named("no", detained=False, minors=False), named("unknown"), named("yes", detained=True, minors=True)]
    for need in (replace(CHARLOTTE, detained=True), replace(CHARLOTTE, minor=True)):
        assert await found(store, need, *takers, limit=9) == ["yes", "unknown", "no"]
    assert await found(store, replace(CHARLOTTE, detained=False), limit=9) == ["no", "unknown", "yes"]


async def test_a_changed_entry_is_found_where_it_is_now(store: Store) -> None:
    assert await found(store, CHARLOTTE, named("a")) == ["a"]
    assert await found(store, CHARLOTTE, named("a", state="TX")) == []
    assert await found(store, CHARLOTTE, named("a", relief={"sijs": Level.ABLE})) == []
    assert await found(store, CHARLOTTE, named("a")) == ["a"]


async def test_those_who_may_not_be_asked_are_still_considered_so_that_the_reason_can_be_told(store: Store) -> None:
    assert await found(store, CHARLOTTE, named("paused", paused_until=date(2099, 1, 1)), named("out")) == ["paused", "out"]
    await store.registry.opt_out("out@alumni.example", "taker", NOON)
    candidates = await store.registry.candidates(CHARLOTTE, NOON)
    assert [candidate.standing.opted_out_at for candidate in candidates] == [None, NOON]


async def test_an_organisations_limits_lie_over_its_people_and_stay_out_of_their_entries(store: Store) -> None:
    limits = Organization(name="Clinic", paused_until=date(2026, 1, 1), funding_limits=frozenset({"no_uac"}), open_slots=1)
    await store.registry.put_organization(replace(limits, open_slots=9), "test", NOON)
    await store.registry.put_organization(limits, "test", NOON)
    assert await store.registry.organizations() == [limits]
    ana = named("ana", organization="Clinic", open_slots=3, funding_limits=frozenset({"income_eligible"}))
    assert await found(store, CHARLOTTE, ana) == ["ana"]
    (candidate,) = await store.registry.candidates(CHARLOTTE, NOON)
    assert candidate.taker.paused_until == date(2026, 1, 1)
    assert candidate.taker.open_slots == 1
    assert candidate.taker.funding_limits == {"no_uac", "income_eligible"}
    own = await store.registry.taker(ana.email)
    assert own is not None
    assert own.taker == ana


async def test_standing_counts_what_was_asked_and_answered(store: Store) -> None:
    id = await store.taker(replace(ANA, open_slots=3))
    needs = [await store.need() for _ in range(5)]
    asks = [await store.ask(needs[0], id), await store.ask(needs[1], id)]
    await store.send_all()
    store.later(days=31)
    asks += [await store.ask(need, id) for need in needs[2:]]
    await store.cases.fall_silent(needs[0], store.now, store.now)
    yes, no = (AnswerReading(kind=kind, confidence=1.0) for kind in (AnswerKind.YES, AnswerKind.NO))
    offered = (needs[2], NeedState.OFFERED)
    await store.cases.answered(await store.answer(asks[2]), yes, asks[2], AskState.ANSWERED, offered, (), "", store.now)
    store.later(hours=1)
    await store.cases.answered(await store.answer(asks[3]), no, asks[3], AskState.ANSWERED, None, (), "", store.now)
    await store.cases.close_need(needs[4], NeedState.CLOSED, "fellow", "", (), store.now)
    found = await store.registry.taker(ANA.email)
    assert found is not None
    assert replace(found.standing, asks_last_30_days=0) == Standing(
        last_asked_at=NOON + timedelta(days=31),
        last_answered_at=store.now,
        open_asks=1,
        open_placements=1,
        capacity_at=NOON,
        said_yes=1,
        said_no=1,
        silent=1,
    )
    (candidate,) = await store.registry.candidates(CHARLOTTE, store.now)
    assert candidate.standing.asks_last_30_days == 2


async def test_a_capacity_stated_anew_forgives_earlier_placements(store: Store) -> None:
    id, need = await store.taker(replace(ANA, open_slots=1)), await store.need()
    ask, yes = await store.ask(need, id), AnswerReading(kind=AnswerKind.YES, confidence=1.0)
    store.later(hours=1)
    answer = await store.answer(ask)
    await store.cases.answered(answer, yes, ask, AskState.ANSWERED, (need, NeedState.OFFERED), (), "", store.now)
    await store.taker(replace(ANA, open_slots=2)) if store.later(days=1) else None
    (candidate,) = await store.registry.candidates(CHARLOTTE, store.now)
    assert (candidate.standing.open_placements, candidate.standing.capacity_at) == (0, store.now)


async def test_opting_out_and_bouncing_keep_their_first_time_and_are_logged(store: Store) -> None:
    await store.taker()
    await store.registry.opt_out(ANA.email.upper(), "taker", NOON)
    await store.registry.opt_out(ANA.email, "taker", store.later(days=1))
    await store.registry.bounced(ANA.email, "550 gone", store.now)
    await store.registry.bounced("nobody@x.example", "550", store.now)
    found = await store.registry.taker(ANA.email)
    assert found is not None
    assert (found.standing.opted_out_at, found.standing.bounced_at) == (NOON, store.now)
    assert [(c.what, c.why) for c in await store.registry.changes(ANA.email)][1:] == [("opted out", ""), ("bounced", "550 gone")]


async def test_who_is_forgotten_leaves_no_data_and_no_import_brings_them_back(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    await store.send_all()
    lease = await store.answer(ask, "Ana here: yes")
    reading = AnswerReading(kind=AnswerKind.YES, confidence=1.0, words="I am Ana")
    await store.cases.answered(lease, reading, ask, AskState.ANSWERED, None, (), "", store.now)
    assert await store.registry.forget(ANA.email.upper(), "moderator@bot.example", store.now)
    assert not await store.registry.forget(ANA.email, "moderator@bot.example", store.now)
    assert await store.registry.taker(ANA.email) is None
    assert await store.registry.takers() == []
    assert await store.registry.candidates(CHARLOTTE, store.now) == []
    assert await store.registry.put([ANA], "import", store.now) == {ANA.email: "forgotten"}
    kept = await store.the_ask(ask)
    assert (kept.state, kept.answer, "ana" in kept.email) == (AskState.ANSWERED, AnswerKind.YES, False)
    answer = await store.cases.answer(lease.id)
    assert (answer.answer.subject, "ana" in answer.answer.author.email) == ("", False)
    assert (await store.journal.message(answer.message)).arrival.raw == b""
    ((_, _, letter, _),) = await store.outbox.letters(need=need)
    assert (letter.raw, "ana" in letter.recipient) == (b"", False)


async def test_an_address_that_was_never_here_can_be_kept_out_too(store: Store) -> None:
    assert not await store.registry.forget(ANA.email, "moderator@bot.example", NOON)
    assert await store.registry.put([ANA, FULL], "import", NOON) == {ANA.email: "forgotten", FULL.email: "new"}


async def test_a_wish_for_a_language_holds_for_takers_and_others_until_another_and_is_forgotten_with_the_person(
    store: Store,
) -> None:
    await store.registry.put([ANA], "test", NOON)
    await store.registry.write_in(ANA.email, "es", "taker 1", NOON)
    await store.registry.write_in("Sam@fellows.example", "es", "its owner, by mail", NOON)
    await store.registry.write_in("sam@fellows.example", "en", "its owner, by mail", NOON)
    everybody = [ANA.email, "sam@fellows.example", "nobody@fellows.example"]
    assert await store.registry.languages(everybody) == {ANA.email: "es", "sam@fellows.example": "en"}
    assert (await store.registry.changes(ANA.email))[-1].what == "wishes letters in"
    await store.registry.forget(ANA.email, "test", NOON)
    assert await store.registry.languages(everybody) == {"sam@fellows.example": "en"}


async def test_what_somebody_says_of_their_room_counts_as_said_now_also_where_it_is_the_same(store: Store) -> None:
    await store.registry.put([replace(ANA, open_slots=2)], "test", store.now)
    later = store.later(days=400)
    await store.registry.stated(replace(ANA, open_slots=2), "taker 1", later)
    known = await store.registry.taker(ANA.email)
    assert known is not None
    assert (known.taker.open_slots, known.standing.capacity_at) == (2, later)
    assert [change.what for change in await store.registry.changes(ANA.email)] == ["added", "said how much room there is"]


async def test_those_who_said_nothing_for_long_are_found_the_longest_silent_first(store: Store) -> None:
    old, older = replace(ANA, email="old@x.example"), replace(ANA, email="older@x.example", consent_at=date(2023, 1, 1))
    lately = replace(ANA, email="lately@x.example", open_slots=1)
    paused = replace(older, email="paused@x.example", paused_until=date(2027, 1, 1))
    nobody = replace(ANA, email="nobody@x.example", consent_at=None)
    await store.registry.put([old, older, lately, paused, nobody], "test", store.now)
    stopped = replace(older, email="stopped@x.example")
    await store.registry.put([stopped], "test", store.now)
    await store.registry.opt_out(stopped.email, "test", store.now)
    before = store.now - timedelta(days=30)
    assert [c.taker.email for c in await store.registry.stale(before, store.now, 10)] == [older.email, old.email]
    assert [c.taker.email for c in await store.registry.stale(before, store.now, 1)] == [older.email]
    assert await store.registry.count() == 6


async def test_who_was_questioned_since_or_has_an_ask_open_is_not_found(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    before = store.now - timedelta(days=10)
    question = letter("q", kind="capacity_question", recipient=ANA.email)
    assert [c.id for c in await store.registry.stale(before, store.now, 10)] == [taker]
    await store.outbox.put([question], store.now)
    assert await store.registry.stale(before, store.now, 10) == []
    later = store.later(days=300)
    assert [c.id for c in await store.registry.stale(later - timedelta(days=100), later, 10)] == [taker]
    await store.cases.asked(await store.claim(Queue.NEED, need), [new_wave(need, new_ask(need, taker))], (), later)
    assert await store.registry.stale(later - timedelta(days=100), later, 10) == []
