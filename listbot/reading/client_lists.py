"""Clients set out as a list: rows of a table, cells, numbered or bulleted items, labelled lines."""

from __future__ import annotations

import re

from listbot.domain.reading import Span
from listbot.reading.client_heads import FRESH, HEADER, NAME, Signs, is_case, is_client, is_person, opens
from listbot.reading.client_words import FIELD, NAME_ALONE, spans_from

_MARKS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"^[ \t]*{mark}[ \t]*(?=\S)", re.MULTILINE | re.IGNORECASE)
    for mark in (
        r"(?:[-*•·–][ \t]{0,8})?\(?#?\d{1,2}\s?(?:[.):/]|[-–—](?=\s)|(?<=#\d)\s)",
        r"\(?[A-Ha-h](?:[.)/]|\s[-–—:](?=\s))(?!\s?[A-Z]\.)",
        r"\(?(?:i{1,3}|iv|vi{0,3})[.):]",
        r"\(?(?:client|case|cliente|caso|kid|child|matter|person|family|familia|ask|need|minor|boy|girl|row)\s*(?:#|no\.?|number)?\s*"
        r"(?:\d{1,2}|[A-H]|one|two|three|four|five|uno|dos|tres)\b\s*[.:)\-–—(]?",
        r"[A-Za-z]+ [1-9]\s*[:.)–—-]",
        r"(?:\d{2,4}-\d{2,6}|[A-Z]{1,3}-?\d{2,5})\s",
        r"(?:first|second|third|fourth|fifth|one|two|three|primer[oa]?|segund[oa]|tercer[oa]?|uno|dos)\b\s*[,:.)–—-]+",
        r"(?:[-*•·–—▪◦+~→»](?![-=*_~])|>{3,4}|=>|->|o(?=\s))",
    )
)
_ROW = re.compile(
    r"^[^\n|]*(?:\|[^\n|]*){2,}$|^[^\n\t]+(?:\t+[^\n\t]+){2,}$|"
    r"^[ \t]*\S[^\n]{0,200}?(?:[^\s.!?] {2,}\S[^\n]{0,200}?){2,}$|"
    r"^[^\n/]{2,80}(?:\s/\s[^\n/]{1,80}){3,}[^\n]*$",
    re.MULTILINE,
)
_LABEL = re.compile(
    r"^[ \t]*(?P<label>[^\W\d_][\w.,'’()! ]{0,30}?)\s*(?:--|—|–|:|\s-\s|\|)\s*(?=\S)",
    re.MULTILINE,
)
_HEAD_WORDS = re.compile(
    r"\b(?:client|initials|name|country|language|relief|court|date|facility|city|deadline|location|age|case|what|"
    r"when|where|who|need|from|fac|lang|extra)\b",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"[ \t]*(?:who|what|where|when|client|initials|name|country|from|language|lang|relief|case|court|date|facility|city|"
    r"place|location|age|"
    r"next|deadline|need|needs|status|detained|custody|notes?|hearing|judge|forum|stage|ask|quién|dónde|qué|cuándo)\??[ \t]*",
    re.IGNORECASE,
)


def rows(text: str, body_start: int, said: tuple[int, ...], signs: Signs) -> list[Span]:
    """Rows of a table, without its head and rules."""
    found = [m.span() for m in _ROW.finditer(text, body_start)]
    found = [r for r in found if re.search(r"[a-z0-9]", text[r[0] : r[1]], re.IGNORECASE)]
    if len(found) < 3 and not (len(found) == 2 and all(is_case(text, r, signs) for r in found)):
        return []
    first = text[found[0][0] : found[0][1]]
    if len(_HEAD_WORDS.findall(first)) >= 2 and not re.search(r"\d/\d", first):
        found = found[1:]
    long = [r for r in found if len(re.findall(r"\w+", text[r[0] : r[1]])) >= 3]
    if len(long) in said and sum(is_case(text, r, signs) for r in long) > len(long) / 2:
        return long
    return [r for r in long if is_case(text, r, signs)]


def cells(text: str, body_start: int, said: tuple[int, ...], signs: Signs) -> list[Span]:
    """The rows of a table that mail has taken apart, one cell a line under three and more lines of heads."""
    lines = [m.span() for m in re.finditer(r"[^\n]+", text[body_start:]) if m[0].strip()]
    heads = [bool(_HEADS.fullmatch(text, body_start + a, body_start + b)) for a, b in lines]
    first = next((i for i in range(len(heads) - 2) if all(heads[i : i + 3])), None)
    if first is None:
        return []
    width = next((n for n in range(3, len(heads) - first) if not heads[first + n]), 0)
    left = lines[first + width :]
    found = (
        [(body_start + left[i][0], body_start + left[i + width - 1][1]) for i in range(0, len(left) - width + 1, width)]
        if width
        else []
    )
    found = found[: said[0]] if said else found
    good = [is_case(text, r, signs) and r[1] - r[0] < 600 for r in found]
    return found[: good.index(False)] if False in good else found


def items(text: str, body_start: int, said: tuple[int, ...], signs: Signs) -> list[Span]:
    """Numbered, lettered or bulleted items that each speak of a person and a case."""
    best: list[Span] = []
    for mark in _MARKS:
        begins = {m.start(): m.end() for m in list(mark.finditer(text, body_start))[:40]}
        spans = spans_from(text, list(begins))
        good = [s for s in spans if not FIELD.match(text[s[0] : s[1]])]
        clients = [s for s in good if _is_client_item(text, s, begins[s[0]], signs)]
        people = [s for s in good if s in clients or opens(text, begins[s[0]], signs) in (FRESH, NAME)]
        loose = [s for s in good if s in people or is_case(text, s, signs) or is_person(text, s, signs)]
        told = len(good) >= 2 and 2 * len(clients) >= len(good) and (len(loose) in said or len(people) == len(good))
        if (told or (len(clients) >= 2 and len(clients) >= 0.6 * len(spans))) and len(loose) > len(best):
            best = loose
    return best


def _is_client_item(text: str, span: Span, head: int, signs: Signs) -> bool:
    """Whether an item speaks of a person and a case, or begins with a name or a place and speaks of a case."""
    if is_client(text, span, signs):
        return True
    named = NAME_ALONE.match(text, head) or opens(text, head, signs) or signs.told(signs.places, (head, head + 3))
    return bool(named) and is_case(text, span, signs) and len(text[head : span[1]].split()) >= 3


def labels(text: str, body_start: int, said: tuple[int, ...], signs: Signs) -> list[Span]:
    """Lines that each begin with a name, place or word and a dash, colon or full stop ("Geauga -- Marvin, 41 …", "MOM: …")."""
    found = [
        m
        for m in _LABEL.finditer(text, body_start)
        if not FIELD.match(m[0]) and not HEADER.match(m[0]) and len(m["label"].split()) <= 4
    ][:40]
    spans = spans_from(text, [m.start() for m in found])
    good = [s for s in spans if is_client(text, s, signs)]
    if len(spans) in said and 2 * len(good) >= len(spans):
        return spans
    if len(good) >= 2 and (len(good) == len(spans) or len(good) in said):
        return good
    cases = [s for s in spans if is_case(text, s, signs) and len(text[s[0] : s[1]].split()) > 4]
    return cases if len(cases) >= 2 and len(cases) in said else []
