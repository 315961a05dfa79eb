"""A Dovecot of the tests' own: IMAP, IMAPS, LMTP, plus-addressing, Sieve vacations, XOAUTH2 by local tokens.

`bot@bot.example` and every address at alumni.example and fellows.example exist, with the password "secret"; `nobody*` does not
(LMTP: 550), `ooo*` is out of office (RFC 5230). A mailbox is made when it is first used.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import imaplib
import json
import os
import pwd
import re
import smtplib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.certificates import Certificates
from tests.servers.process import HOST, alive, children, free_ports, kill, read_pid, run, stop, wait_for_port

PASSWORD = "secret"
BOT = "bot@bot.example"
PACKAGES = "dovecot-imapd dovecot-lmtpd dovecot-sieve openssl"
PROGRAMS = ("dovecot", "doveadm", "lmtp", "openssl")
_TOKEN_KEY = b"listbot-test-key-that-is-long-enough-for-hs256"

_SIEVE = """\
require ["envelope", "vacation", "variables"];
if envelope :localpart :matches "to" "ooo*" {
  vacation :days 0 :subject "Out of office until Monday"
    "I am away until Monday and read mail rarely.  For urgent matters ask the office.";
}
"""

_CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = listbot-test
log_path = {folder}/dovecot.log
log_timestamp = "%Y-%m-%d %H:%M:%S.%{{usecs}} "
protocols = imap lmtp
listen = 127.0.0.1
hostname = mail.bot.example
postmaster_address = postmaster@bot.example
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
first_valid_gid = 1
mail_home = {folder}/mail/%Ld/%Ln
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
auth_username_format = %Lu
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
mail_fsync = never
disable_plaintext_auth = no
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
submission_host = 127.0.0.1:{submission_port}
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf.ext
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu {folder}/users
}}
passdb {{
  driver = static
  args = password={password}
  username_filter = *@alumni.example *@fellows.example !nobody*
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%Ld/%Ln
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {sasl_port}
  }}
}}
# no growing delays after wrong passwords
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:~/sieve;active=~/.dovecot.sieve
  sieve_before = {folder}/before.sieve
  sieve_vacation_min_period = 0
  sieve_vacation_send_from_recipient = no
}}
"""


