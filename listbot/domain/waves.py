"""Whom to ask now, and when to look again: as few as make somebody's yes sure enough in the time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from listbot.domain.chance import how_many, somebody, still_coming
from listbot.domain.matching import Match
from listbot.domain.reading import Need
from listbot.domain.record import Awaited
from listbot.domain.rules import Outreach, RuleSet, Urgency
from listbot.domain.shortlist import one_of_each_organization
from listbot.domain.urgency import certainty_of_wave, hours_left, quiet_hours, urgency_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePlan:
    """One look at a need: whom to ask now, when to look again (None: nothing to wait for), and why, in words.

    `chance` is the estimated probability of a yes from these and from those asked before. `exhausted` means that nobody is
    left to ask: fellow and moderator should hear of it; pauses end and months go by, so that `next_at` has another look.
    """

    matches: tuple[Match, ...] = ()
    next_at: datetime | None = None
    why: str = ""
    chance: float = 0.0
    exhausted: bool = False


def next_wave(
    matches: Sequence[Match],
    need: Need,
    waiting: Sequence[Awaited],
    waves_sent: int,
    rules: RuleSet,
    now: datetime,
    zone: tzinfo,
) -> WavePlan:
    """Plan the next wave out of the `matches` of a shortlist, best first.

    `waiting` are the asks of earlier waves that nobody has answered yet: a yes may still come from them, the less likely the
    longer ago they were sent. Whoever's night or day off it is waits for a later look, unless the deadline is near.
    """
    outreach = rules.outreach
    step = urgency_of(need, outreach, now)
    pending = [_still(ask, outreach, now) for ask in waiting]
    floor = outreach.least_chance if step.waves > 1 else 0.0  # at the very end everybody is worth an ask
    open_to = one_of_each_organization([m for m in matches if m.chance >= floor])
    pause = pause_until(step, outreach, now, str(zone))
    if not open_to:
        air = somebody(pending)
        if waiting and air > 0.02:
            return WavePlan(next_at=pause, why="nobody is left to ask; some have not answered yet", chance=air)
        again = quiet_hours(outreach).after(now, min(outreach.again_hours, 2 * step.pause_hours), str(zone))
        return WavePlan(next_at=again, why="nobody is left to ask", chance=air, exhausted=True)
    quiet = quiet_hours(outreach)
    any_time = step.ignore_quiet or (outreach.first_wave_any_time and not waves_sent)
    awake = [m for m in open_to if any_time or not quiet.hold(now, m.zone or outreach.zone)]
    if not awake:
        opens = min(quiet.over(now, m.zone or outreach.zone) for m in open_to)
        return WavePlan(next_at=opens, why="it is night or a day off for everybody on the shortlist", chance=somebody(pending))
    chosen = awake[: _size(awake, pending, outreach, step)]
    chance = somebody([*pending, *(m.chance for m in chosen)])
    why = _words(len(chosen), hours_left(need, outreach, now), step, waves_sent, chance)
    return WavePlan(matches=tuple(chosen), next_at=pause, why=why, chance=chance)


def pause_until(step: Urgency, outreach: Outreach, now: datetime, zone: str) -> datetime:
    """When the next look is due: so many waking hours from now, or by the clock where nights do not count."""
    if step.ignore_quiet:
        return now + timedelta(hours=step.pause_hours)
    return quiet_hours(outreach).after(now, step.pause_hours, zone)


def _size(awake: Sequence[Match], pending: Sequence[float], outreach: Outreach, step: Urgency) -> int:
    """So many that this wave is as sure as its share, what is still in the air counted; never more than the step allows."""
    missing = certainty_of_wave(outreach.certainty, step.waves)
    wanted = max(0.0, 1 - (1 - missing) / max(1e-9, 1 - somebody(pending)))
    number = how_many([m.chance for m in awake], wanted)
    return min(step.most, max(outreach.least, number))


def _still(ask: Awaited, outreach: Outreach, now: datetime) -> float:
    if ask.sent_at is None:
        return ask.chance
    minutes = (now - ask.sent_at).total_seconds() / 60
    return still_coming(ask.chance, minutes, outreach.answer_median_minutes, outreach.answer_spread)


def _words(people: int, left: float | None, step: Urgency, waves_sent: int, chance: float) -> str:
    time_left = "no deadline is known" if left is None else f"{left:.0f} working hours are left"
    who = "1 person" if people == 1 else f"{people} people"
    return f"wave {waves_sent + 1} ({step.name}): {who}; {time_left}; chance of a yes about {chance:.0%}"
