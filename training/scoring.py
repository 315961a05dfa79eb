"""Readings held against labels: the figures by which the reader is judged, on any labelled posts."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Labels = Mapping[str, Any]
_TALK = {"question", "announcement", "other"}
_SMALL = re.compile(r"\b(city|county|town|township|village|borough|parish|of|the|ny|fort|ft|saint|st)\b")


def plain(name: str | None) -> str:
    """A place's name as it is compared."""
    return " ".join(_SMALL.sub(" ", re.sub(r"[^a-z0-9 ]", " ", (name or "").lower())).split())


def states(need: Labels) -> set[str]:
    return {p["state"] for p in need.get("places") or [] if p.get("state")}


def names(need: Labels) -> set[str]:
    found = {plain(p.get(k)) for p in need.get("places") or [] for k in ("text", "city", "county", "facility", "court")}
    return found - {""}


def deadline(need: Labels) -> str | None:
    found = need.get("deadline")
    return (found or {}).get("date")


def deadline_right(gold: Labels, need: Labels) -> bool:
    return deadline(need) in {gold.get("deadline"), *(gold.get("deadline_alt") or [])}


def _agreement(gold: Labels, need: Labels) -> float:
    g, p = set(gold["relief"]), set(need.get("relief") or [])
    return (set(gold["states"]) == states(need)) * 2 + len(g & p) / max(1, len(g | p)) + deadline_right(gold, need)


def paired(golds: list[Labels], needs: list[Labels]) -> list[tuple[Labels | None, Labels | None]]:
    """Labelled needs beside those read, best total agreement first."""
    size = max(len(golds), len(needs))
    left: list[Labels | None] = [*golds, *[None] * (size - len(golds))]
    right: list[Labels | None] = [*needs, *[None] * (size - len(needs))]
    if size > 6:
        return list(zip(left, right, strict=True))
    order = max(
        itertools.permutations(right), key=lambda o: sum(_agreement(g, q) for g, q in zip(left, o, strict=True) if g and q)
    )
    return list(zip(left, order, strict=True))


class Tally:
    """Counts over posts; `figures()` turns them into shares of 1, `misses` says what was wrong."""

    def __init__(self) -> None:
        self.c: Counter[str] = Counter()
        self.misses: list[str] = []
        self.kinds: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, gold: Labels, read: Labels, pii: Iterable[str] = ()) -> bool:
        """Count one post; whether the bot would do the right thing on it."""
        c = self.c
        want, got = gold["kind"], read["kind"]
        c["posts"] += 1
        self.kinds[want, got] += 1
        c["kind_right"] += want == got
        if want != got:
            self._miss(name, "kind", want, got)
        c["ref_tp"] += want == got == "referral"
        c["ref_fp"] += got == "referral" != want
        c["ref_fn"] += want == "referral" != got
        for secret in pii:
            leak = secret in (read.get("redacted_text") or "") or secret in json.dumps(
                read.get("needs") or [], ensure_ascii=False
            )
            c["pii"] += 1
            c["leaked"] += leak
            if leak:
                self._miss(name, "leaked", secret, "forwarded")
        good = want == got or {want, got} <= _TALK
        if want == "referral":
            good &= self._needs(name, gold["needs"], read.get("needs") or [])
        c["usable"] += good
        if not read.get("hold"):
            c["alone"] += 1
            c["alone_usable"] += good
            if not good:
                self._miss(name, "not held", "right", "wrong")
        return good

    def _miss(self, name: str, what: str, want: object, got: object) -> None:
        self.misses.append(f"{name}: {what}: want {want!r}, got {got!r}")

    def _needs(self, name: str, golds: list[Labels], needs: list[Labels]) -> bool:
        self.c["referrals"] += 1
        good = len(golds) == len(needs)
        self.c["count_right"] += good
        if not good:
            self._miss(name, "count", len(golds), len(needs))
        for want, got in paired(golds, needs):
            if want is not None:
                good &= self._need(name, want, got or {})
        return good

    def _need(self, name: str, want: Labels, got: Labels) -> bool:
        c = self.c
        c["needs"] += 1
        found, r, rw = states(got), set(got.get("relief") or []), set(want["relief"])
        right_state, right_date = found == set(want["states"]), bool(got) and deadline_right(want, got)
        c["state"] += right_state
        c["date"] += right_date
        if not right_state:
            self._miss(name, "states", want["states"], sorted(found))
        if not right_date:
            self._miss(name, "deadline", want.get("deadline"), deadline(got))
        for key in ("city", "facility"):
            if want.get(key):
                w = plain(want[key])
                hit = any(w and (w in n or n in w) for n in names(got))
                c[key] += 1
                c[key + "_right"] += hit
                if not hit:
                    self._miss(name, key, want[key], sorted(names(got)))
        c["rel_tp"] += len(r & rw)
        c["rel_fp"] += len(r - rw)
        c["rel_fn"] += len(rw - r)
        if r != rw:
            self._miss(name, "relief", sorted(rw), sorted(r))
        if want.get("deadline"):
            c["dated"] += 1
            c["dated_right"] += right_date
            c["dkind_right"] += right_date and (got.get("deadline") or {}).get("kind") == want.get("deadline_kind")
        else:
            c["undated"] += 1
            c["invented"] += deadline(got) is not None
        self._facts(name, want, got)
        overlap = (not rw and len(r) <= 1) or (bool(r & rw) and len(r - rw) <= 1 and len(rw - r) <= 1)
        return right_state and right_date and overlap

    def _facts(self, name: str, want: Labels, got: Labels) -> None:
        c = self.c
        for key in ("detained", "minor", "scope", "country"):
            if want.get(key) is not None:
                c[key] += 1
                c[key + "_right"] += got.get(key) == want[key]
                if got.get(key) != want[key]:
                    self._miss(name, key, want[key], got.get(key))
        lw, lg = set(want.get("languages") or []), set(got.get("languages") or [])
        c["lang_tp"] += len(lw & lg)
        c["lang_fp"] += len(lg - lw)
        c["lang_fn"] += len(lw - lg)
        if lw != lg:
            self._miss(name, "languages", sorted(lw), sorted(lg))

    def figures(self) -> dict[str, float | int | None]:
        c = self.c

        def share(part: str, whole: str) -> float | None:
            return round(c[part] / c[whole], 3) if c[whole] else None

        def f1(name: str) -> float:
            return round(2 * c[f"{name}_tp"] / max(1, 2 * c[f"{name}_tp"] + c[f"{name}_fp"] + c[f"{name}_fn"]), 3)

        return {
            "posts": c["posts"], "usable": share("usable", "posts"), "not held": share("alone", "posts"),
            "usable of those not held": share("alone_usable", "alone"), "kind": share("kind_right", "posts"),
            "referral precision": round(c["ref_tp"] / max(1, c["ref_tp"] + c["ref_fp"]), 3),
            "referral recall": round(c["ref_tp"] / max(1, c["ref_tp"] + c["ref_fn"]), 3),
            "number of needs": share("count_right", "referrals"), "state": share("state", "needs"), "city": share("city_right", "city"),
            "facility": share("facility_right", "facility"), "relief F1": f1("rel"), "deadline": share("date", "needs"),
            "deadline where there is one": share("dated_right", "dated"), "deadline kind": share("dkind_right", "dated"),
            "deadline invented": share("invented", "undated"), "detained": share("detained_right", "detained"),
            "minor": share("minor_right", "minor"), "country": share("country_right", "country"), "scope": share("scope_right", "scope"),
            "language F1": f1("lang"), "identifiers": c["pii"], "leaked": c["leaked"],
        }  # fmt: skip
