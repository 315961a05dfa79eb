"""How the machinery is doing, for people and for machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from listbot.domain.brakes import Brakes
from listbot.domain.desk import ListRow, Role
from listbot.domain.health import SourceStatus
from listbot.domain.mail import Arrival
from tests.web import history, place
from tests.web.conftest import Desk


async def test_the_page_tells_lag_brakes_versions_and_what_is_wrong(desk: Desk) -> None:
    now = desk.clock.now()
    late = [Arrival("imap", f"3.{n}", b"x", now - timedelta(hours=3)) for n in range(30)]
    await desk.office.context.journal.keep(late, None, now)
    status = SourceStatus(connected=False, waiting=4, fault="connection refused")
    await desk.office.context.journal.beat("imap", status, now)
    office = replace(desk.office, brakes=Brakes(person_day=7, hour=1234))
    cookies, _ = await place.signed_in(office, "some.reader@example.org", Role.READER)
    async with place.client(place.an_app(office), cookies) as client:
        page, metrics = (await client.get("/health")).text, (await client.get("/metrics")).text
    assert "Messages of imap come 3 hours late." in page
    assert "The source imap is not read: connection refused" in page
    assert "4 messages waiting" in page
    assert "7 letters at most" in page
    assert "1,234 letters at most" in page
    assert "encoder of answers" in page
    assert 'listbot_source_lag_seconds{source="imap"} 10800' in metrics
    assert 'listbot_source_connected{source="imap"} 0' in metrics
    assert "listbot_mails_braked 0" in metrics
    assert 'listbot_model_info{model="posts",version="' in metrics
    assert "@" not in metrics


async def test_a_source_of_which_nothing_is_heard_any_more_is_trouble(desk: Desk) -> None:
    beat, client = desk.office.context.journal.beat, (await desk.signed_in())[0]
    await beat("maildir", SourceStatus(connected=True, waiting=2), desk.clock.at)
    async with client:
        assert "2 messages waiting" in (await client.get("/health")).text
    desk.clock.at += timedelta(minutes=5)
    async with place.client(place.an_app(desk.office), dict(client.cookies)) as other:  # another process
        page, metrics = (await other.get("/health")).text, (await other.get("/metrics")).text
    assert "Nothing has been heard of maildir lately" in page
    assert 'listbot_source_connected{source="maildir"} 0' in metrics


def test_a_list_is_quiet_after_four_of_its_pauses_and_two_days_at_least() -> None:
    busy = ListRow(name="busy", last_post=history.NOW - timedelta(days=1), per_week=70)
    assert busy.pause == timedelta(hours=2.4)
    assert not busy.quiet(history.NOW)
    assert busy.quiet(history.NOW + timedelta(days=2))
    slow = ListRow(name="slow", last_post=history.NOW - timedelta(days=20), per_week=1)
    assert not slow.quiet(history.NOW)
    assert slow.quiet(history.NOW + timedelta(days=9))
    assert not ListRow(name="silent", last_post=None, per_week=0).quiet(history.NOW)
