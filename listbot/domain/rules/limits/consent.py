"""Nobody is asked without a recorded consent."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.base import Limit, about
from listbot.domain.rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Limit):
    """The taker has agreed to be asked, on a day that is on record and not too long ago."""

    valid_years: int = field(default=0, metadata=about("years a consent lasts; 0: until withdrawn"))

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """See `Limit`."""
        given = candidate.taker.consent_at
        if given is None:
            return "no consent to be asked is recorded"
        if given > case.today:
            return f"the consent recorded begins on {given}"
        if self.valid_years and (case.today - given).days > self.valid_years * 365.25:
            return f"the consent of {given} is more than {self.valid_years} years old"
        return None
