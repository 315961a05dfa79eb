"""Writes the words that are no person's name: `python -m training.words [FILE…]`, from the corpus, the documentation and the peoples.

A word counts that is written small at least as often as it is written with a capital within a sentence.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from pathlib import Path

from listbot.reading.lexicon import norm, words_of
from training.corpus import read

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "listbot" / "reading" / "data" / "words.txt.gz"
HELD_BACK = "w10.txt"
_WORD = re.compile(r"(?<![\w@.'’-])[^\W\d_]{2,24}(?![\w@])")


def ordinary(texts: list[str]) -> list[str]:
    """The ordinary words of some texts, in order."""
    small: Counter[str] = Counter()
    great: Counter[str] = Counter()
    for text in texts:
        for m in _WORD.finditer(text):
            word = m[0]
            if word.islower():
                small[word] += 1
            elif word[1:].islower() and re.search(r"[a-z,] \Z", text[max(0, m.start() - 2) : m.start()]):
                great[word.lower()] += 1
    return sorted(w for w, count in small.items() if count >= great[w])


def main() -> None:
    """Write the table."""
    files = [Path(name) for name in sys.argv[1:]] or [
        f for f in sorted((ROOT / "training" / "corpus").glob("w*.txt")) if f.name != HELD_BACK
    ]
    texts = [f"{p.headers.get('Subject', '')}\n{p.body}" for file in files for p in read(file)]
    texts += [f.read_text(encoding="utf-8") for f in sorted((ROOT / "docs").rglob("*.md"))]
    peoples = (OUT.parent / name for name in ("countries.tsv", "languages.tsv"))
    told = {w.norm for table in peoples for w in words_of(table.read_text(encoding="utf-8"))}
    known = sorted({*map(norm, ordinary(texts)), *(w for w in told if len(w) > 2)})
    OUT.write_bytes(gzip.compress("\n".join(known).encode(), mtime=0))


if __name__ == "__main__":
    main()
