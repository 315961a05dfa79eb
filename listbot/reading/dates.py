"""A grammar of dates: every way in which posts write a day, found in one pass of bounded patterns.

A date whose year (or week) is not said has two readings, `ahead` and `back`; its role decides later. A span too vague to name
a day has neither. Day-first figures are taken where the month cannot be one, or where the post is Spanish.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import islice

from listbot.domain.reading import Span
from listbot.reading.calendar_words import MONTHS, ORDINAL, ORDINALS, SPANISH, day
from listbot.reading.date_counts import with_bases, with_echoes
from listbot.reading.date_mention import Mention as Mention
from listbot.reading.date_mention import shown
from listbot.reading.date_patterns import PATTERNS, TRIGGERS
from listbot.reading.date_readings import Context, Reading
from listbot.reading.text import lowered

LIMIT = 300
"""Date mentions of a post that are looked at; a post with more is a table of dates, not a plea."""


_REACH = 56
"""Characters before and after a trigger that are looked at."""


def _windows(trigger: re.Pattern[str], text: str) -> list[Span]:
    """The stretches of a text around a trigger, merged."""
    found: list[Span] = []
    for m in trigger.finditer(text):
        start, end = max(0, m.start() - _REACH), min(len(text), m.end() + _REACH)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


_SAID_DAY_FIRST = re.compile(
    r"\b(?:day[- ]first|dd/mm|(?:european|british|latin american) (?:dates?|order|style|format))\b", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})(?:/(\d{1,2})(?:/(?:\d{4}|\d{2}))?|([.-])(\d{1,2})\3(?:\d{4}|\d{2}))(?![\d/])")


def figure_order(text: str) -> int:
    """Above 0 where more figures can only be day first (24/3) than only month first (3/24), below 0 the other way round."""
    pairs = [(int(m[1]), int(m[2] or m[4])) for m in _FIGURES.finditer(text[:20_000])]
    return sum((one > 12 >= two) - (two > 12 >= one) for one, two in pairs)


def is_day_first(text: str) -> bool:
    """Whether figures like 3/4 are read as 3 April: said so, or a date that can only be so, or mostly Spanish words."""
    if _SAID_DAY_FIRST.search(text[:20_000]):
        return True
    if order := figure_order(text):
        return order > 0
    return len(SPANISH.findall(text[:5000])) / (len(text.split()) or 1) > 0.2


def find_dates(text: str, today: date, day_first: bool | None = None) -> list[Mention]:
    """Every date mention of a text, in order, none overlapping but a counted day and its base; the longest wins.

    What a forwarded or quoted mail says is read from the day in its head: its "this Friday" is not ours.
    """
    context = Context(today, is_day_first(text) if day_first is None else day_first)
    found = _all(text, context)
    heads = [m for m in found if m.back and m.back < today and in_mail_head(text, m.span[0])]
    for head in heads[:_HEADS]:
        brought = _all(text, replace(context, today=head.back or today))
        end = head.span[1]
        found = [*(m for m in found if m.span[0] < end), *(m for m in brought if m.span[0] >= end)]
    return found[:LIMIT]


_HEADS = 3
"""Heads of mails within a post whose days are gone by."""
_HEAD_LINE = re.compile(r"[>\s*]*(?:(?:sent|date|fecha|enviado(?: el)?)\*?:|on\s*\Z|el\s*\Z)", re.IGNORECASE)
_WROTE = re.compile(r"(?:wrote|escribió)\s*:", re.IGNORECASE)


def in_mail_head(text: str, start: int) -> bool:
    """Whether a date belongs to a mail's head: "On May 3, … wrote:", "Sent: Tuesday …"."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(_HEAD_LINE.match(line)) and (":" in line or bool(_WROTE.search(text[start : start + 160])))


def _all(text: str, context: Context) -> list[Mention]:
    found: list[Mention] = []
    lower = lowered(text)
    windows = {name: _windows(trigger, lower) for name, trigger in TRIGGERS.items()}
    for trigger, pattern, reading in PATTERNS:
        matches = (m for start, end in windows[trigger] for m in pattern.finditer(text, start, end))
        found += [mention for m in islice(matches, LIMIT) if (mention := _mention(m, reading, context))]
    named = _in_month(_joined_weekdays(_longest(found), text), context.today)
    return with_echoes(with_bases(named, text), text)[:LIMIT]


def _mention(m: re.Match[str], reading: Reading, context: Context) -> Mention | None:
    try:
        ahead, back, sort = reading(m, context)
    except (ValueError, OverflowError, KeyError):
        return None
    if sort == "no" or (sort == "sure" and ahead is None):
        return None
    text = m[0]
    lead = len(text) - len(text.lstrip())
    span = (m.start() + lead, m.start() + len(text.rstrip(" ,.")))
    words = re.sub(r"\s+", " ", text.strip(" ,."))
    if sort == "month":
        return Mention(span, words, None, None, month_only=True, month_start=ahead)
    if sort == "vague":
        return Mention(span, words, None, None)
    swapped = (
        day(ahead.year, ahead.day, ahead.month)
        if ahead and sort == "sure" and re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]", words) and ahead.day <= 12
        else None
    )
    return Mention(span, words, ahead, back, sort == "sure", sort == "weekday", sort == "relative", swapped=swapped)


