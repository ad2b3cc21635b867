"""Workbooks for tests: plain ones, and such as no honest program writes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

HEADER: Final = ("unit", "item", "state", "fact", "case", "value", "of", "start", "reason")
ROW: Final = ("jiaoyu", "1", "none", None, None, None, None, None, None)


def book(
    *rows: Iterable[object], header: Iterable[object] = HEADER, change: Callable[[Any], None] | None = None
) -> bytes:
    """A workbook whose first sheet has this header and these rows."""
    made = Workbook()
    sheet = made.active
    sheet.title = "核定"
    for row in (header, *rows):
        sheet.append(list(row))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def row(**cells: object) -> list[object]:
    """A row of the findings sheet."""
    return [cells.get(column) for column in HEADER]


def rezipped(raw: bytes, parts: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same archive with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def with_sheet(raw: bytes, pattern: bytes, replacement: bytes) -> bytes:
    """The workbook with something replaced in the XML of its first sheet."""
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        content = archive.read(name)
    changed = re.sub(pattern, lambda _match: replacement, content, count=1)
    assert changed != content
    return rezipped(raw, {name: changed})
