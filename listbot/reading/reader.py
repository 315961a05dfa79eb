"""The reader: a post through all stages to a reading. Pure, the same answer every time, never an exception for bad text."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from listbot.domain.corrections import Correction
from listbot.domain.mail import Post
from listbot.domain.reading import Identifier, Kind, Need, Part, PartKind, Reading, Span
from listbot.domain.work import AnswerReading
from listbot.reading import body, holds, identifiers, names
from listbot.reading.confidence import confidence, signs_of
from listbot.reading.encoder import SHIPPED, load_encoder
from listbot.reading.facts import load_terms
from listbot.reading.gazetteer import DATA, load_gazetteer
from listbot.reading.judgement import Judge, Judgement, View, judged
from listbot.reading.kind import KindGuess, KindView, Shape, features, joined_kind, judge_kind, shipped_weights
from listbot.reading.needs import Draft, Tables, draft_needs, propose
from listbot.reading.passages import ESSAY, LONG, asking, passages_of, plea_in
from listbot.reading.relief import ReliefFinder
from listbot.reading.settings import ReadingSettings
from listbot.reading.text import LIMIT, masked

K = PartKind
_FORWARDS = re.compile(r"\s*(?:fwd?|fw|rv|reenv)\s*:", re.IGNORECASE)
_BUMPS = re.compile(
    r"\b(?:bump\w*|still|any (?:luck|takers)|re-?post\w*|re-?send\w*|re-?up\w*|again|following up|follow up|"
    r"trying|last (?:call|try|chance)|see (?:below|original)|below|nobody|no one|no takers|anyone|todavía|aún|"
    r"de nuevo|reminder|update|"
    r"up to the top|top of (?:the|your)|second request|in case (?:this|anyone)|circling|nudge|ping)\b|^\W*\^|^\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a reading is made of."""

    parts: tuple[Part, ...]
    guess: KindGuess
    live: tuple[Span, ...]  #: the stretches that needs are read from
    found: list[Identifier]
    drafts: Sequence[Draft] = ()
    signs: Mapping[str, float] = field(default_factory=dict)  #: how likely all of a plea is right, see `confidence`

    @property
    def confidence(self) -> float:
        """The share, of pleas with such signs, that is read right; of anything else, how sure its kind is."""
        return round(confidence(self.signs), 3) if self.signs else self.guess.confidence


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made here is garbage: the collector need not look through a million objects again and again meanwhile."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Reader:
    """Reads posts and answers. Loading the tables takes under two seconds; reading needs no files and keeps no state."""

    def __init__(
        self, settings: ReadingSettings, data: Path | None = None, model: Path | None = SHIPPED, judge: Judge | None = None
    ) -> None:
        """`data`: folder of the place and language tables; `model`: folder of the encoder, None or missing: rules alone."""
        self.holds = settings.holds
        self.weights = settings.kind or shipped_weights()
        folder = data or DATA
        with _uncollected():
            self.tables = Tables(load_gazetteer(settings.places, folder), ReliefFinder(settings.relief), load_terms(folder))
        self.judge = judge or load_encoder(model)

    def read(self, post: Post) -> Reading:
        """Understand a post."""
        text = f"{post.subject}\n{post.text}"[:LIMIT]
        if not text.strip():
            return Reading(kind=Kind.OTHER, confidence=1.0, hold=post.unreadable or None)
        return self.told(post, text, self.understand(post, text))

    def told(self, post: Post, text: str, u: Understood) -> Reading:
        """What was understood, as others need it."""
        cut = len(post.subject) + 1 + len(post.text) > LIMIT
        return Reading(
            kind=u.guess.kind,
            confidence=u.guess.confidence,
            needs=tuple(replace(d.need, confidence=u.confidence) for d in u.drafts),
            hold=holds.why_hold(u.guess, u.drafts, u.confidence, self.holds),
            redacted_text=identifiers.redacted(text, u.found, _shown(post, u.live)),
            identifiers=tuple(u.found),
            parts=u.parts,
            warnings=("only the beginning of this long message was read",) if cut else (),
            kind_evidence=u.guess.evidence,
        )

    def understand(self, post: Post, text: str) -> Understood:
        """All that reading is made of; `text` is the subject, a line's end, and the words."""
        parts = _within(body.parts_of(post), len(text))
        view = self.view(post, text, parts)
        opinion = self.judge.judge(view) if self.judge else Judgement()
        rules = judge_kind(self.kind_view(post, view, parts), self.weights)
        guess = joined_kind(rules, opinion)
        new = masked(text, view.new)
        live = _live(post, parts, new, guess.kind)
        words = len(new.split())
        if self.judge and words >= LONG and (passages := passages_of(view, self.judge, self.weights)):
            guess = plea_in(guess, passages)
            if guess.kind is Kind.REFERRAL and not view.brought:
                live = ((0, len(post.subject)), *asking(passages, words))
                if words > ESSAY:  # more than the encoder sees at once
                    opinion = replace(self.judge.judge(replace(view, new=live)), kind=opinion.kind)
        found = self._identifiers(post, text, live, opinion)
        if guess.kind is not Kind.REFERRAL:
            return Understood(parts, guess, live, found)
        mentions = judged(view, opinion)
        drafts = draft_needs(masked(text, live), len(post.subject), view.today, mentions, self.tables, opinion, found)
        needs, doubts = [d.need for d in drafts], sum(len(d.doubts) for d in drafts)
        return Understood(parts, guess, live, found, drafts, signs_of(view, rules, guess, opinion, needs, doubts))

    def view(self, post: Post, text: str, parts: tuple[Part, ...]) -> View:
        """What a judge sees of a post."""
        new = body.spans_of(parts, K.BODY)
        words = masked(text, new)[len(post.subject) + 1 :]
        brought = body.spans_of(parts, K.FORWARDED, *([K.QUOTE] if _needs_its_quote(post, words) else []))
        seen = masked(text, (*new, *brought))
        signature = f"{masked(text, body.spans_of(parts, K.SIGNATURE))}\n{post.author.email}"
        mentions = propose(seen, len(post.subject), day_of(post), post.author.name, signature, self.tables)
        return View(seen, len(post.subject), new, brought, day_of(post), mentions)

    def read_answer(self, post: Post, today: datetime) -> AnswerReading:
        """Understand a reply to an ask."""
        from listbot.reading.answers import read_answer

        return read_answer(post, today)

    def read_room(self, post: Post, today: datetime) -> AnswerReading:
        """Understand a reply to the question how much room somebody has."""
        from listbot.reading.answers.room import read_room

        return read_room(post, today)

    def read_correction(self, post: Post, need: Need, today: date) -> Correction:
        """Understand a fellow's reply to a note: what of the need it puts right."""
        from listbot.reading.corrections import read_correction

        return read_correction(post, need, today, self.tables)

    def read_further(self, post: Post, known: Need, today: date) -> Need | None:
        """Understand a fellow's reply that adds a client to one who is known; None where that is not plain."""
        from listbot.reading.further import read_further

        return read_further(post, known, today, self.tables)

    def redact(self, text: str) -> str:
        """The text with every identifier replaced by its kind in brackets."""
        found = identifiers.find_identifiers(text, names.find_names(text, self.tables.gazetteer, ()))
        return identifiers.redacted(text, found, ((0, len(text)),))

    def kind_features(self, post: Post) -> dict[str, float]:
        """What the kind of a post is learned from."""
        parts = body.parts_of(post)
        view = self.view(post, f"{post.subject}\n{post.text}"[:LIMIT], parts)
        seen, _ = features(self.kind_view(post, view, parts))
        return {name: value for name, value in seen.items() if value}

    def kind_view(self, post: Post, view: View, parts: tuple[Part, ...]) -> KindView:
        """What the kind is judged by; a short forward or bump is judged with what it brings along."""
        offset = len(post.subject) + 1
        has = {p.kind for p in parts}
        new = masked(view.text, view.new)[offset:]
        count = len(new.split())
        if (K.FORWARDED in has and count < 60) or (K.QUOTE in has and count < 25 and _bumps(post, new)):
            new = view.text[offset:]
        told = view.mentions.where(lambda at: at[0] < offset or not new[at[0] - offset : at[1] - offset].isspace())
        shape = Shape(K.QUOTE in has, K.FORWARDED in has, post.auto_submitted not in ("", "no"))
        return KindView(post.subject, new, offset, shape, told)

    def _identifiers(self, post: Post, text: str, live: tuple[Span, ...], opinion: Judgement) -> list[Identifier]:
        shown = masked(text, live)
        people = [
            post.author.name,
            *(a.name for a in (*post.to, *post.cc, *post.reply_to)),
            post.sender.name if post.sender else "",
        ]
        named = names.find_names(shown, self.tables.gazetteer, people)
        return identifiers.find_identifiers(shown, [*named, *(s for s in opinion.names if not shown[s[0] : s[1]].isspace())])


