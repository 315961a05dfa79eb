"""Proposals of capacity: one a post, settled once; and drops of posts that are taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from listbot.domain.errors import Refused, WorkFailed
from listbot.domain.registry import PATIENCE, Proposal
from listbot.domain.states import PostState, ProposalState
from tests.contract.stores import Store, new_post

MODERATOR = "moderator@bot.example"


async def proposed(store: Store) -> Proposal:
    taker, (post,) = await store.taker(), await store.posts(new_post(next(store.numbers)))
    proposal = Proposal(post=post, taker=taker, slots=2, until=None, asked_at=store.now)
    await store.proposals.propose(proposal)
    return proposal


async def test_the_first_proposal_of_a_post_counts(store: Store) -> None:
    first = await proposed(store)
    await store.proposals.propose(replace(first, slots=9))
    assert await store.proposals.proposal(first.post) == first
    assert await store.proposals.proposal(999) is None


async def test_a_proposal_is_settled_once_but_for_the_last_word_of_its_owner(store: Store) -> None:
    one, now = await proposed(store), store.later(hours=1)
    await store.proposals.settle(one.post, ProposalState.DECLINED, MODERATOR, now)
    with pytest.raises(Refused, match=f"declined already by {MODERATOR}"):
        await store.proposals.settle(one.post, ProposalState.CONFIRMED, MODERATOR, now)
    await store.proposals.settle(one.post, ProposalState.CONFIRMED, "taker 1", now, anew=True)
    known = await store.proposals.proposal(one.post)
    assert known == replace(one, state=ProposalState.CONFIRMED, settled_at=now, settled_by="taker 1")
    with pytest.raises(WorkFailed):
        await store.proposals.settle(999, ProposalState.CONFIRMED, MODERATOR, now)


async def test_the_entry_that_follows_is_written_with_the_proposal_or_not_at_all(store: Store) -> None:
    one, now = await proposed(store), store.later(hours=1)
    (before,) = await store.registry.takers()
    entry = replace(before.taker, open_slots=7)
    await store.proposals.settle(one.post, ProposalState.CONFIRMED, MODERATOR, now, entry=entry)
    assert (await store.registry.takers())[0].taker.open_slots == 7
    with pytest.raises(Refused):
        await store.proposals.settle(one.post, ProposalState.CONFIRMED, MODERATOR, now, entry=replace(entry, open_slots=1))
    assert (await store.registry.takers())[0].taker.open_slots == 7


async def test_an_unanswered_proposal_expires_by_itself(store: Store) -> None:
    one = await proposed(store)
    assert one.state_at(store.now + PATIENCE) is ProposalState.ASKED
    assert one.state_at(store.now + PATIENCE + timedelta(seconds=1)) is ProposalState.EXPIRED


async def test_a_drop_is_taken_back_once_and_the_post_waits_for_the_same_reason(store: Store) -> None:
    post = await store.read_post(PostState.HELD)
    with pytest.raises(Refused):
        await store.cases.take_back(post, MODERATOR, store.now)
    dropped_at = store.later(minutes=1)
    await store.cases.drop(post, MODERATOR, "not a plea", dropped_at)
    assert await store.cases.take_back(post, MODERATOR, store.later(minutes=1)) == dropped_at
    again = await store.cases.post(post)
    assert (again.state, again.hold) == (PostState.HELD, "odd")
    assert [c.what for c in await store.cases.changes("post", post)][-2:] == ["set aside", "drop undone"]
    with pytest.raises(Refused):
        await store.cases.take_back(post, MODERATOR, store.now)
