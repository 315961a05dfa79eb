"""Server time of each page at 100,000 posts and 100,000 takers, beside a page that does nothing (`/healthz`).

    python -m benchmarks.web [NUMBER]

The rows are written straight into the tables: it is the pages that are measured, not the way there. Times are by the clock, from
request to answer, and of the CPU alone: on a busy machine only these say what a page costs.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from listbot.adapters.sql.narrowing import REACH, reach_rows
from listbot.adapters.sql.schema import ask, message, need, post, taker, taker_reach
from listbot.adapters.sql.schema_desk import need_reach, post_word, taker_word
from listbot.adapters.sql.search import need_columns, words
from listbot.adapters.sql.statements import insert_text
from listbot.bootstrap import opened_office, settle, upgrade_database
from listbot.domain.invented import invented_takers
from listbot.domain.mail import Channel
from listbot.domain.reading import DateRole, Deadline, Kind, Need, Place, Reading
from listbot.domain.states import AskState, MessageState, NeedState, PostState
from tests.web import place
from tests.web.history import Clock

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
PAGES = (
    "/healthz", "/", "/posts", "/posts?q=bond", "/posts?state=held", "/posts/77", "/needs", "/needs?show=all&state=NC", "/needs/77",
    "/registry", "/registry?q=asa", "/registry?standing=ready&state=NC", "/registry/77", "/rules", "/coverage", "/report", "/health",
    "/log",
)  # fmt: skip
ROUNDS = 30
STATES = ("NC", "TX", "FL", "CA", "NY", "GA")


def fill(connection: Connection, number: int) -> None:
    """So many posts with a need each, takers and asks; one need in fifty is still open, as after some years."""
    people = invented_takers(min(number, 5000), 1, today=NOW.date())
    for start in range(0, number, 5000):
        several = range(start, min(start + 5000, number))
        takers = [replace(people[i % len(people)], email=f"{i}.{people[i % len(people)].email}") for i in several]
        connection.execute(sa.insert(taker), [_taker(one, id) for id, one in zip(several, takers, strict=True)])
        found = [(id + 1, one) for id, one in zip(several, takers, strict=True)]
        connection.exec_driver_sql(insert_text(connection.dialect.name, taker_reach, REACH), reach_rows(found))
        texts = [(i, words(o.email, o.name, o.organization, o.city)) for i, o in found]
        connection.execute(sa.insert(taker_word), [{"word": w, "taker": i} for i, ws in texts for w in ws])
        connection.execute(sa.insert(message), [_message(i) for i in several])
        connection.execute(sa.insert(post), [_post(i) for i in several])
        connection.execute(sa.insert(post_word), [{"word": w, "post": i + 1} for i in several for w in words(_subject(i))])
        connection.execute(sa.insert(need), [_need(i, number) for i in several])
        reached = [{"state": STATES[i % 6], "relief": "bond" if i % 3 else "asylum", "need": i + 1} for i in several]
        connection.execute(sa.insert(need_reach), reached)
        connection.execute(sa.text("DROP TRIGGER IF EXISTS ask_guard"))
        connection.execute(sa.insert(ask), [_ask(i, n, number) for i in several for n in range(3)])


def _at(i: int) -> datetime:
    return NOW - timedelta(minutes=5 * (200_000 - i))


def _subject(i: int) -> str:
    return f"{'bond' if i % 3 else 'asylum'} in {STATES[i % 6]}, number {i}"


def _taker(one: object, id: int) -> dict[str, object]:
    from dataclasses import fields

    return {f.name: getattr(one, f.name) for f in fields(one)} | {"id": id + 1}  # type: ignore[arg-type]


def _message(i: int) -> dict[str, object]:
    raw = f"From: x@fellows.example\r\nSubject: {_subject(i)}\r\n\r\nPlease help.\r\n".encode()
    row = {"id": i + 1, "source": "bench", "key": str(i), "raw": raw, "received_at": _at(i), "recipient": ""}
    return row | {"kept_at": _at(i), "state": MessageState.PARSED, "why": ""}


def _post(i: int) -> dict[str, object]:
    reading = Reading(kind=Kind.REFERRAL, confidence=0.9, needs=(_the_need(i),), redacted_text="Please help. " * 40)
    held = i % 500 == 0
    row = {
        "id": i + 1,
        "message": i + 1,
        "part": 0,
        "channel": Channel.LIST,
        "list_name": "fellows",
        "message_id": f"<{i}@x.example>",
    }
    row |= {
        "references": (),
        "author_email": "x@fellows.example",
        "author_name": "X",
        "subject": _subject(i),
        "posted_at": _at(i),
    }
    row |= {"content_key": str(i), "warnings": (), "reason": "", "kept_at": _at(i), "reading": reading}
    return row | {"state": PostState.HELD if held else PostState.MATCHED, "hold": "doubtful" if held else ""}


def _the_need(i: int) -> Need:
    day = (_at(i) + timedelta(days=20)).date()
    spot = Place("Somewhere", "Durham", None, STATES[i % 6], lat=36.0, lon=-78.9)
    deadline = Deadline(day, DateRole.FILING, "due")
    return Need(places=(spot,), relief=("bond" if i % 3 else "asylum",), deadline=deadline, languages=("es",), confidence=0.9)


def _need(i: int, number: int) -> dict[str, object]:
    state = NeedState.ASKING if i % 50 == 0 else (NeedState.PLACED, NeedState.CLOSED, NeedState.EXPIRED)[i % 3]
    one = _the_need(i)
    row = {"id": i + 1, "post": i + 1, "number": 1, "need": one, "state": state, "opened_at": _at(i), "lead": None}
    return row | dict(need_columns(one)) | {"wave": 1, "lead": i % number + 1 if state is NeedState.PLACED else None}


def _ask(i: int, n: int, number: int) -> dict[str, object]:
    row = {"need": i + 1, "taker": (i * 3 + n) % number + 1, "email": "x@alumni.example", "wave": 1, "state": AskState.SILENT}
    return row | {"score": 0.5, "chance": 0.2, "reasons": ("near",), "created_at": _at(i), "sent_at": _at(i)}


async def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = place.settings_in(folder)
        upgrade_database(settings)
        engine = sa.create_engine(settings.database.url)
        started = time.perf_counter()
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
            fill(connection, number)
        with engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
        print(f"{number:,} posts and takers written in {time.perf_counter() - started:.0f} s")
        async with opened_office(settings) as office:
            settle()
            office = replace(office, context=replace(office.context, clock=Clock(NOW)))
            cookies, _ = await place.signed_in(office)
            async with place.client(place.an_app(office), cookies) as client:
                client.timeout = 600
                print(f"{'page':36} {'first':>8} {'p50':>8} {'p95':>8} {'CPU p50':>8} {'CPU p95':>8}  ms")
                for path in PAGES:
                    await _measure(client, path)


async def _measure(client: object, path: str) -> None:
    times, busy = [], []
    for _ in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        response = await client.get(path)  # type: ignore[attr-defined]
        times.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        assert response.status_code == 200, (path, response.status_code)
    figures = [times[0], *(figure for some in (times[1:], busy[1:]) for figure in (median(some), quantiles(some, n=20)[-1]))]
    print(f"{path:36}" + "".join(f" {figure:8.1f}" for figure in figures), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
