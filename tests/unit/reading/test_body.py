"""Which part of a message is what."""

from __future__ import annotations

import pytest

from listbot.domain.reading import PartKind
from listbot.reading.body import parts_of
from tests.unit.reading.conftest import PostFactory

K = PartKind


def labelled(post: object, kind: PartKind) -> str:
    text = f"{post.subject}\n{post.text}"  # type: ignore[attr-defined]
    return "".join(text[p.span[0] : p.span[1]] for p in parts_of(post) if p.kind is kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("bump\n\nOn Tue, Jan 7, 2025 at 4:02 PM Ana wrote:\n> old words\n> more\n", K.QUOTE, "old words"),
        ("No.\n\n-----Original Message-----\nFrom: A\nSent: B\nold words\n", K.QUOTE, "old words"),
        ("No.\n\nFrom: Ana <a@b.example>\nSent: Monday\nTo: list\nSubject: x\n\nold words\n", K.QUOTE, "old words"),
        ("See below\n\n---------- Forwarded message ----------\nFrom: P\n\nplease a lawyer\n", K.FORWARDED, "please a lawyer"),
        ("Help.\n\nThanks,\nAna Field\nClinic | (212) 555-0100\n", K.SIGNATURE, "555-0100"),
        ("Help.\n\n-- \nAna\nBrooklyn\n", K.SIGNATURE, "Brooklyn"),
        (
            "Help.\n_______________________________________________\nFellows mailing list\nTo unsubscribe\n",
            K.FOOTER,
            "unsubscribe",
        ),
        ("Help.\n\nCONFIDENTIALITY NOTICE: this e-mail is privileged\nand so on\n", K.DISCLAIMER, "and so on"),
        ("[EXTERNAL] This came from outside\n\nHelp.\n", K.BANNER, "EXTERNAL"),
    ],
)
def test_a_part_is_known_by_its_shape(post: PostFactory, text: str, kind: PartKind, words: str) -> None:
    message = post(text)
    assert words in labelled(message, kind)
    assert words not in labelled(message, K.BODY)


def test_parts_cover_the_text_without_gap_or_overlap(post: PostFactory) -> None:
    message = post("Help.\n\nBest,\nAna\n\nOn Monday Bo wrote:\n> x\n\n____________\nL mailing list\n", subject="Re: help")
    at = 0
    for part in parts_of(message):
        assert part.span[0] == at
        at = part.span[1]
    assert at == len("Re: help\n") + len(message.text)


def test_a_postscript_after_the_signature_is_body(post: PostFactory) -> None:
    message = post("News only.\n\nBest,\nAna\n\nP.S. I need a lawyer in Charlotte for a kid.\n")
    assert "Charlotte" in labelled(message, K.BODY)
