"""What a place is to the case: where help is needed, a former home, the writer's office, a court elsewhere, the border."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from listbot.domain.reading import Span
from listbot.reading.lexicon import Word
from listbot.reading.place_cues import (
    AFTER,
    AUXILIARIES,
    BARE,
    CLASS_OF,
    FROM,
    IN,
    NO_PLACE,
    OURSELVES,
    OWNERS,
    PREPOSITIONS,
    SAYS,
    SERVES,
    SIGN_OFFS,
    SKIPPED,
    SUBJECTS,
    TO,
    WITH,
)
from listbot.reading.places import PlaceMention
from listbot.reading.text import Sentences

ROLES = ("need", "former", "office", "court", "entry", "other", "none")
REACH = 14
"""Words before a place that may tell its role."""
DECAY = 0.87
"""What is left of a word's weight one word further away."""
_BREAKS = {",": 0.8, ";": 0.4, ":": 0.6, "(": 0.8, ")": 0.75, "\n": 0.65, "–": 0.6, "—": 0.6, " - ": 0.6, "/": 0.8, "|": 0.4}
"""What is left of it across a mark in the clause."""
_ARROW_BEFORE = re.compile(r"(?:-+>|→|=>|»)\s*\Z")
_ARROW_AFTER = re.compile(r"\s*(?:-+>|→|=>|»)\s*")
_DENIED = re.compile(r"\bnot (?:at |in |from |to |the )*\Z", re.IGNORECASE)
_BESIDE = re.compile(r"\s?(?:,|\(|/|,? (?:in|up near|near|outside)|\((?:in|up near|near|outside))\s?")
"""Between a place and what says more of it: "Butler County Jail (Hamilton OH)", "Sanford in Maine"."""


@dataclass(frozen=True, slots=True)
class RoledPlace:
    """A place mention with its role, the words that told it, and how sure that is (0 to 1)."""

    mention: PlaceMention
    role: str
    cue: Span | None
    strength: float


@dataclass(slots=True)
class _Votes:
    """What speaks for each role, and the strongest word of all."""

    weights: dict[str, float]
    cue: Span | None = None
    top: float = 0.0

    def add(self, role: str, weight: float, cue: Span | None = None) -> None:
        self.weights[role] = max(self.weights[role], weight) + 0.3 * min(self.weights[role], weight)
        if weight > self.top and cue:
            self.cue, self.top = cue, weight

    def winner(self) -> tuple[str, float]:
        """The role and its share of all that was said."""
        ranked = sorted(self.weights.items(), key=lambda w: -w[1])
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return ranked[0][0], ranked[0][1] / (ranked[0][1] + second + 0.6)


def roles_of(
    mentions: Sequence[PlaceMention], text: str, words: Sequence[Word], sentences: Sentences, subject_end: int
) -> list[RoledPlace]:
    """Every mention with its role: by the words around it, then by what the post says of the same place elsewhere."""
    starts = [w.start for w in words]
    taken = {m.span[0] for m in mentions}
    covered = {w.start for m in mentions for w in words[bisect_left(starts, m.span[0]) : bisect_left(starts, m.span[1])]}
    closing = _closing(text, subject_end)
    roled: list[RoledPlace] = []
    for m in mentions:
        at = bisect_left(starts, m.span[0])
        votes = _votes(m, at, text, words, (taken, covered), sentences.span(m.span[0])[0])
        decided = _decided(m, votes, text, subject_end, closing)
        last = roled[-1] if roled else None
        if (
            last
            and last.role not in ("none", decided.role)
            and last.strength > decided.strength
            and _BESIDE.fullmatch(text, last.mention.span[1], m.span[0])
        ):
            decided = replace(decided, role=last.role if m.plausible else "none", strength=min(0.5, last.strength))
        roled.append(decided)
    return _told_elsewhere(roled)


def _votes(m: PlaceMention, at: int, text: str, words: Sequence[Word], taken: tuple[set[int], set[int]], floor: int) -> _Votes:
    """What the words of the sentence around a mention say."""
    votes = _Votes(defaultdict(float))
    _look_back(m, at, text, words, taken, floor, votes)
    _look_ahead(m, at, text, words, votes)
    arrow = _ARROW_AFTER.match(text, m.span[1])
    if arrow and arrow.end() in taken[0]:
        votes.add("former", 4.0)
    elif _ARROW_BEFORE.search(text, max(0, m.span[0] - 5), m.span[0]):
        votes.add("need", 2.0)
    return votes


