"""Reading what IMAP servers say."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters.sources import imap_wire as wire

DONE = b"Fetch completed (0.001 + 0.000 secs)."


def test_an_item_has_uid_date_and_body() -> None:
    lines = [
        b'1 FETCH (UID 7 INTERNALDATE "03-Feb-2025 09:30:00 -0500" BODY[]<0> {5}',
        bytearray(b"words"),
        b")",
        DONE,
    ]
    assert wire.fetched(lines) == [wire.Fetched(7, datetime(2025, 2, 3, 14, 30, tzinfo=UTC), b"words")]


def test_the_uid_may_come_after_the_body() -> None:
    assert wire.fetched([b"1 FETCH (BODY[] {5}", bytearray(b"words"), b" UID 7)", DONE]) == [wire.Fetched(7, None, b"words")]


@pytest.mark.parametrize(
    "line",
    [
        b"3 FETCH (FLAGS (\\Seen))",
        b"3 FETCH (UID 9 FLAGS (\\Seen))",
        b"3 FETCH (UID 9 BODY[] NIL)",
        b"3 EXPUNGE",
    ],
)
def test_what_is_no_message_with_uid_is_left_out(line: bytes) -> None:
    good = [b"1 FETCH (UID 7 BODY[] {1}", bytearray(b"a"), b")"]
    assert [item.uid for item in wire.fetched([line, *good, DONE])] == [7]
    assert [item.uid for item in wire.fetched([*good, line, DONE])] == [7]


def test_a_body_without_uid_is_left_out() -> None:
    assert wire.fetched([b"1 FETCH (BODY[] {1}", bytearray(b"a"), b")", DONE]) == []


def test_a_short_body_may_be_a_quoted_string() -> None:
    assert wire.fetched([b'1 FETCH (UID 7 BODY[]<0> "")', DONE]) == [wire.Fetched(7, None, b"")]
    assert wire.fetched([rb'1 FETCH (BODY[] "a \"UID 8\" b" UID 7)', DONE]) == [wire.Fetched(7, None, b'a "UID 8" b')]


def test_an_empty_literal_is_an_empty_message() -> None:
    assert wire.fetched([b"1 FETCH (UID 7 BODY[] {0}", bytearray(), b")", DONE]) == [wire.Fetched(7, None, b"")]


@given(st.lists(st.tuples(st.integers(1, 2**32 - 1), st.binary(max_size=200)), unique_by=lambda item: item[0]), st.booleans())
def test_every_body_belongs_to_its_uid_whatever_is_in_it(items: list[tuple[int, bytes]], uid_first: bool) -> None:
    lines: list[bytes | bytearray] = []
    for number, (uid, body) in enumerate(items, 1):
        before, after = (b"UID %d " % uid, b"") if uid_first else (b"", b" UID %d" % uid)
        lines += [b"%d FETCH (%sBODY[] {%d}" % (number, before, len(body)), bytearray(body), after + b")"]
        lines.append(b"%d FETCH (FLAGS (\\Seen))" % number)
    assert [(item.uid, item.body) for item in wire.fetched([*lines, DONE])] == items


@given(st.lists(st.binary() | st.binary().map(bytearray)))
def test_no_answer_is_too_odd_to_be_read(lines: list[bytes | bytearray]) -> None:
    wire.fetched(lines)
    wire.searched(lines)
    wire.sizes(lines)
    wire.uidvalidity(lines)
    wire.passing(wire.text(lines))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (b'INTERNALDATE " 3-Feb-2025 09:30:00 +0000"', datetime(2025, 2, 3, 9, 30, tzinfo=UTC)),
        (b'INTERNALDATE "31-dec-2024 23:59:60 +0130"', datetime(2024, 12, 31, 22, 29, 59, tzinfo=UTC)),
        (b'INTERNALDATE "31-Feb-2025 09:30:00 +0000"', None),
        (b'INTERNALDATE "01-Xyz-2025 09:30:00 +0000"', None),
        (b'INTERNALDATE "01-Jan-0001 00:30:00 +0100"', None),
        (b"nothing", None),
    ],
)
def test_dates_of_the_server(words: bytes, expected: datetime | None) -> None:
    assert wire.internaldate(words) == expected


def test_search_gives_ascending_uids_once() -> None:
    assert wire.searched([b"9 3", b"3 12", b"Search completed."]) == [3, 9, 12]


def test_a_search_that_found_nothing_may_say_nothing() -> None:
    assert wire.searched([b"", b"Search completed."]) == wire.searched([b"Search completed 5 ."]) == wire.searched([]) == []


def test_uidvalidity_is_found_among_the_answers_to_select() -> None:
    assert wire.uidvalidity([b"5 EXISTS", b"OK [UIDVALIDITY 1730000000] UIDs valid", b"done"]) == 1_730_000_000
    assert wire.uidvalidity([b"5 EXISTS", b"done"]) is None


@pytest.mark.parametrize(
    ("words", "passing"),
    [
        ("[AUTHENTICATIONFAILED] Authentication failed.", False),
        ("[AUTHENTICATIONFAILED] Temporarily the words do not count", False),
        ("Login failed", False),
        ("[UNAVAILABLE] Temporary authentication failure", True),
        ("[LIMIT] too many", True),
        ("[ALERT] Too many simultaneous connections. (Failure)", True),
        ("[ALERT] Application-specific password required", False),
        ("Server temporarily unavailable", True),
        ("", False),
    ],
)
def test_a_refusal_that_may_pass_is_told_from_one_that_will_not(words: str, passing: bool) -> None:
    assert wire.passing(words) is passing


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("INBOX", '"INBOX"'),
        ("Lists & more", '"Lists &- more"'),
        ("Entwürfe", '"Entw&APw-rfe"'),
        ("台北", '"&U,BTFw-"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
    ],
)
def test_mailbox_names_travel_in_modified_utf7(name: str, encoded: str) -> None:
    assert wire.mailbox_name(name) == encoded


@given(st.text(max_size=30))
def test_a_mailbox_name_never_breaks_its_line(name: str) -> None:
    try:
        encoded = wire.mailbox_name(name)
    except UnicodeEncodeError:
        assert re.search(r"[\ud800-\udfff]", name)
    else:
        assert re.fullmatch(r'"[\x20-\x7e]*"', encoded)


@given(st.lists(st.integers(1, 10_000), unique=True, max_size=450).map(sorted), st.integers(0, 10_000))
def test_batches_hold_every_uid_once_in_order(uids: list[int], broken: int) -> None:
    batches = wire.Batches()
    if broken:
        batches.broke([broken])
    given_out = list(batches.of(uids))
    assert [uid for batch in given_out for uid in batch] == uids
    assert all(0 < len(batch) <= 100 for batch in given_out)


def test_after_a_break_the_batch_is_asked_for_one_by_one() -> None:
    batches = wire.Batches(size=3)
    batches.broke([1, 2, 3])
    assert list(batches.of(range(1, 9))) == [[1], [2], [3], [4, 5, 6], [7, 8]]


def test_a_message_is_given_up_only_after_it_broke_alone_eight_times() -> None:
    batches = wire.Batches()
    for _ in range(20):
        batches.broke([1, 2])
    assert not batches.given_up(2)
    for _ in range(8):
        assert not batches.given_up(2)
        batches.broke([2])
    assert batches.given_up(2)
    batches.forget()
    assert not batches.given_up(2)
