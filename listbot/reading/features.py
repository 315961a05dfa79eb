"""A post as an encoder sees it: tokens with their places in the text, and candidates as token spans with what rules say of them.

Used the same way in training and in reading; change it only together with the model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from listbot.domain.reading import DateRole, Kind, Span
from listbot.reading.date_roles import RoledDate
from listbot.reading.judgement import View
from listbot.reading.place_roles import ROLES as PLACE_ROLES
from listbot.reading.relief import STATUSES

KINDS = tuple(k.value for k in Kind)
DATE_ROLES = (*(r.value for r in DateRole), "none")
RELIEF_STATUSES = (*STATUSES, "none")
CLASSES = {"P": PLACE_ROLES, "D": DATE_ROLES, "R": RELIEF_STATUSES}
OFFSET = {"P": 0, "D": len(PLACE_ROLES), "R": len(PLACE_ROLES) + len(DATE_ROLES)}
ROLE_COUNT = len(PLACE_ROLES) + len(DATE_ROLES) + len(RELIEF_STATUSES)
RELIEF_IDS = (
    "asylum",
    "withholding",
    "cat",
    "sijs",
    "u_visa",
    "t_visa",
    "vawa",
    "cancellation_lpr",
    "cancellation_nonlpr",
    "adjustment",
    "family_petition",
    "tps",
    "daca",
    "deferred_action_labor",
    "naturalization",
    "bond",
    "parole",
    "habeas",
    "bia_appeal",
    "circuit_petition",
    "motion_to_reopen",
    "stay_of_removal",
    "work_permit",
    "i751",
    "refugee_adjustment",
    "consular",
    "guardianship",
    "removal_defense",
    "other",
)
SCOPES = ("full", "limited", "none")
_PLACE_SORTS = ("town", "county", "state", "zip", "facility", "court", "office", "region", "neighbourhood")
_DATE_SORTS = ("vague", "month", "relative", "weekday", "past", "coming", "yearless")
SORTS = {
    **{f"P{s}": i for i, s in enumerate(_PLACE_SORTS)},
    **{f"D{s}": i + len(_PLACE_SORTS) for i, s in enumerate(_DATE_SORTS)},
    **{f"R{s}": i + len(_PLACE_SORTS) + len(_DATE_SORTS) for i, s in enumerate(RELIEF_IDS)},
}
SORT_COUNT = len(SORTS)
MAX_TOKENS = 512
MAX_CANDIDATES = 160


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention as the encoder takes it: `index` in its list of the view, token span (end exclusive), rule's role, sort."""

    type: str
    index: int
    first: int
    last: int
    role: int
    sort: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids, segment (1: quoted or forwarded), characters of each token, candidates."""

    ids: list[int]
    segments: list[int]
    spans: list[Span]
    candidates: list[Candidate]


def encode(view: View, tokenizer: Any, limit: int = MAX_TOKENS) -> Encoded:
    """The view's tokens: [CLS] subject [SEP] new words [SEP] what is quoted or forwarded [SEP]; a bar for a line's end."""
    cls, sep, bar = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "|"))
    head = (0, view.subject_end)
    own = [(max(a, view.subject_end), b) for a, b in view.new if b > view.subject_end]
    ids, segments, spans = [cls], [0], [(0, 0)]
    for segment, stretches in ((0, [head]), (0, own), (1, list(view.brought))):
        for stretch in stretches:
            for token, span in _tokens(view.text, stretch, tokenizer, bar):
                if len(ids) >= limit - 1:
                    break
                ids.append(token)
                segments.append(segment)
                spans.append(span)
        if stretches and len(ids) < limit:
            ids.append(sep)
            segments.append(segment)
            spans.append((0, 0))
    return Encoded(ids, segments, spans, _candidates(view, spans))


def _tokens(text: str, stretch: Span, tokenizer: Any, bar: int) -> list[tuple[int, Span]]:
    """The tokens of a stretch, with a bar where a short line or a paragraph ends."""
    start, end = stretch
    end = min(end, start + 6 * MAX_TOKENS + 2000)
    encoded = tokenizer.encode(text[start:end], add_special_tokens=False)
    out: list[tuple[int, Span]] = []
    last = start
    for token, (a, b) in zip(encoded.ids, encoded.offsets, strict=True):
        gap = text[last : start + a]
        if "\n" in gap and out and (gap.count("\n") > 1 or last - text.rfind("\n", 0, last) < 60):
            out.append((bar, (last, last)))
        out.append((token, (start + a, start + b)))
        last = start + b
    return out


def _candidates(view: View, spans: list[Span]) -> list[Candidate]:
    """The view's mentions as token spans; those outside the tokens are left out."""
    m = view.mentions
    listed: list[tuple[str, int, Span, str, str]] = [
        *(("P", i, p.mention.span, p.role, p.mention.kind) for i, p in enumerate(m.places)),
        *(("D", i, d.mention.span, d.role.value, _date_sort(d, view.today)) for i, d in enumerate(m.dates)),
        *(("R", i, r.mention.span, r.status, r.mention.ids[0]) for i, r in enumerate(m.relief)),
    ]
    by_start = sorted((s, i) for i, s in enumerate(spans) if s[1] > s[0])
    out: list[Candidate] = []
    for type_, index, span, role, sort in listed[: 3 * MAX_CANDIDATES]:
        inside = _covered(by_start, span)
        if inside and len(out) < MAX_CANDIDATES:
            rule = OFFSET[type_] + CLASSES[type_].index(role)
            out.append(Candidate(type_, index, min(inside), max(inside) + 1, rule, SORTS[type_ + sort]))
    return out


def _covered(by_start: Sequence[tuple[Span, int]], span: Span) -> list[int]:
    """Indices of the tokens that share characters with a span."""
    at = bisect_left(by_start, ((span[0] - 40, 0), 0))
    inside = []
    while at < len(by_start) and by_start[at][0][0] < span[1]:
        if by_start[at][0][1] > span[0]:
            inside.append(by_start[at][1])
        at += 1
    return inside


def _date_sort(d: RoledDate, today: date) -> str:
    m = d.mention
    if m.ahead is None:
        return "month" if m.month_only else "vague"
    if m.relative:
        return "relative"
    if m.weekday:
        return "weekday"
    if m.sure:
        return "past" if m.ahead < today else "coming"
    return "yearless"
