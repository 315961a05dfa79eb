"""Working days, federal holidays, quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.domain.calendar import QuietHours, federal_holidays, is_working_day

QUIET = QuietHours(begins=time(20), ends=time(8))
EAST = "America/New_York"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize("year", range(2021, 2040))
def test_federal_holidays_are_those_of_the_holidays_package(year: int) -> None:
    rival = holidays.country_holidays("US", years=[year, year + 1])
    days = {day for day in rival if day.year == year}
    closed = {day for day in federal_holidays(year) if day.weekday() < 5}
    assert closed == {day for day in days if day.weekday() < 5}


def test_thanksgiving_and_further_days_are_days_off() -> None:
    assert not is_working_day(date(2026, 11, 26))
    assert is_working_day(date(2026, 11, 27))
    assert not is_working_day(date(2026, 11, 27), frozenset({date(2026, 11, 27)}))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (datetime(2026, 1, 20, 16, tzinfo=UTC), False),  # 11:00 on a Tuesday
        (datetime(2026, 1, 21, 1, tzinfo=UTC), True),  # 20:00
        (datetime(2026, 1, 20, 12, 59, tzinfo=UTC), True),  # 7:59
        (datetime(2026, 1, 20, 13, tzinfo=UTC), False),  # 8:00
        (datetime(2026, 1, 24, 16, tzinfo=UTC), True),  # Saturday
        (datetime(2026, 1, 19, 16, tzinfo=UTC), True),  # Martin Luther King Day
    ],
)
def test_nights_and_days_off_are_quiet(at: datetime, quiet: bool) -> None:
    assert QUIET.hold(at, EAST) is quiet


@given(MOMENTS)
def test_when_it_is_over_it_is_over(at: datetime) -> None:
    over = QUIET.over(at, EAST)
    assert over >= at
    assert not QUIET.hold(over, EAST)


@given(MOMENTS, st.floats(0, 60))
def test_waking_hours_after_are_as_many_as_asked_for(at: datetime, hours: float) -> None:
    assert QUIET.waking_hours(at, QUIET.after(at, hours, EAST), EAST) == pytest.approx(hours, abs=1e-6)


def test_a_weekend_is_passed_over() -> None:
    friday = datetime(2026, 1, 23, 22, tzinfo=UTC)  # 17:00, three waking hours left
    assert QUIET.after(friday, 4, EAST) == datetime(2026, 1, 26, 14, tzinfo=UTC)
