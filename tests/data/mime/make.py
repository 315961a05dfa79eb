"""Writes the hostile messages beside this file: `python tests/data/mime/make.py`. The `real-*.eml` are what Mailman, Dovecot and Postfix wrote."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

DATE = b"Date: Mon, 6 Jan 2025 09:15:00 -0500\n"
BASE = b"From: Ana Reyes <ana@alumni.example>\nTo: fellows@lists.example\n" + DATE
ID = b"Message-ID: <m1@alumni.example>\n"
LIST = b"List-Id: Fellows <fellows.lists.example>\nList-Post: <mailto:fellows@lists.example>\n"
HELLO = b"Subject: Hello\n"
PLEA = b"Can anybody take an asylum case in Charlotte?\n"


def mail(body: bytes = PLEA, fields: bytes = b"", *, base: bytes = BASE + ID, subject: bytes = HELLO) -> bytes:
    return base + subject + fields + b"\n" + body


def typed(kind: str, body: bytes, *, encoding: str = "8bit", fields: bytes = b"") -> bytes:
    return mail(body, f"MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n".encode() + fields)


def multi(kind: str, *parts: bytes, more: str = "", fields: bytes = b"", close: bool = True) -> bytes:
    body = b"".join(b"--bb\n" + part + b"\n" for part in parts) + (b"--bb--\n" if close else b"")
    return mail(body, f'Content-Type: multipart/{kind}; boundary="bb"{more}\n'.encode() + fields)


def part(kind: str, body: bytes, fields: bytes = b"") -> bytes:
    return b"Content-Type: " + kind.encode() + b"\n" + fields + b"\n" + body


def html(source: str) -> bytes:
    return typed("text/html; charset=utf-8", source.encode())


def tnef(*properties: tuple[int, int, bytes]) -> bytes:
    def padded(value: bytes) -> bytes:
        return value + b"\0" * (-len(value) % 4)

    props = struct.pack("<I", len(properties))
    for kind, name, value in properties:
        props += struct.pack("<HHII", kind, name, 1, len(value)) + padded(value)
    blocks = [(1, 0x9003, props), (2, 0x9002, b"\0" * 14), (2, 0x8010, b"NOTES~1.DOC\0"), (2, 0x800F, b"x" * 77)]
    long_name = b"Intake notes.doc\0"
    blocks.append((2, 0x9005, struct.pack("<IHHII", 1, 0x1E, 0x3707, 1, len(long_name)) + padded(long_name)))
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, kind, value in blocks:
        out += struct.pack("<BHHI", level, kind, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return typed("application/ms-tnef; name=winmail.dat", base64.encodebytes(out), encoding="base64")


def der(tag: int, value: bytes) -> bytes:
    size = len(value).to_bytes(4, "big")
    return bytes([tag, 0x84]) + size + value


def cms(kind: int, content: bytes) -> bytes:
    oid = bytes.fromhex("06092a864886f70d0107") + bytes([kind])
    data = der(0x30, bytes.fromhex("06092a864886f70d010701") + der(0xA0, der(0x04, content)))
    return der(0x30, oid + der(0xA0, der(0x30, b"\x02\x01\x01" + der(0x31, b"") + data)))


RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Detained in Eloy\par bond hearing \u8211? urgent, caf\'e9}"
DSN = b"Reporting-MTA: dns; mx.alumni.example\n\nFinal-Recipient: rfc822; gone@alumni.example\nAction: failed\nStatus: 5.1.1\n"
MDN = b"Final-Recipient: rfc822;ana@alumni.example\nOriginal-Message-ID: <ask-9@bot.example>\nDisposition: manual-action/MDN-sent-manually; deleted\n"
INNER = b"From: Ben Ode <ben@fellows.example>\nTo: ana@alumni.example\nSubject: Case in Tucson\nDate: Sun, 5 Jan 2025 10:00:00 -0700\nMessage-ID: <in@fellows.example>\n\nA mother and child, detained.\n"
PLAIN_DIGEST = (
    b"Today's Topics:\n\n   1. One (Ana)\n\n\n" + b"-" * 70 + b"\n\nDate: Mon, 6 Jan 2025 09:00:00 -0500\nFrom: Ana Reyes <ana@alumni.example>\n"
    b"Subject: [Fellows] Bond hearing\nMessage-ID: <d1@alumni.example>\n\nBond hearing in Eloy.\n\n" + b"-" * 30 + b"\n\nnot a new post, only dashes\n\n"
    + b"-" * 30 + b"\n\nDate: Mon, 6 Jan 2025 10:00:00 -0500\nFrom: Ben Ode <ben@fellows.example>\nSubject: Re: [Fellows] Bond hearing\n\nI can help.\n\n"
    + b"-" * 30 + b"\n\nSubject: Digest Footer\n\n_____\nFellows mailing list\n\n" + b"-" * 30 + b"\n\nEnd of Fellows Digest, Vol 1, Issue 1\n****\n"
)  # fmt: skip
VIA = b"From: Ana Reyes via Fellows <fellows@lists.example>\nTo: fellows@lists.example\n" + DATE + ID + LIST

MESSAGES: dict[str, bytes] = {
    # headers
    "no-message-id": BASE + b"Subject: Hello\n\n" + PLEA,
    "exchange-id": mail(base=BASE + b"Message-ID: <[abc123]@mail.example>\nIn-Reply-To: <[0a]@mail.example>\n"),
    "bare-id": mail(base=BASE + b"Message-ID: abc@mail.example\n"),
    "folded-id": mail(base=BASE + ID + b"References: <first@x.example>\n <sec\n ond@x.example>\nIn-Reply-To: <third@x.example>\n"),
    "no-date": b"From: ana@alumni.example\n" + ID + HELLO + b"\n" + PLEA,
    "bad-date": b"From: ana@alumni.example\nDate: yesterday at noon +9999\n" + ID + HELLO + b"\n" + PLEA,
    "iso-date": b"From: ana@alumni.example\nDate: 2025-01-06T09:15:00-05:00\n" + ID + HELLO + b"\n" + PLEA,
    "named-zone": b"From: ana@alumni.example\nDate: Mon, 6 Jan 25 09:15 EST (Eastern)\n" + ID + HELLO + b"\n" + PLEA,
    "raw-8bit-subject": mail(subject="Subject: Audiencia en Peñasco\n".encode()),
    "raw-latin1-subject": mail(subject="Subject: Audiencia en Peñasco\n".encode("latin-1")),
    "split-character": mail(subject=b"Subject: =?utf-8?q?Pe=C3?=\n =?utf-8?q?=B1asco?= hearing\n"),
    "broken-words": mail(subject=b"Subject: =?utf-8?q?Who can help?? =?= =?x-odd?b?SGk?= =?utf-8?b?*?=\n"),
    "header-injection": mail(subject=b"Subject: =?utf-8?q?Hi=0D=0ABcc=3A_eve=40x=2Eexample?=\n"),
    "damaged-line": b"From: ana@alumni.example\n" + DATE + b"this is no field\n" + ID + HELLO + b"\n" + PLEA,
    "no-blank-line": b"From: ana@alumni.example\n" + DATE + ID + HELLO + b"Dear all, I write without a blank line\nand go on here.\n",
    "mbox-from-line": b"From ana@alumni.example Mon Jan  6 09:15:00 2025\n" + mail(),
    "body-only": b"just some words\nwithout any header\n",
    "endless-header": mail(fields=b"X-Long: " + b"a" * 70_000 + b"\n"),
    "duplicate-from": mail(base=b"From: first@alumni.example\nFrom: second@alumni.example\n" + DATE + ID),
    "crlf": mail(b"Line one\n\nLine two\n").replace(b"\n", b"\r\n"),
    "bare-cr": mail(b"Line one\rLine two\x00\x0b\n"),
    # addresses
    "unquoted-comma": mail(base=b"From: Reyes, Ana <ana@ALUMNI.Example>\nTo: Ode, Ben <ben@fellows.example>, c@x.example\n" + DATE + ID),
    "no-brackets": mail(base=b"From: Ana Reyes ana@alumni.example\nCc: ben@fellows.example (Ben \"B\" Ode)\n" + DATE + ID),
    "undisclosed": mail(base=b"From: ana@alumni.example\nTo: undisclosed-recipients:;\nCc: Team: a@x.example, b@x.example;\n" + DATE + ID),
    "open-bracket": mail(base=b'From: "Ana Reyes <ana@alumni.example\n' + DATE + ID),
    "encoded-name": mail(base=b'From: "=?utf-8?q?Mu=C3=B1oz=2C_Ana?=" <ana@alumni.example>\n' + DATE + ID),
    "idn": mail(base="From: Ana <ana@MÜNCHEN.example>\n".encode() + DATE + ID),
    "no-author": DATE + ID + HELLO + b"\n" + PLEA,
    "route": mail(base=b"Return-Path: <>\nDelivered-To: bot@bot.example\nX-Original-To: bot+t1@bot.example\n" + BASE + ID),
    "authenticated": mail(base=b"Authentication-Results: mx.bot.example; dkim=pass\nAuthentication-Results: other.example; spf=fail\n" + BASE + ID),
    # author and list
    "via-mailman": mail(base=VIA + b"Reply-To: Ana Reyes <ana@alumni.example>\n", subject=b"Subject: [Fellows] Hello\n"),
    "via-google": mail(base=b"From: \"'Ana Reyes' via Fellows\" <fellows@lists.example>\nX-Original-Sender: ana@alumni.example\n"
                       b"X-Original-From: Ana Reyes <ana@alumni.example>\nReply-To: fellows@lists.example\n" + DATE + ID + LIST),
    "via-cc": mail(base=VIA + b"Reply-To: fellows@lists.example\nCc: ben@fellows.example, Ana Reyes <ana@alumni.example>\n"),
    "via-nothing": mail(base=VIA),
    "claimed-author": mail(base=BASE + ID + LIST + b"X-Original-From: eve@evil.example\nReply-To: eve@evil.example\n"),
    "on-behalf": mail(base=b"From: fellows@lists.example on behalf of Ana Reyes <ana@alumni.example>\n" + DATE + ID + LIST),
    "wrapped": b"From: Ana Reyes via Fellows <fellows@lists.example>\n" + ID + DATE + LIST + HELLO + b"Content-Type: message/rfc822\n\n"
               + BASE + ID + b"Subject: [Fellows] Inside\n\n" + PLEA,
    "tag-behind-re": mail(base=BASE + ID + LIST, subject=b"Subject: Re: [Fellows] Fwd: [fellows: 12] [URGENT] Bond\n"),
    "other-tag": mail(base=BASE + ID + LIST, subject=b"Subject: [Chicago] Bond\n"),
    # charsets and encodings
    "utf8-called-latin1": typed("text/plain; charset=iso-8859-1", "Niña de Peñasco\n".encode()),
    "windows-called-utf8": typed("text/plain; charset=utf-8", "It’s Peñasco\n".encode("cp1252")),
    "windows-called-ascii": typed("text/plain; charset=us-ascii", "It’s Peñasco\n".encode("cp1252")),
    "latin1-undeclared": mail("Peñasco\n".encode("latin-1")),
    "mixed-charsets": typed("text/plain; charset=utf-8", "Peñasco ".encode() + "mañana\n".encode("latin-1")),
    "unknown-charset": typed("text/plain; charset=x-nonsense", "Peñasco\n".encode()),
    "codec-no-charset": typed("text/plain; charset=zlib", b"plain words\n"),
    "utf16": typed("text/plain; charset=utf-16", base64.encodebytes("Peñasco\n".encode("utf-16")), encoding="base64"),
    "utf16-lie": typed("text/plain; charset=utf-16", b"plain words\n"),
    "shift-jis": typed("text/plain; charset=shift_jis", "東京\n".encode("cp932")),
    "nul": mail(b"be\x00fore and af\x80ter\n"),
    "base64-footer": typed("text/plain; charset=utf-8", base64.encodebytes("Peñasco case".encode()) + b"____________\nFellows mailing list\n", encoding="base64"),
    "base64-damaged": typed("text/plain", b"SGVsbG8!gd29ybGQ\n", encoding="base64"),
    "base64-padded-twice": typed("text/plain", b"SGVsbG8=\nIHdvcmxk\n", encoding="base64"),
    "base64-not": typed("text/plain", b"This was never base64.\n", encoding="base64"),
    "qp-damaged": typed("text/plain; charset=utf-8", b"Pe=C3=B1asco =ZZ 100=\nth =\n", encoding="quoted-printable"),
    "unknown-encoding": typed("text/plain", b"words\n", encoding="x-secret"),
    "flowed": typed("text/plain; format=flowed", b"A long \nparagraph \nends.\n> quoted \n> text\n -- stuffed\n-- \nAna\n"),
    "flowed-delsp": typed("text/plain; format=flowed; delsp=yes", b"unbro \nken\n"),
    "invisible": mail("bond\u200b hear\u00ading\u00a0\u202ein\u202c Eloy\ufeff\n".encode()),
    # parts
    "alternative-empty-plain": multi("alternative", part("text/plain", b" \n"), part("text/html", b"<p>The <b>real</b> text</p>")),
    "alternative-stub": multi("alternative", part("text/plain", b"Your client does not support HTML.\n"), part("text/html", b"<p>The real text is longer than that stub</p>")),
    "alternative-calendar": multi("alternative", part("text/plain", b"Training on Friday\n"), part("text/calendar", b"BEGIN:VCALENDAR\nSUMMARY:Training\n", b"Content-Disposition: attachment; filename=a.ics\n")),
    "calendar-only": typed("text/calendar; charset=utf-8", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Asylum train\n ing\nLOCATION:Room 4\\, upstairs\nEND:VEVENT\n"),
    "related": multi("related", part("text/html", b"<p>See <img src=cid:a></p>"), part("image/png", b"x", b"Content-ID: <a>\nContent-Disposition: inline; filename=logo.png\n")),
    "apple-mixed": multi("mixed", part("text/plain", b"before\n"), part("application/pdf", b"x", b"Content-Disposition: inline; filename=order.pdf\n"), part("text/plain", b"after\n")),
    "no-closing-boundary": multi("mixed", part("text/plain", b"the text\n"), close=False),
    "boundary-missing": mail(b"--zzzzzz\n" + part("text/plain", b"the text\n") + b"--zzzzzz--\n", b"Content-Type: multipart/mixed\n"),
    "boundary-wrong": mail(PLEA, b"Content-Type: multipart/mixed; boundary=nowhere\n"),
    "filename-2231": multi("mixed", part("text/plain", PLEA), part("application/pdf", b"x", b"Content-Disposition: attachment; filename*0*=utf-8''Pe%C3%B1a; filename*1=sco.pdf\n")),
    "filename-2047": multi("mixed", part("text/plain", PLEA), part('application/pdf; name="=?utf-8?q?Pe=C3=B1a.pdf?="', b"QUJD\n", b"Content-Transfer-Encoding: base64\n")),
    "text-attachment": multi("mixed", part("text/plain", PLEA), part("text/plain", b"not read\n", b"Content-Disposition: attachment; filename=notes.txt\n")),
    "only-attachment": mail(b"words all the same\n", b"Content-Disposition: attachment; filename=a.txt\n"),
    "forwarded": multi("mixed", part("text/plain", b"See below.\n"), part("message/rfc822", INNER)),
    "forwarded-base64": multi("mixed", part("text/plain", b"See below.\n"), part("message/rfc822", base64.encodebytes(INNER), b"Content-Transfer-Encoding: base64\n")),
    "too-deep": BASE + ID + HELLO + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(60)) + b"\ndeep words\n",
    "too-many-parts": multi("mixed", *(part("text/plain", b"w%d" % n) for n in range(700))),
    "html-called-plain": typed("text/plain", b"<html><body><p>Bond <i>hearing</i></p></body></html>"),
    # html
    "html-hidden": html("<title>T</title><style>p{}</style><div style='display: none'>preheader</div><p>Seen<span hidden>no</span></p>"),
    "html-table": html("<p>Clients:</p><table><tr><th>Name<th>City<th>Relief<tr><td><p>A.<td><p>Eloy, AZ<td>asylum<tr><td>B.<td>Tucson<td>SIJS</table>"),
    "html-layout": html("<table><tr><td><table><tr><td><p>One</p><p>Two</p></td></tr></table></td></tr></table>"),
    "html-gmail": html('<div>Yes, I can.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Ana wrote:<br></div>'
                       '<blockquote class="gmail_quote"><div>Who can?</div><blockquote type="cite">Older</blockquote></blockquote></div>'),
    "html-indent": html('<blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>Only indented</div></blockquote>'),
    "html-outlook": html('<p>See below.</p><hr><div id="divRplyFwdMsg"><b>From:</b> Ben &lt;ben@fellows.example&gt;<br><b>Sent:</b> Monday<br>'
                         "<b>To:</b> Ana<br><b>Subject:</b> Case<br></div><div>The case</div>"),
    "html-links": html('<p>Write to <a href="mailto:ben@fellows.example">Ben</a> or <a href="https://x.example/">sign up</a></p>'),
    "html-deep": html("<p>before</p>" + "<div>" * 3000 + "deep words" + "</div>" * 3000 + "<p>after</p>"),
    "html-attributes": html("<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">words</p>"),
    # reports, robots, secrecy
    "dsn-headers-only": multi("report", part("text/plain", b"It failed.\n"), part("message/delivery-status", DSN), part("text/rfc822-headers", b"Message-ID: <ask-7@bot.example>\nSubject: x\n"), more="; report-type=delivery-status"),
    "mdn": multi("report", part("text/plain", b"Your message was deleted.\n"), part("message/disposition-notification", MDN), more="; report-type=disposition-notification"),
    "auto-replied": mail(base=BASE + ID + b"Auto-Submitted: Auto-Replied; owner-email=\"a@x.example\"\n"),
    "smime-signed": typed("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", base64.encodebytes(cms(2, b"Content-Type: text/plain\n\n" + PLEA)), encoding="base64"),
    "smime-enveloped": typed("application/pkcs7-mime; smime-type=enveloped-data", base64.encodebytes(cms(3, b"secret")), encoding="base64"),
    "smime-detached": multi("signed", part("text/plain", PLEA), part("application/pkcs7-signature", b"x", b"Content-Disposition: attachment; filename=smime.p7s\n")),
    "pgp-mime": multi("encrypted", part("application/pgp-encrypted", b"Version: 1\n"), part("application/octet-stream", b"-----BEGIN PGP MESSAGE-----\n")),
    "pgp-inline": mail(b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"),
    "pgp-inline-part": mail(b"Case in Eloy, details for Ben:\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"),
    "pgp-signed": mail(b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nCase in Eloy.\n- -- \nAna\n-----BEGIN PGP SIGNATURE-----\n\nxx\n-----END PGP SIGNATURE-----\n"),
    "tnef-text": tnef((0x1F, 0x1000, "Peñasco case\0".encode("utf-16-le"))),
    "tnef-html": tnef((0x102, 0x1013, b"<p>Case in <b>Eloy</b></p>")),
    "tnef-rtf": tnef((0x102, 0x1009, struct.pack("<II", len(RTF) + 12, len(RTF)) + b"MELA" + b"\0" * 4 + RTF)),
    "tnef-damaged": typed("application/ms-tnef", b"no tnef"),
    # digests
    "plain-digest": mail(PLAIN_DIGEST, base=b"From: fellows-request@lists.example\n" + DATE + ID + LIST, subject=b"Subject: Fellows Digest, Vol 1, Issue 1\n"),
    "mime-digest": multi("digest", b"\n" + INNER, part("message/rfc822", INNER.replace(b"<in@", b"<in2@")), fields=LIST),
}


def main() -> None:
    """Write every message."""
    for name, raw in MESSAGES.items():
        (Path(__file__).parent / f"{name}.eml").write_bytes(raw)


if __name__ == "__main__":
    main()
