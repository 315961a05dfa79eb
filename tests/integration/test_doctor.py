"""The doctor against real servers: what is well is said, what fails is named with its mend."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from listbot.cli import app
from listbot.cli.checks import mailbox
from tests.acceptance.bot import Bot
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.process import free_ports

pytestmark = [pytest.mark.dovecot, pytest.mark.postfix]


@pytest.fixture
def bot(tmp_path: Path, dovecot: Dovecot, postfix: Postfix) -> Bot:
    return Bot(tmp_path, dovecot, postfix)


def diagnosis(bot: Bot) -> tuple[int, dict[str, dict[str, Any]]]:
    done = CliRunner().invoke(app, ["doctor", "--json", "--config", str(bot.path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    checks = [json.loads(line) for line in done.stdout.splitlines()]
    return done.exit_code, {c["check"].split(":")[0] if c["check"].startswith("imap") else c["check"]: c for c in checks}


def broken(bot: Bot, old: str, new: str) -> dict[str, str]:
    """The first failure after a change of the configuration."""
    text = bot.path.read_text()
    assert old in text
    bot.path.write_text(text.replace(old, new))
    code, _ = diagnosis(bot)
    assert code == 1
    done = CliRunner().invoke(app, ["doctor", "--json", "--config", str(bot.path)])
    return next(c for c in map(json.loads, done.stdout.splitlines()) if c["ok"] is False)


def test_all_is_well_and_a_mail_to_a_plus_address_comes_back(bot: Bot) -> None:
    code, checks = diagnosis(bot)
    assert code == 0, checks
    assert checks["plus-addressing"]["ok"]
    assert checks["clock"]["ok"]
    assert not any(c["ok"] is False for c in checks.values())


def test_a_wrong_password_is_named(bot: Bot) -> None:
    failure = broken(bot, 'password = "secret"\n[[list]]', 'password = "wrong"\n[[list]]')
    assert "login" in failure["check"]
    assert "username and password" in failure["mend"]


def test_an_untrusted_certificate_is_named(bot: Bot) -> None:
    failure = broken(bot, f'ca_file = "{bot.dovecot.ca_file}"\nusername', 'ca_file = ""\nusername')
    assert "not trusted" in failure["words"]
    assert "ca_file" in failure["mend"]


def test_a_mailbox_where_nothing_listens_is_told_from_one_that_is_silent(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "SECONDS", 0.3)
    text = bot.path.read_text()
    (port,) = free_ports(1)
    failure = broken(bot, f"port = {bot.dovecot.imaps_port}", f"port = {port}")
    assert failure["words"] == f"no connection to 127.0.0.1:{port}: refused, nothing listens there"
    assert "source.port" in failure["mend"]
    bot.path.write_text(text)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        failure = broken(bot, f"port = {bot.dovecot.imaps_port}", f"port = {port}")
    assert failure["words"] == f"no connection to 127.0.0.1:{port}: no answer in time"
    assert "firewall" in failure["mend"]


def test_a_mail_server_where_nothing_listens_is_named_and_the_round_trip_is_left_out(bot: Bot) -> None:
    (port,) = free_ports(1)
    failure = broken(bot, f"port = {bot.postfix.submission_port}", f"port = {port}")
    assert failure["words"] == f"no connection to localhost:{port}: refused, nothing listens there"
    assert "smtp.port" in failure["mend"]
    _, checks = diagnosis(bot)
    assert (checks["plus-addressing"]["ok"], checks["clock"]["ok"]) == (None, None)


def test_a_port_of_the_pages_that_something_else_has_is_named(bot: Bot) -> None:
    assert diagnosis(bot)[1]["pages"]["words"].endswith("is free")
    listen = f"127.0.0.1:{bot.dovecot.imap_port}"
    failure = broken(bot, f'listen = "127.0.0.1:{bot.web}"', f'listen = "{listen}"')
    assert failure["words"] == f"something else listens on {listen}"
    assert "web.listen" in failure["mend"]


def test_a_bot_that_runs_is_no_stranger_on_its_port(bot: Bot) -> None:
    bot.start()
    end = time.monotonic() + 60
    while "is running there" not in (words := diagnosis(bot)[1]["pages"]["words"]) and time.monotonic() < end:
        time.sleep(0.2)
    bot.stop()
    assert words == f"127.0.0.1:{bot.web}: listbot is running there"


def test_an_empty_password_file_is_named(bot: Bot) -> None:
    (bot.folder / "empty").touch()
    failure = broken(bot, 'password = "secret"\n[[list]]', 'password_file = "empty"\n[[list]]')
    assert "empty is empty; write the secret into it" in failure["words"]


def test_a_port_without_tls_is_named(bot: Bot) -> None:
    failure = broken(bot, f"port = {bot.dovecot.imaps_port}", f"port = {bot.dovecot.imap_port}")
    assert "TLS" in failure["check"]
    assert "993" in failure["mend"]


def test_an_unknown_host_is_named(bot: Bot) -> None:
    failure = broken(bot, 'host = "localhost"', 'host = "mail.nowhere.invalid"')
    assert "mail.nowhere.invalid" in failure["words"]


def test_a_sender_that_may_not_send_is_named(bot: Bot) -> None:
    failure = broken(bot, f'address = "{bot.mailbox.address}"\nmode', 'address = "somebody@else.example"\nmode')
    assert "sender" in failure["check"]


def test_a_missing_mailbox_is_named(bot: Bot) -> None:
    failure = broken(bot, "[[list]]", 'mailbox = "Nowhere"\n[[list]]')
    assert "mailbox" in failure["check"]
