"""What every source promises: nothing lost, nothing doubled, the order kept, and a restart goes on where it stopped."""

from __future__ import annotations

import asyncio
import random
import smtplib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

import pytest

from listbot.adapters.clock import SystemClock
from listbot.adapters.memory.mailbox import MemoryMailbox
from listbot.adapters.sources.imap import ImapSettings, ImapSource
from listbot.adapters.sources.lmtp import LmtpSettings, LmtpSource
from listbot.adapters.sources.maildir import MaildirSettings, MaildirSource
from listbot.adapters.sources.mbox import MboxSettings, MboxSource
from listbot.pipeline.ports import Source
from tests.following import Kept, following, message, number
from tests.servers.dovecot import Mailbox
from tests.servers.process import HOST, free_ports
from tests.servers.pymap import PASSWORD, USER, Pymap

CLOCK = SystemClock()


def chance() -> float:
    return random.random() * 0.05


class Rig(Protocol):
    """A place messages can be put into, and a source that reads it."""

    def source(self) -> Source: ...

    async def deliver(self, *messages: bytes) -> None: ...


class MemoryRig:
    def __init__(self) -> None:
        self.mailbox = MemoryMailbox("rig", CLOCK)

    def source(self) -> Source:
        return self.mailbox

    async def deliver(self, *messages: bytes) -> None:
        for raw in messages:
            self.mailbox.deliver(raw)


class MaildirRig:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        for name in ("new", "cur", "tmp"):
            (folder / name).mkdir(parents=True)

    def source(self) -> Source:
        return MaildirSource(MaildirSettings(name="rig", path=str(self.folder), poll_seconds=0.02), CLOCK, chance)

    async def deliver(self, *messages: bytes) -> None:
        for raw in messages:
            self.count += 1
            name = f"{time.time_ns()}.{self.count:06}.host"
            (self.folder / "tmp" / name).write_bytes(raw)
            (self.folder / "tmp" / name).rename(self.folder / "new" / name)


class MboxRig:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def source(self) -> Source:
        return MboxSource(MboxSettings(name="rig", path=str(self.path), poll_seconds=0.02), CLOCK, chance)

    async def deliver(self, *messages: bytes) -> None:
        with self.path.open("ab") as file:
            for raw in messages:
                file.write(b"From someone@fellows.example Mon Feb  3 12:00:00 2025\n" + raw + b"\n")


class ImapRig:
    def __init__(self, server: Mailbox | Pymap) -> None:
        self.server = server
        port, user, password = (server.port, USER, PASSWORD) if isinstance(server, Pymap) else _account(server)
        self.settings = ImapSettings(
            name="rig", host=HOST, port=port, tls="none", username=user, password=password, timeout_seconds=5, poll_seconds=None
        )

    def source(self) -> Source:
        return ImapSource(self.settings, CLOCK, chance)

    async def deliver(self, *messages: bytes) -> None:
        await asyncio.to_thread(self.server.append, messages)


def _account(mailbox: Mailbox) -> tuple[int, str, str]:
    return mailbox.server.imap_port, mailbox.address, mailbox.password


class LmtpRig:
    """With a mail server in front that tries again until it has its 250."""

    def __init__(self) -> None:
        (self.port,) = free_ports(1)
        self.queue: asyncio.Queue[bytes] = asyncio.Queue()
        self.sending = asyncio.create_task(self._send_for_ever())

    def source(self) -> Source:
        return LmtpSource(LmtpSettings(name="rig", host=HOST, port=self.port), CLOCK, chance)

    async def deliver(self, *messages: bytes) -> None:
        for raw in messages:
            await self.queue.put(raw)

    async def _send_for_ever(self) -> None:
        while True:
            raw = await self.queue.get()
            while not await asyncio.to_thread(self._send, raw):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    def _send(self, raw: bytes) -> bool:
        try:
            with smtplib.LMTP(HOST, self.port, timeout=5) as client:
                return not client.sendmail("someone@fellows.example", "bot@bot.example", raw)
        except (OSError, smtplib.SMTPException):
            return False


