"""The labelled corpus: plain text files with inline marks, read into posts with spans.

A file in `training/corpus/` holds posts in this form (`corpus/README.md` tells a writer how to mark)::

    === jo-001
    From: Ana Field <ana@clinic.example>
    Subject: 17yo moving to {{P need=1|Charlotte}}
    Date: Tue, 14 Jan 2025 10:02:00 -0500

    Body, every place, date, relief and identifier marked …
    --- labels
    {"kind": "referral", "needs": [ … ]}

`python -m training.corpus check FILE…` names every fault with its line.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

from listbot.reading.features import RELIEF_IDS

KINDS = {"referral", "offer", "response", "placed", "question", "announcement", "other"}
RELIEF = frozenset(RELIEF_IDS)
DEADLINE_KINDS = {"filing", "hearing", "one_year", "age_out", "appeal", "response", "other"}
PLACE_ROLES = {"need", "former", "office", "court", "entry", "hospital", "school", "other"}
DATE_ROLES = DEADLINE_KINDS | {"entry", "birth", "decision", "past", "event"}
RELIEF_STATUS = {"asked", "background", "granted", "ruled_out", "handled"}
IDENTIFIERS = {"a_number", "receipt", "ssn", "passport", "birth_date", "phone", "email", "address", "name"}
NEED_KEYS = {
    "states",
    "city",
    "facility",
    "relief",
    "deadline",
    "deadline_alt",
    "deadline_kind",
    "detained",
    "languages",
    "country",
    "minor",
    "scope",
    "age",
}
MARK = re.compile(r"\{\{([PDRI])((?:\s+[^\s|{}]+)*)\s*\|([^{}]*)\}\}")


@dataclass(frozen=True)
class Mark:
    """One marked span of the post's text (subject, newline, body), offsets after the marks are taken out."""

    type: str
    start: int
    end: int
    text: str
    attributes: dict[str, str]

    @property
    def needs(self) -> tuple[int, ...]:
        """The clients (from 1) that the mark belongs to."""
        return tuple(int(n) for n in self.attributes.get("need", "").split(",") if n.isdigit())


@dataclass(frozen=True)
class LabelledPost:
    """A corpus post: headers, text without marks, marks, labels."""

    name: str
    line: int
    headers: dict[str, str]
    subject: str
    body: str
    marks: tuple[Mark, ...]
    labels: dict = field(hash=False)

    @property
    def text(self) -> str:
        return self.subject + "\n" + self.body


