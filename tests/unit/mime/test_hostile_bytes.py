"""No bytes make the parser raise, invent headers or take more than its share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listbot.adapters.mime import limits, parse
from listbot.adapters.mime.posts import posts_in
from listbot.domain.mail import Post

CORPUS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[2] / "data" / "mime").glob("*.eml"))
    if path.stat().st_size < 20_000
]
PACKAGE = Path(limits.__file__).parent
PIECES = [
    *(b"\0", b"\r\n", b"\n\n", b"--bb\n", b"--bb--\n", b"=?utf-8?q?", b"?=", b"base64", b"<", b">", b'"', b"(", b"\xff", b"\x80"),
    *(b"<table><tr><td>", b"<blockquote>", b"<!--", b"charset=utf-16", b"application/ms-tnef", b"application/pkcs7-mime"),
    *(b"\nContent-Type: text/html\n\n", b"\nContent-Type: message/rfc822\n\n"),
    *(b"\nContent-Type: multipart/digest; boundary=bb\n\n", b"-" * 70 + b"\n\nFrom: x\n", b"\n" + b"-" * 30 + b"\n\nFrom: x\n"),
]
TAGS = [
    *(
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<b",
        "<!--",
        "x &amp; y",
        "<pre>",
    ),
    *("<p hidden>", "<ul><li>", "<br>", "<hr>", "'", '"', "<svg>", "<title>", "\ue000", "&#0;", "&#xd800;"),
]
relaxed = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def check(posts: tuple[Post, ...]) -> None:
    assert posts
    for post in posts:
        lines = [
            post.subject,
            post.author.name,
            post.author.email,
            post.message_id,
            post.list_id,
            post.original_id,
            *post.references,
        ]
        lines += (
            [value for _, value in post.headers]
            + [one.name for one in post.attachments]
            + list(post.delivered_to)
            + list(post.authentication_results)
        )
        assert not any(set(line) & set("\r\n\0\x0b\x0c\x85\u2028\u2029") for line in lines)
        assert not set(post.text) & set("\r\0")
        assert post.message_id
        assert len(post.text) <= limits.MAX_TEXT
        repr(post).encode()  # no lone surrogates


@relaxed
@given(st.binary(max_size=3_000))
def test_any_bytes_are_read(raw: bytes) -> None:
    check(posts_in(raw, ""))


@relaxed
@given(st.lists(st.sampled_from([*PIECES, *CORPUS]) | st.binary(max_size=20), max_size=12))
def test_any_heap_of_pieces_is_read(pieces: list[bytes]) -> None:
    check(posts_in(b"".join(pieces), "bot@bot.example"))


@relaxed
@given(
    st.sampled_from(CORPUS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES) | st.binary(max_size=8)), max_size=8),
)
def test_any_damaged_message_is_read(raw: bytes, changes: list[tuple[float, int, bytes]]) -> None:
    for where, cut, put in changes:
        at = int(where * len(raw))
        raw = raw[:at] + put + raw[at + cut :]
    check(posts_in(raw, ""))


def nested(levels: list[str], leaf: bytes) -> bytes:
    entity = b"Content-Type: text/plain\n\n" + leaf
    for number, kind in enumerate(levels):
        if kind == "rfc822":
            entity = b"Content-Type: message/rfc822\n\n" + entity
        else:
            mark = b"b%d" % number
            entity = (
                b"Content-Type: multipart/%s; boundary=%s\n\n--%s\n" % (kind.encode(), mark, mark)
                + entity
                + b"\n--"
                + mark
                + b"--\n"
            )
    return entity


KINDS = st.sampled_from(["mixed", "alternative", "related", "signed", "digest", "report", "encrypted", "rfc822"])


@relaxed
@given(st.lists(KINDS, max_size=40), st.binary(max_size=100))
def test_any_nesting_is_read(levels: list[str], leaf: bytes) -> None:
    check(posts_in(nested(levels, leaf), ""))


@relaxed
@given(st.lists(st.sampled_from(["mixed", "related", "signed", "alternative"]), max_size=limits.MAX_DEPTH - 1))
def test_the_text_is_found_at_any_allowed_depth(levels: list[str]) -> None:
    assert posts_in(nested(levels, b"the words"), "")[0].text == "the words"


@relaxed
@given(st.lists(st.sampled_from(TAGS), max_size=60))
def test_any_html_is_laid_out(pieces: list[str]) -> None:
    check(posts_in(b"Content-Type: text/html; charset=utf-8\n\n" + "".join(pieces).encode(), ""))


def test_a_message_beyond_the_limit_is_read_in_part() -> None:
    (post,) = parse(b"From: ana@alumni.example\n\nwords\n" + b"\n" * limits.MAX_BYTES)
    assert post.text == "words"
    assert "of which the first 25,000,000 were read" in post.warnings[0]


def test_a_text_beyond_the_limit_is_cut() -> None:
    (post,) = parse(b"From: ana@alumni.example\n\n" + b"words " * 200_000)
    assert len(post.text) == limits.MAX_TEXT
    assert any("characters, of which the first 1,000,000 were read" in warning for warning in post.warnings)


def test_nothing_at_all_is_unreadable() -> None:
    assert parse(b" \r\n")[0].unreadable == "the message is empty"


def test_a_fault_of_our_own_sets_the_message_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(raw: bytes, recipient: str) -> tuple[Post, ...]:
        raise RecursionError

    monkeypatch.setattr("listbot.adapters.mime.posts_in", broken)
    one, other = parse(b"a")[0], parse(b"b")[0]
    assert one.unreadable == "the message could not be taken apart (RecursionError)"
    assert one.message_id != other.message_id


def groups_with_quantifiers(pattern: str) -> list[str]:
    """Quantified groups that hold an unbounded quantifier themselves: what makes a regular expression explode."""
    return re.findall(r"\((?:[^()\\]|\\.)*(?<!\\)[*+](?:[^()\\]|\\.)*\)(?:[*+]|\{\d*,)", pattern)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_no_pattern_nests_quantifiers(path: Path) -> None:
    patterns = re.findall(r're\.\w+\(\s*(r?b?"""(?:.|\n)*?"""|(?:r?b?"(?:[^"\\]|\\.)*"\s*)+)', path.read_text())
    assert [found for pattern in patterns for found in groups_with_quantifiers(pattern)] == []


def test_the_search_for_nested_quantifiers_finds_one() -> None:
    assert groups_with_quantifiers(r"x(a+b)*y")
