"""Relief mentions and what the post says of each: asked for, background, granted, ruled out, handled by somebody else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from listbot.domain.reading import Span
from listbot.reading.lexicon import Lexicon, Word
from listbot.reading.relief_cues import (
    CUES,
    HEARING_AFTER,
    LINGERING,
    LINGERS,
    MINE_AFTER,
    SCREENED_OUT,
    TOGETHER,
    UNDONE,
    UNDONE_AFTER,
    WEAK_GRANT,
)
from listbot.reading.relief_senses import GENERIC, OTHER_SENSE, is_amount, meant
from listbot.reading.relief_types import ReliefType
from listbot.reading.text import Sentences

STATUSES = ("asked", "background", "granted", "ruled_out", "handled")
LIMIT = 150
"""Relief mentions of a post that are looked at."""


@dataclass(frozen=True, slots=True)
class ReliefMention:
    """A relief named in the text."""

    span: Span
    text: str
    ids: tuple[str, ...]
    form: bool = False  #: by form number


@dataclass(frozen=True, slots=True)
class JudgedRelief:
    """A relief mention with its status, the words that told it, and how sure that is (0 to 1)."""

    mention: ReliefMention
    status: str
    cue: Span | None
    strength: float
    pending: bool = False  #: filed or pending: asked for only where nothing else is


class ReliefFinder:
    """Knows the phrases of the relief types."""

    def __init__(self, types: Iterable[ReliefType]) -> None:
        self.types = {t.id: t for t in types}
        self._lexicon: Lexicon[tuple[str, bool]] = Lexicon(plural=True)
        for word in GENERIC:
            self._lexicon.add(word, (word, False), exact=len(word) == 1)
        for t in self.types.values():
            for phrase in t.phrases:
                self._lexicon.add(phrase, (t.id, False))
            for abbreviation in t.abbreviations:
                self._lexicon.add(abbreviation, (t.id, False), exact=True)
            for form in (*t.forms, *t.bare):
                self._lexicon.add(form, (t.id, True))

    def find(self, text: str, words: list[Word]) -> list[ReliefMention]:
        """The relief mentions of a text, in order."""
        found = []
        for hit in itertools.islice(self._lexicon.find(text, words), 2 * LIMIT):
            start, end = hit.span
            if hit.value[0] in GENERIC:
                if id := meant(hit.value[0], text, start, end):
                    found.append(ReliefMention(hit.span, text[start:end], (id,)))
                continue
            if hit.value[1] and is_amount(text, start, end):
                continue
            if OTHER_SENSE.get(hit.value[0]) and OTHER_SENSE[hit.value[0]].search(text[max(0, start - 25) : end + 25]):
                continue
            found.append(ReliefMention(hit.span, text[start:end], (hit.value[0],), hit.value[1]))
        return found[:LIMIT]


def judge(mentions: list[ReliefMention], text: str, sentences: Sentences) -> list[JudgedRelief]:
    """Every mention with its status; asked for where nothing says otherwise."""
    judged = [_judge(m, text, sentences) for m in mentions]
    for i in range(1, len(judged)):
        one, two = judged[i - 1], judged[i]
        if not TOGETHER.fullmatch(text, one.mention.span[1], two.mention.span[0]):
            continue
        joint = two.status == "asked" and bool(two.cue and two.cue[0] >= one.mention.span[1])  # "and" alone asks for nothing
        if one.cue and one.cue[1] <= one.mention.span[0] and (two.strength < 0.5 or joint):
            judged[i] = replace(two, status=one.status, cue=one.cue, strength=one.strength * 0.95, pending=one.pending)
        elif two.cue and two.cue[0] >= two.mention.span[1] and one.strength < 0.5:
            judged[i - 1] = replace(one, status=two.status, cue=two.cue, strength=two.strength * 0.95, pending=two.pending)
    return judged


def _judge(mention: ReliefMention, text: str, sentences: Sentences) -> JudgedRelief:
    start, end = mention.span
    before = re.split(r"[;:]|\bbut\b", sentences.before(start, 80))[-1]
    after = sentences.after(end, 45)
    best: tuple[float, str, Span | None] = (0.0, "asked", None)
    for status, strength, pattern, stands_before in CUES:
        m = pattern.search(before) if stands_before else pattern.match(after)
        if not m:
            continue
        if stands_before and status == "granted" and WEAK_GRANT.search(before):
            if mention.ids[0] not in ("tps", "daca", "parole", "bond"):
                continue
            strength = 0.72
            if mention.ids[0] == "bond":
                strength = 0.76 if re.search(r"\b(?:out on|is on|released on)\s*(?:an? |the )?\Z", before) else 0.3
        if status in ("granted", "pending", "handled") and _is_undone(mention, status, text, before, after):
            status, strength = "asked", 0.7
        offset = start - len(before) if stands_before else end
        best = max(best, (strength, status, (offset + m.start(), offset + m.end())), key=lambda b: b[0])
    if best[1] == "asked" and best[0] < 0.9 and SCREENED_OUT.match(text, end):
        best = (0.85, "ruled_out", None)
    if MINE_AFTER.match(text, end):
        best = (0.9, "handled", None)
    if best[0] < 0.5 and mention.ids[0] in LINGERING and LINGERS.search(before):
        best = (0.5, "background", None)
    strength, status, where = best
    if status == "pending":
        return JudgedRelief(mention, "handled", where, 0.4, pending=True)
    return JudgedRelief(mention, status, where, strength or 0.35)


def _is_undone(mention: ReliefMention, status: str, text: str, before: str, after: str) -> bool:
    """What reads as filed, had or done is still to do: "needs the I-589 filed", "has a bond hearing on Tuesday"."""
    if status == "granted":
        return mention.ids[0] == "bond" and bool(HEARING_AFTER.match(after)) and not re.search(r"post|paid|on\s\Z", before)
    if UNDONE_AFTER.match(after):
        return True
    return bool(UNDONE.search(before)) and not re.search(
        r"\b(?:already|is pending|we(?:'re| are)|i(?:'m| am))\b", before + after, re.IGNORECASE
    )


def asked_ids(judged: list[JudgedRelief], types: dict[str, ReliefType], text: str) -> tuple[tuple[str, ...], list[JudgedRelief]]:
    """The relief a taker is to do or seek, in order of mention, with the mentions that say so.

    Fallback types (removal defense, other) count only alone. Where nothing is asked for, what is filed and pending is.
    """
    asked = [j for j in judged if j.status == "asked"]
    strong = {
        i
        for j in judged
        if j.status in ("granted", "handled", "ruled_out") and j.strength >= 0.75 and not j.pending
        for i in j.mention.ids
    }
    real = [j for j in asked if not _all_fallback(j, types)]
    kept = [j for j in real if not set(j.mention.ids) <= strong or j.strength >= 0.7]
    kept = [j for j in kept if not _is_passing(j, kept)]
    if not kept:
        kept = [j for j in judged if j.pending and not _all_fallback(j, types)]
    if not kept:
        kept = real
    if not kept:
        tried = [j for j in judged if j.status == "background" and set(j.mention.ids) <= _TRIED]
        kept = (tried if _TRIAL.search(text) else []) or [j for j in asked if "removal_defense" in j.mention.ids] or asked
    if not kept and len({i for j in judged if not _all_fallback(j, types) for i in j.mention.ids}) == 1:
        kept = [j for j in judged if not _all_fallback(j, types)]  # the only relief that the post names
    ids = list(dict.fromkeys(i for j in kept for i in j.mention.ids))
    return consistent(ids, judged, text), kept


_TRIED = frozenset({"asylum", "withholding", "cat", "cancellation_nonlpr", "cancellation_lpr", "adjustment"})
_TRIAL = re.compile(r"\b(?:merits|individual(?: hearing)?|trial|final hearing)\b(?! (?:attorney|lawyer|court))", re.IGNORECASE)
"""What a hearing on the merits tries, where the post names it in passing only."""
_HELD_STATUS = frozenset({"tps", "daca", "parole"})
"""A status that a client may simply hold."""
_LATER = frozenset({"naturalization", "i751"})
_EARLIER = frozenset({"adjustment", "refugee_adjustment", "family_petition", "tps", "asylum"})
_REVIEW = frozenset({"bia_appeal", "circuit_petition", "habeas"})
_REVIEWED = frozenset({"asylum", "withholding", "cat", "cancellation_nonlpr", "cancellation_lpr", "adjustment"})


def _is_passing(one: JudgedRelief, kept: list[JudgedRelief]) -> bool:
    """Whether a mention that nothing says is asked for stands beside others that plainly are."""
    if one.strength >= 0.5:
        return False
    plain = {i for j in kept if j.strength >= 0.7 for i in j.mention.ids} - {*one.mention.ids, "work_permit"}
    ids = set(one.mention.ids)
    return bool((plain and ids <= _HELD_STATUS) or (plain & _REVIEW and ids <= _REVIEWED) or (plain & _LATER and ids <= _EARLIER))


def _all_fallback(j: JudgedRelief, types: dict[str, ReliefType]) -> bool:
    return all(types[i].fallback for i in j.mention.ids if i in types)


_LPR = re.compile(r"\blpr\b|green ?card|permanent resident|residente permanente|residencia", re.IGNORECASE)
_NON_LPR = re.compile(r"non-?lpr|42-?b|usc (?:kid|child|daughter|son)|ten years|10 years|nonpermanent", re.IGNORECASE)
_JUVENILE = re.compile(
    r"\bsij|juvenile|guardian|predicate|minor|unaccompanied|\bkid|\bteen|child|youth|\bboy|\bgirl|custody order|"
    r"1[0-9] ?(?:yo|y/o)|turns 21",
    re.IGNORECASE,
)
_ABUSED = re.compile(
    r"\b(?:abus\w+|beat\w*|hit her|hits her|violen\w+|battered|husband|wife|spouse|marri\w+|ex\b)", re.IGNORECASE
)
_REFUGEE = re.compile(
    r"\basylees?\b|\brefugees?\b(?! (?:camp|cent(?:er|re)|law|legal|services?|project|agency|office|program|rights|council|"
    r"resettlement|ministr|network|coalition|alliance|committee|clinic|women|assistance))|first (?:re)?settled|"
    r"admitted as refugee|asylum (?:was )?granted|granted asylum|refugiad[oa]",
    re.IGNORECASE,
)


def consistent(ids: Sequence[str], judged: Sequence[JudgedRelief], text: str) -> tuple[str, ...]:
    """Bare words settled by what stands around them: cancellation of an LPR, adjustment of an asylee, VAWA's I-360."""
    ids, named = list(ids), {i for j in judged for i in j.mention.ids}
    if "cancellation_nonlpr" in ids and _LPR.search(text) and not _NON_LPR.search(text):
        ids[ids.index("cancellation_nonlpr")] = "cancellation_lpr"
    if "adjustment" in ids and _REFUGEE.search(text) and not named & {"sijs", "u_visa", "t_visa", "vawa"}:
        ids[ids.index("adjustment")] = "refugee_adjustment"
    if "refugee_adjustment" in ids and "asylum" in ids and _REFUGEE.search(text):
        ids.remove("asylum")
    if "refugee_adjustment" in ids and "adjustment" in ids:
        ids.remove("adjustment")
    if (
        "sijs" in ids
        and "vawa" in named
        and not any(j.mention.text.lower().startswith("s") for j in judged if "sijs" in j.mention.ids)
    ):
        ids.remove("sijs")
    if "cancellation_lpr" in ids and "cancellation_nonlpr" in ids and not _NON_LPR.search(text):
        ids.remove("cancellation_nonlpr")
    if "vawa" in ids and "cancellation_nonlpr" in ids and re.search(r"vawa cancellation", text, re.IGNORECASE):
        ids.remove("cancellation_nonlpr")
    return tuple(dict.fromkeys(ids))
