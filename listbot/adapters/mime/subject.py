"""Subjects without the tag that a list server puts before them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PIECE = re.compile(
    r"[ \t]*(?:(?P<reply>(?:re|fwd?|aw|wg|rv|res|tr|sv)(?:\[\d{1,3}\])?:)|\[(?P<tag>[^\[\]]{1,80})\])", re.IGNORECASE
)
_COUNT = re.compile(r"[ :#-]*\d{1,9}\Z")
_FILLER = re.compile(r"\b(?:the|mailing|list|via)\b", re.IGNORECASE)


def untagged(subject: str, names: Iterable[str]) -> str:
    """The subject without tags such as `[Fellows]` that name the list, before or behind Re: and Fwd:, which are kept.

    `names` are the list's: local part of its address, its display name. Any other tag ("[URGENT]") is the writer's and stays.
    """
    wanted = {key for name in names for key in _keys(name)}
    kept, at = [], 0
    while match := _PIECE.match(subject, at):
        tag = match["tag"]
        if tag is not None and not wanted & _keys(_COUNT.sub("", tag)):
            break
        if tag is None:
            kept.append(match["reply"])
        at = match.end()
    return " ".join([*kept, *subject[at:].split()])


def _keys(name: str) -> set[str]:
    """How a name may be spelled in a tag: letters and digits alone, with and without words such as "mailing list"."""
    spellings = (name, _FILLER.sub("", name), name.removesuffix("-l").removesuffix("-L"))
    return {key for key in (re.sub(r"\W|_", "", spelling).lower() for spelling in spellings) if key}
