"""The pages on a socket of loopback, and Debian's Chromium in front of them."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from listbot.bootstrap import opened_office
from listbot.domain.states import NEED_OPEN, AskState
from listbot.pipeline.office import Office
from listbot.pipeline.whatif import what_if
from listbot.web.rules import FOUND, TRIES, Try
from listbot.web.server import serve
from tests.web import history, place

CHROMIUM = Path("/usr/bin/chromium")
POSTS, TAKERS = 60, 200
"""A year's history is 600 and 500: LISTBOT_HISTORY=600 takes its time."""


@dataclass
class Served:
    """Where the pages are, and how to get in."""

    address: str
    cookies: dict[str, str]
    tokens: list[str]


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The pages over an invented history, served until the tests end."""
    folder = tmp_path_factory.mktemp("browser")
    ready: list[Served] = []
    started, stop = threading.Event(), []

    async def main() -> None:
        settings = place.settings_in(folder)
        settings = settings.model_copy(update={"web": settings.web.model_copy(update={"base_url": ""})})
        ending = asyncio.Event()
        stop.append((asyncio.get_running_loop(), ending))
        async with opened_office(settings) as office:
            posts = int(os.environ.get("LISTBOT_HISTORY", POSTS))
            office = await history.write(office, posts, TAKERS)
            office = replace(office, context=replace(office.context, clock=history.Clock(history.NOW)))
            await office.drafts.save(None, "A draft", 0, office.rulebook.shipped(), place.ADMIN, history.NOW)
            await _try(office)
            cookies, _ = await place.signed_in(office)
            letters = await office.context.outbox.letters(limit=1000)
            open_now = {n.id for n in await office.context.cases.needs(list(NEED_OPEN), limit=1000)}
            sent = {(a.need, a.email) for a in await office.context.cases.asks(states=[AskState.SENT]) if a.need in open_now}
            tokens = [x.token for _, _, x, _ in letters if x.kind == "ask" and (x.need, x.recipient) in sent]
            listener = socket.create_server(("127.0.0.1", 0))
            ready.append(Served(f"http://127.0.0.1:{listener.getsockname()[1]}", cookies, tokens))
            started.set()
            await serve(office, listener, ending)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert started.wait(600)
    yield ready[0]
    loop, ending = stop[0]
    loop.call_soon_threadsafe(ending.set)
    thread.join(20)


async def _try(office: Office) -> None:
    """A what-if that is done."""
    rules = office.context.rules()
    draft = replace(rules, limits=tuple(limit for limit in rules.limits if limit.name != "no_consent"))

    async def nobody_hears(done: float) -> None:
        return

    found = await what_if(office, draft, 30, nobody_hears)
    one = Try(draft=1, name="A draft", posts=30, who=place.ADMIN, at=history.NOW, told_at=history.NOW, done=1.0)
    site = place.an_app(office).state.site
    await TRIES.put(site, "done", one)
    await FOUND.put(site, "done", found)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[object]:
    """Makes browser contexts: signed in or not, of some width, light or dark, with or without scripts."""
    made: list[BrowserContext] = []

    def context(*, width: int = 1440, dark: bool = False, scripts: bool = True, signed_in: bool = True) -> BrowserContext:
        one = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            base_url=served.address,
        )
        if signed_in:
            one.add_cookies([{"name": k, "value": v, "url": served.address} for k, v in served.cookies.items()])
        made.append(one)
        return one

    yield context
    for one in made:
        one.close()
