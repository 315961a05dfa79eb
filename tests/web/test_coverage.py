"""The map of need against capacity, as files to take away."""

from __future__ import annotations

import csv

from listbot.domain.desk import Role
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
