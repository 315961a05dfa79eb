"""Detained, minor, age, country, languages and scope of one client."""

from __future__ import annotations

from datetime import date

import pytest

from listbot.reading import Reader
from listbot.reading.facts import Facts, facts_of
from listbot.reading.lexicon import words_of
from tests.unit.reading.conftest import PostFactory

TODAY = date(2025, 1, 14)


def facts(reader: Reader, text: str, relief: tuple[str, ...] = ("asylum",)) -> Facts:
    return facts_of(text, words_of(text), relief, False, reader.tables.terms, today=TODAY)


@pytest.mark.parametrize(
    ("text", "detained"),
    [
        ("He is detained.", True),
        ("She is in ICE custody.", True),
        ("Está detenido desde mayo.", True),
        ("He is not detained.", False),
        ("Non-detained docket, master in May.", False),
        ("He was at Stewart and is home on bond.", False),
        ("She is out with an aunt now.", False),
        ("He lives in Tulsa; ICE check-in at Stewart on Monday.", False),
        ("She is in ICE custody in Georgia. Please reach out with the consent forms.", True),
        ("Client detained by ICE in Louisiana. His mother lives in Monroe.", True),
        ("He bonded out last week.", False),
        ("She was released and lives with her aunt.", False),
        ("She lives at home with three children.", False),
    ],
)
def test_whether_a_client_is_held(reader: Reader, text: str, detained: bool) -> None:
    assert facts(reader, text).detained is detained


@pytest.mark.parametrize(
    ("text", "minor", "age"),
    [
        ("Client is 17, Honduran.", True, 17),
        ("A 34 y/o Honduran father.", False, 34),
        ("DOB: 03/14/2010, Guatemala.", True, 14),
        ("Nacido el 3 de octubre de 1988, de Guatemala.", False, 36),
        ("Honduran guy with a 3 yr old USC daughter.", False, None),
        ("She turns 18 in March.", True, None),
        ("An unaccompanied girl from Guatemala.", True, None),
        ("LPR since 1994, wife and kids here.", False, None),
        ("He's 17 for eleven more days.", True, 17),
    ],
)
def test_whether_a_client_is_under_eighteen(reader: Reader, text: str, minor: bool, age: int | None) -> None:
    found = facts(reader, text)
    assert (found.minor, found.age) == (minor, age)


@pytest.mark.parametrize(
    ("text", "country", "languages"),
    [
        ("A Honduran mother who speaks Spanish.", "Honduras", ("es",)),
        ("From Guatemala, monolingual Mam speaker.", "Guatemala", ("Mam",)),
        ("An Amharic-speaking mother of two.", "Ethiopia", ("am",)),
        ("Vietnamese national, needs an interpreter.", "Vietnam", ()),
        ("Salvadoran, fully bilingual.", "El Salvador", ("es", "en")),
        ("Client is Fijian and speaks Hindi.", "Fiji", ("hi",)),
        ("Marshallese aunt by marriage, but the boy is Honduran.", "Honduras", ()),
        ("Haitian, French and Creole.", "Haiti", ("fr", "ht")),
        ("Our paralegal speaks Spanish. The client is from Ghana, Twi only.", "Ghana", ("tw",)),
        ("She works at a turkey plant and is from Burma.", "Myanmar", ()),
        ("A teacher who grew up in Ayacucho.", "Peru", ()),
        ("A Gujarati-speaking cook.", "India", ("gu",)),
        ("Samoan? No, Tongan.", "Tonga", ("to",)),
        ("He is not Ghanaian, he is from Benin.", "Benin", ()),
        ("Soudanais, held since May.", "Sudan", ()),
    ],
)
def test_where_a_client_is_from_and_what_is_spoken(reader: Reader, text: str, country: str, languages: tuple[str, ...]) -> None:
    found = facts(reader, text)
    assert (found.country, found.languages) == (country, languages)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Need a stand-in for one hearing.", "limited"),
        ("E-28 for bond only.", "limited"),
        ("We seek full representation.", "full"),
        ("Someone to take over the case.", "full"),
    ],
)
def test_how_much_is_asked(reader: Reader, text: str, scope: str) -> None:
    assert facts(reader, text).scope == scope


def test_each_fact_has_its_words(reader: Reader) -> None:
    text = "She is detained, 17, from Honduras, speaks Spanish."
    found = facts(reader, text)
    shown = {name: [text[a:b] for a, b in spans] for name, spans in found.evidence.items()}
    assert shown["detained"] == ["detained"]
    assert shown["country"] == ["Honduras"]
    assert shown["languages"] == ["Spanish"]


def test_everyday_words_name_no_language_and_maay_is_not_somali(reader: Reader, post: PostFactory) -> None:
    need = reader.read(post("Need an attorney in Akron, OH for asylum. He is fine and speaks Maay Maay.")).needs[0]
    assert need.languages == ("Maay Maay",)
