"""Bytes to text whatever charset they claim.

Labels are read as browsers read them (WHATWG Encoding Standard: latin-1 is windows-1252, gb2312 is gb18030 …). What does not fit
its label is read as UTF-8 where it is valid and as windows-1252 elsewhere. Only charsets of a fixed list are looked up: Python's
registry also knows codecs that are no charsets (zlib, idna, unicode_escape) and are slow or unsafe on hostile bytes.
"""

from __future__ import annotations

import codecs
import encodings.aliases
import re

from listbot.adapters.mime.limits import Notes


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SINGLE_BYTE = _words(
    """ascii iso8859_1 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_11
    iso8859_13 iso8859_14 iso8859_15 iso8859_16 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp737 cp775
    cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp865 cp866 cp874 koi8_r koi8_u mac_roman mac_cyrillic mac_greek
    mac_latin2 mac_turkish hp_roman8"""
)
_MULTI_BYTE = _words(
    """utf_8 utf_7 utf_16 utf_16_le utf_16_be utf_32 utf_32_le utf_32_be gb18030 big5hkscs cp932 cp949 cp950 euc_jp johab hz
    iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_3 iso2022_kr euc_jis_2004 shift_jis_2004"""
)
_WIDER = {
    "ascii": "cp1252",
    "iso8859_1": "cp1252",
    "latin_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "utf_8_sig": "utf_8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ODD_NAMES = {
    "utf8mb4": "utf_8",
    "unicode_1_1_utf_8": "utf_8",
    "unicode_1_1_utf_7": "utf_7",
    "unicode": "utf_16",
    "ansi": "cp1252",
    "ansi_x3_4_1968": "cp1252",
    "x_cp1252": "cp1252",
    "macintosh": "mac_roman",
    "x_mac_roman": "mac_roman",
    "x_gbk": "gb18030",
    "x_sjis": "cp932",
    "windows_31j": "cp932",
    "ks_c_5601_1987": "cp949",
    "iso_8859_8_i": "iso8859_8",
    "iso_8859_8_e": "iso8859_8",
    "windows_874": "cp874",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Characters without meaning for a reader, or with one for a deceiver only (direction overrides).
_DROPPED = [
    *range(9),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0xAD,
    0x200B,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]
_TIDY: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys([0xA0, 0x2007, 0x202F], " "),
}


#: What Python makes of bytes that are no UTF-8 (PEP 383), as windows-1252. 0x80 is what Dovecot makes of a NUL: dropped.
_AS_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x81, 0x100)} | {0xDC80: ""}


def known(label: str) -> str:
    """Python's name for a charset label, or an empty string for one that is unknown or no charset."""
    name = re.sub(r"[^a-z0-9]", "_", label.strip().strip("\"'").lower()[:60])
    name = _ODD_NAMES.get(name) or encodings.aliases.aliases.get(name, name)
    name = _WIDER.get(name, name)
    return name if name in _SINGLE_BYTE or name in _MULTI_BYTE else ""


def decode(data: bytes, label: str = "", notes: Notes | None = None) -> str:
    """The text of `data`, which says it is in the charset `label`. Never fails; a wrong label is noted."""
    text, fits = _decode(data, label)
    if not fits and notes is not None:
        notes.add(f"the text was not in the charset it claims ({printable(label)[:40]})" if label else "the text says no charset")
    return text


def _decode(data: bytes, label: str) -> tuple[str, bool]:
    if data.isascii() and b"\x1b" not in data and b"\0" not in data and not label.lower().startswith(("utf-7", "hz")):
        return data.decode("ascii"), True
    name = next((charset for bom, charset in _BOMS if data.startswith(bom)), known(label))
    if name.startswith(("utf_16", "utf_32")) and b"\0" not in data:
        name = ""  # no Latin text in UTF-16 is without zero bytes: the label is wrong
    if name != "utf_8" and name not in _MULTI_BYTE:
        try:  # text in a single-byte charset is hardly ever valid UTF-8: believe the bytes
            return data.decode("utf-8"), not name
        except UnicodeDecodeError:
            pass
    try:
        if name:
            return data.decode(name), True
    except (UnicodeError, ValueError):
        pass
    if name in _MULTI_BYTE and name != "utf_8":
        return data.decode(name, "replace"), False
    return data.decode("utf-8", "surrogateescape").translate(_AS_WINDOWS), False


def tidy(text: str) -> str:
    """Text for a reader: newlines as \\n, plain spaces, no control or invisible characters."""
    return _LINE_ENDS.sub("\n", text).translate(_TIDY)


def printable(text: str) -> str:
    """One line without control characters: safe in a header, a log or a page."""
    return " ".join(tidy(text).split())
