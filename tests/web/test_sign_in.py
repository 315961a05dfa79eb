"""Signing in by a mailed link: once, in time, and without a word on who may."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from listbot.web import signing
from listbot.web.doors import Brake
from tests.web import place
from tests.web.conftest import Desk


@pytest.fixture(autouse=True)
def fresh_brakes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_BY_CALLER", "_BY_ADDRESS", "_TRIES"):
        old = getattr(signing, name)
        monkeypatch.setattr(signing, name, Brake(old.most, old.within))


async def _links(desk: Desk) -> list[str]:
    found = []
    for _, _, letter, _ in await desk.office.context.outbox.letters(limit=50):
        if letter.kind == "sign_in":
            text = letter.raw.decode().replace("=\n", "").replace("=\r\n", "").replace("=3D", "=")
            found.append(re.search(r"https://listbot\.example\.org(/sign-in/[\w-]+)", text)[1])  # type: ignore[index]
    return found


async def _ask(desk: Desk, client: httpx.AsyncClient, email: str) -> httpx.Response:
    return await client.post("/sign-in", data={"email": email})


async def test_a_link_signs_in_once_and_only_by_its_button(desk: Desk) -> None:
    async with desk.anonymous() as client:
        await _ask(desk, client, "Moderator@example.org")
        (link,) = await _links(desk)
        for _ in range(3):  # a mail scanner opens it
            assert (await client.get(link)).status_code == 200
        assert (await client.get("/")).status_code == 303
        assert (await client.post(link)).status_code == 303
        cookie = client.cookies.jar
        assert all(c.has_nonstandard_attr("HttpOnly") and c.secure for c in cookie if c.name == "listbot")
        assert (await client.get("/")).status_code == 200
        assert (await client.post(link)).status_code == 404


async def test_the_answer_is_the_same_for_every_address(desk: Desk) -> None:
    async with desk.anonymous() as client:
        known = await _ask(desk, client, place.ADMIN)
        unknown = await _ask(desk, client, "stranger@example.org")
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert len(await _links(desk)) == 1


async def test_a_link_that_is_too_old_does_nothing(desk: Desk) -> None:
    async with desk.anonymous() as client:
        await _ask(desk, client, place.ADMIN)
        (link,) = await _links(desk)
        desk.clock.at += timedelta(minutes=16)
        assert (await client.post(link)).status_code == 404


async def test_an_address_gets_few_links(desk: Desk) -> None:
    async with desk.anonymous() as client:
        for _ in range(8):
            assert (await _ask(desk, client, place.ADMIN)).status_code == 200
    assert len(await _links(desk)) == 3


async def test_a_session_ends_when_it_is_not_used_or_grows_old(desk: Desk) -> None:
    client, _ = await desk.signed_in()
    async with client:
        for _ in range(5):
            desk.clock.at += timedelta(minutes=110)
            assert (await client.get("/")).status_code == 200
        desk.clock.at += timedelta(minutes=60)  # ten hours after signing in
        assert (await client.get("/")).status_code == 303
    other, _ = await desk.signed_in()
    async with other:
        desk.clock.at += timedelta(hours=3)
        assert (await other.get("/")).status_code == 303


async def test_taking_a_role_away_ends_the_sessions(desk: Desk) -> None:
    admin, csrf = await desk.signed_in()
    from listbot.domain.desk import Role

    reader, _ = await desk.signed_in(Role.READER)
    async with admin, reader:
        assert (await reader.get("/")).status_code == 200
        await admin.post("/people", data={"csrf": csrf, "email": "some.reader@example.org", "role": ""})
        assert (await reader.get("/")).status_code == 303


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_link_leads_nowhere_else(desk: Desk, after: str) -> None:
    async with desk.anonymous() as client:
        assert "evil" not in (await client.get("/sign-in", params={"next": after})).text
        await _ask(desk, client, place.ADMIN)
        (link,) = await _links(desk)
        assert (await client.post(link, data={"next": after})).headers["location"] == "/"
