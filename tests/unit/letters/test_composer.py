"""Letters by the book: headers, MIME, addresses; and nothing that a person wrote can become a header."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters.letters import JinjaComposer
from listbot.adapters.letters.samples import BOT, FELLOW, SAMPLES, TAKER
from listbot.domain.errors import ListbotError, Never
from listbot.domain.letters import AskValues, LetterSpec, copies
from listbot.domain.mail import Address

TEMPLATES = Path(__file__).parents[3] / "templates"
NOW = datetime(2025, 2, 13, 15, 30, tzinfo=UTC)
ANSWERS = Address("bot+k3v7q2mz5t4wa6xj2n8rcy4p@bot.example", "Referral bot")
STOP = "https://listbot.example.org/a/k3v7q2mz5t4wa6xj2n8rcy4p/stop"
COMPOSER = JinjaComposer(BOT, b"a secret of the tests", [TEMPLATES])


def ask(**changes: object) -> LetterSpec:
    values = SAMPLES["ask"][0][1]
    assert isinstance(values, AskValues)
    spec = LetterSpec(
        key="ask:1:2",
        template="ask",
        to=TAKER,
        values=values,
        reply_to=(FELLOW, ANSWERS),
        unsubscribe=(ANSWERS.email, STOP),
        token="k3v7q2mz5t4wa6xj2n8rcy4p",
    )
    return replace(spec, **changes)  # type: ignore[arg-type]


def parsed(spec: LetterSpec) -> EmailMessage:
    message = email.message_from_bytes(COMPOSER.compose(spec, NOW).raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_an_ask_has_the_headers_of_a_polite_robot() -> None:
    message = parsed(ask())
    assert message["From"] == "Referral bot <bot@bot.example>"
    assert message["To"] == "Ana Ruiz Ferrer <ana@alumni.example>"
    assert [a.addr_spec for a in message["Reply-To"].addresses] == [FELLOW.email, ANSWERS.email]
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{STOP}>, <mailto:{ANSWERS.email}?subject=STOP>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_threads_a_letter_into_the_list_or_calls_it_one() -> None:
    names = {name.lower() for name in parsed(ask())}
    assert not names & {"in-reply-to", "references", "list-id", "list-post", "precedence"}


def test_a_letter_may_follow_an_earlier_one_of_the_bot() -> None:
    message = parsed(ask(answering="<k3v7@bot.example>"))
    assert message["In-Reply-To"] == message["References"] == "<k3v7@bot.example>"


def test_one_click_is_offered_only_where_an_https_page_serves_it() -> None:
    by_mail = parsed(ask(unsubscribe=(ANSWERS.email, "")))
    assert by_mail["List-Unsubscribe"] == f"<mailto:{ANSWERS.email}?subject=STOP>"
    assert by_mail["List-Unsubscribe-Post"] is None
    assert parsed(ask(unsubscribe=(ANSWERS.email, "http://127.0.0.1:8080/stop")))["List-Unsubscribe-Post"] is None
    assert parsed(ask(unsubscribe=None))["List-Unsubscribe"] is None


def test_the_same_letter_is_the_same_bytes_and_another_has_another_id() -> None:
    first, again, other = COMPOSER.compose(ask(), NOW), COMPOSER.compose(ask(), NOW), COMPOSER.compose(ask(key="ask:1:3"), NOW)
    assert first == again
    assert first.message_id != other.message_id
    assert re.fullmatch(r"<[a-z2-7]{24}@bot\.example>", first.message_id)


def test_a_mail_to_two_people_is_two_letters_with_one_message_id() -> None:
    to, values = SAMPLES["introduction"][0]
    spec = LetterSpec(key="introduction:1:2", template="introduction", to=to, cc=(FELLOW,), values=values)
    one, two = (COMPOSER.compose(copy, NOW) for copy in copies(spec))
    assert (one.recipient, two.recipient) == (to.email, FELLOW.email)
    assert one.key != two.key
    assert one.raw == two.raw
    assert b"Cc: Sam O'Neill <sam@fellows.example>" in one.raw


def test_text_and_html_say_the_same_thing_in_seven_bits() -> None:
    raw = COMPOSER.compose(ask(to=Address("jose@alumni.example", "José Peña")), NOW).raw
    assert raw.isascii()
    assert all(len(line) <= 76 or line.startswith("List-Unsubscribe: <https") for line in raw.decode().split("\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=default)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for part in message.iter_parts():  # type: ignore[attr-defined]
        assert "José Peña" in part.get_content()
    assert message["To"].addresses[0].display_name == "José Peña"


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@", "@b.example", "a b@c.example", "a@b@c.example", "a@b.example\r\nBcc: x@y.example", "a@-b.example",
     "<a@b.example>", "a,c@b.example", "a..c@b.example", "a@b..example", "x" * 65 + "@b.example"],
)  # fmt: skip
def test_a_wrong_address_is_refused_for_good(address: str) -> None:
    with pytest.raises(Never, match="no address"):
        COMPOSER.compose(ask(to=Address(address, "Ana")), NOW)


def test_a_domain_in_another_script_goes_out_in_ascii() -> None:
    assert COMPOSER.compose(ask(to=Address("ana@bücher.example")), NOW).recipient == "ana@xn--bcher-kva.example"


@pytest.mark.parametrize("value", ["k3v7@bot.example", "<a@b>\r\nBcc: <x@y>", "<a b@c>"])
def test_a_wrong_message_id_is_refused(value: str) -> None:
    with pytest.raises(Never, match="Message-ID"):
        COMPOSER.compose(ask(answering=value), NOW)


@pytest.mark.parametrize("link", ["https://x.example/a b", "https://x.example/>,<https://y.example", "javascript:alert(1)"])
def test_a_wrong_link_is_refused(link: str) -> None:
    with pytest.raises(Never, match="web address"):
        COMPOSER.compose(ask(unsubscribe=(ANSWERS.email, link)), NOW)


ANYTHING = st.text(max_size=120) | st.sampled_from(
    ["Ana\r\nBcc: thief@x.example", "a\nb", "x\x00y", '"quoted" \\ <a@b.example>', "=?utf-8?q?hidden?=", "á" * 90, "x" * 300,
     "a\u2028b\x85c", "{{ 7 * 7 }}", "{% raw %}", "<script>alert(1)</script>", "\u202egnp.exe", "\ud800", "ä, ö; (ü)"]
)  # fmt: skip
EXPECTED = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post",
    "MIME-Version", "Content-Type",
}  # fmt: skip


@given(name=ANYTHING, place=ANYTHING, words=ANYTHING, reason=ANYTHING)
def test_no_words_of_anybody_become_a_header_or_an_address(name: str, place: str, words: str, reason: str) -> None:
    values = SAMPLES["ask"][0][1]
    assert isinstance(values, AskValues)
    facts = replace(values.facts, places=(place,), relief=(reason,))
    hostile = replace(values, facts=facts, words=words, reasons=(reason,), fellow=Address(FELLOW.email, name), list_name=name)
    spec = ask(to=Address(TAKER.email, name), reply_to=(Address(FELLOW.email, name), ANSWERS), values=hostile)
    letter = COMPOSER.compose(spec, NOW)
    message = email.message_from_bytes(letter.raw, policy=default)
    assert set(message.keys()) == EXPECTED
    assert len(message.keys()) == len(EXPECTED)
    assert [a.addr_spec for a in message["To"].addresses] == [TAKER.email]
    assert [a.addr_spec for a in message["Reply-To"].addresses] == [FELLOW.email, ANSWERS.email]
    assert letter.raw.isascii()
    assert all(len(line) <= 998 for line in letter.raw.split(b"\r\n"))
    html = message.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert "<script" not in html
    assert len(message.get_payload()) == 2


VISIBLE = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"))


@given(name=st.text(VISIBLE, min_size=1, max_size=60))
def test_a_name_arrives_as_it_was(name: str) -> None:
    raw = COMPOSER.compose(ask(to=Address(TAKER.email, name)), NOW).raw
    # The newer parser leaves a space between a name's encoded words, which RFC 2047, 6.2 ignores; the older one is right.
    shown, address = parseaddr(email.message_from_bytes(raw)["To"])
    assert (str(make_header(decode_header(shown))), address) == (name, TAKER.email)


@given(subject=st.text(VISIBLE | st.just(" "), max_size=200))
def test_a_subject_arrives_as_it_was(subject: str) -> None:
    to, values = SAMPLES["nobody"][0]
    wanted = " ".join(f"No taker yet: {subject or 'your request'}".split())
    spec = LetterSpec(key="n", template="nobody", to=to, values=replace(values, about=subject))  # type: ignore[call-arg]
    assert parsed(spec)["Subject"] == wanted


def test_a_wrong_template_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "ask.txt").write_text("Subject: Hello\n\nDear {{ to.name }},\n{{ facts.colour }}\n")
    with pytest.raises(ListbotError, match=r"en/ask\.txt:4: .*colour"):
        JinjaComposer(BOT, b"s", [tmp_path, TEMPLATES]).compose(ask(), NOW)


def test_a_folder_of_ones_own_comes_first_and_the_shipped_one_fills_in(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "ask.txt").write_text("Subject: Our own words\n\nDear {{ to.name }}\n")
    rendered = JinjaComposer(BOT, b"s", [tmp_path, TEMPLATES]).render("ask", TAKER, ask().values)
    assert (rendered.subject, rendered.text) == ("Our own words", "Dear Ana Ruiz Ferrer\n")
    assert "Could it be you?" in rendered.html


def test_templates_cannot_reach_into_the_program(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "ask.txt").write_text("Subject: x\n\n{{ to.__class__.__mro__ }}\n")
    with pytest.raises(ListbotError, match=r"ask\.txt:3"):
        JinjaComposer(BOT, b"s", [tmp_path, TEMPLATES]).compose(ask(), NOW)


def test_a_language_that_lacks_a_letter_falls_back_to_english() -> None:
    to, values = SAMPLES["held"][0]
    assert COMPOSER.render("held", to, values, "es").subject.startswith("Held:")
    assert COMPOSER.render("ask", TAKER, ask().values, "es").subject.startswith("Caso en Durham, NC")
    assert COMPOSER.render("ask", TAKER, ask().values, "xx").subject.startswith("Referral in Durham, NC")
