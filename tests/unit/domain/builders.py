"""Small worlds for tests: takers and needs with defaults that fit each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from listbot.adapters import rulefiles
from listbot.domain.mail import Address
from listbot.domain.reading import DateRole, Deadline, Need, Place
from listbot.domain.registry import Candidate, Standing, Taker
from listbot.domain.rules import RuleSet

NOW = datetime(2026, 1, 20, 16, 0, tzinfo=UTC)
"""A Tuesday, 11 in the morning in Charlotte."""

FELLOW = Address("fellow@clinic.example", "Fay Fellow")
CHARLOTTE = Place("Charlotte", city="Charlotte", state="NC", lat=35.23, lon=-80.84)
NOWHERE = Place("upstate somewhere")


@cache
def shipped_rules() -> RuleSet:
    """The rules that come with the program."""
    return rulefiles.load()


def candidate(id: int = 1, standing: Standing | None = None, **fields: Any) -> Candidate:
    """Somebody in Charlotte who consented and said nothing else."""
    known: dict[str, Any] = {
        "email": f"taker{id}@alumni.example",
        "name": f"Taker {id}",
        "city": "Charlotte",
        "state": "NC",
        "lat": 35.2,
        "lon": -80.8,
        "consent_at": date(2025, 6, 1),
    }
    return Candidate(id=id, taker=Taker(**(known | fields)), standing=standing or Standing())


def need(**fields: Any) -> Need:
    """An asylum case in Charlotte, nothing else said."""
    return replace(Need(places=(CHARLOTTE,), relief=("asylum",)), **fields)


def due(day: date, kind: DateRole = DateRole.FILING) -> Deadline:
    """A deadline on that day."""
    return Deadline(day, kind, f"due {day}")
