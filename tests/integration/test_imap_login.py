"""Who the bot says it is: passwords, tokens, certificates."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from listbot.adapters.sources.oauth import OAuth2Settings
from listbot.domain.errors import ConfigError, Never
from tests.following import Kept, following, message
from tests.integration import imap
from tests.servers.dovecot import Dovecot, Mailbox, token
from tests.servers.pymap import USER, Pymap

pytestmark = pytest.mark.dovecot


class TokenServer:
    """Answers refresh tokens (RFC 6749, 6). `lifetimes` of the tokens given out, one after the other; the last one stays."""

    def __init__(self, user: str) -> None:
        self.user = user
        self.lifetimes = [3600.0]
        self.asked: list[dict[str, list[str]]] = []
        self.status = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                answer = json.dumps(outer.answer()).encode()
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/token"

    def answer(self) -> dict[str, object]:
        if self.status != 200:
            return {"error": "invalid_grant", "error_description": "Token has been revoked"}
        lifetime = self.lifetimes.pop(0) if len(self.lifetimes) > 1 else self.lifetimes[0]
        return {"access_token": token(self.user, lifetime), "expires_in": 3600, "refresh_token": f"next{len(self.asked)}"}

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def token_server(mailbox: Mailbox) -> Iterator[TokenServer]:
    server = TokenServer(mailbox.address)
    yield server
    server.close()


def refresh(server: TokenServer) -> OAuth2Settings:
    return OAuth2Settings(token_url=server.url, client_id="listbot", refresh_token="first")


async def test_a_wrong_password_is_raised_with_what_to_mend(mailbox: Mailbox) -> None:
    with pytest.raises(Never, match=r"refuses the password of .*; check password or password_file of source 'lists'"):
        await imap.source(mailbox, password="wrong").run(None, Kept(), asyncio.Event())


async def test_a_wrong_password_is_told_by_another_server_too(pymap: Pymap, mailbox: Mailbox) -> None:
    with pytest.raises(Never, match="refuses the password"):
        await imap.source(mailbox, port=pymap.port, username=USER, password="wrong").run(None, Kept(), asyncio.Event())


async def test_a_mailbox_that_does_not_exist_is_raised(mailbox: Mailbox) -> None:
    with pytest.raises(Never, match="mailbox 'Nowhere' cannot be opened"):
        await imap.source(mailbox, mailbox="Nowhere").run(None, Kept(), asyncio.Event())


@pytest.mark.parametrize("password", ['with "quotes"', "back\\slash", "spaces and {5}"])
async def test_odd_passwords_reach_the_server_as_they_are(dovecot: Dovecot, password: str) -> None:
    """They are refused as passwords, not as bad commands."""
    with pytest.raises(Never, match="AUTHENTICATIONFAILED"):
        await imap.source(dovecot.new_mailbox(), password=password).run(None, Kept(), asyncio.Event())


async def test_tls_with_a_private_authority(mailbox: Mailbox) -> None:
    mailbox.append([message(1)])
    server, kept = mailbox.server, Kept()
    async with following(imap.source(mailbox, port=server.imaps_port, tls="implicit", ca_file=str(server.ca_file)), kept):
        await kept.wait_for(1)


async def test_an_untrusted_certificate_is_not_talked_to(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    source = imap.source(mailbox, port=mailbox.server.imaps_port, tls="implicit")
    async with following(source, Kept()), asyncio.timeout(5):
        while "is not trusted" not in source.status.fault:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert "name its authority in source.ca_file" in caplog.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tls": "starttls"}, "aioimaplib has none; use tls = 'implicit' and port 993"),
        ({"tls": "none", "host": "imap.example.org"}, "only loopback"),
        ({"tls": "maybe"}, "use 'implicit'"),
        ({"password": ""}, "set either password"),
    ],
)
def test_settings_that_cannot_work_are_refused(mailbox: Mailbox, changes: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        imap.settings(mailbox, **changes)


def test_a_missing_authority_is_a_wrong_configuration(mailbox: Mailbox) -> None:
    with pytest.raises(ConfigError, match="name a PEM file"):
        imap.source(mailbox, tls="implicit", ca_file="/nowhere.pem")


async def test_a_refresh_token_logs_in_and_is_replaced_by_the_next(mailbox: Mailbox, token_server: TokenServer) -> None:
    mailbox.append([message(1)])
    kept = Kept()
    async with following(imap.source(mailbox, oauth2=refresh(token_server)), kept):
        await kept.wait_for(1)
    assert [asked["refresh_token"] for asked in token_server.asked] == [["first"]]
    assert token_server.asked[0]["grant_type"] == ["refresh_token"]


async def test_a_token_that_expired_early_is_renewed_on_the_spot(mailbox: Mailbox, token_server: TokenServer) -> None:
    token_server.lifetimes = [-60, 3600]
    mailbox.append([message(1)])
    kept, source = Kept(), imap.source(mailbox, oauth2=refresh(token_server))
    async with following(source, kept):
        await kept.wait_for(1, seconds=5)
    assert [asked["refresh_token"] for asked in token_server.asked] == [["first"], ["next1"]]
    assert source.status.reconnects == 0


async def test_a_token_refused_twice_is_raised(mailbox: Mailbox, token_server: TokenServer) -> None:
    token_server.lifetimes = [-60]
    with pytest.raises(Never, match=r"refuses the access token of .*check oauth2 of source 'lists'"):
        await imap.source(mailbox, oauth2=refresh(token_server)).run(None, Kept(), asyncio.Event())


async def test_a_withdrawn_consent_is_raised(mailbox: Mailbox, token_server: TokenServer) -> None:
    token_server.status = 400
    with pytest.raises(Never, match="invalid_grant Token has been revoked; give consent again"):
        await imap.source(mailbox, oauth2=refresh(token_server)).run(None, Kept(), asyncio.Event())


async def test_a_token_server_that_is_down_is_waited_for(mailbox: Mailbox, token_server: TokenServer) -> None:
    token_server.status = 503
    mailbox.append([message(1)])
    kept, source = Kept(), imap.source(mailbox, oauth2=refresh(token_server))
    async with following(source, kept):
        async with asyncio.timeout(5):
            while "status 503" not in source.status.fault:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        token_server.status = 200
        await kept.wait_for(1)


async def test_a_command_gives_the_token(mailbox: Mailbox, tmp_path: Path) -> None:
    mailbox.append([message(1)])
    (tmp_path / "token").write_text(token(mailbox.address) + "\n")
    kept = Kept()
    async with following(imap.source(mailbox, oauth2=OAuth2Settings(command=f"cat {tmp_path}/token")), kept):
        await kept.wait_for(1)


async def test_a_command_that_is_not_there_is_raised(mailbox: Mailbox) -> None:
    with pytest.raises(Never, match="cannot be run"):
        await imap.source(mailbox, oauth2=OAuth2Settings(command="/no/such/program")).run(None, Kept(), asyncio.Event())


async def test_a_command_that_fails_is_run_again(mailbox: Mailbox, tmp_path: Path) -> None:
    script = tmp_path / "give.py"
    script.write_text(f"import pathlib, sys\nprint(pathlib.Path({str(tmp_path / 'token')!r}).read_text())")
    mailbox.append([message(1)])
    kept, source = Kept(), imap.source(mailbox, oauth2=OAuth2Settings(command=f"{sys.executable} {script}"))
    async with following(source, kept):
        async with asyncio.timeout(10):
            while "gave no token (exit 1)" not in source.status.fault:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        (tmp_path / "token").write_text(token(mailbox.address))
        await kept.wait_for(1)


@pytest.mark.parametrize(
    "make",
    [
        lambda: OAuth2Settings(),
        lambda: OAuth2Settings(command="x", refresh_token="y"),
        lambda: OAuth2Settings(refresh_token="y"),
        lambda: OAuth2Settings(refresh_token="y", client_id="z", token_url="http://login.example/token"),
    ],
)
def test_oauth2_settings_that_cannot_work_are_refused(make: Callable[[], OAuth2Settings]) -> None:
    with pytest.raises(ConfigError, match="oauth2"):
        make()
