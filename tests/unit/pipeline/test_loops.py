"""Machines answer machines, and it ends there."""

from __future__ import annotations

from listbot.domain.mail import Address
from tests.unit.pipeline.world import BOT, MIA, MO, World

OTHER_BOT = Address("bot@other.example", "Other bot")


async def test_a_machines_mail_that_answers_nothing_ends_there_and_one_through_the_list_starts_nothing() -> None:
    world = World()
    await world.register(4)
    away = world.message(MO, BOT.email, "Automatic reply", "I am away", Auto_Submitted="auto-replied")
    await world.receive(away)
    await world.settle()
    assert not world.boxes
    await world.post("Asylum in Charlotte", "please help, due in 20 days", OTHER_BOT, Auto_Submitted="auto-generated")
    assert set(world.boxes) == {MO.email, MIA.email}
