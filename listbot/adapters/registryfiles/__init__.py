"""The registry as CSV: read with every bad row named, written so that reading it again changes nothing."""

from __future__ import annotations

from listbot.adapters.registryfiles.cells import COLUMNS
from listbot.adapters.registryfiles.sheet import Row, Sheet, doubles, merged, read, write
from listbot.adapters.registryfiles.sheets import CsvSheets

__all__ = ["COLUMNS", "CsvSheets", "Row", "Sheet", "doubles", "merged", "read", "write"]
