"""Labelled posts as the reader sees them, from the corpus or from a folder of messages with their labels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import Any

from listbot.domain.mail import Address, Post
from listbot.reading import Reader, load_settings
from training.corpus import LabelledPost, read

RULES = Path(__file__).resolve().parents[1] / "rules"


def as_post(p: LabelledPost) -> Post:
    """A corpus post as it would come from the mail parser."""
    name, email = parseaddr(p.headers.get("From", ""))
    return Post(
        message_id=f"<{p.name}@corpus.example>",
        author=Address(email, name),
        subject=p.subject,
        text=p.body,
        date=parsedate_to_datetime(p.headers["Date"]),
        auto_submitted=p.headers.get("Auto-Submitted", ""),
    )


def labelled(path: Path) -> Iterator[tuple[str, Post, dict[str, Any], list[str]]]:
    """Name, post, labels and identifiers of every labelled post."""
    if path.is_dir():
        from listbot.adapters.mime import parse

        for file in sorted(path.glob("*.eml")):
            gold = json.loads(file.with_suffix(".gold.json").read_text())
            yield file.stem, parse(file.read_bytes())[0], gold, gold.get("pii", [])
        return
    for p in read(path):
        yield p.name, as_post(p), p.labels, [m.text for m in p.marks if m.type == "I"]


def unseen(groups: Sequence[str]) -> Iterator[tuple[Reader, list[Path]]]:
    """Of each DIR=FILE,FILE: a reader with the encoder in DIR, and the files of writers from whom it has not learned."""
    for group in groups:
        folder, _, files = group.partition("=")
        yield Reader(load_settings(RULES), model=Path(folder)), [Path(f) for f in files.split(",")]
