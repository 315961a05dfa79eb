"""What the conversation asks of a store: corrections, reserves, decisions about answers, chores, what was told and what left."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from listbot.domain.errors import LostLease, Refused
from listbot.domain.reading import DateRole, Deadline
from listbot.domain.states import AnswerKind, AnswerState, AskState, NeedState
from listbot.domain.work import AnswerReading, Queue
from tests.contract.stores import ANA, CHARLOTTE, LEASE, NOON, POSTER, Store, letter

YES = AnswerReading(kind=AnswerKind.YES, confidence=0.9, words="yes")
DURHAM = replace(CHARLOTTE, relief=("sijs",), deadline=Deadline(date(2025, 4, 1), DateRole.HEARING, "April 1"))


async def lead(store: Store, ask: int, need: int) -> None:
    held = await store.answer(ask)
    assert await store.cases.answered(held, YES, ask, AskState.ANSWERED, (need, NeedState.OFFERED), (), "", store.now)


async def test_a_corrected_need_is_due_at_once_and_its_unsent_asks_are_withdrawn(store: Store) -> None:
    need = await store.need()
    ask = await store.ask(need, await store.taker())
    lease = await store.claim(Queue.NEED, need)
    why, detail = "the fellow said so", {"relief": ["asylum", "sijs"]}
    await store.cases.correct_need(need, DURHAM, "fellow", why, detail, [letter("corrected", need=need)], store.later(minutes=1))
    after = await store.cases.need(need)
    assert (after.need, after.state, after.next_at) == (DURHAM, NeedState.ASKING, store.now)
    assert (await store.the_ask(ask)).state is AskState.WITHDRAWN
    assert [x.kind for _, _, x, _ in await store.outbox.letters(need=need)] == ["note", "ask"]
    assert [(c.what, c.detail) for c in await store.cases.changes("need", need)][-1] == ("corrected", detail)
    with pytest.raises(LostLease):
        await store.work.later(lease, store.now, "")


async def test_a_correction_keeps_the_lead_and_opens_a_need_that_had_ended(store: Store) -> None:
    need = await store.need()
    ask = await store.ask(need, await store.taker())
    await store.send_all()
    await lead(store, ask, need)
    await store.cases.correct_need(need, DURHAM, "fellow", "", {}, (), store.now)
    assert (await store.cases.need(need)).lead is not None
    await store.cases.close_need(need, NeedState.PLACED, "fellow", "", (), store.now)
    await store.cases.correct_need(need, CHARLOTTE, "fellow", "", {}, (), store.now)
    after = await store.cases.need(need)
    assert (after.state, after.lead, after.next_at) == (NeedState.ASKING, None, store.now)


async def test_a_reserve_steps_in_after_a_hand_back_and_the_first_yes_is_none_any_more(store: Store) -> None:
    need = await store.need()
    first, second = await store.taker_number(1), await store.taker_number(2)
    asks = [await store.ask(need, t.id, t.taker.email) for t in (first, second)]
    await store.send_all()
    await lead(store, asks[0], need)
    await store.cases.answered(await store.answer(asks[1]), YES, asks[1], AskState.ANSWERED, None, (), "", store.now)
    await store.cases.close_need(need, NeedState.ASKING, "fellow", "it fell through", (), store.now)
    assert (await store.the_ask(asks[0])).answer is AnswerKind.NO
    await store.cases.lead(await store.claim(Queue.NEED, need), asks[1], [letter("introduction", need=need)], store.now)
    after = await store.cases.need(need)
    assert (after.state, after.lead) == (NeedState.OFFERED, second.id)
    with pytest.raises(Refused):
        await store.cases.lead(await store.claim(Queue.NEED, need), asks[0], (), store.now)


async def test_an_answer_whose_writer_was_asked_back_is_due_again_and_may_be_left_alone_before(store: Store) -> None:
    need = await store.need()
    ask = await store.ask(need, await store.taker())
    lease, later = await store.answer(ask), store.now + timedelta(hours=8)
    await store.cases.answered(lease, YES, ask, None, None, [letter("unclear")], "not plain", store.now, look_at=later)
    (waiting,) = await store.cases.answers(AnswerState.ASKED_BACK)
    assert (waiting.hold, waiting.reading) == ("not plain", YES)
    assert not await store.cases.answers(AnswerState.HELD)
    assert await store.work.due(Queue.ANSWER, store.now) == []
    assert await store.work.due(Queue.ANSWER, later) == [waiting.id]
    await store.cases.decide_answer(waiting.id, None, "fellow", "said again", store.now)
    assert await store.work.due(Queue.ANSWER, later) == []
    assert (await store.cases.answer(waiting.id)).state is AnswerState.SET_ASIDE


async def test_a_client_is_added_to_a_post_once_and_looked_at_at_once(store: Store) -> None:
    need = await store.need()
    post = await store.cases.post((await store.cases.need(need)).post)
    ask = await store.ask(need, await store.taker())
    lease = await store.answer(ask)
    assert post.reading is not None
    told = f"{post.reading.redacted_text}\n\nher brother too"
    known = replace(post.reading, needs=(*post.reading.needs, DURHAM), redacted_text=told)
    (added,) = await store.cases.add_clients(lease, YES, post.id, [DURHAM], "her brother too", [letter("further")], store.now)
    new = await store.cases.need(added)
    assert (new.post, new.number, new.need, new.state) == (post.id, 2, DURHAM, NeedState.OPEN)
    assert added in await store.work.due(Queue.NEED, store.now)
    assert (await store.cases.post(post.id)).reading == known
    assert (await store.cases.answer(lease.id)).state is AnswerState.APPLIED
    with pytest.raises(LostLease):
        await store.cases.add_clients(lease, YES, post.id, [DURHAM], "her brother too", (), store.now)
    assert len(await store.cases.needs(post=post.id)) == 2


async def test_two_replies_that_add_the_same_client_at_once_open_one_need(store: Store) -> None:
    need = await store.need()
    post = (await store.cases.need(need)).post
    ask = await store.ask(need, await store.taker())
    leases = [await store.answer(ask) for _ in range(4)]
    added = await asyncio.gather(
        *(
            store.cases.add_clients(lease, YES, post, [DURHAM], f"her brother, said {n} times", [letter("further")], store.now)
            for n, lease in enumerate(leases, 1)
        )
    )
    assert sorted(len(ids) for ids in added) == [0, 0, 0, 1]
    assert [n.need for n in await store.cases.needs(post=post)][1:] == [DURHAM]
    assert {(await store.cases.answer(lease.id)).state for lease in leases} == {AnswerState.APPLIED}
    reading = (await store.cases.post(post)).reading
    assert reading
    assert reading.redacted_text.count("her brother") == 1
    assert len([1 for *_, one, _ in await store.outbox.letters() if one.key.startswith("further")]) == 1


async def test_two_replies_that_add_two_clients_at_once_lose_neither(store: Store) -> None:
    need = await store.need()
    post = (await store.cases.need(need)).post
    ask = await store.ask(need, await store.taker())
    leases = [await store.answer(ask) for _ in range(2)]
    clients = [DURHAM, replace(DURHAM, age=44)]
    await asyncio.gather(
        *(
            store.cases.add_clients(lease, YES, post, [client], f"aged {client.age}", (), store.now)
            for lease, client in zip(leases, clients, strict=True)
        )
    )
    reading = (await store.cases.post(post)).reading
    assert reading
    assert {n.age for n in reading.needs} >= {DURHAM.age, 44}
    assert [n.number for n in await store.cases.needs(post=post)] == [1, 2, 3]


async def test_a_held_answer_is_decided_once(store: Store) -> None:
    need = await store.need()
    ask = await store.ask(need, await store.taker())
    lease = await store.answer(ask)
    await store.cases.answered(lease, YES, ask, None, None, (), "not plain", store.now)
    (held,) = await store.cases.answers(AnswerState.HELD)
    assert (held.id, held.hold, held.reading) == (lease.id, "not plain", YES)
    assert await store.cases.answers(need=need) == [held]
    decided = replace(YES, kind=AnswerKind.MAYBE)
    await store.cases.decide_answer(held.id, decided, "mo@desk.example", "", store.later(minutes=1))
    again = await store.cases.answer(held.id)
    assert (again.state, again.reading, again.hold) == (AnswerState.RECEIVED, decided, "")
    assert await store.work.due(Queue.ANSWER, store.now) == [held.id]
    with pytest.raises(Refused):
        await store.cases.decide_answer(held.id, None, "mia@desk.example", "", store.now)


async def test_a_held_answer_is_left_alone(store: Store) -> None:
    ask = await store.ask(await store.need(), await store.taker())
    lease = await store.answer(ask)
    await store.cases.answered(lease, YES, ask, None, None, (), "not plain", store.now)
    await store.cases.decide_answer(lease.id, None, "mo@desk.example", "spam", store.now)
    assert (await store.cases.answer(lease.id)).state is AnswerState.SET_ASIDE
    assert await store.work.due(Queue.ANSWER, store.later(days=1)) == []


async def test_a_chore_is_done_and_due_again(store: Store) -> None:
    await store.cases.ensure_chore("digest", NOON)
    await store.cases.ensure_chore("digest", NOON + timedelta(days=3))
    (id,) = await store.work.due(Queue.CHORE, store.now)
    assert await store.cases.chore(id) == "digest"
    lease = await store.claim(Queue.CHORE, id)
    await store.cases.chored(lease, [letter("digest")], NOON + timedelta(days=1), store.now)
    assert await store.work.due(Queue.CHORE, store.now) == []
    assert await store.work.due(Queue.CHORE, store.later(days=1)) == [id]
    assert len(await store.outbox.letters()) == 1
    with pytest.raises(LostLease):
        await store.cases.chored(lease, [letter("digest2")], NOON, store.now)
    again = await store.work.claim(Queue.CHORE, id, store.now, LEASE)
    assert again is not None


async def test_what_was_told_of_a_need_holds_the_letters_of_its_post_and_nothing_dropped(store: Store) -> None:
    need = await store.need()
    post = (await store.cases.need(need)).post
    dropped, *_ = await store.outbox.put(
        [
            letter("dropped", need=need),
            letter("note", post=post, recipient=POSTER),
            letter("nobody", kind="nobody", post=post, need=need, recipient=POSTER),
            letter("elsewhere", kind="note"),
        ],
        store.now,
    )
    await store.outbox.drop([dropped], "test", store.now)
    told = await store.outbox.told(need)
    assert [(t.recipient, t.kind, t.at) for t in told] == [(POSTER, "note", store.now), (POSTER, "nobody", store.now)]


async def test_traffic_counts_what_left_lately(store: Store) -> None:
    need = await store.need()
    await store.outbox.put(
        [letter("a", need=need), letter("b", need=need), letter("c", recipient="bo@alumni.example")], store.now
    )
    await store.send_all()
    await store.outbox.put([letter("waiting", need=need)], store.now)
    now = store.later(minutes=30)
    traffic = await store.outbox.traffic([ANA.email, "bo@alumni.example", "nobody@alumni.example"], [need], now)
    assert (dict(traffic.people), dict(traffic.needs), traffic.hour) == ({ANA.email: 2, "bo@alumni.example": 1}, {need: 2}, 3)
    later = await store.outbox.traffic([ANA.email], [need], store.later(hours=2))
    assert (dict(later.people), later.hour) == ({ANA.email: 2}, 0)
    assert not (await store.outbox.traffic([ANA.email], [need], store.later(days=2))).people


async def test_an_answer_that_arrives_twice_is_one(store: Store) -> None:
    from listbot.domain.mail import Address
    from listbot.domain.states import MessageState
    from listbot.domain.work import NewAnswer

    new = NewAnswer(
        message_id="<1@alumni.example>", author=Address(ANA.email), subject="", posted_at=NOON, answers=None, trusted=False
    )
    ids = []
    for _ in range(2):
        lease = await store.claim(Queue.MESSAGE, await store.message())
        ids.append((await store.cases.parsed(lease, (), new, MessageState.PARSED, "", store.now))[1])
    assert ids[0] is not None
    assert ids[1] is None
