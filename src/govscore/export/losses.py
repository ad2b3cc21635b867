"""Every lost point with its reason, unit by unit.

Invariant: the lines come from the trace, which was recorded while scoring; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.export.cells import BOX, CENTERED, HEADER, NOTE, TITLE, WRAPPED
from govscore.export.words import NOT_ASSIGNED, kind_text
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.export.cells import Book, Sheet
    from govscore.export.page import Page
    from govscore.scoring.result import Result, UnitResult
    from govscore.scoring.trace import UnitTrace

_HEAD: Final = 2
_WIDTHS: Final[list[float]] = [11, 22, 8, 28, 12, 9, 50, 40]


def write_losses(book: Book, page: Page, result: Result, traces: Callable[[str], UnitTrace]) -> None:
    """One sheet; units in the order of the rankings."""
    sheet = book.sheet(_("Points lost"))
    last_column = len(_WIDTHS) - 1
    sheet.merged(0, 0, last_column, _("Points lost and deducted, with reasons"), TITLE)
    sheet.height(0, 2)
    sheet.merged(1, 0, last_column, page.line, NOTE)
    for column, label in enumerate(_labels()):
        sheet.text(_HEAD, column, label, HEADER)
    sheet.height(_HEAD, 2)
    row = _HEAD + 1
    for group in result.scheme.groups:
        for unit in result.ranking(group):
            row = _write_unit(sheet, row, result, unit, traces(unit.unit))
    sheet.widths(_WIDTHS)
    sheet.worksheet.autofilter(_HEAD, 0, max(row - 1, _HEAD + 1), last_column)
    page.set_up(sheet, header_rows=(0, _HEAD), lead_columns=2)


def _labels() -> list[str]:
    return [
        _("group"),
        _("unit assessed"),
        _("item id"),
        _("item"),
        _("kind"),
        _("points lost"),
        _("how the points came about"),
        _("reviewer's reason"),
    ]


def _write_unit(sheet: Sheet, row: int, result: Result, unit: UnitResult, trace: UnitTrace) -> int:
    entries = result.scheme.entries
    for loss in trace.losses:
        title = loss.title or entries[loss.item].title
        amount = int(loss.lost)
        _write_line(sheet, row, result, unit, (loss.item, title, kind_text(loss.kind), loss.why, loss.reason))
        sheet.points(row, 5, amount, result.scheme.places, {**BOX, "valign": "top"})
        row += 1
    counted = {loss.item for loss in trace.losses if loss.kind == "veto"}
    for step in trace.totals:  # what took no points, but the grade or the place in the ranking
        id = step.name.removeprefix("veto:")
        if id != step.name and id not in counted and id in entries:
            kind = kind_text("veto") if id in result.scheme.vetoes else _("effect")
            _write_line(sheet, row, result, unit, (id, entries[id].title, kind, step.text, ""))
            sheet.text(row, 5, NOT_ASSIGNED, {**CENTERED, "valign": "top"})
            row += 1
    return row


def _write_line(
    sheet: Sheet, row: int, result: Result, unit: UnitResult, words: tuple[str, str, str, str, str]
) -> None:
    item, title, kind, why, reason = words
    sheet.text(row, 0, result.scheme.groups[unit.group], {**BOX, "valign": "top"})
    sheet.text(row, 1, unit.name, WRAPPED)
    sheet.text(row, 2, item, {**CENTERED, "valign": "top"})
    sheet.text(row, 3, title, WRAPPED)
    sheet.text(row, 4, kind, {**CENTERED, "valign": "top"})
    sheet.text(row, 6, why, WRAPPED)
    sheet.text(row, 7, reason, WRAPPED)
    wrapped = ((1, unit.name), (3, title), (6, why), (7, reason))
    sheet.fit(row, *((text, _WIDTHS[column]) for column, text in wrapped))
