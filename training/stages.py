"""How well each stage proposes and judges: `python -m training.stages FILE… [--show P|D|R]`.

For every mark of the corpus's pleas: is there a candidate over it, with the right value, in the right role?
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from listbot.domain.reading import Span
from listbot.reading import Reader, body, load_settings
from training.corpus import LabelledPost, Mark, read
from training.loading import RULES, as_post

PLACE_ROLE = {"hospital": "other", "school": "other"}


def role_of(mark: Mark) -> str:
    """The mark's role, in the words of the reader."""
    if mark.type == "P":
        name = next(
            r for r in ("need", "former", "office", "court", "entry", "hospital", "school", "other") if r in mark.attributes
        )
        return PLACE_ROLE.get(name, name)
    return mark.attributes.get("role") or mark.attributes.get("status", "")


def over(spans: list[Span], mark: Mark) -> int | None:
    """The candidate that shares most with a mark."""
    shared = [(min(e, mark.end) - max(s, mark.start), i) for i, (s, e) in enumerate(spans)]
    best = max(shared, default=(0, -1))
    return best[1] if best[0] > 0 else None


def outcomes(reader: Reader, post: LabelledPost) -> Iterator[tuple[str, str, str, Mark]]:
    """Type, outcome (missed, value, role, right), the reader's role, and the mark, of every mark in a post's new words."""
    typed = as_post(post)
    text = f"{typed.subject}\n{typed.text}"
    view = reader.view(typed, text, body.parts_of(typed))
    live, found = view.text, view.mentions
    candidates = {
        "P": ([p.mention.span for p in found.places], [p.role for p in found.places]),
        "D": ([d.mention.span for d in found.dates], [d.role.value for d in found.dates]),
        "R": ([r.mention.span for r in found.relief], [r.status for r in found.relief]),
    }
    for mark in post.marks:
        if mark.type == "I" or not live[mark.start : mark.end].strip():
            continue
        spans, roles = candidates[mark.type]
        at = over(spans, mark)
        if at is None:
            yield mark.type, "missed", "-", mark
            continue
        wrong = False
        if mark.type == "D" and mark.attributes.get("iso", "-") != "-":
            wrong = mark.attributes["iso"] not in {
                str(found.dates[at].day),
                str(found.dates[at].mention.ahead),
                str(found.dates[at].mention.back),
            }
        if mark.type == "R":
            wrong = not set(mark.attributes["id"].split(",")) & set(found.relief[at].mention.ids)
        outcome = "value" if wrong else "right" if roles[at] == role_of(mark) else "role"
        yield mark.type, outcome, roles[at], mark


def main() -> None:
    """Print the shares, and with --show the marks that were missed or misjudged."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--show", default="")
    options.add_argument("--what", default="missed,value,role")
    a = options.parse_args()
    reader = Reader(load_settings(RULES), model=None)
    counts: Counter[tuple[str, str]] = Counter()
    confused: Counter[tuple[str, str, str]] = Counter()
    for file in a.files:
        for post in read(file):
            if post.labels["kind"] != "referral":
                continue
            for kind, outcome, got, mark in outcomes(reader, post):
                counts[kind, outcome] += 1
                confused[kind, role_of(mark), got] += outcome == "role"
                if kind in a.show and outcome in a.what.split(","):
                    near = (
                        post.text[max(0, mark.start - 50) : mark.start]
                        + "["
                        + mark.text
                        + "]"
                        + post.text[mark.end : mark.end + 30]
                    )
                    print(
                        f"{outcome:7}{post.name} {role_of(mark)}->{got} {mark.attributes.get('id', mark.attributes.get('iso', ''))} {near!r}"
                    )
    for kind in "PDR":
        total = sum(n for (k, _), n in counts.items() if k == kind) or 1
        print(kind, total, {o: round(counts[kind, o] / total, 3) for o in ("missed", "value", "role", "right")})
        print("   ", ", ".join(f"{want}->{got} {n}" for (k, want, got), n in confused.most_common() if k == kind and n > 2))


if __name__ == "__main__":
    main()
