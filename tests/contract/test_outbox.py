"""Letters: each once, none lost, the doubtful ones marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from listbot.domain.errors import LostLease
from listbot.domain.states import AskState, MailState
from listbot.domain.work import Delivery, Queue, SentLetter
from tests.contract.stores import ANA, LEASE, NOON, Store, letter

MODERATOR = "moderator@bot.example"


async def state_of(store: Store, key: str) -> tuple[MailState, str]:
    return next((state, reply) for _, state, each, reply in await store.outbox.letters() if each.key == key)


async def test_a_letter_comes_out_as_it_went_in(store: Store) -> None:
    post = await store.read_post()
    wanted = letter("a", post=post, token="t0k3n", raw=b"\x00\xff\r\n")
    (id,) = await store.outbox.put([wanted], NOON)
    (out,) = await store.take()
    assert out.letter == wanted
    assert (out.attempts, out.created_at, out.unsure, out.lease.id) == (0, NOON, False, id)
    assert out.lease.until == NOON + LEASE


async def test_a_letter_with_a_known_key_is_the_same_letter(store: Store) -> None:
    assert len(await store.outbox.put([letter("a"), letter("b")], NOON)) == 2
    assert len(await store.outbox.put([letter("b"), letter("c")], NOON)) == 1
    assert len(await store.take()) == 3


async def test_letters_leave_oldest_first_and_never_to_two_senders(store: Store) -> None:
    for number in range(5):
        await store.outbox.put([letter(f"{number}")], store.later(seconds=1))
    assert [out.letter.key for out in await store.take(3)] == ["0", "1", "2"]
    assert [out.letter.key for out in await store.take(3)] == ["3", "4"]
    assert await store.take(3) == []


async def test_a_letter_that_waits_for_a_moderator_does_not_leave(store: Store) -> None:
    (id,) = await store.outbox.put([letter("a", held=True)], NOON)
    assert await store.take() == []
    assert await store.outbox.release([id], MODERATOR, NOON) == 1
    assert await store.outbox.release([id], MODERATOR, NOON) == 0
    assert [out.letter.key for out in await store.take()] == ["a"]
    assert [(c.who, c.what) for c in await store.cases.changes("mail", id)] == [(MODERATOR, "released")]


async def test_what_became_of_an_attempt_is_written(store: Store) -> None:
    await store.outbox.put([letter(key) for key in "abcd"], NOON)
    a, b, c, d = [out.lease for out in await store.take()]
    again = NOON + timedelta(minutes=10)
    await store.outbox.settle(
        [
            Delivery(lease=a, state=MailState.SENT, reply="250 ok"),
            Delivery(lease=b, state=MailState.DEFERRED, reply="451 later", next_at=again),
            Delivery(lease=c, state=MailState.REFUSED, reply="550 unknown"),
            Delivery(lease=d, state=MailState.UNSURE, reply="cut", next_at=again),
        ],
        NOON,
    )
    assert [await state_of(store, key) for key in "abcd"] == [
        (MailState.SENT, "250 ok"),
        (MailState.DEFERRED, "451 later"),
        (MailState.REFUSED, "550 unknown"),
        (MailState.UNSURE, "cut"),
    ]
    assert await store.take() == []
    store.now = again
    assert [(out.letter.key, out.attempts, out.unsure) for out in await store.take()] == [("b", 1, False), ("d", 1, True)]


async def test_an_ask_follows_its_letter(store: Store) -> None:
    need = await store.need()
    takers = [await store.taker_number(number) for number in range(3)]
    asks = [await store.ask(need, taker.id, taker.taker.email) for taker in takers]
    sent, refused, deferred = [out.lease for out in await store.take()]
    store.later(seconds=3)
    await store.outbox.settle(
        [
            Delivery(lease=sent, state=MailState.SENT),
            Delivery(lease=refused, state=MailState.REFUSED, reply="550"),
            Delivery(lease=deferred, state=MailState.DEFERRED, next_at=store.now),
        ],
        store.now,
    )
    found = [await store.the_ask(ask) for ask in asks]
    assert [ask.state for ask in found] == [AskState.SENT, AskState.BOUNCED, AskState.QUEUED]
    assert found[0].sent_at == store.now


async def test_a_letter_cut_off_while_it_was_sent_comes_again_as_unsure_under_the_same_id(store: Store) -> None:
    await store.outbox.put([letter("a")], NOON)
    (first,) = await store.take()
    store.later(minutes=3)
    (second,) = await store.take()
    assert second.unsure
    assert second.letter.message_id == first.letter.message_id
    with pytest.raises(LostLease, match=f"mail {first.lease.id}"):
        await store.outbox.settle([Delivery(lease=first.lease, state=MailState.REFUSED)], store.now)
    await store.outbox.settle([Delivery(lease=second.lease, state=MailState.SENT)], store.now)
    assert (await state_of(store, "a"))[0] is MailState.SENT


async def test_one_lost_lease_does_not_undo_what_became_of_the_others(store: Store) -> None:
    await store.outbox.put([letter("a"), letter("b")], NOON)
    a, b = await store.take()
    stale = replace(a.lease, fence=a.lease.fence - 1)
    with pytest.raises(LostLease, match=f"mail {stale.id}$"):
        await store.outbox.settle([Delivery(lease=x, state=MailState.SENT) for x in (stale, b.lease)], NOON)
    assert (await state_of(store, "a"))[0] is MailState.SENDING
    assert (await state_of(store, "b"))[0] is MailState.SENT


async def test_a_letter_that_kills_its_senders_is_held_and_seen(store: Store) -> None:
    (id,) = await store.outbox.put([letter("a")], NOON)
    for _ in range(5):
        assert len(await store.take()) == 1
        store.later(minutes=3)
    assert await store.take() == []
    assert (await state_of(store, "a"))[0] is MailState.HELD
    assert [(row.queue, row.id) for row in await store.work.aside()] == [(Queue.MAIL, id)]
    assert await store.work.again(Queue.MAIL, id, MODERATOR, store.now)
    assert len(await store.take()) == 1


async def test_deferred_for_days_is_not_poison(store: Store) -> None:
    await store.outbox.put([letter("a")], NOON)
    for number in range(20):
        (out,) = await store.take()
        assert out.attempts == number
        again = store.now + timedelta(hours=4)
        await store.outbox.settle([Delivery(lease=out.lease, state=MailState.DEFERRED, next_at=again)], store.now)
        store.now = again


async def test_a_moderator_has_a_refused_letter_tried_again_or_dropped(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    (out,) = await store.take()
    await store.outbox.settle([Delivery(lease=out.lease, state=MailState.REFUSED, reply="550")], store.now)
    assert await store.outbox.retry([out.lease.id, 99], MODERATOR, store.now) == 1
    assert (await store.the_ask(ask)).state is AskState.QUEUED
    assert await store.outbox.drop([out.lease.id], MODERATOR, store.now) == 1
    assert (await store.the_ask(ask)).state is AskState.WITHDRAWN
    assert await store.take() == []
    assert await store.outbox.retry([out.lease.id], MODERATOR, store.now) == 0


async def test_no_ask_leaves_for_someone_who_has_opted_out_since(store: Store) -> None:
    ask = await store.ask(await store.need(), await store.taker())
    await store.registry.opt_out(ANA.email, "taker", store.now)
    assert await store.take() == []
    assert (await store.the_ask(ask)).state is AskState.WITHDRAWN


async def test_no_ask_leaves_for_someone_who_has_paused_since(store: Store) -> None:
    ask = await store.ask(await store.need(), await store.taker(), held=True)
    await store.taker(replace(ANA, paused_until=date(2025, 6, 1)))
    assert await store.outbox.release([1, 2, 3], MODERATOR, store.now) == 1
    assert await store.take() == []
    assert (await store.the_ask(ask)).state is AskState.WITHDRAWN


async def test_an_answer_finds_its_letter_by_token_before_message_id(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    about = SentLetter(kind="ask", recipient=ANA.email, post=None, need=need, ask=ask, key=f"ask:{need}:{taker}")
    post = await store.read_post()
    await store.outbox.put([letter("thanks", token=f"token-{need}-{taker}"), letter("note", post=post, token="n")], NOON)
    assert await store.outbox.answered_letter(f"token-{need}-{taker}", []) == about
    note = SentLetter(kind="note", recipient=ANA.email, post=post, need=None, ask=None, key="note")
    assert await store.outbox.answered_letter("n", [f"<ask:{need}:{taker}@bot.example>"]) == note
    assert await store.outbox.answered_letter("", ["<x@y.example>", f"<ask:{need}:{taker}@bot.example>"]) == about
    assert await store.outbox.answered_letter("unknown", ["<note@bot.example>"]) == note
    assert await store.outbox.answered_letter("", []) is None
    assert await store.outbox.answered_letter("unknown", ["<x@y.example>"]) is None


async def test_letters_are_listed_newest_first_by_state_and_need(store: Store) -> None:
    need = await store.need()
    await store.outbox.put([letter("a", need=need), letter("b", held=True)], NOON)
    assert [each[2].key for each in await store.outbox.letters()] == ["b", "a"]
    assert [each[2].key for each in await store.outbox.letters(MailState.HELD)] == ["b"]
    assert [each[2].key for each in await store.outbox.letters(need=need, limit=1)] == ["a"]


async def test_letters_are_listed_by_number_however_old(store: Store) -> None:
    first, _, third = await store.outbox.put([letter("a"), letter("b"), letter("c")], NOON)
    assert [each[2].key for each in await store.outbox.letters(ids=[first, third])] == ["c", "a"]


async def test_a_letter_that_waits_says_when_it_is_tried_next(store: Store) -> None:
    ids = await store.outbox.put([letter("waits"), letter("goes"), letter("held", held=True)], store.now)
    waits, goes = [out.lease for out in await store.take()]
    at = store.now + timedelta(minutes=4)
    deliveries = [Delivery(lease=waits, state=MailState.QUEUED, reply="no connection", next_at=at)]
    await store.outbox.settle([*deliveries, Delivery(lease=goes, state=MailState.SENT)], store.now)
    assert await store.outbox.next_tries(ids) == {waits.id: at}


async def test_nothing_settled_is_nothing_done(store: Store) -> None:
    await store.outbox.settle([], NOON)
    assert await store.outbox.put([], NOON) == []