def _within(parts: tuple[Part, ...], length: int) -> tuple[Part, ...]:
    return tuple(Part(p.kind, (p.span[0], min(p.span[1], length))) for p in parts if p.span[0] < length)


def day_of(post: Post) -> date:
    """The day the post was written, in its own zone."""
    return (post.date or datetime(2025, 1, 1, tzinfo=UTC)).date()


def _bumps(post: Post, words: str) -> bool:
    return bool(_BUMPS.search(words.strip()[:300]))


def _needs_its_quote(post: Post, words: str) -> bool:
    """Whether a reply says too little to be understood alone: a bump, or a few words."""
    return _bumps(post, words) or len(words.split()) < 15


def _live(post: Post, parts: tuple[Part, ...], new: str, kind: Kind) -> tuple[Span, ...]:
    """The stretches that needs are read from: the new words, and what a forward or a bump brings along."""
    kinds = [K.BODY]
    has = {p.kind for p in parts}
    words = new[len(post.subject) + 1 :]
    if K.FORWARDED in has:
        kinds.append(K.FORWARDED)
    elif K.QUOTE in has and kind is Kind.REFERRAL and _needs_its_quote(post, words):
        kinds.append(K.QUOTE)
    return body.spans_of(parts, *kinds)


def _shown(post: Post, live: tuple[Span, ...]) -> tuple[Span, ...]:
    """The live stretches without the subject, unless there is nothing else."""
    head = len(post.subject) + 1
    rest = tuple((max(a, head), b) for a, b in live if b > head)
    return rest if post.text.strip() else live
