"""Learn how the signs of a right reading weigh: `python -m training.confidence DIR=FILE,FILE DIR=FILE …`.

Each FILE is read with the encoder in its DIR, which must not have learned from that writer: the shipped one has not from those held
back, and others are trained with other writers held back, so that most of the corpus can be used. Logistic regression with a pull to zero, plain numpy,
seconds; measured by leaving out a tenth of the posts in turn, then learned from all and written to `listbot/reading/data/confidence.json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from listbot.domain.reading import Kind
from listbot.reading import Reader
from listbot.reading.confidence import WEIGHTS
from training.evaluate import as_labels
from training.loading import labelled, unseen
from training.scoring import Tally

PULL = 0.02
FOLDS = 10


def rows(reader: Reader, files: list[Path]) -> tuple[list[dict[str, float]], list[bool]]:
    """Signs of every post read as a plea, and whether all of it was right."""
    signs, right = [], []
    for file in files:
        for name, post, gold, _ in labelled(file):
            text = f"{post.subject}\n{post.text}"
            understood = reader.understand(post, text)
            if understood.guess.kind is Kind.REFERRAL:
                signs.append(dict(understood.signs))
                right.append(Tally().add(name, gold, as_labels(reader.told(post, text, understood))))
    return signs, right


def learn(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights by gradient descent with momentum; the bias is not pulled."""
    w, speed = np.zeros(x.shape[1]), np.zeros(x.shape[1])
    pull = np.full(x.shape[1], PULL)
    pull[0] = 0.0
    for _ in range(4000):
        p = 1 / (1 + np.exp(-(x @ w)))
        speed = 0.9 * speed - 0.05 * (x.T @ (p - y) / len(y) + pull * w)
        w += speed
    return w


def report(p: np.ndarray, y: np.ndarray) -> None:
    """Calibration by fifths, and what could be left alone."""
    order = np.argsort(p)
    print(f"{len(y)} pleas, right {y.mean():.3f}, Brier {np.mean((p - y) ** 2):.3f}")
    for part in np.array_split(order, 5):
        print(f"  said {p[part].mean():.2f}  was {y[part].mean():.2f}  ({p[part].min():.2f} to {p[part].max():.2f})")
    for limit in (0.5, 0.6, 0.7, 0.8, 0.9):
        alone = p >= limit
        print(f"  from {limit}: {alone.mean():.2f} of pleas alone, right {y[alone].mean() if alone.any() else 1:.3f}")


def main() -> None:
    """Measure, learn, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("groups", nargs="+", metavar="DIR=FILE,FILE")
    options.add_argument("--dry", action="store_true", help="measure only")
    a = options.parse_args()
    signs, right = [], []
    for reader, files in unseen(a.groups):
        some, good = rows(reader, files)
        signs, right = signs + some, right + good
    names = ["bias", *sorted({n for s in signs for n in s} - {"bias"})]
    x = np.array([[s.get(n, 0.0) for n in names] for s in signs])
    y = np.array(right, dtype=float)
    fold = np.random.default_rng(7).permutation(len(y)) % FOLDS
    p = np.zeros(len(y))
    for k in range(FOLDS):
        p[fold == k] = 1 / (1 + np.exp(-(x[fold == k] @ learn(x[fold != k], y[fold != k]))))
    report(p, y)
    w = learn(x, y)
    print({n: round(float(v), 2) for n, v in zip(names, w, strict=True)})
    if not a.dry:
        table = {n: round(float(v), 3) for n, v in zip(names, w, strict=True) if abs(v) >= 0.005}
        WEIGHTS.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
