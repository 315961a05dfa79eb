"""Which domains the own mail host vouches for (RFC 8601)."""

from __future__ import annotations

from collections.abc import Sequence

import authres

PROPERTIES = {"dkim": ("header", "d"), "spf": ("smtp", "mailfrom"), "dmarc": ("header", "from")}
"""The property of each method that names the domain it passed for."""


def authenticated_domains(results: Sequence[str], host: str) -> frozenset[str]:
    """Domains with a pass of DKIM, SPF or DMARC in the topmost Authentication-Results of `host`; empty where there is none.

    Only the topmost counts: whatever stands below it may have come with the message.
    """
    for value in results:
        try:
            header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        except authres.AuthResError:
            continue
        if header.authserv_id.lower() != host.lower():
            continue
        passed = (r for r in header.results if r.result == "pass" and r.method in PROPERTIES)
        return frozenset(filter(None, map(_domain, passed)))
    return frozenset()


def _domain(result: authres.AuthenticationResult) -> str:
    kind, name = PROPERTIES[result.method]
    value = next((p.value for p in result.properties if (p.type, p.name) == (kind, name)), "")
    return str(value).rpartition("@")[2].strip("<> ").lower()
