"""The configuration: each fault names the file, the key, the value and the mend."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from listbot import config
from listbot.domain.errors import ConfigError

BOT = {"address": "bot@bot.example"}
IMAP = {"kind": "imap", "host": "imap.example.org", "username": "bot", "password": "p"}
LIST = {"name": "fellows", "id": "fellows.lists.example", "address": "fellows@lists.example"}
SMTP = {"host": "smtp.example.org"}

MINIMAL = """
[bot]
address = "bot@bot.example"
"""


def settings(**tables: Any) -> config.Settings:
    return config.parse({"bot": BOT, **tables}, "listbot.toml")


def fault(**tables: Any) -> str:
    with pytest.raises(ConfigError) as caught:
        settings(**tables)
    return str(caught.value)


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("LISTBOT_"):
            monkeypatch.delenv(name)


def write(folder: Path, text: str) -> Path:
    file = folder / "listbot.toml"
    file.write_text(text, encoding="utf-8")
    return file


# --- what is right ---


def test_only_the_bots_address_must_be_given(tmp_path: Path) -> None:
    loaded = config.load(write(tmp_path, MINIMAL))
    assert loaded.bot.address == "bot@bot.example"
    assert loaded.bot.mode == "auto"
    assert loaded.source == ()
    assert loaded.smtp is None


def test_relative_paths_are_seen_from_the_folder_of_the_file(tmp_path: Path) -> None:
    text = MINIMAL + '\n[smtp]\nhost = "smtp.example.org"\nusername = "bot"\npassword_file = "smtp-password"\n'
    loaded = config.load(write(tmp_path, text))
    assert loaded.bot.secret_file == tmp_path / "secret"
    assert loaded.database.url == f"sqlite:///{tmp_path}/listbot.db"
    assert loaded.smtp is not None
    assert loaded.smtp.password_file == tmp_path / "smtp-password"


def test_absolute_paths_and_postgresql_urls_stay_as_they_are(tmp_path: Path) -> None:
    text = '[bot]\naddress = "bot@bot.example"\nsecret_file = "/etc/listbot/secret"\n[database]\nurl = "postgresql://u:p@db/x"\n'
    loaded = config.load(write(tmp_path, text))
    assert loaded.bot.secret_file == Path("/etc/listbot/secret")
    assert loaded.database.url == "postgresql://u:p@db/x"


def test_an_empty_file_name_means_none() -> None:
    assert settings(smtp={**SMTP, "ca_file": ""}).smtp.ca_file is None  # type: ignore[union-attr]


def test_domains_of_addresses_are_lower_case_and_local_parts_are_kept() -> None:
    assert config.parse({"bot": {"address": "Bot@BOT.Example"}}, "f").bot.address == "Bot@bot.example"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_plain_connections_are_allowed_to_this_machine(host: str) -> None:
    loaded = settings(source=[{**IMAP, "host": host, "tls": "none"}], smtp={"host": host, "tls": "none"})
    assert loaded.smtp is not None
    assert loaded.smtp.tls == "none"


def test_the_default_file_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.default_path() == Path("listbot.toml")
    monkeypatch.setenv("LISTBOT_CONFIG", str(write(tmp_path, MINIMAL)))
    assert config.load().bot.address == "bot@bot.example"


# --- the environment over the file ---


def test_a_variable_is_laid_over_the_files_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTBOT_BOT__MODE", "shadow")
    monkeypatch.setenv("LISTBOT_SMTP__HOST", "mail.example.org")
    monkeypatch.setenv("LISTBOT_SMTP__PER_MINUTE", "7")
    loaded = config.load(write(tmp_path, MINIMAL))
    assert loaded.bot.mode == "shadow"
    assert loaded.smtp is not None
    assert (loaded.smtp.host, loaded.smtp.per_minute) == ("mail.example.org", 7)


def test_a_variable_reaches_the_nth_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = MINIMAL + '\n[[source]]\nkind = "imap"\nhost = "imap.example.org"\nusername = "bot"\n'
    monkeypatch.setenv("LISTBOT_SOURCE__0__PASSWORD", "from the environment")
    (source,) = config.load(write(tmp_path, text)).source
    assert isinstance(source, config.ImapSource)
    assert source.password == "from the environment"


def test_several_moderators_are_separated_by_commas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTBOT_WEB__MODERATORS", "a@mods.example, b@mods.example")
    assert config.load(write(tmp_path, MINIMAL)).web.moderators == ("a@mods.example", "b@mods.example")


def test_a_variable_for_a_source_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = MINIMAL + '\n[[source]]\nkind = "maildir"\npath = "/var/mail/bot"\n'
    monkeypatch.setenv("LISTBOT_SOURCE__3__PATH", "x")
    with pytest.raises(ConfigError, match=r"LISTBOT_SOURCE__3__PATH.*no table number 3.*count from 0"):
        config.load(write(tmp_path, text))


# --- what is wrong ---


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file.*listbot init.*--config"):
        config.load(tmp_path / "absent.toml")


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path)


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"not valid TOML.*line 2"):
        config.load(write(tmp_path, "[bot]\naddress = bot\n"))


def test_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    file = tmp_path / "listbot.toml"
    file.write_bytes(b'[bot]\nname = "\xff"\n')
    with pytest.raises(ConfigError, match="not UTF-8"):
        config.load(file)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"bot": {}}, ["bot.address", "is missing"]),
        ({"bot": {"address": "nobody"}}, ["bot.address = 'nobody'", "not an e-mail address", "bot@bot.example"]),
        ({"bot": {**BOT, "mode": "loud"}}, ["bot.mode = 'loud'", "'shadow', 'approve' or 'auto'"]),
        ({"bot": {**BOT, "timezone": "Mars/Base"}}, ["bot.timezone", "'Mars/Base'", "America/New_York"]),
        ({"bot": {**BOT, "colour": "red"}}, ["bot.colour", "not a known key"]),
        ({"database": {"url": "mysql://x"}}, ["database", "sqlite:/// or postgresql://"]),
        ({"source": [{"kind": "pop3"}]}, ["source.0", "imap", "maildir", "lmtp"]),
        ({"source": [{**IMAP, "port": 70000}]}, ["source.0.port = 70000", "65535"]),
        ({"source": [{**IMAP, "tls": "starttls"}]}, ["source.0.tls = 'starttls'", "no STARTTLS", "implicit", "993"]),
        ({"source": [{**IMAP, "tls": "none"}]}, ["source.0", "loopback only", 'tls = "implicit"']),
        ({"source": [{k: v for k, v in IMAP.items() if k != "password"}]}, ["source.0", "password, password_file or oauth2"]),
        ({"source": [{**IMAP, "oauth2": {}}]}, ["source.0.oauth2", "token_command", "refresh_token"]),
        ({"source": [{"kind": "lmtp", "listen": "8024"}]}, ["source.0.listen = '8024'", "HOST:PORT"]),
        ({"list": [{**LIST, "trust": "hope"}]}, ["list.0", "'hope'", "authentication-results:HOST"]),
        ({"list": [{**LIST, "trust": "secret-header"}]}, ["list.0", "X-Name: value"]),
        ({"list": [LIST, LIST]}, ["two lists have the same name"]),
        ({"smtp": {**SMTP, "tls": "none"}}, ["smtp", "loopback only", 'tls = "starttls"']),
        ({"smtp": {**SMTP, "username": "bot"}}, ["smtp", "password, password_file or oauth2"]),
        ({"smtp": {**SMTP, "per_minute": 0}}, ["smtp.per_minute = 0"]),
        ({"web": {"listen": "everywhere"}}, ["web.listen = 'everywhere'", "127.0.0.1:8080"]),
        ({"web": {"moderators": ["m"]}}, ["web.moderators.0 = 'm'", "not an e-mail address"]),
    ],
)
def test_a_fault_names_file_key_value_and_mend(tables: dict[str, Any], words: list[str]) -> None:
    message = fault(**tables)
    assert message.startswith("listbot.toml: ")
    assert len(message.splitlines()) == 1
    for word in words:
        assert word in message


def test_all_faults_are_told_at_once_one_a_line() -> None:
    lines = fault(bot={"address": "x", "mode": "y"}, smtp={"port": 1}).splitlines()
    assert [line.split(":")[1].split("=")[0].strip() for line in lines] == ["bot.address", "bot.mode", "smtp.host"]


def test_a_secret_is_never_shown_in_a_fault() -> None:
    assert "hunter2" not in fault(smtp={**SMTP, "password": ["hunter2"]})
    assert "hunter2" not in fault(source=[{**IMAP, "password": ["hunter2"]}])


@pytest.mark.parametrize("name", ["", "bot.example", "localhost", "[192.0.2.1]", "[IPv6:2001:db8::1]"])
def test_the_name_said_at_ehlo_is_a_host_or_an_address_in_brackets(name: str) -> None:
    smtp = settings(smtp=SMTP | {"hello": name}).smtp
    assert smtp is not None
    assert smtp.hello == name


@pytest.mark.parametrize("name", ["two words", "bot.example\r\nMAIL FROM:<x>", "-bot", "https://bot.example"])
def test_anything_else_said_at_ehlo_is_refused_with_the_key(name: str) -> None:
    assert "smtp.hello" in fault(smtp=SMTP | {"hello": name})


# --- secrets ---


def test_a_secret_comes_from_its_value_or_else_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("from the file\n")
    assert config.secret_of("given", file, "smtp") == "given"
    assert config.secret_of("", file, "smtp") == "from the file"
    assert config.secret_of("", None, "smtp") == ""


def test_a_secret_file_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"smtp.password.*absent cannot be read.*mode 600"):
        config.secret_of("", tmp_path / "absent", "smtp.password")


def test_a_secret_file_with_nothing_in_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "password").touch()
    with pytest.raises(ConfigError, match=r"smtp.password_file: .*password is empty; write the secret into it"):
        config.secret_of("", tmp_path / "password", "smtp.password_file")


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    config.write_secret(file)
    made = file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(bytes.fromhex(made)) == 32
    config.write_secret(file)
    assert file.read_text() == made


def test_the_shipped_folders_are_found_in_a_checkout() -> None:
    for name in ("rules", "templates", "migrations"):
        assert config.shipped(name).is_dir()  # type: ignore[arg-type]
