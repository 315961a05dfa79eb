"""How the pages say times, letters and settings; what a need's map and a held answer show."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from listbot.web import words
from listbot.web.maps import Dot, around
from tests.web.conftest import Desk

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


async def test_every_letter_is_called_by_what_it_is_about(desk: Desk) -> None:
    assert [name for name in desk.office.wording.names() if name not in words.LETTERS] == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "moments"),
        (90, "1 minute"),
        (7200, "2 hours"),
        (40 * 86400, "40 days"),
        (90 * 86400, "2 months"),
        (800 * 86400, "2 years"),
    ],
)
def test_a_span_is_said_in_its_largest_sensible_unit(seconds: float, said: str) -> None:
    assert words.span(seconds) == said


def test_the_time_of_another_year_tells_the_year() -> None:
    zone = ZoneInfo("America/New_York")
    assert words.at(datetime(2026, 2, 28, 22, 33, tzinfo=UTC), zone, NOW) == "Feb 28, 17:33"
    assert words.at(datetime(2025, 2, 28, 22, 33, tzinfo=UTC), zone, NOW) == "Feb 28, 2025, 17:33"


@pytest.mark.parametrize(
    ("value", "said"), [("[removal_defense, other]", "removal defense, other"), ("[]", "none"), ('"20:00"', "20:00"), ("5", "5")]
)
def test_a_setting_reads_as_prose(value: str, said: str) -> None:
    assert words.setting(value) == said


def test_a_map_shows_everybody_on_it_and_how_far_some_miles_are() -> None:
    near = around([Dot(36.0, -78.9, "Durham", "target"), Dot(35.8, -78.6, "Ana", "asked")], "a map")
    far = around([Dot(36.0, -78.9, "Durham", "target"), Dot(47.2, -122.4, "Paz")], "a map")
    assert near is not None
    assert far is not None
    assert ">100 miles<" in near
    assert ">500 miles<" in far
    assert "<title>Paz</title>" in far
