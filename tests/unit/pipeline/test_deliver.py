"""Delivery: every letter ends once, the reason is kept, the pace is kept, and a server that is down costs nobody anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from listbot.adapters.memory.store import MemoryStore
from listbot.adapters.memory.transport import CUT, MemoryTransport
from listbot.domain.states import MailState
from listbot.domain.work import Letter
from listbot.pipeline.context import Event
from listbot.pipeline.deliver import Deliverer, Pace

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
FAST = Pace(connections=3, per_minute=10**6, per_host_minute=10**6)


class QuickClock:
    """A sleep is over at once, and the time has moved on."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0.001)  # whatever else is ready goes first
        self.time += timedelta(seconds=seconds)


async def until(done: Callable[[], bool]) -> None:
    """Let everything else go on, until it is so."""
    async with asyncio.timeout(20):
        while not done():  # noqa: ASYNC110 - the store and the server have no events of their own
            await asyncio.sleep(0.001)


class World:
    """An outbox, a server, a clock, and a deliverer between them."""

    def __init__(self, pace: Pace = FAST) -> None:
        self.store, self.server, self.clock = MemoryStore(b"key"), MemoryTransport(), QuickClock()
        self.events: list[Event] = []
        self.deliverer = Deliverer(
            self.store.outbox, self.server, self.clock, pace, on_event=self.events.append, jitter=lambda: 0.0
        )

    async def put(self, *recipients: str) -> None:
        letters = [
            Letter(key=f"{n}:{to}", kind="ask", sender="bot@bot.example", recipient=to, message_id=f"<{n}@bot.example>", raw=b"x")
            for n, to in enumerate(recipients)
        ]
        await self.store.outbox.put(letters, self.clock.now())

    async def states(self) -> dict[str, tuple[MailState, str]]:
        return {letter.recipient: (state, reply) for _, state, letter, reply in await self.store.outbox.letters(limit=10_000)}

    async def run_until(self, done: Callable[[], bool]) -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(self.deliverer.run(stop))
        try:
            await until(lambda: done() or task.done())
        finally:
            stop.set()
            await task

    @property
    def gone(self) -> timedelta:
        return self.clock.time - NOON


def people(count: int, host: str = "alumni.example") -> list[str]:
    return [f"taker{n}@{host}" for n in range(count)]


async def test_every_letter_leaves_once_and_the_servers_words_are_kept() -> None:
    world = World()
    await world.put(*people(200))
    await world.run_until(lambda: len(world.server.taken) == 200)
    assert sorted(letter.recipient for letter in world.server.taken) == sorted(people(200))
    assert set((await world.states()).values()) == {(MailState.SENT, "250 2.0.0 kept")}
    assert world.events.count(Event("sent", 1, "ask")) == 1


async def test_a_letter_put_later_leaves_at_once_when_woken() -> None:
    world = World(Pace(look_every=10**9))
    stop = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds > 1:  # a look that nobody asked for is far away
            await asyncio.Event().wait()

    world.clock.sleep = sleep  # type: ignore[method-assign]
    task = asyncio.create_task(world.deliverer.run(stop))
    await asyncio.sleep(0.02)
    await world.put("ana@alumni.example")
    world.deliverer.wake()
    await until(lambda: bool(world.server.taken))
    stop.set()
    await task


async def test_later_is_tried_again_and_the_pauses_grow() -> None:
    world = World()
    world.server.replies["busy@alumni.example"] += ["450 4.2.1 busy"] * 4
    await world.put("busy@alumni.example")
    await world.run_until(lambda: bool(world.server.taken))
    assert world.server.tries == 5
    assert timedelta(minutes=15) <= world.gone < timedelta(minutes=16)


async def test_never_ends_the_letter_with_the_reason() -> None:
    world = World()
    world.server.replies["gone@alumni.example"] += ["550 5.1.1 no such user"]
    await world.put("gone@alumni.example", "ana@alumni.example")
    await world.run_until(lambda: world.server.tries == 2)
    assert (await world.states())["gone@alumni.example"] == (MailState.REFUSED, "550 5.1.1 no such user")


async def test_a_letter_that_is_never_taken_is_given_up_after_five_days() -> None:
    world = World(Pace(look_every=1800))
    world.server.replies["busy@alumni.example"] += ["450 4.2.1 busy"] * 1000
    await world.put("busy@alumni.example")
    await world.run_until(lambda: world.gone > timedelta(days=5, hours=6))
    state, reply = (await world.states())["busy@alumni.example"]
    assert (state, reply) == (MailState.REFUSED, "given up after 5 days: 450 4.2.1 busy")
    assert 30 < world.server.tries < 50


