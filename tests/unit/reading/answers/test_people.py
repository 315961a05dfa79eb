"""What people say in an answer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from listbot.domain.mail import Address, Post
from listbot.domain.states import AnswerKind
from listbot.domain.work import AnswerReading
from listbot.reading.answers import read_answer

A = AnswerKind
TODAY = datetime(2025, 4, 15, 10, 0, tzinfo=UTC)
ASK = "> Reply YES, NO, or STOP. Hearing Apr 30. Could it be you?\n> A no helps as well.\n"


def read(text: str, subject: str = "Re: Referral in Omaha, NE: asylum", name: str = "Ines Okafor") -> AnswerReading:
    return read_answer(
        Post(message_id="<1@x.example>", author=Address("ines@firm.example", name), subject=subject, text=text, date=TODAY), TODAY
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Yes.", A.YES),
        ("Happy to take this.", A.YES),
        ("Count me in!", A.YES),
        ("I can't say no to her. Send me the file.", A.YES),
        ("No problem, we will take it.", A.YES),
        ("Sí, con mucho gusto lo tomo.", A.YES),
        ("👍", A.YES),
        ("No.", A.NO),
        ("I wish I could.", A.NO),
        ("Sorry, too busy this month.", A.NO),
        ("No puedo, lo siento.", A.NO),
        ("STOP", A.STOP),
        ("unsubscribe", A.STOP),
        ("Please take me off your list.", A.STOP),
        ("Quítenme de la lista.", A.STOP),
        ("I could co-counsel.", A.MAYBE),
        ("Yes, but only the bond hearing.", A.MAYBE),
        ("Let me check with my director.", A.MAYBE),
        ("Who is the judge?", A.QUESTION),
        ("¿Ya tiene fecha de audiencia?", A.QUESTION),
        ("This one was already placed, no need to look further.", A.PLACED),
        ("Thanks!", A.OTHER),
    ],
)
def test_plain_words_have_one_reading(words: str, kind: AnswerKind) -> None:
    assert read(words).kind is kind


def test_a_date_after_which_somebody_can_is_kept() -> None:
    reading = read("I can do it after the 24th.")
    assert (reading.kind, reading.until) == (A.LATER, "2025-04-25")


def test_a_month_begins_on_its_first_day() -> None:
    reading = read("Full until June, happy to take it then.")
    assert (reading.kind, reading.until) == (A.LATER, "2025-06-01")


def test_another_name_instead_is_a_referral() -> None:
    reading = read("Not NY, but my friend Ana Ruiz at the clinic in Tampa might.")
    assert reading.kind is A.REFER
    assert reading.refer_to == "Ana Ruiz"


def test_an_address_is_preferred_to_a_name() -> None:
    assert read("I can't. Try Bo Lind, bo@lind.example.").refer_to == "bo@lind.example"


def test_news_on_capacity_counts_the_cases() -> None:
    reading = read("I can take two more cases from June 1.", subject="Re: How many cases could you take?")
    assert (reading.kind, reading.slots, reading.until) == (A.CAPACITY, 2, "2025-06-01")


@pytest.mark.parametrize(
    "text",
    [
        "I'll take this one; after that, no more mail.",
        "I'll take this one. After that, please take me off the list.",
        "I can take this case, but please don't email me again after this.",
        "Me encargo de este caso. Después, no me manden más correos.",
    ],
)
def test_a_plain_yes_and_a_stop_after_it_are_both_told(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.also, reading.hold) == (A.STOP, (A.YES,), None)


@pytest.mark.parametrize(
    "text", ["I am happy to be asked less. Please unsubscribe me.", "Sure, take me off the list.", "Yes. Stop emailing me."]
)
def test_a_stop_beside_what_is_no_plain_yes_takes_no_case_unseen(text: str) -> None:
    reading = read(text)
    assert reading.kind is A.STOP
    assert A.YES not in reading.also or reading.hold


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sorry I forgot to add my number. What is the hearing date?", A.QUESTION),
        ("Yes, I'll take it. I forgot to give you my email earlier.", A.YES),
        ("I can take this one. Sorry for the delay, I forgot it over the weekend.", A.YES),
        ("I keep losing my number. Yes, I'll take it.", A.YES),
        ("Yes, I will represent her. Let's end this detention for good!", A.YES),
        ("I moved to NC permanently. I can take this case.", A.YES),
        ("I can take this. ICE wants to remove her for good.", A.YES),
    ],
)
def test_what_was_forgotten_or_ends_for_good_is_no_stop_unless_it_is_the_mails(text: str, kind: AnswerKind) -> None:
    reading = read(text)
    assert reading.kind is kind
    assert A.STOP not in reading.also


@pytest.mark.parametrize(
    "text",
    [
        "Please lose my address.",
        "Forget it.",
        "Do me the kindness of losing my address.",
        "Take me off for good.",
        "Stop these mails permanently.",
    ],
)
def test_an_address_to_be_lost_or_mails_to_end_for_good_are_a_stop(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.hold) == (A.STOP, None)


@pytest.mark.parametrize(
    "text",
    [
        "Put me down for her. And afterwards, do me the kindness of losing my address.",
        "I'll represent him. Then kindly erase every trace of me.",
    ],
)
def test_a_yes_before_what_may_be_a_stop_loses_neither_unseen(text: str) -> None:
    reading = read(text)
    assert reading.hold or {A.YES, A.STOP} == {reading.kind, *reading.also}


@pytest.mark.parametrize(
    "text",
    [
        "A saner lawyer would say no. I was never that lawyer.",
        "If I had any sense I'd decline. I have none.",
        "Were I less of a fool I would pass. Lucky for the boy, I'm a fool.",
    ],
)
def test_what_one_would_decline_if_one_were_wiser_is_no_plain_no(text: str) -> None:
    reading = read(text)
    assert reading.kind is A.YES or reading.hold


@pytest.mark.parametrize(
    "text", ["If I had the time I'd take it, but no.", "I should probably pass on this one.", "I'd decline."]
)
def test_a_no_in_the_conditional_is_a_no(text: str) -> None:
    assert read(text).kind is A.NO


def test_a_no_that_the_wiser_would_say_and_the_writer_says_too_is_a_plain_no() -> None:
    reading = read("A wiser woman would say no, so I do say no.")
    assert (reading.kind, reading.hold) == (A.NO, None)


@pytest.mark.parametrize(
    "text",
    [
        "No, sorry.\n\nOn Tue, Apr 15, 2025 at 9:30 AM Referral bot <bot@bot.example> wrote:\n\n" + ASK,
        "No, sorry.\n\n________________________________\nFrom: Referral bot <bot@bot.example>\nSent: Tuesday\nTo: Ines\nSubject: x\n\nSay STOP or YES",
        "On 4/15/2025, Referral bot wrote:\n" + ASK + "\nNo, sorry.\n",
        "No, sorry.\nInes\n\nSent from my iPhone\n\n> On Apr 15, 2025, at 9:30 AM, Referral bot <bot@bot.example> wrote:\n" + ASK,
        "No, sorry.\n\nAm 15.04.2025 um 09:30 schrieb Referral bot:\n" + ASK,
        "No, sorry.\n\n-----Original Message-----\nFrom: Referral bot <bot@bot.example>\nSent: x\nSubject: y\n\nSTOP ends all. YES takes it.",
    ],
)
def test_the_quoted_ask_is_never_the_answer(text: str) -> None:
    assert read(text).kind is A.NO


def test_a_word_in_the_subject_alone_counts() -> None:
    assert read("", subject="STOP").kind is A.STOP


def test_a_signature_alone_says_nothing() -> None:
    assert read("Ines Okafor\nOkafor Law, P.C.\n(312) 555-0100").kind is A.OTHER


def test_an_encrypted_answer_is_held() -> None:
    post = Post(
        message_id="<1@x.example>", author=Address("a@b.example"), subject="Re: x", text="", date=TODAY, unreadable="encrypted"
    )
    assert read_answer(post, TODAY).hold


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Yes, happy to take this one. Please write to me in Spanish from now on.", "es"),
        ("En español, por favor", "es"),
        ("Not this one. Could you send these emails in Spanish please?", "es"),
        ("Prefiero recibir los correos en español.", "es"),
        ("In English please.", "en"),
        ("Sí, con gusto lo tomo.", None),
        ("The declaration is in Spanish.", None),
        ("Please send me the file in Spanish.", None),
        ("I can email the client in Spanish.", None),
        ("No me escriban en español", None),
        ("I prefer Spanish-speaking clients", None),
    ],
)
def test_only_a_plain_wish_says_in_which_language_to_write(text: str, language: str | None) -> None:
    assert read(text).letters_in == language
