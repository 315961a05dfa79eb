"""Accredited representatives appear where 8 CFR 1292.1(a)(4) lets them, and only for their organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case

_NAMES = {
    "uscis": "DHS",
    "immigration_court": "the immigration courts",
    "state_court": "state courts",
    "federal_court": "federal courts",
    "bia": "the Board of Immigration Appeals",
    "ice": "ICE",
    "consulate": "consulates",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Accreditation(Limit):
    """Each relief of the need can be sought somewhere this kind of taker may appear."""

    may_appear: Mapping[TakerKind, frozenset[str]] = field(
        metadata=about("for each kind of taker, where it may appear: uscis, immigration_court, state_court, federal_court")
    )

    def concerns(self, case: Case) -> bool:
        """See `Limit`."""
        return bool(case.forums)

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        kind = candidate.taker.kind
        allowed = self.may_appear.get(kind)
        if allowed is None:
            return None
        beyond = next((forums for forums in case.forums if not forums & allowed), None)
        if beyond is None:
            return None
        where = " or ".join(_NAMES.get(f, f) for f in sorted(beyond))
        *others, last = sorted(_NAMES.get(f, f) for f in allowed) or ["nobody"]
        only = f"{', '.join(others)} and {last}" if others else last
        return f"the case goes before {where}; {kind.value.replace('_', ' ')} representatives appear only before {only}"
