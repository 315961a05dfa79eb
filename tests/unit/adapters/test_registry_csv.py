"""The registry's CSV: written and read again it is the same; every bad row is named."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters.registryfiles import COLUMNS, doubles, merged, read, write
from listbot.domain.geography import STATES
from listbot.domain.invented import invented_takers
from listbot.domain.registry import Level, Taker, TakerKind

RELIEFS = ("asylum", "sijs", "u_visa")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=30).map(str.strip)
SOME_STATES = st.frozensets(st.sampled_from(sorted(STATES)), max_size=4)
TAKERS = st.builds(
    Taker,
    email=st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8})?@[a-z]{1,8}\.example", fullmatch=True),
    name=WORDS,
    kind=st.sampled_from(TakerKind),
    organization=WORDS,
    cohort=WORDS,
    city=WORDS,
    state=st.sampled_from(["", *sorted(STATES)]),
    zip=st.from_regex(r"|[0-9]{5}", fullmatch=True),
    bar_states=SOME_STATES,
    service_states=SOME_STATES,
    radius_miles=st.none() | st.integers(0, 9999),
    remote=st.none() | st.booleans(),
    relief=st.dictionaries(st.sampled_from(RELIEFS), st.sampled_from(Level)),
    languages=st.frozensets(st.sampled_from(["es", "fr", "Mam", "ht"])),
    detained=st.none() | st.booleans(),
    minors=st.none() | st.booleans(),
    scopes=st.frozensets(st.sampled_from(["full", "limited"])),
    open_slots=st.none() | st.integers(0, 50),
    paused_until=st.none() | st.dates(),
    max_asks_per_month=st.none() | st.integers(0, 30),
    funding_limits=st.frozensets(st.sampled_from(["no_uac", "income_eligible"])),
    consent_at=st.none() | st.dates(),
)


def written(takers: list[Taker]) -> str:
    """The CSV of these takers."""
    out = io.StringIO()
    write(takers, out)
    return out.getvalue()


def faults(text: str) -> list[str]:
    """What is wrong with a file."""
    return [str(fault) for fault in read(text.encode(), "r.csv", RELIEFS).faults]


@given(st.lists(TAKERS, max_size=5, unique_by=lambda taker: taker.email))
def test_what_was_written_reads_the_same(takers: list[Taker]) -> None:
    sheet = read(written(takers).encode(), reliefs=RELIEFS)
    assert sheet.faults == ()
    assert [row.taker for row in sheet.rows] == takers


def test_an_invented_registry_survives() -> None:
    takers = [replace(taker, lat=None, lon=None) for taker in invented_takers(200, seed=3)]
    assert [row.taker for row in read(written(takers).encode()).rows] == takers


def test_a_spreadsheets_byte_order_mark_line_ends_and_empty_lines_do_no_harm() -> None:
    raw = "\ufeffEmail, State ,kind\r\n\r\nAna@Alumni.example,north carolina,Accredited Partial\r\n,,\r\n".encode()
    (row,) = read(raw).rows
    assert (row.line, row.taker.email, row.taker.state, row.taker.kind) == (
        3,
        "ana@alumni.example",
        "NC",
        TakerKind.ACCREDITED_PARTIAL,
    )


def test_an_empty_cell_is_unknown() -> None:
    (row,) = read(("email," + ",".join(COLUMNS[1:]) + "\nana@alumni.example" + "," * (len(COLUMNS) - 1) + "\n").encode()).rows
    assert row.taker == Taker(email="ana@alumni.example")


def test_lenient_where_the_meaning_is_plain() -> None:
    text = (
        "email,zip,relief,languages,radius_miles,remote\na@x.example,2139,asylum;SIJS : Expert,Spanish;haitian creole,50 mi,Y\n"
    )
    taker = read(text.encode(), reliefs=RELIEFS).rows[0].taker
    assert taker.zip == "02139"
    assert taker.relief == {"asylum": Level.ABLE, "sijs": Level.EXPERT}
    assert taker.languages == {"es", "ht"}
    assert (taker.radius_miles, taker.remote) == (50, True)


def test_every_bad_cell_is_named_with_line_column_and_mend() -> None:
    text = (
        "email,state,relief,open_slots,consent_at,remote\n"
        "not an address,ZZ,asylum:expert,1,2025-01-01,yes\n"
        "b@x.example,NC,asilum,two,2/24/2025,maybe\n"
        '"c@x.example","NC\n","","","",""\n'
        "b@x.example,NC,,,,\n"
        "d@x.example,NC,sijs:expert,-1,,\n"
    )
    assert faults(text) == [
        "r.csv:2 email: 'not an address' is not a mail address (write one address, ana@alumni.example)",
        "r.csv:2 state: 'ZZ' is no state (write its two letters, NC)",
        "r.csv:3 relief: there is no relief 'asilum' (did you mean asylum?)",
        "r.csv:3 open_slots: 'two' is not a whole number (write digits only, or nothing where it is unknown)",
        "r.csv:3 consent_at: '2/24/2025' can be read in two ways (write 2025-02-24 if it is month/day/year)",
        "r.csv:3 remote: 'maybe' is neither yes nor no (write yes or no, or nothing where it is unknown)",
        "r.csv:6 email: b@x.example stands in line 3 already (keep one of the two rows)",
        "r.csv:7 open_slots: '-1' is not a whole number (write digits only, or nothing where it is unknown)",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("email,langages\n", "r.csv:1 langages: there is no column 'langages' (did you mean languages?)"),
        ("name,state\n", "r.csv:1 email: there is no column 'email' (the first line names the columns; email is the key)"),
        ("email,state,state\n", "r.csv:1 state: the column 'state' stands here twice (delete one)"),
        ("email;name;state\n", "r.csv:1: the columns are not separated by commas (save it as 'CSV UTF-8 (comma delimited)')"),
        ("", "r.csv:1 email: there is no column 'email' (the first line names the columns; email is the key)"),
    ],
)
def test_a_wrong_header_is_one_fault(text: str, says: str) -> None:
    assert faults(text) == [says]


def test_a_file_that_is_not_utf_8_says_where() -> None:
    (fault,) = read("email,name\na@x.example,José\n".encode("latin-1"), "r.csv").faults
    assert (fault.line, fault.mend) == (2, "save it as 'CSV UTF-8'")


def test_an_open_quote_is_named() -> None:
    assert "look for a quote that is not closed" in faults('email,name\na@x.example,"Ana\nb@x.example,Bo\n')[-1]


def test_a_person_with_two_addresses_is_doubted_and_kept() -> None:
    sheet = read(b"email,name,zip\na@x.example,Ana Field,28202\nana@y.example,ana  field,28202\n", "r.csv")
    assert len(sheet.rows) == 2
    assert [str(doubt) for doubt in sheet.doubts] == [
        "r.csv:3 name: ana  field may be the person of line 2 (if so, keep one row)"
    ]


def test_a_person_who_is_in_the_registry_under_another_address_is_doubted() -> None:
    sheet = read(b"email,name,organization\nana@new.example,Ana Field,Open Door\nbo@x.example,Bo Field,Open Door\n", "r.csv")
    known = [
        Taker(email="ana@old.example", name="ana field", organization="open door"),
        Taker(email="bo@x.example", name="Bo Field"),
    ]
    (doubt,) = doubles(sheet, "r.csv", known)
    assert str(doubt).startswith("r.csv:2 name: Ana Field may be ana@old.example, who is in the registry")


def test_a_row_of_somebody_known_is_no_double_of_its_own_entry() -> None:
    sheet = read(b"email,name,zip\na@x.example,Ana Field,28202\n", "r.csv")
    assert doubles(sheet, "r.csv", [Taker(email="a@x.example", name="Ana Field", zip="28202")]) == []


def test_columns_a_file_does_not_have_stay_as_they_are() -> None:
    known = Taker(email="a@x.example", name="Ana", open_slots=3, consent_at=date(2025, 1, 1))
    sheet = read(b"email,open_slots\na@x.example,\n")
    assert merged(sheet.rows[0].taker, known, sheet.columns) == replace(known, open_slots=None)


def test_no_cell_runs_as_a_formula() -> None:
    assert "\n'=cmd|x" not in written([Taker(email="a@x.example", name="=cmd|x")])
    assert ",'=cmd|x," in written([Taker(email="a@x.example", name="=cmd|x")])


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for fault in read(raw).faults + read(b"email,name,state\n" + raw).faults:
        assert fault.line >= 1
