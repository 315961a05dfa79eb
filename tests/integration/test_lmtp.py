"""The LMTP listener: one answer for each recipient, and nothing accepted that is not kept."""

from __future__ import annotations

import asyncio
import smtplib
from pathlib import Path

import pytest

from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.lmtp import LmtpSettings, LmtpSource
from listbot.domain.errors import Never
from tests.following import Kept, following, message
from tests.servers.postfix import Postfix
from tests.servers.process import HOST, free_ports


def listener(**changes: object) -> LmtpSource:
    values: dict[str, object] = {"name": "intake", "port": 0}
    return LmtpSource(LmtpSettings(**(values | changes)), SystemClock(), lambda: 0.02)  # type: ignore[arg-type]


class Client:
    """Speaks LMTP line by line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, source: LmtpSource, path: str = "") -> Client:
        await asyncio.wait_for(source.listening.wait(), 5)
        client = cls(*await (asyncio.open_unix_connection(path) if path else asyncio.open_connection(HOST, source.port)))
        assert (await client.reply()).startswith("220")
        client.send("LHLO mta.example")
        while (await client.reply())[3] == "-":
            pass
        return client

    def send(self, line: str) -> None:
        self.writer.write(line.encode() + b"\r\n")

    async def reply(self) -> str:
        return (await asyncio.wait_for(self.reader.readline(), 10)).decode().strip()

    async def ask(self, line: str) -> str:
        self.send(line)
        return (await self.reply())[:3]

    async def offer(self, raw: bytes, *recipients: str) -> list[str]:
        """The answers to the end of DATA."""
        await self.ask("MAIL FROM:<someone@fellows.example>")
        accepted = [recipient for recipient in recipients if await self.ask(f"RCPT TO:<{recipient}>") == "250"]
        assert await self.ask("DATA") == "354"
        self.writer.write(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return [(await self.reply())[:3] for _ in accepted]

    async def quit(self) -> None:
        assert await self.ask("QUIT") == "221"
        self.writer.close()
        await self.writer.wait_closed()


async def test_each_recipient_has_its_answer_and_its_arrival() -> None:
    kept, source = Kept(), listener()
    async with following(source, kept):
        client = await Client.to(source)
        assert await client.offer(message(1), "bot@bot.example", "bot+token@bot.example", "other@bot.example") == ["250"] * 3
        assert await client.offer(message(2), "bot@bot.example") == ["250"]
        await client.quit()
    assert [arrival.recipient for arrival in kept.arrivals[:3]] == [
        "bot@bot.example",
        "bot+token@bot.example",
        "other@bot.example",
    ]
    assert {arrival.raw for arrival in kept.arrivals[:3]} == {message(1)}


async def test_what_could_not_be_kept_is_not_accepted_for_anybody() -> None:
    kept, source = Kept(), listener()
    kept.failures = 1
    async with following(source, kept):
        client = await Client.to(source)
        assert await client.offer(message(1), "a@bot.example", "b@bot.example") == ["451", "451"]
        assert await client.offer(message(1), "a@bot.example", "b@bot.example") == ["250", "250"]
        await client.quit()
    assert kept.numbers == [1, 1]


async def test_too_large_a_message_is_refused_for_each_recipient() -> None:
    kept, source = Kept(), listener(size_limit=10_000)
    async with following(source, kept):
        client = await Client.to(source)
        assert await client.offer(message(1, "x" * 20_000), "a@bot.example", "b@bot.example") == ["552", "552"]
        assert await client.offer(message(2), "a@bot.example") == ["250"]
        await client.quit()
    assert kept.numbers == [2]


async def test_only_known_addresses_are_written_to_with_or_without_detail() -> None:
    kept, source = Kept(), listener(addresses=("bot@bot.example",))
    async with following(source, kept):
        client = await Client.to(source)
        assert await client.ask("MAIL FROM:<>") == "250"
        assert await client.ask("RCPT TO:<stranger@bot.example>") == "550"
        assert await client.ask("RCPT TO:<Bot+x@BOT.example>") == "250"
        await client.quit()


async def test_long_lines_dots_and_high_bytes_come_as_they_were_sent() -> None:
    raw = message(1) + b".\r\n..\r\n" + b"x" * 100_000 + b"\r\n\xff\x00\r\n"
    kept, source = Kept(), listener()
    async with following(source, kept):
        client = await Client.to(source)
        assert await client.offer(raw, "bot@bot.example") == ["250"]
        await client.quit()
    assert kept.arrivals[0].raw == raw


async def test_a_client_that_hangs_up_while_its_message_is_kept_does_no_harm() -> None:
    kept, source = Kept(), listener()
    kept.delay = 0.2
    async with following(source, kept):
        client = await Client.to(source)
        await client.ask("MAIL FROM:<someone@fellows.example>")
        await client.ask("RCPT TO:<bot@bot.example>")
        await client.ask("DATA")
        client.writer.write(message(1) + b".\r\n")
        await asyncio.sleep(0.05)
        client.writer.close()
        await kept.wait_for(1)
        again = await Client.to(source)
        assert await again.offer(message(1), "bot@bot.example") == ["250"]
        await again.quit()
    assert len(kept.offered) == 2
    assert len(kept.arrivals) == 1


async def test_it_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "lmtp")
    kept, source = Kept(), listener(path=path)
    for expected in (1, 2):  # a second start finds the socket of the first
        async with following(source, kept):
            client = await Client.to(source, path)
            assert await client.offer(message(expected), "bot@bot.example") == ["250"]
            await client.quit()
    assert kept.numbers == [1, 2]


async def test_a_port_in_use_is_waited_for() -> None:
    (port,) = free_ports(1)
    first, second, kept = listener(port=port), listener(port=port), Kept()
    async with following(first, Kept()):
        await asyncio.wait_for(first.listening.wait(), 5)
        stop = asyncio.Event()
        running = asyncio.create_task(second.run(None, kept, stop))
        async with asyncio.timeout(5):
            while not second.status.fault:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    await asyncio.wait_for(second.listening.wait(), 5)
    stop.set()
    await running


async def test_a_socket_that_may_not_be_made_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = listener()

    async def refuse(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(asyncio.get_running_loop(), "create_server", refuse)
    with pytest.raises(Never, match="choose a port above 1023"):
        await source.run(None, Kept(), asyncio.Event())


@pytest.mark.postfix
async def test_postfix_hands_over_and_tries_again(postfix: Postfix) -> None:
    kept, source = Kept(), listener(port=postfix.intake_port)
    kept.failures = 1

    def post() -> None:
        with smtplib.SMTP(HOST, postfix.smtp_port) as client:
            client.sendmail("someone@fellows.example", ["bot@intake.example", "bot+x@intake.example"], message(1))

    async with following(source, kept):
        await asyncio.wait_for(source.listening.wait(), 5)
        await asyncio.to_thread(post)
        await kept.wait_for(2, 40)
    assert {arrival.recipient for arrival in kept.arrivals} == {"bot@intake.example", "bot+x@intake.example"}
    assert kept.numbers == [1, 1]
