"""Clients told in running text: paragraphs, sentences and clauses that one after the other bring in somebody with a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from listbot.domain.reading import Span
from listbot.reading.cast import is_kin
from listbot.reading.client_heads import DEFINITE, FRESH, KIN, NAME, ORDER, Signs, is_case, is_person, opens
from listbot.reading.client_words import item_end, provided_for
from listbot.reading.text import sentence_starts


@dataclass(frozen=True, slots=True)
class Division:
    """Stretches that may each be a client's, and how each begins."""

    spans: tuple[Span, ...]
    heads: tuple[str, ...]
    fine: bool  #: some may begin within a sentence


_CLAUSE = re.compile(
    r";\s+(?:and\s+)?|:\s+|\s[-–—]+\s|,\s(?=(?:and|plus|y|then)\s)|\s(?=\(?(?:[a-d1-6]|i{1,3}|iv)\)\s)|\s(?=and (?:his|her|their|a|an|one)\s)|"
    r"\.\s+(?=[a-z])|,\s(?=(?:the|la|el) (?:other|second|younger|older|sister|brother|otr[oa]|mayor|menor)\b)|\n"
)
_KINDS = ((FRESH, NAME, ORDER), (FRESH, NAME, ORDER, DEFINITE), (FRESH, NAME, ORDER, DEFINITE, KIN))
MOST = 40


def divisions(text: str, body_start: int, signs: Signs) -> Iterator[Division]:
    """Ways to divide a text among the people it brings in, from the coarsest to the finest."""
    lines = _line_starts(text, body_start)
    sentences = sorted({*lines, *(_past_space(text, s) for s in sentence_starts(text) if s >= body_start)})
    clauses = sorted({*sentences, *(m.end() for m in _CLAUSE.finditer(text, body_start, body_start + 6000))})
    seen: set[tuple[Span, ...]] = set()
    kind_at = {at: opens(text, at, signs) for at in clauses[: 4 * MOST]}
    for starts in (lines, sentences, clauses):
        heads = [
            (at, kind) for at, end in pairwise((*starts, len(text))) if (kind := _brings_in(text, (at, end), kind_at, signs))
        ][:MOST]
        for kinds in _KINDS:
            known = [h for h in heads if h[1] in kinds]
            opened = _opened(text, known, starts, signs)
            for bare in (False, True):
                chosen = _stretches(text, opened, signs, bare)
                spans = tuple(s for s, _ in chosen)
                if len(spans) >= 2 and spans not in seen:
                    seen.add(spans)
                    yield Division(spans, tuple(kind for _, kind in chosen), starts is clauses)


def _brings_in(text: str, span: Span, kind_at: Mapping[int, str], signs: Signs) -> str:
    """How a stretch brings in a person: by the words at its head, or by a name not called before; empty where it does not."""
    kind = kind_at.get(span[0], "")
    if kind == FRESH:
        return kind
    if (met := signs.met(span)) >= 0:
        return kind if kind == ORDER else KIN if is_kin(text, met) else NAME
    called = signs.told(signs.people, (span[0], min(span[1], span[0] + 40)))
    again = any(" " in name for name in called) if kind == ORDER else bool(called)  # "client 2" once more; a name once more
    return "" if again and kind in (NAME, ORDER) else kind


def _line_starts(text: str, body_start: int) -> list[int]:
    """Where lines begin that are no continuation of a wrapped one."""
    out, before = [body_start], ""
    at = body_start
    for line in text[body_start:].split("\n"):
        if line.strip() and (not before.strip() or len(before) < 55 or before.rstrip()[-1] in ".!?:;)"):
            out.append(_past_space(text, at))
        before = line
        at += len(line) + 1
    return sorted(set(out))


_SPACE = re.compile(r"\s{0,400}")


def _past_space(text: str, at: int) -> int:
    m = _SPACE.match(text, at)
    return m.end() if m else at


_SECOND = re.compile(
    r"\W{0,20}(?:(?:and|but|also|the|my|his|her|their)\s+)*(?:second|other|another|also|separate\w*|too|while|unrelated\w*|different|next|same|"
    r"otr[oa]|segund[oa]|[\w-]+ (?:also )?needs one|younger|youngest)\b",
    re.IGNORECASE,
)


def _opened(text: str, heads: list[tuple[int, str]], starts: list[int], signs: Signs) -> list[tuple[int, str]]:
    """The heads with one before the first, where that is a second one: the text before speaks of somebody with a case too."""
    if not heads or not _SECOND.match(text, heads[0][0]):
        return heads
    before = [at for at in starts if at < heads[0][0]]
    first = next((at for at, end in pairwise([*before, heads[0][0]]) if is_person(text, (at, end), signs)), None)
    return heads if first is None or not is_case(text, (first, heads[0][0]), signs) else [(first, FRESH), *heads]


def _stretches(text: str, heads: list[tuple[int, str]], signs: Signs, bare: bool) -> list[tuple[Span, str]]:
    """The stretch of each head; unless `bare`, one without a case of its own belongs to the one before."""
    out: list[tuple[Span, str]] = []
    for i, (at, kind) in enumerate(heads):
        end = heads[i + 1][0] if i + 1 < len(heads) else item_end(text, at)
        if (bare and len(text[at:end].split()) > 2) or is_case(text, (at, end), signs) or provided_for(text[at:end]):
            out.append(((at, end), kind))
        elif out and out[-1][0][1] == at:
            out[-1] = ((out[-1][0][0], end), out[-1][1])
    return out
