"""Waves: as few as make a yes sure enough in the time left, nobody at night, wide when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from listbot.domain.matching import Match
from listbot.domain.reading import Need
from listbot.domain.rules import RuleSet
from listbot.domain.states import AskState
from listbot.domain.waves import WavePlan, next_wave
from listbot.domain.work import StoredAsk
from tests.unit.domain.builders import NOW, due, need, shipped_rules

EAST = ZoneInfo("America/New_York")


def people(number: int, chance: float = 0.15, zone: str = "America/New_York", organization: str = "") -> list[Match]:
    return [
        Match(
            taker_id=id,
            email=f"t{id}@alumni.example",
            score=0.9,
            chance=chance,
            wave=1,
            miles=None,
            reasons=(),
            zone=zone,
            organization=organization,
        )
        for id in range(1, number + 1)
    ]


def test_a_match_in_another_wave_is_otherwise_the_same() -> None:
    match = Match(taker_id=1, email="t@alumni.example", score=0.9, chance=0.2, wave=1, miles=3.0, reasons=("near",), name="T",
                  fit=0.7, zone="America/New_York", organization="clinic")  # fmt: skip
    assert match.in_wave(2) == replace(match, wave=2)


def plan(
    matches: list[Match],
    case: Need | None = None,
    now: datetime = NOW,
    waiting: tuple[StoredAsk, ...] = (),
    waves: int = 1,
    rules: RuleSet | None = None,
) -> WavePlan:
    return next_wave(matches, case or need(), waiting, waves, rules or shipped_rules(), now, EAST)


def sent(chance: float, hours_ago: float) -> StoredAsk:
    at = NOW - timedelta(hours=hours_ago)
    return StoredAsk(
        id=1,
        need=1,
        taker=99,
        email="x@y.example",
        wave=1,
        state=AskState.SENT,
        score=1,
        chance=chance,
        reasons=(),
        created_at=at,
        sent_at=at,
    )


def test_with_time_enough_a_few_are_asked_and_more_later() -> None:
    first = plan(people(40))
    assert 2 <= len(first.matches) <= 6
    assert first.next_at is not None
    assert first.next_at > NOW + timedelta(hours=4)


def test_near_the_deadline_everybody_needed_is_asked_at_once() -> None:
    late = plan(people(60), need(deadline=due(date(2026, 1, 21))))
    assert len(late.matches) >= 15
    assert late.chance >= 0.9
    assert late.next_at == NOW + timedelta(hours=2)


def test_likelier_people_are_fewer() -> None:
    assert len(plan(people(40, 0.3)).matches) < len(plan(people(40, 0.08)).matches)


def test_what_is_still_in_the_air_counts_and_fades() -> None:
    just, long_ago = sent(0.4, 0.1), sent(0.4, 80)
    assert len(plan(people(40), waiting=(just,)).matches) < len(plan(people(40), waiting=(long_ago,)).matches)


def test_people_are_not_written_to_at_night_unless_it_is_the_first_wave_or_late() -> None:
    night = datetime(2026, 1, 21, 3, 0, tzinfo=NOW.tzinfo)
    asleep = plan(people(10), now=night)
    assert asleep.matches == ()
    assert asleep.next_at == datetime(2026, 1, 21, 13, 0, tzinfo=NOW.tzinfo)
    assert plan(people(10), now=night, waves=0).matches
    assert plan(people(10), need(deadline=due(date(2026, 1, 21))), now=night).matches


def test_it_is_the_takers_own_night_that_counts() -> None:
    evening = datetime(2026, 1, 21, 2, 0, tzinfo=NOW.tzinfo)  # 21:00 in the east, 18:00 in the west
    mixed = people(4) + [replace(m, taker_id=m.taker_id + 10) for m in people(4, zone="America/Los_Angeles")]
    assert {m.zone for m in plan(mixed, now=evening).matches} == {"America/Los_Angeles"}


def test_an_ask_that_is_not_worth_it_waits_for_the_last_wave() -> None:
    faint = people(5, 0.01)
    assert plan(faint).exhausted
    assert plan(faint, need(deadline=due(date(2026, 1, 21)))).matches


def test_one_of_an_office_at_a_time() -> None:
    assert len(plan(people(10, organization="elm clinic")).matches) == 1


def test_when_nobody_is_left_it_says_so_and_looks_again() -> None:
    nobody = plan([])
    assert nobody.exhausted
    assert nobody.next_at is not None
    assert "nobody is left" in nobody.why
    assert not plan([], waiting=(sent(0.3, 1),)).exhausted
