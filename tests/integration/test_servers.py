"""The servers of the tests behave as the tests believe."""

from __future__ import annotations

import asyncio
import base64
import imaplib
import smtplib
import ssl
from collections.abc import Awaitable, Callable

import pytest

from tests.servers.chaos import Proxy
from tests.servers.dovecot import BOT, PASSWORD, Dovecot, Mailbox, token
from tests.servers.postfix import Postfix
from tests.servers.process import HOST
from tests.servers.sink import CUT, Sink

MESSAGE = b"From: a@fellows.example\r\nTo: b@alumni.example\r\nSubject: hello\r\n\r\nWords.\r\n"


@pytest.mark.dovecot
def test_dovecot_keeps_what_lmtp_gave_it(mailbox: Mailbox) -> None:
    mailbox.deliver(MESSAGE, detail="token")
    (kept,) = mailbox.messages()
    assert kept.endswith(b"\r\n\r\nWords.\r\n")
    assert b"+token@" in kept


@pytest.mark.dovecot
@pytest.mark.parametrize(("ttl", "good"), [(60, True), (-60, False)])
def test_dovecot_takes_a_token_until_it_expires(dovecot: Dovecot, ttl: int, good: bool) -> None:
    words = f"user={BOT}\1auth=Bearer {token(BOT, ttl)}\1\1".encode()
    context = ssl.create_default_context(cafile=str(dovecot.ca_file))
    with imaplib.IMAP4_SSL(HOST, dovecot.imaps_port, ssl_context=context) as client:
        answers = iter([words, b""])
        if good:
            assert client.authenticate("XOAUTH2", lambda _: next(answers))[0] == "OK"
        else:
            with pytest.raises(imaplib.IMAP4.error):
                client.authenticate("XOAUTH2", lambda _: next(answers))


@pytest.mark.postfix
def test_postfix_submission_delivers_to_dovecot(dovecot: Dovecot, postfix: Postfix, mailbox: Mailbox) -> None:
    with smtplib.SMTP(HOST, postfix.submission_port) as client:
        client.starttls(context=ssl.create_default_context(cafile=str(postfix.ca_file)))
        client.login(BOT, PASSWORD)
        client.sendmail("bot+v1@bot.example", [mailbox.address], MESSAGE)
    assert b"Message-Id" in mailbox.wait_for(1)[0]


@pytest.mark.postfix
@pytest.mark.parametrize(("local", "code"), [("reject1", 550), ("defer1", 450), ("full1", 552), ("policy1", 550)])
def test_postfix_refuses_the_special_local_parts(postfix: Postfix, local: str, code: int) -> None:
    with smtplib.SMTP(HOST, postfix.smtp_port) as client:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            client.sendmail("a@fellows.example", [f"{local}@alumni.example"], MESSAGE)
        assert refused.value.recipients[f"{local}@alumni.example"][0] == code


@pytest.mark.postfix
def test_postfix_bounces_a_mailbox_that_does_not_exist(postfix: Postfix, mailbox: Mailbox) -> None:
    with smtplib.SMTP(HOST, postfix.smtp_port) as client:
        client.sendmail(mailbox.address, ["nobody7@alumni.example"], MESSAGE)
    assert b"multipart/report" in mailbox.wait_for(1)[0]


async def test_the_sink_answers_as_scripted_and_then_accepts(sink: Sink) -> None:
    sink.at_rcpt["b@alumni.example"] += ["450 4.2.1 Mailbox busy"]
    sink.at_data += ["451 4.3.0 Later", CUT]

    def send() -> int:
        with smtplib.SMTP(HOST, sink.port) as client:
            try:
                client.sendmail("a@fellows.example", ["b@alumni.example"], MESSAGE)
            except smtplib.SMTPRecipientsRefused as refused:
                return refused.recipients["b@alumni.example"][0]
            except smtplib.SMTPDataError as refused:
                return refused.smtp_code
            except smtplib.SMTPServerDisconnected:
                return 0
            return 250

    codes = [await asyncio.to_thread(send) for _ in range(4)]
    assert codes == [450, 451, 0, 250]
    assert [taken.answered for taken in sink.taken] == [False, True]


async def test_the_sink_offers_tls_and_demands_a_password(sink_factory: Callable[..., Awaitable[Sink]]) -> None:
    server = await sink_factory(tls="starttls", password="right")

    def send(password: str) -> None:
        with smtplib.SMTP(HOST, server.port) as client:
            client.starttls(context=ssl._create_unverified_context())
            client.login("bot", password)
            client.sendmail("a@fellows.example", ["b@alumni.example"], MESSAGE)

    await asyncio.to_thread(send, "right")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        await asyncio.to_thread(send, "wrong")
    assert len(server.taken) == 1


async def test_the_proxy_cuts_after_so_many_bytes(chaos: Callable[[int], Awaitable[Proxy]], sink: Sink) -> None:
    proxy = await chaos(sink.port)
    proxy.cut_after(10)
    reader, writer = await asyncio.open_connection(HOST, proxy.port)
    assert await reader.read() == b"220 sink.e"
    writer.close()


def test_words_for_xoauth2_are_base64_of_three_fields() -> None:
    assert base64.urlsafe_b64decode(token("a@b.example").split(".")[1] + "==").startswith(b'{"sub"')
