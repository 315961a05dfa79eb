"""Whatever breaks between the bot and its mailbox, every message is kept once and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.imap import ImapSource
from tests.following import Kept, following, message
from tests.integration import imap
from tests.servers.chaos import Proxy
from tests.servers.dovecot import Dovecot, Mailbox

pytestmark = pytest.mark.dovecot
Chaos = Callable[[int], Awaitable[Proxy]]


async def append(mailbox: Mailbox, *numbers: int) -> None:
    await asyncio.to_thread(mailbox.append, [message(n) for n in numbers])


async def connected(source: ImapSource) -> None:
    async with asyncio.timeout(10):
        while not source.status.connected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("how", ["restart", "kill"])
async def test_a_server_that_restarts_is_found_again(dovecot: Dovecot, mailbox: Mailbox, how: str) -> None:
    kept, source = Kept(), imap.source(mailbox)
    async with following(source, kept):
        await append(mailbox, 1)
        await kept.wait_for(1)
        if how == "kill":
            await asyncio.to_thread(dovecot.kill)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(dovecot.start)
        else:
            await asyncio.to_thread(dovecot.restart)
        await append(mailbox, 2)
        await kept.wait_for(2)
    assert kept.numbers == [1, 2]
    assert source.status.reconnects >= 1


@pytest.mark.parametrize("fault", ["cut", "rst", "freeze"])
async def test_a_connection_lost_while_idle_is_replaced(mailbox: Mailbox, chaos: Chaos, fault: str) -> None:
    proxy = await chaos(mailbox.server.imap_port)
    kept, source = Kept(), imap.source(mailbox, port=proxy.port, idle_seconds=0.5, timeout_seconds=0.5)
    async with following(source, kept):
        await append(mailbox, 1)
        await kept.wait_for(1)
        getattr(proxy, fault)()
        await append(mailbox, 2)
        await asyncio.sleep(0.2)
        if fault == "freeze":
            async with asyncio.timeout(5):
                while not source.status.fault:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            assert "no answer within" in source.status.fault or "no greeting" in source.status.fault
            proxy.thaw()
        await kept.wait_for(2)
    assert kept.numbers == [1, 2]
    assert proxy.total >= 2


@pytest.mark.parametrize("after", [30, 400, 1_500, 20_000, 150_000])
async def test_a_cut_anywhere_loses_and_doubles_nothing(mailbox: Mailbox, chaos: Chaos, after: int) -> None:
    """From within the greeting to within a literal in the second batch."""
    mailbox.fill([message(n, "x" * 1_000) for n in range(150)])
    proxy = await chaos(mailbox.server.imap_port)
    proxy.cut_after(after)
    kept = Kept()
    async with following(imap.source(mailbox, port=proxy.port), kept):
        await kept.wait_for(150)
    assert kept.numbers == list(range(150))
    assert len(kept.offered) == 150
    assert proxy.total == 2


async def test_refused_connections_and_a_bye_for_a_greeting_are_waited_out(mailbox: Mailbox, chaos: Chaos) -> None:
    mailbox.append([message(1)])
    proxy = await chaos(mailbox.server.imap_port)
    proxy.greeting = b"* BYE too many connections\r\n"
    kept, source = Kept(), imap.source(mailbox, port=proxy.port)
    async with following(source, kept):
        async with asyncio.timeout(5):
            while "BYE too many" not in source.status.fault:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        proxy.greeting = b""
        proxy.refusing = True
        seen = proxy.total
        async with asyncio.timeout(5):
            while proxy.total < seen + 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        proxy.refusing = False
        await kept.wait_for(1)
    assert source.status.fault == ""


async def test_a_bye_in_the_middle_leads_to_a_new_connection(dovecot: Dovecot, mailbox: Mailbox) -> None:
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await append(mailbox, 1)
        await kept.wait_for(1)
        await asyncio.to_thread(dovecot.doveadm, "kick", mailbox.address)
        await append(mailbox, 2)
        await kept.wait_for(2)
    assert kept.numbers == [1, 2]


async def test_a_renumbered_mailbox_is_read_again_under_new_keys(mailbox: Mailbox) -> None:
    mailbox.append([message(1), message(2)])
    kept = Kept()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(2)
    old = kept.cursor
    validity = mailbox.make_new_uidvalidity()
    async with following(imap.source(mailbox), kept):
        await kept.wait_for(4)
    assert kept.numbers == [1, 2, 1, 2]
    assert old is not None
    assert kept.cursor is not None
    assert kept.cursor.uidvalidity == validity != old.uidvalidity
    assert kept.arrivals[-1].key == f"{validity}.{kept.cursor.uid}"


async def test_a_thousand_messages_expunged_by_somebody_else_do_no_harm(mailbox: Mailbox) -> None:
    """More response lines in one read than aioimaplib alone survives (RecursionError)."""
    mailbox.fill([message(n) for n in range(1_500)])
    kept, source = Kept(), imap.source(mailbox)
    async with following(source, kept):
        await kept.wait_for(1_500)
        await asyncio.to_thread(mailbox.expunge)
        await append(mailbox, 2_000)
        await kept.wait_for(1_501)
    assert kept.numbers[-1] == 2_000
    assert source.status.reconnects == 0


async def test_messages_expunged_before_they_are_fetched_are_passed_over(mailbox: Mailbox, chaos: Chaos) -> None:
    mailbox.fill([message(n, "x" * 2_000) for n in range(300)])
    proxy = await chaos(mailbox.server.imap_port)
    proxy.bytes_per_second = 400_000
    kept = Kept()
    async with following(imap.source(mailbox, port=proxy.port), kept):
        await kept.wait_for(100)
        await asyncio.to_thread(mailbox.expunge, "205:210")
        proxy.bytes_per_second = 0
        await kept.wait_for(294)
        await append(mailbox, 300)
        await kept.wait_for(295)
    assert kept.numbers == [n for n in range(301) if not 204 <= n <= 209]


async def test_one_dead_source_does_not_hold_up_the_others(dovecot: Dovecot, chaos: Chaos) -> None:
    boxes = [dovecot.new_mailbox() for _ in range(3)]
    journals = [Kept() for _ in boxes]
    dead = await chaos(dovecot.imap_port)
    dead.freeze()
    sources = [imap.source(boxes[0], port=dead.port), imap.source(boxes[1]), imap.source(boxes[2])]
    async with following(sources[0], journals[0]), following(sources[1], journals[1]), following(sources[2], journals[2]):
        for box in boxes:
            await append(box, 7)
        await asyncio.gather(journals[1].wait_for(1, 5), journals[2].wait_for(1, 5))
        assert journals[0].arrivals == []
        dead.thaw()
        await journals[0].wait_for(1)


async def test_a_message_that_always_breaks_the_connection_is_replaced_by_a_note(mailbox: Mailbox, chaos: Chaos) -> None:
    """The others pass; a moderator sees which one is missing."""
    mailbox.append([message(n) for n in range(5)] + [message(5, "POISON")] + [message(n) for n in range(6, 9)])
    proxy = await chaos(mailbox.server.imap_port)

    def break_at_poison(data: bytes) -> bytes:
        if b"POISON" in data:
            proxy.rst()
            return b""
        return data

    proxy.rewrite = break_at_poison
    source = ImapSource(imap.settings(mailbox, port=proxy.port), SystemClock(), lambda: 0.002)
    kept = Kept()
    async with following(source, kept):
        await kept.wait_for(9)
    assert [b"X-Listbot-Unread" in arrival.raw for arrival in kept.arrivals] == [n == 5 for n in range(9)]
    assert len({arrival.key for arrival in kept.arrivals}) == 9


async def test_a_bodiless_answer_is_asked_for_again_and_then_noted(mailbox: Mailbox, chaos: Chaos) -> None:
    mailbox.append([message(1)])
    proxy = await chaos(mailbox.server.imap_port)
    whole = len(mailbox.messages()[0])

    def nil(data: bytes) -> bytes:
        head, found, tail = data.partition(b"BODY[]<0> {%d}\r\n" % whole)
        return head + b"BODY[] NIL" + tail[whole:] if found else data

    proxy.rewrite = nil
    kept = Kept()
    async with following(imap.source(mailbox, port=proxy.port), kept):
        await kept.wait_for(1)
    assert b"X-Listbot-Unread: UID 1" in kept.arrivals[0].raw


async def test_a_journal_that_fails_is_offered_the_same_again(mailbox: Mailbox) -> None:
    mailbox.fill([message(n) for n in range(250)])
    kept, source = Kept(), imap.source(mailbox)
    kept.failures = 1
    async with following(source, kept):
        await kept.wait_for(250)
    assert kept.numbers == list(range(250))
    assert source.status.fault == ""
