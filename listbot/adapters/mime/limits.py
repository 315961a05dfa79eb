"""How much of a message is looked at, and the notes that say when something was left out or odd."""

from __future__ import annotations

MAX_BYTES = 25_000_000  #: of a message; the rest is not read
MAX_PARTS = 500  #: MIME entities of a message, all levels together
MAX_BLOCKS = 10_000  #: pieces of one part's content: runs of base64, octet strings of S/MIME
MAX_DEPTH = 20  #: levels of multipart and message/rfc822 within each other
MAX_POSTS = 500  #: posts of a digest
MAX_TEXT = 1_000_000  #: characters of a post's text
MAX_TEXT_BYTES = 4 * MAX_TEXT  #: of one text part, before its charset is undone
MAX_HTML = 1_000_000  #: characters of HTML source that are laid out, all parts of a message together
MAX_ELEMENTS = 50_000  #: elements of one HTML part
MAX_ATTRIBUTES = 200  #: of one element; libxml2 compares each with all before it
MAX_HTML_DEPTH = 200  #: elements within each other; libxml2 drops the text below 256
MAX_CELL = 500  #: characters of a cell of a table of data
MAX_TABLE = 2_000_000  #: characters a table may grow to when its columns are aligned
MAX_HEADERS = 1_000  #: header fields of one entity
MAX_HEADER_BLOCK = 1_000_000  #: bytes of one entity's header
MAX_HEADER = 32_768  #: bytes of one field's value
MAX_TNEF = 10_000_000  #: bytes of a winmail.dat


class Notes:
    """Collects what was odd about a message, in words for a moderator; the same note once."""

    def __init__(self) -> None:
        self._notes: dict[str, None] = {}

    def add(self, note: str) -> None:
        """Remember a note."""
        self._notes[note] = None

    def all(self) -> tuple[str, ...]:
        """Every note, in the order of its first mention."""
        return tuple(self._notes)
