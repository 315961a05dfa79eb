"""How a mail source is doing, for the doctor, the metrics and the moderators' page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source at one moment. `waiting` messages are known to be there and not yet kept; `fault` is empty while all is well."""

    connected: bool = False
    last_contact: datetime | None = None  #: the server last answered, or the folder was last looked at
    last_message: datetime | None = None  #: a message was last kept
    waiting: int = 0
    reconnects: int = 0
    fault: str = ""


SILENT = timedelta(minutes=1)
"""A source of which nothing was heard for so long is followed by nobody: the bot stands still or is cut off."""
