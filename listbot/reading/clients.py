"""How many clients a post speaks of, and which stretches of its text belong to which."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from listbot.domain.reading import Span
from listbot.reading import client_lists, client_prose
from listbot.reading.client_heads import DEFINITE, KIN, ORDER, Signs, Told
from listbot.reading.client_prose import Division
from listbot.reading.client_words import APART, TOGETHER, numbers_said, provided_for
from listbot.reading.logistic import log_odds
from listbot.reading.text import sentence_starts


@dataclass(frozen=True, slots=True)
class Clients:
    """The stretches of each client, the stretches common to all, and what is doubtful of the count."""

    own: tuple[tuple[Span, ...], ...]
    shared: tuple[Span, ...]
    doubt: str = ""


_NO_SIGNS = Signs()


def find_clients(text: str, body_start: int, signs: Signs = _NO_SIGNS, several: float | None = None) -> Clients:
    """The clients of a post; one whose text is everything where nothing shows several.

    `several`: an encoder's share of 1 that the post speaks of more than one.
    """
    said = numbers_said(text)
    spans = _listed(text, body_start, said, signs) or _told(text, body_start, said, signs, several)
    if not spans:
        return Clients((((0, len(text)),),), (), _doubt(said, text, 1, 1, several))
    live = [s for s in spans if not provided_for(text[s[0] : s[1]])] or spans
    own, shared = _by_mention(text, spans, live, signs)
    return Clients(own, shared, _doubt(said, text, len(spans), len(live), several))


def _listed(text: str, body_start: int, said: tuple[int, ...], signs: Signs) -> list[Span]:
    """The clients of a list or table; empty where there is none."""
    for find in (client_lists.rows, client_lists.cells, client_lists.items, client_lists.labels):
        spans = find(text, body_start, said, signs)
        if len(spans) >= 2:
            return spans
    return []


def _told(text: str, body_start: int, said: tuple[int, ...], signs: Signs, several: float | None) -> list[Span]:
    """The clients of running text, divided in the way that most speaks for several; empty where too little does."""
    best, most = [], 0.0
    for division in client_prose.divisions(text, body_start, signs):
        weight = _weight(text, division, said, signs, several)
        if weight > most:
            best, most = list(division.spans), weight
    return best


MOST_CLIENTS = 9
BASE, ENCODER, ENCODER_BASE = -2.2, 0.57, 0.44
"""What speaks for several clients in running text, in weights that add up; above zero there are. Learned from the corpus by
maximum likelihood, those of the encoder from writers that it had not seen; what made no difference on other writers is left out."""
SAID, SEPARATE, NO_ASK, KNOWN, KIN_APART, IN_ORDER, WITHIN = 2.7, 1.5, -1.85, -1.4, 1.3, 1.3, -0.85
ORIGINS, AGES, NEEDED, PLACES = 1.7, 1.15, 0.8, 0.7


def _weight(text: str, division: Division, said: tuple[int, ...], signs: Signs, several: float | None) -> float:
    """How much speaks for a division."""
    live = [(s, h) for s, h in zip(division.spans, division.heads, strict=True) if not provided_for(text[s[0] : s[1]])]
    spans, heads = [s for s, _ in live], [h for _, h in live]
    if not 1 <= len(live) <= len(division.spans) <= MOST_CLIENTS:
        return -10.0
    apart = bool(APART.search(text))
    weight = BASE + SEPARATE * apart
    if several is not None:
        weight += ENCODER_BASE + ENCODER * log_odds(several, 3.0)
    counted = bool({len(division.spans), len(live)} & set(said))
    weight += SAID * counted + WITHIN * division.fine
    if not (
        counted and any(signs.told(signs.asked, s) for s in _outside(spans, len(text)))
    ):  # "two for bond on Monday: one is …"
        weight += NO_ASK * min(3, sum(not signs.told(signs.asked, s) for s in spans))
    weight += KNOWN * min(3, heads.count(DEFINITE)) + IN_ORDER * (division.heads.count(ORDER) > 1)
    weight += KIN_APART * heads.count(KIN) * apart
    begins = [(a, min(b, a + 120)) for a, b in spans]
    ages = {m[1] or m[2] for s in begins if (m := _AGE.search(text, *s))}
    weight += (
        AGES * (len(ages) > 1) + ORIGINS * _differ(signs.origins, begins, signs) + PLACES * _differ(signs.places, begins, signs)
    )
    return weight + NEEDED * _differ(signs.needed, spans, signs)


_AGE = re.compile(
    r"[,(]\s?(\d\d)\b(?!\s?(?:days|yrs|years|weeks|months|%|/|[ap]m))|[a-z]\s(\d\d)(?=[,;)]|[ -]?(?:yo\b|y/o|year))"
)


def _differ(told: Told, spans: list[Span], signs: Signs) -> bool:
    """Whether the first thing told within each span is another in each, as far as any is."""
    first = [values[0] for s in spans if (values := signs.told(told, s))]
    return len(first) >= 2 and len(set(first)) == len(first)


def _by_mention(
    text: str, spans: list[Span], live: list[Span], signs: Signs
) -> tuple[tuple[tuple[Span, ...], ...], tuple[Span, ...]]:
    """Each client's own stretches and the common ones, by who is spoken of.

    Outside the stretches, sentences that begin with a client's label, or call only that client by name ("RG only needs …"), are that
    client's, with what follows in their paragraph. Within them, one sentence may be another's ("Flor's better in Spanish") or about all.
    """
    labels = [_label_of(text[a:b]) for a, b in live]
    names = [set(signs.told(signs.people, s)[:1]) for s in live]
    turns = [(start, live.index((start, end)) if (start, end) in live else _NOBODY) for start, end in spans]
    for start, end in _outside(spans, len(text)):
        turns.append((start, _ALL))
        turns += [(m.start(1), labels.index(key)) for m in _BEGINS.finditer(text, start, end) if (key := _key(m[1])) in labels]
        turns += [(m.end(), _ALL) for m in _PARAGRAPH.finditer(text, start, end)]
    for start, end in itertools.pairwise([*sentence_starts(text), len(text)]):
        owner = next((n for n, (a, b) in enumerate(live) if a < start < b), None)
        called = set(signs.told(signs.people, (start, end) if owner is None else (start, min(end, start + 20))))
        about = [n for n, known in enumerate(names) if known & called and n != owner]
        if owner is None and len(about) == 1 and not any(start <= a < end for a, _ in live):
            turns.append((start, about[0]))
        elif owner is not None and (len(about) == 1 or _is_about_all(text, start, live[owner], owner == len(live) - 1)):
            turns += [(start, about[0] if about else _ALL), (min(end, live[owner][1]), owner)]
    return _shared_out(sorted(turns), len(live), len(text))


_ALL, _NOBODY = -1, -2
"""About whom a stretch is, but for a client's number."""


