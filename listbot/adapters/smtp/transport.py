"""Hands letters to a mail server over a pool of kept connections. See `ports.Transport`."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPReadTimeoutError,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from listbot.adapters.smtp.settings import SmtpSettings
from listbot.domain.errors import ListbotError, Never, TryLater, Unreachable, Unsure
from listbot.domain.hosts import USUAL, obstacle
from listbot.domain.work import Letter

CONFIGURATION = frozenset({530, 534, 535, 538})
"""Replies that speak of our login, not of the letter (RFC 4954, 6): nobody's mail is refused for them."""

LOGIN = "correct smtp.username and its password or token"


class _Stale(TryLater):
    """The connection ended before the server had any of the message."""


class SmtpTransport:
    """At most `connections` at once; each is used again until it is doubtful, then a new one is made."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._slots = asyncio.Semaphore(settings.connections)
        self._idle: list[tuple[SMTP, float]] = []  #: and since when, on the loop's clock

    async def send(self, letter: Letter) -> str:
        """See `ports.Transport`. Raises Unreachable where the server as a whole fails us: connection, TLS or login."""
        for address in (letter.sender, letter.recipient):
            if any(c <= " " or c in "<>\x7f" for c in address):
                raise Never(f"{address!r} is no address; nothing was sent")
        if not letter.recipient:
            raise Never("the letter has no recipient; nothing was sent")
        async with self._slots:
            try:
                return await self._try(letter, fresh=False)
            except _Stale:
                # A kept connection may have been closed by the server meanwhile; it had nothing of this letter.
                return await self._try(letter, fresh=True)

    async def greet(self, sender: str) -> None:
        """Connect, log in and offer a mail from the sender to itself, sending nothing. Raises Unreachable, TryLater or Never."""
        async with self._connection(fresh=True) as (client, _):
            try:
                await client.mail(sender)
                await client.rcpt(sender)  # many servers speak of a wrong sender only now
                await client.rset()
            except SMTPResponseException as error:
                raise _refusal(error.code, error.message) from error
            except (SMTPException, OSError) as error:
                raise TryLater(f"{self._settings.host} closed the connection: {error}") from error

    async def close(self) -> None:
        """Say goodbye on every kept connection."""
        idle, self._idle = self._idle, []
        for client, _ in idle:
            with contextlib.suppress(SMTPException, OSError, TimeoutError):
                await client.quit(timeout=2)
            client.close()

    async def _try(self, letter: Letter, fresh: bool) -> str:
        async with self._connection(fresh) as (client, kept):
            try:
                await self._envelope(client, letter)
            except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
                client.close()
                raise (_Stale if kept else TryLater)(f"{self._settings.host} closed the connection: {error}") from error
            return await self._content(client, letter.raw)

    async def _envelope(self, client: SMTP, letter: Letter) -> None:
        unicode = not (letter.sender + letter.recipient).isascii()
        if unicode and not client.supports_extension("SMTPUTF8"):
            raise Never(f"the server has no SMTPUTF8 (RFC 6531), which {letter.recipient} needs")
        options = (b"SMTPUTF8", b"BODY=8BITMIME") if unicode else ()
        for command in (
            (b"MAIL", b"FROM:<%b>" % letter.sender.encode(), *options),
            (b"RCPT", b"TO:<%b>" % letter.recipient.encode()),
            (b"DATA",),
        ):
            reply = await client.execute_command(*command)
            if reply.code // 100 != (3 if command == (b"DATA",) else 2):
                await self._reset(client)
                raise _refusal(reply.code, reply.message)

    async def _content(self, client: SMTP, raw: bytes) -> str:
        """The message and its final dot. From the first byte on, silence leaves it open whether the server has taken it."""
        protocol = client.protocol
        try:
            if protocol is None:
                raise SMTPServerDisconnected("Connection lost")
            protocol.write(_stuffed(raw))
            reply = await protocol.read_response(timeout=self._settings.data_timeout)
        except (SMTPException, OSError) as error:
            client.close()
            raise Unsure(f"{self._settings.host} gave no answer after the message: {error}") from error
        if reply.code // 100 == 2:
            return _words(reply.code, reply.message)
        if reply.code == 421:
            client.close()
        raise _refusal(reply.code, reply.message)

    @asynccontextmanager
    async def _connection(self, fresh: bool) -> AsyncIterator[tuple[SMTP, bool]]:
        """A connection, and whether it was kept from an earlier letter. Whatever happened, it is kept or closed."""
        client = None if fresh else self._kept()
        kept = client is not None
        client = client or await self._connect()
        try:
            yield client, kept
        except ListbotError:
            self._keep(client)
            raise
        except BaseException:
            client.close()
            raise
        self._keep(client)

    def _kept(self) -> SMTP | None:
        now = asyncio.get_running_loop().time()
        while self._idle:
            client, since = self._idle.pop()
            if client.is_connected and now - since < self._settings.idle:
                return client
            client.close()
        return None

    def _keep(self, client: SMTP) -> None:
        if client.is_connected:
            self._idle.append((client, asyncio.get_running_loop().time()))

    async def _reset(self, client: SMTP) -> None:
        """End the transaction (RFC 5321, 4.1.1.5), so that the connection can be used again."""
        try:
            if client.is_connected:
                await client.rset()
        except (SMTPException, OSError):
            client.close()

    async def _connect(self) -> SMTP:
        settings = self._settings
        client = _Client(
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password or None if settings.token is None else None,
            oauth_token_generator=settings.token,
            local_hostname=settings.hello or None,
            timeout=settings.timeout,
            use_tls=settings.tls == "implicit",
            start_tls=settings.tls == "starttls",
            tls_context=_context(settings),
        )
        try:
            await client.connect()
            if client.is_ehlo_or_helo_needed:  # with neither TLS nor login nobody has asked what the server can do
                await client.ehlo()
        except (SMTPException, OSError, TimeoutError) as error:
            raise _unreachable(settings, error) from error
        return client


class _Client(SMTP):
    """One that closes at once: whoever closes has said QUIT or gives up, and TLS would wait half a minute for the other's goodbye."""

    def close(self) -> None:
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()
        super().close()


