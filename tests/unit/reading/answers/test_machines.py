"""Robots and returned mail, told from people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from listbot.domain.mail import Address, Attachment, Post
from listbot.domain.states import AnswerKind
from listbot.reading.answers import read_answer

A = AnswerKind
TODAY = datetime(2025, 4, 15, 10, 0, tzinfo=UTC)


def post(text: str = "", subject: str = "Re: Referral in Omaha", sender: str = "ines@firm.example", **fields: Any) -> Post:
    return Post(message_id="<1@x.example>", author=Address(sender), subject=subject, text=text, date=TODAY, **fields)


def kind(message: Post) -> AnswerKind:
    return read_answer(message, TODAY).kind


def test_an_away_notice_tells_until_when() -> None:
    reading = read_answer(post("I am away through May 2 and return Monday, May 5.", auto_submitted="auto-replied"), TODAY)
    assert (reading.kind, reading.until) == (A.ROBOT, "2025-05-05")


@pytest.mark.parametrize("header", [("X-Autoreply", "yes"), ("X-Autorespond", "x"), ("Precedence", "auto_reply")])
def test_a_header_of_automatic_answers_betrays_a_robot(header: tuple[str, str]) -> None:
    assert kind(post("Back soon.", headers=(header,))) is A.ROBOT


def test_an_away_notice_without_any_header_is_known_by_its_manner() -> None:
    text = "I am out of the office with limited access to email. For urgent matters please call our front desk."
    assert kind(post(text)) is A.ROBOT


def test_precedence_list_is_no_robot() -> None:
    assert kind(post("I will take this one.", headers=(("Precedence", "list"),))) is A.YES


def test_auto_submitted_no_is_a_person() -> None:
    assert kind(post("No, I am away until May 2.", auto_submitted="no")) is not A.ROBOT


def test_a_person_on_vacation_who_declines_is_a_person() -> None:
    assert kind(post("I'm on vacation that week, so no.")) is A.NO


def test_a_ticket_system_is_a_robot() -> None:
    assert kind(post("Your request (4821) has been received.", subject="[Ticket 4821] Referral in Omaha")) is A.ROBOT
    assert kind(post("Thank you for contacting us. Ticket #4512 has been created.")) is A.ROBOT
    assert kind(post("Hello, we opened a support request for you. Please keep its number at hand.")) is A.ROBOT
    assert kind(post("Thank you for writing.\n\nCase 4471 has been opened.")) is A.ROBOT


def test_a_person_who_speaks_of_an_opened_case_is_a_person() -> None:
    assert kind(post("No, sorry: the last case you sent was opened in March and still eats my days.")) is A.NO
    assert kind(post("Count me in. I have opened a case 4471 for him already.")) is A.YES
    assert kind(post("Count me in. Case 4471 has been opened already.")) is A.YES
    assert kind(post("Happy to help. The request 12345 was received by USCIS")) is not A.ROBOT


def test_a_read_receipt_is_a_robot() -> None:
    assert kind(post("Your message was read.", report="Disposition: manual-action/MDN-sent-manually; displayed")) is A.ROBOT


def test_an_abuse_report_is_a_robot() -> None:
    assert kind(post("Spam.", report="Feedback-Type: abuse")) is A.ROBOT


def test_a_calendars_answer_is_a_robot() -> None:
    message = post("Ines has accepted.", subject="Accepted: Referral in Omaha", attachments=(Attachment("", "text/calendar", 9),))
    assert kind(message) is A.ROBOT


def test_a_failed_delivery_is_a_bounce() -> None:
    reading = read_answer(post("Sorry.", report="Action: failed\nStatus: 5.1.1"), TODAY)
    assert (reading.kind, reading.soft) == (A.BOUNCE, False)


def test_a_full_mailbox_is_a_soft_bounce() -> None:
    assert read_answer(post("Sorry.", report="Action: failed\nStatus: 5.2.2"), TODAY).soft


def test_a_notice_of_delay_is_no_bounce() -> None:
    assert kind(post("Still trying.", sender="mailer-daemon@x.example", report="Action: delayed\nStatus: 4.4.1")) is A.ROBOT


def test_a_bounce_in_words_is_known_by_sender_and_words() -> None:
    text = "Sorry, I couldn't deliver it.\n<a@b.example>:\n550 5.1.1 User unknown"
    assert kind(post(text, subject="failure notice", sender="MAILER-DAEMON@x.example")) is A.BOUNCE


def test_a_person_quoting_a_code_is_no_bounce() -> None:
    assert kind(post("Got a 550 5.1.1 when I wrote to the fellow. Anyway, no, I can't.")) is A.NO
