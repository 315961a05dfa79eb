"""A whole office over a database of the test's own, and the pages served to an HTTP client without a socket."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import httpx
from itsdangerous import Signer
from starlette.applications import Starlette

from listbot import config
from listbot.bootstrap import opened_office
from listbot.config import Settings
from listbot.domain.desk import Role
from listbot.pipeline.office import Office
from listbot.web.app import make_app
from listbot.web.doors import COOKIE, LASTS, csrf_word

BASE = "https://listbot.example.org"
ADMIN = "moderator@example.org"


def settings_in(folder: Path) -> Settings:
    """A configuration whose database and secret lie in a folder."""
    config.write_secret(folder / "secret")
    return config.parse(
        {
            "bot": {"address": "bot@bot.example", "secret_file": str(folder / "secret")},
            "database": {"url": f"sqlite:///{folder}/listbot.db"},
            "web": {"base_url": BASE, "moderators": [ADMIN]},
        },
        "test",
    )


@asynccontextmanager
async def an_office(folder: Path) -> AsyncIterator[Office]:
    async with opened_office(settings_in(folder)) as office:
        yield office


async def signed_in(office: Office, email: str = ADMIN, role: Role | None = None) -> tuple[dict[str, str], str]:
    """The cookie of a session, and the word that its forms carry."""
    now, secret = office.context.clock.now(), secrets.token_urlsafe(16)
    if role is not None:
        await office.sessions.put_account(email, role, "test", now)
    hash = sha256(secret.encode()).hexdigest()
    await office.sessions.begin(hash, email, now + LASTS, now)
    key = office.context.identity.secret
    return {COOKIE: Signer(key, salt="session").sign(secret).decode()}, csrf_word(key, hash)


def client(app: Starlette, cookies: dict[str, str] | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, cookies=cookies)


def an_app(office: Office) -> Starlette:
    return make_app(office, "http://127.0.0.1:8080")
