"""Learn the weights of the kind's features from the corpus: `python -m training.kind [--hold w02]`.

Softmax regression with a pull towards what a person thinks the features are worth, so that no single wording decides;
plain numpy, seconds. Measures by leaving out one writer after the other, then learns from all and writes `listbot/reading/data/kind.json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from listbot.domain.reading import Kind
from listbot.reading import Reader, body, load_settings
from listbot.reading.kind import WEIGHTS, features
from listbot.reading.kind_cues import PRIOR
from training.corpus import read
from training.loading import RULES, as_post

CORPUS = Path(__file__).parent / "corpus"
KINDS = [k.value for k in Kind]
PULL = 0.1
"""Strength of that pull (measured by leaving writers out)."""


def rows(reader: Reader, files: list[Path]) -> tuple[list[dict[str, float]], list[int], list[str]]:
    """Features, kinds and writers of all posts."""
    found, kinds, writers = [], [], []
    for file in files:
        for p in read(file):
            post = as_post(p)
            parts = body.parts_of(post)
            view = reader.view(post, f"{post.subject}\n{post.text}", parts)
            found.append(features(*reader.kind_view(post, view, parts))[0])
            kinds.append(KINDS.index(p.labels["kind"]))
            writers.append(file.stem)
    return found, kinds, writers


def learn(x: np.ndarray, y: np.ndarray, pull: float, prior: np.ndarray) -> np.ndarray:
    """Weights (features by kinds) by gradient descent with momentum; posts of rare kinds count a little more."""
    w = prior.copy()
    speed = np.zeros_like(w)
    counts = np.bincount(y, minlength=len(KINDS))
    weight = (len(y) / len(KINDS) / np.maximum(counts, 1))[y] ** 0.25
    target = np.eye(len(KINDS))[y]
    for _ in range(1500):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        gradient = x.T @ ((p - target) * weight[:, None]) / len(y) + pull * (w - prior) / 10
        speed = 0.9 * speed - 0.5 * gradient
        w += speed
    return w


def main() -> None:
    """Measure, learn, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--hold", default="", help="writers left out of the weights written")
    options.add_argument("--pull", type=float, default=PULL)
    a = options.parse_args()
    reader = Reader(load_settings(RULES), model=None)
    found, kinds, writers = rows(reader, sorted(CORPUS.glob("*.txt")))
    names = sorted({n for f in found for n in f})
    x = np.array([[f.get(n, 0.0) for n in names] for f in found])
    y, who = np.array(kinds), np.array(writers)
    prior = np.array([[PRIOR[k].get(n, 0.0) for k in KINDS] for n in names])
    for writer in sorted(set(writers)):
        w = learn(x[who != writer], y[who != writer], a.pull, prior)
        got = (x[who == writer] @ w).argmax(1)
        plea = y[who == writer] == 0
        print(
            f"{writer}: kind {np.mean(got == y[who == writer]):.3f}, pleas seen {np.mean(got[plea] == 0):.3f}, false "
            f"{np.mean(plea[got == 0] == 0):.3f}"
        )
    keep = ~np.isin(who, a.hold.split(","))
    w = learn(x[keep], y[keep], a.pull, prior)
    table = {k: {n: round(float(w[i, j]), 3) for i, n in enumerate(names) if abs(w[i, j]) >= 0.005} for j, k in enumerate(KINDS)}
    WEIGHTS.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
