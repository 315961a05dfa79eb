"""Learning the kind's weights: from the corpus, and anew with posts that moderators corrected.

Softmax regression over the features of `kind.py`, with a pull towards weights that are known (a person's, or those in force), so that
no single wording decides. The corpus comes along as features without words (`data/kind_examples.json.gz`, written by `python -m
training.kind`); some of its writers, and every fourth corrected post, are held back to measure on.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listbot.domain.reading import Kind
from listbot.domain.rules import Thresholds
from listbot.reading.kind import KindWeights, scores_of, shares_of

EXAMPLES = Path(__file__).parent / "data" / "kind_examples.json.gz"
HELD_BACK = frozenset({"w10"})
"""Writers of the corpus on whom is measured: the shipped weights have not seen them."""
LOSS = 0.01
"""Share of the corpus's kinds that may be lost for what is gained on the list's own posts."""
HELD = Thresholds().hold_plea_above
"""A plea that is so likely one goes to a moderator whatever it is taken for: it is not missed."""
EVERY = 4
"""One of so many corrected posts is held back."""
OWN_WEIGHT = 3.0
"""How many posts of the corpus one corrected post outweighs: it is from the list itself."""
PULL, PULL_OF_OWN = 0.1, 0.3
"""Strength of the pull, from the corpus and in a lesson: there the weights in force have learned from the corpus already."""
STEPS, RATE, MOMENTUM = 1500, 0.5, 0.9
KINDS = tuple(k.value for k in Kind)


@dataclass(frozen=True, slots=True)
class Example:
    """A post's features and its right kind. `writer`: of the corpus; "" for a corrected post."""

    features: Mapping[str, float]
    kind: Kind
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1 on held-back posts."""

    posts: int
    right: float
    pleas_seen: float  #: as pleas, or likely enough to be one that a moderator looks
    pleas_true: float  #: of the posts taken for pleas


@dataclass(frozen=True, slots=True)
class Lesson:
    """New weights, and what they and those before make of held-back posts: of the corpus, of the corrected ones."""

    weights: KindWeights
    corpus: tuple[Figures, Figures]
    own: tuple[Figures, Figures]

    @property
    def better(self) -> bool:
        """No plea more missed, and more of the corrected posts right, while the corpus loses next to nothing."""
        (corpus, corpus_after), (own, own_after) = self.corpus, self.own
        safe = corpus_after.pleas_seen >= corpus.pleas_seen and own_after.pleas_seen >= own.pleas_seen
        gained = own_after.right > own.right or own_after.pleas_seen > own.pleas_seen
        return safe and gained and corpus_after.right >= corpus.right - LOSS


def corpus_examples() -> list[Example]:
    """The corpus as features."""
    rows = json.loads(gzip.decompress(EXAMPLES.read_bytes()))
    return [Example(features, Kind(kind), writer) for writer, kind, features in rows]


def lesson(corpus: Sequence[Example], own: Sequence[Example], before: KindWeights) -> Lesson:
    """Learn from both, measure on what is held back. `own`, the corrected posts, in the order they came."""
    held, held_own = [e for e in corpus if e.writer in HELD_BACK], own[EVERY - 1 :: EVERY]
    mine = [e for i, e in enumerate(own) if i % EVERY != EVERY - 1]
    taught = [*(e for e in corpus if e.writer not in HELD_BACK), *mine]
    weight = [1.0] * (len(taught) - len(mine)) + [OWN_WEIGHT] * len(mine)
    after = learned(taught, before, weight, PULL_OF_OWN)
    return Lesson(
        after,
        (figures(held, before), figures(held, after)),
        (figures(held_own, before), figures(held_own, after)),
    )


def learned(examples: Sequence[Example], prior: KindWeights, weight: Sequence[float] = (), pull: float = PULL) -> KindWeights:
    """Weights by gradient descent with momentum; posts of rare kinds count a little more. The same input gives the same weights."""
    import numpy as np

    names = sorted({n for e in examples for n in e.features} | {n for row in prior.values() for n in row})
    x, target = _matrix(examples, names), np.eye(len(KINDS))[[KINDS.index(e.kind.value) for e in examples]]
    start = np.array([[prior[k].get(n, 0.0) for k in KINDS] for n in names])
    counts = target.sum(0)
    each = (len(examples) / len(KINDS) / np.maximum(counts, 1))[target.argmax(1)] ** 0.25 * (np.array(weight) if weight else 1.0)
    w, speed = start.copy(), np.zeros_like(start)
    for _ in range(STEPS):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        gradient = x.T @ ((p - target) * each[:, None]) / len(examples) + pull * (w - start) / 10
        speed = MOMENTUM * speed - RATE * gradient
        w += speed
    return {k: {n: round(float(w[i, j]), 3) for i, n in enumerate(names) if abs(w[i, j]) >= 0.005} for j, k in enumerate(KINDS)}


def figures(examples: Sequence[Example], weights: KindWeights) -> Figures:
    """What weights make of posts."""
    seen: Counter[str] = Counter()
    for e in examples:
        scores = scores_of(e.features, weights)
        got, plea = max(Kind, key=lambda k: scores[k]), e.kind is Kind.REFERRAL
        said = got is Kind.REFERRAL
        noticed = said or shares_of(scores)[Kind.REFERRAL] >= HELD
        seen.update(
            right=int(got is e.kind), pleas=int(plea), seen=int(plea and noticed), said=int(said), true=int(plea and said)
        )
    return Figures(
        len(examples),
        _share(seen["right"], len(examples)),
        _share(seen["seen"], seen["pleas"]),
        _share(seen["true"], seen["said"]),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:
    import numpy as np

    at = {n: i for i, n in enumerate(names)}
    x = np.zeros((len(examples), len(names)))
    for row, e in enumerate(examples):
        for name, value in e.features.items():
            x[row, at[name]] = value
    return x
