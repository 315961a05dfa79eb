"""Access tokens for XOAUTH2 (Gmail, Microsoft 365): from a command of the user's, or by a refresh token (RFC 6749, 6)."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx

from listbot.domain.errors import ConfigError, Never, TryLater
from listbot.pipeline.ports import Clock

EARLY = timedelta(minutes=5)
"""A token is renewed so long before it expires."""
SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth2Settings:
    """Either `command`, whose first line of output is a valid token, or the four values of a refresh token."""

    command: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""

    def __post_init__(self) -> None:
        if bool(self.command) == bool(self.refresh_token):
            raise ConfigError("oauth2: set either command or refresh_token (with token_url and client_id)")
        if self.refresh_token and not (self.token_url and self.client_id):
            raise ConfigError("oauth2: refresh_token needs token_url and client_id beside it")
        url = urlsplit(self.token_url)
        if self.token_url and url.scheme != "https" and url.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ConfigError(f"oauth2.token_url {self.token_url!r}: a refresh token travels only over https")


class Tokens:
    """The current access token, renewed before it expires."""

    def __init__(self, settings: OAuth2Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._refresh_token = settings.refresh_token
        self._token = ""
        self._expires: datetime | None = None

    async def token(self, *, renew: bool = False) -> str:
        """A token that should be good; with `renew` a new one at any age. Raises TryLater, or Never if refused."""
        if self._settings.command:
            return await _from_command(self._settings.command)
        if renew or self._expires is None or self._clock.now() >= self._expires - EARLY:
            await self._refresh()
        return self._token

    async def _refresh(self) -> None:
        settings = self._settings
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._refresh_token,
            "client_id": settings.client_id,
            "client_secret": settings.client_secret,
            "scope": settings.scope,
        }
        try:
            async with httpx.AsyncClient(timeout=SECONDS) as client:
                answer = await client.post(settings.token_url, data={key: value for key, value in form.items() if value})
            words = answer.json() if answer.status_code in (200, 400, 401) else {}
        except (httpx.HTTPError, ValueError) as error:
            raise TryLater(f"{settings.token_url}: no token: {type(error).__name__} {error}") from error
        if answer.status_code in (400, 401) and isinstance(words, Mapping):
            reason = f"{words.get('error', '')} {words.get('error_description', '')}".strip()
            raise Never(f"{settings.token_url} refuses the refresh token: {reason}; give consent again and set refresh_token")
        if answer.status_code != 200 or not isinstance(words, Mapping) or not words.get("access_token"):
            raise TryLater(f"{settings.token_url}: no token: status {answer.status_code}")
        self._token = str(words["access_token"])
        self._refresh_token = str(words.get("refresh_token") or self._refresh_token)
        self._expires = self._clock.now() + timedelta(seconds=_seconds(words.get("expires_in")))


def _seconds(value: object) -> float:
    """A lifetime in seconds; an hour where the server names none (it is only recommended: RFC 6749, 5.1)."""
    try:
        return float(str(value))
    except ValueError:
        return 3600.0


async def _from_command(command: str) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            *shlex.split(command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError) as error:
        raise Never(f"oauth2.command {command!r} cannot be run: {error}; name a program and its arguments") from error
    try:
        async with asyncio.timeout(SECONDS):
            output, _ = await process.communicate()
    except BaseException as error:
        process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            raise TryLater(f"oauth2.command {command!r} gave no token within {SECONDS:g} s") from error
        raise
    token = output.decode("utf-8", "replace").strip().partition("\n")[0].strip()
    if process.returncode or not token:
        raise TryLater(f"oauth2.command {command!r} gave no token (exit {process.returncode}); run it by hand to see why")
    return token
