"""A certificate authority of the tests' own, and one server certificate for localhost and 127.0.0.1."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import run

_CA = """\
[req]
distinguished_name=dn
prompt=no
x509_extensions=ext
[dn]
CN=listbot test CA
[ext]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""
_LEAF = """\
[req]
distinguished_name=dn
prompt=no
[dn]
CN=mail.bot.example
[ext]
basicConstraints=CA:FALSE
keyUsage=digitalSignature,keyEncipherment
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,DNS:mail.bot.example,IP:127.0.0.1
"""
_EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files."""

    ca: Path
    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        return context


def make(folder: Path) -> Certificates:
    """Write a new authority and certificate into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ca.cnf").write_text(_CA)
    (folder / "leaf.cnf").write_text(_LEAF)
    ca, key, certificate = folder / "ca.pem", folder / "key.pem", folder / "cert.pem"
    run("openssl", "req", "-x509", *_EC, "-keyout", folder / "ca.key", "-out", ca, "-days", "30", "-config", folder / "ca.cnf")
    run("openssl", "req", *_EC, "-keyout", key, "-out", folder / "leaf.csr", "-config", folder / "leaf.cnf")
    run(
        "openssl", "x509", "-req", "-in", folder / "leaf.csr", "-CA", ca, "-CAkey", folder / "ca.key", "-CAcreateserial",
        "-days", "30", "-out", certificate, "-extfile", folder / "leaf.cnf", "-extensions", "ext",
    )  # fmt: skip
    return Certificates(ca, certificate, key)