@pytest.fixture(
    params=[
        "memory",
        "maildir",
        "mbox",
        "lmtp",
        "pymap",
        pytest.param("dovecot", marks=pytest.mark.dovecot),
    ]
)
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    match request.param:
        case "memory":
            yield MemoryRig()
        case "maildir":
            yield MaildirRig(tmp_path / "Maildir")
        case "mbox":
            yield MboxRig(tmp_path / "archive.mbox")
        case "lmtp":
            lmtp = LmtpRig()
            yield lmtp
            lmtp.sending.cancel()
        case "pymap":
            yield ImapRig(request.getfixturevalue("pymap"))
        case _:
            yield ImapRig(request.getfixturevalue("mailbox"))


@pytest.fixture
def kept() -> Kept:
    return Kept()


async def test_messages_from_before_and_after_the_start_come_once_in_order_and_whole(rig: Rig, kept: Kept) -> None:
    sent = [message(n) for n in range(12)]
    await rig.deliver(*sent[:7])
    async with following(rig.source(), kept):
        await kept.wait_for(7)
        for raw in sent[7:]:
            await rig.deliver(raw)
        await kept.wait_for(12)
    assert [arrival.raw for arrival in kept.arrivals] == sent
    assert len({arrival.key for arrival in kept.arrivals}) == 12


async def test_more_than_one_batch_comes_in_order(rig: Rig, kept: Kept) -> None:
    await rig.deliver(*[message(n) for n in range(230)])
    async with following(rig.source(), kept):
        await kept.wait_for(230)
    assert kept.numbers == list(range(230))


async def test_a_restart_goes_on_behind_the_cursor(rig: Rig, kept: Kept) -> None:
    await rig.deliver(*[message(n) for n in range(3)])
    async with following(rig.source(), kept):
        await kept.wait_for(3)
    await rig.deliver(*[message(n) for n in range(3, 6)])
    async with following(rig.source(), kept):
        await kept.wait_for(6)
    assert kept.numbers == list(range(6))


async def test_what_could_not_be_kept_is_offered_again(rig: Rig, kept: Kept) -> None:
    kept.failures = 2
    await rig.deliver(*[message(n) for n in range(4)])
    async with following(rig.source(), kept):
        await kept.wait_for(4)
    assert kept.numbers == [0, 1, 2, 3]
    assert len(kept.offered) > 4


async def test_stopping_waits_for_what_is_being_kept(rig: Rig, kept: Kept) -> None:
    kept.delay = 0.3
    await rig.deliver(message(1))
    source, stop = rig.source(), asyncio.Event()
    begun = asyncio.Event()

    async def keep(*arguments: object) -> None:
        begun.set()
        await kept(*arguments)  # type: ignore[arg-type]

    running = asyncio.create_task(source.run(None, keep, stop))
    await asyncio.wait_for(begun.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert [number(arrival.raw) for arrival in kept.arrivals] == [1]


async def test_a_source_that_has_nothing_to_do_stops_at_once(rig: Rig, kept: Kept) -> None:
    async with following(rig.source(), kept):
        await asyncio.sleep(0.2)
    assert kept.arrivals == []


async def test_bytes_above_127_and_odd_lines_come_as_they_are(rig: Rig, kept: Kept) -> None:
    sent = message(1) + b"\xff\xfe caf\xe9 {5}\r\nA1 OK (((\r\n)\r\n* 1 FETCH (UID 7)\r\n" + "žluťoučký 你好".encode() + b"\r\n"
    await rig.deliver(sent)
    async with following(rig.source(), kept):
        await kept.wait_for(1)
    assert kept.arrivals[0].raw == sent


async def test_each_arrival_names_its_source_and_a_time_with_zone(rig: Rig, kept: Kept) -> None:
    await rig.deliver(message(1))
    async with following(rig.source(), kept):
        (arrival,) = await kept.wait_for(1)
    assert arrival.source == "rig"
    assert abs((CLOCK.now() - arrival.received_at).total_seconds()) < 60
