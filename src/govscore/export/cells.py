"""Cells: how text, points and formulas get into a sheet, and what they look like.

Invariant: text from outside is written as text whatever it looks like, cut visibly where it is too
long; a point becomes a double here only, and only if it comes back as the same integer.
"""

from __future__ import annotations

import math
from copy import deepcopy
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from govscore.errors import InputError, problem
from govscore.export import messages as m
from govscore.export.names import cut_utf16, sheet_name, utf16
from govscore.i18n import gettext as _
from govscore.points import UNITS_PER_POINT, plain
from govscore.text import inert, width

if TYPE_CHECKING:
    from govscore.export.live import Live

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
LONGEST_TEXT: Final = 32_767
FONT: Final = "SimSun"
HEADING_FONT: Final = "SimHei"
LINE_HEIGHT: Final = 14
"""Points of height that a line of text takes at the base size."""
HIGHEST_ROW: Final = 409
MOST_LINES: Final = (HIGHEST_ROW - 4) // LINE_HEIGHT

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}

Style = dict[str, Any]
PLAIN: Final[Style] = {"valign": "vcenter"}
BOX: Final[Style] = {"border": 1, "valign": "vcenter"}
WRAPPED: Final[Style] = {"border": 1, "valign": "top", "text_wrap": True, "align": "left", "indent": 1}
CENTERED: Final[Style] = {"border": 1, "valign": "vcenter", "align": "center"}
HEADER: Final[Style] = {
    **CENTERED,
    "bold": True,
    "text_wrap": True,
    "bg_color": "#E7E6E6",
    "font_name": HEADING_FONT,
}
TITLE: Final[Style] = {"bold": True, "font_size": 16, "font_name": HEADING_FONT, "valign": "vcenter"}
NOTE: Final[Style] = {"font_size": 9, "valign": "vcenter", "font_color": "#404040"}


def as_double(points: int) -> float:
    """Points as the double that a workbook holds, compared back as an integer.

    Raises:
        InputError: the double stands for another number of points.
    """
    value = int(points) / UNITS_PER_POINT
    if abs(points) >= 10**15 or round(Fraction(value) * UNITS_PER_POINT) != points:
        raise InputError(problem(m.NOT_EXACT, None, None, found=plain(points)))
    return value


def safe_text(text: str) -> str:
    """Foreign text as a cell may hold it: inert, not too long, and no markup to the writer."""
    clean = inert(text.replace("\r\n", "\n"), lines=True)
    clean = clean.replace("\ufffe", "‹U+FFFE›").replace("\uffff", "‹U+FFFF›")
    if clean.startswith("<r>") and clean.endswith("</r>"):
        clean += " "  # xlsxwriter would take it for formatting and write it as raw XML
    if utf16(clean) <= LONGEST_TEXT:
        return clean
    mark = _(" … [cut here; {count} characters in all]").format(count=len(clean))
    return cut_utf16(clean, LONGEST_TEXT - utf16(mark)) + mark


def number_format(places: int) -> str:
    """The number format for so many decimals."""
    return "0." + "0" * places if places else "0"


def lines_of(text: str, cells: float) -> int:
    """How many lines the text takes in a column of this width."""
    room = max(1.0, cells - 2)
    return sum(max(1, math.ceil(width(line) / room)) for line in text.split("\n"))


class Book:
    """A workbook that is being made, in memory."""

    def __init__(self) -> None:
        self._buffer = BytesIO()
        # xlsxwriter writes into the options it is given: a copy keeps two files in one process equal.
        self.workbook: Any = xlsxwriter.Workbook(self._buffer, deepcopy(_OPTIONS))
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def style(self, style: Style) -> Any:
        """The format for a style; equal styles share one."""
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(style)
        return self._formats[key]

    def sheet(self, name: str) -> Sheet:
        """A new sheet with a name near this one."""
        safe = sheet_name(name, self._names)
        return Sheet(self, self.workbook.add_worksheet(safe), safe)

    def close(self) -> bytes:
        """The finished file."""
        self.workbook.close()
        return self._buffer.getvalue()


class Sheet:
    """A sheet; rows and columns count from 0."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        self.book = book
        self.worksheet = worksheet
        self.name = name

    def text(self, row: int, column: int, text: str, style: Style = PLAIN) -> None:
        """Text, whatever it looks like."""
        _within(row, column)
        self.worksheet.write_string(row, column, safe_text(text), self.book.style(style))

    def points(self, row: int, column: int, points: int, places: int, style: Style = BOX) -> None:
        """Points as a number."""
        _within(row, column)
        shown = {**style, "num_format": number_format(places)}
        self.worksheet.write_number(row, column, as_double(points), self.book.style(shown))

    def share(self, row: int, column: int, share: Fraction, style: Style = BOX) -> None:
        """A weight, shown in percent."""
        _within(row, column)
        shown = {**style, "num_format": "0.####%"}
        self.worksheet.write_number(row, column, float(share), self.book.style(shown))

    def count(self, row: int, column: int, count: int, style: Style = CENTERED) -> None:
        """A whole number that is no points."""
        _within(row, column)
        shown = {**style, "num_format": "0"}
        self.worksheet.write_number(row, column, count, self.book.style(shown))

    def live(
        self, row: int, column: int, live: Live, places: int, style: Style = BOX, what: str = ""
    ) -> None:
        """A formula with its value; programs that do not recalculate show the value."""
        _within(row, column)
        shown = self.book.style({**style, "num_format": number_format(places)})
        self.worksheet.write_formula(row, column, live.formula(what), shown, as_double(live.units))

    def merged(self, row: int, column: int, last: int, text: str, style: Style, last_row: int = -1) -> None:
        """Text over several columns (and rows)."""
        bottom = max(row, last_row)
        _within(bottom, last)
        if (bottom, last) != (row, column):
            self.worksheet.merge_range(row, column, bottom, last, "", self.book.style(style))
        self.text(row, column, text, style)

    def widths(self, widths: list[float], first: int = 0) -> None:
        """Column widths from a column on."""
        for place, cells in enumerate(widths):
            self.worksheet.set_column(first + place, first + place, cells)

    def height(self, row: int, lines: float) -> None:
        """A row's height in lines of text."""
        self.worksheet.set_row(row, min(HIGHEST_ROW, lines * LINE_HEIGHT + 4))

    def fit(self, row: int, *cells: tuple[str, float]) -> None:
        """A row as high as its texts need at these widths: not every program finds that out itself."""
        self.height(row, max(lines_of(safe_text(text), width) for text, width in cells))

    def fit_block(self, row: int, *cells: tuple[str, float]) -> int:
        """As many rows as these texts need where one cannot be that high; returns the last of them."""
        lines = max(lines_of(safe_text(text), width) for text, width in cells)
        count = math.ceil(lines / MOST_LINES)
        for each in range(row, row + count):
            self.height(each, lines / count)
        return row + count - 1


def _within(row: int, column: int) -> None:
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise InputError(
            problem(
                m.TOO_LARGE,
                None,
                None,
                rows=row + 1,
                columns=column + 1,
                most_rows=MOST_ROWS,
                most_columns=MOST_COLUMNS,
            )
        )
