"""Import of a large registry from CSV, beside a plain one that checks nothing, and the same file once more.

    python -m benchmarks.registry [--takers 100000] [--folder /var/tmp]

`listbot registry import` reads and checks every cell, finds offices on the map and possible doubles, writes entries, where they are
found, their words and the log of changes, some thousand at a time. The rival is what a script would do: `csv.DictReader` and
SQLAlchemy Core's executemany into one table of text, in one transaction. Time by the clock and of the CPU, a process each.
Goal: 100,000 rows under 60 s by the clock.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.startup import CONFIGURATION
from listbot.adapters.registryfiles import write
from listbot.config import write_secret
from listbot.domain.invented import invented_takers

SECONDS, ROWS = 60, 100_000

RIVAL = """
import csv, sys
import sqlalchemy as sa
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
taker = sa.Table("taker", sa.MetaData(), sa.Column("email", sa.Text, primary_key=True),
                 *(sa.Column(name, sa.Text) for name in rows[0] if name != "email"))
with sa.create_engine("sqlite:///" + sys.argv[2]).begin() as connection:
    taker.create(connection)
    connection.execute(sa.insert(taker), rows)
"""


def timed(*command: str) -> float:
    """Run a command and print what it took; seconds by the clock."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, *command], stderr=subprocess.PIPE, text=True, check=True)
    clock, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    said = done.stderr.strip().splitlines()[-1:] or ["written"]
    print(f"{clock:8.1f} s   {cpu:8.1f} s CPU   {said[0]}", flush=True)
    return clock


def main() -> int:
    """0 where the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--takers", type=int, default=ROWS)
    parser.add_argument("--folder", type=Path, default=None, help="where the databases are for the while")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        (folder / "listbot.toml").write_text(CONFIGURATION.format(port=25))
        write_secret(folder / "secret")
        file = folder / "registry.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            write(invented_takers(options.takers), out)
        ours = ("-m", "listbot", "registry", "import", str(file), "--config", str(folder / "listbot.toml"))
        print(f"{options.takers:,} rows, {file.stat().st_size / 1e6:.0f} MB")
        print("csv and SQLAlchemy Core     ", end="", flush=True)
        timed("-c", RIVAL, str(file), str(folder / "rival.db"))
        print("listbot registry import     ", end="", flush=True)
        clock = timed(*ours)
        print("the same file again         ", end="", flush=True)
        timed(*ours)
    good = clock * ROWS / options.takers < SECONDS
    print(f"goal: {ROWS:,} rows under {SECONDS} s: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
