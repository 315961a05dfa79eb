"""The registry's CSV as the pages use it. See `office.Sheets`."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping, Sequence

from listbot.adapters.registryfiles.cells import COLUMNS, EMPTY, BadCell, columns
from listbot.adapters.registryfiles.sheet import merged, read, write
from listbot.domain.errors import Fault
from listbot.domain.registry import Taker


class CsvSheets:
    """Cells, rows and files. `reliefs` gives the ids known now; `locate` finds where an office is."""

    def __init__(self, reliefs: Callable[[], Collection[str]], locate: Callable[[Taker, Taker | None], Taker]) -> None:
        self._reliefs, self._locate = reliefs, locate

    def columns(self) -> tuple[str, ...]:
        """See `office.Sheets`."""
        return COLUMNS

    def cells(self, taker: Taker) -> dict[str, str]:
        """See `office.Sheets`."""
        known = columns(())
        return {name: known[name].write(getattr(taker, name)) for name in COLUMNS}

    def taker(self, cells: Mapping[str, str]) -> tuple[Taker | None, list[Fault]]:
        """See `office.Sheets`."""
        known, values, faults = columns(self._reliefs()), dict(EMPTY), list[Fault]()
        for name in COLUMNS:
            text = cells.get(name, "").strip()
            try:
                values[name] = known[name].read(text) if text else EMPTY[name]
            except BadCell as bad:
                faults.append(Fault("", 0, str(bad), bad.mend, name))
        if not values["email"] and not faults:
            faults.append(Fault("", 0, "the address is missing", "it is the key of the entry", "email"))
        return (None if faults else Taker(**values)), faults

    def read(self, raw: bytes, name: str) -> tuple[list[tuple[int, Taker]], list[Fault], frozenset[str]]:
        """See `office.Sheets`."""
        sheet = read(raw, name, self._reliefs())
        return [(row.line, row.taker) for row in sheet.rows], [*sheet.faults], sheet.columns

    def merged(self, new: Taker, known: Taker | None, present: frozenset[str]) -> Taker:
        """See `office.Sheets`."""
        return merged(new, known, present)

    def write(self, takers: Sequence[Taker]) -> str:
        """See `office.Sheets`."""
        out = io.StringIO(newline="")
        write(takers, out)
        return out.getvalue()

    def located(self, taker: Taker, before: Taker | None) -> Taker:
        """See `office.Sheets`."""
        return self._locate(taker, before)
