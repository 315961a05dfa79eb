"""Which stretch of a message is new words, quote, forwarded post, signature, footer, disclaimer or banner.

Works on lines, labels every one of them, deletes nothing: the parts cover the text from end to end.
"""

from __future__ import annotations

import re
from itertools import groupby

from listbot.domain.mail import Post
from listbot.domain.reading import Part, PartKind, Span

_RULE = re.compile(r"^\s*(?:[_#=*~]{6,}|-{8,})\s*$")
_FOOTER = re.compile(
    r"unsubscribe|mailing list\b|you received this message because|to view this discussion|listserv|signoff|list-?info|"
    r"manage your (?:subscription|settings)|groups\.google|mailman|list archives?|view/reply online|digest (?:mode|options)",
    re.IGNORECASE,
)
_FOOTER_ALONE = re.compile(
    r"^\s*(?:you received this message because you are|to unsubscribe(?: from)?\b.{0,60}(?:send|email|e-mail|visit|click|go|:)|"
    r"[\w .&'-]{2,60} mailing list(?: --|$)|_{20,}.*mailing list)",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^\s*(?:on\b.{4,160}\bwrote:|el\b.{4,160}\bescribi[oó]:|le\b.{4,160}\ba écrit\s?:|"
    r".{2,80}\bwrote on\b.{4,80}:|.{2,80}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|escribió):)"
    r"\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(
    r"^\s*(?:on|el)\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|lun|mar|mié|"
    r"jue|vie|\d)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"^\s*-{2,}\s*(?:original (?:message|post|appointment)|mensaje original)\s*-{2,}\s*$", re.IGNORECASE)
_FORWARD = re.compile(
    r"^\s*(?:-{2,}\s*(?:forwarded (?:message|by|post)|mensaje reenviado)\b.*|begin forwarded message:?|"
    r"(?:forwarded message|mensaje reenviado):?)\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*\*?(from|de|sent|enviado|date|fecha|to|para|cc|subject|asunto|re|reply-to)\*?:\*?\s*\S", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"^\s*[*\[(]?\s*(?:(?:confidentiality|privilege[d]?|legal|privacy) (?:notice|note|statement|disclaimer)|"
    r"confidential(?:ity)?\s*[:\-–—]|disclaimer\b|"
    r"(?:nota|aviso) de confidencialidad|please consider the environment|this e-?mail (?:and any|\(including|"
    r"message|transmission|is|may)\b.*"
    r"(?:confidential|privileged|intended)|this (?:message|communication|transmission)\b.{0,80}(?:confidential|"
    r"privileged|intended)|"
    r"the information (?:contained )?in this (?:e-?mail|message|communication)|attorney[- ]client (?:privileged|communication)|"
    r"nothing in this (?:e-?mail|message) (?:is|constitutes|creates)|if you (?:are not the intended|have received this))",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"^\s*[*\[<!]*\s*(?:external(?: e-?mail| sender| message)?\b\s*[\]*:!>-]|caution\s*[:!-]|"
    r"warning\s*[:!-].{0,60}(?:external|outside)|"
    r"this (?:e-?mail|message) (?:originated|came) from (?:outside|an external)|you don'?t often get email from|"
    r"\[?external\]?\s*$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\s*(?:(?:many |so many |with |kind(?:est)? |warm(?:est)? |best |all |in |much |huge |un |muchas |mil |atentos )*"
    r"(?:thanks?(?: (?:you|so much|again|all|in advance|everyone|a (?:million|ton|bunch|lot)|much|"
    r"for [\w ]{3,40}))*|thx|tia|best|regards|wishes|sincerely|"
    r"respectfully|cheers|warmly|cordially|solidarity|gratitude|appreciation|gracias(?: (?:mil|de antemano|"
    r"a todos|a todas))?|saludos|abrazos?|cordialmente|"
    r"atentamente|yours|peace|onward|my best|take care|hugs|gratefully|fondly|be well))"
    r"(?: (?:truly|regards|wishes|always|as ever|cordiales))?\s*[,.!—–-]*\s*$",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(r"^\s*(?:sent from (?:my|a)|get outlook for|enviado desde)\b", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"^\s*(?:\(?p\.? ?s\b\.?|p\.?d\.?[:.]|also[,:—-]|update:|edit(?:ed)?:)", re.IGNORECASE)
_CONTACT = re.compile(
    r"\||@|\bwww\.|https?://|\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b(?:esq|attorney|abogad[oa]|counsel|director|"
    r"fellow|paralegal|clinic|llp|llc|pllc|p\.c\.|"
    r"law (?:office|group|firm|school|center)|legal (?:aid|services|center|clinic)|staff|managing|she/her|he/him|"
    r"they/them|ella|suite|floor|street|ave(?:nue)?)\b",
    re.IGNORECASE,
)

Line = tuple[int, int, str]
"""Start, end (with its newline) and text of a line."""


def parts_of(post: Post) -> tuple[Part, ...]:
    """The labelled stretches of subject and text; positions in `subject + newline + text`."""
    head = len(post.subject) + 1
    lines = _lines(post.text, head)
    kinds: list[PartKind] = [PartKind.BODY] * len(lines)
    _mark_threads(lines, kinds, bool(re.match(r"\s*(?:fwd?|fw|rv|reenv)\s*:", post.subject, re.IGNORECASE)))
    _mark_footer(lines, kinds)
    _mark_blocks(lines, kinds)
    for kind in (PartKind.BODY, PartKind.FORWARDED):
        _mark_signature(lines, kinds, kind, post.author.name if kind is PartKind.BODY else "")
    found = [Part(PartKind.BODY, (0, head))]
    for kind, group in groupby(zip(lines, kinds, strict=True), key=lambda pair: pair[1]):
        members = [line for line, _ in group]
        start, end = members[0][0], members[-1][1]
        if found[-1].kind is kind:
            start = found.pop().span[0]
        found.append(Part(kind, (start, end)))
    return tuple(found)


def _lines(text: str, offset: int) -> list[Line]:
    out, at = [], offset
    pieces = text.split("\n")
    for i, piece in enumerate(pieces):
        size = len(piece) + (i + 1 < len(pieces))
        if size:
            out.append((at, at + size, piece[:2000]))
        at += size
    return out


def spans_of(parts: tuple[Part, ...], *kinds: PartKind) -> tuple[Span, ...]:
    """Where parts of these kinds stand."""
    return tuple(p.span for p in parts if p.kind in kinds)


def _mark_threads(lines: list[Line], kinds: list[PartKind], forwarding: bool) -> None:
    """Quotes by mark, by attribution and by header block; forwarded messages."""
    state = PartKind.BODY
    for i, (_, _, line) in enumerate(lines):
        if line.lstrip().startswith(">") and state is not PartKind.FORWARDED:
            kinds[i] = PartKind.QUOTE
        elif _FORWARD.match(line):
            state = PartKind.FORWARDED
        elif state is PartKind.BODY:
            if _ORIGINAL.match(line) or _header_block(lines, i):
                state = PartKind.FORWARDED if forwarding else PartKind.QUOTE
            elif length := _attribution(lines, i):
                marked = _next_marked(lines, i + length)
                for j in range(i, i + length):
                    kinds[j] = PartKind.QUOTE
                if not marked:
                    state = PartKind.FORWARDED if forwarding else PartKind.QUOTE
        if kinds[i] is PartKind.BODY:
            kinds[i] = state
    for i in range(1, len(lines) - 1):  # an empty or wrapped line between two quoted ones belongs to them
        if kinds[i] is PartKind.BODY and kinds[i - 1] is kinds[i + 1] is PartKind.QUOTE and len(lines[i][2].split()) <= 2:
            kinds[i] = PartKind.QUOTE


def _attribution(lines: list[Line], i: int) -> int:
    """How many lines from `i` make "On … wrote:"; 0 if they do not."""
    if _ATTRIBUTION.match(lines[i][2][:300]):
        return 1
    if _ATTRIBUTION_START.match(lines[i][2]):
        for more in (2, 3):
            if _ATTRIBUTION.match(" ".join(line[2].strip() for line in lines[i : i + more])[:300]):
                return more
    return 0


def _next_marked(lines: list[Line], i: int) -> bool:
    """Whether the next line with words is marked as a quote."""
    following = (line for _, _, line in lines[i : i + 4] if line.strip())
    return next(following, "").lstrip().startswith(">")


def _header_block(lines: list[Line], i: int) -> bool:
    """An Outlook header block: From:, then two of Sent:, To:, Subject: right after."""
    first = _HEADER.match(lines[i][2])
    if not first or first[1].lower() not in ("from", "de"):
        return False
    names = {m[1].lower() for _, _, line in lines[i + 1 : i + 6] if (m := _HEADER.match(line))}
    return len(names) >= 2 or "subject" in names


def _mark_footer(lines: list[Line], kinds: list[PartKind]) -> None:
    """The list's own footer, at the end of the message or of a quote."""
    for i in range(max(0, len(lines) - 40), len(lines)):
        line = lines[i][2]
        ahead = " ".join(text for _, _, text in lines[i + 1 : i + 5])
        rule = _RULE.match(line) or line.rstrip() in ("--", "-- ", "---")
        if (rule and _FOOTER.search(ahead[:600])) or _FOOTER_ALONE.match(line):
            for j in range(i, len(lines)):
                kinds[j] = PartKind.FOOTER
            return


def _mark_blocks(lines: list[Line], kinds: list[PartKind]) -> None:
    """Disclaimers (to the end of their paragraph) and banners of mail gateways."""
    inside: PartKind | None = None
    for i, (_, _, line) in enumerate(lines):
        if kinds[i] not in (PartKind.BODY, PartKind.FORWARDED):
            inside = None
            continue
        if inside and not line.strip():
            inside = None
        if _DISCLAIMER.match(line):
            inside = PartKind.DISCLAIMER
        elif i < 8 and _BANNER.match(line):
            inside = PartKind.BANNER
        if inside:
            kinds[i] = inside


def _mark_signature(lines: list[Line], kinds: list[PartKind], kind: PartKind, author: str) -> None:
    """The writer's name, office and contacts at the end of each stretch of `kind`."""
    at = 0
    while at < len(lines):
        if kinds[at] is not kind:
            at += 1
            continue
        end = at
        while end < len(lines) and kinds[end] in (kind, PartKind.DISCLAIMER):
            end += 1
        start = _signature_start([line for _, _, line in lines[at:end]], author)
        for j in range(at + start, end):
            if _POSTSCRIPT.match(lines[j][2]):
                break
            if kinds[j] is kind:
                kinds[j] = PartKind.SIGNATURE
        at = end


def _signature_start(lines: list[str], author: str) -> int:
    """Index of the first line of the signature; the number of lines where there is none."""
    total = len(lines)
    for i, line in enumerate(lines):
        if line.rstrip() in ("--", "-- ") or _SENT_FROM.match(line):
            return i
    names = {w.lower() for w in re.findall(r"[^\W\d_]{2,}", author)}
    initials = "".join(w[0] for w in re.findall(r"[^\W\d_]+", author)).lower()
    for i in range(max(1, total - 14), total):
        rest = [line.strip() for line in lines[i:] if line.strip() and not _POSTSCRIPT.match(line)]
        if not rest or any(len(line) > 90 for line in rest[1:]):
            continue
        if _CLOSING.match(lines[i]) and len(rest) <= 9 and all(_signs(line) for line in rest[1:]):
            return i + 1 if len(rest) > 1 else total
        if _is_name(rest[0], names, initials) and len(rest) <= 8 and all(_signs(line) for line in rest[1:]):
            return i
    return total


def _signs(line: str) -> bool:
    """Whether a line could stand in a signature: short and no sentence, or a contact."""
    words = line.split()
    return len(words) <= 5 or (len(words) <= 16 and bool(_CONTACT.search(line)) and "?" not in line)


def _is_name(line: str, names: set[str], initials: str) -> bool:
    """Whether a line is the author's name, first name or initials, alone or before a comma or bar."""
    head = re.split(r"[,|(/–—]|\s-\s", line.lstrip("-–—~* "), maxsplit=1)[0]
    words = re.findall(r"[^\W\d_]+", head.lower())
    if not words or len(words) > 4:
        return False
    if set(words) & names and len(words) <= 4 and not re.search(r"[?!:]", head):
        return True
    return len(initials) >= 1 and "".join(words) in (initials, initials[:1], initials[:2]) and len(head.strip()) <= 6
