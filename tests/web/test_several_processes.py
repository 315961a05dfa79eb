"""What one process keeps for a page, another shows: whichever of them is asked next."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import httpx
import pytest

from listbot.web.rules import TRIES, Try
from tests.web import place
from tests.web.conftest import Desk


@pytest.fixture
async def two(desk: Desk) -> tuple[httpx.AsyncClient, httpx.AsyncClient, str]:
    """The same moderator at two processes over one database, and the word that the forms carry."""
    first, csrf = await desk.signed_in()
    return first, place.client(place.an_app(desk.office), dict(first.cookies)), csrf


async def test_a_what_if_begun_by_one_is_shown_by_the_other(two: tuple[httpx.AsyncClient, httpx.AsyncClient, str]) -> None:
    first, second, csrf = two
    async with first, second:
        draft = (await first.post("/rules/drafts", data={"csrf": csrf, "name": "Fewer at once"})).headers["location"]
        await first.post(draft, data={"csrf": csrf, "file": "limits.yaml", "rule": "no_consent", "f_enabled": "no"})
        tried = (await first.post(f"{draft}/try", data={"csrf": csrf, "posts": "1000"})).headers["location"]
        for _ in range(200):
            text = (await second.get(tried)).text
            if "Needs looked at" in text:
                break
            await asyncio.sleep(0.05)
        assert "Needs that change" in text
        assert "Fewer at once, 1,000 posts" in (await second.get("/rules")).text


async def test_a_what_if_whose_process_ended_says_so(desk: Desk) -> None:
    site, now = place.an_app(desk.office).state.site, desk.clock.at
    cut = Try(draft=1, name="x", posts=30, who=place.ADMIN, at=now, told_at=now - timedelta(minutes=2), done=0.4)
    await TRIES.put(site, "cut", cut)
    client, _ = await desk.signed_in()
    async with client:
        assert "The program was stopped while it worked on this" in (await client.get("/rules/tries/cut")).text


async def test_an_import_looked_at_here_counts_there_and_once(two: tuple[httpx.AsyncClient, httpx.AsyncClient, str]) -> None:
    first, second, csrf = two
    file = ("people.csv", b"email,name\nnew@alumni.example,New\n", "text/csv")
    async with first, second:
        review = await first.post("/registry/import", data={"csrf": csrf}, files={"file": file})
        token = re.search(r"/registry/import/([\w-]+)", review.text)[1]  # type: ignore[index]
        assert (await second.post(f"/registry/import/{token}", data={"csrf": csrf})).status_code == 303
        assert (await first.post(f"/registry/import/{token}", data={"csrf": csrf})).status_code == 404


async def test_words_typed_here_are_framed_there(two: tuple[httpx.AsyncClient, httpx.AsyncClient, str]) -> None:
    first, second, csrf = two
    async with first, second:
        draft = (await first.post("/rules/drafts", data={"csrf": csrf, "name": "Words"})).headers["location"]
        form = {"csrf": csrf, "name": "stopped", "language": "en", "text": "Subject: Bye\n\nBye.", "html": "<p>Fare well</p>"}
        typed = await first.post(f"{draft}/letters/look", data=form)
        frame = re.search(r'src="([^"]+)"', typed.text)[1].replace("&amp;", "&")  # type: ignore[index]
        assert "Fare well" in (await second.get(frame)).text
