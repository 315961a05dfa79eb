"""What identifies a client: numbers, birth dates, phones, addresses, full names; and the text without them.

A name wrongly covered costs a word; a name let through cannot be called back: names err on the side of covering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from listbot.domain.reading import Identifier, Span

SHOWN = {
    "a_number": "[A-number]",
    "receipt": "[receipt number]",
    "ssn": "[SSN]",
    "passport": "[passport number]",
    "birth_date": "[date of birth]",
    "phone": "[phone]",
    "email": "[e-mail]",
    "address": "[address]",
    "name": "[name]",
}
LIMIT = 500
"""Identifiers of each kind that are looked for in a post."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]{0,7}\.?"
_DAY = (
    rf"(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}|\d{{4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:de\s+|of\s+)?\d{{4}}|,?\s+['’]\d\d)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+|de\s+)?{_MONTH}(?:,?[\s-]+(?:de\s+|del\s+|of\s+)?\d{{4}})?|"
    rf"\d{{1,2}}[/]\d{{1,2}}|\d{{1,2}}{_MONTH}\d{{2,4}})"
)
_AGE_WORD = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ][a-z]{3,5})?|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_GAP = r"[-‐-—\s./]{0,3}"
"""Between the parts of an A-number."""
_STREET = (
    r"(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|blvd|boulevard|dr(?:ive)?|l(?:a)?ne?|ct|court|pl(?:ace)?|way|"
    r"ter(?:race)?|hwy|highway|pkwy|parkway|cir(?:cle)?|trail|trl|loop|pike|sq(?:uare)?|alley|plaza|route|rte|"
    r"row|run)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (kind, re.compile(pattern, flags), group)
    for kind, pattern, flags, group in (
        ("email", r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", 0, 0),
        (
            "receipt",
            r"(?<![A-Za-z])(?:EAC|WAC|LIN|SRC|NBC|MSC|IOE|YSC|VSC|NSC|TSC|CSC|PSC|MCT|GUM|AGA|ZAR|ZCH|ZHN|ZLA|ZMI|ZNK|"
            r"ZNY|ZSF)[-\s#:]{0,2}\d[\d\s-]{7,13}\d(?!\d)",
            re.IGNORECASE,
            0,
        ),
        (
            "a_number",
            r"(?<![A-Za-z0-9])A\s{0,2}(?:[-#:.]|no\.?|num(?:ber)?s?|"
            rf"file)?\s{{0,2}}[-#:.]{{0,2}}\s{{0,2}}(?:is\s{{1,2}})?A?[-#]?\(?\d{{2,3}}\)?{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)",
            re.IGNORECASE,
            0,
        ),
        (
            "a_number",
            r"(?:\balien|\ba|\bA[- ]?file|\banum|\ba-num|expediente|número de extranjero|"
            r"registration)[- ]*(?:registration )?(?:number|no|num|nbr|file)?s?\.?\s*(?:is|es|#|:|-|\(|"
            r"of)*\s*#?\s*(A?[-\s]?\d(?:[-‐-—\s./]{0,3}\d){6,8})(?!\d)",
            re.IGNORECASE,
            1,
        ),
        ("a_number", r"(?<![\d+$#/.,-])(?:0\d{2}|[12]\d{2})[-–\s.]\d{3}[-–\s.]\d{3}(?![\d-])", 0, 0),
        ("a_number", r"(?<![\w$.,-])(?:0\d{8}|[12]\d{8})(?![\w-])", 0, 0),
        ("a_number", r"(?<=\d{3})\s{0,2}(?:and|&|,|/|y|or)\s{0,2}([-–]\d{3})(?!\d)", re.IGNORECASE, 1),
        (
            "birth_date",
            rf"\b(?:age[ds]?|edad|tiene|is|he|she|yo|y/o|años),?\s*\d{{0,2}}\s*(?:años|yo|y/o)?\s*\(({_DAY})\)",
            re.IGNORECASE,
            1,
        ),
        (
            "birth_date",
            rf"\b(?:is|was|are|turned|aged?|just|['’]s)\s(?:\d{{1,2}}|{_AGE_WORD})(?: now| already| today| years? old| yo)?,?\s\(({_DAY})\)",
            re.IGNORECASE,
            1,
        ),
        ("ssn", r"(?<![\d-])\d{3}[-–\s]\d{2}[-–\s]\d{4}(?![\d-])", 0, 0),
        (
            "ssn",
            r"\b(?:ssn|social(?: security)?(?: (?:number|no|#))?)\b[\s:#.is]{0,6}(\d{9}|\d{3}\D\d{2}\D\d{4})(?!\d)",
            re.IGNORECASE,
            1,
        ),
        (
            "passport",
            r"\b(?:passport|pasaporte|ppt|pp)\b\s*(?:number|no|num|nbr|número|nro)?\.?\s*(?:is|es|#|:|"
            r"\()*\s*([A-Z]{0,3}[- ]?\d{5,9})(?!\d)",
            re.IGNORECASE,
            1,
        ),
        (
            "birth_date",
            rf"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|birthday|b-?day|fecha de nacimiento|f\.?d\.?n\.?|born|"
            rf"b\.|nacid[oa]|naci[óo]|nac\.)\s*(?:is|was|of|on|in|:|=|-|–|\(|el|es|d[ií]a|the|\s)*\s*({_DAY})",
            re.IGNORECASE,
            1,
        ),
        (
            "birth_date",
            rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|fecha de nacimiento|"
            rf"birth (?:certificate|record|registration)|acta de nacimiento)(?![a-z])[^.;\n\d]{{0,30}}?\b({_DAY})",
            re.IGNORECASE,
            1,
        ),
        ("birth_date", rf"({_DAY})\s*\(?\s*(?:\(?d\.?o\.?b\.?\)?|date of birth|birthday)(?![a-z])", re.IGNORECASE, 1),
        (
            "phone",
            r"(?<![\d/$.,-])(?:\+?1[\s.-]{0,2})?(?:\(\d{3}\)[\s.-]{0,2}|"
            r"\d{3}[\s.\-–]{1,2})\d{3}[\s.\-–]{1,2}\d{4}(?:\s*(?:x|ext\.?)\s*\d{1,5})?(?![\d-])",
            0,
            0,
        ),
        ("phone", r"(?<![\d/$.,-])\+\d{1,3}(?:[\s.()-]{0,2}\d){7,12}(?!\d)", 0, 0),
        (
            "phone",
            r"\b(?:phone|cell|tel[ée]?fono|tel|mobile|whats ?app|celular|call|text|ph|número)\b\.?\s*(?:her|him|me|mom|"
            r"us|at|is|es|#|:|al|number|no\.?|\s)*\s*((?:\d{3}[\s.-]?)?\d{3}[\s.-]?\d{4})(?!\d)",
            re.IGNORECASE,
            1,
        ),
        (
            "address",
            rf"(?<![\d$/-])\d{{1,6}}(?:-\d{{1,4}})?[A-Z]?\s+(?:(?:[NSEW]|North|South|East|West|NE|NW|SE|"
            rf"SW)\.?\s+)?(?:(?:[A-Z][\w'’.]{{0,20}}|\d{{1,3}}(?:st|nd|rd|th)(?:-[A-Z])?|de|la|del|los|"
            rf"las)\s+){{1,4}}(?i:{_STREET})\b\.?(?:,?\s+(?:[NSEW]|NE|NW|SE|SW)\b\.?)?(?:,?\s*(?:Apt|Apartment|Unit|"
            rf"Suite|Ste|Bldg|Lot|Trlr|#|No)\.?\s*#?\s*[\w-]{{1,6}})?",
            0,
            0,
        ),
        (
            "address",
            r"(?<![\d$/-])\d{2,6} (?:[nsew]\.? )?[a-z]{3,15}(?: [a-z]{3,15})? (?:street|avenue|ave|boulevard|blvd|road|rd)\b\.?",
            0,
            0,
        ),
        ("address", r"\b(?:P\.?\s?O\.?\s+Box)\s+\d{1,6}", re.IGNORECASE, 0),
        ("address", r"\b(?:Apt|Apartment)\.?\s*#?\s*\d[\w-]{0,5}", re.IGNORECASE, 0),
    )
)
_COURT_ADDRESS = re.compile(r"federal plaza|broadway|varick|hopkins plaza|court ?house|federal building", re.IGNORECASE)


def find_identifiers(text: str, names: Iterable[Span] = ()) -> list[Identifier]:
    """Every identifier in a text, in order, none overlapping; `names` are full names found elsewhere."""
    found: list[Identifier] = []
    for kind, pattern, group in _PATTERNS:
        for count, m in enumerate(pattern.finditer(text)):
            if count >= LIMIT:
                break
            if kind == "address" and _COURT_ADDRESS.search(m[0]):
                continue
            found.append(Identifier(kind, m.span(group)))
    found += [Identifier("name", span) for span in names]
    kept: list[Identifier] = []
    for identifier in sorted(found, key=lambda i: (i.span[0], -i.span[1])):
        if kept and identifier.span[0] < kept[-1].span[1]:
            if identifier.span[1] > kept[-1].span[1]:
                kept[-1] = Identifier(kept[-1].kind, (kept[-1].span[0], identifier.span[1]))
            continue
        kept.append(identifier)
    return kept


def redacted(text: str, identifiers: Iterable[Identifier], spans: Iterable[Span]) -> str:
    """The given stretches of a text with each identifier replaced by its kind in brackets."""
    pieces = []
    ordered = sorted(identifiers, key=lambda i: i.span)
    for start, end in spans:
        at, piece = start, ""
        for identifier in ordered:
            first, last = identifier.span
            if last <= start or first >= end:
                continue
            piece += text[at : max(first, at)] + SHOWN[identifier.kind]
            at = max(at, min(last, end))
        pieces.append(piece + text[at:end])
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()
