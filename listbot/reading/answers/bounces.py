"""Did our mail come back? By delivery status parts (RFC 3464), the dialects flufl.bounce knows, then in words.

A notice of delay is no failure: the mail is still under way. Soft is what may mend itself: a full mailbox, a 4.x.x.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.domain.mail import Post

_I = re.IGNORECASE
_ACTION = re.compile(r"^Action[ \t]*:[ \t]*(\w+)", _I | re.MULTILINE)
_STATUS = re.compile(r"^Status[ \t]*:[ \t]*([245])\.(\d{1,3})\.(\d{1,3})", _I | re.MULTILINE)
_DAEMON = re.compile(
    r"mailer-?daemon|postmaster|mail ?deliver|mail[- ]?system|mail administrator|^bounces?@|"
    r"system administrator|double-bounce",
    _I,
)
_SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|returned mail|mail returned|returned to sender|returning message|fail(?:ure|ed)\b|"
    r"delivery status notification|no se puede entregar|no se pudo entregar|"
    r"could not be delivered|message blocked|unzustellbar|nicht zugestellt|non remis|échec|mail system error|rejected|"
    r"mancata consegna|onbestelbaar|non distribuable|не доставлено|mensaje no entregado|não entregue",
    _I,
)
_DELAY = re.compile(
    r"warning (?:message )?only|will (?:be )?(?:keep )?(?:retri|try)|still (?:being retried|undelivered)|delayed mail|"
    r"delivery (?:is )?delayed|could not send message for past|not yet been delivered|"
    r"\(delay\)|has been delayed|temporarily deferred",
    _I,
)
_WORDS = re.compile(
    r"\b55\d[ -]|\b5\.\d\.\d{1,3}\b|could(?:n't| not) be delivered|unable to deliver|delivery (?:has |"
    r"to the following \w+ )?failed|permanent(?:ly)? (?:fatal )?(?:error|failure)|fatal errors|user unknown|"
    r"(?:address|mailbox|user|account|recipient)[^\n]{0,30}(?:not found|does(?:n't| not) exist|unavailable|disabled|unknown|"
    r"not listed|not recognized)|no mailbox here|wasn't delivered|was not delivered|"
    r"undeliverable|did not reach|was rejected\b|not delivered|host unknown|unrouteable|over quota|mailbox (?:is )?full|"
    r"no se pudo entregar|konnte nicht zugestellt|n'a pas pu être remis|message (?:was )?(?:rejected|blocked)",
    _I,
)
_SOFT = re.compile(
    r"over ?quota|mailbox (?:is )?full|quota exceeded|temporar|try again later|"
    r"insufficient (?:system )?storage|greylist|\b45[0-2][ -]",
    _I,
)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A failed delivery; `soft` may mend itself."""

    soft: bool
    share: float


def bounce(post: Post) -> Bounce | None:
    """The failure a message reports, or None: it is none, or one of delay."""
    if actions := {a.lower() for a in _ACTION.findall(post.report)}:
        return Bounce(_soft_status(post), 0.99) if "failed" in actions else None
    if re.search(r"^(?:Disposition|Feedback-Type)[ \t]*:", post.report, _I | re.MULTILINE):
        return None
    text = post.text[:20_000]
    daemon = bool(
        _DAEMON.search(f"{post.author.email} {post.author.name}") or post.return_path == "" or post.header("x-failed-recipients")
    )
    if not daemon or _DELAY.search(f"{post.subject}\n{text[:2000]}"):
        return None
    if post.header("x-failed-recipients") or (_SUBJECT.search(post.subject) and _WORDS.search(text)):
        return Bounce(_is_soft(text), 0.97)
    permanent, temporary = _known(post, text)
    if permanent or temporary:
        return Bounce(not permanent or _is_soft(text), 0.95)
    if _SUBJECT.search(post.subject) or (_WORDS.search(text) and post.auto_submitted != "auto-generated"):
        return Bounce(_is_soft(text), 0.85)
    return None


def _soft_status(post: Post) -> bool:
    codes = _STATUS.findall(post.report)
    return bool(codes) and all(kind == "4" or (subject, detail) == ("2", "2") for kind, subject, detail in codes)


def _is_soft(text: str) -> bool:
    return bool(_SOFT.search(text))


def _known(post: Post, text: str) -> tuple[bool, bool]:
    """What flufl.bounce makes of it: permanent, temporary."""
    from email.message import Message

    from flufl.bounce import all_failures

    message = Message()
    message["From"], message["Subject"] = post.author.email, re.sub(r"\s+", " ", post.subject)
    message["Content-Type"] = "text/plain; charset=utf-8"
    message.set_payload(text)
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # its detectors trust the text they were made for
        return False, False
    return bool(permanent), bool(temporary)
