"""A whole CSV file: its takers, and every fault with line, column and mend."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from listbot.adapters.registryfiles.cells import COLUMNS, EMPTY, BadCell, Column, columns, nearest
from listbot.domain.errors import Fault
from listbot.domain.registry import Taker
from listbot.domain.rules import folded

_FORMULA = "=+-@\t\r'"
"""A cell that begins so may be run as a formula by a spreadsheet; it is written behind an apostrophe."""


@dataclass(frozen=True, slots=True)
class Row:
    """A good row and the line on which it begins."""

    line: int
    taker: Taker


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `faults` name rows left out; `doubts` rows that are kept and worth a look.

    `columns` are those the file has: of the others it says nothing, also not that they are unknown.
    """

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Fault, ...] = ()
    columns: frozenset[str] = frozenset()


@dataclass
class _Reading:
    file: str
    header: list[str]
    columns: dict[str, Column]
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)

    def fault(self, line: int, column: str, what: str, mend: str) -> None:
        self.faults.append(Fault(self.file, line, what, mend, column))

    def row(self, line: int, cells: list[str]) -> Taker | None:
        """The taker of a row; None where something is wrong with it (noted)."""
        before = len(self.faults)
        if len(cells) > len(self.header) and any(cell.strip() for cell in cells[len(self.header) :]):
            self.fault(
                line, "", f"{len(cells)} cells, and the header names {len(self.header)}", "put a cell with a comma in quotes"
            )
        values = dict(EMPTY)
        for name, cell in zip(self.header, cells, strict=False):
            text = _shown(cell).strip()
            if text:
                try:
                    values[name] = self.columns[name].read(text)
                except BadCell as bad:
                    self.fault(line, name, str(bad), bad.mend)
        self._email(line, str(values["email"]))
        if len(self.faults) > before:
            return None
        taker = Taker(**values)
        self._look_alike(line, taker)
        return taker

    def _email(self, line: int, email: str) -> None:
        if not email:
            if not any(f.line == line and f.column == "email" for f in self.faults):
                self.fault(line, "email", "there is no address", "the address is the key of a row; write it or delete the row")
        elif email in self.seen:
            self.fault(line, "email", f"{email} stands in line {self.seen[email]} already", "keep one of the two rows")
        else:
            self.seen[email] = line

    def _look_alike(self, line: int, taker: Taker) -> None:
        """Two addresses of what seems one person: kept, and said."""
        for key in _marks(taker):
            if key in self.people:
                what = f"{taker.name} may be the person of line {self.people[key]}"
                self.doubts.append(Fault(self.file, line, what, "if so, keep one row", "name"))
                return
            self.people.setdefault(key, line)


def read(
    raw: bytes, file: str = "registry.csv", reliefs: Collection[str] = (), step: Callable[[int], None] = lambda lines: None
) -> Sheet:
    """Read a CSV file. Never raises: what is wrong is in `faults`. `reliefs` are the known relief ids; none: any will do.

    `step` hears of lines that are done: how many more.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Sheet(faults=(Fault(file, line, "this is not UTF-8", "save it as 'CSV UTF-8'"),))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = _records(reader)
    try:
        header_line, cells = next(records, (1, []))
    except csv.Error as error:
        return Sheet(faults=(Fault(file, 1, f"this is not CSV: {error}", "save it as 'CSV UTF-8'"),))
    header = [cell.strip().casefold() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if faults := _header_faults(file, header_line, header):
        return Sheet(faults=tuple(faults))
    reading, rows = _Reading(file, header, columns(reliefs)), list[Row]()
    try:
        before = 0
        for line, cells in records:
            step(line - before)
            before = line
            if taker := reading.row(line, cells):
                rows.append(Row(line, taker))
    except csv.Error as error:
        reading.fault(reader.line_num, "", f"this is not CSV from here on: {error}", "look for a quote that is not closed")
    return Sheet(tuple(rows), tuple(reading.faults), tuple(reading.doubts), frozenset(header))


def doubles(sheet: Sheet, file: str, known: Iterable[Taker]) -> list[Fault]:
    """Rows that would be new and look like somebody who is in the registry under another address, which the file does not name."""
    in_file, entries = {row.taker.email for row in sheet.rows}, list(known)
    emails = {taker.email for taker in entries}
    people = {key: taker.email for taker in entries if taker.email not in in_file for key in _marks(taker)}
    found = []
    for row in sheet.rows:
        other = next((people[key] for key in _marks(row.taker) if key in people), None)
        if other and row.taker.email not in emails:
            what = f"{row.taker.name} may be {other}, who is in the registry"
            found.append(
                Fault(file, row.line, what, "if so, change that entry's address, or pause or forget one of the two", "name")
            )
    return found


def _marks(taker: Taker) -> Iterator[tuple[str, str]]:
    """What two entries of one person have in common: the name, with the organisation or the ZIP code."""
    name = folded(taker.name)
    for tie in filter(None, (taker.organization, taker.zip)) if name else ():
        yield name, folded(tie)


def merged(new: Taker, known: Taker | None, present: Collection[str]) -> Taker:
    """The row laid over the known entry: columns the file does not have stay as they are."""
    if known is None:
        return new
    return replace(known, **{name: getattr(new, name) for name in COLUMNS if name in present})


def write(takers: Iterable[Taker], out: IO[str]) -> int:
    """Write takers with a header row; how many there were."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    known, number = columns(()), 0
    for taker in takers:
        writer.writerow([_safe(known[name].write(getattr(taker, name))) for name in COLUMNS])
        number += 1
    return number


def _records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Records with the line on which each begins; empty lines are passed over."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_faults(file: str, line: int, header: list[str]) -> list[Fault]:
    if len(header) < 2 and header and any(mark in header[0] for mark in ";\t"):
        return [Fault(file, line, "the columns are not separated by commas", "save it as 'CSV UTF-8 (comma delimited)'")]
    faults = [
        Fault(
            file,
            line,
            f"there is no column {name!r}",
            nearest(name, COLUMNS, "docs/registry.md lists every column"),
            name or "(empty)",
        )
        for name in header
        if name not in COLUMNS
    ]
    faults += [
        Fault(file, line, f"the column {name!r} stands here twice", "delete one", name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1 and name in COLUMNS
    ]
    if "email" not in header:
        faults.append(
            Fault(file, line, "there is no column 'email'", "the first line names the columns; email is the key", "email")
        )
    return faults


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] and text[0] in _FORMULA else text


def _shown(cell: str) -> str:
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA else cell
