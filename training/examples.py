"""Corpus posts as training examples: tokens, candidates, and what the writer marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from listbot.domain.reading import Span
from listbot.reading import Reader, body, passages
from listbot.reading.features import CLASSES, KINDS, OFFSET, RELIEF_IDS, SCOPES, Encoded, encode
from listbot.reading.judgement import View
from training.corpus import LabelledPost, read
from training.loading import as_post
from training.stages import over, role_of

UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Example:
    """An encoded post with its targets; UNKNOWN where nothing is known."""

    name: str
    encoded: Encoded
    kind: int
    roles: list[int]
    relief: list[float]
    detained: float
    minor: float
    several: float
    scope: int
    names: list[float]
    plea: bool


def examples(files: list[Path], reader: Reader, tokenizer: object, limit: int) -> list[Example]:
    """Every post of the files."""
    return [example(post, viewed(post, reader), tokenizer, limit) for file in files for post in read(file)]


def cuttings(files: list[Path], reader: Reader, tokenizer: object, limit: int) -> list[Example]:
    """The paragraphs of the posts, each as an example of its own: what reading does with long posts."""
    out = []
    for file in files:
        for post in read(file):
            view = viewed(post, reader)
            for span in passages.paragraphs(view):
                if len(view.text[span[0] : span[1]].split()) >= _FEWEST_WORDS:
                    alone = replace(view, subject_end=0, new=(span,), brought=())
                    whole = example(post, alone, tokenizer, limit)
                    out.append(replace(whole, plea=False, kind=_kind_of_paragraph(post, span, view), several=UNKNOWN, scope=UNKNOWN,
                                       detained=UNKNOWN, minor=UNKNOWN))  # fmt: skip
    return out


_FEWEST_WORDS = 20


def _kind_of_paragraph(post: LabelledPost, span: tuple[int, int], view: View) -> int:
    """The post's kind where the paragraph shows it: one of a plea tells of a client, one of a question asks; else UNKNOWN."""
    kind = post.labels["kind"]
    inside = [m for m in post.marks if span[0] <= m.start < span[1]]
    tells = any(m.type == "R" and m.attributes.get("status") == "asked" for m in inside) and any(m.needs for m in inside)
    shown = {"referral": tells, "question": "?" in view.text[span[0] : span[1]]}.get(kind, True)
    return KINDS.index(kind) if shown else UNKNOWN


def viewed(post: LabelledPost, reader: Reader) -> View:
    """The post as an encoder sees it."""
    typed = as_post(post)
    return reader.view(typed, f"{typed.subject}\n{typed.text}", body.parts_of(typed))


def example(post: LabelledPost, view: View, tokenizer: object, limit: int) -> Example:
    """One post: its candidates found as in reading, their targets from the marks that they share characters with."""
    encoded = encode(view, tokenizer, limit)
    m = view.mentions
    spans = {
        "P": [p.mention.span for p in m.places],
        "D": [d.mention.span for d in m.dates],
        "R": [r.mention.span for r in m.relief],
    }
    roles = [
        OFFSET[c.type] + CLASSES[c.type].index(_role(post, c.type, spans[c.type][c.index], view)) for c in encoded.candidates
    ]
    names = [x for x in post.marks if x.type == "I" and "name" in x.attributes]
    needs = post.labels.get("needs") or []
    return Example(
        name=post.name,
        encoded=encoded,
        kind=KINDS.index(post.labels["kind"]),
        roles=roles,
        relief=[float(any(r in n["relief"] for n in needs)) for r in RELIEF_IDS],
        detained=_same(needs, "detained"),
        minor=_same(needs, "minor"),
        several=float(len(needs) > 1) if needs else UNKNOWN,
        scope=SCOPES.index(needs[0].get("scope") or "none") if len({n.get("scope") for n in needs}) == 1 else UNKNOWN,
        names=[float(any(s < x.end and e > x.start for x in names)) for s, e in encoded.spans],
        plea=bool(needs),
    )


def _role(post: LabelledPost, type_: str, span: Span, view: View) -> str:
    """What the candidate at a span was marked as; one left unmarked is what the same words are marked as elsewhere in the post."""
    marks = [m for m in post.marks if m.type == type_]
    mark = next((m for m in marks if over([span], m) is not None), None)
    if mark:
        return role_of(mark)
    called = _called(view.text[span[0] : span[1]])
    alike = {role_of(m) for m in marks if _called(m.text) == called}
    return alike.pop() if len(alike) == 1 else "none"


def _called(words: str) -> str:
    """The words of a mention without what varies: "Durham, NC" is "durham"."""
    return words.split(",")[0].strip(" .").lower()


def _same(needs: list[dict], key: str) -> float:  # type: ignore[type-arg]
    values = {n.get(key) for n in needs}
    return float(values.pop()) if len(values) == 1 and None not in values else UNKNOWN
