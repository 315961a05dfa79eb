"""When a letter that did not leave is tried again, and how fast letters may leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.domain import retry
from listbot.domain.pace import Window
from listbot.domain.states import MailState
from listbot.domain.work import Lease, Letter, Outgoing, Queue

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
JITTER = st.floats(0, 1)


def outgoing(attempts: int = 0, age: timedelta = timedelta(), unsure: bool = False) -> Outgoing:
    letter = Letter(key="k", kind="ask", sender="bot@bot.example", recipient="a@alumni.example", message_id="<1@x>", raw=b"")
    lease = Lease(Queue.MAIL, 1, 1, NOON + timedelta(minutes=10))
    return Outgoing(lease=lease, letter=letter, attempts=attempts, created_at=NOON - age, unsure=unsure)


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 1), (1, 2), (2, 4), (5, 32), (8, 240), (1000, 240)])
def test_pauses_double_up_to_four_hours(attempts: int, minutes: int) -> None:
    assert retry.pause(attempts, 0.0) == timedelta(minutes=minutes)


@given(st.integers(0, 10_000), JITTER, JITTER)
def test_a_pause_grows_never_shrinks_and_jitter_adds_at_most_a_quarter(attempts: int, one: float, other: float) -> None:
    assert retry.pause(attempts, 0) <= retry.pause(attempts, one) <= retry.pause(attempts, 0) * 1.25
    assert retry.pause(attempts, 0) <= retry.pause(attempts + 1, 0)
    assert retry.outage(attempts, other) <= timedelta(minutes=6.25)


def test_a_letter_said_later_to_is_deferred_with_the_reason() -> None:
    delivery = retry.deferred(outgoing(attempts=2), "450 4.2.1 busy", NOON, 0.0)
    assert (delivery.state, delivery.reply, delivery.next_at) == (
        MailState.DEFERRED,
        "450 4.2.1 busy",
        NOON + timedelta(minutes=4),
    )


def test_after_five_days_a_letter_is_given_up_with_the_last_reason() -> None:
    old = outgoing(attempts=30, age=timedelta(days=5, seconds=1))
    for delivery in (
        retry.deferred(old, "450 busy", NOON, 0.0),
        retry.given_back(old, "450 busy", NOON, NOON),
        retry.unsure(old, "450 busy", NOON, timedelta(minutes=15)),
    ):
        assert (delivery.state, delivery.reply) == (MailState.REFUSED, "given up after 5 days: 450 busy")
    assert retry.deferred(outgoing(age=timedelta(days=5)), "450", NOON, 0.0).state is MailState.DEFERRED


def test_a_letter_given_back_keeps_its_doubt() -> None:
    assert retry.given_back(outgoing(), "down", NOON, NOON).state is MailState.QUEUED
    assert retry.given_back(outgoing(unsure=True), "down", NOON, NOON).state is MailState.UNSURE


@given(most=st.integers(1, 6), waits=st.lists(st.integers(0, 40), max_size=60))
def test_no_stretch_of_a_minute_holds_more_than_its_share(most: int, waits: list[int]) -> None:
    window, now, gone = Window(most), NOON, []
    for wait in waits:
        now += timedelta(seconds=wait)
        if window.room(now) > 0:
            assert window.free_at(now) == now
            window.spend(now)
            gone.append(now)
        else:
            assert window.free_at(now) > now
    for start in gone:
        assert len([at for at in gone if start <= at < start + timedelta(minutes=1)]) <= most


@given(most=st.integers(1, 5), spent=st.lists(st.integers(0, 59), max_size=5), ahead=st.integers(0, 30))
def test_the_place_in_a_queue_is_when_its_turn_would_come(most: int, spent: list[int], ahead: int) -> None:
    window, copy = Window(most), Window(most)
    now = NOON + timedelta(seconds=59)
    for second in sorted(spent)[:most]:
        window.spend(NOON + timedelta(seconds=second))
        copy.spend(NOON + timedelta(seconds=second))
    at = now
    for _ in range(ahead + 1):
        at = max(at, copy.free_at(at))
        copy.spend(at)
    assert window.free_at(now, ahead) == at
