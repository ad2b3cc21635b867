"""Tables of text: aligned by what a terminal shows, in which a Chinese character takes two cells.

Invariant: no cell is cut, and foreign text in a cell is inert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.text import inert, pad, width

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING: Final = "—"
_GAP: Final = "  "


def table(headings: Sequence[str], rows: Sequence[Sequence[str | None]], right: str = "") -> str:
    """Lines of a table with a heading.

    Args:
        headings: of the columns.
        rows: cells; None is shown as a dash.
        right: a letter for each column, `r` for those aligned to the right.
    """
    lines = [list(headings), *([NOTHING if cell is None else inert(cell) for cell in row] for row in rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    aligned = right.ljust(len(widths))
    return "\n".join(
        _GAP.join(
            pad(cell, cells, right=side == "r")
            for cell, cells, side in zip(line, widths, aligned, strict=True)
        ).rstrip()
        for line in lines
    )
