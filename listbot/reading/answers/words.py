"""The new words of an answer: without quotes, signatures, banners and what phones add; and its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from listbot.domain.mail import Post
from listbot.domain.reading import PartKind
from listbot.reading.body import parts_of, spans_of
from listbot.reading.text import masked

LIMIT = 20_000
"""Characters of an answer that are looked at."""

# Attributions and header blocks that body.py, made for posts in English and Spanish, does not know.
_QUOTES = re.compile(
    r"^[ \t]*(?:(?:am|le|il|em|op|w dniu|den|dne|на|at)\b[^\n]{4,160}\b(?:schrieb|a écrit|ha scritto|escreveu|schreef|"
    r"napisał\(a\)|skrev|wrote)\b[^\n]{0,120}:"
    r"|(?:von|de|da|van|od|från) ?: [^\n]{0,120}@[^\n]*\n(?:[ \t]*\w[\w ]{1,12} ?:[^\n]*\n){2}"
    r"|-{3,}[ \t]*(?:original|ursprüngliche|mensaje|message|messaggio|mensagem)[^\n]{0,40}-{3,}[ \t]*$"
    r"|\"?referral bot\"?[ \t]*(?:<[^>\n]*>)?[ \t]*(?:wrote|writes|schrieb|a écrit|escribió|escreveu)?[^\n]{0,60}:[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_ADDED = re.compile(
    r"^[ \t]*(?:(?:sent|enviado|envoyé|gesendet|verzonden|inviato|sendt|skickat|get|obtén|télécharger)\b[^\n]{0,12}\b(?:from|"
    r"with|via|by|using|desde|con|depuis|de mon|von|mit|pelo|do|da|outlook|vanaf|dal)\b"
    r"[^\n]{0,60}|(?:get|obtener|télécharger|hol dir)[ \t]+(?:outlook|bluemail)[^\n]{0,80}|[_=*#~-]{6,}|"
    r"please excuse (?:any |the |my )?(?:typos|brevity|thumbs)[^\n]*"
    r"|dictated[^\n]{0,60}|typed on (?:a|my)[^\n]{0,60})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"\A\s*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hola|buen[oa]s (?:d[ií]as|tardes|noches)|"
    r"estimad[oa]s?|querid[oa]s?|bonjour|bom dia|hallo)"
    r"\b(?:[ \t]+(?!no\b|yes\b|i\b|we\b|sorry\b)[\w./-]+){0,4}[ \t]*(?:[,:!.–—]+\s*|\n+))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[.!?;…]+[\"')\]]*(?=\s|$)|\n\s*|\s+[–—-]+\s+|—|[,:]?\s+(?=(?:but|however|although|though|except|yet|pero|sino|mais|"
    r"mas)\b)|\.\s*(?=[a-z])",
    re.IGNORECASE,
)
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "\ufeff": None, "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of an answer, and whether it ends in a question mark."""

    text: str
    asks: bool


def new_words(post: Post) -> str:
    """What its writer wrote now, apostrophes and spaces made plain."""
    text = f"{post.subject}\n{post.text}"[:LIMIT]
    new = masked(text, spans_of(parts_of(post), PartKind.BODY))[len(post.subject) + 1 :]
    if m := _QUOTES.search(new):
        rest = new[: m.start()]
        new = rest if rest.strip() else new
    new = _ADDED.sub("", new).translate(_CURLY)
    new = re.sub(r"[ \t]+", " ", new)
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", new).strip()


def statement(words: str) -> str:
    """The words without a greeting."""
    return _GREETING.sub("", words, count=1).strip() or words


def clauses(words: str) -> list[Clause]:
    """The statements, in order; "but" begins a new one."""
    joined = re.sub(r"(?<![.!?:,;\n])[ ]?\n(?!\n)", " ", words)
    out, at = [], 0
    for m in [*_CLAUSE.finditer(joined), None]:
        end, mark = (m.start(), m[0]) if m else (len(joined), "")
        text = joined[at:end].strip(" ,\"'()*_")
        if text:
            out.append(Clause(text, "?" in mark))
        elif "?" in mark and out:
            out[-1] = Clause(out[-1].text, True)
        at = m.end() if m else end
    return out
