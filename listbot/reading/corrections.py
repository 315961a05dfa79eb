"""What a fellow's reply says of a need that is known: "it's Durham, not Charlotte", "hearing moved to 3/12", "also needs U visa".

Whoever replies to a note writes a few words about one thing. So every place, date and relief of the new words counts, and the
words just before it say how: instead, beside, or not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from listbot.domain.corrections import OTHER_CLIENTS, Correction
from listbot.domain.mail import Post
from listbot.domain.reading import BINDING, DateMention, DateRole, Need, PartKind, Place
from listbot.domain.states import NeedState
from listbot.reading import body, dates, place_choice, places
from listbot.reading.date_roles import RoledDate, roles_of
from listbot.reading.further_words import speaks_of_further
from listbot.reading.lexicon import words_of
from listbot.reading.needs import Tables
from listbot.reading.places import PlaceMention
from listbot.reading.text import LIMIT, Sentences, masked

_I = re.IGNORECASE
_NOT = re.compile(
    r"\b(?:not|isn'?t|wasn'?t|no longer|instead of|rather than|never|don'?t need|doesn'?t need|drop|remove|without|no|en vez de|ya no)\b"
    r"[\s:,'\"]*(?:in|for|to|the|an?|actually|need(?:ed|s)?|de|en|el|la)?[\s'\"]*\Z",
    _I,
)
_MOVED_FROM = re.compile(
    r"\b(?:moved|transferred|changed|rescheduled|advanced|postponed|trasladad\w)\b[^.;\n]{0,30}\bfrom\s*(?:the\s*)?\Z", _I
)
_TOO = re.compile(r"\b(?:also|too|as well|additionally|plus|in addition|and another|tambi[eé]n|adem[aá]s|or)\b", _I)
_ONLY = re.compile(r"\b(?:only|just|solely|instead|solo|solamente)\b", _I)
_STOP = re.compile(
    r"\A\W*(?:please )?(?:stop|cancel|unsubscribe|withdraw)\b|\b(?:please stop|stop (?:asking|looking|the search|e-?mailing|contacting|searching)|call off|"
    r"(?:don'?t|do not|no need to) (?:ask|contact|e-?mail) (?:anyone|anybody|people|others|further)|withdraw (?:my|this|the) (?:request|post|plea)|"
    r"no longer (?:needs?|needed|necessary|looking|required)|never ?mind|paren|dejen de)\b",
    _I,
)
_PLACED = re.compile(
    r"\b(?:placed|(?:has|have|got|found|secured|retained)\s+(?:\w+\s+){0,3}(?:counsel|attorney|lawyer|representation|someone|somebody|a (?:home|taker|rep))|all set|"
    r"(?:is|was|been) taken|case (?:is )?covered|(?:is|we'?re|it'?s) settled|settled\b|ya tiene abogad\w|colocad\w)\b",
    _I,
)
_NOT_YET = re.compile(
    r"\b(?:not (?:yet )?(?:been )?(?:placed|settled|taken|covered|found)|(?:hasn'?t|isn'?t|wasn'?t|haven'?t|not) (?:\w+ ){0,2}(?:placed|settled|found|taken|covered)|still (?:looking|open|waiting|need\w*))\b|\A\W*(?:no|nope|not yet)\b",
    _I,
)
_NO_PLEA = re.compile(
    r"\b(?:not (?:a|an|meant as a|really a) (?:referral|request|plea|case)|(?:was|is|it'?s|i was|i'?m) (?:just|only) (?:a question|asking|curious|an? (?:fyi|announcement|event))|"
    r"(?:wasn'?t|isn'?t|not) (?:looking|asking) for (?:an? )?(?:attorney|counsel|lawyer|taker|representation|someone|anyone)|misread|no es un[ao]? (?:caso|pedido|solicitud|petici[oó]n))\b",
    _I,
)
_FELL = re.compile(
    r"\b(?:fell through|fallen through|didn'?t work out|backed out|(?:can(?:no|')t|couldn'?t|unable to) (?:take|go on|continue)|conflict(?:ed)? (?:out|of interest)|"
    r"(?:still|again) (?:looking|need(?:s|ed)?|open|searching|in need)|search (?:again|on)|(?:never|hasn'?t|haven'?t) (?:heard|responded|answered|replied)|se cay[oó]|sigue buscando)\b",
    _I,
)
_CLIENTS = re.compile(
    r"\b(?:there (?:are|were)|they'?re|it'?s|have|actually)\s+(?:actually |really )?(?:two|three|four|2|3|4|several) (?:\w+ )?(?:clients|cases|people|kids|children|siblings|brothers|sisters|families)|"
    r"\b(?:separate|different) (?:clients|cases|people)\b|\b(?:second|another|other) client\b|\bboth (?:clients|kids|children|siblings)\b",
    _I,
)
_HELD = re.compile(
    r"\b(?:is|was|been|now|got|in ice|currently)\s+(?:\w+\s+)?(?:detained|in (?:ice )?(?:custody|detention)|locked up)|\bdetained\b|\bdetenid[oa]\b",
    _I,
)
_FREE = re.compile(
    r"\b(?:(?:not|no longer|isn'?t|never)\s+(?:\w+ )?detained|released|(?:bonded )?out (?:on bond|of (?:detention|custody))|non-?detained|liberad[oa])\b",
    _I,
)
_AGE = re.compile(
    r"\b(?:is|turned|are|he'?s|she'?s|client'?s|actually|age[d]?)\s+(?P<age>\d{1,2})(?!\s*(?:/|:|days?|weeks?|months?|am|pm|miles|hours))\b(?:\s*(?:years? old|y/?o|yo))?",
    _I,
)
_MINOR = re.compile(r"\b(?P<no>not )?(?:a |an )?(?P<what>minor|adult|unaccompanied child)\b", _I)
_STANDS = re.compile(
    r"\A\W*(?:(?:yes|no|thanks|thank you|sí|gracias)\W+)*(?:nothing (?:is )?(?:to (?:be )?change|changed|wrong)|no (?:changes?|corrections?)|"
    r"(?:it'?s |it is |that'?s |that is |this is |everything(?:'s| is)? |all (?:of it )?(?:is )?|looks )+(?:all )?(?:right|correct|fine|good|accurate)|as it is|"
    r"nada que (?:cambiar|corregir)|(?:todo )?(?:est[aá] )?(?:bien|correcto))\b[^?]{0,40}\Z",
    _I,
)
_POINTS = re.compile(r"\s+(?:one|client|case|kid|boy|girl|teen|minor|family|matter|person|mother|father)\b", _I)
"""After a known place: "the Charlotte one" says which client is meant, and nothing of where."""
_QUESTION = re.compile(r"\?\s*\Z")
_EXTENDED = re.compile(
    r"\b(?:moved|changed|rescheduled|extended|postponed|continued|advanced|pushed|reset|now|new (?:date|deadline)|actually|deadline|due|cambi[oó]|aplazad\w)\b",
    _I,
)


def read_correction(post: Post, need: Need, today: date, tables: Tables) -> Correction:
    """What the new words of a reply change of a need. `today` is the day they were written."""
    text = f"\n{new_words_of(post)}"[:LIMIT]
    words = text.strip()
    ended = _ended(words)
    if ended is not None:
        return replace(ended, words=words)
    said = facts_in(text, need, today, tables)
    doubt = ""
    if _CLIENTS.search(words) or speaks_of_further(words):
        doubt = OTHER_CLIENTS
    elif _QUESTION.search(words) and not said.says_something:
        doubt = "the fellow asks a question"
    return replace(said, reopens=bool(_FELL.search(words)), stands=bool(_STANDS.search(words)), doubt=doubt, words=words)


def new_words_of(post: Post) -> str:
    """What a reply says itself, without what it quotes."""
    text = f"{post.subject}\n{post.text}"
    return masked(text, body.spans_of(body.parts_of(post), PartKind.BODY))[len(post.subject) + 1 :].strip()


def _ended(words: str) -> Correction | None:
    """The end of the search where the words say so, with why; None where they do not."""
    if _NO_PLEA.search(words):
        return Correction(ends=NeedState.CLOSED, because="it is no request for a taker")
    if _NOT_YET.search(words) or _FELL.search(words):
        return None
    if _PLACED.search(words) and not _QUESTION.search(words):
        return Correction(ends=NeedState.PLACED, because="it is placed")
    if _STOP.search(words):
        return Correction(ends=NeedState.CLOSED, because="the fellow asks to stop")
    return None


def facts_in(text: str, need: Need, today: date, tables: Tables) -> Correction:
    """Every place, date, relief and fact of some words, as they differ from a need."""
    sentences = Sentences(text)
    age = _AGE.search(text)
    minor = _MINOR.search(text)
    detained = False if _FREE.search(text) else True if _HELD.search(text) else None
    is_minor = None if minor is None else (minor["what"].lower() != "adult") is not bool(minor["no"])
    return replace(
        _relief(text, need, tables, _places(text, need, tables)),
        dates=_dates(text, need, today, sentences),
        detained=detained if detained != need.detained else None,
        age=int(age["age"]) if age else None,
        minor=is_minor,
    )


def _places(text: str, need: Need, tables: Tables) -> Correction:
    found = [m for m in places.find_places(text, words_of(text), tables.gazetteer) if m.plausible or m.said]
    home = next(iter(need.states)) if len(need.states) == 1 else None
    home_names = {p.text.casefold() for p in need.places}
    chosen = [
        m
        for m in place_choice.choose_states(text, found, home)
        if m.kind != "court" and not (m.text.casefold() in home_names and _POINTS.match(text, m.span[1]))
    ]
    wrong = [m for m in chosen if _denied(text, m.span[0])]
    right = [m for m in chosen if m not in wrong]
    settled: set[str | None] = {m.state for m in right if m.state} or {home}
    named = _named(right, tables, settled)
    known = {(p.text.casefold(), p.state) for p in need.places}
    if named and all((p.text.casefold(), p.state) in known for p in named) and not wrong:
        named = ()
    away = tuple(m.text.casefold() for m in wrong)
    too = any(_TOO.search(_clause_before(text, m.span[0])) for m in right)
    return Correction(places_too=named, not_places=away) if too else Correction(places=named, not_places=away)


def _named(mentions: list[PlaceMention], tables: Tables, settled: set[str | None]) -> tuple[Place, ...]:
    towns = {m.state for m in mentions if m.kind != "state"}
    made: dict[tuple[str, str | None], Place] = {}
    for m in mentions:
        if m.kind == "state" and m.state in towns:
            continue
        for place in place_choice.place_of(m, tables.gazetteer, settled):
            made.setdefault((place.text.casefold(), place.state), place)
    return tuple(made.values())[:8]


def _relief(text: str, need: Need, tables: Tables, said: Correction) -> Correction:
    found = tables.relief.find(text, words_of(text))
    denied = [m for m in found if _denied(text, m.span[0])]
    wanted = [m for m in found if m not in denied]
    ids = tuple(dict.fromkeys(i for m in wanted for i in m.ids if not tables.relief.types[i].fallback))
    away = tuple(dict.fromkeys(i for m in denied for i in m.ids))
    new = tuple(i for i in ids if i not in need.relief)
    if ids and (_ONLY.search(text) or away) and not _TOO.search(text):
        return replace(said, relief=ids, not_relief=away)
    return replace(said, relief_too=new, not_relief=away)


def _dates(text: str, need: Need, today: date, sentences: Sentences) -> tuple[DateMention, ...]:
    mentions = [
        m for m in dates.find_dates(text, today) if not _MOVED_FROM.search(text[: m.span[0]]) and not _denied(text, m.span[0])
    ]
    roled = roles_of(mentions, text, sentences, today)
    made = (_mention(d, need, text) for d in roled if d.day and d.day >= today)
    return tuple({m.role: m for m in made if m is not None}.values())


def _mention(roled: RoledDate, need: Need, text: str) -> DateMention | None:
    """A date to come; without a role of its own it takes that of the deadline it moves."""
    role = roled.role
    if role not in BINDING:
        return None
    if role is DateRole.OTHER and need.deadline and _EXTENDED.search(text):
        role = need.deadline.kind
    return DateMention(roled.day, role, roled.mention.text, True)


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[.;:!?\n]", text[max(0, at - 60) : at])[-1]


def _denied(text: str, at: int) -> bool:
    return bool(_NOT.search(_clause_before(text, at)))
