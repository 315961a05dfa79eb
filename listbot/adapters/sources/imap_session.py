"""One connection to an IMAP server: aioimaplib made safe.

Measured on aioimaplib 2.0.3, and why this file exists: a lost connection never fails a pending command; a late answer after a
timeout closes the connection; commands in parallel disturb each other; a response of about a thousand lines kills the
connection; a BYE instead of a greeting is never noticed; an XOAUTH2 challenge is never answered. So: one command at a time,
each raced against the loss of the connection and against silence, at most a hundred messages a FETCH, and after any doubt a
new connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from base64 import b64decode
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from aioimaplib.aioimaplib import AioImapException, FetchCommand, IMAP4ClientProtocol, Response

from listbot.adapters.sources import imap_wire as wire
from listbot.domain.errors import Never, TryLater

# below warnings aioimaplib logs lines of the server, hence words of messages
logging.getLogger("aioimaplib.aioimaplib").setLevel(logging.WARNING)

PIECE = 4096
"""Bytes given to aioimaplib at once. It recurses once a line and copies the rest each time: a piece has too few lines for a
RecursionError (seen at a thousand), and is quicker to copy than the 256 KiB that arrive together."""
LONGEST_COMMAND = 20  #: times the timeout, however steadily bytes arrive


class ConnectionBroken(TryLater):
    """Anything that leaves a doubt about the connection: open a new one."""


class Refused(TryLater):
    """The server understood the login and refused it; `passing` where it may be granted later."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.passing = wire.passing(words)


class _Protocol(IMAP4ClientProtocol):  # type: ignore[misc, unused-ignore]
    """Notices what aioimaplib does not tell: greetings, BYE, messages announced outside IDLE, challenges, a lost connection."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(loop, conn_lost_cb=self._connection_lost)
        self.greeted: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[str] = loop.create_future()
        self.changed = asyncio.Event()  #: the server announced messages
        self.heard = loop.time()  #: when the last byte came
        self.challenge = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        _keep_alive(transport.get_extra_info("socket"))

    def data_received(self, d: bytes) -> None:
        self.heard = asyncio.get_running_loop().time()
        for start in range(0, len(d), PIECE):
            super().data_received(d[start : start + PIECE])

    def drop(self, why: str) -> None:
        """Give the connection up; whatever waits on it is told why."""
        if not self.lost.done():
            self.lost.set_result(why)
        for task in self.tasks:
            task.cancel()
        if self.transport is not None:
            self.transport.abort()

    async def fetch_items(self, uids: Sequence[int], what: str) -> Response:
        return await self.execute(_Fetch(self.new_tag(), _set(uids), what, prefix="UID", loop=self.loop))

    def _connection_lost(self, error: Exception | None) -> None:
        self.drop(f"connection lost ({error})" if error else "connection closed by the server")

    async def welcome(self, command: bytes) -> None:
        if self.greeted.done() or self.lost.done():
            return
        try:
            await super().welcome(command)
        except Exception:  # a BYE, or capabilities that are none
            self.drop("the server greets with " + command.decode("utf-8", "replace"))
        else:
            self.greeted.set_result(None)

    def _untagged_response(self, line: bytes) -> Any:
        if wire.EXISTS.match(line):
            self.changed.set()
        elif line[:5].upper() == b"* BYE":
            self.drop("the server says " + line[2:].decode("utf-8", "replace"))
        return super()._untagged_response(line)

    def _continuation(self, line: bytes) -> None:
        pending = self.pending_sync_command
        if pending is not None and pending.name == "AUTHENTICATE":
            # the reason for a refused token; the refusal itself follows an empty answer (RFC 7628, 3.2.3)
            with contextlib.suppress(ValueError):
                self.challenge = b64decode(line[1:].strip()).decode("utf-8", "replace")
            self.transport.write(b"\r\n")
        else:
            super()._continuation(line)


class _Fetch(FetchCommand):  # type: ignore[misc, unused-ignore]
    """Counts parentheses as the lines come; aioimaplib's own looks at all lines again after each."""

    _open = 0

    def append_to_resp(self, line: bytes | bytearray, result: str = "Pending") -> None:
        if isinstance(line, bytes):  # literals are bytearrays
            self._open = 0 if self.FETCH_MESSAGE_DATA_RE.match(line) else self._open
            self._open += line.count(b"(") - line.count(b")")
        super().append_to_resp(line, result)

    def wait_data(self) -> bool:
        return self._open != 0


