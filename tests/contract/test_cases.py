"""Posts, needs, asks and answers: what is written together, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from listbot.domain.errors import LostLease, Refused, WorkFailed
from listbot.domain.mail import Address, Channel
from listbot.domain.reading import DateMention, DateRole, Deadline, Kind, Reading
from listbot.domain.registry import Organization
from listbot.domain.states import AnswerKind, AskState, MailState, NeedState, PostState, Refusal
from listbot.domain.work import AnswerReading, Queue
from tests.contract.stores import ANA, CHARLOTTE, LEASE, NOON, POSTER, Store, letter, new_ask, new_post, new_wave

YES = AnswerReading(kind=AnswerKind.YES, confidence=0.99, words="Happy to take it")
MODERATOR = "moderator@bot.example"


# Posts


async def test_a_post_comes_back_as_it_was_written(store: Store) -> None:
    (id,) = await store.posts(new_post(1))
    stored = await store.cases.post(id)
    assert stored.post == new_post(1)
    assert (stored.state, stored.reading, stored.hold) == (PostState.RECEIVED, None, "")
    assert await store.work.due(Queue.POST, store.now) == [id]


async def test_a_post_known_by_its_message_id_on_the_list_is_joined(store: Store) -> None:
    (first,) = await store.posts(new_post(1))
    assert await store.posts(new_post(1, content_key="other words")) == []
    (other_list,) = await store.posts(new_post(1, content_key="third", list_name="alumni"))
    assert [post.id for post in await store.cases.posts()] == [other_list, first]
    assert [change.what for change in await store.cases.changes("post", first)] == ["received", "joined"]


async def test_the_same_words_within_a_fortnight_are_the_same_post(store: Store) -> None:
    await store.posts(new_post(1, content_key="words"))
    store.later(days=13)
    assert await store.posts(new_post(2, content_key="words", list_name="alumni")) == []
    store.later(days=2)
    assert len(await store.posts(new_post(3, content_key="words"))) == 1
    assert len(await store.posts(new_post(4, content_key=""), new_post(5, content_key=""))) == 2


async def test_a_digest_gives_several_posts_and_an_odd_one_is_held_with_its_reason(store: Store) -> None:
    ids = await store.posts(new_post(1), new_post(2, part=1, state=PostState.HELD, reason="no List-Id"))
    held = await store.cases.post(ids[1])
    assert (held.state, held.hold, held.post.part) == (PostState.HELD, "no List-Id", 1)
    assert await store.work.due(Queue.POST, store.now) == ids[:1]


async def test_posts_are_listed_newest_first_by_state_and_page(store: Store) -> None:
    ids = await store.posts(*(new_post(number) for number in range(5)))
    held = await store.read_post(PostState.HELD, new_post(9))
    assert [post.id for post in await store.cases.posts(PostState.HELD)] == [held]
    assert [post.id for post in await store.cases.posts(limit=2, before=ids[3])] == [ids[2], ids[1]]


async def test_posts_are_found_by_message_id_newest_first(store: Store) -> None:
    (first,) = await store.posts(new_post(1))
    (second,) = await store.posts(new_post(2))
    found = await store.cases.find_posts(["<post1@corps.example>", "<post2@corps.example>", "<unknown@x.example>"])
    assert [post.id for post in found] == [second, first]


async def test_a_reading_is_kept_whole_with_its_needs_and_letters(store: Store) -> None:
    (id,) = await store.posts(new_post(1))
    need = replace(
        CHARLOTTE,
        deadline=Deadline(date(2025, 4, 1), DateRole.FILING, "April 1"),
        dates=(DateMention(None, DateRole.HEARING, "soon"),),
        evidence={"relief": ((1, 4),)},
    )
    reading = Reading(kind=Kind.REFERRAL, confidence=0.5, needs=(need,), redacted_text="help [name]")
    lease = await store.claim(Queue.POST, id)
    (need_id,) = await store.cases.read(lease, reading, PostState.READ, [need], [letter("n", post=id)], store.now)
    stored = await store.cases.need(need_id)
    assert (await store.cases.post(id)).reading == reading
    assert (stored.need, stored.post, stored.number, stored.state) == (need, id, 1, NeedState.OPEN)
    assert stored.opened_at == NOON
    assert [each[2].key for each in await store.outbox.letters()] == ["n"]


async def test_a_post_that_was_read_is_due_to_be_matched_and_its_needs_wait_for_that(store: Store) -> None:
    post = await store.read_post()
    assert await store.work.due(Queue.POST, store.now) == [post]
    assert await store.work.due(Queue.NEED, store.now) == []


async def test_a_moderator_releases_a_held_post_and_it_is_due_to_be_matched(store: Store) -> None:
    post = await store.read_post(PostState.HELD)
    assert (await store.cases.post(post)).hold == "odd"
    needs = await store.cases.release(post, [CHARLOTTE, CHARLOTTE], MODERATOR, store.now)
    assert [need.id for need in await store.cases.needs(post=post)] == needs
    assert [need.number for need in await store.cases.needs(post=post)] == [1, 2]
    assert await store.work.due(Queue.POST, store.now) == [post]
    assert (await store.cases.changes("post", post))[-1].who == MODERATOR
    with pytest.raises(Refused, match="not held"):
        await store.cases.release(post, [CHARLOTTE], MODERATOR, store.now)


async def test_a_moderator_sets_a_held_post_aside(store: Store) -> None:
    post = await store.read_post(PostState.HELD)
    await store.cases.drop(post, MODERATOR, "chat", store.now)
    assert (await store.cases.post(post)).state is PostState.SET_ASIDE
    assert (await store.cases.changes("post", post))[-1].why == "chat"


async def test_what_is_not_there_is_named(store: Store) -> None:
    for lookup in (store.cases.post(9), store.cases.need(9), store.cases.answer(9)):
        with pytest.raises(WorkFailed, match=r"there is no \w+ 9"):
            await lookup


# Waves


async def test_a_wave_writes_asks_letters_and_the_needs_next_look_together(store: Store) -> None:
    post, taker = await store.read_post(), await store.taker()
    (need,) = await store.cases.needs(post=post)
    wave = new_wave(need.id, new_ask(need.id, taker), next_at=NOON + timedelta(hours=4))
    (id,) = await store.cases.asked(await store.claim(Queue.POST, post), [wave], [letter("note")], store.now)
    ask = await store.the_ask(id)
    assert (ask.need, ask.taker, ask.email, ask.wave, ask.state) == (need.id, taker, ANA.email, 1, AskState.QUEUED)
    assert (ask.reasons, ask.created_at) == (("you know asylum",), NOON)
    stored = await store.cases.need(need.id)
    assert (stored.state, stored.wave, stored.next_at) == (NeedState.ASKING, 1, NOON + timedelta(hours=4))
    assert (await store.cases.post(post)).state is PostState.MATCHED
    assert {each[2].key for each in await store.outbox.letters()} == {f"ask:{need.id}:{taker}", "note"}
    assert await store.cases.asks(need=need.id, taker=taker, states=[AskState.QUEUED]) == [ask]
    assert await store.cases.asks(states=[AskState.SENT]) == []


async def test_two_asks_to_one_taker_about_one_need_never_happen(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.ask(need, taker)
    await expect_refusal(store, need, taker, Refusal.ASKED_BEFORE, key="another key")


async def test_an_ask_to_the_poster_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, email=POSTER.upper()))
    await expect_refusal(store, need, taker, Refusal.POSTER)


async def test_an_ask_to_someone_paused_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, paused_until=date(2025, 3, 4)))
    await expect_refusal(store, need, taker, Refusal.PAUSED)


async def test_on_the_day_a_pause_ends_one_may_be_asked_again(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, paused_until=date(2025, 3, 3)))
    assert await store.ask(need, taker)


async def test_an_ask_to_someone_of_a_paused_organisation_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, organization="Clinic"))
    await store.registry.put_organization(Organization(name="Clinic", paused_until=date(2026, 1, 1)), MODERATOR, NOON)
    await expect_refusal(store, need, taker, Refusal.PAUSED)


async def test_an_ask_to_someone_who_is_full_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, open_slots=0))
    await expect_refusal(store, need, taker, Refusal.FULL)


async def test_an_ask_to_someone_who_opted_out_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.registry.opt_out(ANA.email, "taker", store.now)
    await expect_refusal(store, need, taker, Refusal.OPTED_OUT)


async def test_an_ask_to_an_address_that_bounced_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.registry.bounced(ANA.email, "550 no such user", store.now)
    await expect_refusal(store, need, taker, Refusal.BOUNCED)


async def test_an_ask_to_someone_forgotten_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.registry.forget(ANA.email, MODERATOR, store.now)
    await expect_refusal(store, need, taker, Refusal.FORGOTTEN)


async def test_an_ask_without_a_recorded_consent_never_happens(store: Store) -> None:
    need, taker = await store.need(), await store.taker(replace(ANA, consent_at=None))
    await expect_refusal(store, need, taker, Refusal.NO_CONSENT)


@pytest.mark.parametrize("state", [NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED])
async def test_an_ask_after_the_need_is_over_never_happens(store: Store, state: NeedState) -> None:
    post, taker = await store.read_post(), await store.taker()
    (need,) = await store.cases.needs(post=post)
    lease = await store.claim(Queue.POST, post)
    await store.cases.close_need(need.id, state, "fellow", "found somebody", (), store.now)
    with pytest.raises(Refused) as refused:
        await store.cases.asked(lease, [new_wave(need.id, new_ask(need.id, taker))], (), store.now)
    assert refused.value.reason == Refusal.NEED_DONE
    assert await store.cases.asks() == []
    assert (await store.cases.post(post)).state is PostState.READ


async def test_closing_a_need_outruns_whoever_plans_its_next_wave(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    lease = await store.claim(Queue.NEED, need)
    await store.cases.close_need(need, NeedState.PLACED, "fellow", "placed", (), store.now)
    with pytest.raises(LostLease):
        await store.cases.asked(lease, [new_wave(need, new_ask(need, taker))], (), store.now)
    assert (await store.cases.need(need)).state is NeedState.PLACED


async def test_a_post_that_did_not_come_through_a_list_starts_no_ask(store: Store) -> None:
    need = await store.need(new_post(1, channel=Channel.DIRECT))
    await expect_refusal(store, need, await store.taker(), Refusal.POST_NOT_FROM_LIST)


async def test_a_post_that_did_not_come_through_a_list_starts_asks_once_a_moderator_released_it(store: Store) -> None:
    (post,) = await store.posts(new_post(1, channel=Channel.DIRECT, state=PostState.HELD, reason="not from a list"))
    (need,) = await store.cases.release(post, [CHARLOTTE], MODERATOR, store.now)
    wave = new_wave(need, new_ask(need, await store.taker()))
    assert len(await store.cases.asked(await store.claim(Queue.POST, post), [wave], (), store.now)) == 1


async def test_a_need_of_a_post_that_is_held_starts_no_ask(store: Store) -> None:
    need = await store.held_with_open_need()
    await expect_refusal(store, need, await store.taker(), Refusal.POST_NOT_RELEASED)


async def test_a_release_with_other_needs_closes_the_earlier_ones(store: Store) -> None:
    need = await store.held_with_open_need()
    post = (await store.cases.need(need)).post
    (new,) = await store.cases.release(post, [CHARLOTTE], MODERATOR, store.now)
    assert [(n.id, n.state) for n in await store.cases.needs(post=post)] == [(need, NeedState.CLOSED), (new, NeedState.OPEN)]


async def test_a_letter_whose_key_is_known_makes_no_ask(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.outbox.put([letter("taken")], store.now)
    await expect_refusal(store, need, taker, Refusal.LETTER_KNOWN, key="taken")


async def test_one_refused_ask_stops_the_whole_wave(store: Store) -> None:
    need, ana = await store.need(), await store.taker()
    cara = await store.taker(replace(ANA, email="cara@alumni.example", paused_until=date(2099, 1, 1)))
    asks = [new_ask(need, ana), new_ask(need, cara, "cara@alumni.example")]
    lease = await store.claim(Queue.NEED, need)
    with pytest.raises(Refused, match="paused"):
        await store.cases.asked(lease, [new_wave(need, *asks)], [letter("note")], store.now)
    assert await store.cases.asks() == []
    assert await store.outbox.letters() == []
    await store.cases.asked(lease, [new_wave(need, asks[0])], (), store.now)


async def test_an_ask_that_was_withdrawn_before_it_left_may_be_made_anew(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.ask(need, taker)
    await store.cases.close_need(need, NeedState.CLOSED, MODERATOR, "mistaken", (), store.now)
    await store.cases.close_need(need, NeedState.ASKING, MODERATOR, "not so", (), store.now)
    await store.ask(need, taker)
    assert [ask.state for ask in await store.cases.asks(need=need)] == [AskState.QUEUED, AskState.WITHDRAWN]
    await expect_refusal(store, need, taker, Refusal.ASKED_BEFORE, key="third")


async def test_a_need_moves_only_as_needs_may(store: Store) -> None:
    need = await store.need()
    await store.cases.close_need(need, NeedState.CLOSED, MODERATOR, "", (), store.now)
    with pytest.raises(Refused) as refused:
        await store.cases.close_need(need, NeedState.OFFERED, MODERATOR, "", (), store.now)
    assert refused.value.reason == Refusal.MOVE


async def test_closing_withdraws_what_has_not_left_and_leaves_what_has(store: Store) -> None:
    need = await store.need()
    ids = []
    for number in range(3):
        taker = await store.taker_number(number)
        ids.append(await store.ask(need, taker.id, taker.taker.email, held=number == 2))
    (sent,) = await store.take(1)
    await store.cases.close_need(need, NeedState.PLACED, "fellow", "placed", [letter("thanks")], store.now)
    assert [(await store.the_ask(id)).state for id in ids] == [AskState.QUEUED, AskState.WITHDRAWN, AskState.WITHDRAWN]
    assert await store.outbox.release([3], MODERATOR, store.now) == 0
    assert [each.letter.key for each in await store.take()] == ["thanks"]
    assert sent.letter.kind == "ask"
    assert [c.what for c in await store.cases.changes("need", need)] == ["asking", "placed"]


async def test_asks_sent_long_ago_fall_silent(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    await store.send_all()
    assert await store.cases.fall_silent(need, store.now, store.now) == 0
    store.later(days=5)
    assert await store.cases.fall_silent(need, store.now, store.now) == 1
    assert (await store.the_ask(ask)).state is AskState.SILENT


# Answers


async def test_an_answer_comes_back_as_it_was_written(store: Store) -> None:
    ask = await store.ask(await store.need(), await store.taker())
    lease = await store.answer(ask)
    stored = await store.cases.answer(lease.id)
    assert stored.answer.author == Address(ANA.email)
    assert stored.answer.answers is not None
    assert (stored.answer.answers.ask, stored.answer.trusted, stored.kind) == (ask, True, None)
    await store.cases.answered(lease, YES, ask, AskState.ANSWERED, None, (), "odd", store.now)
    after = await store.cases.answer(lease.id)
    assert (after.kind, after.hold) == (AnswerKind.YES, "odd")
    assert await store.work.due(Queue.ANSWER, store.later(days=1)) == []


async def test_the_first_yes_leads_and_the_second_plans_again(store: Store) -> None:
    need = await store.need()
    takers = [await store.taker_number(number) for number in range(2)]
    asks = [await store.ask(need, taker.id, taker.taker.email) for taker in takers]
    first, second = [await store.answer(ask) for ask in asks]
    offered = (need, NeedState.OFFERED)
    assert await store.cases.answered(first, YES, asks[0], AskState.ANSWERED, offered, [letter("intro")], "", store.now)
    assert not await store.cases.answered(second, YES, asks[1], AskState.ANSWERED, offered, [letter("two")], "", store.now)
    stored = await store.cases.need(need)
    assert (stored.state, stored.lead) == (NeedState.OFFERED, takers[0].id)
    assert (await store.the_ask(asks[1])).state is AskState.QUEUED
    assert await store.cases.answered(second, YES, asks[1], AskState.ANSWERED, None, [letter("reserve")], "", store.now)
    ask = await store.the_ask(asks[1])
    assert (ask.state, ask.answer, ask.answered_at) == (AskState.ANSWERED, AnswerKind.YES, store.now)
    keys = {each[2].key for each in await store.outbox.letters()}
    assert "intro" in keys
    assert "reserve" in keys
    assert "two" not in keys


async def test_the_same_yes_twice_leads_once(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    for _ in range(2):
        lease = await store.answer(ask)
        offered = (need, NeedState.OFFERED)
        assert await store.cases.answered(lease, YES, ask, AskState.ANSWERED, offered, [letter("intro")], "", store.now)
    assert [each[2].key for each in await store.outbox.letters()].count("intro") == 1


async def test_a_yes_after_the_end_plans_again(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    lease = await store.answer(ask)
    await store.cases.close_need(need, NeedState.PLACED, "fellow", "", (), store.now)
    assert not await store.cases.answered(lease, YES, ask, None, (need, NeedState.OFFERED), (), "", store.now)
    assert (await store.cases.need(need)).state is NeedState.PLACED


async def test_a_hand_back_reopens_a_placed_need_without_its_lead_and_due_at_once(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    ask = await store.ask(need, taker)
    await store.cases.answered(await store.answer(ask), YES, ask, None, (need, NeedState.OFFERED), (), "", store.now)
    await store.cases.close_need(need, NeedState.PLACED, "fellow", "", (), store.now)
    assert await store.work.due(Queue.NEED, store.now) == []
    await store.cases.answered(await store.answer(ask), YES, ask, None, (need, NeedState.ASKING), (), "", store.now)
    stored = await store.cases.need(need)
    assert (stored.state, stored.lead) == (NeedState.ASKING, None)
    assert await store.work.due(Queue.NEED, store.now) == [need]


async def test_no_ask_leaves_after_the_yes(store: Store) -> None:
    need = await store.need()
    takers = [await store.taker_number(number) for number in range(2)]
    asks = [await store.ask(need, taker.id, taker.taker.email) for taker in takers]
    (first,) = await store.take(1)
    lease = await store.answer(asks[0])
    await store.cases.answered(lease, YES, asks[0], AskState.ANSWERED, (need, NeedState.OFFERED), (), "", store.now)
    assert await store.take() == []
    assert (await store.the_ask(asks[1])).state is AskState.WITHDRAWN
    assert first.letter.recipient == takers[0].taker.email


async def test_times_come_back_in_utc(store: Store) -> None:
    post = await store.cases.post((await store.posts(new_post(1)))[0])
    assert post.post.posted_at.tzinfo is UTC


async def test_states_of_letters_that_were_dropped_name_the_reason(store: Store) -> None:
    need, taker = await store.need(), await store.taker()
    await store.ask(need, taker)
    await store.cases.close_need(need, NeedState.CLOSED, MODERATOR, "", (), store.now)
    ((_, state, _, reply),) = await store.outbox.letters(need=need)
    assert (state, reply) == (MailState.DROPPED, "the need is closed")


async def expect_refusal(store: Store, need: int, taker: int, reason: Refusal, **letter: object) -> None:
    """The ask is refused for this reason, nothing is written, and the lease still holds."""
    asks, letters = await store.cases.asks(), await store.outbox.letters()
    lease = await store.work.claim(Queue.NEED, need, store.now, LEASE)
    assert lease is not None
    wave = new_wave(need, new_ask(need, taker, **letter))
    with pytest.raises(Refused) as refused:
        await store.cases.asked(lease, [wave], [], store.now)
    assert refused.value.reason == reason
    assert await store.cases.asks() == asks
    assert await store.outbox.letters() == letters
    await store.work.later(lease, store.now, "planned again")
