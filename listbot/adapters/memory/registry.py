"""Takers in memory. See `ports.Registry`."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta

from listbot.adapters.memory.asks import organization, withdraw
from listbot.adapters.memory.tables import Row, Tables
from listbot.domain.geography import BORDER_MILES, FAR_MILES, box_around
from listbot.domain.mail import Address
from listbot.domain.promise import BROAD, WIDE, points_of, promise, states_around, states_of
from listbot.domain.reading import Need
from listbot.domain.registry import Candidate, Organization, Standing, Taker
from listbot.domain.states import AnswerKind, AskState, NeedState
from listbot.domain.work import Change

MONTH = timedelta(days=30)


class MemoryRegistry:
    """The registry. `key` makes the hashes of forgotten addresses."""

    def __init__(self, tables: Tables, key: bytes) -> None:
        self._tables = tables
        self._key = key
        self._forgotten: set[str] = set()
        self._languages: dict[str, str] = {}

    async def candidates(self, need: Need, now: datetime, limit: int | None = None) -> list[Candidate]:
        """See `ports.Registry`."""
        rows = [row for row in self._living() if _reaches(row["taker"], need) and _shares_relief(row["taker"], need)]
        if limit is not None:
            rows.sort(key=lambda row: _promise(row["taker"], need))
        found = [self._candidate(row, now) for row in rows[:limit]]
        return [replace(one, taker=_under(one.taker, organization(self._tables, one.taker))) for one in found]

    async def takers(self, query: str = "", limit: int | None = None, offset: int = 0) -> list[Candidate]:
        """See `ports.Registry`."""
        words = query.lower()
        rows = [row for row in self._living() if any(words in text.lower() for text in _searched(row["taker"]))]
        rows.sort(key=lambda row: str(row["taker"].email))
        end = None if limit is None else offset + limit
        return [self._candidate(row) for row in rows[offset:end]]

    async def taker(self, email: str) -> Candidate | None:
        """See `ports.Registry`."""
        row = self._find(email)
        return self._candidate(row) if row else None

    def _living(self) -> list[Row]:
        return self._tables.where("taker", forgotten_at=None)

    def _find(self, email: str) -> Row | None:
        return next((row for row in self._living() if row["taker"].email == email.lower()), None)

    def _candidate(self, row: Row, now: datetime | None = None) -> Candidate:
        asks = [ask for ask in self._tables.where("ask", taker=row["id"]) if ask["state"] is not AskState.WITHDRAWN]
        times = [ask["created_at"] for ask in asks]
        standing = Standing(
            **{name: row[name] for name in ("opted_out_at", "bounced_at", "capacity_at")},
            asks_last_30_days=sum(time > now - MONTH for time in times) if now else len(times),
            last_asked_at=max(times, default=None),
            last_answered_at=max((ask["answered_at"] for ask in asks if ask["answered_at"]), default=None),
            open_asks=sum(ask["state"] is AskState.SENT for ask in asks),
            open_placements=sum(self._leads(row, ask) for ask in asks),
            said_yes=sum(ask["answer"] is AnswerKind.YES for ask in asks),
            said_no=sum(ask["answer"] is AnswerKind.NO for ask in asks),
            silent=sum(ask["state"] is AskState.SILENT for ask in asks),
        )
        return Candidate(id=row["id"], taker=row["taker"], standing=standing)

    def _leads(self, row: Row, ask: Row) -> bool:
        """The ask became a placement that is still open, since the taker last stated the capacity."""
        need = self._tables.get("need", ask["need"])
        since = row["capacity_at"] is None or (ask["answered_at"] is not None and ask["answered_at"] > row["capacity_at"])
        return need["lead"] == row["id"] and need["state"] in (NeedState.OFFERED, NeedState.PLACED) and since

    async def put(self, takers: Sequence[Taker], who: str, now: datetime) -> Mapping[str, str]:
        """See `ports.Registry`."""
        with self._tables.write():
            return {one.email: self._put(replace(one, email=one.email.lower()), who, now) for one in takers}

    def _put(self, one: Taker, who: str, now: datetime) -> str:
        if self._hash(one.email) in self._forgotten:
            return "forgotten"
        row, stated = self._find(one.email), now if one.open_slots is not None else None
        if row is None:
            unknown = {"opted_out_at": None, "bounced_at": None, "forgotten_at": None, "capacity_at": stated}
            self._tables.log(now, who, "taker", [self._tables.insert("taker", {"taker": one} | unknown)], "added")
            return "new"
        if not (detail := _difference(row["taker"], one)):
            return "same"
        capacity_at = now if "open_slots" in detail else row["capacity_at"]
        self._tables.update("taker", row["id"], taker=one, capacity_at=capacity_at)
        self._tables.log(now, who, "taker", [row["id"]], "changed", detail=detail)
        return "changed"

    def _hash(self, email: str) -> str:
        return hmac.digest(self._key, email.lower().encode(), "sha256").hex()

    async def stated(self, one: Taker, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        with self._tables.write():
            row = self._find(one.email)
            if row is not None:
                self._put(replace(one, email=one.email.lower()), who, now)
                self._tables.update("taker", row["id"], capacity_at=now)
                self._tables.log(now, who, "taker", [row["id"]], "said how much room there is")

    async def stale(self, before: datetime, now: datetime, limit: int) -> list[Candidate]:
        """See `ports.Registry`."""
        may = sorted((_last_word(row), row["id"]) for row in self._living() if self._may_be_asked(row, now))
        old = [self._tables.get("taker", id) for said, id in may if said < before]
        return [self._candidate(row, now) for row in old if not self._questioned(row, before)][:limit]

    def _may_be_asked(self, row: Row, now: datetime) -> bool:
        one: Taker = row["taker"]
        paused = one.paused_until is not None and one.paused_until > now.date()
        busy = any(ask["state"] in (AskState.QUEUED, AskState.SENT) for ask in self._tables.where("ask", taker=row["id"]))
        return bool(one.consent_at and not row["opted_out_at"] and not row["bounced_at"] and not paused and not busy)

    def _questioned(self, row: Row, since: datetime) -> bool:
        mails = [m for m in self._tables.table("mail").values() if m["letter"].recipient == row["taker"].email]
        return any(m["letter"].kind == "capacity_question" and m["created_at"] > since for m in mails)

    async def count(self) -> int:
        """See `ports.Registry`."""
        return len(self._living())

    async def opt_out(self, email: str, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        self._learn(email, "opted_out_at", "opted out", "", who, now)

    async def bounced(self, email: str, why: str, now: datetime) -> None:
        """See `ports.Registry`."""
        self._learn(email, "bounced_at", "bounced", why, "listbot", now)

    def _learn(self, email: str, column: str, what: str, why: str, who: str, now: datetime) -> None:
        row = self._find(email)
        if row is not None and row[column] is None:
            self._tables.update("taker", row["id"], **{column: now})
            self._tables.log(now, who, "taker", [row["id"]], what, why)

    async def languages(self, emails: Collection[str]) -> Mapping[str, str]:
        """See `ports.Registry`."""
        return {email: self._languages[email.lower()] for email in emails if email.lower() in self._languages}

    async def write_in(self, email: str, language: str, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        self._languages[email.lower()] = language
        if row := self._find(email):
            self._tables.log(now, who, "taker", [row["id"]], "wishes letters in", language)

    async def forget(self, email: str, who: str, now: datetime) -> bool:
        """See `ports.Registry`."""
        self._languages.pop(email.lower(), None)
        self._forgotten.add(self._hash(email))
        row = self._find(email)
        if row is None:
            return False
        self._erase(row["id"], now)
        self._tables.log(now, who, "taker", [row["id"]], "forgotten")
        return True

    def _erase(self, id: int, now: datetime) -> None:
        tables, nobody = self._tables, f"forgotten:{id}"
        withdraw(tables, lambda ask: ask["taker"] == id, "forgotten", now)
        for ask in tables.where("ask", taker=id):
            tables.update("ask", ask["id"], email=nobody, match=replace(ask["match"], email=nobody, name=""))
            for mail in tables.where("mail", ask=ask["id"]):
                tables.update("mail", mail["id"], letter=replace(mail["letter"], recipient=nobody, raw=b"", token=""), reply="")
            for answer in list(tables.table("answer").values()):
                if answer["answer"].answers and answer["answer"].answers.ask == ask["id"]:
                    self._erase_answer(answer, nobody)
        tables.changes[:] = [change for change in tables.changes if (change.table, change.row) != ("taker", id)]
        tables.update("taker", id, taker=Taker(email=nobody), forgotten_at=now)

    def _erase_answer(self, row: Row, nobody: str) -> None:
        silent = replace(row["answer"], author=Address(nobody), subject="", answers=None)
        self._tables.update("answer", row["id"], answer=silent, reading=None)
        arrival = self._tables.get("message", row["message"])["arrival"]
        self._tables.update("message", row["message"], arrival=replace(arrival, raw=b"", recipient=""))

    async def changes(self, email: str) -> list[Change]:
        """See `ports.Registry`."""
        row = self._find(email)
        return [change for change in self._tables.changes if row and (change.table, change.row) == ("taker", row["id"])]

    async def organizations(self) -> list[Organization]:
        """See `ports.Registry`."""
        found: list[Organization] = [row["organization"] for row in self._tables.table("organization").values()]
        return sorted(found, key=lambda one: one.name)

    async def put_organization(self, organization: Organization, who: str, now: datetime) -> None:
        """See `ports.Registry`."""
        known = self._tables.where("organization", name=organization.name)
        if known:
            self._tables.update("organization", known[0]["id"], organization=organization)
        else:
            self._tables.insert("organization", {"name": organization.name, "organization": organization})
        detail = {field.name: str(getattr(organization, field.name)) for field in fields(Organization)}
        self._tables.log(now, who, "organization", [0], "changed", organization.name, detail)


def _last_word(row: Row) -> datetime:
    """When somebody last said how much room there is; else when they agreed to be asked."""
    said: datetime | None = row["capacity_at"]
    return said or datetime.combine(row["taker"].consent_at, time(0), UTC)


def _searched(one: Taker) -> tuple[str, ...]:
    return one.email, one.name, one.organization, one.city


def _reaches(one: Taker, need: Need) -> bool:
    states = states_of(one)
    return bool(one.remote or not states or not need.states or states & states_around(need)) or _is_near(one, need)


def _is_near(one: Taker, need: Need) -> bool:
    if one.lat is None or one.lon is None:
        return False
    miles = FAR_MILES if (one.radius_miles or 0) > BORDER_MILES else BORDER_MILES
    return any(box_around(lat, lon, miles).holds(one.lat, one.lon) for lat, lon in points_of(need))


def _shares_relief(one: Taker, need: Need) -> bool:
    wanted, known = frozenset(need.relief), frozenset(one.relief)
    return not wanted or bool(wanted & BROAD) or not known or bool(known & (wanted | BROAD))


def _promise(one: Taker, need: Need) -> tuple[float, float]:
    """The most promising first; the others by squared degrees of latitude, those without a point last."""
    points = promise(one, need)
    if points is not None:
        return -points, 0.0
    near = [(one.lat - lat) ** 2 + ((one.lon - lon) * WIDE) ** 2 for lat, lon in points_of(need)[:1] if one.lat and one.lon]
    return float("inf"), min(near, default=float("inf"))


def _under(one: Taker, limits: Organization) -> Taker:
    """The entry under the limits of its organisation."""
    pauses = [day for day in (one.paused_until, limits.paused_until) if day is not None]
    slots = [number for number in (one.open_slots, limits.open_slots) if number is not None]
    return replace(
        one,
        paused_until=max(pauses, default=None),
        open_slots=min(slots, default=None),
        funding_limits=one.funding_limits | limits.funding_limits,
    )


def _difference(before: Taker, now: Taker) -> dict[str, object]:
    pairs = {field.name: (getattr(before, field.name), getattr(now, field.name)) for field in fields(Taker)}
    return {name: [_words(old), _words(new)] for name, (old, new) in pairs.items() if old != new}


def _words(value: object) -> object:
    if isinstance(value, frozenset):
        return ";".join(sorted(value))
    if isinstance(value, Mapping):
        return ";".join(f"{key}:{level}" for key, level in sorted(value.items()))
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
