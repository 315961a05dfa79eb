"""Settings: `listbot.toml`, every value also as an environment variable (`LISTBOT_SMTP__PASSWORD`), secrets also by file.

Adapters never see Settings: `bootstrap` hands them plain values.
"""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from listbot.domain.errors import ConfigError
from listbot.domain.hosts import is_loopback

PREFIX = "LISTBOT_"
_HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[(IPv6:)?[0-9A-Fa-f.:]+\]")
"""A name or an address literal as EHLO takes it (RFC 5321, 4.1.1.1 and 4.1.3)."""


def _address(value: str) -> str:
    local, at, domain = value.rpartition("@")
    if not at or not local or not domain or any(c.isspace() for c in value):
        raise ValueError(f"{value!r} is not an e-mail address; write it like bot@bot.example")
    return f"{local}@{domain.lower()}"


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone; write one like America/New_York") from None
    return value


def _listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 <= int(port) < 65536:
        raise ValueError(f"{value!r} is no address to listen on; write HOST:PORT, for instance 127.0.0.1:8080")
    return value


def _host_name(value: str) -> str:
    if value and not _HOST_NAME.fullmatch(value):
        raise ValueError(f"{value!r} is no host name to greet with; write one like bot.example, or an address in brackets")
    return value


def _plain_tls(value: object) -> object:
    if value == "starttls":
        raise ValueError('the IMAP library has no STARTTLS; use tls = "implicit" with port 993')
    return value


Email = Annotated[str, AfterValidator(_address)]
File = Annotated[Path | None, BeforeValidator(lambda value: value or None)]
"""A path; empty means none."""


class Section(BaseModel):
    """A table of the file: unknown keys are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bot(Section):
    """Who the bot is and how far it may go on its own."""

    name: str = "Referral bot"
    address: Email
    mode: Literal["shadow", "approve", "auto"] = "auto"
    timezone: Annotated[str, AfterValidator(_zone)] = "America/New_York"
    secret_file: Path = Path("secret")
    authentication_host: str = ""  #: the own mail host, as it calls itself in Authentication-Results; empty trusts none
    rules: File = None  #: a folder of rules that hold until a version is applied; None: the shipped ones


class Database(Section):
    """Where the rows are."""

    url: str = "sqlite:///listbot.db"

    @model_validator(mode="after")
    def _known(self) -> Database:
        if not self.url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("url must begin with sqlite:/// or postgresql://")
        return self


class OAuth2(Section):
    """XOAUTH2: a command that prints a token, or a refresh token and where to trade it."""

    token_command: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    client_secret_file: File = None
    refresh_token: str = ""
    refresh_token_file: File = None
    scope: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> OAuth2:
        refresh = self.token_url and (self.refresh_token or self.refresh_token_file)
        if bool(self.token_command) == bool(refresh):
            raise ValueError("give either token_command, or token_url with refresh_token (or refresh_token_file)")
        return self


class ImapSource(Section):
    """A mailbox read by IMAP."""

    kind: Literal["imap"]
    host: str
    port: int = Field(993, ge=1, le=65535)
    tls: Annotated[Literal["implicit", "none"], BeforeValidator(_plain_tls)] = "implicit"
    ca_file: File = None
    username: str
    password: str = ""
    password_file: File = None
    oauth2: OAuth2 | None = None
    mailbox: str = "INBOX"
    poll_seconds: int | None = Field(None, ge=1)  #: set: ask so often instead of using IDLE
    mark_seen: bool = False
    move_to: str = ""

    @property
    def name(self) -> str:
        """What the journal calls it: the same as long as it is the same mailbox."""
        return f"imap:{self.username}@{self.host}:{self.port}/{self.mailbox}"

    @model_validator(mode="after")
    def _safe(self) -> ImapSource:
        if self.tls == "none" and not is_loopback(self.host):
            raise ValueError('tls = "none" is for loopback only; use tls = "implicit"')
        if not (self.password or self.password_file or self.oauth2):
            raise ValueError("give password, password_file or oauth2")
        return self


class MaildirSource(Section):
    """A Maildir that a local mail server fills."""

    kind: Literal["maildir"]
    path: Path
    poll_seconds: int = Field(5, ge=1)

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return f"maildir:{self.path}"


class LmtpSource(Section):
    """A listener to which a mail server hands messages over (RFC 2033)."""

    kind: Literal["lmtp"]
    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8024"

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return f"lmtp:{self.listen}"


Source = Annotated[ImapSource | MaildirSource | LmtpSource, Field(discriminator="kind")]


class MailingList(Section):
    """A list the bot is subscribed to, and how a post proves that it came through it."""

    name: str
    id: str
    address: Email
    trust: str = "list-id"  #: list-id | authentication-results:HOST | secret-header
    secret_header: str = ""  #: "X-Name: value" that the list host adds, for trust = "secret-header"

    @model_validator(mode="after")
    def _trust(self) -> MailingList:
        way, _, host = self.trust.partition(":")
        if not (self.trust in ("list-id", "secret-header") or (way == "authentication-results" and host)):
            raise ValueError(f"trust = {self.trust!r} is unknown; use list-id, authentication-results:HOST or secret-header")
        if (self.trust == "secret-header") != bool(self.secret_header):
            raise ValueError('secret_header = "X-Name: value" goes with trust = "secret-header"')
        return self


class Smtp(Section):
    """The server through which mail leaves."""

    host: str
    port: int = Field(587, ge=1, le=65535)
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    ca_file: File = None
    username: str = ""
    password: str = ""
    password_file: File = None
    oauth2: OAuth2 | None = None
    per_minute: int = Field(120, ge=1)
    per_host_minute: int = Field(60, ge=1)  #: to one recipient domain
    connections: int = Field(4, ge=1, le=32)
    hello: Annotated[str, AfterValidator(_host_name)] = ""  #: said at EHLO; empty: this machine's own name
    unsure_after_minutes: int = Field(15, ge=0)  #: how long a cut after DATA is looked at before it is sent again

    @model_validator(mode="after")
    def _safe(self) -> Smtp:
        if self.tls == "none" and not is_loopback(self.host):
            raise ValueError('tls = "none" is for loopback only; use tls = "starttls"')
        if self.username and not (self.password or self.password_file or self.oauth2):
            raise ValueError("with a username, give password, password_file or oauth2")
        return self


class Brakes(Section):
    """Letters at most; beyond them they wait for a moderator."""

    person_day: int = Field(10, ge=1)  #: to one person in a day, moderators excepted
    need_day: int = Field(250, ge=1)  #: about one need in a day
    hour: int = Field(2000, ge=1)  #: in all in an hour


class Web(Section):
    """Pages and links."""

    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:8080"
    base_url: str = ""
    moderators: tuple[Email, ...] = ()


class Settings(Section):
    """Everything `listbot.toml` may hold."""

    bot: Bot
    database: Database = Database()
    source: tuple[Source, ...] = ()
    list: tuple[MailingList, ...] = ()
    smtp: Smtp | None = None
    brakes: Brakes = Brakes()
    web: Web = Web()

    @model_validator(mode="after")
    def _apart(self) -> Settings:
        names = [x.name for x in self.list]
        if len(set(names)) < len(names):
            raise ValueError("two lists have the same name; give each its own")
        return self


def default_path() -> Path:
    """The configuration file meant when none is named."""
    return Path(os.environ.get("LISTBOT_CONFIG", "listbot.toml"))


def load(path: Path | None = None) -> Settings:
    """Read the configuration; relative paths in it are taken from its folder. Raises ConfigError, one line a fault."""
    path = path or default_path()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; write one with `listbot init`, or name yours with --config") from None
    except OSError as e:
        raise ConfigError(f"{path}: cannot be read: {e.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as e:
        raise ConfigError(f"{path}: is not valid TOML: {e}") from None
    return _anchored(parse(_overlay(data, os.environ), str(path)), path.absolute().parent)


def _overlay(data: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The file's tables with `LISTBOT_SMTP__PASSWORD` and `LISTBOT_SOURCE__0__PASSWORD` laid over them."""
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        *tables, key = name.removeprefix(PREFIX).lower().split("__")
        at: Any = data
        for table in tables:
            if isinstance(at, list):
                if not table.isdigit() or int(table) >= len(at):
                    raise ConfigError(f"environment variable {name}: the file has no table number {table} there; count from 0")
                at = at[int(table)]
            else:
                at = at.setdefault(table, {})
        at[key] = [x.strip() for x in value.split(",")] if isinstance(at.get(key), list) or key == "moderators" else value
    return data