def _context(settings: SmtpSettings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    except OSError as error:
        raise Unreachable(f"smtp.ca_file {settings.ca_file} cannot be read: {error}", "name a file of certificates") from error


def _unreachable(settings: SmtpSettings, error: Exception) -> Unreachable:
    """What is wrong with the way to the server, and the mend."""
    place, cause = f"{settings.host}:{settings.port}", error.__cause__ or error
    if isinstance(cause, SMTPReadTimeoutError):
        mend = f"check smtp.port and smtp.tls, usually {USUAL['smtp']}"
        return Unreachable(f"{place} takes the connection but does not greet within {settings.timeout:g} s", mend)
    if isinstance(cause, OSError):
        return Unreachable(*obstacle(settings.host, settings.port, cause, "smtp"))
    if isinstance(error, SMTPAuthenticationError) and error.code // 100 == 4:
        return Unreachable(f"{place} cannot check the login now: {_words(error.code, error.message)}", "it is tried again")
    if isinstance(error, SMTPAuthenticationError):
        return Unreachable(f"{place} refuses the login of {settings.username}: {_words(error.code, error.message)}", LOGIN)
    if isinstance(error, SMTPResponseException):
        return Unreachable(f"{place} does not serve us: {_words(error.code, error.message)}", "check smtp.host and smtp.port")
    return Unreachable(f"no connection to {place}: {error}", f"check smtp.port and smtp.tls, usually {USUAL['smtp']}")


def _refusal(code: int, message: str) -> ListbotError:
    words = _words(code, message)
    if code in CONFIGURATION:
        return Unreachable(f"the mail server wants another login: {words}", LOGIN)
    return Never(words) if code // 100 == 5 else TryLater(words)


def _words(code: int, message: str) -> str:
    return " ".join(f"{code} {message}".split())


def _stuffed(raw: bytes) -> bytes:
    """The message with dots doubled at line starts and the final dot (RFC 5321, 4.5.2)."""
    dots = raw.replace(b"\r\n.", b"\r\n..")
    if dots.startswith(b"."):
        dots = b"." + dots
    return dots + (b".\r\n" if dots.endswith(b"\r\n") else b"\r\n.\r\n")
