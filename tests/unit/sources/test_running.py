"""Pauses, stopping and size limits."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listbot.adapters.sources.running import FIRST_PAUSE, LONGEST_PAUSE, PART, pause_after, until, within


@given(st.integers(0, 5_000), st.floats(0, 0.999))
def test_a_pause_is_never_longer_than_a_minute(failures: int, chance: float) -> None:
    assert 0 <= pause_after(failures, lambda: chance) <= LONGEST_PAUSE


def test_pauses_double_and_are_spread_over_their_whole_length() -> None:
    assert [pause_after(n, lambda: 1.0) for n in range(1, 5)] == [FIRST_PAUSE, 2, 4, 8]
    assert pause_after(4, lambda: 0.0) == 0


async def test_stop_cancels_the_work_and_awaits_its_clean_up() -> None:
    stop, seen = asyncio.Event(), []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            seen.append("clean")

    running = asyncio.create_task(until(stop, work()))
    await asyncio.sleep(0)
    stop.set()
    await running
    assert seen == ["clean"]


async def test_an_error_of_the_work_is_raised() -> None:
    async def work() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError):
        await until(asyncio.Event(), work())


def test_a_message_over_the_limit_keeps_its_beginning_under_a_verdict() -> None:
    raw = b"Subject: large\r\n\r\n" + b"x" * 300_000
    assert within(raw, len(raw)) == raw
    cut = within(raw, len(raw) - 1)
    assert cut.startswith(b"X-Listbot-Truncated: the first 200000 of 300018 bytes are kept\r\nSubject: large\r\n")
    assert cut.endswith(raw[:PART])