def _look_back(
    m: PlaceMention, at: int, text: str, words: Sequence[Word], taken: tuple[set[int], set[int]], floor: int, votes: _Votes
) -> None:
    i, kind = _preposition(at, words, text, floor)
    if kind == FROM and words[i + 1].norm in ("out", "ex", "left", "leaving"):
        votes.add("former", 1.9, (words[i + 1].start, words[i + 1].end))
    factor, last = 1.0, words[i + 1].start if i + 1 < len(words) else m.span[0]
    seen: set[str] = set()
    for j in range(i, max(-1, i - REACH), -1):
        word = words[j]
        if word.start < floor:
            break
        factor *= DECAY * _across(text[word.end : last])
        last = word.start
        if word.start in taken[1]:  # a word of another place's name tells nothing
            factor *= 0.7 if word.start in taken[0] else 1.0
            continue
        if word.norm in ("and", "but", "y", "pero", "while", "then"):
            factor *= 0.75
        name = "client" if word.norm == "old" and j and words[j - 1].norm in ("year", "yr", "years") else _class(word)
        if name is None or name in seen:
            continue
        seen.add(name)
        role, weight = _said(name, kind, j, words)
        if role:
            votes.add(role, weight * factor / DECAY, (word.start, word.end))
        if factor < 0.12:
            break


def _preposition(at: int, words: Sequence[Word], text: str, floor: int) -> tuple[int, str]:
    """Index of the last word before the mention's preposition, and what kind that is."""
    i = at - 1
    while i >= 0 and words[i].start >= floor and words[i].norm in SKIPPED and words[i].norm not in PREPOSITIONS and at - i < 5:
        i -= 1
    if i < 0 or words[i].start < floor or "\n\n" in text[words[i].end : words[at].start if at < len(words) else words[i].end]:
        return i, BARE
    gap = text[words[i].end : words[i].end + 2]
    kind = PREPOSITIONS.get(words[i].norm)
    if not kind or gap[:1] in ".,;:":
        return at - 1, BARE
    while (
        i > 0 and words[i - 1].norm in PREPOSITIONS and words[i - 1].norm not in ("a", "left", "leaving")
    ):  # "out of", "up to", "over from"
        i -= 1
        if PREPOSITIONS[words[i].norm] == FROM:
            kind = FROM
    return i - 1, kind


def _class(word: Word) -> str | None:
    if word.text.lower() in ("we're", "we’re"):
        return "self"
    if word.norm in ("i", "me", "us") and word.text == "US":
        return None
    return CLASS_OF.get(word.norm)


def _said(name: str, kind: str, j: int, words: Sequence[Word]) -> tuple[str, float]:
    """What a word of a class says of a place behind such a preposition, in view of whose deed it is."""
    role, weight = SAYS.get((name, kind), ("", 0.0))
    before = [w.norm for w in words[max(0, j - 3) : j]]
    if name == "kin":
        if any(w in WITH for w in before[-3:]):
            return ("need", 2.0) if kind == IN else ("", 0.0)
        return (role, weight) if any(w in OWNERS for w in before[-3:]) else (role, weight * 0.3)
    if (
        name in ("seek", "client")
        and (kind == IN or words[j].norm in SERVES)
        and _is_writer(words[max(0, j - 6) : j], words[j].norm, before)
    ):
        return "office", 2.8
    if name in ("live", "move", "now") and role == "need":
        if _subject(before) in SUBJECTS and words[j + 1].norm not in ("him", "her", "them", "this", "the", "a"):
            return "office", 3.0
        if any(CLASS_OF.get(w) == "kin" for w in before[-2:]) and not any(w in WITH for w in before):
            return "other", 1.8
        if any(w in ("no", "not", "used") for w in before[-2:]):
            return "former", 3.0
    if (
        name == "self"
        and words[j].norm in ("im", "we", "i", "estoy", "estamos", "soy")
        and kind in (IN, BARE)
        and j + 1 < len(words)
    ):
        nxt = words[j + 1].norm
        return (
            ("office", 3.2)
            if words[j].norm in ("im", "estoy", "estamos") or nxt in PREPOSITIONS or nxt in ("am", "are", "sit", "practice")
            else (role, weight * 0.5)
        )
    if name == "self" and words[j].norm in ("my", "our", "me", "us", "nuestra", "nuestro"):
        return (
            (role, weight)
            if words[j].norm in ("me", "us") and kind == IN and j + 1 < len(words) and words[j + 1].norm in PREPOSITIONS
            else ("", 0.0)
        )
    if name == "self" and words[j].norm in ("here", "aqui") and kind == IN and words[j + 1].norm in PREPOSITIONS:
        return role, 3.4
    if name == "move" and kind == TO and any(CLASS_OF.get(w.norm) == "court" for w in words[max(0, j - 2) : j + 4]):
        return "court", 2.6
    if name == "client" and words[j].norm in ("case", "cases", "caso") and kind == IN:
        return role, 1.2
    return role, weight


