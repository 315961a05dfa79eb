"""What a rule is: words for lawyers around one small decision."""

from __future__ import annotations

from dataclasses import dataclass, field

from listbot.domain.registry import Candidate
from listbot.domain.rules.case import Case


def about(text: str, *, least: float | None = None, most: float | None = None, of: str = "") -> dict[str, object]:
    """Metadata of a rule's field: what a moderator who edits it should know, and which values make sense.

    `least` and `most` bound a number. `of` names the vocabulary of words and keys: relief, state, forum, zone.
    """
    return {"help": text, "least": least, "most": most, "of": of}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule as a moderator reads it. The kind's own fields are declared by its class."""

    name: str = field(metadata=about("unique name, shown wherever the rule decided something"))
    description: str = field(metadata=about("what the rule says, in a lawyer's words"))
    reason: str = field(default="", metadata=about("why there is such a rule"))
    source: str = field(default="", metadata=about("law, regulation or page that says so"))
    group: str = field(default="", metadata=about("heading under which the rule is shown"))
    enabled: bool = field(default=True, metadata=about("no: the rule is kept and does nothing"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Rule):
    """A hard limit: whom it forbids is not asked, whatever else speaks for them."""

    def concerns(self, case: Case) -> bool:
        """Whether it could keep anybody out of this case: False where the need alone tells that it does not."""
        return True

    def forbids(self, case: Case, candidate: Candidate) -> str | None:
        """Why this candidate may not be asked about this case, in words that are true; None where nothing is against it.

        Asked only of a case that it concerns.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well a candidate fits in one respect, 0 to 1, and what may be said of it to the taker."""

    value: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Rule):
    """Something that makes one taker a better choice than another, and how much it counts."""

    weight: float = field(default=1.0, metadata=about("how much it counts beside the other preferences", least=0))
    unknown: float = field(default=0.5, metadata=about("value, 0 to 1, where the registry does not say", least=0, most=1))

    def concerns(self, case: Case) -> bool:
        """Whether the case asks for it at all."""
        return True

    def judge(self, case: Case, candidate: Candidate) -> Judgement:
        """How well the candidate fits in this respect. Asked only of a case that it concerns."""
        raise NotImplementedError
