"""How wide the columns of the matrix are, and where its printed pages begin.

Invariant: a page begins at a section wherever one fits on a page, so that no title is cut in two.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from govscore.export.layout import LEADS
from govscore.points import show
from govscore.text import width

if TYPE_CHECKING:
    from govscore.export.cells import Sheet
    from govscore.export.layout import Column, Layout
    from govscore.scoring.result import UnitResult

SCALE: Final = 60
"""Per cent; ten points on paper become six."""
_PAGE_CELLS: Final = 275.0
"""Width of the columns that an A3 page takes at this scale, less a reserve: fonts differ."""
_PADDING: Final = 0.75
"""What a column takes besides its width."""
_WIDTHS: Final = {
    "group": 12,
    "rank": 6,
    "unit": 13,
    "name": 20,
    "grade": 10,
    "state": 16,
    "effect": 11,
    "charge": 9,
}
_WIDEST_NAME: Final = 30.0


def column_widths(layout: Layout, units: list[UnitResult], places: int) -> list[float]:
    """The width of every column, in digits."""
    widths = [_width(layout, column, places) for column in layout.columns]
    names = max((width(unit.name) + 2.0 for unit in units), default=0.0)
    place = layout.place("name")
    widths[place] = min(_WIDEST_NAME, max(widths[place], names))
    return widths


def _width(layout: Layout, column: Column, places: int) -> float:
    if column.role == "item":
        worth = [len(show(each, places)) for each in layout.worths[column.id]]
        return max(7.5, 2.0 + max(worth, default=0))
    return float(_WIDTHS.get(column.role, 10))


def pages(layout: Layout, widths: list[float]) -> list[int]:
    """On which page each column is printed, from 0; the leading columns stand on every page."""
    room = _PAGE_CELLS - sum(cells + _PADDING for cells in widths[: len(LEADS)])
    found = [0] * len(LEADS)
    page, used = 0, 0.0
    columns = list(zip(layout.columns, widths, strict=True))[len(LEADS) :]
    for _key, block in groupby(columns, key=lambda each: _block(each[0])):
        cells = [cell + _PADDING for _column, cell in block]
        if used and used + sum(cells) > room:
            page, used = page + 1, 0.0
        for cell in cells:
            if used and used + cell > room:
                page, used = page + 1, 0.0
            found.append(page)
            used += cell
    return found


def _block(column: Column) -> tuple[str, ...]:
    """What should stay on one page: a top section; all that comes after the items."""
    if column.kind is not None:
        return (column.part, column.kind, *column.path[:1])
    return ("helper",) if column.role == "helper" else ("amounts", column.part)


def set_widths(sheet: Sheet, layout: Layout, widths: list[float]) -> None:
    """The widths; helpers are folded away, one click opens them."""
    for place, (column, cells) in enumerate(zip(layout.columns, widths, strict=True)):
        options = {"level": 1, "hidden": True} if column.role == "helper" else {}
        sheet.worksheet.set_column(place, place, cells, None, options)
    if any(column.role == "helper" for column in layout.columns):
        after = len(layout.columns)
        sheet.worksheet.set_column(after, after, None, None, {"collapsed": True})
