"""An SMTP server that keeps what it is given and answers as it is told."""

from __future__ import annotations

import asyncio
import ssl
import time
import warnings
from collections import defaultdict
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.process import HOST

CUT = "cut"  #: a scripted answer to DATA: the message is taken, the connection reset, no answer given


@dataclass(frozen=True, slots=True)
class Taken:
    """A message the sink has in full. `answered` is False where the connection was cut before the reply."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    at: float = field(default_factory=time.time)
    answered: bool = True


class Sink:
    """Scripts are used up one by one; where there is none, everything is accepted.

    `sink.at_rcpt["ann@alumni.example"] += ["450 4.2.1 Mailbox busy"]`, `sink.at_data += ["451 4.3.0 Later", CUT]`,
    `sink.at_mail += ["421 4.7.0 Too many"]`, `sink.at_login += ["454 4.7.0 Not now"]`.
    With `tls` the server offers STARTTLS (or speaks TLS from the start: `implicit=True`); with `password` it demands AUTH.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, implicit: bool = False, password: str = "") -> None:
        self.port = 0
        self.taken: list[Taken] = []
        self.at_mail: list[str] = []
        self.at_rcpt: dict[str, list[str]] = defaultdict(list)
        self.at_data: list[str] = []
        self.at_login: list[str] = []
        self.delay = 0.0  #: seconds between the end of DATA and the answer
        self.connections = 0
        self.greetings: list[str] = []  #: the name said at EHLO, once a message
        self._tls, self._implicit, self._password = tls, implicit, password
        self._server: asyncio.Server | None = None
        self._open: set[SMTP] = set()
        self._news = asyncio.Event()

    async def start(self) -> Sink:
        loop = asyncio.get_running_loop()
        context = self._tls if self._implicit else None
        self._server = await loop.create_server(self._protocol, HOST, self.port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        if self._server:
            self._server.close()
        for protocol in self._open:
            if protocol.transport is not None:
                protocol.transport.abort()
        await asyncio.sleep(0.02)  # so that clients in the same loop hear of it before the loop ends

    async def wait_for(self, count: int, seconds: float = 10) -> list[Taken]:
        """The messages, once there are `count`."""
        async with asyncio.timeout(seconds):
            while len(self.taken) < count:
                self._news.clear()
                await self._news.wait()
        return self.taken

    def cut(self) -> None:
        """Reset every connection now."""
        for protocol in self._open:
            if protocol.transport is not None:
                protocol.transport.abort()

    def _protocol(self) -> SMTP:
        self.connections += 1
        starttls = self._tls if not self._implicit else None
        with warnings.catch_warnings():
            # aiosmtpd warns of AUTH without STARTTLS; under implicit TLS that is right, and on loopback it is a test.
            warnings.simplefilter("ignore", UserWarning)
            protocol = SMTP(
                self,
                hostname="sink.example",
                loop=asyncio.get_running_loop(),
                enable_SMTPUTF8=True,
                tls_context=starttls,
                require_starttls=starttls is not None,
                auth_required=bool(self._password),
                auth_require_tls=starttls is not None,
                authenticator=self._authenticate,
            )
        self._open.add(protocol)
        return protocol

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: object) -> AuthResult:
        if self.at_login:
            return AuthResult(success=False, handled=False, message=self.at_login.pop(0))
        good = isinstance(login, LoginPassword) and login.password.decode() == self._password
        return AuthResult(success=good, handled=False)

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        self.greetings.append(session.host_name or "")
        if self.at_mail:
            return self.at_mail.pop(0)
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.at_rcpt[address]:
            return self.at_rcpt[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.at_data.pop(0) if self.at_data else "250 2.0.0 Kept"
        cut = answer == CUT
        if cut or answer.startswith("2"):
            content = envelope.original_content or b""
            self.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content, answered=not cut))
            self._news.set()
        if self.delay:
            await asyncio.sleep(self.delay)
        if cut:
            server.transport.abort()
            return "421 4.4.2 Connection cut"
        return answer