def strip_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its marks, and the marks with offsets into that text."""
    out: list[str] = []
    marks: list[Mark] = []
    length = at = 0
    for m in MARK.finditer(marked):
        out.append(marked[at : m.start()])
        length += m.start() - at
        words = m[2].split()
        attributes = dict(w.split("=", 1) if "=" in w else (w, "yes") for w in words)
        marks.append(Mark(m[1], length, length + len(m[3]), m[3], attributes))
        out.append(m[3])
        length += len(m[3])
        at = m.end()
    out.append(marked[at:])
    return "".join(out), tuple(marks)


def read(path: Path) -> Iterator[LabelledPost]:
    """The posts of one corpus file, in order. Raises ValueError naming file and line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("=== ")]
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else len(lines)
        where = f"{path}:{start + 1}"
        chunk = lines[start + 1 : end]
        try:
            cut = len(chunk) - 1 - chunk[::-1].index("--- labels")
        except ValueError:
            raise ValueError(f"{where}: no line '--- labels'") from None
        try:
            labels = json.loads("\n".join(chunk[cut + 1 :]))
        except ValueError as e:
            raise ValueError(f"{path}:{start + cut + 3}: labels are not JSON: {e}") from None
        headers: dict[str, str] = {}
        at = 0
        while at < cut and chunk[at].strip():
            key, _, value = chunk[at].partition(":")
            headers[key.strip().title()] = value.strip()
            at += 1
        subject, body = headers.get("Subject", ""), "\n".join(chunk[at + 1 : cut]).rstrip() + "\n"
        text, marks = strip_marks(subject + "\n" + body)
        plain_subject, _, plain_body = text.partition("\n")
        yield LabelledPost(lines[start][4:].strip(), start + 1, headers, plain_subject, plain_body, marks, labels)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def faults(post: LabelledPost) -> Iterator[str]:
    """What is wrong with one post, in words."""
    g = post.labels
    for key in ("From", "Date"):
        if key not in post.headers:
            yield f"no {key} header"
    try:
        parsedate_to_datetime(post.headers.get("Date", ""))
    except ValueError:
        yield f"Date header cannot be read: {post.headers.get('Date')}"
    if "{{" in post.text or "}}" in post.text:
        yield "a mark is malformed: " + post.text[max(0, post.text.find("{{")) :][:60]
    if g.get("kind") not in KINDS:
        yield f"kind {g.get('kind')!r}"
    needs = g.get("needs", [])
    if bool(needs) != (g.get("kind") == "referral"):
        yield "needs are for referrals, and a referral has at least one"
    for n, need in enumerate(needs, 1):
        for key in need.keys() - NEED_KEYS:
            yield f"need {n}: unknown key {key}"
        for key in {"states", "relief", "deadline"} - need.keys():
            yield f"need {n}: no {key}"
        for r in set(need.get("relief") or []) - RELIEF:
            yield f"need {n}: relief {r!r}"
        if need.get("deadline") and not _is_date(need["deadline"]):
            yield f"need {n}: deadline {need['deadline']!r}"
        if bool(need.get("deadline")) != (need.get("deadline_kind") in DEADLINE_KINDS):
            yield f"need {n}: deadline and deadline_kind do not go together"
    for m in post.marks:
        a, shown = m.attributes, f"{m.type} mark {m.text!r}"
        if any(n < 1 or n > len(needs) for n in m.needs) and needs:
            yield f"{shown}: need {a['need']} of {len(needs)}"
        if m.type == "P" and not set(a) & PLACE_ROLES:
            yield f"{shown}: no role among {sorted(PLACE_ROLES)}"
        if m.type == "D":
            if a.get("role") not in DATE_ROLES:
                yield f"{shown}: role {a.get('role')!r}"
            if a.get("iso", "-") != "-" and not _is_date(a["iso"]):
                yield f"{shown}: iso {a['iso']!r}"
        if m.type == "R":
            if a.get("status") not in RELIEF_STATUS:
                yield f"{shown}: status {a.get('status')!r}"
            if not set(a.get("id", "").split(",")) <= RELIEF:
                yield f"{shown}: id {a.get('id')!r}"
        if m.type == "I" and not set(a) & IDENTIFIERS:
            yield f"{shown}: no kind among {sorted(IDENTIFIERS)}"
    for n, need in enumerate(needs, 1):
        if need.get("deadline"):
            given = {m.attributes.get("iso") for m in post.marks if m.type == "D"}
            given |= {m.attributes.get("gives", "").partition(":")[2] for m in post.marks if m.type == "D"}
            if not given & {need["deadline"], *(need.get("deadline_alt") or [])}:
                yield f"need {n}: no date mark has or gives the deadline {need['deadline']}"


def main(arguments: list[str]) -> int:
    """`check FILE…`: every fault with file and line; exit 1 if any."""
    bad, kinds, seen = 0, Counter[str](), set()
    for name in arguments[1:]:
        try:
            for post in read(Path(name)):
                kinds[post.labels.get("kind", "?")] += 1
                found = list(faults(post))
                if post.name in seen:
                    found.append("name used twice")
                seen.add(post.name)
                for fault in found:
                    print(f"{name}:{post.line}: {post.name}: {fault}")
                bad += len(found)
        except ValueError as e:
            print(e)
            bad += 1
    print(f"{sum(kinds.values())} posts, {bad} faults, {dict(kinds)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
