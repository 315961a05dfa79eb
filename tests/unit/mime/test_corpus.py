"""What is read out of each hostile message; the first words of a case say what is wrong with it or right about the reading."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from listbot.adapters.mime.posts import posts_in
from listbot.adapters.sources.running import shortened
from listbot.domain.mail import Address, Attachment, Post

CORPUS = Path(__file__).parents[2] / "data" / "mime"
ANA = Address("ana@alumni.example", "Ana Reyes")
BEN = Address("ben@fellows.example", "Ben Ode")
PLEA = "Can anybody take an asylum case in Charlotte?"
MONDAY = datetime(2025, 1, 6, 9, 15, tzinfo=timezone(timedelta(hours=-5)))
VIA = Address("fellows@lists.example", "Ana Reyes via Fellows")
FORWARDED = (
    "See below.\n\n---------- Forwarded message ----------\nFrom: Ben Ode <ben@fellows.example>\n"
    "Date: Sun, 5 Jan 2025 10:00:00 -0700\nSubject: Case in Tucson\nTo: ana@alumni.example\n\nA mother and child, detained."
)
NOTES_DOC = (Attachment("Intake notes.doc", "application/octet-stream", 77),)

CASES: list[tuple[str, str, dict[str, object]]] = [
    ("an id in square brackets, as Exchange writes it, is kept", "exchange-id", {"message_id": "<[abc123]@mail.example>"}),
    ("an id in square brackets can be the parent", "exchange-id", {"references": ("<[0a]@mail.example>",)}),
    ("an id without angle brackets gets them", "bare-id", {"message_id": "<abc@mail.example>"}),
    (
        "references are oldest first, folded ids made whole, the parent last",
        "folded-id",
        {"references": ("<first@x.example>", "<second@x.example>", "<third@x.example>")},
    ),
    ("a missing date is none", "no-date", {"date": None, "warnings": ("there is no Date that can be read",)}),
    ("a senseless date is none", "bad-date", {"date": None, "warnings": ("there is no Date that can be read",)}),
    ("an ISO date is read", "iso-date", {"date": MONDAY}),
    ("a named zone and a year of two digits are read", "named-zone", {"date": MONDAY}),
    ("raw UTF-8 in a subject is read", "raw-8bit-subject", {"subject": "Audiencia en Peñasco"}),
    ("raw latin-1 in a subject is read", "raw-latin1-subject", {"subject": "Audiencia en Peñasco"}),
    ("a character split between two encoded words is joined", "split-character", {"subject": "Peñasco hearing"}),
    ("broken encoded words give what they can", "broken-words", {"subject": "Who can help?? Hi"}),
    ("an encoded newline adds no header", "header-injection", {"subject": "Hi Bcc: eve@x.example"}),
    ("a damaged header line is passed over", "damaged-line", {"text": PLEA, "warnings": ("a header line was damaged",)}),
    (
        "a body without a blank line before it is still the body",
        "no-blank-line",
        {
            "text": "Dear all, I write without a blank line\nand go on here.",
            "warnings": ("the header ends without a blank line",),
        },
    ),
    ("the From line of an mbox is no header", "mbox-from-line", {"author": ANA, "text": PLEA}),
    ("words without any header are a text", "body-only", {"text": "just some words\nwithout any header", "author": Address("")}),
    (
        "an endless header is cut",
        "endless-header",
        {"text": PLEA, "warnings": ("the header is too long: part of it was left out",)},
    ),
    ("the first of two authors counts", "duplicate-from", {"author": Address("first@alumni.example")}),
    ("lines end in a newline", "crlf", {"text": "Line one\n\nLine two"}),
    ("bare returns are newlines, controls are left out", "bare-cr", {"text": "Line one\nLine two"}),
    ("a name with a bare comma is one name", "unquoted-comma", {"author": Address("ana@alumni.example", "Reyes, Ana")}),
    (
        "names with bare commas and none stand side by side",
        "unquoted-comma",
        {"to": (Address("ben@fellows.example", "Ode, Ben"), Address("c@x.example"))},
    ),
    ("an address without brackets is found", "no-brackets", {"author": ANA}),
    ("a comment is the name", "no-brackets", {"cc": (Address("ben@fellows.example", 'Ben "B" Ode'),)}),
    ("an empty group is nobody", "undisclosed", {"to": ()}),
    ("a group is its members", "undisclosed", {"cc": (Address("a@x.example"), Address("b@x.example"))}),
    ("a quote and a bracket left open do no harm", "open-bracket", {"author": ANA}),
    ("a comma hidden in an encoded name splits nothing", "encoded-name", {"author": Address("ana@alumni.example", "Muñoz, Ana")}),
    ("an international domain is kept, in lower case", "idn", {"author": Address("ana@münchen.example", "Ana")}),
    ("nobody wrote it", "no-author", {"author": Address(""), "warnings": ("there is no author that can be read",)}),
    ("the null sender is an empty return path", "route", {"return_path": ""}),
    ("deliveries are collected", "route", {"delivered_to": ("bot@bot.example", "bot+t1@bot.example")}),
    ("without a field the return path is unknown", "no-author", {"return_path": None}),
    (
        "authentication results keep their order",
        "authenticated",
        {"authentication_results": ("mx.bot.example; dkim=pass", "other.example; spf=fail")},
    ),
    ("behind Mailman's via stands the Reply-To", "via-mailman", {"author": ANA, "sender": VIA, "subject": "Hello"}),
    ("behind Google's via stands X-Original-From", "via-google", {"author": ANA}),
    ("where replies go to the list, the author is among the copies", "via-cc", {"author": ANA, "sender": VIA}),
    (
        "a via that names nobody keeps the list's address",
        "via-nothing",
        {"author": Address("fellows@lists.example", "Ana Reyes")},
    ),
    ("fields that claim another author count only for a list", "claimed-author", {"author": ANA, "sender": None}),
    ("on behalf of names the author", "on-behalf", {"author": ANA}),
    ("a message wrapped whole is opened", "wrapped", {"author": ANA, "subject": "Inside", "text": PLEA, "sender": VIA}),
    ("the list's tags go, Re: and other tags stay", "tag-behind-re", {"subject": "Re: Fwd: [URGENT] Bond"}),
    ("a tag that is not the list's stays", "other-tag", {"subject": "[Chicago] Bond", "list_id": "fellows.lists.example"}),
    ("UTF-8 that calls itself latin-1 is read as UTF-8", "utf8-called-latin1", {"text": "Niña de Peñasco"}),
    ("windows-1252 that calls itself UTF-8 is read", "windows-called-utf8", {"text": "It’s Peñasco"}),
    ("windows-1252 that calls itself ASCII is read", "windows-called-ascii", {"text": "It’s Peñasco"}),
    ("latin-1 without a word is read", "latin1-undeclared", {"text": "Peñasco"}),
    ("two charsets in one text are both read", "mixed-charsets", {"text": "Peñasco mañana"}),
    ("an unknown charset is no reason not to read", "unknown-charset", {"text": "Peñasco"}),
    ("a codec that is no charset is not used", "codec-no-charset", {"text": "plain words"}),
    ("UTF-16 is read", "utf16", {"text": "Peñasco"}),
    ("ASCII that calls itself UTF-16 is read", "utf16-lie", {"text": "plain words"}),
    ("Japanese is read", "shift-jis", {"text": "東京"}),
    ("NUL and what Dovecot makes of it are left out", "nul", {"text": "before and after"}),
    ("a footer behind base64 is kept", "base64-footer", {"text": "Peñasco case\n____________\nFellows mailing list"}),
    ("damaged base64 gives what it can", "base64-damaged", {"text": "Hello world", "warnings": ("the base64 is damaged",)}),
    ("base64 with padding in its midst is whole", "base64-padded-twice", {"text": "Hello world"}),
    ("plain text that calls itself base64 is read", "base64-not", {"text": "This was never base64."}),
    ("damaged quoted-printable gives what it can", "qp-damaged", {"text": "Peñasco =ZZ 100th"}),
    ("an unknown encoding is said", "unknown-encoding", {"text": "words", "warnings": ("the transfer encoding is unknown",)}),
    ("flowed paragraphs are made whole", "flowed", {"text": "A long paragraph ends.\n> quoted text\n-- stuffed\n-- \nAna"}),
    ("DelSp joins words", "flowed-delsp", {"text": "unbroken"}),
    ("invisible characters are left out", "invisible", {"text": "bond hearing in Eloy"}),
    ("an empty plain part gives way to the HTML", "alternative-empty-plain", {"text": "The real text", "from_html": True}),
    ("a stub gives way to the HTML", "alternative-stub", {"text": "The real text is longer than that stub"}),
    (
        "a calendar is an attachment beside the text",
        "alternative-calendar",
        {"text": "Training on Friday", "attachments": (Attachment("a.ics", "text/calendar", 33),)},
    ),
    ("a calendar alone says what it is", "calendar-only", {"text": "Summary: Asylum training\nLocation: Room 4, upstairs"}),
    (
        "a picture of the HTML is an attachment",
        "related",
        {"text": "See", "attachments": (Attachment("logo.png", "image/png", 1),)},
    ),
    ("text before and after an attachment is read", "apple-mixed", {"text": "before\n\nafter"}),
    ("a closing boundary may be missing", "no-closing-boundary", {"text": "the text"}),
    ("a boundary that nobody told is guessed", "boundary-missing", {"text": "the text"}),
    ("a boundary that never comes leaves plain text", "boundary-wrong", {"text": PLEA}),
    ("an RFC 2231 name is whole", "filename-2231", {"attachments": (Attachment("Peñasco.pdf", "application/pdf", 1),)}),
    ("an encoded name is decoded", "filename-2047", {"attachments": (Attachment("Peña.pdf", "application/pdf", 3),)}),
    (
        "an attached text is not read",
        "text-attachment",
        {"text": PLEA, "attachments": (Attachment("notes.txt", "text/plain", 9),)},
    ),
    ("a message that is all attachment is read", "only-attachment", {"text": "words all the same", "attachments": ()}),
    ("a forwarded message stands under its header", "forwarded", {"text": FORWARDED, "author": ANA}),
    ("a forwarded message in base64 is opened", "forwarded-base64", {"text": FORWARDED}),
    ("parts too deep are not opened", "too-deep", {"warnings": ("parts nested deeper than 20 levels were not opened",)}),
    ("parts without end are cut", "too-many-parts", {"warnings": ("only the first 500 parts were read",)}),
    ("HTML that calls itself plain is laid out", "html-called-plain", {"text": "Bond hearing", "from_html": True}),
    ("what a reader would not see is left out", "html-hidden", {"text": "Seen"}),
    (
        "a table of clients keeps its rows",
        "html-table",
        {"text": "Clients:\n\nName  City      Relief\nA.    Eloy, AZ  asylum\nB.    Tucson    SIJS"},
    ),
    ("a table for looks is plain text", "html-layout", {"text": "One\n\nTwo"}),
    ("Gmail's quotes are marked", "html-gmail", {"text": "Yes, I can.\nOn Mon, Ana wrote:\n> Who can?\n> > Older"}),
    ("an indentation is no quote", "html-indent", {"text": "Only indented"}),
    (
        "Outlook's header block is lines",
        "html-outlook",
        {
            "text": "See below.\n\n________________________________\nFrom: Ben <ben@fellows.example>\nSent: Monday\n"
            "To: Ana\nSubject: Case\nThe case"
        },
    ),
    ("links are their words", "html-links", {"text": "Write to Ben or sign up"}),
    ("HTML nested without end loses its layout, not its words", "html-deep", {"text": "before\ndeep words\n\nafter"}),
    ("attributes without end are not parsed", "html-attributes", {"text": "words"}),
    (
        "a bounce with a header alone knows its mail",
        "dsn-headers-only",
        {"original_id": "<ask-7@bot.example>", "text": "It failed."},
    ),
    ("a receipt knows its mail", "mdn", {"original_id": "<ask-9@bot.example>", "text": "Your message was deleted."}),
    ("the robot's keyword stands alone", "auto-replied", {"auto_submitted": "auto-replied"}),
    ("what S/MIME signs is read", "smime-signed", {"text": PLEA, "unreadable": ""}),
    ("what S/MIME seals is not", "smime-enveloped", {"unreadable": "encrypted, cannot be read"}),
    ("a detached signature is an attachment", "smime-detached", {"text": PLEA}),
    ("PGP/MIME cannot be read", "pgp-mime", {"unreadable": "encrypted, cannot be read"}),
    ("inline PGP cannot be read", "pgp-inline", {"unreadable": "encrypted, cannot be read"}),
    ("words beside inline PGP can", "pgp-inline-part", {"text": "Case in Eloy, details for Ben:", "unreadable": ""}),
    ("the armour of a PGP signature goes", "pgp-signed", {"text": "Case in Eloy.\n-- \nAna"}),
    ("winmail.dat holds a text", "tnef-text", {"text": "Peñasco case", "attachments": NOTES_DOC}),
    ("winmail.dat holds HTML", "tnef-html", {"text": "Case in Eloy", "from_html": True, "attachments": NOTES_DOC}),
    ("winmail.dat holds rich text", "tnef-rtf", {"text": "Detained in Eloy\nbond hearing – urgent, café"}),
    ("a damaged winmail.dat is said", "tnef-damaged", {"warnings": ("a winmail.dat could not be read",)}),
    (
        "a real list post loses its tag, keeps its footer",
        "real-list-post",
        {"subject": "Looking for a flat in Zürich – any tips?"},
    ),
    ("a real munged post has its author", "real-list-post-munged", {"author": Address("fellow2@fellows.example", "Ali Fellow")}),
    ("a real vacation reply is a robot's", "real-auto-reply-vacation", {"auto_submitted": "auto-replied", "return_path": ""}),
    (
        "a real bounce knows its mail",
        "real-bounce-dsn",
        {"original_id": "<179529383799.32429.10468767614003362782@fellows.example>", "delivered_to": ("bot@bot.example",)},
    ),
]


def read(name: str) -> tuple[Post, ...]:
    return posts_in((CORPUS / f"{name}.eml").read_bytes(), "")


def test_a_message_that_a_source_cut_says_so() -> None:
    (post,) = posts_in(shortened(b"From: ana@alumni.example\nSubject: Large\n\n" + PLEA.encode() + b"\n", 61_200_000), "")
    assert post.text == PLEA
    assert "the message has 61,200,000 bytes, of which the first 87 were kept" in post.warnings


def test_a_note_in_place_of_a_message_that_was_not_handed_over_is_a_post_that_cannot_be_read() -> None:
    (post,) = posts_in(b"Subject: a message that could not be read\r\nX-Listbot-Unread: UID 5\r\n\r\nPlease look.\r\n", "")
    assert (post.text, post.unreadable) == (
        "",
        "the mail server did not hand over the message with UID 5: look at it in the mailbox",
    )


@pytest.mark.parametrize(("name", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_reads(name: str, expected: dict[str, object]) -> None:
    (post,) = read(name)
    assert {key: getattr(post, key) for key in expected} == expected


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.eml")), ids=lambda path: path.stem)
def test_each_message_has_its_case(path: Path) -> None:
    digests = {"plain-digest", "mime-digest", "real-digest-plain", "real-digest-mime", "no-message-id"}
    others = {
        "real-alumnus-reply-plus-address",
        "real-auto-reply-exchange-style",
        "real-list-post-attachment",
        "real-mailman-command-reply",
    }
    assert path.stem in {case[1] for case in CASES} | digests | others


def test_a_made_up_id_is_stable_and_tells_messages_apart() -> None:
    raw = (CORPUS / "no-message-id.eml").read_bytes()
    one, again, other = (
        posts_in(text, "")[0].message_id for text in (raw, raw.replace(b"\n", b"\r\n"), raw.replace(b"asylum", b"bond"))
    )
    assert one == again != other
    assert one.endswith("@missing.invalid>")


def test_the_envelope_recipient_is_a_delivery() -> None:
    (post,) = posts_in((CORPUS / "route.eml").read_bytes(), "bot+t2@BOT.example")
    assert post.delivered_to == ("bot@bot.example", "bot+t1@bot.example", "bot+t2@bot.example")


def test_a_plain_digest_is_its_posts() -> None:
    first, second = read("plain-digest")
    assert (first.author, first.subject, first.message_id, first.part) == (ANA, "Bond hearing", "<d1@alumni.example>", 0)
    assert (second.author, second.subject, second.text, second.part) == (BEN, "Re: Bond hearing", "I can help.", 1)
    assert "not a new post, only dashes" in first.text
    assert {post.list_id for post in (first, second)} == {"fellows.lists.example"}


def test_a_mime_digest_is_its_posts() -> None:
    assert [(post.author, post.message_id, post.part) for post in read("mime-digest")] == [
        (BEN, "<in@fellows.example>", 0),
        (BEN, "<in2@fellows.example>", 1),
    ]


@pytest.mark.parametrize("name", ["real-digest-plain", "real-digest-mime"])
def test_a_real_digest_is_its_three_posts(name: str) -> None:
    posts = read(name)
    assert [post.subject for post in posts] == ["Reading group", "Grant deadline moved", "Mentor wanted: robotics"]
    assert posts[0].author == Address("fellow1@fellows.example", "Zoë Müller")
    assert posts[0].text == "Thursday at six."
    assert {post.delivered_to for post in posts} == {("bot@bot.example",)}


def test_the_footer_of_a_real_post_stays() -> None:
    (post,) = read("real-list-post")
    assert post.text.endswith("To unsubscribe send an email to fellows-leave@lists.example")
    assert post.author == Address("fellow1@fellows.example", "Zoë Müller")


def test_a_real_attachment_is_named_and_weighed() -> None:
    (post,) = read("real-list-post-attachment")
    assert post.attachments[0].name == "poster – final.pdf"
    assert post.attachments[0].content_type == "application/pdf"


def test_a_report_keeps_what_machines_wrote_apart_from_the_text() -> None:
    (post,) = read("real-bounce-dsn")
    assert "Final-Recipient: rfc822; nobody@alumni.example" in post.report
    assert "Can you help?" not in post.text


def test_a_real_reply_leads_back_to_its_ask() -> None:
    (post,) = read("real-alumnus-reply-plus-address")
    assert (post.delivered_to, post.references) == (("bot+q-17@bot.example",), ("<bot-2@bot.example>",))
