"""What passes through an IMAP mailbox: many, large and odd messages; how soon they are seen; what is marked afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from tests.following import Kept, following, message
from tests.integration import imap
from tests.servers.chaos import Proxy
from tests.servers.dovecot import Mailbox
from tests.servers.pymap import PASSWORD, USER, Pymap

pytestmark = pytest.mark.dovecot
Chaos = Callable[[int], Awaitable[Proxy]]


async def test_a_backlog_of_1200_messages(mailbox: Mailbox) -> None:
    mailbox.fill([message(n) for n in range(1_200)])
    kept, source = Kept(), imap.source(mailbox)
    async with following(source, kept):
        await kept.wait_for(1_200)
    assert kept.numbers == list(range(1_200))
    assert source.status.waiting == 0
    assert source.status.last_message is not None


@pytest.mark.parametrize("megabytes", [1, 20])
async def test_a_large_literal_comes_whole_among_small_ones(mailbox: Mailbox, megabytes: int) -> None:
    large = message(2) + b"line of a large attachment\r\n" * (megabytes * 1_000_000 // 28)
    mailbox.append([message(1), large, message(3)])
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(3)
    assert [arrival.raw for arrival in kept.arrivals] == [message(1), large, message(3)]


async def test_of_a_message_over_the_limit_the_first_part_is_kept_with_a_verdict(mailbox: Mailbox) -> None:
    large = message(2) + b"x" * 998 + b"\r\n"
    large += (b"x" * 998 + b"\r\n") * 600
    mailbox.append([message(1), large, message(3)])
    kept = Kept()
    async with following(imap.source(mailbox, size_limit=500_000), kept):
        await kept.wait_for(3)
    raw = kept.arrivals[1].raw
    assert raw.startswith(f"X-Listbot-Truncated: the first 200000 of {len(large)} bytes are kept\r\n".encode())
    assert raw.partition(b"\r\n")[2] == large[:200_000]
    assert kept.numbers == [1, 2, 3]


@pytest.mark.parametrize(
    "raw",
    [
        b"From: M\xfcller <m@fellows.example>\r\nSubject: caf\xe9 \xff\r\n\r\n8 bit\r\n",
        b"Subject: (((( {12}\r\n\r\n)\r\nA1 OK done\r\n* BYE\r\n{3}\r\n",
        b"Subject: no body\r\n\r\n",
        b"\r\n",
        b"just words",
        b"Subject: nul\r\n\r\na\x01b\r\n",
    ],
)
async def test_odd_bytes_come_as_the_server_has_them(mailbox: Mailbox, raw: bytes) -> None:
    mailbox.append([raw, message(2)])
    stored = mailbox.messages()
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(2)
    assert [arrival.raw for arrival in kept.arrivals] == stored


async def test_push_is_as_quick_after_many_renewals_of_idle(mailbox: Mailbox) -> None:
    """Dovecot itself waits 0.5 s before it tells an idling client."""
    kept, source = Kept(), imap.source(mailbox, idle_seconds=0.15)
    seconds = []
    async with following(source, kept):
        for n in range(8):
            await asyncio.sleep(0.23)
            begun = time.monotonic()
            await asyncio.to_thread(mailbox.append, [message(n)])
            await kept.wait_for(n + 1, 5)
            seconds.append(time.monotonic() - begun)
    assert kept.numbers == list(range(8))
    assert source.status.reconnects == 0
    assert sorted(seconds)[4] < 1.0


async def test_pushes_alone_bring_messages_while_idle_is_not_renewed(mailbox: Mailbox) -> None:
    kept = Kept()
    async with following(imap.source(mailbox, idle_seconds=600), kept):
        for n in range(6):
            await asyncio.to_thread(mailbox.append, [message(n)])
            await kept.wait_for(n + 1, 5)
    assert kept.numbers == list(range(6))


async def test_a_message_that_comes_while_others_are_fetched_does_not_wait_for_the_next_renewal(mailbox: Mailbox) -> None:
    """The server announces it at the end of that FETCH, outside IDLE, and never again."""
    mailbox.fill([message(n) for n in range(250)])
    kept = Kept()
    kept.delay = 0.05
    async with following(imap.source(mailbox, idle_seconds=600), kept):
        await kept.wait_for(100)
        await asyncio.to_thread(mailbox.append, [message(250)])
        await kept.wait_for(251, 5)
    assert kept.numbers == list(range(251))


async def test_without_idle_the_mailbox_is_polled(mailbox: Mailbox, chaos: Chaos) -> None:
    proxy = await chaos(mailbox.server.imap_port)
    heard = bytearray()

    def without_idle(data: bytes) -> bytes:
        heard.extend(data)
        return data.replace(b" IDLE", b"")

    proxy.rewrite = without_idle
    kept = Kept()
    async with following(imap.source(mailbox, port=proxy.port, poll_seconds=0.1), kept):
        await asyncio.to_thread(mailbox.append, [message(1)])
        await kept.wait_for(1, 5)
        await asyncio.to_thread(mailbox.append, [message(2)])
        await kept.wait_for(2, 5)
    assert b"+ idling" not in heard


async def test_polling_can_be_asked_for(mailbox: Mailbox) -> None:
    kept = Kept()
    async with following(imap.source(mailbox, poll_seconds=0.1), kept):
        for n in range(3):
            await asyncio.to_thread(mailbox.append, [message(n)])
            await kept.wait_for(n + 1, 3)


async def test_a_server_that_names_idle_only_after_login_is_idled_with(pymap: Pymap, mailbox: Mailbox) -> None:
    kept = Kept()
    source = imap.source(mailbox, port=pymap.port, username=USER, password=PASSWORD, idle_seconds=600)
    async with following(source, kept):
        for n in range(5):
            await asyncio.to_thread(pymap.append, [message(n)])
            await kept.wait_for(n + 1, 2)


async def test_nothing_is_marked_unless_asked_for(mailbox: Mailbox) -> None:
    mailbox.append([message(1)])
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(1)
    assert mailbox.flags() == [set()]


async def test_kept_messages_are_marked_as_seen(mailbox: Mailbox) -> None:
    mailbox.append([message(1), message(2)])
    kept = Kept()
    async with following(imap.source(mailbox, mark_seen=True), kept):
        await kept.wait_for(2)
    assert mailbox.flags() == [{"\\Seen"}, {"\\Seen"}]


@pytest.mark.parametrize("server_moves", [True, False])
async def test_kept_messages_are_moved(mailbox: Mailbox, chaos: Chaos, server_moves: bool) -> None:
    proxy = await chaos(mailbox.server.imap_port)
    proxy.rewrite = bytes if server_moves else (lambda data: data.replace(b" MOVE ", b" "))
    mailbox.append([message(n) for n in range(130)])
    kept = Kept()
    async with following(imap.source(mailbox, port=proxy.port, move_to="Processed & käpt"), kept):
        await kept.wait_for(130)
        await asyncio.to_thread(mailbox.append, [message(130)])
        await kept.wait_for(131)
    assert mailbox.messages() == []
    assert mailbox.messages('"Processed &- k&AOQ-pt"') == [message(n) for n in range(131)]


async def test_nothing_is_marked_that_was_not_kept(mailbox: Mailbox) -> None:
    mailbox.append([message(1)])
    kept = Kept()
    kept.failures = 1_000
    async with following(imap.source(mailbox, mark_seen=True), kept):
        await asyncio.sleep(0.5)
    assert kept.offered
    assert mailbox.flags() == [set()]


async def test_what_was_kept_when_the_connection_broke_is_marked_at_the_next(mailbox: Mailbox) -> None:
    mailbox.append([message(1), message(2)])
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(2)
    async with following(imap.source(mailbox, mark_seen=True), kept):
        await asyncio.to_thread(mailbox.append, [message(3)])
        await kept.wait_for(3)
    assert mailbox.flags() == [{"\\Seen"}] * 3