def token(user: str, ttl: float = 3600) -> str:
    """A JWT the tests' Dovecot accepts for XOAUTH2 during `ttl` seconds; a negative one has expired."""
    now = int(time.time())
    claims = {"sub": user, "email": user, "iat": now - 5, "nbf": now - 5, "exp": now + int(ttl)}
    body = b".".join(_base64url(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return (body + b"." + _base64url(hmac.new(_TOKEN_KEY, body, hashlib.sha256).digest())).decode()


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


class Dovecot:
    """One server. `folder` must be short: Unix sockets live in it (70 characters at most)."""

    def __init__(self, folder: Path, certificates: Certificates, submission_port: int) -> None:
        self.folder = folder
        self.ca_file = certificates.ca
        self.imap_port, self.imaps_port, self.lmtp_port, self.sasl_port = free_ports(4)
        self.config = folder / "dovecot.conf"
        self._mailboxes = 0
        mail = pwd.getpwnam("mail")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mail").mkdir()
        os.chown(folder / "mail", mail.pw_uid, mail.pw_gid)
        ports = {name: getattr(self, name) for name in ("imap_port", "imaps_port", "lmtp_port", "sasl_port")}
        self.config.write_text(
            _CONFIGURATION.format(
                folder=folder, certificate=certificates.certificate, key=certificates.key, password=PASSWORD,
                submission_port=submission_port, **ports,
            )
        )  # fmt: skip
        # one database that nobody is filtered out of: else an unknown user is a temporary error instead of a 550
        (folder / "users").write_text(f"{BOT}:{PASSWORD}::::::\n")
        keys = folder / "keys/default/HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_text(base64.b64encode(_TOKEN_KEY).decode())
        (folder / "oauth2.conf.ext").write_text(
            "introspection_mode = local\nusername_attribute = email\n"
            f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
        )
        (folder / "before.sieve").write_text(_SIEVE)
        run("sievec", "-c", self.config, folder / "before.sieve")

    def start(self) -> None:
        run("dovecot", "-c", self.config)
        for port in (self.imap_port, self.imaps_port, self.lmtp_port, self.sasl_port):
            wait_for_port(port, f"dovecot, see {self.folder}/dovecot.log")
        self._wait_for_login()

    def stop(self) -> None:
        """Established IMAP sessions outlive Dovecot's master; a real restart ends them, so they are ended too."""
        pid = read_pid(self.folder / "run/master.pid")
        family = children(pid) if pid and alive(pid) else []
        stop(pid)
        for child in family:
            stop(child, 3)

    def kill(self) -> None:
        """As a power cut would."""
        pid = read_pid(self.folder / "run/master.pid")
        for each in (pid, *(children(pid) if pid else ())):
            kill(each)
        (self.folder / "run/master.pid").unlink(missing_ok=True)

    def restart(self) -> None:
        self.stop()
        self.start()

    def doveadm(self, *arguments: str) -> str:
        return run("doveadm", "-c", self.config, *arguments)

    def new_mailbox(self, domain: str = "alumni.example") -> Mailbox:
        """A mailbox nobody has used yet."""
        self._mailboxes += 1
        return Mailbox(self, f"member{self._mailboxes}@{domain}")

    def _wait_for_login(self, seconds: float = 15) -> None:
        """The port opens before the authentication process is known to work."""
        end = time.monotonic() + seconds
        while True:
            try:
                with imaplib.IMAP4(HOST, self.imap_port, timeout=5) as client:
                    client.login(BOT, PASSWORD)
                return
            except (OSError, imaplib.IMAP4.error) as error:
                if time.monotonic() > end:
                    raise RuntimeError(f"dovecot: no login: {error}; see {self.folder}/dovecot.log") from error
                time.sleep(0.1)


@dataclass(frozen=True)
class Mailbox:
    """One account of the server, seen from outside through the standard library's own clients."""

    server: Dovecot
    address: str
    password: str = PASSWORD

    def deliver(self, *messages: bytes, sender: str = "someone@fellows.example", detail: str = "") -> None:
        """Hand messages over by LMTP, as a mail server does; `detail` makes it user+detail@."""
        recipient = self.address.replace("@", f"+{detail}@") if detail else self.address
        with smtplib.LMTP(HOST, self.server.lmtp_port) as lmtp:
            for message in messages:
                lmtp.sendmail(sender, recipient, message)

    def append(self, messages: Sequence[bytes], folder: str = "INBOX") -> None:
        """Put messages in by IMAP APPEND, byte for byte."""
        with self._client() as imap:
            for message in messages:
                status, answer = imap.append(folder, "", "", message)
                if status != "OK":
                    raise RuntimeError(f"append: {answer!r}")

    def fill(self, messages: Sequence[bytes]) -> None:
        """Put many messages in as files: as quick as the disk."""
        mail = pwd.getpwnam("mail")
        local, _, domain = self.address.partition("@")
        maildir = self.server.folder / "mail" / domain / local / "Maildir"
        for folder in (*reversed(maildir.parents[:2]), maildir, *(maildir / name for name in ("new", "cur", "tmp"))):
            folder.mkdir(exist_ok=True)
            os.chown(folder, mail.pw_uid, mail.pw_gid)
        for count, raw in enumerate(messages):
            path = maildir / "new" / f"{int(time.time())}.M{count:06}P1.host"
            path.write_bytes(raw)
            os.chown(path, mail.pw_uid, mail.pw_gid)

    def messages(self, folder: str = "INBOX") -> list[bytes]:
        """Every message, oldest first; nothing is marked."""
        with self._client(folder) as imap:
            _, parts = imap.uid("FETCH", "1:*", "(BODY.PEEK[])")
            return [part[1] for part in parts if isinstance(part, tuple)]

    def wait_for(self, count: int, seconds: float = 15, folder: str = "INBOX") -> list[bytes]:
        """The messages, once there are `count`. Blocks: beside a running loop use `asyncio.to_thread`."""
        end = time.monotonic() + seconds
        while len(messages := self.messages(folder)) < count:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.address}: {len(messages)} messages instead of {count} after {seconds} s")
            time.sleep(0.05)
        return messages

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """The flags of each message, oldest first, without Recent."""
        with self._client(folder) as imap:
            _, lines = imap.fetch("1:*", "(FLAGS)")
            return [set(re.findall(r"\\?\w+", _flag_list(line))) - {"\\Recent"} for line in lines if isinstance(line, bytes)]

    def expunge(self, uids: str = "1:*", folder: str = "INBOX") -> None:
        with self._client(folder, readonly=False) as imap:
            imap.uid("STORE", uids, "+FLAGS.SILENT", "(\\Deleted)")
            imap.expunge()

    def make_new_uidvalidity(self, folder: str = "INBOX") -> int:
        """Give the folder another UIDVALIDITY, as a restored or rebuilt mailbox has; returns it."""
        validity = int(time.time()) + 1000
        local, _, domain = self.address.partition("@")
        maildir = self.server.folder / "mail" / domain / local / "Maildir"
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        header, *rest = (maildir / "dovecot-uidlist").read_text().split("\n")
        (maildir / "dovecot-uidlist").write_text("\n".join([re.sub(r"V\d+", f"V{validity}", header), *rest]))
        return validity

    def _client(self, folder: str = "INBOX", readonly: bool = True) -> imaplib.IMAP4:
        client = imaplib.IMAP4(HOST, self.server.imap_port, timeout=30)
        client.login(self.address, self.password)
        client.select(folder, readonly=readonly)
        return client


def _flag_list(line: bytes) -> str:
    found = re.search(rb"FLAGS \(([^)]*)\)", line)
    return found[1].decode() if found else ""
