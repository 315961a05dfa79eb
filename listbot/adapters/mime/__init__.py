"""Hostile bytes to typed posts (RFC 5322, 2045-2047, 2231, 3676, 1153, 3464): `parse` is the `Parser` port.

structure takes the bytes apart, headers and addresses read fields, body finds the text, posts puts it all together.
"""

from __future__ import annotations

from listbot.adapters.mime.posts import posts_in, unreadable
from listbot.domain.mail import Post

__all__ = ["parse"]


def parse(raw: bytes, *, recipient: str = "") -> tuple[Post, ...]:
    """The posts of a message: one, or those of a digest; never none, and no bytes make it raise.

    `recipient` is the envelope recipient where it is known. Time is linear in the size of the message.
    """
    if not raw.strip():
        return (unreadable(raw, "the message is empty"),)
    try:
        return posts_in(raw, recipient)
    except Exception as error:  # the promise of the port, should a library fail us: the bytes are kept, a moderator looks
        return (unreadable(raw, f"the message could not be taken apart ({type(error).__name__})"),)