def _is_writer(before: Sequence[Word], word: str, near: Sequence[str]) -> bool:
    """Whether a lawyer, or what one covers, is the writer's own: "I'm a solo lawyer in", "we only cover"."""
    if word in SERVES:
        return _subject(near) in SUBJECTS or (_subject(near) in OURSELVES and bool({"my", "our"} & set(near)))
    names = [w.norm for w in before]
    return "im" in names or "soy" in names or any(a == "i" and b == "am" for a, b in pairwise(names)) if word != "case" else False


def _subject(before: Sequence[str]) -> str:
    """The last of the words before a verb that may be its subject."""
    return next((w for w in reversed(before) if w not in AUXILIARIES), "")


def _across(gap: str) -> float:
    if gap == " ":
        return 1.0
    factor = 1.0
    for mark, left in _BREAKS.items():
        if mark in gap:
            factor *= left
    return factor


def _look_ahead(m: PlaceMention, at: int, text: str, words: Sequence[Word], votes: _Votes) -> None:
    """The words right behind: a court, a hospital, a client."""
    end = m.span[1]
    while at < len(words) and words[at].start < end:
        at += 1
    before = words[at - 2].norm if at > 1 else ""
    factor = 1.0
    for word in words[at : at + 3]:
        gap = text[end : word.start]
        if len(gap) > 3 or "\n" in gap or any(c in gap for c in ".;:|"):
            break
        factor *= 0.55 if "," in gap or "(" in gap else 1.0
        if word.norm == "based":
            votes.add("office" if before in ("a", "im") or before in SUBJECTS else "need", 1.8, (word.start, word.end))
            break
        if word.norm in AFTER:
            role, weight = AFTER[word.norm]
            if word.norm == "family" and at + 1 < len(words) and words[at + 1].norm in ("court", "ct"):
                role = "court"
            if role == "need" and before in ("his", "her", "their", "old", "prior", "former"):
                role = "other"
            votes.add(role, weight * factor, (word.start, word.end))
            break
        factor *= 0.75
        end = word.end


def _decided(m: PlaceMention, votes: _Votes, text: str, subject_end: int, closing: int) -> RoledPlace:
    """The role of one mention by its words, its kind and where in the post it stands."""
    if not m.plausible:
        return RoledPlace(m, "none", None, 0.33)
    start = m.span[0]
    weights = votes.weights
    if _DENIED.search(text, max(0, start - 12), start):
        return RoledPlace(m, "other", None, 0.7)
    if m.options and m.options[0].sort in NO_PLACE:
        return RoledPlace(m, "court", None, 0.9)
    if m.kind in ("court", "office"):
        for role in ("need", "other", "office", "entry"):
            weights[role] *= 0.3
        votes.add("court", 2.0)
    elif m.kind == "facility":
        for role in ("court", "other", "entry", *(() if weights["office"] > 2.4 else ("office",))):
            weights[role] *= 0.3
        votes.add("need", 1.6)
    elif start < subject_end:
        votes.add("need", 1.4)
    elif start >= closing and weights["need"] < 1.5:
        votes.add("office", 1.6)
    elif _leads(text, start):
        votes.add("need", 1.0)
    if not weights or max(weights.values()) < 0.45:
        return RoledPlace(m, "need", None, 0.2)
    role, share = votes.winner()
    return RoledPlace(m, role, votes.cue, min(1.0, share))


def _leads(text: str, start: int) -> bool:
    """Whether a place begins a line, an item or a cell."""
    return bool(re.search(r"(?:^|\n|\|)[ \t]*(?:[-*•·–>]+|\(?\w{1,2}[.)])?[ \t]*\Z", text[max(0, start - 10) : start]))


def _closing(text: str, subject_end: int) -> int:
    """Where the last lines begin that hold no sentence: name, office, town of the writer."""
    at = len(text.rstrip())
    lines = text[subject_end:at].split("\n")
    for line in reversed(lines[1:]):
        said = line.strip()
        if len(said) > 45 or len(said.split()) > 6 or (said.endswith((".", "?", "!")) and len(said.split()) > 3):
            break
        at -= len(line) + 1
        if said.split() and said.split()[0].lower().strip(",.!") in SIGN_OFFS:
            break
    return max(at, subject_end + 1)


def _told_elsewhere(roled: list[RoledPlace]) -> list[RoledPlace]:
    """A mention whose surroundings say nothing has the role of the same name where they do."""
    known: dict[tuple[str, str | None], RoledPlace] = {}
    for p in roled:
        name = _called(p)
        if p.role != "none" and p.strength > max(0.6, known[name].strength if name in known else 0):
            known[name] = p
    told = []
    for p in roled:
        source = known.get(_called(p))
        if source and source.role != p.role and p.strength < 0.45 and p.role != "none":
            p = replace(p, role=source.role, strength=0.5)
        told.append(p)
    return told


def _called(p: RoledPlace) -> tuple[str, str | None]:
    """What makes two mentions the same place: the Wilmington of Delaware is not that of North Carolina."""
    return p.mention.text.split(",")[0].lower(), p.mention.state
