"""What `listbot run` says of its work: a sentence for each event, and nobody's address in it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

import listbot
from listbot.cli.events import SENTENCES, sentence, tell
from listbot.domain.states import MailState
from listbot.pipeline.context import Event

PROGRAM = Path(listbot.__file__).parent
AFTER_AN_ATTEMPT = {MailState.SENT, MailState.DEFERRED, MailState.UNSURE, MailState.REFUSED}


def test_every_event_has_its_sentence() -> None:
    told = {name for file in PROGRAM.rglob("*.py") for name in re.findall(r'\bEvent\("([^"]+)"', file.read_text("utf-8"))}
    assert told | {str(state) for state in AFTER_AN_ATTEMPT} == set(SENTENCES)


def test_an_event_is_a_line_at_info_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tell(Event("read", 7, "referral, 97% sure; held for a moderator"))
    tell(Event("deferred", 9, "ask, tried again in 60 s"))
    assert caplog.messages == [
        "post 7 is read: referral, 97% sure; held for a moderator",
        "letter 9 is deferred: ask, tried again in 60 s",
    ]


def test_what_delivery_reports_as_trouble_is_not_told_twice(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tell(Event("trouble", 0, "no connection"))
    assert not caplog.messages
    assert sentence(Event("trouble", 0, "no connection")) == "mail does not leave: no connection"
