"""From what the program knows to what a letter says: builds the values of `listbot.domain.letters`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from listbot.domain.geography import STATES
from listbot.domain.letters import (
    AskValues,
    Elsewhere,
    Facts,
    FellowValues,
    HeldValues,
    IntroductionValues,
    NoteCase,
    NoteValues,
    ShadowCase,
    ShadowValues,
    TakerValues,
    WouldAsk,
)
from listbot.domain.mail import Address
from listbot.domain.matching import Match
from listbot.domain.reading import Need, Place, Reading
from listbot.domain.rules import Resource
from listbot.domain.work import NewWave, StoredNeed, StoredPost

Labels = Mapping[str, str]
"""Plain words for relief types, by id."""

SHOWN = 8
"""How many takers a letter to moderators names for each need: more is for the pages."""


def facts(need: Need, labels: Labels, today: date) -> Facts:
    """A need in plain words. `today` is the day where the bot lives."""
    deadline = need.deadline
    return Facts(
        relief=tuple(labels.get(r, r.replace("_", " ")) for r in need.relief),
        places=place_names(need),
        deadline=deadline.date if deadline else None,
        deadline_kind=deadline.kind if deadline else "other",
        days_left=(deadline.date - today).days if deadline else None,
        detained=need.detained,
        minor=need.minor,
        age=need.age,
        languages=need.languages,
        country=need.country,
        scope=need.scope,
        remote=need.remote,
        supervision=need.supervision,
    )


def place_names(need: Need) -> tuple[str, ...]:
    """The places of a need, each named once."""
    return tuple(dict.fromkeys(map(place_name, need.places)))


def place_name(place: Place) -> str:
    """A place as a letter names it: "Stewart Detention Center, Lumpkin, GA", "Durham, NC", "North Carolina"."""
    named = [n for n in (place.facility or place.court, place.city or place.county) if n]
    if not named and place.state in STATES:
        return STATES[place.state].name
    return ", ".join([*named, place.state] if named and place.state else named or [place.text])


def redacted_subject(post: StoredPost, reading: Reading | None = None) -> str:
    """The post's subject with identifiers left out: a subject is the start of the text that was read."""
    subject, reading = post.post.subject, reading or post.reading
    for found in sorted(reading.identifiers if reading else (), key=lambda i: i.span, reverse=True):
        start, end = found.span
        if start < len(subject):
            subject = f"{subject[:start]}[…]{subject[end:]}"
    return subject


def ask_values(
    need: Need, match: Match, post: StoredPost, *, labels: Labels, today: date, answers_to: str, link: str = ""
) -> AskValues:
    """`ask`. `answers_to` is the bot's plus-address for this ask, `link` its page."""
    return AskValues(
        facts=facts(need, labels, today),
        fellow=post.post.author,
        list_name=post.post.list_name,
        posted_on=post.post.posted_at.date(),
        reasons=match.reasons,
        words=post.reading.redacted_text if post.reading else "",
        answers_to=answers_to,
        link=link,
    )


def note_values(
    post: StoredPost, needs: Sequence[StoredNeed], waves: Sequence[NewWave], *, labels: Labels, now: datetime, zone: tzinfo
) -> NoteValues:
    """`note`: the needs of one post, each with the wave that was decided for it."""
    today, decided = now.astimezone(zone).date(), {w.need: w for w in waves}
    identifiers = post.reading.identifiers if post.reading else ()
    return NoteValues(
        about=redacted_subject(post),
        posted_on=post.post.posted_at.astimezone(zone).date(),
        cases=tuple(_note_case(n.need, decided[n.id], labels, today, zone) for n in needs if n.id in decided),
        held_back=tuple(sorted({i.kind for i in identifiers})),
    )


def _note_case(need: Need, wave: NewWave, labels: Labels, today: date, zone: tzinfo) -> NoteCase:
    left = len(wave.shortlist.matches) - len(wave.asks)
    next_at = wave.next_at.astimezone(zone) if wave.next_at and left > 0 else None
    return NoteCase(facts=facts(need, labels, today), asked=len(wave.asks), left=max(0, left), next_at=next_at)


def fellow_values(
    need: Need,
    post: StoredPost,
    *,
    labels: Labels,
    today: date,
    asked: int,
    taker: str = "",
    organization: str = "",
    resources: Sequence[Resource] = (),
    posting: Mapping[str, str] | None = None,
) -> FellowValues:
    """`nobody`, `expired`, `corrected`, `settled`, `alarm`: `asked` counts everybody asked about the need so far.

    A `posting` is left out where no resource takes one.
    """
    return FellowValues(
        facts=facts(need, labels, today),
        about=redacted_subject(post),
        asked=asked,
        taker=taker,
        organization=organization,
        elsewhere=tuple(Elsewhere(name=r.name, description=r.description, url=r.url) for r in resources),
        posting=tuple((posting or {}).items()) if any(r.posting for r in resources) else (),
    )


def introduction_values(
    need: Need, post: StoredPost, taker: Address, *, labels: Labels, today: date, organization: str = "", leads: bool = True
) -> IntroductionValues:
    """`introduction`, `cocounsel`, `offered`: a taker and the fellow who posted."""
    return IntroductionValues(
        facts=facts(need, labels, today),
        about=redacted_subject(post),
        fellow=post.post.author,
        taker=taker,
        organization=organization,
        leads=leads,
    )


def taker_values(need: Need, post: StoredPost, *, labels: Labels, today: date, until: date | None = None) -> TakerValues:
    """`reserve`, `placed`, `stopped`, `paused` (`until` when)."""
    return TakerValues(facts=facts(need, labels, today), fellow=post.post.author, until=until)


def held_values(
    post: StoredPost, reading: Reading, why: str, *, labels: Labels, today: date, link: str = "", by_reply: bool = False
) -> HeldValues:
    """`held`: what was read, and why a moderator should look."""
    return HeldValues(
        post=post.id,
        about=redacted_subject(post, reading),
        author=post.post.author,
        posted_on=post.post.posted_at.date(),
        kind=reading.kind,
        confidence=reading.confidence,
        why=why,
        cases=tuple(facts(n, labels, today) for n in reading.needs),
        words=reading.redacted_text,
        warnings=(*post.post.warnings, *reading.warnings),
        link=link,
        by_reply=by_reply,
    )


def shadow_values(
    post: StoredPost, needs: Sequence[StoredNeed], waves: Sequence[NewWave], *, labels: Labels, today: date
) -> ShadowValues:
    """`shadow`: whom the first wave of each need would have asked."""
    decided = {w.need: w for w in waves}
    return ShadowValues(
        post=post.id,
        about=redacted_subject(post),
        author=post.post.author,
        cases=tuple(_shadow_case(n.need, decided[n.id], labels, today) for n in needs if n.id in decided),
        words=post.reading.redacted_text if post.reading else "",
    )


def _shadow_case(need: Need, wave: NewWave, labels: Labels, today: date) -> ShadowCase:
    first = [m for m in wave.shortlist.matches if m.wave == 1]
    shown = tuple(WouldAsk(name=m.name, email=m.email, score=m.score, chance=m.chance, reasons=m.reasons) for m in first[:SHOWN])
    excluded = Counter(e.rule for e in wave.shortlist.excluded).most_common()
    return ShadowCase(
        facts=facts(need, labels, today), first=shown, left=len(wave.shortlist.matches) - len(shown), excluded=tuple(excluded)
    )
