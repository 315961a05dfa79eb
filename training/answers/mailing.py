"""How mail programs send an answer: where the new words stand, how the ask is quoted, what is signed beneath."""

from __future__ import annotations

import html
import zlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

DATE = "Tue, 15 Apr 2025 10:12:00 -0400"
BOT = "Referral bot <bot+r.ab12@bot.example>"
_HOW = (
    "Just reply, in your own words. After a yes nobody else is asked. Co-counsel, a question, or another name is welcome. "
    "A no helps as well: the next person hears of it sooner.\n\nYou receive this because the registry says that you take "
    "such cases. "
    "To take a break, send PAUSE and until when; to receive no more of these, send STOP.",
    "Reply YES, MAYBE or NO, or name somebody else I should ask. If you are not free now, from when could you? Write STOP "
    "and I ask no more.",
    "A yes or a no is enough. Already placed? Please tell me. Unsubscribe: answer with the word unsubscribe.",
)
_CASES = (
    ("Boise ID, bond, detained", "Boise ID, bond hearing, detained, hearing due Apr 30. Father of two. Can you take it?"),
    (
        "Fresno CA, SIJS, turns 21 Aug 3",
        "Fresno CA, SIJS, turns 21 on Aug 3. Lives with an uncle. Nobody has taken it yet. Could it be you?",
    ),
    (
        "Omaha NE, asylum, one-year date Jun 9",
        "Omaha NE, asylum, one-year date June 9. Speaks Mam. I would like somebody to take it this week.",
    ),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, before a mail program sends it. `parts` are the parts of a report: type and content."""

    name: str
    voice: str
    program: str
    headers: tuple[tuple[str, str], ...]
    words: str
    parts: tuple[tuple[str, str], ...] = ()


def message(w: Written) -> bytes:
    """The mail as its program sends it."""
    choice = zlib.crc32(w.name.encode())
    subject, case = _CASES[choice % len(_CASES)]
    subject = f"Can you take this? {subject}"
    name = parseaddr(w.voice)[0].split() or ["there"]
    ask = f"Hi {name[0]},\n\n{case}\n\n{_HOW[choice // 8 % len(_HOW)]}\n\nReferral bot"
    shout = "RE" if w.program.startswith("outlook") else "Re"
    fields = {
        "From": w.voice,
        "To": BOT,
        "Subject": f"{shout}: {subject}",
        "Date": DATE,
        "Message-ID": f"<{w.name}@alumni.example>",
    }
    fields |= dict(w.headers) | {"In-Reply-To": "<ask-0001@bot.example>"}
    mail = EmailMessage()
    for key, value in fields.items():
        mail[key] = value
    if w.parts:
        return _report(mail, w.parts)
    if w.program == "robot":
        mail.set_content(w.words or "\n")
    else:
        _reply(mail, w, ask, subject)
    return mail.as_bytes()


def _report(mail: EmailMessage, parts: tuple[tuple[str, str], ...]) -> bytes:
    """A message of several parts, put together by hand: reports are often malformed in ways that a library mends."""
    kinds = [kind for kind, _ in parts]
    report = next((k.removeprefix("message/") for k in kinds if k.startswith("message/")), "")
    kind = f"multipart/report; report-type={report}" if report else "multipart/mixed"
    head = mail.as_bytes().rstrip() + f'\nMIME-Version: 1.0\nContent-Type: {kind}; boundary="=-report-=-="\n\n'.encode()
    body = "".join(f"--=-report-=-=\n{_typed(kind)}\n\n{content}\n" for kind, content in parts) + "--=-report-=-=--\n"
    return head + body.encode()


def _typed(kind: str) -> str:
    return f"Content-Type: {kind}" + ("; charset=utf-8" if kind.startswith("text/") else "")


def _reply(mail: EmailMessage, w: Written, ask: str, subject: str) -> None:
    """The words and the quoted ask in the way of the program."""
    marked = "\n".join(f"> {line}".rstrip() for line in ask.split("\n"))
    wrote = f"On Tue, Apr 15, 2025 at 9:30 AM {BOT} wrote:"
    block = f"From: {BOT}\nSent: Tuesday, April 15, 2025 9:30 AM\nTo: {w.voice}\nSubject: {subject}\n\n{ask}"
    name = parseaddr(w.voice)[0]
    texts = {
        "gmail": f"{w.words}\n\n{wrote}\n\n{marked}",
        "gmail-es": f"{w.words}\n\nEl mar, 15 abr 2025 a las 9:30, Referral bot (<bot+r.ab12@bot.example>) escribió:\n\n{marked}",
        "iphone": f"{w.words}\n\nSent from my iPhone\n\n> On Apr 15, 2025, at 9:30 AM, {BOT} wrote:\n> \n{marked}",
        "iphone-es": f"{w.words}\n\nEnviado desde mi iPhone\n\nEl 15 abr 2025, a las 9:30, {BOT} escribió:\n\n{ask}",
        "apple": f"{w.words}\n\n{name}\n\n> On Apr 15, 2025, at 9:30 AM, {BOT} wrote:\n> \n{marked}",
        "outlook": f"{w.words}\n\n________________________________\n{block}",
        "outlook-original": f"{w.words}\n\n-----Original Message-----\n{block}",
        "android": f"{w.words}\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: {BOT}\nDate: 4/15/25  "
        "9:30 AM  (GMT-05:00)\n"
        f"To: {w.voice}\nSubject: {subject}\n\n{ask}",
        "thunderbird-bottom": f"On 4/15/2025 9:30 AM, Referral bot wrote:\n{marked}\n\n{w.words}\n\n-- \n{name}",
        "yahoo": f"{w.words}\n{name.split()[0]}\n\n    On Tuesday, April 15, 2025 at 09:30:12 AM EDT, {BOT} wrote:\n\n{ask}",
        "notes": f'{w.words}\n\n\n\nFrom:        "Referral bot" <bot+r.ab12@bot.example>\nTo:        "{name}"\nDate:        '
        "04/15/2025 09:30\n"
        f"Subject:        {subject}\n________________________________\n\n\n\n{ask}",
        "inline": _inline(w.words, marked),
        "top-signature": f"{w.words}\n\n-- \n{name}\nPartner, Immigration\n(312) 555-0100 |"
        " www.firm.example\nConfidentiality notice: if you are not the "
        f"intended recipient, please stop reading and delete this.\n\n{wrote}\n\n{marked}",
        "protonmail": f"{w.words}\n\nSent with Proton Mail secure email.\n\nOn Tuesday, April 15th, 2025 at 9:30 AM, {BOT} "
        f"wrote:\n\n{marked}",
    }
    if w.program in ("gmail-html", "outlook-html"):
        mail.set_content(_html(w, ask, subject), subtype="html")
    else:
        mail.set_content(texts[w.program])


def _inline(words: str, marked: str) -> str:
    """Between the quoted lines, after the case."""
    lines = marked.split("\n")
    return "\n".join(["On 4/15/2025 9:30 AM, Referral bot wrote:", *lines[:3], "", words, "", *lines[3:]])


def _html(w: Written, ask: str, subject: str) -> str:
    def paragraphs(text: str) -> str:
        return "".join(f"<p>{html.escape(piece)}</p>" for piece in text.split("\n\n"))

    words, quoted = paragraphs(w.words), paragraphs(ask)
    if w.program == "gmail-html":
        wrote = f"On Tue, Apr 15, 2025 at 9:30 AM {html.escape(BOT)} wrote:<br>"
        quote = f'<div class="gmail_attr">{wrote}</div><blockquote class="gmail_quote">{quoted}</blockquote>'
        return f'<div dir="ltr">{words}</div><br><div class="gmail_quote">{quote}</div>'
    fields = (("From", BOT), ("Sent", "Tuesday, April 15, 2025 9:30 AM"), ("To", w.voice), ("Subject", subject))
    header = "".join(f"<b>{key}:</b> {html.escape(value)}<br>" for key, value in fields)
    return f'<html><body><div>{words}</div><hr><div id="divRplyFwdMsg">{header}</div>{quoted}</body></html>'