def _keep_alive(connection: socket.socket) -> None:
    """Let the system notice a peer that vanished, within about two minutes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4), ("TCP_USER_TIMEOUT", 120_000)):
        if hasattr(socket, option):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


class Session:
    """A connection from greeting to close. On any doubt methods raise ConnectionBroken, and the session is of no more use."""

    def __init__(self, protocol: _Protocol, timeout: float) -> None:
        self._protocol = protocol
        self._timeout = timeout
        self._lock = asyncio.Lock()
        self._idle_refused = False

    @classmethod
    async def open(cls, host: str, port: int, tls: ssl.SSLContext | None, timeout: float) -> Session:
        """Connect and await the greeting. OSError where nobody answers or the certificate is not trusted; see `obstacle`."""
        loop = asyncio.get_running_loop()
        protocol = _Protocol()
        session = cls(protocol, timeout)
        try:
            async with asyncio.timeout(timeout):
                await loop.create_connection(lambda: protocol, host, port, ssl=tls, happy_eyeballs_delay=0.25)
                await session._first_of(protocol.greeted)
        except TimeoutError:
            session.close()
            if protocol.transport is None:
                raise
            raise ConnectionBroken(f"no greeting within {timeout:g} s; check source.port and source.tls") from None
        except BaseException:
            session.close()
            raise
        return session

    def close(self) -> None:
        self._protocol.drop("closed")

    async def login(self, username: str, password: str) -> None:
        """Raises Refused."""
        await self._admitted(await self._call(lambda: self._protocol.login(wire.quoted(username), password)))

    async def xoauth2(self, username: str, token: str) -> None:
        """Raises Refused, also where the token has expired."""
        await self._admitted(await self._call(lambda: self._protocol.xoauth2(username, token)))

    async def _admitted(self, response: Response) -> None:
        if response.result != "OK":
            raise Refused(" ".join(filter(None, (wire.text(response.lines), self._protocol.challenge))))
        # some servers announce IDLE and MOVE only to those they know
        await self._call(self._protocol.capability)

    @property
    def admitted(self) -> bool:
        """Already logged in by the connection itself (PREAUTH)."""
        return bool(self._protocol.state == "AUTH")

    def can(self, capability: str) -> bool:
        return capability in {word.upper() for word in self._protocol.capabilities}

    async def select(self, mailbox: str) -> int:
        """Open a mailbox; its UIDVALIDITY. Never where it does not exist, or its messages have no lasting UIDs."""
        response = await self._call(lambda: self._protocol.select(wire.mailbox_name(mailbox)))
        words = wire.text(response.lines)
        if response.result != "OK":
            listed = await self._call(lambda: self._protocol.simple_command("LIST", '""', wire.mailbox_name(mailbox)))
            missing = listed.result == "OK" and not any(line.strip() for line in listed.lines[:-1])
            raise (Never if missing else ConnectionBroken)(f"mailbox {mailbox!r} cannot be opened: {words}")
        validity = wire.uidvalidity(response.lines)
        if validity is None:
            raise Never(f"mailbox {mailbox!r} has no UIDVALIDITY: this server cannot be read reliably; use LMTP or a Maildir")
        return validity

    async def search(self, criteria: str) -> list[int]:
        """UIDs, ascending. Messages announced from the start of this command on set `changed`."""
        self._protocol.changed.clear()
        response = await self._call(lambda: self._protocol.search(criteria, charset=None, by_uid=True))
        return wire.searched(self._good(response).lines)

    async def fetch(self, uids: Sequence[int], at_most: int) -> dict[int, wire.Fetched]:
        """The first `at_most` bytes of up to a hundred messages, by UID, marking none; vanished messages are missing."""
        what = f"(UID INTERNALDATE BODY.PEEK[]<0.{at_most}>)"
        response = await self._call(lambda: self._protocol.fetch_items(uids, what))
        if response.result not in ("OK", "NO"):  # NO: some of them are gone (RFC 2180, 4.1), the others are there
            self._good(response)
        return {item.uid: item for item in wire.fetched(response.lines)}

    async def size(self, uid: int) -> int:
        """RFC822.SIZE in bytes, 0 where the message is gone."""
        response = await self._call(lambda: self._protocol.fetch_items([uid], "(UID RFC822.SIZE)"))
        return wire.sizes(response.lines).get(uid, 0)

    async def noop(self) -> None:
        self._good(await self._call(lambda: self._protocol.simple_command("NOOP")))

    async def mark_seen(self, uids: Sequence[int]) -> None:
        self._good(await self._store(uids, "\\Seen"))

    async def move(self, uids: Sequence[int], mailbox: str) -> None:
        """Move (RFC 6851), or copy, mark deleted and expunge only these (RFC 4315); the mailbox is made where it is missing."""
        name = wire.mailbox_name(mailbox)
        verb = "MOVE" if self.can("MOVE") else "COPY"
        response = await self._call(lambda: self._protocol.uid(verb, _set(uids), name))
        if wire.code(wire.text(response.lines)) == "TRYCREATE":
            self._good(await self._call(lambda: self._protocol.simple_command("CREATE", name)))
            response = await self._call(lambda: self._protocol.uid(verb, _set(uids), name))
        self._good(response)
        if verb == "COPY":
            self._good(await self._store(uids, "\\Deleted"))
            if self.can("UIDPLUS"):
                self._good(await self._call(lambda: self._protocol.uid("EXPUNGE", _set(uids))))

    async def _store(self, uids: Sequence[int], flag: str) -> Response:
        return await self._call(lambda: self._protocol.store(_set(uids), "+FLAGS.SILENT", f"({flag})", by_uid=True))

    @property
    def changed(self) -> bool:
        """Messages were announced since the last search began."""
        return self._protocol.changed.is_set()

    @property
    def idles(self) -> bool:
        return self.can("IDLE") and not self._idle_refused

    async def idle(self, seconds: float) -> None:
        """Return when the server announces messages, at the latest after `seconds` (RFC 2177)."""
        async with self._lock:
            command = asyncio.ensure_future(self._protocol.idle())
            begun = asyncio.ensure_future(self._protocol.wait_for_idle_response())
            news = asyncio.ensure_future(self._protocol.changed.wait())
            try:
                await self._first_of(command, begun, seconds=self._timeout)
                if command.done():
                    self._idle_refused = True
                    return
                await self._first_of(command, news, seconds=seconds, silence_is_fine=True)
                self._protocol.idle_done()
                await self._first_of(command, seconds=self._timeout)
            except AioImapException as error:
                raise self._broken(str(error)) from error
            finally:
                for task in (command, begun, news):
                    task.cancel()
                await asyncio.gather(command, begun, news, return_exceptions=True)
                while not self._protocol.idle_queue.empty():  # pushes are noticed through `changed`
                    self._protocol.idle_queue.get_nowait()

    async def wait(self, seconds: float) -> None:
        """Just wait, for servers without IDLE; ends early where the connection does."""
        await self._first_of(seconds=seconds, silence_is_fine=True)

    async def _call(self, command: Callable[[], Coroutine[Any, Any, Any]]) -> Response:
        """One command at a time: until its answer, the loss of the connection, or silence for longer than the timeout."""
        async with self._lock:
            if self._protocol.lost.done():
                raise ConnectionBroken(self._protocol.lost.result())
            task = asyncio.ensure_future(command())
            try:
                async with asyncio.timeout(LONGEST_COMMAND * self._timeout):
                    return await self._answer(task)
            except (AioImapException, TimeoutError, ValueError, IndexError) as error:
                raise self._broken(f"{type(error).__name__} {error}".strip()) from error
            finally:
                if not task.done():  # an answer that comes later would be taken for the next command's
                    task.cancel()
                    self.close()

    async def _answer(self, task: asyncio.Future[Response]) -> Response:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not task.done():
            silent = loop.time() - max(began, self._protocol.heard)
            if silent >= self._timeout:
                raise self._broken(f"no answer within {self._timeout:g} s")
            await self._first_of(task, seconds=self._timeout - silent, silence_is_fine=True)
        return task.result()

    async def _first_of(self, *awaited: asyncio.Future[Any], seconds: float | None = None, silence_is_fine: bool = False) -> None:
        """Wait for one of them; raises where the connection is lost first, or where nothing happens in time."""
        lost = self._protocol.lost
        done, _ = await asyncio.wait({*awaited, lost}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if lost in done:
            raise ConnectionBroken(lost.result())
        if not done and not silence_is_fine:
            raise self._broken(f"no answer within {seconds:g} s")

    def _good(self, response: Response) -> Response:
        if response.result != "OK":
            raise self._broken(f"the server answers {response.result} {wire.text(response.lines)}")
        return response

    def _broken(self, why: str) -> ConnectionBroken:
        self.close()
        return ConnectionBroken(why)


def _set(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))
