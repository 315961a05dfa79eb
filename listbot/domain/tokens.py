"""Unguessable names for asks and letters, derived from the bot's secret: the same thing always gets the same name."""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256

TOKEN_LENGTH = 24
"""Base32 characters of a token: 120 bits, safe in a lower-cased local part (RFC 5321 leaves case to the host)."""


def token(secret: bytes, *of: object) -> str:
    """The token of a thing named by its parts, for instance ("ask", need, taker)."""
    mark = "\x1f".join(map(str, of)).encode()
    return base64.b32encode(hmac.digest(secret, mark, sha256)).decode("ascii").lower()[:TOKEN_LENGTH]


def plus_address(address: str, token: str) -> str:
    """`bot+TOKEN@bot.example`: reaches the bot's mailbox and says what the mail is about."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_in(address: str, bot: str) -> str | None:
    """The token of a plus-address of the bot: "" for the bot's plain address, None for anybody else's."""
    local, _, domain = bot.lower().rpartition("@")
    given, _, given_domain = address.lower().rpartition("@")
    if given_domain != domain:
        return None
    name, plus, detail = given.partition("+")
    if name != local:
        return None
    return detail if plus else ""


def message_id(secret: bytes, address: str, *of: object) -> str:
    """A stable Message-ID (RFC 5322, 3.6.4) for a letter: a second sending of the letter carries the same."""
    return f"<{token(secret, 'message-id', *of)}@{address.rpartition('@')[2]}>"
