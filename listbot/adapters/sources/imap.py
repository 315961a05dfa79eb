"""A mailbox on an IMAP server, followed for as long as the program runs.

Read by UID behind a cursor (UIDVALIDITY, UID), never by sequence number or by what is seen; pushed by IDLE, or polled. Nothing on
the server is touched before the bytes are kept. Every fault but a refused login or a missing mailbox leads to a new connection.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from listbot.adapters.sources.imap_session import ConnectionBroken, Refused, Session
from listbot.adapters.sources.imap_wire import Batches, Fetched
from listbot.adapters.sources.oauth import OAuth2Settings, Tokens
from listbot.adapters.sources.running import PART, Random, pause_after, shortened, until
from listbot.domain.errors import ConfigError, Never, TryLater
from listbot.domain.health import SourceStatus
from listbot.domain.hosts import is_loopback, obstacle
from listbot.domain.mail import Arrival, Cursor
from listbot.pipeline.ports import Clock, Keep

log = logging.getLogger(__name__)

POLL_SECONDS = 30.0  #: where the server has no IDLE and no interval is set
SETTLED_SECONDS = 60.0  #: a connection that held so long ends a series of failures


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """One mailbox. Times in seconds, sizes in bytes; `poll_seconds` set means: do not use IDLE.

    `mark_seen` and `move_to` act on the server only after a message was kept.
    """

    name: str
    host: str
    port: int = 993
    tls: str = "implicit"  #: implicit | none (loopback only)
    ca_file: str = ""
    username: str
    password: str = field(default="", repr=False)
    oauth2: OAuth2Settings | None = None
    mailbox: str = "INBOX"
    idle_seconds: float = 240.0  #: IDLE is renewed so often: under the 5 minutes after which many gateways forget a connection
    poll_seconds: float | None = None
    timeout_seconds: float = 30.0
    size_limit: int = 50_000_000
    mark_seen: bool = False
    move_to: str = ""

    def __post_init__(self) -> None:
        where = f"source {self.name!r}"
        if self.tls == "starttls":
            raise ConfigError(
                f"{where}: tls 'starttls': the IMAP library aioimaplib has none; use tls = 'implicit' and port 993 (RFC 8314)"
            )
        if self.tls not in ("implicit", "none"):
            raise ConfigError(f"{where}: tls {self.tls!r}: use 'implicit', or 'none' on loopback")
        if self.tls == "none" and not is_loopback(self.host):
            raise ConfigError(f"{where}: tls 'none' with host {self.host!r}: only loopback goes unencrypted; use 'implicit'")
        if bool(self.password) == bool(self.oauth2):
            raise ConfigError(f"{where}: set either password (or password_file) or oauth2")


class KeepFailed(TryLater):
    """The journal did not take the messages: they are offered again."""


class ImapSource:
    """Source over IMAP (port `Source`). `status` is for the doctor and the metrics."""

    def __init__(self, settings: ImapSettings, clock: Clock, random: Random) -> None:
        self.name = settings.name
        self.status = SourceStatus()
        self._settings = settings
        self._clock = clock
        self._random = random
        self._tls = _tls_context(settings)
        self._tokens = Tokens(settings.oauth2, clock) if settings.oauth2 else None
        self._cursor: Cursor | None = None
        self._batches = Batches()

    async def run(self, cursor: Cursor | None, keep: Keep, stop: asyncio.Event) -> None:
        """See the port. Raises Never where the login is refused or the mailbox does not exist."""
        self._cursor = cursor
        await until(stop, self._follow_for_ever(keep))

    async def _follow_for_ever(self, keep: Keep) -> None:
        failures = 0
        while True:
            began, kept = self._clock.now(), self._cursor
            try:
                await self._connect_and_follow(keep)
            except Never as error:
                self.status = replace(self.status, connected=False, fault=str(error))
                raise
            except Exception as error:
                settled = (self._clock.now() - began).total_seconds() >= SETTLED_SECONDS or self._cursor != kept
                failures = 1 if settled else failures + 1
                await self._pause(failures, error)

    async def _pause(self, failures: int, error: Exception) -> None:
        seconds = pause_after(failures, self._random)
        why = str(error) or type(error).__name__
        if isinstance(error, OSError):
            why = "; ".join(obstacle(self._settings.host, self._settings.port, error, "source"))
        log.warning(
            "source %s: %s; trying again in %.1f s", self.name, why, seconds,
            exc_info=None if isinstance(error, TryLater | OSError) else error,
        )  # fmt: skip
        self.status = replace(self.status, connected=False, fault=why, reconnects=self.status.reconnects + 1)
        await self._clock.sleep(seconds)

    async def _connect_and_follow(self, keep: Keep) -> None:
        settings = self._settings
        session = await Session.open(settings.host, settings.port, self._tls, settings.timeout_seconds)
        try:
            if not session.admitted:
                await self._log_in(session)
            validity = await session.select(settings.mailbox)
            self._continue_under(validity)
            log.info("source %s: connected; new mail is %s", self.name, "pushed" if self._is_pushed(session) else "asked for")
            await self._tidy(session)
            while True:
                await self._catch_up(session, validity, keep)
                if not session.changed:
                    await self._wait_for_news(session)
        finally:
            session.close()

    async def _log_in(self, session: Session) -> None:
        settings = self._settings
        try:
            if self._tokens is None:
                await session.login(settings.username, settings.password)
                return
            try:
                await session.xoauth2(settings.username, await self._tokens.token())
            except Refused:  # expired or withdrawn before its time: once more with a new one
                await session.xoauth2(settings.username, await self._tokens.token(renew=True))
        except Refused as refused:
            what, mend = ("password", "password or password_file") if self._tokens is None else ("access token", "oauth2")
            words = f"{settings.host}:{settings.port} refuses the {what} of {settings.username}: {refused}"
            raise (ConnectionBroken if refused.passing else Never)(f"{words}; check {mend} of source {self.name!r}") from refused

    def _continue_under(self, validity: int) -> None:
        """After a change of UIDVALIDITY every UID is another: read from the start; the journal knows copies by their content."""
        if self._cursor is not None and self._cursor.uidvalidity != validity:
            log.warning("source %s: the server renumbered the mailbox (UIDVALIDITY %d): reading it again", self.name, validity)
            self._cursor = None
            self._batches.forget()

    async def _tidy(self, session: Session) -> None:
        """Mark or move what was kept just before an earlier connection broke."""
        settings = self._settings
        if self._cursor is None or not (settings.mark_seen or settings.move_to):
            return
        left = "UNDELETED" if settings.move_to else "UNSEEN"
        uids = await session.search(f"UID 1:{self._cursor.uid} {left}")
        for batch in Batches().of(uids):
            await self._mark(session, batch)

    async def _mark(self, session: Session, uids: Sequence[int]) -> None:
        if self._settings.mark_seen:
            await session.mark_seen(uids)
        if self._settings.move_to:
            await session.move(uids, self._settings.move_to)

    async def _wait_for_news(self, session: Session) -> None:
        if self._is_pushed(session):
            await session.idle(self._settings.idle_seconds)
        else:
            await session.wait(self._settings.poll_seconds or POLL_SECONDS)
            await session.noop()

    def _is_pushed(self, session: Session) -> bool:
        return self._settings.poll_seconds is None and session.idles

    async def _catch_up(self, session: Session, validity: int, keep: Keep) -> None:
        """Hand over everything behind the cursor: one batch is kept while the next is fetched, in order."""
        first = self._cursor.uid + 1 if self._cursor else 1
        # "n:*" is never empty: with n above the last UID it means the last message (RFC 3501, 6.4.8)
        uids = [uid for uid in await session.search(f"UID {first}:*") if uid >= first]
        self._note(waiting=len(uids), connected=True, fault="")
        keeping: asyncio.Task[None] | None = None
        try:
            for batch in self._batches.of(uids):
                arrivals = await self._fetch(session, batch, validity)
                if keeping is not None:
                    await asyncio.shield(keeping)
                keeping = asyncio.create_task(self._keep(session, keep, arrivals, Cursor(validity, batch[-1]), len(batch)))
            if keeping is not None:
                await asyncio.shield(keeping)
        finally:
            if keeping is not None:  # also when stopped: what is being kept is kept to the end
                await asyncio.gather(keeping, return_exceptions=True)

    async def _keep(self, session: Session, keep: Keep, arrivals: Sequence[Arrival], cursor: Cursor, batch: int) -> None:
        if not arrivals:
            return
        try:
            await keep(arrivals, cursor)
        except Exception as error:
            raise KeepFailed(f"messages could not be kept: {type(error).__name__}: {error}") from error
        self._cursor = cursor
        self._note(last_message=self._clock.now(), waiting=max(0, self.status.waiting - batch))
        await self._mark(session, [int(arrival.key.rpartition(".")[2]) for arrival in arrivals])

    async def _fetch(self, session: Session, uids: list[int], validity: int) -> list[Arrival]:
        given_up = [uid for uid in uids if self._batches.given_up(uid)]
        try:
            items = {} if given_up else await session.fetch(uids, PART)
            bodies = {uid: await self._body(session, item) for uid, item in items.items()}
            unread = given_up or await self._still_there(session, [uid for uid in uids if uid not in items])
            again = {} if given_up else {uid: item for one in unread for uid, item in (await session.fetch([one], PART)).items()}
        except ConnectionBroken:
            self._batches.broke(uids)
            raise
        bodies |= {uid: await self._body(session, item) for uid, item in again.items()}
        items |= again
        bodies |= {uid: self._stand_in(uid) for uid in unread if uid not in items}
        self._note()
        return [self._arrival(validity, uid, bodies[uid], items.get(uid)) for uid in uids if uid in bodies]

    async def _still_there(self, session: Session, uids: list[int]) -> list[int]:
        """Which of the messages that were not handed over exist: a NOOP lets the server tell of those expunged in between."""
        if not uids:
            return []
        await session.noop()
        return [uid for uid in await session.search(f"UID {','.join(map(str, uids))}") if uid in uids]

    async def _body(self, session: Session, item: Fetched) -> bytes:
        """The whole message; of one over the limit its header fields and first part."""
        if len(item.body) < PART:
            return item.body
        limit = self._settings.size_limit
        size = await session.size(item.uid)
        if size > limit:
            return shortened(item.body, size)
        whole = (await session.fetch([item.uid], limit)).get(item.uid)
        return whole.body if whole else shortened(item.body, size)

    def _stand_in(self, uid: int) -> bytes:
        """Seen by a moderator in place of a message that the server does not hand over."""
        log.error("source %s: the server does not hand over the message with UID %d; a note is kept in its place", self.name, uid)
        words = f"The mail server did not hand over message {uid} of {self._settings.mailbox}. Please look at it there."
        return f"Subject: a message that could not be read\r\nX-Listbot-Unread: UID {uid}\r\n\r\n{words}\r\n".encode()

    def _arrival(self, validity: int, uid: int, raw: bytes, item: Fetched | None) -> Arrival:
        received_at = (item.received_at if item else None) or self._clock.now()
        return Arrival(self.name, f"{validity}.{uid}", raw, received_at)

    def _note(self, **changes: Any) -> None:
        self.status = replace(self.status, last_contact=self._clock.now(), **changes)


def _tls_context(settings: ImapSettings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as error:
        where = f"source {settings.name!r}: ca_file {settings.ca_file!r}"
        raise ConfigError(f"{where}: {error}; name a PEM file that can be read") from error
