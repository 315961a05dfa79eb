"""What a transport says of each way a sending can end: the memory twin, and SMTP to a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import pytest

from listbot.adapters.memory import transport as memory
from listbot.adapters.smtp import SmtpSettings, SmtpTransport
from listbot.domain.errors import Never, TryLater, Unreachable, Unsure
from listbot.domain.work import Letter
from listbot.pipeline.ports import Transport
from tests.servers.process import HOST, free_ports
from tests.servers.sink import CUT, Sink

ANA, BO = "ana@alumni.example", "bo@alumni.example"
RAW = b"From: bot@bot.example\r\nTo: ana@alumni.example\r\nSubject: dots\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n"


def letter(recipient: str = ANA, sender: str = "bot@bot.example", raw: bytes = RAW) -> Letter:
    return Letter(key="k", kind="ask", sender=sender, recipient=recipient, message_id="<1@bot.example>", raw=raw)


@dataclass
class Side:
    """A transport, and what its server does and has."""

    transport: Transport
    server: memory.MemoryTransport | Sink

    def script(self, recipient: str, *replies: str) -> None:
        """What the server answers to the next letters for this recipient; `CUT` after it has taken one."""
        for reply in replies:
            if isinstance(self.server, memory.MemoryTransport):
                self.server.replies[recipient].append(memory.CUT if reply == CUT else reply)
            elif reply == CUT:
                self.server.at_data.append(CUT)
            else:
                self.server.at_rcpt[recipient].append(reply)

    def taken(self) -> Sequence[tuple[str, bytes]]:
        if isinstance(self.server, memory.MemoryTransport):
            return [(each.recipient, each.raw) for each in self.server.taken]
        return [(each.recipients[0], each.content) for each in self.server.taken]


@pytest.fixture(params=["memory", "smtp"])
async def side(request: pytest.FixtureRequest) -> AsyncIterator[Side]:
    if request.param == "memory":
        server = memory.MemoryTransport()
        yield Side(server, server)
        return
    sink = await Sink().start()
    transport = SmtpTransport(SmtpSettings(host=HOST, port=sink.port, tls="none", hello="bot.example", timeout=5))
    yield Side(transport, sink)
    await transport.close()
    await sink.close()


async def test_a_letter_arrives_byte_for_byte_and_the_servers_words_come_back(side: Side) -> None:
    assert (await side.transport.send(letter())).startswith("250 2.0.0")
    assert side.taken() == [(ANA, RAW)]


async def test_bytes_beyond_ascii_and_odd_ends_arrive_too(side: Side) -> None:
    raw = b"Subject: x\r\n\r\n\xc3\xa4 \xff\r\n.\r\n"
    await side.transport.send(letter(raw=raw))
    assert side.taken() == [(ANA, raw)]


async def test_later_and_never_are_told_apart_with_the_servers_words(side: Side) -> None:
    side.script(ANA, "450 4.2.1 Mailbox busy", "550 5.1.1 User unknown")
    with pytest.raises(TryLater, match=r"450 4\.2\.1 Mailbox busy") as later:
        await side.transport.send(letter())
    assert not isinstance(later.value, Unreachable)
    with pytest.raises(Never, match=r"550 5\.1\.1 User unknown"):
        await side.transport.send(letter())
    await side.transport.send(letter())
    assert len(side.taken()) == 1


async def test_a_refused_letter_does_not_spoil_the_next(side: Side) -> None:
    side.script(ANA, "550 5.1.1 User unknown")
    with pytest.raises(Never):
        await side.transport.send(letter())
    await side.transport.send(letter(BO))
    assert [recipient for recipient, _ in side.taken()] == [BO]


async def test_a_cut_after_the_message_is_unsure_and_the_next_sending_works(side: Side) -> None:
    side.script(ANA, CUT)
    with pytest.raises(Unsure):
        await side.transport.send(letter())
    await side.transport.send(letter())
    assert len(side.taken()) == 2


@pytest.mark.parametrize(
    "recipient",
    ["", "a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example\nx", "a b@c.example", "<a@b.example>", "a\x00@b.example"],
)
async def test_an_address_that_could_say_more_than_an_address_is_refused_before_anything_is_sent(
    side: Side, recipient: str
) -> None:
    with pytest.raises(Never):
        await side.transport.send(letter(recipient))
    assert side.taken() == []


async def test_the_null_sender_is_allowed(side: Side) -> None:
    await side.transport.send(letter(sender=""))
    assert len(side.taken()) == 1


async def test_nobody_listening_is_unreachable() -> None:
    (port,) = free_ports(1)
    with pytest.raises(Unreachable, match=f"no connection to {HOST}:{port}"):
        await SmtpTransport(SmtpSettings(host=HOST, port=port, tls="none")).send(letter())
    server = memory.MemoryTransport()
    server.down = "no connection to smtp.example:587"
    with pytest.raises(Unreachable, match="no connection"):
        await server.send(letter())
