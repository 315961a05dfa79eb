"""From the live text of a plea to one need for each client."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from listbot.domain.reading import DateRole, Deadline, Identifier, Need, Place, Span
from listbot.reading import date_roles, dates, deadlines, facts, place_choice, place_roles, places, relief
from listbot.reading.client_heads import signs_of
from listbot.reading.clients import Clients, find_clients
from listbot.reading.date_roles import RoledDate
from listbot.reading.doubts import doubts_of
from listbot.reading.facts import Terms
from listbot.reading.gazetteer import Gazetteer
from listbot.reading.identifiers import SHOWN
from listbot.reading.judgement import Judgement, Mentions
from listbot.reading.lexicon import Word, words_of
from listbot.reading.place_cues import NO_PLACE
from listbot.reading.place_roles import RoledPlace
from listbot.reading.relief import JudgedRelief, ReliefFinder
from listbot.reading.text import Sentences, masked, sentence_starts
from listbot.reading.weighing import unnamed_relief, weighed_facts, weighed_relief


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything known beforehand."""

    gazetteer: Gazetteer
    relief: ReliefFinder
    terms: Terms


@dataclass(frozen=True, slots=True)
class Draft:
    """A need with what is doubtful about it, in words."""

    need: Need
    doubts: tuple[str, ...]


def propose(text: str, subject_end: int, today: date, author: str, signature: str, tables: Tables) -> Mentions:
    """Every place, date and relief mention of a text, with the role that rules give it; the `signature` ends with the address."""
    words = words_of(text)
    sentences = Sentences(text)
    office = places.find_places(signature, words_of(signature), tables.gazetteer)
    home = place_choice.home_of(signature, office, tables.gazetteer)
    found = place_choice.choose_states(text, places.find_places(text, words, tables.gazetteer, author), home)
    days = date_roles.roles_of(dates.find_dates(text, today), text, sentences, today)
    if date_roles.written_day_first(days, text, sentences, today):
        days = date_roles.roles_of(dates.find_dates(text, today, day_first=True), text, sentences, today)
    return Mentions(
        tuple(place_roles.roles_of(found, text, words, sentences, subject_end)),
        tuple(days),
        tuple(relief.judge(tables.relief.find(text, words), text, sentences)),
    )


def draft_needs(
    text: str,
    subject_end: int,
    today: date,
    mentions: Mentions,
    tables: Tables,
    opinion: Judgement,
    hidden: Sequence[Identifier] = (),
) -> list[Draft]:
    """One draft for each client of the live text (blanked where it is not to be read)."""
    words = words_of(text)
    live = mentions.where(lambda at: not text[at[0] : at[1]].isspace())
    signs = signs_of(text, words, live.places, live.dates, live.relief, tables.terms, tables.gazetteer)
    clients = find_clients(text, subject_end + 1, signs, opinion.several)
    drafts = [_draft(number, clients, text, words, today, live, tables, opinion) for number in range(len(clients.own))]
    return [replace(d, need=without_identifiers(d.need, text, hidden)) for d in drafts]


def without_identifiers(need: Need, text: str, hidden: Sequence[Identifier]) -> Need:
    """The need with no word of it from an identifier: such dates and places are named by what they are."""
    if not hidden:
        return need
    secret = {re.sub(r"\s+", " ", text[i.span[0] : i.span[1]]).lower(): SHOWN[i.kind] for i in hidden}

    def safe(words: str) -> str:
        return next((shown for known, shown in secret.items() if known in words.lower() or words.lower() in known), words)

    deadline = need.deadline and replace(need.deadline, text=safe(need.deadline.text))
    dates = tuple(replace(d, text=safe(d.text)) for d in need.dates)
    return replace(
        need,
        deadline=deadline,
        dates=dates,
        places=tuple(replace(p, text=safe(p.text)) if not p.city else p for p in need.places),
    )


