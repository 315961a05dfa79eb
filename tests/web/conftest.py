"""The pages over a small invented history, written once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from listbot.bootstrap import opened_office
from listbot.domain.desk import Role
from listbot.domain.states import NEED_OPEN, AskState
from listbot.pipeline.correspondence import Desk as Writing
from listbot.pipeline.office import Office
from tests.web import history, place

POSTS, TAKERS = 40, 120


@dataclass
class Desk:
    """The pages, and ways to reach them."""

    office: Office
    app: Starlette
    clock: history.Clock

    def anonymous(self) -> httpx.AsyncClient:
        return place.client(self.app)

    async def signed_in(self, role: Role = Role.ADMIN) -> tuple[httpx.AsyncClient, str]:
        """A browser of somebody with this role, and the word that the forms carry."""
        email = place.ADMIN if role is Role.ADMIN else f"some.{role}@example.org"
        cookies, csrf = await place.signed_in(self.office, email, None if role is Role.ADMIN else role)
        return place.client(self.app, cookies), csrf

    async def token(self) -> str:
        """The token of an ask that was sent about a need that is still open, and nobody answered yet."""
        cases = self.office.context.cases
        for ask in await cases.asks(states=[AskState.SENT], limit=1000):
            if (await cases.need(ask.need)).state in NEED_OPEN:
                letters = await self.office.context.outbox.letters(need=ask.need)
                return next(x.token for _, _, x, _ in letters if x.kind == "ask" and x.recipient == ask.email)
        raise AssertionError("the history has no open ask")

    async def question_token(self) -> str:
        """The token of a question about somebody's room, just sent."""
        context = self.office.context
        entry = next(c for c in await context.registry.takers() if c.taker.consent_at)
        writing = Writing(context, self.clock.at)
        (letter,) = await writing.letters(writing.capacity_question(entry))
        await context.outbox.put([letter], self.clock.at)
        return letter.token


@pytest.fixture(scope="session")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the history's database."""
    folder = tmp_path_factory.mktemp("history")

    async def write() -> None:
        async with place.an_office(folder) as office:
            await history.write(office, POSTS, TAKERS)

    asyncio.run(write())
    return folder


@pytest.fixture
async def desk(past: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    """The pages over a copy of the history; the clock stands at its end."""
    for name in ("listbot.db", "secret"):
        shutil.copy(past / name, tmp_path / name)
    clock = history.Clock(history.NOW)
    async with opened_office(place.settings_in(tmp_path)) as office:
        office = replace(office, context=replace(office.context, clock=clock))
        yield Desk(office, place.an_app(office), clock)
