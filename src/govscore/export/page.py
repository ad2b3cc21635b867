"""How sheets are printed: paper, headers, footers, repeated rows; the same on every sheet.

Invariant: every printed page says the state, that it is not for publication, the notice and the
beginning of the result digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.export.stamp import confidential_text, grouped
from govscore.i18n import gettext as _
from govscore.text import inert, shorten

if TYPE_CHECKING:
    from govscore.export.cells import Sheet
    from govscore.export.stamp import Stamp

A3: Final = 8
A4: Final = 9
_FONT: Final = '&9&"SimSun,Regular"'
_GROUPS: Final = 4


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
        worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        worksheet.fit_to_pages(1, pages_high)
        worksheet.set_header(self._header(sheet.name))
        worksheet.set_footer(self._footer())
        if header_rows is not None:
            worksheet.repeat_rows(*header_rows)
            worksheet.freeze_panes(header_rows[1] + 1, lead_columns)
        if lead_columns:
            worksheet.repeat_columns(0, lead_columns - 1)

    def _header(self, name: str) -> str:
        state = f"{self.stamp.state_text} · {confidential_text()}"
        return f"&L{_FONT}{_plain(self.title, 60)}&C{_FONT}{_plain(state, 50)}&R{_FONT}{_plain(name, 31)}"

    def _footer(self) -> str:
        digest = grouped(self.stamp.result_digest, _GROUPS)
        parts = [digest, self.stamp.printed_text]
        right = "  ".join(part for part in parts if part)
        pages = _("page {page} of {pages}").format(page="&P", pages="&N")
        return f"&L{_FONT}{_plain(self.notice, 60)}&C{_FONT}{pages}&R{_FONT}{_plain(right, 40)}"


def _plain(text: str, most: int) -> str:
    """Text without meaning to a header, where `&` begins a command; short: 255 signs are the limit."""
    short = shorten(inert(text), most)
    while len(short) + short.count("&") > most:
        short = short[:-1]
    return short.replace("&", "&&")
