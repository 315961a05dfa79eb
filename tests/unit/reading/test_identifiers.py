"""Identifiers in every spelling, and the text without them."""

from __future__ import annotations

import pytest

from listbot.reading import Reader
from listbot.reading.identifiers import find_identifiers, redacted
from tests.unit.reading.conftest import PostFactory


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("A# 220-113-904 is his", "a_number", "220-113-904"),
        ("A220113904", "a_number", "A220113904"),
        ("A 220 113 904", "a_number", "220 113 904"),
        ("Anum: A047-882-310", "a_number", "A047-882-310"),
        ("his number is A 220 - 113 - 904", "a_number", "220 - 113 - 904"),
        ("A#220/113/904", "a_number", "220/113/904"),
        ("the DOB on his card is 3/4/2008", "birth_date", "3/4/2008"),
        ("write to 88 W. 3rd-B Street, Mesa", "address", "88 W. 3rd-B Street"),
        ("stays at 412 maple ave for now", "address", "412 maple ave"),
        ("alien number 220113904", "a_number", "220113904"),
        ("receipt IOE0912345678", "receipt", "IOE0912345678"),
        ("EAC-22-123-45678", "receipt", "EAC-22-123-45678"),
        ("SSN 123-45-6789", "ssn", "123-45-6789"),
        ("passport no. C1234567", "passport", "C1234567"),
        ("DOB 3/4/2008", "birth_date", "3/4/2008"),
        ("the birth certificate says 3/4/2008", "birth_date", "3/4/2008"),
        ("he is sixteen now (3/4/2008) and in school", "birth_date", "3/4/2008"),
        ("born March 9, 2005 in Cobán", "birth_date", "March 9, 2005"),
        ("nació el 3 de octubre de 1988", "birth_date", "3 de octubre de 1988"),
        ("call (336) 555-0144", "phone", "(336) 555-0144"),
        ("WhatsApp +502 5555 0144", "phone", "+502 5555 0144"),
        ("write kid@mail.example", "email", "kid@mail.example"),
        ("lives at 1401 Oak Grove Ave, Apt 3", "address", "1401 Oak Grove Ave, Apt 3"),
    ],
)
def test_an_identifier_is_found_and_covered(text: str, kind: str, secret: str) -> None:
    found = find_identifiers(text)
    assert kind in {i.kind for i in found}
    assert secret not in redacted(text, found, [(0, len(text))])


@pytest.mark.parametrize(
    "text", ["hearing 3/4/2025", "form I-589", "INA 240A(b)(1)", "filing fee $1,225", "42B and I-246", "87 days"]
)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert find_identifiers(text) == []


def test_a_clients_full_name_is_covered_and_a_first_name_stays(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(
        post("Need an attorney in Akron, OH. My client Wilmer Paz Andino, 34, has a bond hearing 2/3. Wilmer is kind.")
    )
    assert "Paz Andino" not in reading.redacted_text
    assert "Wilmer is kind" in reading.redacted_text


def test_no_identifier_is_in_a_need(reader: Reader, post: PostFactory) -> None:
    reading = reader.read(post("Need a lawyer for SIJS in Akron, OH: boy, DOB 3/4/2008, A# 220-113-904, custody hearing 2/3."))
    assert "3/4/2008" not in repr(reading.needs)
    assert "220-113-904" not in repr(reading.needs)


@pytest.mark.parametrize(
    "name",
    [
        "Mirsad Hodžić",
        "Yoon Mi-kyung",
        "Marie-Ange Dorvilus",
        "Hailu Gebremariam",
        "María de los Ángeles Tzul",
        "TRAN, Quoc Bao",
        "Kofi A. Mensah-Bonsu",
    ],
)
def test_a_clients_name_is_covered_whatever_language_it_is_of(reader: Reader, name: str) -> None:
    assert name not in reader.redact(f"A plea\nThe hearing is near. Please someone help: {name} sits in jail.")


@pytest.mark.parametrize(
    "words",
    ["Judge Marta Delgado", "contact Lena Fairweather", "Harlow Pinkney LLP", "in Addis Ababa", "Notice of Entry", "Queens, NY"],
)
def test_the_names_of_judges_lawyers_firms_and_places_stay(reader: Reader, words: str) -> None:
    assert words in reader.redact(f"A plea\nThe hearing is near, {words}.")
