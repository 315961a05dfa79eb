"""Rich text of Outlook: LZFu undone (MS-OXRTFCP), and the words without their formatting."""

from __future__ import annotations

import re

from listbot.adapters.mime import charsets
from listbot.adapters.mime.limits import MAX_TEXT

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans Serif"
    b"SymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE | re.DOTALL
)
_HIDDEN = frozenset(
    ["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "themedata", "generator", "header", "footer"]
)
_BREAKS = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
}
_BREAKS |= {"ldblquote": "“", "rdblquote": "”", "bullet": "•"}


def decompressed(data: bytes) -> bytes:
    """RTF out of PR_RTF_COMPRESSED; what cannot be undone is left out."""
    if data[8:12] == b"MELA":
        return data[16:]
    if data[8:12] != b"LZFu":
        return b""
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    out, write, at = bytearray(), len(_DICTIONARY), 16
    while at < len(data) and len(out) < 4 * MAX_TEXT:
        control, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not control >> bit & 1:
                piece, at = data[at : at + 1], at + 1
            else:
                reference, at = int.from_bytes(data[at : at + 2], "big"), at + 2
                offset, length = reference >> 4, (reference & 15) + 2
                if offset == write:
                    return bytes(out)
                piece = bytes(window[(offset + n) & 4095] for n in range(length))
            for byte in piece:
                window[write] = byte
                write = (write + 1) & 4095
            out += piece
    return bytes(out)


def rtf_text(data: bytes) -> str:
    """The words of a document; of HTML wrapped in RTF (MS-OXRTFEX) what the RTF itself shows."""
    source = data[: 4 * MAX_TEXT].decode("latin-1")
    out: list[str] = []
    hidden = [False]
    skip = 0  # characters that stand in for the \\u before them
    for match in _TOKEN.finditer(source):
        word, number, byte, symbol, brace, words = match.groups()
        if brace == "{":
            hidden.append(hidden[-1])
        elif brace == "}":
            _close(hidden)
        elif symbol == "*" or (word and word.lower() in _HIDDEN):
            hidden[-1] = True
        elif not hidden[-1]:
            text = words or _BREAKS.get(word or "", "") or (symbol or "").replace("~", " ")
            if byte:
                text = charsets.decode(bytes.fromhex(byte), "cp1252")
            out.append(text[skip:] if words or byte else text)
            skip = 0
            if word == "u" and number:
                out.append(chr(int(number) % 65536))
                skip = 1
    return "".join(out)


def _close(groups: list[bool]) -> None:
    if len(groups) > 1:
        groups.pop()