def _draft(
    number: int,
    clients: Clients,
    text: str,
    words: list[Word],
    today: date,
    mentions: Mentions,
    tables: Tables,
    opinion: Judgement,
) -> Draft:
    own, shared = clients.own[number], clients.shared
    alone = len(clients.own) == 1
    judged = _of(mentions.relief, own, shared, lambda js: any(j.status == "asked" for j in js))
    own_text = masked(text, own)
    told = own_text if not alone else text
    ids, asked = _relief_of(judged, told, text.find("\n"), tables, opinion)
    chosen = _places(mentions.places, own, shared)
    facility = any(_is_detention(p) for p in chosen)
    taken = [p.mention.span for p in mentions.places if p.mention.plausible]
    own_words = [w for w in words if _inside(w.start, own)]
    known = facts.facts_of(own_text, own_words, ids, facility, tables.terms, taken, today)
    if not alone:
        known = _fill(known, masked(text, shared), [w for w in words if _inside(w.start, shared)], ids, tables, taken)
    chosen, known = _held_in_town(chosen, known, ids)
    if alone:
        ids = unnamed_relief(ids, opinion, tables.relief.types)
        known = weighed_facts(known, opinion, facility)
    common = _spans_of_all(text, shared)
    near = _of(mentions.dates, own, common, lambda ds: any(d.day and d.day >= today for d in ds))
    near = deadlines.derived(near, told, ids, today, known.age)
    deadline, all_dates = deadlines.binding(near, text, today, ids, known.age)
    if not ids:
        ids = ("removal_defense",) if any(d.role is DateRole.HEARING for d in near) or facility else ()
    need = Need(
        places=_with_court(_as_places(chosen, tables.gazetteer), mentions.places, own, shared, tables.gazetteer),
        relief=ids,
        deadline=deadline,
        dates=tuple(d for d in all_dates if d.role is not DateRole.BIRTH),
        detained=known.detained,
        languages=known.languages,
        country=known.country,
        minor=known.minor,
        scope=known.scope,
        age=known.age,
        remote=known.remote,
        supervision=known.supervision,
        confidence=_confidence(chosen, ids, near),
        evidence=_evidence(known, chosen, asked, near, deadline),
    )
    mine = [p for p in mentions.places if _inside(p.mention.span[0], own)]
    return Draft(need, doubts_of(need, chosen, mine, near, clients, today))


def _relief_of(
    judged: list[JudgedRelief], told: str, subject_end: int, tables: Tables, opinion: Judgement
) -> tuple[tuple[str, ...], list[JudgedRelief]]:
    """What is asked for, and the words that ask for it."""
    ids, asked = relief.asked_ids(judged, tables.relief.types, told)
    weighed = weighed_relief(ids, judged, opinion, tables.relief.types, subject_end)
    if weighed == ids:
        return ids, asked
    return relief.consistent(weighed, judged, told), [
        j for j in judged if j.status == "asked" and set(j.mention.ids) & set(weighed)
    ]


def _evidence(
    known: facts.Facts,
    chosen: Sequence[RoledPlace],
    asked: Sequence[JudgedRelief],
    near: Sequence[RoledDate],
    deadline: Deadline | None,
) -> dict[str, tuple[Span, ...]]:
    """The words that each part of the need rests on."""
    found = dict(known.evidence)
    found["places"] = tuple(p.mention.span for p in chosen)
    found["relief"] = tuple(j.mention.span for j in asked)
    found["dates"] = tuple(d.mention.span for d in near)
    if deadline:
        found["deadline"] = tuple(d.mention.span for d in near if d.mention.text == deadline.text)[:1]
    return {part: spans for part, spans in found.items() if spans}


_WRITER = re.compile(
    r"\b(?:I|I'm|I’m|I'll|I've|we|we're|we'll|we've|my|our|me|us|mine|ours|office|funder|funding|grant|list|week of|docket of|log)\b|"
    r"\b(?:de la semana|semaine)\b",
    re.IGNORECASE,
)
"""Words of a sentence about the writer or the post itself."""
_SITTING = re.compile(
    r"\b(?:hearings?|hrgs?|master|merits|individuals?|interviews?|calendar|bonds?|trial|removal)\b", re.IGNORECASE
)


def _spans_of_all(text: str, shared: Sequence[Span]) -> tuple[Span, ...]:
    """The common stretches without the sentences in which the writer speaks of himself: his dates bind no client."""
    out = []
    for start, end in shared:
        cuts = [*sentence_starts(text[start:end]), end - start]
        told = [(start + a, start + b) for a, b in itertools.pairwise(cuts)]
        out += [s for s in told if not _WRITER.search(text, *s) or _SITTING.search(text, *s)]
    return tuple(out)


_HELD = frozenset(
    {
        "bond",
        "habeas",
        "parole",
        "withholding",
        "cat",
        "stay_of_removal",
        "cancellation_lpr",
        "asylum",
        "bia_appeal",
        "removal_defense",
    }
)


def _known_below(p: RoledPlace) -> int:
    """The population below which a town's name means its place of detention."""
    return 40_000 if p.mention.holding and p.mention.holding.sort == "ice" else 15_000


def _held_in_town(chosen: list[RoledPlace], known: facts.Facts, ids: tuple[str, ...]) -> tuple[list[RoledPlace], facts.Facts]:
    """A small town known for its place of detention is that place, where nothing says that the client is free."""
    said = known.evidence.get("detained")
    towns = [p for p in chosen if p.mention.holding and p.mention.kind == "town"]
    small = [p for p in towns if p.mention.spot and p.mention.spot.population < _known_below(p)]
    if not towns or (known.detained is not True and (said or not small or not _HELD & set(ids))):
        return chosen, known
    meant = [replace(p, mention=replace(p.mention, spot=p.mention.holding, kind="facility")) if p in towns else p for p in chosen]
    return meant, replace(
        known, detained=True, evidence={**known.evidence, "detained": said or tuple(p.mention.span for p in towns)}
    )


