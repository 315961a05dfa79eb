"""A shortlist of 50 with reasons out of a large registry, beside one made by looking at everybody, in one run.

    python -m benchmarks.matching [--takers 10000 100000] [--needs 40] [--scans 3]

Takers and needs are invented; the registry is an SQLite file. The shortlist reads candidates by index (the nearest first) and
judges those; the full scan reads and judges the whole registry with the same rules. Times are from the question to the 50 with
their reasons, in milliseconds. Also counted: how many of the scan's best ten are among the 50. Goal: p99 under 25 ms at 10,000
takers, and growth to 100,000 under 3 times.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from listbot.adapters import sql
from listbot.adapters.rulefiles import load
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

NOW = datetime(2026, 1, 20, 15, tzinfo=UTC)
FELLOW = Address("fellow@fellows.example")
LONG, GOAL, GROWTH = 50, 25.0, 3.0
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


async def best(registry: sql.SqlRegistry, need: Need, rules: RuleSet, limit: int | None) -> tuple[float, Sequence[Match]]:
    """The first 50 and the milliseconds they took: by index and limit, or out of everybody."""
    start = time.perf_counter()
    candidates = await (registry.candidates(searched(need, rules), NOW, limit) if limit else registry.takers())
    listed = shortlist(need, FELLOW, candidates, rules, NOW)
    return 1000 * (time.perf_counter() - start), listed.matches[:LONG]


async def measure(folder: Path, size: int, options: argparse.Namespace, rules: RuleSet) -> float:
    """One size of the registry; p99 of the shortlist in milliseconds."""
    url, takers = f"sqlite:///{folder / f'{size}.db'}", invented_takers(size, today=date(2026, 1, 15))
    await asyncio.to_thread(sql.upgrade, url, shipped("migrations"))
    database = sql.Database(url)
    registry = sql.SqlRegistry(database, b"a key of the benchmark")
    start = time.perf_counter()
    for first in range(0, size, 5000):
        await registry.put(takers[first : first + 5000], "benchmark", NOW)
    written = time.perf_counter() - start
    cases = needs(options.needs, takers)
    await best(registry, cases[0], rules, PROMISING)  # the first question of a process compiles its statements
    ours = [await best(registry, need, rules, PROMISING) for need in cases]
    scans = [await best(registry, need, rules, None) for need in cases[: options.scans]]
    await database.close()
    times = sorted(ms for ms, _ in ours)
    p50, p99 = statistics.median(times), times[min(len(times) - 1, int(0.99 * len(times)))]
    kept = sum(
        len({m.taker_id for m in scan[:10]} & {m.taker_id for m in own}) for (_, own), (_, scan) in zip(ours, scans, strict=False)
    )
    wanted = sum(min(10, len(scan)) for _, scan in scans)
    scan = statistics.median(ms for ms, _ in scans)
    print(
        f"{size:>9,}  {p50:8.1f} {p99:8.1f} {scan:12.0f}  {kept} of {wanted}  {statistics.mean(len(m) for _, m in ours):6.0f} {written:9.1f}",
        flush=True,
    )
    return p99


def main() -> int:
    """0 where the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takers", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--needs", type=int, default=40)
    parser.add_argument("--scans", type=int, default=3)
    options = parser.parse_args()
    rules = load(shipped("rules"))
    print("   takers       p50      p99    full scan  best ten  found  import s")
    with tempfile.TemporaryDirectory() as folder:
        tails = [asyncio.run(measure(Path(folder), size, options, rules)) for size in options.takers]
    good = tails[0] < GOAL and tails[-1] < GROWTH * tails[0]
    print(f"p99 under {GOAL:.0f} ms at the smallest, growth under {GROWTH:.0f} times: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
