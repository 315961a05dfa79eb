"""Learn the weights of the kind's features from the corpus: `python -m training.kind [--hold w02]`.

Measures by leaving out one writer after the other, then learns from all and writes `listbot/reading/data/kind.json`, and the corpus
as features for those who learn on from their moderators' corrections. See `listbot.reading.learning`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from listbot.domain.reading import Kind
from listbot.reading import Reader, load_settings
from listbot.reading.kind import WEIGHTS
from listbot.reading.kind_cues import PRIOR
from listbot.reading.learning import EXAMPLES, PULL, Example, figures, learned
from training.corpus import read
from training.loading import RULES, as_post

CORPUS = Path(__file__).parent / "corpus"
HARD = frozenset({"w14"})
"""Writers whose posts are made to seem of another kind: single words tell nothing there, only the encoder learns from them."""


def examples(reader: Reader, files: Sequence[Path]) -> list[Example]:
    """Features, kinds and writers of all posts."""
    posts = ((file.stem, p) for file in files for p in read(file))
    return [Example(reader.kind_features(as_post(p)), Kind(p.labels["kind"]), writer) for writer, p in posts]


def main() -> None:
    """Measure, learn, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--hold", default="", help="writers left out of the weights written")
    options.add_argument("--pull", type=float, default=PULL)
    options.add_argument("--dry", action="store_true", help="measure only")
    a = options.parse_args()
    found = examples(Reader(load_settings(RULES), model=None), [f for f in sorted(CORPUS.glob("*.txt")) if f.stem not in HARD])
    for writer in sorted({e.writer for e in found}):
        weights = learned([e for e in found if e.writer != writer], PRIOR, pull=a.pull)
        f = figures([e for e in found if e.writer == writer], weights)
        print(f"{writer}: kind {f.right:.3f}, pleas seen {f.pleas_seen:.3f}, true {f.pleas_true:.3f}")
    if a.dry:
        return
    table = learned([e for e in found if e.writer not in a.hold.split(",")], PRIOR, pull=a.pull)
    WEIGHTS.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n")
    rows = [[e.writer, e.kind.value, e.features] for e in found]
    EXAMPLES.write_bytes(gzip.compress(json.dumps(rows, separators=(",", ":"), sort_keys=True).encode(), mtime=0))


if __name__ == "__main__":
    main()
