"""The yearly question is answered on its page: the entry says so, and counts as said today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from listbot.domain.registry import Candidate
from tests.web.conftest import Desk


async def asked(desk: Desk) -> tuple[str, Candidate]:
    token = await desk.question_token()
    return token, await entry(desk, token)


async def entry(desk: Desk, token: str) -> Candidate:
    context = desk.office.context
    letter = await context.outbox.answered_letter(token, ())
    assert letter
    found = await context.registry.taker(letter.recipient)
    assert found
    return found


async def press(desk: Desk, token: str, **form: str) -> str:
    async with desk.anonymous() as client:
        response = await client.post(f"/c/{token}", data=form)
        assert response.status_code == 200, response.text
        return response.text


async def test_looking_changes_nothing(desk: Desk) -> None:
    token, before = await asked(desk)
    async with desk.anonymous() as client:
        for path in (f"/c/{token}", f"/c/{token}/stop"):
            assert (await client.get(path)).status_code == 200
    assert await entry(desk, token) == before


@pytest.mark.parametrize(("form", "slots"), [({"do": "room", "slots": "2"}, 2), ({"do": "room", "slots": "0"}, 0)])
async def test_a_number_is_noted_as_of_today(desk: Desk, form: dict[str, str], slots: int) -> None:
    token, _ = await asked(desk)
    assert "Thank you." in await press(desk, token, **form)
    now = await entry(desk, token)
    assert (now.taker.open_slots, now.standing.capacity_at) == (slots, desk.clock.at)


async def test_the_same_as_before_is_as_good_as_said_today(desk: Desk) -> None:
    token, before = await asked(desk)
    await press(desk, token, do="same")
    now = await entry(desk, token)
    assert (now.taker, now.standing.capacity_at) == (before.taker, desk.clock.at)


async def test_a_pause_is_noted(desk: Desk) -> None:
    token, _ = await asked(desk)
    await press(desk, token, do="pause", days="90")
    assert (await entry(desk, token)).taker.paused_until == desk.clock.at.date() + timedelta(days=90)


async def test_one_click_stops(desk: Desk) -> None:
    token, _ = await asked(desk)
    async with desk.anonymous() as client:
        said = await client.post(f"/c/{token}/stop", data={"List-Unsubscribe": "One-Click"})
    assert said.text == "You will not be asked again.\n"
    assert (await entry(desk, token)).standing.opted_out_at is not None
