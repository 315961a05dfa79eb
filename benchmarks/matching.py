"""A shortlist of 50 with reasons out of a large registry, beside one made by looking at everybody, in one run.

    python -m benchmarks.matching [--takers 10000 1000000] [--needs 40] [--scans 2] [--store sqlite postgresql] [--folder /var/tmp]

Takers and needs are invented; the larger registries have copies of 10,000 people, for it is the question that is measured. The
shortlist reads the most promising candidates by index and judges those; the full scan reads and judges the whole registry with the
same rules. Times are from the question to the 50 with their reasons: by the clock, and of this process's CPU alone (PostgreSQL's
own is not in it). Also counted: how many of the first twenty score as high as the scan's twentieth. Goals: p99 under 25 ms at
10,000 takers and under 50 ms at a million, on both databases; growth from the smallest to the largest under 3 times.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from benchmarks.crowd import multiply
from listbot.adapters import sql
from listbot.adapters.rulefiles import load
from listbot.bootstrap import settle
from listbot.config import shipped
from listbot.domain.eligibility import searched
from listbot.domain.invented import invented_takers
from listbot.domain.mail import Address
from listbot.domain.matching import Match
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.registry import Taker
from listbot.domain.rules import RuleSet
from listbot.domain.shortlist import shortlist
from listbot.pipeline.look import PROMISING
from tests.postgres import running

NOW = datetime(2026, 1, 20, 15, tzinfo=UTC)
FELLOW = Address("fellow@fellows.example")
LONG, FIRST, GROWTH, MILLION = 50, 20, 3.0, 1_000_000
INVENTED = 10_000
"""So many people are invented; a larger registry has each of them several times."""
CHUNK = 20_000
RELIEF = ("asylum", "sijs", "u_visa", "bond", "adjustment", "habeas", "withholding", "cancellation_nonlpr", "vawa", "tps")


def needs(number: int, takers: Sequence[Taker]) -> list[Need]:
    """Invented needs, in the towns of takers."""
    dice = random.Random(4)
    homes = [t for t in takers if t.lat is not None and t.state]
    found = []
    for _ in range(number):
        home = dice.choice(homes)
        place = Place(home.city, city=home.city, state=home.state, lat=home.lat, lon=home.lon)
        due = Deadline(NOW.date() + timedelta(days=dice.randint(3, 60)), DateRole.FILING, "due")
        languages = (dice.choice(("es", "ht", "fr")),)
        found.append(Need(places=(place,), relief=(dice.choice(RELIEF),), deadline=due, languages=languages, detained=False))
    return found


async def fill(url: str, people: Sequence[Taker], size: int) -> None:
    """Write so many takers: the people as an import does, then copies of them in the tables."""
    await asyncio.to_thread(sql.upgrade, url, shipped("migrations"))
    database = sql.Database(url)
    registry = sql.SqlRegistry(database, b"a key of the benchmark")
    for first in range(0, len(people), 5000):
        await registry.put(people[first : first + 5000], "benchmark", NOW)
    await database.close()
    await asyncio.to_thread(multiply, url, len(people), size)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: milliseconds by the clock and of the CPU, and the first 50."""

    clock: float
    cpu: float
    matches: Sequence[Match]


async def best(registry: sql.SqlRegistry, need: Need, rules: RuleSet, size: int, *, scan: bool = False) -> Asked:
    """The first 50: by index and limit, or out of everybody."""
    clock, cpu = time.perf_counter(), time.process_time()
    if scan:
        matches: list[Match] = []
        for first in range(0, size, CHUNK):
            some = await registry.takers(limit=CHUNK, offset=first)
            matches += shortlist(need, FELLOW, some, rules, NOW).matches[: 2 * LONG]
    else:
        candidates = await registry.candidates(searched(need, rules), NOW, PROMISING)
        matches = list(shortlist(need, FELLOW, candidates, rules, NOW).matches)
    if scan:
        matches.sort(key=lambda match: -match.score)
    return Asked(1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - cpu), matches[:LONG])


async def measure(url: str, size: int, options: argparse.Namespace, rules: RuleSet) -> float:
    """One size of the registry; p99 of the shortlist in milliseconds."""
    people = invented_takers(min(size, INVENTED), today=date(2026, 1, 15))
    start = time.perf_counter()
    await fill(url, people, size)
    written = time.perf_counter() - start
    database = sql.Database(url)
    registry = sql.SqlRegistry(database, b"a key of the benchmark")
    cases = needs(options.needs, people)
    del people
    settle()  # as the service does once it is loaded
    for need in cases[:6]:  # the first questions of a process compile and prepare its statements
        await best(registry, need, rules, size)
    ours = [await best(registry, need, rules, size) for need in cases]
    scans = [await best(registry, need, rules, size, scan=True) for need in cases[: options.scans]]
    await database.close()
    p99, figures = _tail([one.clock for one in ours]), [statistics.median(one.clock for one in ours)]
    figures += [p99, statistics.median(one.cpu for one in ours), _tail([one.cpu for one in ours])]
    kept, wanted = map(sum, zip(*(_agree(own, scan) for own, scan in zip(ours, scans, strict=False)), strict=True))
    scanned = statistics.median(one.clock for one in scans)
    found = min(len(one.matches) for one in ours)
    print(f"{make_url(url).get_backend_name():10} {size:>9,}" + "".join(f"{figure:9.1f}" for figure in figures), end="")
    print(f" {scanned:12.0f}  {kept} of {wanted}  {found:6}  {written:8.0f}", flush=True)
    return p99


def _tail(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.99 * len(times)))]


def _agree(own: Asked, scan: Asked) -> tuple[int, int]:
    """How many of our first twenty are as good as the scan's twentieth, and how many could be."""
    last = scan.matches[:FIRST][-1].score
    return sum(m.score >= last for m in own.matches[:FIRST]), len(scan.matches[:FIRST])


@contextmanager
def store(kind: str, folder: Path) -> Iterator[Callable[[int], str]]:
    """The URL of an empty database by a number."""
    if kind == "sqlite":
        yield lambda number: f"sqlite:///{folder / f'{number}.db'}"
    else:
        with running(folder, memory="512MB") as cluster:
            yield lambda number: cluster.url(cluster.create())


def main() -> int:
    """0 where the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takers", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--needs", type=int, default=40)
    parser.add_argument("--scans", type=int, default=2)
    parser.add_argument("--store", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, default=None, help="where the databases are for the while")
    options = parser.parse_args()
    rules, good = load(shipped("rules")), True
    print("store         takers      p50      p99  CPU p50  CPU p99    full scan  best 20   found   written s")
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        Path(name).chmod(0o755)  # PostgreSQL's folder is in it, and another user's
        for kind in options.store:
            with store(kind, Path(name)) as url:
                tails = [asyncio.run(measure(url(size), size, options, rules)) for size in options.takers]
            goals = [50.0 if size >= MILLION else 25.0 for size in options.takers]
            good &= all(tail < goal for tail, goal in zip(tails, goals, strict=True)) and tails[-1] < GROWTH * tails[0]
    print(f"p99 under 25 ms, at a million under 50, growth under {GROWTH:.0f} times: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
