"""Hosts: what is this machine, and what a failed connection says."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from listbot.domain.hosts import is_loopback, obstacle


@pytest.mark.parametrize("host", ["localhost", "ip6-localhost", "127.0.0.1", "127.3.2.1", "::1"])
def test_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "localhost.example", "192.0.2.1", "0.0.0.0", "::", "imap.example.org"])
def test_any_other_machine_is_not(host: str) -> None:
    assert not is_loopback(host)


UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
UNTRUSTED.verify_message = "self-signed certificate"
SEVERAL = OSError("Multiple exceptions: [Errno 101] Connect call failed ('::1'), [Errno 111] Connect call failed ('127.0.0.1')")


@pytest.mark.parametrize(
    ("error", "what", "mend"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "refused, nothing listens there", "whether the server runs"),
        (TimeoutError(), "no answer in time", "firewall"),
        (OSError(errno.ETIMEDOUT, "x"), "no answer in time", "firewall"),
        (socket.gaierror(-2, "Name or service not known"), "the name is not known", "spelling of smtp.host"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "closed at once", "smtp.tls"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "there is no way to it", "network"),
        (ssl.SSLError(1, "wrong version number"), "no TLS with", '465 with "implicit"'),
        (UNTRUSTED, "is not trusted: self-signed certificate", "smtp.ca_file"),
        (SEVERAL, "refused, nothing listens there", "whether the server runs"),
        (OSError("odd"), "odd", "smtp.host and smtp.port"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, OSError) else "",
)
def test_each_way_to_fail_is_told_apart_and_has_its_mend(error: OSError, what: str, mend: str) -> None:
    said, to_do = obstacle("mail.example.org", 587, error, "smtp")
    assert what in said
    assert mend in to_do
    assert "mail.example.org:587" in said
