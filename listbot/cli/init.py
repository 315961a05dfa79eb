"""`listbot init`: a starting configuration, a secret and a copy of the rules."""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from listbot.cli.common import note
from listbot.domain.errors import ConfigError

TEMPLATE = """\
# The whole file is explained in docs/configuration.md. Every value can also come from the environment,
# for instance LISTBOT_SMTP__PASSWORD or LISTBOT_SOURCE__0__PASSWORD.

[bot]
name = "Referral bot"
address = "{address}"        # {local}+anything@{domain} must reach the same mailbox
mode = "shadow"                     # shadow: only moderators get mail | approve: they release each ask | auto
timezone = "{timezone}"
secret_file = "secret"              # signs tokens; keep it with your backups
rules = "rules"                     # until `listbot rules apply rules` makes a version of it

[database]
url = "sqlite:///listbot.db"        # or postgresql://user:password@host/database

[[source]]
kind = "imap"
host = "{imap_host}"
port = {imap_port}
tls = "{imap_tls}"                   # implicit | none (loopback only)
username = "{username}"
password_file = "imap-password"     # or password = "…", or a table [source.oauth2]
mailbox = "INBOX"

[[list]]
name = "{list_name}"
id = "{list_id}"                    # the List-Id header of a post, between < and >
address = "{list_address}"
trust = "list-id"                   # list-id | authentication-results:HOST | secret-header

[smtp]
host = "{smtp_host}"
port = {smtp_port}
tls = "{smtp_tls}"                   # starttls | implicit | none (loopback only)
username = "{username}"
password_file = "smtp-password"
per_minute = 120

[web]
listen = "127.0.0.1:8080"
base_url = ""                       # empty: no links in mail, answers by reply only
moderators = ["{moderator}"]
"""

QUESTIONS = {
    "address": ("The bot's own address", "bot@bot.example"),
    "moderator": ("A moderator's address (gets what the bot is unsure of)", "moderator@example.org"),
    "list_address": ("The list's address", "fellows@lists.example"),
    "list_id": ("The list's List-Id", "fellows.lists.example"),
    "imap_host": ("IMAP server", "imap.example.org"),
    "smtp_host": ("SMTP server", "smtp.example.org"),
    "username": ("Login name on both", "bot"),
}


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path(),
    address: Annotated[str, typer.Option(help="The bot's own address.")] = "",
    moderator: Annotated[str, typer.Option(help="A moderator's address.")] = "",
    list_address: Annotated[str, typer.Option(help="The list's address.")] = "",
    list_id: Annotated[str, typer.Option(help="The list's List-Id.")] = "",
    imap_host: Annotated[str, typer.Option(help="IMAP server.")] = "",
    imap_port: Annotated[int, typer.Option(help="IMAP port.")] = 993,
    smtp_host: Annotated[str, typer.Option(help="SMTP server.")] = "",
    smtp_port: Annotated[int, typer.Option(help="SMTP port.")] = 587,
    username: Annotated[str, typer.Option(help="Login name on both.")] = "",
    timezone: Annotated[str, typer.Option(help="The network's time zone.")] = "America/New_York",
    defaults: Annotated[bool, typer.Option("--defaults", help="Ask nothing; take examples for what is not given.")] = False,
) -> None:
    """Write listbot.toml, a secret, empty password files and a copy of the rules; nothing that exists is overwritten."""
    given = {
        "address": address,
        "moderator": moderator,
        "list_address": list_address,
        "list_id": list_id,
        "imap_host": imap_host,
        "smtp_host": smtp_host,
        "username": username,
    }
    target = folder / "listbot.toml"
    if target.exists():
        raise ConfigError(f"{target}: exists already; edit it, or name another folder")
    values = _answers(given, defaults)
    local, _, domain = values["address"].rpartition("@")
    text = TEMPLATE.format(
        **values,
        local=local,
        domain=domain,
        timezone=timezone,
        list_name=values["list_id"].partition(".")[0],
        imap_port=imap_port,
        smtp_port=smtp_port,
        imap_tls=_tls(values["imap_host"], imap_port, 143, "implicit"),
        smtp_tls="implicit" if smtp_port == 465 else _tls(values["smtp_host"], smtp_port, 25, "starttls"),
    )
    _write(folder, target, text)
    note(
        f"wrote {target}\n"
        f"next: put the passwords into {folder / 'imap-password'} and {folder / 'smtp-password'}, then\n"
        f"  listbot doctor --config {target}"
    )


def _answers(given: dict[str, str], defaults: bool) -> dict[str, str]:
    """Every value: as given, else an example with `defaults`, else asked for. Raises ConfigError where nobody can be asked."""
    open_ = [key for key in QUESTIONS if not given[key]]
    if open_ and not defaults and not sys.stdin.isatty():
        flags = ", ".join(_flag(key) for key in open_)
        raise ConfigError(f"there is no terminal to ask at; give {flags}, or --defaults for examples")
    values = {
        key: given[key] or (example if defaults else _ask(question, example)) for key, (question, example) in QUESTIONS.items()
    }
    for key, value in values.items():
        if set(value) & set('"\\\n\r'):
            raise ConfigError(f"{_flag(key)} {value!r}: has a quotation mark, a backslash or a line's end in it; leave it out")
    return values


def _ask(question: str, example: str) -> str:
    answer: str = typer.prompt(question, default=example, err=True)
    return answer


def _flag(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _tls(host: str, port: int, plain_port: int, usual: str) -> str:
    from listbot.domain.hosts import is_loopback

    return "none" if is_loopback(host) and port == plain_port else usual


def _write(folder: Path, target: Path, text: str) -> None:
    from listbot import config

    config.parse(tomllib.loads(text), str(target))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("imap-password", "smtp-password"):
        (folder / name).touch(mode=0o600)
    config.write_secret(folder / "secret")
    if not (folder / "rules").exists():
        shutil.copytree(config.shipped("rules"), folder / "rules")
    target.write_text(text, encoding="utf-8")
