"""How many clients a post speaks of, and whose words are whose."""

from __future__ import annotations

from datetime import date

import pytest

from listbot.reading import Reader
from listbot.reading.client_heads import signs_of
from listbot.reading.client_words import provided_for
from listbot.reading.clients import Clients, find_clients
from listbot.reading.lexicon import words_of
from listbot.reading.needs import propose
from tests.unit.reading.conftest import PostFactory


def clients_of(reader: Reader, text: str, several: float | None = None) -> Clients:
    head = text.index("\n")
    found = propose(text, head, date(2025, 1, 14), "", "", reader.tables)
    signs = signs_of(text, words_of(text), found.places, found.dates, found.relief, reader.tables.terms, reader.tables.gazetteer)
    return find_clients(text, head + 1, signs, several)


POSTS = [
    (
        2,
        "Two for Georgia\n\nI have two clients who moved. One is in Atlanta, Honduran, 34, asylum, master in June. "
        "The other is in Savannah and needs an I-360 filed.",
    ),
    (
        2,
        "help\n\nMy client Rosa (Dalton, asylum, hearing 3/4) and her brother Luis (Rome GA, "
        "bond) both need lawyers. They are separate cases.",
    ),
    (
        3,
        "Three detained men\n\nAt Stewart: a Malian, 28, bond 3/4. A Senegalese, 31, individual 3/9. A Mauritanian, "
        "40, appeal due 3/12.",
    ),
    (
        2,
        "mother and son, two cases\n\nThe mother, 41, lives in Tulsa and has a 42B individual on May 3. Her son, 17, "
        "is in Wichita with an uncle and needs a guardianship and SIJS.",
    ),
    (2, "couple of asks\n\nFirst ask is a bond at Eloy for a Cuban man. Second ask is a U visa in Mesa for a Mexican woman."),
    (1, "family of four\n\nMother, father and two kids, all in one case in Newark, individual 5/4. Asylum."),
    (1, "siblings\n\nTwo siblings, 9 and 11, consolidated case, Charlotte. SIJS for both. Same guardian."),
    (
        2,
        "Two kids\n\nTwo brothers placed with different sponsors: Kevin (16) in Omaha, master 3/4, needs SIJS; "
        "Darwin (14) in Lincoln, no hearing yet, needs SIJS.",
    ),
    (
        2,
        "2 cases\n\nI can't keep either of these. Ms. A in Reno needs a VAWA self petition, nothing pending. Mr. "
        "B in Elko has an individual hearing on 6/2 for 42A.",
    ),
    (
        2,
        "dos casos\n\nTengo dos casos: una señora en Tampa con audiencia el 4 de marzo, asilo; "
        "y un joven en Orlando que cumple 18 en mayo, necesita SIJS.",
    ),
    (
        2,
        "Asylum x2\n\nNeed counsel for two unrelated Venezuelans in Katy: (a) woman, 29, entered 3/2/24, "
        "nothing filed (b) man, 44, individual hearing 4/4.",
    ),
    (
        2,
        "Detained + nondetained\n\nHusband is at Otay (bond hearing 3/3). Wife is in Chula Vista with the baby, "
        "her own case, master 6/9, asylum. Need someone for each.",
    ),
    (
        2,
        "pair\n\nA woman from Togo in Dayton needs help with asylum. Also a man from Ghana in Columbus, "
        "green card denied, needs a 290B.",
    ),
    (
        1,
        "asylum, Newark\n\nA woman from Togo, 34, with a hearing on 3/4. "
        "A man from her village wrote a declaration for the asylum claim.",
    ),
    (
        1,
        "SIJS\n\nA boy of 16 in Omaha needs guardianship. His mother lives in Lincoln. His father, in Guatemala, "
        "has never supported him. Master 4/4.",
    ),
    (1, "bond\n\nMr. T., 44, detained at Eloy, bond hearing 3/4. His wife, a USC, is filing an I-130. They have two kids."),
    (
        1,
        "U visa\n\nMs. R., 38, victim of DV. Her daughter (14) was also hurt and will be a derivative. "
        "U visa certification signed 1/4.",
    ),
    (
        2,
        "two\n\nWho\nWhere\nWhat\nWhen\nE.R., 38\nCharlotte, NC\nAsylum, "
        "I-589 not filed\nOne year is 4/18\nD.\nGreenville\nSIJS\nTurns 18 on 11/2\n\nThanks",
    ),
    (
        2,
        "left over\n\nThree came to the clinic. The Nepali cook found a lawyer last week. The Haitian nurse, 34, in Akron needs a TPS "
        "renewal, and an Eritrean student in Toledo has a master on 3/4 and no asylum application.",
    ),
    (
        2,
        "before I go on leave\n\nMs. K. (Togo, lives in Dayton) entered 6/12/24 and has not filed for asylum.\n\n"
        "Mr. T. (Cameroon, in Akron) lost before the IJ on 1/8 and needs an appeal.\n\nBoth speak French.",
    ),
    (
        2,
        "Dayton and Akron\n\nDayton: Togolese, 31, master 3/4, asylum. Ewe.\n\nAkron: Cameroonian, 52, I-485 denied, wants to reopen.",
    ),
    (
        2,
        "two brothers\n\nThe older, 24, is in Reno and needs a bond motion. The younger, 16, is in Elko with an aunt: guardianship, then "
        "SIJS. They have different judges.",
    ),
    (
        1,
        "chronology\n\nMy client is a Nigerian nurse in Aurora.\n * crossed at Laredo on 8/30/24\n * asylum filed 11/11/24\n"
        " * first master was 12/5\n * next hearing 1/22",
    ),
    (
        1,
        "girl, 16\n\nShe came through Sasabe last June. She is now in Reno with an aunt. The judge set her master for 5/13. Her uncle "
        "is charged with a crime. She needs SIJS.",
    ),
    (
        3,
        "Karnes x3\n\n1) Ms. N, 22, Guatemala. IJ review Monday.\n\n2) B., 31, Turkey. Parole request.\n\n3) G., 27, "
        "Angola. CFI is Friday.",
    ),
    (1, "Tulsa\n\nAnother one, 19, from Honduras, needs a U visa, hearing 3/4. Can anyone take him?"),
]


