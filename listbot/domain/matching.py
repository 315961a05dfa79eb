"""A need beside the people who could take it: who may be asked, in which order, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Somebody who may be asked. `score` 0 to 1 orders; `chance` is the estimated probability of a yes; `wave` counts from 1.

    `miles` is the distance from office to place, None where either is unknown. `reasons` are said to the taker: each a clause
    that can follow "because", without anything that identifies a client.
    """

    taker_id: int
    email: str
    score: float
    chance: float
    wave: int
    miles: float | None
    reasons: tuple[str, ...]
    name: str = ""
    fit: float = 0.0  #: what the preferences say, 0 to 1, before the chance of a yes
    zone: str = ""  #: IANA time zone of the office, "" where unknown
    organization: str = ""  #: folded, "" where there is none

    def in_wave(self, wave: int) -> Match:
        """The same in another wave: written out, as a what-if does it a hundred thousand times and `replace` takes twice as long."""
        return Match(
            taker_id=self.taker_id,
            email=self.email,
            score=self.score,
            chance=self.chance,
            wave=wave,
            miles=self.miles,
            reasons=self.reasons,
            name=self.name,
            fit=self.fit,
            zone=self.zone,
            organization=self.organization,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Somebody whom a hard limit keeps out: the rule's name, and the reason in a sentence."""

    taker_id: int
    email: str
    rule: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Everybody considered: those who may be asked, best first, and those who may not."""

    matches: tuple[Match, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    rules_version: int = 0
