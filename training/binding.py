"""Learn which dated candidates bind a taker: `python -m training.binding DIR=FILE,FILE DIR=FILE … [--dry]`.

Each FILE is read with the encoder in its DIR, which must not have learned from that writer: on others its shares are too good. A candidate of a need binds if it is
the labelled deadline, does not if it is earlier or none is labelled; of later ones the label says nothing. Measures by leaving out
one writer after the other, then writes `listbot/reading/data/binding.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from listbot.domain.reading import Kind
from listbot.reading import Reader, deadlines
from listbot.reading.binding import WEIGHTS, Candidate, Case, candidates, signs
from listbot.reading.logistic import likelihood
from training.corpus import LabelledPost, read
from training.evaluate import as_labels
from training.loading import as_post, unseen
from training.scoring import paired


@dataclass(frozen=True)
class Example:
    """The candidates of a need with their signs, and the days that are right."""

    writer: str
    name: str
    found: tuple[tuple[Candidate, dict[str, float]], ...]
    right: frozenset[str]  #: empty where none binds


def examples(reader: Reader, file: Path) -> Iterator[Example]:
    """One for each need that is read and labelled."""
    for post in read(file):
        if post.labels["kind"] == Kind.REFERRAL.value:
            yield from _of(reader, post, file.stem)


def _of(reader: Reader, post: LabelledPost, writer: str) -> Iterator[Example]:
    weighed: list[tuple[list[Candidate], Case]] = []
    binding = deadlines.binding

    def listen(dates: Any, text: str, today: date, relief: Any = (), age: int | None = None) -> Any:
        case = Case(text, today, frozenset(relief), age)
        weighed.append((candidates(list(dates), case), case))
        return binding(dates, text, today, relief, age)

    with patch.object(deadlines, "binding", listen):
        reading = reader.read(as_post(post))
    needs: list[dict[str, Any]] = as_labels(reading).get("needs") or []
    if len(weighed) != len(needs):
        return
    for gold, got in paired(post.labels["needs"], list(needs)):
        if gold is None or not got:
            continue
        found, case = weighed[next(i for i, n in enumerate(needs) if n is got)]
        right = {d for d in (gold.get("deadline"), *(gold.get("deadline_alt") or [])) if d}
        yield Example(writer, post.name, tuple((c, signs(c, found, case)) for c in found), frozenset(right))


def rows(found: Sequence[Example]) -> list[tuple[dict[str, float], bool]]:
    """Signs, and whether the candidate binds."""
    out = []
    for e in found:
        latest = max(e.right, default="9999")
        out += [(s, str(c.day) in e.right) for c, s in e.found if str(c.day) <= latest]
    return out


def fitted(found: Sequence[Example], pull: float) -> dict[str, float]:
    """Logistic weights, pulled to nought; Newton's method."""
    data = rows(found)
    names = sorted({n for s, _ in data for n in s})
    x = np.array([[s.get(n, 0.0) for n in names] for s, _ in data])
    y = np.array([float(binds) for _, binds in data])
    w = np.zeros(len(names))
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + pull * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + pull * np.eye(len(names))
        w -= np.linalg.solve(curve, slope)
    return {n: round(float(v), 3) for n, v in zip(names, w, strict=True)}


def share_right(found: Sequence[Example], table: dict[str, float] | None, bar: float = 0.5) -> float:
    """Needs with the right deadline, by these weights, or by rules alone."""

    def chosen(e: Example) -> str | None:
        held = [c.day for c, s in e.found if (c.ruled if table is None else likelihood(s, table) >= bar)]
        return str(min(held)) if held else None

    return sum((chosen(e) in e.right) if e.right else chosen(e) is None for e in found) / max(1, len(found))


def main() -> None:
    """Measure, learn, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("groups", nargs="+", metavar="DIR=FILE,FILE")
    options.add_argument("--pull", type=float, default=1.0)
    options.add_argument("--dry", action="store_true", help="measure only")
    a = options.parse_args()
    found = [e for reader, files in unseen(a.groups) for file in files for e in examples(reader, file)]
    for writer in sorted({e.writer for e in found}):
        table = fitted([e for e in found if e.writer != writer], a.pull)
        held = [e for e in found if e.writer == writer]
        print(f"{writer}: by rules {share_right(held, None):.3f}, weighed {share_right(held, table):.3f}")
    if not a.dry:
        WEIGHTS.write_text(json.dumps(fitted(found, a.pull), indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
