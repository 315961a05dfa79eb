"""Where help is needed, told apart from every other place of a post."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listbot.reading import Reader
from listbot.reading.lexicon import words_of
from listbot.reading.place_choice import choose_states, home_of
from listbot.reading.place_roles import roles_of
from listbot.reading.places import find_places
from listbot.reading.text import Sentences


def roles(reader: Reader, sentence: str, subject: str = "Help sought") -> dict[str, tuple[str, str | None]]:
    """Role and state by the text of each mention that is meant as a place."""
    text = f"{subject}\n{sentence}"
    words = words_of(text)
    found = choose_states(text, find_places(text, words, reader.tables.gazetteer))
    roled = roles_of(found, text, words, Sentences(text), len(subject))
    return {p.mention.text: (p.role, p.mention.state) for p in roled if p.role != "none"}


@pytest.mark.parametrize(
    ("sentence", "place", "role"),
    [
        ("My client now lives in Charlotte, NC with an aunt.", "Charlotte, NC", "need"),
        ("The family moved from Denver to Boise last month.", "Denver", "former"),
        ("The family moved from Denver to Boise last month.", "Boise", "need"),
        ("I'm in Brooklyn and cannot travel.", "Brooklyn", "office"),
        ("Our clinic in Tucson has no room.", "Tucson", "office"),
        ("We only cover Lowell.", "Lowell", "office"),
        ("I'm a solo attorney in Fresno with no room.", "Fresno", "office"),
        ("Looking for an attorney in Omaha for a master.", "Omaha", "need"),
        ("He has a hearing in Baltimore on May 3.", "Baltimore", "court"),
        ("The case is before the Newark IJ.", "Newark", "court"),
        ("She entered at El Paso in 2022.", "El Paso", "entry"),
        ("They crossed near San Ysidro with two children.", "San Ysidro", "entry"),
        ("He was arrested in Memphis last week.", "Memphis", "former"),
        ("She lived in Spokane until June.", "Spokane", "former"),
        ("His brother in Houston pays the rent.", "Houston", "other"),
        ("She was placed with her aunt in Tulsa.", "Tulsa", "need"),
        ("Trasladado a Tacoma ayer.", "Tacoma", "need"),
        ("Mi clienta vive en Reading, PA.", "Reading, PA", "need"),
        ("Syracuse -> Tulsa", "Syracuse", "former"),
        ("Moved from Butler County Jail (Hamilton OH) to Winn.", "Hamilton OH", "former"),
    ],
)
def test_the_role_of_a_place_is_told_by_the_words_around_it(reader: Reader, sentence: str, place: str, role: str) -> None:
    assert roles(reader, sentence)[place][0] == role


@pytest.mark.parametrize(
    ("sentence", "place", "state"),
    [
        ("She lives in Portland, Maine.", "Portland, Maine", "ME"),
        ("She lives in Portland. Any Oregon attorney?", "Portland", "OR"),
        ("She lives in Springfield. A lawyer in Chicopee, MA would do.", "Springfield", "MA"),
        ("A Vermont lawyer is needed.", "Vermont", "VT"),
        ("A Louisiana lawyer is needed.", "Louisiana", "LA"),
        ("The family lives in zip 28205.", "28205", "NC"),
        ("Anyone near Grand Island NE?", "Grand Island NE", "NE"),
        ("Now in Texas City with a cousin.", "Texas City", "TX"),
        ("The family went to Auburn (Indiana). An attorney near Auburn?", "Auburn", "IN"),
        ("He lives on Long Island.", "Long Island", "NY"),
        ("A habeas in the W.D. La. is next.", "W.D. La.", "LA"),
    ],
)
def test_the_state_of_a_place_is_told_beside_it_or_by_the_rest_of_the_post(
    reader: Reader, sentence: str, place: str, state: str
) -> None:
    assert roles(reader, sentence)[place][1] == state


@pytest.mark.parametrize(
    "sentence",
    [
        "Bond hearing on Friday, any help is welcome.",
        "I hope you may be able to help OR refer.",
        "Thanks, Jackson Lane",
        "Judge Madison denied it.",
        "Harbor Asylum Alliance is full.",
        "Contact me in the office, please.",
        "He was at work, i.e. on the line.",
    ],
)
def test_a_word_that_is_also_a_place_is_none(reader: Reader, sentence: str) -> None:
    assert not roles(reader, sentence)


def test_a_detained_client_needs_help_where_the_client_is_held(reader: Reader) -> None:
    found = roles(reader, "Detained at Stewart. Our office is in Atlanta.")
    assert found["Stewart"] == ("need", "GA")
    assert found["Atlanta"][0] == "office"


@pytest.mark.parametrize(
    ("sentence", "place", "state"),
    [
        ("She lives in Salem. Her court is in Beverly and her school in Lynn.", "Salem", "MA"),
        ("Kid in Springfield (417) needs a lawyer.", "Springfield", "MO"),
        ("He lives in Decatur, which is in Alabama.", "Decatur", "AL"),
        ("She lives in Franklin, the Tennessee one.", "Franklin", "TN"),
        ("Detained in Polk County, Iowa, on a hold.", "Polk County, Iowa", "IA"),
        ("The family lives in Rexburg/Idaho Falls.", "Rexburg", "ID"),
        ("Her hearing is in El Paso. Anthony. She lives there.", "Anthony", None),
    ],
)
def test_places_of_one_name_are_told_apart_by_what_stands_near(
    reader: Reader, sentence: str, place: str, state: str | None
) -> None:
    assert roles(reader, sentence).get(place, ("none", None))[1] == state


def test_a_town_abroad_is_not_its_namesake_here(reader: Reader) -> None:
    assert "Monrovia" not in roles(reader, "Liberian mother in Akron, OH, her kids are in Monrovia.")


def test_a_place_that_is_denied_is_not_where_help_is_needed(reader: Reader) -> None:
    assert roles(reader, "He is held at Youngstown, not at Baldwin.")["Baldwin"][0] == "other"


def test_the_same_name_in_two_states_has_two_roles(reader: Reader) -> None:
    found = roles(reader, "The client lives in Wilmington, North Carolina. I'm in Wilmington, Delaware.")
    assert found["Wilmington, North Carolina"][0] == "need"
    assert found["Wilmington, Delaware"][0] == "office"


@pytest.mark.parametrize(
    ("signature", "state"),
    [
        ("Ana Field\nColumbus, Ohio\nana@clinic.example", "OH"),
        ("Ana Field\n(503) 555-0123\nana@clinic.example", "OR"),
        ("\nana@vermontasylum.example", "VT"),
        ("\nana@omaha-access.example", "NE"),
        ("\nana@clinic.example", None),
    ],
)
def test_the_writers_state_is_told_by_the_signature_or_the_address(reader: Reader, signature: str, state: str | None) -> None:
    gazetteer = reader.tables.gazetteer
    assert home_of(signature, find_places(signature, words_of(signature), gazetteer), gazetteer) == state


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcDEF NYC,.()\n-/→ Austin Texas IN OR N.D.", max_size=300))
def test_mentions_are_spans_of_the_text_in_order(reader: Reader, text: str) -> None:
    found = choose_states(text, find_places(text, words_of(text), reader.tables.gazetteer))
    ends = [0, *(m.span[1] for m in found)]
    assert all(end <= m.span[0] < m.span[1] <= len(text) for end, m in zip(ends, found, strict=False))


def test_a_large_town_is_not_the_hamlet_of_the_writers_own_state(reader: Reader) -> None:
    sentence = "A. lives in Nashville with a cousin. We began here in Dalton, Georgia."
    assert roles(reader, sentence)["Nashville"] == ("need", "TN")


def test_a_town_with_a_slip_in_its_name_is_known_by_its_state(reader: Reader) -> None:
    assert roles(reader, "She lives in Charlote, NC with an aunt.")["Charlote, NC"] == ("need", "NC")


def test_where_none_is_settled_the_likeliest_towns_stand_first(reader: Reader) -> None:
    text = "Help\nShe lives in Mount Vernon now."
    (found,) = choose_states(text, find_places(text, words_of(text), reader.tables.gazetteer))
    assert found.spot is None
    assert [o.state for o in found.options][:2] == ["NY", "WA"]


@pytest.mark.parametrize(
    ("sentence", "facility", "state"),
    [
        ("He is held at the Osage County Jail in Linn, Missouri.", "Osage County Jail", "MO"),
        ("She is in the Teton County Detention Center, Idaho.", "Teton County Jail", "ID"),
        ("Detained at the Lincoln County jail, North Platte.", "Lincoln County Detention Center", "NE"),
    ],
)
def test_the_jail_of_any_county_is_a_place_of_detention(reader: Reader, sentence: str, facility: str, state: str) -> None:
    text = f"Help sought\n{sentence}"
    found = choose_states(text, find_places(text, words_of(text), reader.tables.gazetteer))
    assert (facility, state) in {(m.spot.name, m.state) for m in found if m.kind == "facility" and m.spot}


def test_a_possessive_does_not_hide_a_town_nor_split_a_name(reader: Reader) -> None:
    assert roles(reader, "Omaha's court will hear her.")["Omaha"][1] == "NE"
    assert roles(reader, "He lives in Lee's Summit, MO.")["Lee's Summit, MO"] == ("need", "MO")


def test_a_court_of_a_county_is_not_its_jail(reader: Reader) -> None:
    text = "Help sought\nShe was detained once. The court of Adams County named her aunt; they live in Hastings, Nebraska."
    found = choose_states(text, find_places(text, words_of(text), reader.tables.gazetteer))
    assert not [m for m in found if m.kind == "facility"]
