"""The way out: connection, login, sender; and the way round, by which answers come back."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from listbot import bootstrap
from listbot.adapters.clock import SystemClock
from listbot.adapters.sources.imap_session import Session
from listbot.cli.checks.check import Check, Show
from listbot.cli.checks.mailbox import Opened, resolves
from listbot.config import Settings
from listbot.domain.errors import ConfigError, ListbotError, Never, Unreachable
from listbot.domain.tokens import plus_address
from listbot.domain.work import Letter

ROUND_TRIP_SECONDS = 60.0
CLOCK_TOLERANCE = timedelta(minutes=5)


async def smtp(settings: Settings, show: Show) -> bool:
    """Connect, log in, and offer the bot's address as sender, without sending anything."""
    smtp = settings.smtp
    if smtp is None:
        show(Check("smtp", False, "is not configured", "add a table [smtp]"))
        return False
    name = f"smtp {smtp.host}:{smtp.port}"
    if not await resolves(name, smtp.host, smtp.port, "smtp", show):
        return False
    try:
        await _greet(settings)
    except Never as error:
        mend = f"let {smtp.username or 'this machine'} send as {settings.bot.address}"
        show(Check(f"{name} sender", False, f"{settings.bot.address} is refused as sender: {error}", mend))
        return False
    except Unreachable as error:
        show(Check(name, False, error.what, error.mend))
        return False
    except ConfigError as error:
        show(Check(name, False, str(error)))
        return False
    except ListbotError as error:
        show(Check(name, False, str(error), "try again later; if it stays so, the server's log says more"))
        return False
    login = f", logged in as {smtp.username}" if smtp.username else ""
    show(Check(name, True, f"{smtp.tls}{login}; {settings.bot.address} may send"))
    return True


async def _greet(settings: Settings) -> None:
    transport = bootstrap.make_transport(settings, SystemClock())
    try:
        await transport.greet(settings.bot.address)
    finally:
        await transport.close()


async def round_trip(settings: Settings, opened: Opened | None, show: Show) -> None:
    """A mail to a plus-address of the bot must come back to its mailbox: else answers are lost."""
    if opened is None:
        to = plus_address(settings.bot.address, "test")
        show(
            Check(
                "plus-addressing", None, "is not tried: that takes a mailbox read by IMAP and a way out", f"write to {to}, look"
            )
        )
        show(Check("clock", None, "is not compared, for no mail went round"))
        return
    session, source = opened
    mark, began = f"doctor{secrets.token_hex(6)}", time.monotonic()
    letter = _probe(settings, mark)
    transport = bootstrap.make_transport(settings, SystemClock())
    try:
        before = max(await session.search("ALL"), default=0)
        await transport.send(letter)
        arrived = await _await(session, before, mark.encode())
    except ListbotError as error:
        mend = f"make {letter.recipient} reach the mailbox of {settings.bot.address} (Postfix: recipient_delimiter = +)"
        show(Check("plus-addressing", False, f"{letter.recipient}: {error}", mend))
        return
    finally:
        await transport.close()
    if arrived is None:
        mend = f"let the mail server deliver {letter.recipient} to {source.mailbox} (Postfix: recipient_delimiter = +)"
        show(Check("plus-addressing", False, f"a mail to itself did not come back within {ROUND_TRIP_SECONDS:.0f} s", mend))
        return
    show(Check("plus-addressing", True, f"a mail to {letter.recipient} came back in {time.monotonic() - began:.1f} s"))
    skew = abs(datetime.now(UTC) - arrived)
    if skew > CLOCK_TOLERANCE:
        show(Check("clock", False, f"this machine and the mail server differ by {skew}", "set the clock (systemd-timesyncd)"))
    else:
        show(Check("clock", True, "agrees with the mail server's"))


def _probe(settings: Settings, mark: str) -> Letter:
    to = plus_address(settings.bot.address, mark)
    message = EmailMessage()
    message["From"] = settings.bot.address
    message["To"] = to
    message["Subject"] = f"listbot doctor {mark}"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{mark}@{settings.bot.address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("The bot writes to itself to see whether answers will reach it. Nothing is to be done.\n")
    return Letter(
        key=mark, kind="doctor", sender=settings.bot.address, recipient=to, message_id=message["Message-ID"], raw=bytes(message)
    )


async def _await(session: Session, before: int, mark: bytes) -> datetime | None:
    """When the server received the probe, by its own clock; None where it does not come."""
    end = time.monotonic() + ROUND_TRIP_SECONDS
    while time.monotonic() < end:
        await session.noop()
        new = [uid for uid in await session.search(f"UID {before + 1}:*") if uid > before]
        for item in (await session.fetch(new[-100:], 10_000)).values() if new else ():
            if mark in item.body:
                return item.received_at
        await asyncio.sleep(0.5)
    return None
