"""format=flowed (RFC 3676): paragraphs that were wrapped for sending made whole again."""

from __future__ import annotations


def unflow(text: str, delete_space: bool) -> str:
    """Join the lines that end in a space with the next of the same quote depth; the signature's `-- ` never flows."""
    paragraphs: list[list[str]] = []
    open_depth = -1  # quote depth of the paragraph that goes on, or -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        kept = words[:-1] if flows and delete_space else words
        if depth == open_depth and words != "-- ":
            paragraphs[-1].append(kept)
        else:
            paragraphs.append([">" * depth + " " if depth else "", kept])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in paragraphs)
