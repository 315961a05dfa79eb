"""A reader by rules alone, made once; posts made of a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from listbot.domain.mail import Address, Post
from listbot.reading import Reader, load_settings

RULES = Path(__file__).resolve().parents[3] / "rules"

PostFactory = Callable[..., Post]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(load_settings(RULES), model=None)


@pytest.fixture
def post() -> PostFactory:
    def make(
        text: str, subject: str = "", date: str = "2025-01-14T10:02:00-05:00", author: str = "Ana Field", **more: object
    ) -> Post:
        return Post(
            message_id="<1@clinic.example>",
            author=Address("ana@clinic.example", author),
            subject=subject,
            text=text,
            date=datetime.fromisoformat(date),
            **more,  # type: ignore[arg-type]
        )

    return make
