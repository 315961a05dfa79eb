"""How answers are read: `python -m training.answers [--misses] [FOLDER]`; without a folder, the parts of the corpus."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from listbot.adapters.mime import parse
from training.answers.corpus import HELD_BACK, SEEN, LabelledAnswer, read
from training.answers.scoring import Figures, score


def answers(files: Iterable[Path]) -> list[LabelledAnswer]:
    """All answers of some files."""
    return [answer for file in files for answer in read(file)]


def folder(path: Path) -> Iterator[LabelledAnswer]:
    """Labelled messages: NAME.eml beside NAME.gold.json."""
    for file in sorted(path.glob("*.eml")):
        gold = json.loads(file.with_suffix(".gold.json").read_text())
        raw = file.read_bytes()
        voice = str(parse(raw)[0].author)
        yield LabelledAnswer(file.stem, voice, raw, gold["reading"], gold.get("until"), gold.get("slots"), gold.get("refer_to"))


def main() -> None:
    """Print the figures of the seen and of the held-back part, or of a folder."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--misses", action="store_true", help="name what was read wrong; of the held-back part its names only")
    a = options.parse_args()
    columns: dict[str, Figures] = {}
    if a.folder:
        columns[a.folder.name] = score(folder(a.folder))
    else:
        columns = {"seen": score(answers(SEEN)), "held back": score(answers(HELD_BACK))}
    if a.misses:
        print("\n".join(miss for figures in columns.values() for miss in figures.misses))
    print(" " * 26 + "".join(f"{name:>12}" for name in columns))
    for key in next(iter(columns.values())).shown:
        print(f"{key:26}" + "".join(f"{figures.shown[key]!s:>12}" for figures in columns.values()))


if __name__ == "__main__":
    main()