def _longest(found: list[Mention]) -> list[Mention]:
    """Of overlapping mentions the one that names a day, else a month, else the longest; in order of their places."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda f: (f.ahead is None, not f.month_only, f.span[0] - f.span[1], f.span[0])):
        at = bisect_left(kept, mention.span[0], key=lambda k: k.span[0])
        clear_before = at == 0 or kept[at - 1].span[1] <= mention.span[0]
        if clear_before and (at == len(kept) or mention.span[1] <= kept[at].span[0]):
            kept.insert(at, mention)
    return kept


_BETWEEN = re.compile(r"\.?[\s,(\-–]*(?:the|el|de|on|an?|,)?[\s,(]*\Z", re.IGNORECASE)


def _joined_weekdays(found: list[Mention], text: str) -> list[Mention]:
    """'Tuesday, Feb 4' and 'Thursday the 18th' are one mention; its weekday helps to find the year or month."""
    out: list[Mention] = []
    for mention in found:
        last = out[-1] if out else None
        near = (
            last is not None and 0 <= mention.span[0] - last.span[1] <= 8 and _BETWEEN.match(text[last.span[1] : mention.span[0]])
        )
        if (
            last
            and near
            and last.weekday != mention.weekday
            and (last.ahead and mention.ahead)
            and not (last.relative or mention.relative)
        ):
            day_of_week = (last if last.weekday else mention).ahead
            base = mention if last.weekday else last
            out[-1] = _on_weekday(base, day_of_week.weekday() if day_of_week else 0, (last.span[0], mention.span[1]), text)
        elif (
            last
            and near
            and last.relative
            and mention.ahead
            and not mention.weekday
            and not mention.relative
            and last.ahead in (mention.ahead, mention.back)
        ):
            out[-1] = Mention(
                (last.span[0], mention.span[1]), shown(text, last.span[0], mention.span[1]), last.ahead, last.ahead, True
            )
        else:
            out.append(mention)
    return out


_NTH_ALONE = re.compile(rf"(?:(?:the|el(?:\s+d[ií]a)?|this|on|by)\s+)*(?:(\d{{1,2}})(?:st|nd|rd|th)?|({ORDINAL}))", re.IGNORECASE)


_A_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b\.?(?:,?\s*((?:19|20)\d\d))?\Z", re.IGNORECASE)


_NEARBY = 31
"""Days within which "the 27th" is the next one, whatever month was named before."""


def _in_month(found: list[Mention], today: date) -> list[Mention]:
    """A day without a month is of the month named just before it: "by September 8, or … on the 9th", "mid-March (the 16th)"."""
    out: list[Mention] = []
    for mention in found:
        last = out[-1] if out else None
        m = _NTH_ALONE.fullmatch(mention.text)
        if m and last and mention.ahead:
            nth = int(m[1]) if m[1] else ORDINALS[m[2].lower()]
            mention = _of_last_month(mention, mention.ahead, nth, last, today)
        out.append(mention)
    return out


def _of_last_month(mention: Mention, ahead: date, nth: int, last: Mention, today: date) -> Mention:
    """The nth of a month as the nth of the month that the last mention names, where that is meant."""
    gap = mention.span[0] - last.span[1]
    if not last.ahead:
        named = _A_MONTH.search(last.text) if gap <= 4 else None
        return _day_of(named, nth, mention) if named else mention
    if last.weekday or last.relative or gap >= 160:
        return mention
    if last.back and last.back != last.ahead and (today - last.back).days < (last.ahead - today).days:
        told = day(last.back.year, last.back.month, nth)  # that month is more likely gone by
        return replace(mention, back=told) if told and told <= today else mention
    if last.ahead < ahead or (last.ahead - today).days <= _NEARBY:
        return mention
    moved = day(last.ahead.year, last.ahead.month, nth) or ahead
    return replace(mention, ahead=moved, back=moved if last.sure else mention.back)


def _day_of(month: re.Match[str], day_of_month: int, mention: Mention) -> Mention:
    """The mention as that day of a named month; without a year the next and the last such day."""
    number_of_month = MONTHS[month[1].lower()]
    if month[2]:
        sure = day(int(month[2]), number_of_month, day_of_month)
        return replace(mention, ahead=sure, back=sure, sure=True) if sure else mention
    assert mention.ahead
    years = range(mention.ahead.year - 2, mention.ahead.year + 3)
    days = [d for year in years if (d := day(year, number_of_month, day_of_month))]
    month_now = mention.ahead.replace(day=1)
    ahead = next((d for d in days if d >= month_now), mention.ahead)
    return replace(mention, ahead=ahead, back=next((d for d in reversed(days) if d < ahead), mention.back))


def _on_weekday(base: Mention, weekday: int, span: Span, text: str) -> Mention:
    """The mention with the reading that falls on this weekday, where just one does."""
    ahead, back = base.ahead, base.back
    if not base.sure and ahead and back and ahead != back:
        fits = [d.weekday() == weekday for d in (ahead, back)]
        if fits == [False, True]:
            ahead = back
        elif fits == [True, False]:
            back = ahead
    return Mention(span, shown(text, *span), ahead, back, base.sure)
