"""Accreditation is tied to a recognised organisation."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate, TakerKind
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizedOrganization(Limit):
    """These kinds of takers act only for an organisation, so that one is on record."""

    kinds: frozenset[TakerKind] = field(metadata=about("kinds of takers who need an organisation"))

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        taker = candidate.taker
        if taker.kind not in self.kinds or taker.organization:
            return None
        return "accredited representatives act only for their recognised organisation, and none is on record"
