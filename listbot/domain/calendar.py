"""Working days, federal holidays and quiet hours; times are aware, zones are IANA names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

zone_named = lru_cache(maxsize=64)(ZoneInfo)
"""A zone by its IANA name. `ZoneInfo` itself remembers eight, fewer than a shortlist of the whole country has."""

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@lru_cache(maxsize=32)
def federal_holidays(year: int) -> frozenset[date]:
    """The days on which federal offices are closed by 5 U.S.C. 6103, as observed in a year.

    A holiday on a Saturday is kept on the Friday before, on a Sunday on the Monday after (E.O. 11582), so that a
    year may close on 31 December for the New Year's Day behind it.
    """
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    moving = [
        _nth(year, 1, MONDAY, 3),
        _nth(year, 2, MONDAY, 3),
        _last_monday(year, 5),
        _nth(year, 9, MONDAY, 1),
        _nth(year, 10, MONDAY, 2),
        _nth(year, 11, THURSDAY, 4),
    ]
    return frozenset(day for day in [*map(_observed, fixed), *moving] if day.year == year)


def is_working_day(day: date, closed: frozenset[date] = frozenset()) -> bool:
    """Monday to Friday, neither a federal holiday nor one of the `closed` days."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year) and day not in closed


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When people are left alone: at night from `begins` to `ends` of their own clock, and on days off.

    `closed` are further days off beside weekends and federal holidays.
    """

    begins: time = time(20, 0)
    ends: time = time(8, 0)
    days_off: bool = True
    closed: frozenset[date] = frozenset()

    def hold(self, now: datetime, zone: str) -> bool:
        """Whether somebody in `zone` should be left alone at `now`."""
        local = now.astimezone(zone_named(zone))
        if self.days_off and not is_working_day(local.date(), self.closed):
            return True
        clock = local.time()
        if self.begins > self.ends:
            return clock >= self.begins or clock < self.ends
        return self.begins <= clock < self.ends

    def over(self, now: datetime, zone: str) -> datetime:
        """The earliest time from `now` on that is not quiet in `zone`."""
        if not self.hold(now, zone):
            return now
        local = now.astimezone(zone_named(zone))
        for days in range(15):
            morning = datetime.combine(local.date() + timedelta(days=days), self.ends, zone_named(zone))
            if morning >= local and not self.hold(morning, zone):
                return morning.astimezone(now.tzinfo)
        return now  # more than two weeks closed: better to write than to wait

    def after(self, now: datetime, hours: float, zone: str) -> datetime:
        """The time at which `hours` waking hours have passed since `now` in `zone`."""
        here, left, at = zone_named(zone), timedelta(hours=hours), self.over(now, zone)
        for _ in range(60):
            local = at.astimezone(here)
            night = datetime.combine(local.date(), self.begins, here)
            if self.begins <= self.ends or at + left <= night:
                break
            left -= night - local
            at = self.over(night, zone)
        return (at + left).astimezone(now.tzinfo)

    def waking_hours(self, start: datetime, end: datetime, zone: str) -> float:
        """Hours between two times in which somebody in `zone` may be written to."""
        here = zone_named(zone)
        first, last = start.astimezone(here), end.astimezone(here)
        total, day = 0.0, first.date()
        while day <= last.date():
            if not self.days_off or is_working_day(day, self.closed):
                opens = max(first, datetime.combine(day, self.ends, here))
                closes = min(last, datetime.combine(day, self.begins, here))
                total += max(0.0, (closes - opens).total_seconds() / 3600)
            day += timedelta(days=1)
        return total


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday(year: int, month: int) -> date:
    last = date(year, month + 1, 1) - timedelta(days=1)
    return last - timedelta(days=last.weekday())


def _observed(day: date) -> date:
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))