async def test_a_cut_after_the_message_is_looked_at_and_then_sent_under_the_same_id() -> None:
    world = World()
    world.server.replies["ana@alumni.example"] += [CUT]
    await world.put("ana@alumni.example")
    await world.run_until(lambda: len(world.server.taken) == 2)
    one, two = world.server.taken
    assert one.message_id == two.message_id
    assert world.gone >= timedelta(minutes=15)
    assert (await world.states())["ana@alumni.example"][0] is MailState.SENT


async def test_a_server_that_is_down_uses_up_nobodys_attempts(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "listbot.pipeline.deliver")
    world = World()
    world.server.down = "no connection to smtp.example:587"
    await world.put(*people(100))
    await world.run_until(lambda: world.gone > timedelta(hours=12))
    assert world.server.tries < 3 * 12 * 12 + 40  # one try a connection and five minutes, not one a letter
    assert world.deliverer.trouble == "no connection to smtp.example:587"
    assert [r.message for r in caplog.records if r.levelname == "ERROR"] == [
        "mail does not leave: no connection to smtp.example:587; tried again in 2 s, then after growing pauses"
    ]
    assert caplog.records[-1].message == "mail still does not leave; tried again in 5 min"
    world.server.down = ""
    world.server.replies["taker7@alumni.example"] += ["450 4.2.1 busy"]
    before = world.gone
    await world.run_until(lambda: len(world.server.taken) == 100)
    assert world.gone - before < timedelta(minutes=12), "the first pause of a letter is a minute, whatever the outage was"
    assert world.deliverer.trouble == ""
    assert [e.what for e in world.events if e.what.startswith("trouble")] == ["trouble", "trouble over"]


async def test_a_minute_never_sees_more_letters_than_it_may() -> None:
    world = World(Pace(per_minute=20, per_host_minute=1000))
    await world.put(*people(65))
    await world.run_until(lambda: len(world.server.taken) == 65)
    assert timedelta(minutes=3) <= world.gone < timedelta(minutes=4)


async def test_a_slow_host_does_not_hold_up_the_others() -> None:
    world = World(Pace(per_minute=1000, per_host_minute=5))
    await world.put(*people(17, "slow.example"), *people(5, "other.example"))
    await world.run_until(lambda: len(world.server.taken) == 22)
    others = [n for n, letter in enumerate(world.server.taken) if letter.recipient.endswith("@other.example")]
    assert max(others) < 10
    assert timedelta(minutes=3) <= world.gone < timedelta(minutes=4)


async def test_stopping_ends_what_is_on_the_wire_and_gives_the_rest_back() -> None:
    world = World(Pace(connections=2))
    release, entered = asyncio.Event(), asyncio.Event()
    accept = world.server.send

    async def slow(letter: Letter) -> str:
        entered.set()
        await release.wait()
        return await accept(letter)

    world.server.send = slow  # type: ignore[method-assign]
    await world.put(*people(8))
    stop = asyncio.Event()
    task = asyncio.create_task(world.deliverer.run(stop))
    await entered.wait()
    stop.set()
    await asyncio.sleep(0.01)
    release.set()
    await task
    states = [state for state, _ in (await world.states()).values()]
    assert (states.count(MailState.SENT), states.count(MailState.QUEUED)) == (2, 6)


async def test_a_store_that_fails_for_a_while_loses_and_doubles_nothing() -> None:
    world = World()
    settle, take, failures = world.store.outbox.settle, world.store.outbox.take, [OSError("disk"), OSError("disk")]

    async def failing_settle(*arguments: object) -> None:
        if failures:
            raise failures.pop()
        await settle(*arguments)  # type: ignore[arg-type]

    looks = [OSError("busy")]

    async def failing_take(*arguments: object) -> object:
        if looks:
            raise looks.pop()
        return await take(*arguments)  # type: ignore[arg-type]

    world.store.outbox.settle = failing_settle  # type: ignore[assignment, method-assign]
    world.store.outbox.take = failing_take  # type: ignore[assignment, method-assign]
    await world.put(*people(20))
    await world.run_until(lambda: len(world.server.taken) == 20 and not failures)
    assert len(world.server.taken) == 20
    assert {state for state, _ in (await world.states()).values()} == {MailState.SENT}


async def test_a_letter_the_transport_stumbles_over_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    accept = world.server.send

    async def stumbling(letter: Letter) -> str:
        if letter.recipient == "odd@alumni.example":
            raise ZeroDivisionError("a secret of odd@alumni.example")
        return await accept(letter)

    world.server.send = stumbling  # type: ignore[method-assign]
    await world.put("odd@alumni.example", *people(5))
    await world.run_until(lambda: len(world.server.taken) == 5)
    assert (await world.states())["odd@alumni.example"] == (MailState.DEFERRED, "fault in listbot: ZeroDivisionError")
    assert "odd@alumni.example" not in caplog.text
