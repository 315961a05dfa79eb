"""A Postfix of the tests' own in front of the tests' Dovecot: port 25, and submission with STARTTLS and SASL.

At alumni.example and fellows.example some local parts are refused at RCPT: reject* 550, defer* 450, full* 552, policy* 550 5.7.1;
`nobody*` is accepted and bounced later (a DSN), `ooo*` answers as being out of office. bot.example delivers to the bot;
mail to intake.example is handed by LMTP to whatever listens on `intake_port`, tried again after 5 s.
"""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot
from tests.servers.process import free_ports, read_pid, run, stop, wait_for_port

PACKAGES = "postfix (debconf: No configuration)"
PROGRAMS = ("postfix", "postsuper")

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
syslog_name = postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.bot.example
mydomain = bot.example
myorigin = bot.example
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:5.1.1 no local delivery in this test
default_transport = error:5.4.4 no delivery outside this test
virtual_mailbox_domains = bot.example, alumni.example, fellows.example
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
relay_domains = intake.example
relay_recipient_maps =
transport_maps = inline:{{ intake.example=lmtp:inet:127.0.0.1:{intake_port} }}
recipient_delimiter = +
# as an Internet MX does: no Message-ID or Date added to mail from outside; the submission port does add them
local_header_rewrite_clients =
lmtp_destination_recipient_limit = 50
smtp_dns_support_level = disabled
smtp_host_lookup = native
lmtp_host_lookup = native
smtpd_peername_lookup = no
message_size_limit = 52428800
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl_port}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/etc/recipient_access
smtpd_sender_login_maps = regexp:{folder}/etc/sender_login
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_hard_error_limit = 100
smtpd_soft_error_limit = 50
queue_run_delay = 5s
minimal_backoff_time = 5s
maximal_backoff_time = 30s
maximal_queue_lifetime = 1h
bounce_queue_lifetime = 1h
default_process_limit = 50
"""

_MASTER = """\
127.0.0.1:{smtp_port} inet n - n - - smtpd
127.0.0.1:{submission_port} inet n - n - - smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_tls_auth_only=yes
  -o local_header_rewrite_clients=permit_sasl_authenticated
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o smtpd_sender_restrictions=reject_authenticated_sender_login_mismatch
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

_RECIPIENT_ACCESS = r"""/^reject.*@(alumni|fellows)\.example$/    550 5.1.1 User unknown here
/^defer.*@(alumni|fellows)\.example$/     450 4.2.1 Mailbox busy, try again later
/^full.*@(alumni|fellows)\.example$/      552 5.2.2 Mailbox full
/^policy.*@(alumni|fellows)\.example$/    550 5.7.1 Rejected by policy
"""

# an account may send as itself and as itself+anything
_SENDER_LOGIN = "/^([^+@]+)(\\+[^@]*)?(@.*)$/ ${1}${3}\n"


class Postfix:
    """One server; log in at `submission_port` as an account of the Dovecot behind it."""

    def __init__(self, folder: Path, dovecot: Dovecot, certificates: Certificates, smtp_port: int, submission_port: int) -> None:
        self.folder = folder
        self.smtp_port, self.submission_port = smtp_port, submission_port
        (self.intake_port,) = free_ports(1)
        self.ca_file = certificates.ca
        self.config = folder / "etc"
        owner = pwd.getpwnam("postfix").pw_uid
        for name in ("etc", "spool", "data"):
            (folder / name).mkdir(parents=True)
        os.chown(folder / "data", owner, -1)
        main = _MAIN.format(
            folder=folder, certificate=certificates.certificate, key=certificates.key,
            lmtp_port=dovecot.lmtp_port, intake_port=self.intake_port, sasl_port=dovecot.sasl_port,
        )  # fmt: skip
        (self.config / "main.cf").write_text(main)
        (self.config / "master.cf").write_text(_MASTER.format(smtp_port=smtp_port, submission_port=submission_port))
        (self.config / "recipient_access").write_text(_RECIPIENT_ACCESS)
        (self.config / "sender_login").write_text(_SENDER_LOGIN)

    def start(self) -> None:
        run("postfix", "-c", self.config, "start")
        for port in (self.smtp_port, self.submission_port):
            wait_for_port(port, f"postfix, see {self.folder}/maillog")

    def stop(self) -> None:
        run("postfix", "-c", self.config, "stop", check=False)
        stop(read_pid(self.folder / "spool/pid/master.pid"))

    def restart(self) -> None:
        self.stop()
        self.start()

    def empty_queue(self) -> None:
        run("postsuper", "-c", self.config, "-d", "ALL")
