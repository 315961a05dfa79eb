"""Which of the places of one name is meant: the state of each mention, and the place of the reading."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from listbot.domain.reading import Place
from listbot.reading import states
from listbot.reading.gazetteer import Gazetteer, Spot
from listbot.reading.place_words import COURTS, HOLDING, TITLE
from listbot.reading.places import PlaceMention


def choose_states(text: str, mentions: Sequence[PlaceMention], home: str | None = None) -> list[PlaceMention]:
    """Each mention with its spot: by the state beside it, the post's other places, or its size.

    A name that is mostly another word ("Reading", "Union") counts where it stands as a place does and lies in such a state.
    """
    votes: Counter[str] = Counter()
    for m in mentions:
        places = {o.state for o in m.options if o.state}
        if not m.plausible:
            continue
        if len(places) == 1:
            votes[next(iter(places))] += 3 if m.said else 2
        elif m.options and m.kind == "town":
            first, second = _top_two(m.options)
            if first.state and first.population > 5 * max(second, 1):
                votes[first.state] += 1
    if home:
        votes[home] += 1
    votes["DC"] += (votes["MD"] + votes["VA"]) // 2
    known = [m for m in mentions if m.plausible and m.kind != "state"]
    anchors = [a for m in known if (a := _anchor(m.options))]
    told = {_bare(m): o.state for m in known if m.said for o in m.options}
    told |= {_bare(m): state for m in known if not m.said and (state := _named_beside(text, m))}
    chosen = [
        m if m.spot else replace(m, spot=spot) if (spot := _told_elsewhere(m, told)) else _choose(text, m, votes, anchors, known)
        for m in mentions
    ]
    return [m if m.plausible else replace(m, plausible=_meant(text, m, votes, anchors)) for m in chosen]


_BESIDE = re.compile(
    r"\s*[,(–—-]*\s*(?:(?:which|that|is|in|this|i|mean|as|the|one|instance|case|of|course|actually|city|town|by|again|"
    r"meaning|its|it|namely|side)(?:['’]s)?\b[\s,(–—-]*){1,6}(?P<state>"
    + "|".join(sorted(states.NAMES.values(), key=len, reverse=True))
    + r")\b"
)
"""Between a town and its state: "which is in Kentucky", "the Georgia one"."""
_AREA_CODE = re.compile(r"\s?\(\s?(?P<code>\d{3})\b|\s(?P<area>\d{3}) (?:area|code)")


def _named_beside(text: str, mention: PlaceMention) -> str | None:
    """The state that the words behind a town name in passing, or its telephone area code in brackets."""
    end = mention.span[1]
    if m := _BESIDE.match(text, end):
        return next(code for code, name in states.NAMES.items() if name == m["state"])
    m = _AREA_CODE.match(text, end)
    return states.AREA_CODES.get(m["code"] or m["area"]) if m else None


def _bare(mention: PlaceMention) -> str:
    """The name without the state behind it."""
    return re.split(r"\s*[,(]", mention.text)[0].lower()


def _told_elsewhere(mention: PlaceMention, told: dict[str, str | None]) -> Spot | None:
    """The spot in the state that the post names beside the same name elsewhere."""
    if mention.said or _bare(mention) not in told:
        return None
    fitting = [o for o in mention.options if o.state == told[_bare(mention)]]
    return max(fitting, key=lambda o: o.population, default=None)


_PLACED = re.compile(r"\b(?:in|at|near|outside|from|to|around|en|into)\s+(?:the\s+)?\Z", re.IGNORECASE)


_SET_OFF = re.compile(r"(?:^|[\n,;:/|(–—>.]|\b(?:and|or|y))\s*\Z")


def _meant(text: str, mention: PlaceMention, votes: Counter[str], anchors: Sequence[Point]) -> bool:
    """Whether a name that is mostly another word stands as a place does, in a state or near a place of the post."""
    start = mention.span[0]
    if not mention.spot or TITLE.search(text, max(0, start - 14), start):
        return False
    if _PLACED.search(text, max(0, start - 20), start) or start < text.find("\n"):
        return bool(votes[mention.state or ""])
    near = mention.spot.population > 2_000 and _nearness(mention.spot, anchors) == 1.0
    return near and bool(_SET_OFF.search(text, max(0, start - 8), start))


def _top_two(options: tuple[Spot, ...]) -> tuple[Spot, int]:
    ordered = sorted(options, key=lambda o: -o.population)
    rest = [o.population for o in ordered[1:] if o.state != ordered[0].state]
    return ordered[0], max(rest, default=0)


Point = tuple[float, float]


def _anchor(options: Sequence[Spot]) -> Point | None:
    """Where a mention lies whose name is found in one state only."""
    if len({o.state for o in options}) != 1:
        return None
    spot = max(options, key=lambda o: o.population)
    return (spot.lat, spot.lon) if spot.lat is not None and spot.lon is not None else None


def _nearness(spot: Spot, anchors: Sequence[Point]) -> float:
    """What it adds that another place of the post lies close by: a town near the court that is named."""
    if spot.lat is None or spot.lon is None or not anchors:
        return 0.0
    across = math.cos(math.radians(spot.lat))
    miles = min(69 * math.hypot(spot.lat - lat, (spot.lon - lon) * across) for lat, lon in anchors)
    return 1.0 if miles < 100 else 0.5 if miles < 220 else 0.0


_SIZE, _VOTES, _NEAR, _SOMEWHERE_NEAR, _TOGETHER, _HOLDS, _IS_HELD = 2.9, 3.9, 2.8, 0.8, 6.5, 3.5, 1.2
"""What speaks for a place among those of its name, as weights of a conditional logit over 362 such mentions of the corpus:
inhabitants (log10), states of other places (log), places within 100 and 220 miles, neighbouring names, a place of detention."""
_SETTLED, _POSSIBLE = 0.55, 0.08
"""The share from which a place is the one meant, and below which it is out of the question."""


def _choose(
    text: str, mention: PlaceMention, votes: Counter[str], anchors: Sequence[Point], known: Sequence[PlaceMention]
) -> PlaceMention:
    """The mention with the spot that size, the other places' states and their nearness speak for; with those in question,
    likeliest first, where none is settled."""
    options = mention.options
    if len({o.state for o in options}) == 1:
        return replace(mention, spot=max(options, key=lambda o: o.population))
    others = [m for m in known if len({o.state for o in m.options}) > 1 and _bare(m) != _bare(mention)][:20]
    held = _near_words(text, *mention.span)

    def score(o: Spot) -> float:
        near = _nearness(o, anchors)
        return (
            _SIZE * math.log10(o.population + 300)
            + _VOTES * math.log1p(votes[o.state or ""])
            + (_NEAR if near == 1.0 else _SOMEWHERE_NEAR if near else 0)
            + (_TOGETHER if any(_together(o, p) for m in others for p in m.options) else 0)
            + (_HOLDS if o.kind == "facility" and o.city else 0)  # a jail that is known to hold for ICE
            + (_HOLDS + _IS_HELD * held if mention.holding and mention.holding.state == o.state else 0)
        )

    scores = {o: score(o) for o in options}
    top = max(scores.values())
    total = sum(math.exp(s - top) for s in scores.values())
    by_state: dict[str | None, float] = defaultdict(float)
    for o, s in scores.items():
        by_state[o.state] += math.exp(s - top) / total
    ranked = sorted(options, key=lambda o: -scores[o])
    best = ranked[0] if by_state[ranked[0].state] >= _SETTLED else None
    return replace(mention, spot=best, options=tuple(o for o in ranked if o is ranked[0] or by_state[o.state] >= _POSSIBLE))


def _near_words(text: str, start: int, end: int) -> bool:
    """Whether words of detention or of a court stand near."""
    return any(pattern.search(text, max(0, start - 60), end + 60) for pattern in (COURTS, HOLDING))


def _together(one: Spot, two: Spot) -> bool:
    """Two towns of some size close to each other: names of many towns that settle each other."""
    if one.state != two.state or min(one.population, two.population) < 8_000 or one.lat is None or two.lat is None:
        return False
    return _nearness(one, ((two.lat, two.lon or 0.0),)) == 1.0


def home_of(signature: str, found: Sequence[PlaceMention], gazetteer: Gazetteer) -> str | None:
    """The state of the writer's office: of a place in the signature, a telephone's area code, or the name of the mail domain."""
    said = next((m.options[0].state for m in found if m.said), None)
    phone = _PHONE.search(signature)
    domain = _DOMAIN.search(signature)
    return said or (phone and states.AREA_CODES.get(phone[1])) or (_state_of(domain[1].lower(), gazetteer) if domain else None)


_PHONE = re.compile(r"(?<!\d)\(?(\d{3})\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}(?!\d)")
_DOMAIN = re.compile(r"@(?:[\w-]+\.)*?([\w-]{4,})\.\w+\s*\Z")


def _state_of(domain: str, gazetteer: Gazetteer) -> str | None:
    """The state whose name a mail domain holds, or whose large town it begins with: "vermontasylum", "omaha-access"."""
    letters = domain.replace("-", "")
    for code, name in states.NAMES.items():
        if name.lower().replace(" ", "") in letters:
            return code
    for length in range(len(letters), 4, -1):
        spots = [s for s, _ in gazetteer.towns.spots.get(letters[:length], ()) if s.population > 60_000]
        if spots and letters[:length] not in gazetteer.stop:
            return max(spots, key=lambda s: s.population).state
    return None


def place_of(mention: PlaceMention, gazetteer: Gazetteer, settled: Collection[str | None]) -> tuple[Place, ...]:
    """The mention as the reading's place; several where the state stays open and no settled state is among the candidates."""
    if mention.spot:
        return (_place(mention.text, mention.spot, gazetteer),)
    fitting = [o for o in mention.options if o.state in settled]
    if fitting:
        return (_place(mention.text, max(fitting, key=lambda o: o.population), gazetteer),)
    if settled:
        return ()
    wide = [replace(o, state=s) for o in mention.options if o.state is None for s in o.states]
    return tuple(_place(mention.text, s, gazetteer) for s in (wide or mention.options)[:4])


def _place(text: str, s: Spot, gazetteer: Gazetteer) -> Place:
    facility = s.name if s.kind == "facility" else None
    court = s.name if s.kind in ("court", "office") else None
    name = s.name if s.kind in ("place", "post") else s.city
    return Place(text, name, s.county, s.state, facility, court, s.lat, s.lon)
