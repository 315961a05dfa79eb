"""How many clients a post speaks of, and which stretches of its text belong to which."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from listbot.domain.reading import Span
from listbot.reading import client_lists, client_prose
from listbot.reading.client_heads import KIN, ORDER, Signs, Told
from listbot.reading.client_prose import Division
from listbot.reading.client_words import APART, OF_SEVERAL, TOGETHER, numbers_said, provided_for


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
    own, shared = _with_mentions_elsewhere(text, live, _outside(spans, len(text)))
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
    wording = _wording(text, several)
    for division in client_prose.divisions(text, body_start, signs):
        weight = wording + _weight(text, division, said, signs)
        if weight > most:
            best, most = list(division.spans), weight
    return best


BASE, PER_CLIENT, OF_KIN, OF_KIN_APART = -3.0, 0.5, -1.2, -0.4
"""What speaks for several clients in running text, in weights that add up; above zero there are."""
SAID, NOT_SAID, LOOKS_BACK, SEPARATE, ONE_CASE = 2.2, -1.2, 1.2, 0.6, -0.4
ORIGINS, PLACES, ON_LINES, IN_ORDER, PLACED, WITHOUT_CASE, AGES = 2.0, 1.3, 1.6, 1.0, 2.0, -2.3, 1.0
ENCODER, NEUTRAL = 0.5, 1.5


def _wording(text: str, several: float | None) -> float:
    """What the text as a whole says for several clients."""
    weight = BASE
    if several is not None:
        weight += ENCODER * min(2.0, max(-3.0, math.log(max(several, 1e-4) / max(1 - several, 1e-4)) + NEUTRAL))
    apart = APART.search(text)
    weight += SEPARATE * bool(apart) + LOOKS_BACK * bool(OF_SEVERAL.search(text))
    return weight + (ONE_CASE if TOGETHER.search(text) and not apart else 0.0)


def _weight(text: str, division: Division, said: tuple[int, ...], signs: Signs) -> float:
    """What a division says for itself."""
    live = [(s, h) for s, h in zip(division.spans, division.heads, strict=True) if not provided_for(text[s[0] : s[1]])]
    if len(live) < 1 or len(division.spans) > 9:
        return -10.0
    heads = [h for _, h in live]
    apart = bool(APART.search(text))
    weight = PER_CLIENT * min(3, sum(apart or h != KIN for h in heads))
    weight += (OF_KIN_APART if apart else OF_KIN) * heads.count(KIN) + IN_ORDER * (division.heads.count(ORDER) > 1)
    counts = {len(division.spans), len(live)}
    weight += SAID if counts & set(said) else NOT_SAID if said else 0.0
    weight += PLACED * (len(live) < len(division.spans)) + ON_LINES * division.lines + WITHOUT_CASE * division.bare
    begins = [(s[0], min(s[1], s[0] + 120)) for s, _ in live]
    ages = {m[1] or m[2] for s in begins if (m := _AGE.search(text, *s))}
    weight += AGES * (len(ages) > 1)
    return weight + ORIGINS * _differ(signs.origins, begins, signs) + PLACES * _differ(signs.places, begins, signs)


_AGE = re.compile(
    r"[,(]\s?(\d\d)\b(?!\s?(?:days|yrs|years|weeks|months|%|/|[ap]m))|[a-z]\s(\d\d)(?=[,;)]|[ -]?(?:yo\b|y/o|year))"
)


def _differ(told: Told, spans: list[Span], signs: Signs) -> bool:
    """Whether the first thing told within each span is another in each, as far as any is."""
    first = [values[0] for s in spans if (values := signs.told(told, s))]
    return len(first) >= 2 and len(set(first)) == len(first)


def _with_mentions_elsewhere(
    text: str, live: list[Span], outside: tuple[Span, ...]
) -> tuple[tuple[tuple[Span, ...], ...], tuple[Span, ...]]:
    """Sentences outside the items that begin with one's label ("Ortiz: Mexican …", "RG only needs …") go to that client."""
    labels = [_label_of(text[a:b]) for a, b in live]
    own: list[list[Span]] = [[s] for s in live]
    shared: list[Span] = []
    for start, end in outside:
        cuts = [
            (m.start(1), labels.index(m[1].lower().replace(".", "")))
            for m in _BEGINS.finditer(text, start, end)
            if m[1].lower().replace(".", "") in labels
        ]
        at = start
        for i, (cut, number) in enumerate(cuts):
            if cut > at and i == 0:
                shared.append((at, cut))
            stop = re.compile(r"\n[ \t]*\n").search(text, cut, end)
            upto = min(cuts[i + 1][0] if i + 1 < len(cuts) else end, stop.start() if stop else end)
            own[number].append((cut, upto))
            at = upto
        if at < end:
            shared.append((at, end))
    return tuple(tuple(spans) for spans in own), tuple(shared)


_BEGINS = re.compile(
    r"(?:(?<=[.;!?\n]\s)|(?<=\n)|(?<=\s{2}))((?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15}|[A-H1-9])(?=\s?[:,]|\s(?:is|has|"
    r"only|needs?|wants?|speaks|was|will|lives)\b|:)"
)


def _label_of(item: str) -> str:
    """The name, initials or letter by which an item may be called again."""
    m = re.match(r"[\W_]*(?:(?P<mark>[A-Ha-h1-9])[.)/:]\s+)?(?P<label>(?:[A-Z]\.?){2,3}|[A-Z][a-z]{2,15})?", item)
    return ((m["label"] or m["mark"] or "-") if m else "-").lower().replace(".", "")


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