def _inside(at: int, spans: Iterable[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


M = TypeVar("M", RoledDate, JudgedRelief)


def _of(mentions: Sequence[M], own: Sequence[Span], shared: Sequence[Span], enough: Callable[[list[M]], bool]) -> list[M]:
    """The client's own mentions, and the common ones where its own do not say enough."""
    mine = [m for m in mentions if _inside(m.mention.span[0], own)]
    return mine if not shared or enough(mine) else mine + [m for m in mentions if _inside(m.mention.span[0], shared)]


def _is_detention(p: RoledPlace) -> bool:
    return p.mention.kind == "facility" and p.role == "need"


def _places(found: Sequence[RoledPlace], own: tuple[Span, ...], shared: tuple[Span, ...]) -> list[RoledPlace]:
    """The mentions that say where help is needed, the surest kind first."""
    mine = [p for p in found if _inside(p.mention.span[0], own)]
    for group in [mine] if not shared else [mine, [p for p in found if _inside(p.mention.span[0], shared)]]:
        if chosen := _best_places(group):
            return chosen
    return _courts(mine) or _courts(found) or [p for p in mine if p.role == "other" and p.mention.state][:1]


def _best_places(group: list[RoledPlace]) -> list[RoledPlace]:
    need = [p for p in group if p.role == "need"]
    facilities = [p for p in need if p.mention.kind == "facility"]
    strong = [p for p in need if p.strength >= 0.55]
    chosen = facilities or strong or need
    if not chosen:
        return []
    courts = {p.mention.text.lower() for p in group if p.role == "court" and p.strength > 0.55}
    spoken: Counter[str] = Counter()
    for p in facilities or need:
        if p.mention.state:
            spoken[p.mention.state] += round(p.strength**2 * (50 if p.mention.text.lower() in courts else 100))
    state = max(spoken, key=lambda s: spoken[s], default=None)
    same = [p for p in chosen if p.mention.state in (state, None)]
    return [*same, *(p for p in need if p not in same and p.mention.state == state)]


def _courts(group: Sequence[RoledPlace]) -> list[RoledPlace]:
    """A court says the state where nothing better does."""
    return [p for p in group if p.role == "court" and p.mention.state and p.mention.options[0].sort not in NO_PLACE][:1]


def _with_court(
    places: tuple[Place, ...], found: Sequence[RoledPlace], own: Sequence[Span], shared: Sequence[Span], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """The first place with the court that hears the case, where one is named."""
    courts = [p for p in found if p.role == "court" and p.mention.kind != "state"]
    heard = [p for p in courts if _inside(p.mention.span[0], own)] or [p for p in courts if _inside(p.mention.span[0], shared)]
    if not heard or not places or places[0].court:
        return places
    best = min(
        heard, key=lambda p: (p.mention.options[0].sort in NO_PLACE, p.mention.kind == "office", p.mention.kind != "court")
    )
    spot = best.mention.spot or best.mention.options[0]
    court = spot if best.mention.kind in ("court", "office") else gazetteer.court(spot.name)
    return (replace(places[0], court=court.name if court else best.mention.text), *places[1:])


def _as_places(chosen: list[RoledPlace], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Places of the need, each name once; bare states only where no place in them is named.

    A name that lies in several states takes that of the need's other places; alone, all its candidates are kept.
    """
    made: dict[tuple[str, str | None], Place] = {}
    settled = {p.mention.state for p in chosen if p.mention.state}
    specific = {p.mention.state for p in chosen if p.mention.kind != "state"}
    for p in chosen:
        if p.mention.kind == "state" and p.mention.state in specific:
            continue
        for place in place_choice.place_of(p.mention, gazetteer, settled):
            made.setdefault((place.text.lower(), place.state), place)
    return tuple(made.values())[:8]


def _fill(
    known: facts.Facts, shared_text: str, words: list[Word], ids: tuple[str, ...], tables: Tables, taken: Sequence[Span]
) -> facts.Facts:
    """What one client's words leave open, from the words common to all."""
    common = facts.facts_of(shared_text, words, ids, False, tables.terms, taken)
    evidence = dict(known.evidence)
    changes: dict[str, object] = {}
    for name in ("languages", "country", "scope", "remote", "supervision"):
        if getattr(known, name) in (None, ()) and getattr(common, name) not in (None, ()):
            changes[name] = getattr(common, name)
            evidence[name] = common.evidence.get(name, ())
    if not known.evidence.get("detained") and common.detained:
        changes["detained"] = True
        evidence["detained"] = common.evidence.get("detained", ())
    return replace(known, **changes, evidence=evidence)  # type: ignore[arg-type]


def _confidence(chosen: list[RoledPlace], ids: tuple[str, ...], near: list[RoledDate]) -> float:
    place = max((p.strength for p in chosen), default=0.2)
    return round((0.4 + 0.6 * place) * (0.9 if ids else 0.5), 3)
