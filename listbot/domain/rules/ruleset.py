"""The rule set: everything moderators can change, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listbot.domain.rules.base import Limit, Preference, about
from listbot.domain.rules.case import ReliefType
from listbot.domain.rules.outreach import Outreach, Urgency

ANY_TIME = Outreach(urgency=(Urgency(name="any time", waves=3, pause_hours=4),))
"""How people are asked where no rule says anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a moderator looks first: shares of 1."""

    hold_kind_below: float = field(default=0.7, metadata=about("confidence in the kind of a post", least=0, most=1))
    hold_plea_above: float = field(
        default=0.12, metadata=about("chance that a post read as something else is a plea after all", least=0, most=1)
    )
    hold_talk_below: float = field(default=0.5, metadata=about("confidence in a kind that is no plea", least=0, most=1))
    hold_need_below: float = field(
        default=0.6, metadata=about("confidence that a plea is read right in every point", least=0, most=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """What makes two people colleagues."""

    public_domains: frozenset[str] = field(default=frozenset(), metadata=about("mail domains that say nothing of an employer"))
    no_organization: frozenset[str] = field(
        default=frozenset(), metadata=about("what people write for an organisation when they have none: solo, self-employed")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Where a fellow can turn when nobody is left to ask. `states` and `relief` empty: everywhere, for everything."""

    name: str = field(metadata=about("what it is called"))
    description: str = field(metadata=about("what is to be had there, and how"))
    url: str = field(default="", metadata=about("public page"))
    source: str = field(default="", metadata=about("who publishes it, or what it rests on"))
    states: frozenset[str] = field(default=frozenset(), metadata=about("USPS codes; none: everywhere", of="state"))
    relief: frozenset[str] = field(default=frozenset(), metadata=about("relief ids; none: for everything", of="relief"))
    detained: bool | None = field(default=None, metadata=about("yes: for detained clients only; no: for others only"))
    minors: bool | None = field(default=None, metadata=about("yes: for children only; no: for adults only"))
    posting: bool = field(default=False, metadata=about("yes: a posting in its fields is prepared for the fellow"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of the rules. Version 0 is what came with the program."""

    version: int = 0
    limits: tuple[Limit, ...] = ()
    preferences: tuple[Preference, ...] = ()
    outreach: Outreach = ANY_TIME
    reading: Thresholds = Thresholds()
    affiliation: Affiliation = Affiliation()
    resources: tuple[Resource, ...] = ()
    reliefs: Mapping[str, ReliefType] = field(default_factory=dict, hash=False)
    files: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)  #: what they were read from

    @property
    def relief_labels(self) -> dict[str, str]:
        """What each relief is called, by id."""
        return {relief.id: relief.label for relief in self.reliefs.values()}
