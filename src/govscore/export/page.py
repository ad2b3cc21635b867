"""How sheets are printed: paper, headers, footers, repeated rows; the same on every sheet.

Invariant: every printed page says the state, that it is not for publication, the notice and the
beginning of the result digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.export.cells import safe_text
from govscore.export.names import cut_utf16, utf16
from govscore.export.stamp import confidential_text, grouped
from govscore.i18n import gettext as _
from govscore.text import inert, shorten, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.export.cells import Sheet
    from govscore.export.stamp import Stamp

A3: Final = 8
A4: Final = 9
_FONT: Final = '&9&"SimSun,Regular"'
_GROUPS: Final = 4
_LONGEST: Final = 255
"""UTF-16 units in a header or footer, codes included."""
_LINE: Final = 60
"""Cells that one line of a header's third takes."""
_MOST_LINES: Final = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What every page of a workbook carries."""

    title: str
    notice: str
    stamp: Stamp

    @property
    def line(self) -> str:
        """State, confidentiality and notice in one line, as it also stands below a sheet's title."""
        parts = [self.stamp.state_text, confidential_text(), self.notice]
        return "　".join(part for part in parts if part)

    def set_up(
        self,
        sheet: Sheet,
        *,
        paper: Literal[8, 9] = A4,
        pages_high: int = 0,
        header_rows: tuple[int, int] | None = None,
        lead_columns: int = 0,
    ) -> None:
        """Paper, margins, header, footer, repeated rows and columns, frozen panes.

        Args:
            sheet: the sheet.
            paper: A3 or A4, always landscape.
            pages_high: on how many pages the rows must fit (0: as many as they need).
            header_rows: the first and last row repeated on every page; the panes freeze below.
            lead_columns: how many columns are repeated and frozen.
        """
        worksheet = sheet.worksheet
        worksheet.set_landscape()
        worksheet.set_paper(paper)
        footer = self._footer()
        bottom = 0.7 + 0.15 * footer.count("\n")
        worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=bottom)
        worksheet.fit_to_pages(1, pages_high)
        worksheet.set_header(self._header(sheet.name))
        worksheet.set_footer(footer)
        if header_rows is not None:
            worksheet.repeat_rows(*header_rows)
            worksheet.freeze_panes(header_rows[1] + 1, lead_columns)
        if lead_columns:
            worksheet.repeat_columns(0, lead_columns - 1)

    def _header(self, name: str) -> str:
        """The state is whole whatever the title; what is left is for the title."""
        state = _plain(f"{self.stamp.state_text} · {confidential_text()}")
        rest = f"&C{_FONT}{state}&R{_FONT}{_cut(_plain(name), 31, 31)}"
        begin = f"&L{_FONT}"
        return begin + _cut(_plain(self.title), _LINE, _LONGEST - utf16(begin + rest)) + rest

    def _footer(self) -> str:
        digest = grouped(self.stamp.result_digest, _GROUPS)
        parts = [digest, self.stamp.printed_text]
        right = "  ".join(part for part in parts if part)
        pages = _("page {page} of {pages}").format(page="&P", pages="&N")
        rest = f"&C{_FONT}{pages}&R{_FONT}{_plain(right)}"
        begin = f"&L{_FONT}"
        room = _LONGEST - utf16(begin + rest) - _MOST_LINES
        notice = _cut(_plain(self.notice), (_LINE - 2) * _MOST_LINES, room)
        return begin + "\n".join(_lines(notice, _LINE)) + rest


def _plain(text: str) -> str:
    """Text without meaning to a header, where `&` begins a code, even doubled in the eyes of the writer."""
    return inert(safe_text(text)).replace("&", "＆")


def _cut(text: str, cells: int, units: int) -> str:
    """The text, cut visibly to so many cells and UTF-16 units."""
    short = shorten(text, cells)
    return short if utf16(short) <= units else cut_utf16(short, units - 1) + "…"


def _lines(text: str, cells: int) -> Iterator[str]:
    """The text in lines of so many cells; a header does not break them itself."""
    while width(text) > cells:
        first = shorten(text, cells)[:-1]
        yield first
        text = text[len(first) :]
    yield text
