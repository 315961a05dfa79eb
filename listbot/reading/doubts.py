"""What is doubtful about one client's need, in words that a moderator understands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from listbot.domain.reading import DateRole, Need
from listbot.reading.clients import Clients
from listbot.reading.date_roles import BINDING_ROLES, RoledDate
from listbot.reading.place_roles import RoledPlace

FAINT_DATE = 0.3
"""Strength below which the role of a date is a guess."""
RIVAL = 0.75
"""How near, as a share of the chosen place's strength, a place in another state comes before the choice is doubtful."""


def doubts_of(
    need: Need,
    chosen: Sequence[RoledPlace],
    places: Sequence[RoledPlace],
    dates: Sequence[RoledDate],
    clients: Clients,
    today: date,
) -> tuple[str, ...]:
    """Reasons for a moderator to look; none where the reading is plain."""
    told = {
        "where help is needed is not clear": not need.states,
        "the state of a place is not clear": len(need.states) > 1 and any(p.mention.spot is None for p in chosen),
        "which of the places is meant is not clear": _has_rival(need, chosen, places),
        clients.doubt: bool(clients.doubt),
        "what help is needed is not clear": not need.relief,
        "what a date is for is not clear": _has_faint_date(need, dates, today),
    }
    return tuple(reason for reason, doubtful in told.items() if doubtful)


def _has_rival(need: Need, chosen: Sequence[RoledPlace], places: Sequence[RoledPlace]) -> bool:
    """Whether another state's place stands there as one of need nearly as plainly."""
    if any(p.mention.kind == "facility" for p in chosen):
        return False
    strongest = max((p.strength for p in chosen), default=0.0)
    return any(
        p.role == "need" and p.mention.state and p.mention.state not in need.states and p.strength >= RIVAL * strongest
        for p in places
    )


def _has_faint_date(need: Need, dates: Sequence[RoledDate], today: date) -> bool:
    """Whether a day to come that would bind first is only guessed at, or the deadline itself is."""
    limit = need.deadline.date if need.deadline else None
    for d in dates:
        if d.day is None or d.day < today or d.role not in BINDING_ROLES or d.strength >= FAINT_DATE:
            continue
        if limit is None or d.day <= limit or (d.day == limit and d.role is not DateRole.OTHER):
            return True
    return False