def _is_about_all(text: str, start: int, span: Span, last: bool) -> bool:
    """Whether a sentence within a client's stretch is about all clients."""
    return bool(_OF_ALL.match(text, start)) or (
        last and bool(_OF_THEM.match(text, start)) and not _PLURAL.search(text, span[0], start)
    )


def _shared_out(turns: list[tuple[int, int]], count: int, length: int) -> tuple[tuple[tuple[Span, ...], ...], tuple[Span, ...]]:
    """The stretches from turn to turn, by whom they are about; of turns at one place, that to a client counts."""
    own: list[list[Span]] = [[] for _ in range(count)]
    shared: list[Span] = []
    for (start, number), (end, _) in itertools.pairwise([*turns, (length, _ALL)]):
        if start < end and number != _NOBODY:
            (own[number] if number >= 0 else shared).append((start, end))
    return tuple(tuple(spans) for spans in own), tuple(shared)


_OF_ALL = re.compile(
    r"\W{0,6}(?:both|all (?:three|four|five|of them)|neither|none of them|everyone|they(?: all| both|['’]re (?:all|both)| are (?:all|both))|"
    r"the (?:two|three|four) of them|amb[oa]s|l[oa]s dos|l[oa]s tres|ningun[oa]|tod[oa]s)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\W{0,6}they(?:['’]re| are| speak| were| come| came)\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:couple|family|famil\w+|brothers|sisters|siblings|twins|kids|children|and (?:her|his|their)|parents|they)\b",
    re.IGNORECASE,
)
"""Somebody who is more than one."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_BEGINS = re.compile(
    r"(?:(?<=[.;!?\n]\s)|(?<=\n)|(?<=\s{2}))((?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15}|[A-H1-9])(?=\s?[:,]|\s(?:is|has|"
    r"only|needs?|wants?|speaks|was|will|lives)\b|:)"
)


def _label_of(item: str) -> str:
    """The name, initials or letter by which an item may be called again, as it is compared."""
    m = re.match(r"[\W_]*(?:(?P<mark>[A-Ha-h1-9])[.)/:]\s+)?(?P<label>(?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15})?", item)
    return _key((m["label"] or m["mark"] or "-") if m else "-")


def _key(label: str) -> str:
    return label.lower().replace(".", "")


def _outside(spans: list[Span], length: int) -> tuple[Span, ...]:
    out, at = [], 0
    for start, end in spans:
        if start > at:
            out.append((at, start))
        at = end
    if at < length:
        out.append((at, length))
    return tuple(out)


def _doubt(said: tuple[int, ...], text: str, found: int, live: int, several: float | None) -> str:
    """Why the count may be wrong: the post says another number than was found, or the encoder sees more."""
    if said and not {found, live} & set(said) and (found > 1 or not TOGETHER.search(text)):
        return f"the post seems to speak of {said[0]} clients, {live} found"
    if found == 1 and several is not None and several > 0.3:
        return "the post may speak of several clients"
    return ""
