"""Two moderators at two processes see each other on one item."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from listbot.bootstrap import opened_office
from listbot.domain.desk import Role
from tests.web import place
from tests.web.conftest import Desk


async def test_who_looks_is_shown_by_every_process_until_it_is_long_ago(desk: Desk, tmp_path: Path) -> None:
    async with opened_office(place.settings_in(tmp_path)) as elsewhere:
        now = desk.clock.now()
        await elsewhere.sessions.look("second@example.org", ("post", 1), now + timedelta(minutes=5), now)
    client, _ = await desk.signed_in(Role.READER)
    async with client:
        assert "second@example.org is looking at this" in (await client.get("/posts/1")).text
        assert "looking at this" not in (await client.get("/posts/2")).text
        desk.clock.at += timedelta(minutes=6)
        assert "looking at this" not in (await client.get("/posts/1")).text
