"""Invented needs over months: where, what, and how urgent."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from listbot.domain.invented import CROWD, CROWDED
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.registry import Taker
from listbot.domain.simulation.behaviour import Assumptions

HORIZON = timedelta(days=30)
"""How long a fellow without a deadline goes on hoping."""

_RELIEF = (
    (26, ("asylum",)),
    (12, ("asylum", "sijs")),
    (8, ("sijs", "guardianship")),
    (8, ("bond",)),
    (9, ("removal_defense",)),
    (6, ("u_visa",)),
    (4, ("vawa",)),
    (3, ("t_visa",)),
    (5, ("cancellation_nonlpr",)),
    (3, ("habeas",)),
    (4, ("bia_appeal",)),
    (4, ("adjustment",)),
    (3, ("naturalization",)),
    (3, ("tps",)),
    (2, ("deferred_action_labor",)),
)
_LANGUAGES = ((62, ("es",)), (6, ("ht",)), (5, ("pt",)), (5, ("fr",)), (3, ("ar",)), (3, ("ru",)), (16, ()))
_HOURS_LEFT = ((12, (10, 48)), (18, (48, 120)), (30, (120, 400)), (40, (400, 1500)))


@dataclass(frozen=True, slots=True)
class Plea:
    """A need as it really is. `read` is what the bot understood; `ends` is when it is too late, known or not."""

    number: int
    at: datetime
    read: Need
    truth: Need
    ends: datetime


def pleas(takers: list[Taker], assumed: Assumptions, start: datetime, dice: random.Random) -> list[Plea]:
    """Needs in the order of their posts; places are those of the registry's towns, the crowded states more often."""
    places = [(t, CROWD if t.state in CROWDED else 1.0) for t in {t.city + t.state: t for t in takers}.values()]
    times = sorted(_weekday(start + timedelta(days=dice.uniform(0, assumed.days)), dice) for _ in range(assumed.needs))
    return [_plea(number, at, places, assumed, dice) for number, at in enumerate(times, 1)]


def _plea(number: int, at: datetime, places: list[tuple[Taker, float]], assumed: Assumptions, dice: random.Random) -> Plea:
    town = dice.choices([t for t, _ in places], [weight for _, weight in places])[0]
    lat, lon = (town.lat or 0.0) + dice.uniform(-0.4, 0.4), (town.lon or 0.0) + dice.uniform(-0.4, 0.4)
    relief = _pick(dice, _RELIEF)
    ends = at + timedelta(hours=dice.uniform(*_pick(dice, _HOURS_LEFT)))
    child = "sijs" in relief or dice.random() < 0.08
    truth = Need(
        places=(Place(town.city, city=town.city, state=town.state, lat=lat, lon=lon),),
        relief=relief,
        deadline=Deadline((ends - timedelta(hours=29)).date(), DateRole.FILING, ""),
        detained=relief in (("bond",), ("habeas",)) or dice.random() < 0.12,
        minor=child,
        age=dice.randint(13, 17) if child else None,
        languages=_pick(dice, _LANGUAGES),
        scope=dice.choices(["full", "limited", None], [35, 10, 55])[0],
    )
    if dice.random() < assumed.unknown_deadlines:
        return Plea(number, at, replace(truth, deadline=None), truth, at + HORIZON)
    midnight = datetime.combine((ends - timedelta(hours=29)).date() + timedelta(days=1), datetime.min.time(), at.tzinfo)
    return Plea(number, at, truth, truth, max(midnight + timedelta(hours=5), at + timedelta(hours=3)))


def _pick(
    dice: random.Random, choices: tuple[tuple[int, tuple[str, ...]], ...] | tuple[tuple[int, tuple[int, int]], ...]
) -> tuple:  # type: ignore[type-arg]
    return dice.choices([value for _, value in choices], [weight for weight, _ in choices])[0]


def _weekday(at: datetime, dice: random.Random) -> datetime:
    """Posts are written on working days between 8 and 19, some at other times."""
    if dice.random() < 0.1:
        return at
    local = at.astimezone(ZoneInfo("America/New_York"))
    days = {5: -1, 6: 1}.get(local.weekday(), 0)
    return (local + timedelta(days=days)).replace(hour=dice.randint(8, 18), minute=dice.randint(0, 59)).astimezone(at.tzinfo)
