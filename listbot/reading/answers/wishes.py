"""In which language somebody plainly wishes to be written to; that they write in one themselves says nothing."""

from __future__ import annotations

import re

_NAMES = {"es": r"(?:spanish|espa[nñ]ol|castellano)", "en": r"(?:english|ingl[eé]s)"}
_TO_ME = (
    r"(?:these|such|your|the|future|further|any|los|estos|sus|l[ao]s)\s+(?:(?:e-?)?mails?|letters?|notes?|requests?|messages?|correos?|"
    r"mensajes?|cartas?|avisos?)|(?:write|reply|e-?mail|contact)(?: to)? (?:me|us)|communicate with (?:me|us)|"
    r"(?:escr[ií]b|m[aá]nd|env[ií]|cont[aá]ct)[a-z]*[mn][eo]s?"
)


def _wishes(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:\A|[.!?;\n])\W*(?:in|en)\s+{name}\s*,?\s*(?:please|por favor|pls)\b"
        rf"|(?:\A|[.!?;\n])\W*(?:please|por favor)\s*,?\s*(?:in|en)\s+{name}\b"
        rf"|\b(?:{_TO_ME})[^.!?\n]{{0,30}}?\b(?:in|en)\s+{name}\b(?!\s+(?:interview|court|hearing|documents?|speak))"
        rf"|\b(?:i|we)(?:'d|\s+would)?\s+prefer\s+(?:to\s+(?:read|receive|get)\s+(?:\w+\s+){{0,3}}in\s+)?{name}\b(?!-|\s+(?:speak|cases?|clients?))"
        rf"|\b(?:prefiero|preferir[ií]a)\s+(?:\w+\s+){{0,4}}?(?:en\s+)?{name}\b",
        re.IGNORECASE,
    )


_WISHES = {code: _wishes(name) for code, name in _NAMES.items()}
_DENIED = re.compile(r"\b(?:not|no|don'?t|never|nunca)\b[^.!?\n]{0,30}\Z", re.IGNORECASE)


def letters_in(words: str) -> str | None:
    """The language of letters that is wished for in so many words; None where none is, or two are."""
    wished = {
        code
        for code, wish in _WISHES.items()
        for m in wish.finditer(words)
        if not _DENIED.search(words[max(0, m.start() - 30) : m.start()])
    }
    return wished.pop() if len(wished) == 1 else None