@pytest.mark.parametrize(("number", "text"), POSTS)
def test_the_clients_of_a_post_are_counted(reader: Reader, number: int, text: str) -> None:
    assert len(clients_of(reader, text).own) == number


def test_each_client_has_its_own_words_and_what_is_left_is_common_to_all(reader: Reader) -> None:
    text = "2 clients\n\n1. Ana, 30, asylum in Reno, hearing 3/4.\n2. Ben, 40, bond at Eloy, hearing 3/9.\n\nBoth speak Spanish."
    clients = clients_of(reader, text)
    own = ["".join(text[a:b] for a, b in spans) for spans in clients.own]
    assert "Reno" in own[0]
    assert "Eloy" not in own[0]
    assert "Eloy" in own[1]
    assert any("Spanish" in text[a:b] for a, b in clients.shared)


def test_an_encoder_that_sees_several_tips_what_the_wording_leaves_open(reader: Reader) -> None:
    text = "Union hall\n\nA father in Omaha got an NTA, master 3/4. A cook in Lincoln has DACA that ends 5/1 and must renew."
    assert len(clients_of(reader, text, several=0.9).own) == 2
    assert len(clients_of(reader, text, several=0.001).own) == 1


def test_a_client_whom_ice_picked_up_is_not_provided_for() -> None:
    assert not provided_for("Mr. A., 30, was picked up by ICE on Friday and has no lawyer.")
    assert provided_for("Mr. B. was picked up by Kemi on Friday.")


def test_the_writers_own_dates_bind_no_client(reader: Reader, post: PostFactory) -> None:
    read = reader.read(
        post(
            "My leave begins on February 3, 2025 and I need lawyers for two clients.\n\n1. Ms. K., Togo, in Dayton, asylum, master "
            "on April 2, 2025.\n2. Mr. T., Cameroon, in Akron, needs a U visa filed.",
            subject="two clients need counsel",
        )
    )
    assert [n.deadline.date.isoformat() if n.deadline else None for n in read.needs] == ["2025-04-02", None]


def test_people_called_by_name_are_told_apart_wherever_they_are_brought_in(reader: Reader) -> None:
    text = (
        "two of ours\n\nI saw two people in one day. Petronela is from Moldova and needs somebody for her asylum hearing in Tulsa on 3/4. "
        "Down the hall there's Gebre, Eritrean, whose bond is heard on 3/9 in Dallas. Petronela's uncle drives. Gebre's file is thin."
    )
    clients = clients_of(reader, text)
    assert len(clients.own) == 2
    first = "".join(text[a:b] for a, b in clients.own[0])
    assert "Petronela is from" in first
    assert "Gebre" not in first


def test_a_name_told_again_brings_in_nobody_new(reader: Reader) -> None:
    text = (
        "Lawton\n\nOlumide, 31, is from Nigeria and needs a lawyer for his merits hearing on 3/4 in Oklahoma City. "
        "Olumide has an aunt here. Olumide's statement is done."
    )
    assert len(clients_of(reader, text).own) == 1


def test_a_sentence_about_all_is_common_to_all(reader: Reader) -> None:
    text = (
        "two in Tulsa\n\n1. Iryna, 40, asylum, master 3/4.\n2. Bohdan, 30, TPS renewal due 3/9. Both speak Ukrainian. "
        "He has a job.\n\nThanks"
    )
    clients = clients_of(reader, text)
    assert any("Both speak Ukrainian" in text[a:b] for a, b in clients.shared)
    assert all("Both" not in text[a:b] for spans in clients.own for a, b in spans)
    assert any("He has a job" in text[a:b] for a, b in clients.own[1])


def test_a_title_is_nobodys_name(reader: Reader) -> None:
    text = (
        "Two left\n\n1. Mr. and Mrs. T., in Bristol, Virginia. Two green card applications to file.\n\n"
        "2. Mrs. L., 71, in Boone, North Carolina. An N-400 with an interview on June 12.\n"
    )
    clients = clients_of(reader, text)
    assert [text[a:b][:10] for ((a, b), *_) in clients.own] == ["1. Mr. and", "2. Mrs. L."]


def test_two_that_are_counted_need_no_ask_of_their_own_each(reader: Reader) -> None:
    text = "bond on monday\n\nTwo cousins from Haiti with bond hearings Monday. The older (34) has a wife here. The younger (21) has nobody.\n"
    assert len(clients_of(reader, text, several=0.8).own) == 2
