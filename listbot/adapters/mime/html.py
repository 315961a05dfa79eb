"""HTML laid out as text, with the quotes of mail programs as `> ` lines and tables of data as rows.

Before inscriptis lays the tree out it is made safe: what a reader would not see is taken out, layout tables become plain blocks,
and tables of data are kept only while aligning their columns cannot make them explode.
"""

from __future__ import annotations

import re
from html import unescape as html_unescape
from typing import Any

from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import etree, html  # type: ignore[import-untyped]

from listbot.adapters.mime.charsets import tidy
from listbot.adapters.mime.limits import MAX_ATTRIBUTES, MAX_CELL, MAX_ELEMENTS, MAX_HTML_DEPTH, MAX_TABLE, Notes


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_OPEN, _CLOSE, _RULE = "\ue000", "\ue001", "_" * 32
_MAX_QUOTES = 20  #: levels shown
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b", re.IGNORECASE)
_TAG_START = re.compile(r"<[A-Za-z][^\s/>]{0,100}")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>=]{1,500}(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")
_BLOCKS = _words("br p div li ul ol tr table h1 h2 h3 h4 h5 h6")
_UNSEEN = _words("script style head title noscript template object applet iframe svg math select option textarea")
_ROWS = _words("table tbody thead tfoot tr td th caption colgroup col")
_CSS = {**STRICT_CSS_PROFILE, "body": HtmlElement(display=Display.block), "center": HtmlElement(display=Display.block)}


def to_text(source: str, notes: Notes) -> str:
    """The text a reader would see. Too large or too deeply nested HTML loses its layout, which is noted."""
    source = tidy(source).replace(_OPEN, "").replace(_CLOSE, "")
    if not source.strip():
        return ""
    tree = _tree(source)
    if tree is None:
        notes.add("the HTML is too large, too deeply nested or broken: its layout was ignored")
        return _bare(source)
    _prepare(tree)
    text: str = Inscriptis(tree, ParserConfig(css=_CSS)).get_text()
    return _quoted(text)


def _tree(source: str) -> Any:
    """The parsed document, or None where it is too large or libxml2 would drop a part of it."""
    if _is_crowded(source):
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    depth = elements = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAX_HTML_DEPTH or elements > MAX_ELEMENTS:
            return None
    return None if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log) else tree


def _is_crowded(source: str) -> bool:
    """Whether an element has attributes without end."""
    at = 0
    while tag := _TAG_START.search(source, at):
        at, count = tag.end(), 0
        while found := _ATTRIBUTE.match(source, at):
            at, count = found.end(), count + 1
            if count > MAX_ATTRIBUTES:
                return True
    return False


def _bare(source: str) -> str:
    """Text without its tags, for HTML that cannot be laid out."""
    pieces = _BREAK.sub("\n<", source).split("<")
    words = "".join([pieces[0], *(piece.partition(">")[2] for piece in pieces[1:])])
    return _quoted("\n".join(" ".join(line.split()) for line in html_unescape(words).split("\n")))


def _prepare(tree: Any) -> None:
    for element in list(tree.iter(etree.Element)):
        if element.tag in _UNSEEN or _hidden(element):
            if element.getparent() is not None:
                element.drop_tree()
        elif element.tag == "blockquote" and _is_quote(element):
            _mark(element)
        elif element.tag == "hr":
            element.tag, element.text = "div", _RULE
    for table in reversed(list(tree.iter("table"))):
        _table(table)


def _hidden(element: Any) -> bool:
    style = "".join((element.get("style") or "").lower().split())
    return "hidden" in element.attrib or any(sign in style for sign in ("display:none", "visibility:hidden", "mso-hide:all"))


def _is_quote(element: Any) -> bool:
    """A blockquote without a border is how Gmail and others indent."""
    style = "".join((element.get("style") or "").lower().split())
    return bool(element.get("class") or element.get("type") or element.get("cite")) or not (
        "border:none" in style or "border:0" in style
    )


def _mark(quote: Any) -> None:
    first, last = etree.Element("div"), etree.Element("div")
    first.text, last.text = _OPEN, _CLOSE
    first.tail, quote.text = quote.text, None
    quote.insert(0, first)
    quote.append(last)


def _table(table: Any) -> None:
    """Keep a table of data, each cell on one line; make any other, which is there for its looks, plain blocks."""
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    if _is_data(table, rows):
        cells = [cell for row in rows for cell in row]
        words = [_cell_text(cell) for cell in cells]
        width = sum(_widths(rows, dict(zip(cells, map(len, words), strict=True))))
        if max(map(len, words), default=0) <= MAX_CELL and width * len(rows) <= MAX_TABLE:
            for cell, text in zip(cells, words, strict=True):
                for child in list(cell):
                    cell.remove(child)
                cell.text = text
            return
    for element in list(table.iter(etree.Element)):
        if element.tag in _ROWS:
            element.tag = "div"


def _is_data(table: Any, rows: list[list[Any]]) -> bool:
    inner = table.iter("table", "blockquote", "ul", "ol", "pre")
    return sum(1 for _ in inner) == 1 and max(map(len, rows), default=0) >= 2


def _widths(rows: list[list[Any]], lengths: dict[Any, int]) -> list[int]:
    widths: list[int] = []
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], lengths[cell])
    return widths


def _cell_text(cell: Any) -> str:
    out: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            out += [" " if element.tag in _BLOCKS else "", element.text or ""]
        elif element is not cell:
            out += [" " if element.tag in _BLOCKS else "", element.tail or ""]
    return " ".join("".join(out).split())


def _quoted(text: str) -> str:
    """The marked stretches as `> ` lines; at most one blank line in a row."""
    out: list[str] = []
    depth = 0
    for line in text.split("\n"):
        line = line.rstrip()
        if _OPEN in line or _CLOSE in line:
            depth = max(0, depth + line.count(_OPEN) - line.count(_CLOSE))
            line = line.replace(_OPEN, "").replace(_CLOSE, "").strip()
            if not line:
                continue
        prefix = "> " * min(depth, _MAX_QUOTES)
        line = (prefix + line).rstrip()
        if line.strip("> ") or (out and out[-1].strip("> ")):
            out.append(line)
    return "\n".join(out).strip("\n")
