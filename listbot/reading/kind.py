"""What a post is: cues in its new words and subject, the shape of the message, and whether it describes a client.

The weights in `data/kind.json` come from the corpus (`python -m training.kind`); a feature counts the same everywhere.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from listbot.domain.reading import Kind, Span
from listbot.reading.judgement import Judgement, Mentions
from listbot.reading.kind_cues import BODY_CUES, PLAIN_ASK, SUBJECT_CUES, TAKER_SOUGHT
from listbot.reading.text import lowered

K = Kind
KindWeights = Mapping[str, Mapping[str, float]]
"""Kind to feature to weight."""


@dataclass(frozen=True, slots=True)
class KindGuess:
    """Shares of 1 for every kind, and the words that weighed most for the first."""

    shares: dict[Kind, float]
    evidence: tuple[Span, ...]
    asks: bool = False  #: a taker is asked for in so many words

    @property
    def kind(self) -> Kind:
        return max(self.shares, key=lambda k: self.shares[k])

    @property
    def confidence(self) -> float:
        return self.shares[self.kind]


WEIGHTS = Path(__file__).parent / "data" / "kind.json"
READ = 6000
"""Characters of the new words that are looked at."""
_PERSON = re.compile(
    r"\b(?:man|woman|mother|mom|father|dad|boy|girl|kid|teen|couple|family|señora?|brother|sister|lady|gentleman|"
    r"guy|grandm\w+|husband|wife|"
    r"minor|joven|muchach[oa]|\d{1,2} ?(?:yo|y/o|yrs?|años)|years? old|[A-Z]\.[A-Z]\.)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:hondur\w+|guatemal\w+|salvador\w+|mexic\w+|venezuel\w+|colombi\w+|ecuador\w*|haiti\w*|cuban\w*|"
    r"nicaragu\w+|peru\w*|brazil\w*|afghan\w*|ukrain\w+|"
    r"russia\w*|nigeria\w*|cameroon\w*|congol\w+|angola\w*|eritrea\w*|somali\w*|chin(?:a|ese)|india\w*|"
    r"filipin\w+|jamaica\w*|turk\w+|iran\w*|iraq\w*|"
    r"speaks?|spanish|mam|k'?iche'?|creole|dari|french|portuguese|arabic)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What surrounds the new words."""

    quoted: bool
    forwarded: bool
    robot: bool


@dataclass(frozen=True, slots=True)
class KindView:
    """What the kind is judged by; the first character of `new` stands at `offset`."""

    subject: str
    new: str
    offset: int
    shape: Shape
    mentions: Mentions


def judge_kind(view: KindView, weights: KindWeights) -> KindGuess:
    """The kind of a post by its new words and its subject."""
    seen, spans = features(view)
    scores = scores_of(seen, weights)
    if view.shape.robot:
        scores[K.OTHER] += 8
    best = max(K, key=lambda k: scores[k])
    told = sorted(spans, key=lambda n: -weights[best.value].get(n, 0.0))
    plain = (PLAIN_ASK, TAKER_SOUGHT) if best is K.REFERRAL else (PLAIN_ASK,)
    asks = any(cue.search(words) for cue in plain for words in (view.subject, view.new[:READ]))
    return KindGuess(shares_of(scores), tuple(spans[n] for n in told[:4] if weights[best.value].get(n, 0.0) > 0.1), asks)


def features(view: KindView) -> tuple[dict[str, float], dict[str, Span]]:
    """The features of a post by name, and where those that are words stand."""
    text, subject, offset = view.new[:READ], view.subject, view.offset
    found: dict[str, float] = {"bias": 1.0}
    spans: dict[str, Span] = {}
    lower = lowered(text)
    for name, cue in BODY_CUES:
        matches = [m.span() for m, _ in zip(cue.finditer(lower), range(3), strict=False)]
        if matches:
            found[name] = (1.0, 1.4, 1.6)[len(matches) - 1]
            spans[name] = (offset + matches[0][0], offset + matches[0][1])
    for name, cue in SUBJECT_CUES:
        if m := cue.search(subject):
            found[name] = 1.0
            spans[name] = m.span()
    reply = bool(re.match(r"\s*(?:re|r|rv|sv|aw)\s*:", subject, re.IGNORECASE))
    found |= _shape_features(text, reply, view.shape) | _client_features(text, view.mentions)
    return found, spans


