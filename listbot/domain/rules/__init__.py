"""What moderators decide beforehand: hard limits, preferences, outreach. One kind of rule is one short file."""

from __future__ import annotations

from listbot.domain.rules.base import Judgement, Limit, Preference, Rule
from listbot.domain.rules.case import Case, ReliefType, folded
from listbot.domain.rules.follow_up import FollowUp
from listbot.domain.rules.limits import LIMITS
from listbot.domain.rules.outreach import ChanceRules, Outreach, Urgency
from listbot.domain.rules.preferences import PREFERENCES
from listbot.domain.rules.ruleset import Affiliation, Resource, RuleSet, Thresholds

__all__ = [
    "LIMITS",
    "PREFERENCES",
    "Affiliation",
    "Case",
    "ChanceRules",
    "FollowUp",
    "Judgement",
    "Limit",
    "Outreach",
    "Preference",
    "ReliefType",
    "Resource",
    "Rule",
    "RuleSet",
    "Thresholds",
    "Urgency",
    "folded",
]
