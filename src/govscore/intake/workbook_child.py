"""The process in which a foreign workbook is opened: bytes in, cells out, and nothing else.

Invariant: it imports nothing of govscore that it does not need, limits its own memory and time where
the system can, and prints one JSON document; whatever happens to it, its parent goes on.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from typing import Any, Final

MEMORY: Final = 2 * 1024**3
SECONDS: Final = 60
MOST_CELLS: Final = 1_000_000
MOST_TEXT: Final = 128 * 1024 * 1024
TOO_MANY: Final = 3
"""Exit code: more cells or text than the limits."""
UNREADABLE: Final = 4
"""Exit code: the reader refused the workbook."""


def main() -> int:
    """Reads a workbook from stdin and prints its sheets as JSON."""
    limit()
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(sys.stdin.buffer.read()), keep_links=False)
        sheets = [_sheet(sheet) for sheet in book.worksheets]
    except OverflowError:
        return TOO_MANY
    except MemoryError:
        return TOO_MANY
    except Exception as error:  # noqa: BLE001 - a foreign reader on a foreign file: anything may come
        sys.stdout.write(json.dumps({"error": f"{type(error).__name__}: {error}"[:300]}))
        return UNREADABLE
    sys.stdout.write(json.dumps({"sheets": sheets}))
    return 0


def limit() -> None:
    """Limits memory and processor time of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, amount in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, what), (amount, amount))


def _sheet(sheet: Any) -> dict[str, Any]:
    cells: list[list[object]] = []
    text = 0
    for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001 - iter_rows would make every cell
        if cell.value is None:
            continue
        kind, shown = _cell(cell)
        text += len(shown)
        if len(cells) >= MOST_CELLS or text > MOST_TEXT:
            raise OverflowError
        cells.append([row, column, kind, shown])
    return {
        "title": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "cells": cells,
        "merged": [str(each) for each in sheet.merged_cells.ranges],
    }


def _cell(cell: Any) -> tuple[str, str]:
    """What a cell is (text, number, percentage, date, truth value, formula, error), and its text."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return "formula", str(getattr(value, "text", value))
    if kind == "e":
        return "error", str(value)
    if kind == "d":
        return "date", value.isoformat() if hasattr(value, "isoformat") else str(value)
    if kind == "b" or isinstance(value, bool):
        return "truth", str(value).lower()
    if isinstance(value, int | float):
        return ("percent" if "%" in (cell.number_format or "") else "number"), repr(value)
    return "text", str(value)


if __name__ == "__main__":
    sys.exit(main())
