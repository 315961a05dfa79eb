"""What a moderator does to a need: corrected, rescheduled, somebody left out; the same on each store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from listbot.domain.errors import LostLease, Refused
from listbot.domain.matching import Match
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.states import AskState, NeedState
from listbot.domain.work import Queue
from tests.contract.stores import ANA, Store, new_wave

WHO = "moderator@bot.example"
DURHAM = Need(
    places=(Place("Durham, NC", "Durham", None, "NC"),),
    relief=("sijs",),
    deadline=Deadline(date(2025, 4, 1), DateRole.FILING, "April 1"),
)


def _match(taker: int) -> Match:
    return Match(taker_id=taker, email=ANA.email, score=0.5, chance=0.1, wave=1, miles=None, reasons=())


async def test_a_corrected_need_is_due_at_once_and_outdates_who_plans_for_it(store: Store) -> None:
    need = await store.need()
    lease = await store.claim(Queue.NEED, need)
    await store.cases.correct(need, DURHAM, WHO, "wrong place", store.now)
    with pytest.raises(LostLease):
        await store.cases.asked(lease, [new_wave(need)], (), store.now)
    found = await store.cases.need(need)
    assert (found.need, found.next_at) == (DURHAM, store.now)
    change = (await store.cases.changes("need", need))[-1]
    assert (change.who, change.what, change.detail["relief"]) == (WHO, "corrected", [["asylum"], ["sijs"]])


async def test_a_need_that_is_over_is_corrected_without_a_new_look(store: Store) -> None:
    need = await store.need()
    await store.cases.close_need(need, NeedState.CLOSED, WHO, "", (), store.now)
    await store.cases.correct(need, DURHAM, WHO, "", store.now)
    assert (await store.cases.need(need)).next_at is None


async def test_an_open_need_is_rescheduled_and_one_that_is_over_is_not(store: Store) -> None:
    need = await store.need()
    later = store.now + timedelta(days=3)
    await store.cases.reschedule(need, later, WHO, "paused", store.now)
    assert (await store.cases.need(need)).next_at == later
    assert need not in await store.work.due(Queue.NEED, store.now)
    await store.cases.close_need(need, NeedState.PLACED, WHO, "", (), store.now)
    with pytest.raises(Refused):
        await store.cases.reschedule(need, later, WHO, "", store.now)


async def test_somebody_left_out_counts_as_asked_before(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.cases.leave_out(need, _match(taker), WHO, "a conflict", store.now)
    (ask,) = await store.cases.asks(need=need)
    assert (ask.taker, ask.state) == (taker, AskState.WITHDRAWN)


async def test_an_ask_that_has_not_left_is_withdrawn(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    await store.cases.leave_out(need, _match(taker), WHO, "a conflict", store.now)
    assert (await store.the_ask(ask)).state is AskState.WITHDRAWN
    assert await store.take() == []
