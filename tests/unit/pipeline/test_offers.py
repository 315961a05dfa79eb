"""What becomes of a proposal when its owner answers it."""

from __future__ import annotations

import pytest

from listbot.domain.mail import Address
from listbot.domain.states import AnswerState, ProposalState
from tests.unit.pipeline.world import World


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("YES", ProposalState.CONFIRMED),
        ("CAPACITY 1", ProposalState.CONFIRMED),
        ("NO", ProposalState.DECLINED),
        ("OTHER well", ProposalState.ASKED),
    ],
)
async def test_the_word_of_its_owner_settles_a_proposal(words: str, state: ProposalState) -> None:
    world = World()
    (email,) = await world.register(1)
    await world.post("Capacity", "OFFER 2 cases", Address(email, "Taker Number1"))
    await world.reply(world.mails(email, "capacity_confirm")[0], words)
    proposal = await world.store.proposals.proposal(1)
    assert proposal
    assert (proposal.slots, proposal.state) == (2, state)


async def test_the_answer_to_a_question_older_than_the_table_of_proposals_still_counts() -> None:
    world = World()
    (email,) = await world.register(1)
    await world.post("Capacity", "OFFER 2 cases", Address(email, "Taker Number1"))
    world.store.proposals._proposals.clear()
    await world.reply(world.mails(email, "capacity_confirm")[0], "YES")
    entry = await world.store.registry.taker(email)
    assert entry
    assert entry.taker.open_slots == 2
    assert not await world.store.cases.answers(AnswerState.RECEIVED)
