"""Why somebody is asked: each reason in English, and in the parts from which letters in any language word it."""

from __future__ import annotations

from collections.abc import Mapping


class Reason(str):
    """A clause that can follow "because", said to the taker. Letters word it by `kind` and what it names (`templates/*/reasons.txt`).

    As a text it is plain English, as commands, pages and records show it.
    """

    kind: str
    named: Mapping[str, object]

    def __new__(cls, kind: str, text: str, **named: object) -> Reason:
        made = super().__new__(cls, text)
        made.kind, made.named = kind, named
        return made


KINDS: tuple[Reason, ...] = (
    Reason("admitted", "you are admitted in North Carolina", place="North Carolina"),
    Reason("children", "you take children's cases"),
    Reason("detention", "you take detained cases"),
    Reason("often", "you named asylum as something you do often", relief="asylum"),
    Reason("does", "you named asylum as something you do", relief="asylum"),
    Reason("with_mentor", "you would take asylum with a mentor", relief="asylum"),
    Reason("speaks", "you speak Spanish and French", languages=("es", "fr")),
    Reason("in_place", "you are in Durham", place="Durham"),
    Reason("miles_from", "you are 24 miles from Durham", miles=24, place="Durham"),
    Reason("in_state", "you are in North Carolina", place="North Carolina"),
    Reason("serves", "you take cases in North Carolina", place="North Carolina"),
    Reason("remote", "you take cases remotely"),
    Reason("room", "you have room for 2 cases", cases=2),
)
"""One of each kind there is."""
