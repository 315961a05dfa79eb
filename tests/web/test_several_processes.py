"""What one process keeps for a page, another shows: whichever of them is asked next."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import httpx
import pytest

from listbot.domain.replay import WhatIf
from listbot.web import rules
from listbot.web.rules import FOUND, TRIES, Try
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
    await FOUND.put(site, "cut", WhatIf())
    client, _ = await desk.signed_in()
    async with client:
        assert "The program was stopped while it worked on this" in (await client.get("/rules/tries/cut")).text


async def _began(desk: Desk, client: httpx.AsyncClient, csrf: str) -> str:
    """The address of a what-if that has just been begun."""
    draft = (await client.post("/rules/drafts", data={"csrf": csrf, "name": "x"})).headers["location"]
    return str((await client.post(f"{draft}/try", data={"csrf": csrf, "posts": "30"})).headers["location"])


async def _ended(desk: Desk) -> None:
    await asyncio.gather(*desk.app.state.site.working)


async def test_a_what_if_that_breaks_says_that_the_program_failed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: object) -> WhatIf:
        raise ZeroDivisionError("words of a post")

    monkeypatch.setattr(rules, "what_if", breaks)
    client, csrf = await desk.signed_in()
    async with client:
        tried = await _began(desk, client, csrf)
        await _ended(desk)
        text = (await client.get(tried)).text
    assert "The fault is in the program, not in the draft" in text
    assert "words of a post" not in text


async def test_a_what_if_that_was_under_way_when_somebody_was_forgotten_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, forgotten = asyncio.Event(), asyncio.Event()

    async def names_somebody(*_: object) -> WhatIf:
        begun.set()
        await forgotten.wait()
        return WhatIf(needs=1)

    monkeypatch.setattr(rules, "what_if", names_somebody)
    client, csrf = await desk.signed_in()
    async with client:
        tried = await _began(desk, client, csrf)
        await begun.wait()
        registry = desk.office.context.registry
        await registry.forget((await registry.takers())[0].taker.email, place.ADMIN, desk.clock.at)
        forgotten.set()
        await _ended(desk)
        assert (await client.get(tried)).status_code == 404
    site = desk.app.state.site
    assert not await TRIES.all(site)
    assert not await FOUND.all(site)


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