def _shape_features(text: str, reply: bool, shape: Shape) -> dict[str, float]:
    words = len(text.split())
    return {
        "reply": float(reply), "quoted": float(shape.quoted), "forwarded": float(shape.forwarded), "robot": float(shape.robot),
        "short_reply": float((reply or shape.quoted) and words < 40), "fresh": float(not reply and not shape.quoted),
        "tiny": float(words < 15), "short": float(words < 35), "long": float(words > 120),
        "questions": min(3, len(_SMALL.findall(text))) / 2, "ends_asking": float(text.rstrip().endswith("?")),
    }  # fmt: skip


def _client_features(text: str, m: Mentions) -> dict[str, float]:
    """How much of a client's case is told: person, people or language, place, date to come, relief asked for."""
    person, people = len(_PERSON.findall(text)), len(_PEOPLE.findall(text))
    need = sum(p.role == "need" for p in m.places)
    told = {
        "person": float(person > 0), "people": float(people > 0), "place": float(need > 0), "places": float(need > 3),
        "date": float(any(d.role.value in ("hearing", "filing", "one_year", "age_out", "appeal", "response") for d in m.dates)),
        "entry": float(any(d.role.value in ("entry", "birth", "decision") for d in m.dates)),
        "event_date": float(any(d.role.value == "event" for d in m.dates)),
        "asked": float(any(r.status == "asked" for r in m.relief)), "relief": min(4, len(m.relief)) / 2,
        "facility": float(any(p.mention.kind == "facility" for p in m.places)),
    }  # fmt: skip
    whole = told["person"] + told["people"] + told["place"] + told["date"] + told["asked"]
    return told | {"case_told": float(whole >= 4), "case_part": float(whole in (2, 3)), "no_case": float(whole <= 1)}


@cache
def shipped_weights() -> KindWeights:
    """Those learned from the corpus."""
    found: KindWeights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def scores_of(seen: Mapping[str, float], weights: KindWeights) -> dict[Kind, float]:
    """What the weights make of features by name: the higher, the likelier the kind."""
    return {k: sum(weights[k.value].get(name, 0.0) * value for name, value in seen.items()) for k in K}


def shares_of(scores: Mapping[Kind, float]) -> dict[Kind, float]:
    """Scores as shares of 1."""
    top = max(scores.values())
    weights = {k: math.exp(min(0.0, scores[k] - top)) for k in K}
    total = sum(weights.values())
    return {k: w / total for k, w in weights.items()}


MODEL_WEIGHT = 0.7
"""How much an encoder's opinion counts beside the rules' (measured on held-back writers)."""
PLEA_FIRST = 1.5
"""How much more a plea counts than any other kind: a missed one costs far more than a false one (measured likewise)."""
PLAINLY = 5.0
"""How much more it counts again where somebody is asked in so many words to take a case."""


SURE_OF_AN_END = 0.75
"""Share from which the rules' "placed" and "response" stand; where the encoder hears a plea, a moderator looks."""


def joined_kind(rules: KindGuess, opinion: Judgement) -> KindGuess:
    """Rules and encoder as one guess: the weighted geometric mean of their shares."""
    if not opinion.kind:
        return rules
    if rules.kind in (Kind.PLACED, Kind.RESPONSE) and rules.confidence > SURE_OF_AN_END:
        # Whoever closes or takes a plea quotes it, and the encoder hears the plea again.
        heard = max(rules.shares[Kind.REFERRAL], opinion.kind.get(Kind.REFERRAL, 0.0) * rules.confidence / 2)
        return KindGuess({**rules.shares, Kind.REFERRAL: heard}, rules.evidence)
    raw = {k: rules.shares[k] ** (1 - MODEL_WEIGHT) * opinion.kind.get(k, 0.0) ** MODEL_WEIGHT for k in K}
    raw[Kind.REFERRAL] *= PLEA_FIRST * (PLAINLY if rules.asks else 1)
    total = sum(raw.values()) or 1.0
    return KindGuess({k: v / total for k, v in raw.items()}, rules.evidence)
