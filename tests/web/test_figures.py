"""Figures to take away: the map of need against capacity, the report."""

from __future__ import annotations

import csv
import re
from datetime import timedelta

from listbot.domain.desk import Role
from listbot.web.coverage import FONT, pixels
from listbot.web.maps import poster
from tests.web import history
from tests.web.conftest import Desk


async def test_the_map_is_taken_away_as_picture_and_table(desk: Desk) -> None:
    client, _ = await desk.signed_in(Role.READER)
    async with client:
        photograph = await client.get("/coverage.png?relief=sijs")
        drawing = await client.get("/coverage.svg?relief=sijs")
        table = await client.get("/coverage.csv")
    assert photograph.headers["content-type"] == "image/png"
    assert photograph.content.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(photograph.content[16:20], "big") == 1950
    assert "coverage-2026-03-02.png" in photograph.headers["content-disposition"]
    assert "Special Immigrant Juvenile" in drawing.text
    assert "href" not in drawing.text
    assert {row["state"] for row in csv.DictReader(table.text.splitlines())} > {"NC", "TX"}


def test_the_words_of_the_picture_are_set_in_its_own_font() -> None:
    blank, titled = (pixels(poster({}, title, [])) for title in ("", "Needs of twelve months: año, naïve, Łódź – 1"))
    assert titled != blank
    assert FONT.read_bytes()[:4] == b"\0\1\0\0"
    assert (FONT.parent / "LICENSE.txt").is_file()


async def test_the_public_report_tells_no_number_so_small_that_a_person_shows_through(desk: Desk) -> None:
    client, _ = await desk.signed_in(Role.READER)
    found = await desk.office.insight.report(
        history.NOW.date() - timedelta(days=365), history.NOW.date() + timedelta(days=1), history.NOW
    )
    small = [n for n in (*found.asks_per_person, *(x.needs for x in found.by_month.values())) if 0 < n < 5]
    assert small
    async with client:
        private, public = (await client.get("/report")).text, (await client.get("/report/public")).text
    assert "fewer than 5" in public
    assert not any(f"{n} {'person' if n == 1 else 'people'}<" in public for n in found.asks_per_person if 0 < n < 5)
    assert "fewer than" not in private
    assert all(f"{month}: {x.needs} needs" not in public for month, x in found.by_month.items() if x.needs < 5)


async def test_a_month_without_a_need_has_its_place_among_the_others(desk: Desk) -> None:
    client, _ = await desk.signed_in(Role.READER)
    async with client:
        page = (await client.get("/report")).text
    months = re.findall(r"<title>(\d{4}-\d\d): ", page)
    numbers = [12 * int(month[:4]) + int(month[5:]) for month in months]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