def parse(data: dict[str, Any], name: str) -> Settings:
    """Settings of a parsed file. Raises ConfigError naming key, value and mend."""
    try:
        return Settings(**data)
    except ValidationError as e:
        raise ConfigError("\n".join(_fault(name, x) for x in e.errors(include_url=False))) from None


def _fault(name: str, error: Any) -> str:
    kinds = {"imap", "maildir", "lmtp"}
    key = ".".join(str(part) for part in error["loc"] if part not in kinds) or "file"
    value = error.get("input")
    if error["type"] == "missing":
        return f"{name}: {key}: is missing; add it"
    if error["type"] == "extra_forbidden":
        return f"{name}: {key}: is not a known key; remove it or mend its spelling"
    message = str(error["msg"]).removeprefix("Value error, ")
    secret = any(word in key for word in ("password", "secret", "token"))
    shown = "" if isinstance(value, dict) or secret else f" = {value!r}"
    return f"{name}: {key}{shown}: {message}"


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Relative paths and the SQLite file, seen from the folder of the configuration."""

    def walk(value: Any) -> Any:
        if isinstance(value, Path):
            return folder / value
        if isinstance(value, BaseModel):
            return value.model_copy(update={k: walk(getattr(value, k)) for k in type(value).model_fields})
        if isinstance(value, tuple):
            return tuple(walk(v) for v in value)
        return value

    anchored: Settings = walk(settings)
    prefix, _, file = anchored.database.url.partition("sqlite:///")
    if not prefix and file and not file.startswith("/"):
        database = anchored.database.model_copy(update={"url": f"sqlite:///{folder / file}"})
        anchored = anchored.model_copy(update={"database": database})
    return anchored


def secret_of(value: str, file: Path | None, what: str) -> str:
    """A secret given by value or by file. Raises ConfigError where the file cannot be read, or has nothing in it."""
    if value or file is None:
        return value
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as e:
        raise ConfigError(f"{what}: {file} cannot be read: {e.strerror}; write the secret into it, mode 600") from None
    if not secret:
        raise ConfigError(f"{what}: {file} is empty; write the secret into it")
    return secret


def write_secret(file: Path) -> None:
    """Make the key that signs tokens, readable by its owner alone; an existing one is kept."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32) + "\n", encoding="ascii")


def shipped(name: Literal["rules", "templates", "migrations"]) -> Path:
    """A folder that comes with the program: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    inside = here / "share" / name
    return inside if inside.is_dir() else here.parent / name
