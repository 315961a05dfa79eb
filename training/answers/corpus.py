"""The corpus: voices, each with a mail program and the answers it writes; see README.md for the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from listbot.adapters.mime import parse
from listbot.domain.mail import Post
from training.answers.mailing import Written, message

FOLDER = Path(__file__).parent
SEEN = tuple(FOLDER / f"{name}.txt" for name in ("people_1", "people_2", "people_3", "people_4", "robots"))
HELD_BACK = tuple(FOLDER / f"{name}.txt" for name in ("held_back", "held_back_2", "held_back_3", "held_back_4", "held_back_5"))

_HEADER = re.compile(r"@([A-Za-z-]+):[ ]?(.*)")
_PART = re.compile(r"^~~~ (.+)\n", re.MULTILINE)
_LABEL = re.compile(r"(until|slots|also|to)=")


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """One answer with the reading a careful person gives it. `also` is the second thing it says, "" where it says one."""

    name: str
    voice: str
    raw: bytes
    reading: str
    until: str | None = None
    slots: int | None = None
    refer_to: str | None = None
    also: str = ""

    def post(self) -> Post:
        """The answer as the mail parser hands it over."""
        return parse(self.raw)[0]


def read(file: Path) -> Iterator[LabelledAnswer]:
    """The answers of one file, in order."""
    for number, chunk in enumerate(re.split(r"^=== ", file.read_text(), flags=re.MULTILINE)[1:], 1):
        head, _, rest = chunk.partition("\n")
        voice, program = (part.strip() for part in head.split("|"))
        for count, answer in enumerate(re.split(r"^--- ", rest, flags=re.MULTILINE)[1:], 1):
            yield _answer(f"{file.stem}-{number:02}-{count:02}", voice, program, answer)


def sayings() -> Iterator[tuple[str, str]]:
    """Kind and words of single lines, for training only."""
    for line in (FOLDER / "sayings.txt").read_text().splitlines():
        kind, _, words = line.partition(": ")
        yield kind, words


def _answer(name: str, voice: str, program: str, chunk: str) -> LabelledAnswer:
    head, _, body = chunk.partition("\n")
    reading, *pieces = _LABEL.split(head)
    labels = {key: value.strip() for key, value in zip(pieces[::2], pieces[1::2], strict=True)}
    lines = body.split("\n")
    headers = []
    while lines and (m := _HEADER.fullmatch(lines[0])):
        headers.append((m[1], m[2]))
        lines.pop(0)
    first, *marked = _PART.split("\n".join(lines))
    parts = tuple(zip(marked[::2], marked[1::2], strict=True))
    slots = labels.get("slots")
    return LabelledAnswer(
        name=name,
        voice=voice,
        raw=message(Written(name, voice, program, tuple(headers), first.strip("\n"), parts)),
        reading=reading.strip(),
        until=labels.get("until"),
        slots=int(slots) if slots is not None else None,
        refer_to=labels.get("to"),
        also=labels.get("also", ""),
    )
