"""What help is asked for, and what of it a post only mentions."""

from __future__ import annotations

import pytest

from listbot.reading import Reader
from listbot.reading.judgement import Judgement
from listbot.reading.lexicon import words_of
from listbot.reading.relief import asked_ids, judge
from listbot.reading.text import Sentences
from listbot.reading.weighing import unnamed_relief, weighed_relief


def statuses(reader: Reader, text: str) -> dict[str, str]:
    """Status by relief id, the last mention's."""
    found = judge(reader.tables.relief.find(text, words_of(text)), text, Sentences(text))
    return {i: j.status for j in found for i in j.mention.ids}


def asked(reader: Reader, text: str) -> set[str]:
    found = judge(reader.tables.relief.find(text, words_of(text)), text, Sentences(text))
    return set(asked_ids(found, reader.tables.relief.types, text)[0])


@pytest.mark.parametrize(
    ("text", "relief", "status"),
    [
        ("She needs help with asylum.", "asylum", "asked"),
        ("The asylum application has not been filed.", "asylum", "asked"),
        ("He has never filed for asylum.", "asylum", "asked"),
        ("No ha presentado la solicitud de asilo.", "asylum", "asked"),
        ("The I-589 is due March 3.", "asylum", "asked"),
        ("We already filed the I-589.", "asylum", "handled"),
        ("She has an approved I-360.", "sijs", "granted"),
        ("Her TPS was granted in May.", "tps", "granted"),
        ("He is not eligible for asylum.", "asylum", "ruled_out"),
        ("Asylum is time-barred.", "asylum", "ruled_out"),
        ("The IJ denied asylum, withholding and CAT.", "cat", "ruled_out"),
        ("She wants adjustment through her husband.", "adjustment", "asked"),
        ("I'm looking for someone to do the bond hearing.", "bond", "asked"),
    ],
)
def test_the_status_of_a_relief_is_told_by_the_words_around_it(reader: Reader, text: str, relief: str, status: str) -> None:
    assert statuses(reader, text)[relief] == status


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Need help with WOR/CAT, merits in May.", {"withholding", "cat"}),
        ("LPR needs cancellation.", {"cancellation_lpr"}),
        ("Asylee needs help to adjust.", {"refugee_adjustment"}),
        ("Needs guardianship with special findings, then the I-360.", {"guardianship", "sijs"}),
        ("Needs a petition for review; the BIA denied his asylum.", {"circuit_petition"}),
        ("She came on parole and needs asylum.", {"asylum"}),
        ("Wants a U visa cert.", {"u_visa"}),
    ],
)
def test_what_is_asked_for(reader: Reader, text: str, ids: set[str]) -> None:
    assert asked(reader, text) == ids


@pytest.mark.parametrize(
    "text", ["He will stay with his aunt.", "He is in ICE custody.", "James Bond films only.", "See page 485 and send $130."]
)
def test_the_same_word_in_another_sense_is_no_relief(reader: Reader, text: str) -> None:
    assert not statuses(reader, text)


@pytest.mark.parametrize(
    ("text", "relief"),
    [
        ("She was robbed and needs help with her U.", {"u_visa"}),
        ("He wants to become a citizen.", {"naturalization"}),
        ("Her DACA runs out in May; who can do the renewal?", {"daca"}),
        ("RFE on an approved I-130, an answer is due Friday.", {"family_petition"}),
        ("DACA RENEWAL EXPIRED LAST WEEK", {"daca"}),
        ("A family of refugees since 2021 ready to adjust.", {"refugee_adjustment"}),
        ("She wants the old order reopened.", {"motion_to_reopen"}),
        ("Her redetermination is on Monday, detained.", {"bond"}),
        ("He is asking for 212(c).", {"other"}),
    ],
)
def test_relief_is_known_by_the_words_that_lawyers_use(reader: Reader, text: str, relief: set[str]) -> None:
    assert asked(reader, text) == relief


@pytest.mark.parametrize(
    ("text", "relief", "status"),
    [
        ("Bond is not worth a hearing; bond was looked into.", "bond", "ruled_out"),
        ("Habeas was considered and rejected.", "habeas", "ruled_out"),
        ("Citizenship must wait.", "naturalization", "ruled_out"),
        ("Please don't bother with asylum.", "asylum", "ruled_out"),
        ("His asylum is being handled by a firm downtown.", "asylum", "handled"),
        ("The guardianship is with a legal aid office.", "guardianship", "handled"),
        ("Her father's TPS is his own affair.", "tps", "background"),
    ],
)
def test_what_is_left_aside_in_other_hands_or_a_relatives_is_not_asked(
    reader: Reader, text: str, relief: str, status: str
) -> None:
    assert statuses(reader, text)[relief] == status


@pytest.mark.parametrize(
    ("text", "relief"),
    [
        ("She must ask to lift the conditions alone.", "i751"),
        ("He wants the (c)(9) card.", "work_permit"),
        ("A petition in the Southern District of Ohio, please.", "habeas"),
        ("They need the juvenile petition mailed.", "sijs"),
        ("The sheriff signed her cert.", "u_visa"),
        ("Busca una mocion de reapertura.", "motion_to_reopen"),
    ],
)
def test_relief_told_in_other_words(reader: Reader, text: str, relief: str) -> None:
    assert relief in statuses(reader, text)


def test_of_named_relief_the_opinion_and_the_mentions_say_which_is_asked(reader: Reader) -> None:
    text = "Asylum help\nShe needs asylum. Asylum is due in May. An uncle once spoke of naturalization."
    judged = judge(reader.tables.relief.find(text, words_of(text)), text, Sentences(text))
    types = reader.tables.relief.types
    opinion = Judgement(asked={"asylum": 0.6, "naturalization": 0.01})
    assert weighed_relief(("asylum", "naturalization"), judged, opinion, types, 11) == ("asylum",)
    assert weighed_relief(("asylum", "naturalization"), judged, Judgement(), types, 11) == ("asylum", "naturalization")


def test_a_relief_that_no_word_names_is_taken_from_a_sure_opinion_only(reader: Reader) -> None:
    types = reader.tables.relief.types
    assert unnamed_relief((), Judgement(asked={"sijs": 0.8, "asylum": 0.1}), types) == ("sijs",)
    assert unnamed_relief((), Judgement(asked={"sijs": 0.3}), types) == ()
    assert unnamed_relief(("removal_defense",), Judgement(asked={"sijs": 0.8}), types) == ("removal_defense",)
