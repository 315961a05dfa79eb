"""By which way a message came, and whether that way may start asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from listbot.domain.mail import Channel, Post
from listbot.domain.tokens import token_in

Authenticated = Callable[[Sequence[str], str], frozenset[str]]
"""From Authentication-Results values (RFC 8601) and the trusted host: the domains it vouches for."""


@dataclass(frozen=True, slots=True)
class ListIdentity:
    """A configured list. `trust` is list-id, authentication-results:HOST or secret-header (`secret`: "Name: value")."""

    name: str
    id: str
    address: str
    trust: str = "list-id"
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The way a message came. `doubt` says why a moderator must look before it starts anything; empty where trusted."""

    channel: Channel
    list_name: str = ""
    token: str = ""
    doubt: str = ""


def route(post: Post, lists: Sequence[ListIdentity], bot: str, authenticated: Authenticated) -> Route:
    """Which channel a message came by. The List-Id decides for posts, the recipient's token for answers."""
    author = (post.sender or post.author).email.lower()
    if author == bot.lower():
        return Route(Channel.OWN)
    for known in lists:
        if post.list_id and post.list_id == known.id.lower():
            return Route(Channel.LIST, known.name, doubt=_doubt(post, known, authenticated) or machine(post))
    recipients = (*post.delivered_to, *(a.email for a in (*post.to, *post.cc)))
    details = [t for t in (token_in(r, bot) for r in recipients) if t is not None]
    if token := next(filter(None, details), ""):
        return Route(Channel.ANSWER, token=token)
    return Route(Channel.DIRECT, doubt="it did not come through a known list")


def aligned(post: Post, host: str, authenticated: Authenticated) -> bool:
    """Whether the own mail `host` vouches for the author's domain: the same, or one above or below it (RFC 7489, 3.1)."""
    domain = post.author.email.rpartition("@")[2].lower()
    vouched = authenticated(post.authentication_results, host) if host and domain else frozenset[str]()
    return any(domain == d or domain.endswith("." + d) or d.endswith("." + domain) for d in vouched)


def machine(post: Post) -> str:
    """Why a message must start nothing by itself: a machine wrote it (RFC 3834); empty where none did.

    Another bot's letter, sent on by a list, would become a plea, and the two would go on for ever.
    """
    return "" if post.auto_submitted in ("", "no") else f"a machine wrote it (Auto-Submitted: {post.auto_submitted})"


def _doubt(post: Post, known: ListIdentity, authenticated: Authenticated) -> str:
    if known.trust == "list-id":
        return ""
    if known.trust == "secret-header":
        name, _, value = known.secret.partition(":")
        return "" if post.header(name.strip()) == value.strip() else f"it lacks the secret header of the list {known.name}"
    host = known.trust.partition(":")[2]
    domain = known.address.rpartition("@")[2].lower()
    vouched = authenticated(post.authentication_results, host)
    if any(d == domain or d.endswith("." + domain) for d in vouched):
        return ""
    return f"{host} does not vouch that it came through {domain}"
