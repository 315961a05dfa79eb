"""The measure: right, held, right of those not held, and the errors that hurt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from listbot.domain.work import AnswerReading
from listbot.reading.answers import read_answer
from training.answers.corpus import LabelledAnswer

_MACHINES = frozenset({"robot", "bounce"})


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted, as shares of 1, and what was read wrong."""

    shown: dict[str, float | int | None]
    misses: tuple[str, ...]


def is_grave(want: str, got: str, held: bool) -> bool:
    """A yes lost or invented, a stop ignored, a machine taken for a person or the reverse; unless a moderator looks."""
    if held or want == got:
        return False
    return "yes" in (want, got) or want == "stop" or (want in _MACHINES) != (got in _MACHINES)


def score(answers: Iterable[LabelledAnswer]) -> Figures:
    """Read all of them and count."""
    c: Counter[str] = Counter()
    misses = []
    for answer in answers:
        post = answer.post()
        got = read_answer(post, post.date or datetime.now(UTC))
        misses += _count(c, answer, got)
    shown: dict[str, float | int | None] = {
        "answers": c["n"],
        "right": _share(c, "right", "n"),
        "not held": _share(c, "alone", "n"),
        "right of those not held": _share(c, "alone_right", "alone"),
        "grave": c["grave"],
        "until right": _share(c, "until_right", "until"),
        "refer_to right": _share(c, "refer_right", "refer"),
        "slots right": _share(c, "slots_right", "slots"),
        "said twice, seen or held": _share(c, "also_right", "also"),
    }
    return Figures(shown, tuple(misses))


def _count(c: Counter[str], want: LabelledAnswer, got: AnswerReading) -> list[str]:
    kind, held = got.kind.value, got.hold is not None
    right = kind == want.reading
    grave = is_grave(want.reading, kind, held)
    c.update({"n": 1, "right": right, "alone": not held, "alone_right": right and not held, "grave": grave})
    wrong = []
    if not right:
        wrong.append(f"want {want.reading}, got {kind}{' GRAVE' if grave else ''}")
    else:
        for key, here, there in (("until", want.until, got.until), ("slots", want.slots, got.slots)):
            if here is not None:
                c.update({key: 1, f"{key}_right": here == there})
                wrong += [f"{key}: want {here}, got {there}"] if here != there else []
        if want.refer_to:
            fits = bool(got.refer_to) and (
                want.refer_to.lower() in got.refer_to.lower() or got.refer_to.lower() in want.refer_to.lower()
            )
            c.update({"refer": 1, "refer_right": fits})
            wrong += [] if fits else [f"refer_to: want {want.refer_to}, got {got.refer_to}"]
    if want.also:
        c.update({"also": 1, "also_right": held or want.also in [k.value for k in got.also]})
    return [f"{want.name}: {w}{' (held: ' + got.hold + ')' if got.hold else ''}" for w in wrong]


def _share(c: Counter[str], part: str, whole: str) -> float | None:
    return round(c[part] / c[whole], 3) if c[whole] else None
