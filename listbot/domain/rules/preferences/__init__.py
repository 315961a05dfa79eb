"""The kinds of preferences: the name a rule file uses, and the class. A new kind is one file here and one line below."""

from __future__ import annotations

from listbot.domain.rules.base import Preference
from listbot.domain.rules.preferences.admission import Admission
from listbot.domain.rules.preferences.children import Children
from listbot.domain.rules.preferences.detention import Detention
from listbot.domain.rules.preferences.experience import Experience
from listbot.domain.rules.preferences.language import Language
from listbot.domain.rules.preferences.load import Load
from listbot.domain.rules.preferences.nearness import Nearness
from listbot.domain.rules.preferences.role import Role
from listbot.domain.rules.preferences.room import Room

PREFERENCES: dict[str, type[Preference]] = {
    "admission": Admission,
    "children": Children,
    "detention": Detention,
    "experience": Experience,
    "language": Language,
    "load": Load,
    "nearness": Nearness,
    "role": Role,
    "room": Room,
}
