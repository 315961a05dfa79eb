"""The reader's figures on labelled posts, writer by writer: `python -m training.evaluate [--misses] [--no-model] FILE…`.

A FILE is a corpus file, or a folder of NAME.eml beside NAME.gold.json.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from listbot.domain.reading import Reading
from listbot.reading import Reader, load_settings
from training.corpus import read
from training.loading import RULES, labelled
from training.oracle import Oracle
from training.scoring import Tally


def as_labels(reading: Reading) -> dict[str, Any]:
    """A reading in the form of the contract, as far as it is scored."""
    plain = json.loads(json.dumps([asdict(n) for n in reading.needs], default=str))
    return {"kind": reading.kind.value, "needs": plain, "hold": reading.hold, "redacted_text": reading.redacted_text}


def main() -> None:
    """Print the figures of every file, and of all together where there are several."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--misses", action="store_true")
    options.add_argument("--no-model", action="store_true", help="rules alone")
    options.add_argument("--model", type=Path, help="folder of another encoder than the shipped one")
    options.add_argument("--oracle", action="store_true", help="with the marks' own roles instead of judged ones")
    options.add_argument("--only", default="", help="print misses of this field only")
    a = options.parse_args()
    reader = Reader(load_settings(RULES), **({"model": None} if a.no_model else {"model": a.model} if a.model else {}))
    columns, everything = {}, Tally()
    for file in a.files:
        tally, started = Tally(), time.perf_counter()
        marked = {p.name: p for p in read(file)} if a.oracle else {}
        for name, post, gold, pii in labelled(file):
            if a.oracle:
                reader.judge = Oracle(marked[name])
            read_as = as_labels(reader.read(post))
            tally.add(name, gold, read_as, pii)
            everything.add(name, gold, read_as, pii)
        columns[file.stem] = tally.figures() | {"posts a second": round(tally.c["posts"] / (time.perf_counter() - started), 1)}
    if a.misses:
        print("\n".join(m for m in everything.misses if f": {a.only}" in m))
    if len(columns) > 1:
        columns["all"] = everything.figures()
    width = max(8, *(len(c) + 1 for c in columns))
    print(" " * 28 + "".join(f"{c:>{width}}" for c in columns))
    for key in next(iter(columns.values())):
        print(f"{key:28}" + "".join(f"{columns[c].get(key, '')!s:>{width}}" for c in columns))


if __name__ == "__main__":
    main()
