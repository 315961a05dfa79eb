"""SMTP as servers do it: TLS and its faults, logins, cuts, kept connections; then through a real Postfix."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from listbot import bootstrap, config
from listbot.adapters import sql
from listbot.adapters.clock import SystemClock
from listbot.adapters.smtp import SmtpSettings, SmtpTransport
from listbot.domain.errors import ConfigError, Never, TryLater, Unreachable, Unsure
from listbot.domain.states import MailState
from listbot.domain.work import Letter
from listbot.pipeline.deliver import Deliverer, Pace
from tests.postgres import MIGRATIONS
from tests.servers.certificates import Certificates
from tests.servers.chaos import Proxy
from tests.servers.dovecot import BOT, PASSWORD, Dovecot, Mailbox, token
from tests.servers.postfix import Postfix
from tests.servers.process import HOST
from tests.servers.sink import CUT, Sink

MakeSink = Callable[..., Awaitable[Sink]]


def letter(recipient: str = "ana@alumni.example", number: int = 1) -> Letter:
    raw = f"From: {BOT}\r\nTo: {recipient}\r\nSubject: letter {number}\r\nMessage-ID: <{number}@bot.example>\r\n\r\nWords.\r\n"
    id = f"<{number}@bot.example>"
    return Letter(key=f"{number}", kind="note", sender=BOT, recipient=recipient, message_id=id, raw=raw.encode())


def plain(port: int, **changes: object) -> SmtpSettings:
    return replace(SmtpSettings(host=HOST, port=port, tls="none", hello="bot.example", timeout=5), **changes)  # type: ignore[arg-type]


@pytest.fixture
async def open_transport() -> AsyncIterator[Callable[[SmtpSettings], SmtpTransport]]:
    made: list[SmtpTransport] = []

    def make(settings: SmtpSettings) -> SmtpTransport:
        made.append(SmtpTransport(settings))
        return made[-1]

    yield make
    for each in made:
        await each.close()


Open = Callable[[SmtpSettings], SmtpTransport]


async def test_connections_are_kept_and_never_more_than_allowed(sink: Sink, open_transport: Open) -> None:
    transport = open_transport(plain(sink.port, connections=3))
    await asyncio.gather(*(transport.send(letter(number=n)) for n in range(60)))
    assert (sink.connections, len(sink.taken)) == (3, 60)


async def test_the_server_is_greeted_by_the_configured_name(sink: Sink) -> None:
    smtp = {"host": HOST, "port": sink.port, "tls": "none", "hello": "mail.bot.example"}
    settings = config.parse({"bot": {"address": BOT}, "smtp": smtp}, "listbot.toml")
    transport = bootstrap.make_transport(settings, SystemClock())
    await transport.send(letter())
    await transport.close()
    assert sink.greetings == ["mail.bot.example"]


async def test_a_kept_connection_that_the_server_closed_is_replaced_without_a_word(sink: Sink, open_transport: Open) -> None:
    transport = open_transport(plain(sink.port))
    await transport.send(letter())
    sink.cut()
    await asyncio.sleep(0.05)
    await transport.send(letter())
    assert (sink.connections, len(sink.taken)) == (2, 2)


async def test_a_connection_unused_for_long_is_not_trusted(sink: Sink, open_transport: Open) -> None:
    transport = open_transport(plain(sink.port, idle=0))
    await transport.send(letter())
    await transport.send(letter())
    assert sink.connections == 2


async def test_silence_after_the_message_is_unsure(sink: Sink, open_transport: Open) -> None:
    sink.delay = 5
    with pytest.raises(Unsure, match="no answer after the message"):
        await open_transport(plain(sink.port, data_timeout=0.1)).send(letter())


async def test_a_black_hole_before_the_message_is_tried_later(
    sink: Sink, chaos: Callable[[int], Awaitable[Proxy]], open_transport: Open
) -> None:
    proxy = await chaos(sink.port)
    transport = open_transport(plain(proxy.port, timeout=0.3))
    await transport.send(letter())
    proxy.freeze()
    with pytest.raises(TryLater):
        await transport.send(letter())
    proxy.thaw()
    await transport.send(letter(number=2))


@pytest.mark.parametrize("greeting", [b"421 4.3.2 Not now\r\n", b"554 5.3.2 No service for you\r\n", b"nonsense\r\n", b""])
async def test_a_server_that_does_not_serve_us_is_unreachable(
    sink: Sink, chaos: Callable[[int], Awaitable[Proxy]], open_transport: Open, greeting: bytes
) -> None:
    proxy = await chaos(sink.port)
    proxy.refusing, proxy.greeting = True, greeting
    with pytest.raises(Unreachable):
        await open_transport(plain(proxy.port)).send(letter())


@pytest.mark.parametrize("reply", ["451 4.3.0 Later", "421 4.7.0 Closing"])
async def test_later_at_the_end_of_the_message_is_later(sink: Sink, open_transport: Open, reply: str) -> None:
    sink.at_data += [reply]
    transport = open_transport(plain(sink.port))
    with pytest.raises(TryLater, match=reply[:9]):
        await transport.send(letter())
    await transport.send(letter())


async def test_never_at_the_end_of_the_message_is_never(sink: Sink, open_transport: Open) -> None:
    sink.at_data += ["554 5.7.1 Looks like spam"]
    with pytest.raises(Never, match=r"554 5\.7\.1 Looks like spam"):
        await open_transport(plain(sink.port)).send(letter())


async def test_a_server_that_wants_a_login_refuses_nobodys_letter(sink: Sink, open_transport: Open) -> None:
    sink.at_mail += ["530 5.7.0 Authentication required"]
    with pytest.raises(Unreachable, match=r"another login: 530 .*smtp\.username"):
        await open_transport(plain(sink.port)).send(letter())


async def test_an_address_in_another_script_is_sent_with_smtputf8(sink: Sink, open_transport: Open) -> None:
    await open_transport(plain(sink.port)).send(letter("josé@alumni.example"))
    assert sink.taken[0].recipients == ("josé@alumni.example",)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_tls_with_our_own_authority_works_and_without_it_is_refused(
    sink_factory: MakeSink, certificates: Certificates, open_transport: Open, tls: str
) -> None:
    sink = await sink_factory(tls=tls, password="right")
    settings = plain(sink.port, tls=tls, ca_file=certificates.ca, username="bot", password="right")
    await open_transport(settings).send(letter())
    assert len(sink.taken) == 1
    with pytest.raises(Unreachable, match=r"certificate of .* is not trusted: .*smtp\.ca_file"):
        await open_transport(replace(settings, ca_file=None)).send(letter())
    with pytest.raises(Unreachable, match=r"refuses the login of bot: 535 .*correct smtp\.username"):
        await open_transport(replace(settings, password="wrong")).send(letter())


async def test_a_login_that_cannot_be_checked_now_is_tried_again_and_nobody_sent_for(
    sink_factory: MakeSink, certificates: Certificates, open_transport: Open
) -> None:
    sink = await sink_factory(tls="starttls", password="right")
    sink.at_login += 2 * ["454 4.7.0 Temporary authentication failure"]  # the client tries each mechanism
    transport = open_transport(plain(sink.port, tls="starttls", ca_file=certificates.ca, username="bot", password="right"))
    with pytest.raises(Unreachable, match=r"cannot check the login now: 454 .*; it is tried again"):
        await transport.send(letter())
    await transport.send(letter())
    assert len(sink.taken) == 1


async def test_a_server_without_starttls_gets_no_letter(sink: Sink, open_transport: Open) -> None:
    with pytest.raises(Unreachable, match="STARTTLS"):
        await open_transport(plain(sink.port, tls="starttls")).send(letter())
    assert sink.taken == []


async def test_tls_to_a_plain_port_is_explained(sink: Sink, open_transport: Open) -> None:
    with pytest.raises(Unreachable, match=r"no TLS with .*smtp\.port"):
        await open_transport(plain(sink.port, tls="implicit")).send(letter())


async def test_an_authority_file_that_cannot_be_read_is_named(sink: Sink, open_transport: Open, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"smtp\.ca_file .*nothing\.pem cannot be read"):
        await open_transport(plain(sink.port, tls="starttls", ca_file=tmp_path / "nothing.pem")).send(letter())


def test_without_tls_only_this_machine_is_spoken_to() -> None:
    assert SmtpSettings(host="localhost", tls="none").tls == "none"
    with pytest.raises(ConfigError, match=r'smtp\.tls = "none" is for loopback only'):
        SmtpSettings(host="smtp.example.org", tls="none")
    assert "hush" not in repr(SmtpSettings(host="smtp.example.org", username="bot", password="hush"))


def submission(postfix: Postfix, **changes: object) -> SmtpSettings:
    settings = SmtpSettings(
        host=HOST, port=postfix.submission_port, ca_file=postfix.ca_file, username=BOT, password=PASSWORD, hello="bot.example"
    )
    return replace(settings, **changes)  # type: ignore[arg-type]


@pytest.mark.postfix
async def test_postfix_delivers_what_we_hand_over_after_login(postfix: Postfix, mailbox: Mailbox, open_transport: Open) -> None:
    reply = await open_transport(submission(postfix)).send(letter(mailbox.address))
    assert reply.startswith("250 2.0.0 Ok: queued as")
    (kept,) = await asyncio.to_thread(mailbox.wait_for, 1)
    assert b"Message-ID: <1@bot.example>\r\n" in kept


async def tried(transport: SmtpTransport, letter: Letter) -> None:
    """Sent as a deliverer sends: again after a refusal for the moment (Postfix, when it loses Dovecot's authentication server)."""
    for _ in range(5):
        try:
            await transport.send(letter)
        except Unreachable as refusal:
            if "cannot check the login now" not in refusal.what:
                raise
            await asyncio.sleep(0.5)
        else:
            return
    pytest.fail("five logins in a row could not be checked")


@pytest.mark.postfix
async def test_postfix_takes_a_token_instead_of_a_password(postfix: Postfix, mailbox: Mailbox, open_transport: Open) -> None:
    ttl = iter([-60, 60])

    async def fresh() -> str:
        return token(BOT, next(ttl))

    transport = open_transport(submission(postfix, password="", token=fresh))
    with pytest.raises(Unreachable, match="refuses the login"):
        await transport.send(letter(mailbox.address))
    await tried(transport, letter(mailbox.address))


@pytest.mark.postfix
@pytest.mark.parametrize(
    ("local", "kind", "words"),
    [
        ("reject1", Never, "550 5.1.1"),
        ("defer1", TryLater, "450 4.2.1"),
        ("full1", Never, "552 5.2.2"),
        ("policy1", Never, "550 5.7.1"),
    ],
)
async def test_postfix_says_later_or_never(
    postfix: Postfix, open_transport: Open, local: str, kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        await open_transport(submission(postfix)).send(letter(f"{local}@alumni.example"))


@pytest.fixture
async def outbox(tmp_path: Path) -> AsyncIterator[sql.SqlOutbox]:
    url = f"sqlite:///{tmp_path / 'listbot.db'}"
    await asyncio.to_thread(sql.upgrade, url, MIGRATIONS)
    database = sql.Database(url)
    yield sql.SqlOutbox(database)
    await database.close()


class Running:
    """A deliverer over SQLite and a real server."""

    def __init__(self, outbox: sql.SqlOutbox, transport: SmtpTransport, **pace: object) -> None:
        self.outbox, self.clock = outbox, SystemClock()
        slow = Pace(per_minute=10**6, per_host_minute=10**6, look_every=0.05)
        self.deliverer = Deliverer(outbox, transport, self.clock, replace(slow, **pace))  # type: ignore[arg-type]

    async def states(self) -> dict[str, tuple[MailState, str]]:
        return {each.recipient: (state, reply) for _, state, each, reply in await self.outbox.letters(limit=10_000)}

    async def deliver(self, *letters: Letter, until: Callable[[dict[str, tuple[MailState, str]]], bool]) -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(self.deliverer.run(stop))
        try:
            await self.outbox.put(letters, self.clock.now())
            self.deliverer.wake()
            async with asyncio.timeout(30):
                while not until(await self.states()):  # noqa: ASYNC110 - the outbox has no events
                    await asyncio.sleep(0.02)
        finally:
            stop.set()
            await task


@pytest.mark.postfix
async def test_an_outbox_is_emptied_through_postfix_each_letter_ending_as_the_server_said(
    postfix: Postfix, dovecot: Dovecot, outbox: sql.SqlOutbox, open_transport: Open
) -> None:
    boxes = [dovecot.new_mailbox() for _ in range(5)]
    letters = [letter(box.address, n) for n, box in enumerate(boxes)]
    letters += [letter("reject9@alumni.example", 91), letter("defer9@alumni.example", 92)]
    running = Running(outbox, open_transport(submission(postfix)))
    await running.deliver(*letters, until=lambda states: all(s not in ("queued", "sending") for s, _ in states.values()))
    states = await running.states()
    assert [states[box.address][0] for box in boxes] == [MailState.SENT] * 5
    assert states["reject9@alumni.example"] == (
        MailState.REFUSED,
        "550 5.1.1 <reject9@alumni.example>: Recipient address rejected: User unknown here",
    )
    assert states["defer9@alumni.example"][0] is MailState.DEFERRED
    for box in boxes:
        assert len(await asyncio.to_thread(box.wait_for, 1)) == 1


@pytest.mark.postfix
async def test_a_wrong_password_alarms_and_costs_no_letter_anything(
    postfix: Postfix, mailbox: Mailbox, outbox: sql.SqlOutbox, open_transport: Open, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = Running(outbox, open_transport(submission(postfix, password="wrong")))
    await wrong.deliver(letter(mailbox.address), until=lambda _: bool(wrong.deliverer.trouble))
    assert "refuses the login of bot@bot.example: 535" in wrong.deliverer.trouble
    assert "mail does not leave" in caplog.text
    assert (await wrong.states())[mailbox.address][0] is MailState.QUEUED
    right = Running(outbox, open_transport(submission(postfix)))
    await right.deliver(until=lambda states: states[mailbox.address][0] is MailState.SENT)


async def test_a_letter_cut_after_the_message_is_sent_again_under_its_own_id(
    sink: Sink, outbox: sql.SqlOutbox, open_transport: Open
) -> None:
    sink.at_data += [CUT]
    running = Running(outbox, open_transport(plain(sink.port)), unsure_after=timedelta(seconds=0.3))
    await running.deliver(letter(), until=lambda states: states["ana@alumni.example"][0] is MailState.SENT)
    one, two = sink.taken
    assert one.content == two.content
    assert two.at - one.at >= 0.3


async def test_a_server_that_comes_back_gets_everything(
    sink: Sink, chaos: Callable[[int], Awaitable[Proxy]], outbox: sql.SqlOutbox, open_transport: Open
) -> None:
    proxy = await chaos(sink.port)
    proxy.refusing = True
    running = Running(outbox, open_transport(plain(proxy.port)))
    people = [letter(f"taker{n}@alumni.example", n) for n in range(30)]
    await running.deliver(*people, until=lambda _: bool(running.deliverer.trouble))
    proxy.refusing = False
    await running.deliver(until=lambda states: all(state is MailState.SENT for state, _ in states.values()))
    assert len(sink.taken) == 30
