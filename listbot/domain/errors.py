"""Errors that tell a user what happened, to which thing, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


class ListbotError(Exception):
    """Root of every error a user can mend. `str()` is one line: what happened, to what; how to mend it."""


class ConfigError(ListbotError):
    """Wrong configuration or wrong use: exit code 2."""


class WorkFailed(ListbotError):
    """The work was understood and failed: exit code 1."""


class TryLater(ListbotError):
    """It may work another time: the caller retries with growing pauses."""


class Unreachable(TryLater):
    """The other side as a whole does not work now: whatever else is meant for it need not be tried before a pause."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__("; ".join(filter(None, [what, mend])))
        self.what, self.mend = what, mend


class Unsure(ListbotError):
    """It may have worked: the connection was cut before the answer. Doing it again must be harmless."""


class Never(ListbotError):
    """It will not work however often it is tried: the caller ends it and shows the reason."""


class LostLease(ListbotError):
    """The row was taken over, or changed by somebody else, since it was claimed: nothing was written; leave it."""


class Refused(ListbotError):
    """The store refused what must never happen; nothing was written. Look again and plan again.

    `reason` is one word of `listbot.domain.states.Refusal`.
    """

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(what)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of a file, with its mend; files report all their faults at once."""

    file: str
    line: int
    what: str
    mend: str = ""
    column: str = ""  #: the CSV column or YAML key

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f" {self.column}" if self.column else "")
        return f"{where}: {self.what}" + (f" ({self.mend})" if self.mend else "")
