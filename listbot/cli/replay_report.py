"""What a replay found: in the terminal, as JSON lines, and as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from listbot.cli import tables

if TYPE_CHECKING:
    from rich.console import Console

    from listbot.domain.matching import Match
    from listbot.domain.replay import Replayed

NAMED = 8
"""People of one kind that the terminal names for a need; the page names all."""


def as_json(one: Replayed) -> dict[str, object]:
    """One object a need."""
    c = one.comparison
    return {
        "file": one.past.name,
        "need": one.what,
        "read": list(one.past.read),
        "asks": {"old": c.asks[0], "new": c.asks[1]},
        "kept": [m.email for m in c.kept],
        "gone": [{"email": m.email, "now": why} for m, why in c.gone],
        "added": [m.email for m in c.added],
        "missed": [{"email": email, "now": why} for email, why in c.missed],
    }


def figures(found: Sequence[Replayed], *, changed: bool) -> list[tuple[int, str]]:
    """A number and what it counts; those of a change only where there is one."""
    comparisons = [one.comparison for one in found]
    now = [
        (len(found), "needs looked at"),
        (sum(c.asks[1] for c in comparisons), "first asks now" if changed else "first asks"),
        (sum(len(c.new.matches) for c in comparisons), "asks at most, if nobody ever said yes"),
        (sum(not c.new.matches for c in comparisons), "needs without anybody to ask"),
    ]
    if not changed:
        return now
    return [
        *now[:1],
        (sum(c.differs for c in comparisons), "with another first wave"),
        (sum(bool(one.past.read) for one in found), "read otherwise"),
        (sum(c.asks[0] for c in comparisons), "first asks before"),
        *now[1:3],
        (sum(bool(c.old.matches) and not c.new.matches for c in comparisons), "needs nobody is left for"),
        (sum(len(c.missed) for c in comparisons), "actual takers missed"),
    ]


def show(found: Sequence[Replayed], *, changed: bool) -> None:
    """In the terminal: the needs that differ, or without a change all of them; the figures last."""
    from rich.markup import escape as plain

    console = tables.console()
    for one in found:
        c = one.comparison
        if changed and not one.differs:
            continue
        asks = f"{c.asks[0]} → {c.asks[1]} asks" if changed else f"{c.asks[1]} asks, {len(c.new.matches)} may be asked"
        console.print(f"\n[bold]{plain(one.past.subject or one.past.name)}[/]  [dim]{one.past.at:%Y-%m-%d}[/]")
        console.print(f"  {plain(one.what)}  [dim]{asks}[/]")
        for said in one.past.read:
            console.print(f"  [yellow]~[/] {plain(said)}")
        for email, why in c.missed:
            console.print(f"  [bold red]! {plain(email)} took it and would be missed[/] [dim]{plain(why)}[/]")
        _people(console, "[red]-[/]", [(m, why) for m, why in c.gone])
        _people(console, "[green]+[/]", [(m, "; ".join(m.reasons)) for m in c.added])
        kept = [(m, "; ".join(m.reasons)) for m in c.kept]
        _people(console, "[dim]=[/]", kept if not changed else kept[:3])
        if changed and len(kept) > 3:
            console.print(f"    [dim]and {len(kept) - 3} as before[/]")
    console.print()
    _bars(console, found, changed=changed)
    for value, words in figures(found, changed=changed):
        console.print(f"[bold]{value:6}[/] {words}")


def _people(console: Console, mark: str, people: Sequence[tuple[Match, str]]) -> None:
    from rich.markup import escape as plain

    for m, why in people[:NAMED]:
        console.print(f"  {mark} {plain(m.name or m.email)}  [dim]{m.chance:.0%} · {plain(why)}[/]")
    if len(people) > NAMED:
        console.print(f"  {mark} [dim]and {len(people) - NAMED} more[/]")


def _bars(console: Console, found: Sequence[Replayed], *, changed: bool) -> None:
    """First asks before and now, as lengths."""
    if not changed or not found:
        return
    before, now = (sum(one.comparison.asks[side] for one in found) for side in (0, 1))
    for word, number, colour in (("before", before, "dim"), ("now", now, "cyan")):
        console.print(f"{word:>6} [{colour}]{'█' * round(40 * number / max(before, now, 1))}[/] {number}")
    console.print()


STYLE = """
:root{color-scheme:light dark;--line:#8884;--gone:#b3261e;--added:#1b7f3b;--soft:#8882;--now:#2f6fbd}
@media(prefers-color-scheme:dark){:root{--gone:#ff8a80;--added:#7ddc9a;--now:#8ab8f0}}
body{font:16px/1.55 system-ui,sans-serif;max-width:58rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 1rem}ul{list-style:none;padding:0;margin:.4rem 0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem}
.figures li{background:var(--soft);border-radius:.6rem;padding:.7rem .9rem}.figures b{display:block;font-size:1.7rem;line-height:1.2}
details{border-top:1px solid var(--line);padding:.7rem 0}summary{cursor:pointer;font-weight:600}
summary small,li small{opacity:.72;font-weight:400}summary small{display:block;margin-left:1.1rem}
li.gone{color:var(--gone)}li.added{color:var(--added)}li.missed{color:var(--gone);font-weight:600}
li.read::before{content:"~\\a0"}li.gone::before{content:"\\2212\\a0"}li.added::before{content:"+\\a0"}li.kept::before{content:"=\\a0"}li.missed::before{content:"!\\a0"}
.bars{margin:1.2rem 0}.bars i{display:inline-block;height:.8rem;border-radius:.4rem;background:var(--now);vertical-align:middle}
.bars i.before{background:#8889}.bars span{display:inline-block;width:4rem}
"""


def page(found: Sequence[Replayed], *, changed: bool) -> str:
    """A self-contained page: figures on top, then need by need, those that differ unfolded."""
    title = "What the new rules change" if changed else "What would have happened"
    tiles = "".join(f"<li><b>{value}</b>{escape(words)}</li>" for value, words in figures(found, changed=changed))
    ordered = sorted(found, key=lambda one: (not one.comparison.missed, not one.differs)) if changed else found
    needs = "".join(_need(one, changed=changed) for one in ordered)
    same = "" if not changed or any(one.differs for one in found) else "<p>Every first wave is the same.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><ul class="figures">{tiles}</ul>'
        f"{_bars_on_page(found) if changed else ''}{same}{needs}</html>\n"
    )


def _bars_on_page(found: Sequence[Replayed]) -> str:
    before, now = (sum(one.comparison.asks[side] for one in found) for side in (0, 1))
    longest = max(before, now, 1)
    rows = [
        f'<div><span>{word}</span><i class="{word}" style="width:{60 * number / longest:.1f}%"></i> {number}</div>'
        for word, number in (("before", before), ("now", now))
    ]
    return f'<div class="bars" role="img" aria-label="First asks: {before} before, {now} now">{"".join(rows)}</div>'


def _need(one: Replayed, *, changed: bool) -> str:
    c = one.comparison
    rows = [f'<li class="read">{escape(said)}</li>' for said in one.past.read]
    rows += [f'<li class="missed">{escape(e)} took it and would be missed <small>{escape(w)}</small></li>' for e, w in c.missed]
    rows += [_person("gone", m, why) for m, why in c.gone]
    rows += [_person("added", m, "; ".join(m.reasons)) for m in c.added]
    rows += [_person("kept", m, "; ".join(m.reasons)) for m in c.kept]
    asks = f"{c.asks[0]} → {c.asks[1]} asks" if changed else f"{c.asks[1]} asks at first, {len(c.new.matches)} may be asked"
    about = f"{one.past.at:%Y-%m-%d} · {escape(one.what)} · {asks}"
    opened = " open" if changed and one.differs else ""
    head = f"<summary>{escape(one.past.subject or one.past.name)} <small>{about}</small></summary>"
    return f"<details{opened}>{head}<ul>{''.join(rows) or '<li>Nobody may be asked.</li>'}</ul></details>"


def _person(kind: str, m: Match, why: str) -> str:
    return f'<li class="{kind}">{escape(m.name or m.email)} <small>{m.chance:.0%} · {escape(why)}</small></li>'
