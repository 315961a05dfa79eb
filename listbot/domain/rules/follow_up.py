"""What is done between a yes and the end of a need, and when."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.rules.base import about


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Questions, alarms and words to those who were asked."""

    settled_days: tuple[float, ...] = field(
        default=(3, 10), metadata=about("working days after a yes at which the fellow is asked whether it is settled", least=1)
    )
    alarm_hours: float = field(
        default=16, metadata=about("working hours before the deadline at which nobody's yes is an alarm", least=0)
    )
    told_days: float = field(
        default=14, metadata=about("when a case is placed, those asked within so many days and silent are told", least=0)
    )
    heard_hours: float = field(
        default=8, metadata=about("working hours without a new wave after somebody offered help on the list", least=0)
    )
    unclear_hours: float = field(
        default=8,
        metadata=about(
            "working hours for which a fellow who was asked what a reply means is waited for, before a moderator sees it", least=0
        ),
    )
    silent_days: float = field(default=4, metadata=about("days after which an ask counts as not answered", least=1))
    old_days: float = field(
        default=120, metadata=about("days after which a yes to an ask is shown to a moderator first", least=1)
    )
