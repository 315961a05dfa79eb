"""A listener to which a mail server hands messages over by LMTP (RFC 2033): no mailbox needed.

LMTP has no login: let it listen on loopback, on a Unix socket, or on a network of which only the mail server is part.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import AnyStr
from weakref import WeakSet

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session

from listbot.adapters.sources.running import Random, pause_after, until
from listbot.domain.errors import ConfigError, Never
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock, Keep

log = logging.getLogger(__name__)
# below warnings aiosmtpd logs lines of messages
logging.getLogger("mail.log").setLevel(logging.WARNING)

IDLE_SECONDS = 300.0
LONGEST_LINE = 1_000_000
"""Bytes; RFC 5321 knows 998, but a message that came this far is taken as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LmtpSettings:
    """Listens on `host` and `port`, or on the Unix socket `path`.

    `addresses` may be written to, with or without +detail; empty: any.
    """

    name: str
    host: str = "127.0.0.1"
    port: int = 8024
    path: str = ""
    addresses: tuple[str, ...] = ()
    size_limit: int = 50_000_000

    def __post_init__(self) -> None:
        if not self.path and not 0 <= self.port < 65536:
            raise ConfigError(f"source {self.name!r}: port {self.port}: use 1 to 65535")

    def accepts(self, address: str) -> bool:
        return not self.addresses or _without_detail(address) in {_without_detail(known) for known in self.addresses}


def _without_detail(address: str) -> str:
    local, at, domain = address.lower().rpartition("@")
    return local.partition("+")[0] + at + domain


class _Lmtp(LMTP):  # type: ignore[misc, unused-ignore]
    """Answers the end of DATA once per recipient (RFC 2033, 4.2), also where the data was too much."""

    line_length_limit = LONGEST_LINE
    _answers = 1

    async def push(self, status: AnyStr) -> None:
        times, self._answers = self._answers, 1
        if status[:3] in ("354", b"354") and self.envelope is not None:
            self._answers = len(self.envelope.rcpt_tos)
        for _ in range(times):
            await super().push(status)


class LmtpSource:
    """Source over LMTP (port `Source`). It needs no cursor: the mail server offers again what was not answered with 250."""

    def __init__(self, settings: LmtpSettings, clock: Clock, random: Random) -> None:
        self.name = settings.name
        self.status = SourceStatus()
        self.port = 0  #: the port listened on, once `listening` is set
        self.listening = asyncio.Event()
        self._settings = settings
        self._clock = clock
        self._random = random
        self._connections: WeakSet[_Lmtp] = WeakSet()
        self._keeping: set[asyncio.Future[None]] = set()

    async def run(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> None:
        """See the port. Raises Never where the address may not be listened on."""
        await until(stop, self._listen_for_ever(keep))

    async def _listen_for_ever(self, keep: Keep) -> None:
        failures = 0
        while True:
            try:
                server = await self._bind(keep)
                break
            except PermissionError as error:
                raise Never(f"source {self.name!r} may not listen: {error}; choose a port above 1023 or another path") from error
            except OSError as error:
                failures += 1
                seconds = pause_after(failures, self._random)
                log.warning("source %s: %s; trying again in %.1f s", self.name, error, seconds)
                self.status = replace(self.status, fault=str(error), reconnects=self.status.reconnects + 1)
                await self._clock.sleep(seconds)
        try:
            await server.serve_forever()
        finally:
            await self._close(server)

    async def _bind(self, keep: Keep) -> asyncio.Server:
        loop, settings = asyncio.get_running_loop(), self._settings

        def connection() -> _Lmtp:
            protocol = _Lmtp(
                _Handler(self, keep),
                hostname="listbot",
                ident="LMTP",
                data_size_limit=settings.size_limit,
                enable_SMTPUTF8=True,
                timeout=IDLE_SECONDS,
                loop=loop,
            )
            self._connections.add(protocol)
            return protocol

        if settings.path:
            server: asyncio.Server = await loop.create_unix_server(connection, settings.path)
        else:
            server = await loop.create_server(connection, settings.host, settings.port)
            self.port = server.sockets[0].getsockname()[1]
        self.status = replace(self.status, connected=True, fault="", last_contact=self._clock.now())
        log.info("source %s: listening", self.name)
        self.listening.set()
        return server

    async def _close(self, server: asyncio.Server) -> None:
        """Stop listening; what is being kept is kept to the end, then the connections are closed."""
        self.listening.clear()
        server.close()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        await asyncio.sleep(0)  # the answers leave
        for protocol in self._connections:
            if protocol.transport is not None:
                protocol.transport.close()
        self.status = replace(self.status, connected=False)

    async def keep(self, keep: Keep, arrivals: Sequence[Arrival]) -> None:
        """Keep to the end, even where the other side hangs up: it will offer the same again, under the same keys."""
        keeping = asyncio.ensure_future(keep(arrivals, None))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        await asyncio.shield(keeping)
        now = self._clock.now()
        self.status = replace(self.status, last_contact=now, last_message=now, fault="")

    def arrivals(self, envelope: Envelope) -> list[Arrival]:
        """One for each recipient: a mail server offers the message again only for those it was not accepted for."""
        raw, now = bytes(envelope.original_content or b""), self._clock.now()
        recipients = dict.fromkeys(envelope.rcpt_tos)
        return [Arrival(self.name, _key(envelope.mail_from or "", each, raw), raw, now, each) for each in recipients]

    def accepts(self, address: str) -> bool:
        return self._settings.accepts(address)

    def failed(self, error: Exception) -> None:
        log.warning("source %s: a message could not be kept: %s: %s", self.name, type(error).__name__, error)
        self.status = replace(self.status, fault=f"{type(error).__name__}: {error}")


def _key(sender: str, recipient: str, raw: bytes) -> str:
    return hashlib.sha256(b"\0".join((sender.encode(), recipient.encode(), raw))).hexdigest()


class _Handler:
    """aiosmtpd's hooks. 4xx lets the mail server keep the message and try again."""

    def __init__(self, source: LmtpSource, keep: Keep) -> None:
        self._source = source
        self._keep = keep

    async def handle_RCPT(self, server: LMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if not self._source.accepts(address):
            return "550 5.1.1 No such recipient here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: LMTP, session: Session, envelope: Envelope) -> str:
        try:
            await self._source.keep(self._keep, self._source.arrivals(envelope))
        except Exception as error:
            self._source.failed(error)
            return "451 4.3.0 Not kept, try again later"
        return "250 2.0.0 Kept"

    async def handle_exception(self, error: Exception) -> str:
        """Called for an error outside the hooks; its words are not for the other side."""
        with contextlib.suppress(Exception):
            self._source.failed(error)
        return "451 4.3.0 Local error, try again later"
