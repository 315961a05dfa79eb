"""Understanding a post: what kind it is, and for each client where help is needed, with what, by when.

`Reader` runs the stages, each a file of its own: body, kind, clients, places, relief, dates, facts, identifiers.
"""

from listbot.reading.in_force import ReaderInForce, check_reading
from listbot.reading.reader import Reader
from listbot.reading.settings import ReadingSettings, load_settings

__all__ = ["Reader", "ReaderInForce", "ReadingSettings", "check_reading", "load_settings"]
