"""The kinds of hard limits: the name a rule file uses, and the class. A new kind is one file here and one line below."""

from __future__ import annotations

from listbot.domain.rules.base import Limit
from listbot.domain.rules.limits.accreditation import Accreditation
from listbot.domain.rules.limits.age_out import AgeOut
from listbot.domain.rules.limits.area import Area
from listbot.domain.rules.limits.asked_before import AskedBefore
from listbot.domain.rules.limits.bounced import Bounced
from listbot.domain.rules.limits.consent import Consent
from listbot.domain.rules.limits.cool_down import CoolDown
from listbot.domain.rules.limits.detained import Detained
from listbot.domain.rules.limits.funding import Funding
from listbot.domain.rules.limits.law_student_supervision import LawStudentSupervision
from listbot.domain.rules.limits.minors import Minors
from listbot.domain.rules.limits.monthly_budget import MonthlyBudget
from listbot.domain.rules.limits.open_slots import OpenSlots
from listbot.domain.rules.limits.opted_out import OptedOut
from listbot.domain.rules.limits.organization import Organization
from listbot.domain.rules.limits.paused import Paused
from listbot.domain.rules.limits.poster import Poster
from listbot.domain.rules.limits.poster_colleague import PosterColleague
from listbot.domain.rules.limits.recognized_organization import RecognizedOrganization
from listbot.domain.rules.limits.relief import Relief
from listbot.domain.rules.limits.scope import Scope
from listbot.domain.rules.limits.state_bar import StateBar
from listbot.domain.rules.limits.stop_work import StopWork

LIMITS: dict[str, type[Limit]] = {
    "accreditation": Accreditation,
    "age_out": AgeOut,
    "area": Area,
    "asked_before": AskedBefore,
    "bounced": Bounced,
    "consent": Consent,
    "cool_down": CoolDown,
    "detained": Detained,
    "funding": Funding,
    "law_student_supervision": LawStudentSupervision,
    "minors": Minors,
    "monthly_budget": MonthlyBudget,
    "open_slots": OpenSlots,
    "opted_out": OptedOut,
    "organization": Organization,
    "paused": Paused,
    "poster": Poster,
    "poster_colleague": PosterColleague,
    "recognized_organization": RecognizedOrganization,
    "relief": Relief,
    "scope": Scope,
    "state_bar": StateBar,
    "stop_work": StopWork,
}
