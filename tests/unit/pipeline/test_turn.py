"""Posts that arrive together, or are read late after a crash, take effect in the order in which they came."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

from listbot.domain.mail import Address
from listbot.domain.states import NeedState, PostState
from listbot.domain.work import Queue
from tests.unit.pipeline.world import FELLOW, LIST, World

OTHER = Address("dana@fellows.example", "Dana Ng")
PLEA = "please help, due in 40 days"


def to_list(world: World, subject: str, text: str, author: Address = FELLOW, **headers: str) -> EmailMessage:
    return world.message(author, LIST.address, subject, text, List_Id=f"<{LIST.id}>", **headers)


async def arrived(world: World, *messages: EmailMessage) -> None:
    """All lie in the mailbox before the bot looks at the first."""
    for message in messages:
        await world.receive(message)


async def sorted_in(world: World) -> None:
    for id in await world.store.work.due(Queue.MESSAGE, world.clock.now()):
        await world.act(Queue.MESSAGE, id)


async def registered() -> World:
    world = World()
    await world.register(12)
    return world


async def test_a_plea_that_was_placed_before_anybody_looked_asks_nobody_and_writes_no_note() -> None:
    world = await registered()
    await arrived(world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Asylum in Charlotte", "PLACED thanks all"))
    await world.run(hours=1)
    assert (await world.need()).state is NeedState.PLACED
    assert not world.asks()
    assert not world.mails(FELLOW.email)


async def test_placed_is_not_read_before_the_plea_whose_worker_was_killed() -> None:
    world = await registered()
    await arrived(world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Asylum in Charlotte", "PLACED thanks all"))
    await sorted_in(world)
    await world.claim(Queue.POST, 1)  # and never heard of again
    await world.settle()
    assert (await world.store.cases.post(2)).state is PostState.RECEIVED
    await world.run(minutes=2)
    assert (await world.need()).state is NeedState.PLACED
    assert not world.asks()


async def test_a_plea_whose_message_was_left_by_a_killed_worker_is_read_first() -> None:
    world = await registered()
    await arrived(world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Asylum in Charlotte", "PLACED thanks all"))
    await world.claim(Queue.MESSAGE, 1)
    await world.run(minutes=2)
    assert [n.state for n in await world.store.cases.needs()] == [NeedState.PLACED]


async def test_the_same_plea_twice_at_once_is_one_need() -> None:
    world = await registered()
    again = PLEA.replace("please", "please, please")
    await arrived(world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Asylum in Charlotte", again))
    await world.run(hours=1)
    assert len(await world.store.cases.needs()) == 1


async def test_posts_that_have_nothing_to_do_with_each_other_do_not_wait() -> None:
    world = await registered()
    await arrived(world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Somebody else", PLEA, OTHER))
    await sorted_in(world)
    await world.claim(Queue.POST, 1)
    await world.settle()
    assert (await world.store.cases.post(2)).state is PostState.MATCHED


async def test_waiting_is_no_failure_and_what_cannot_be_read_holds_up_nobody() -> None:
    world = await registered()
    await arrived(
        world, to_list(world, "Asylum in Charlotte", PLEA), to_list(world, "Asylum in Raleigh", "Raleigh, due in 30 days")
    )
    await sorted_in(world)
    failing = await world.claim(Queue.POST, 1)
    await world.run(seconds=25)
    assert (await world.store.cases.post(2)).state is PostState.RECEIVED
    await world.store.work.later(failing, world.clock.now() + timedelta(minutes=10), "it would not be read")
    await world.run(seconds=10)
    assert (await world.store.cases.post(2)).state is PostState.MATCHED
