"""A ranking for each group.

Invariant: while a unit of the group is open, every line says that it is provisional; a unit without
a total shows words in its place, never 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govscore.export.cells import BOX, CENTERED, HEADER, NOTE, TITLE, WRAPPED
from govscore.export.stamp import provisional_text
from govscore.export.words import NOT_ASSIGNED, acting_text, line_state_text, span_text
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import show
from govscore.rules.words import in_words
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.part_words import part_words
from govscore.scoring.standing_words import standing_words
from govscore.text import width

if TYPE_CHECKING:
    from govscore.export.cells import Book, Sheet
    from govscore.export.page import Page
    from govscore.scoring.display import Display
    from govscore.scoring.result import Result, UnitResult

_HEAD: Final = 2
"""The row of the column titles."""
_NAME: Final = 2
_STATE: Final = 8
_REMARK: Final = 9
_WIDEST_NAME: Final = 40.0
_WIDTHS: Final[list[float]] = [6, 13, 26, 10, 9, 10, 10, 10, 20, 40]


def write_rankings(book: Book, page: Page, result: Result, shown: Display) -> None:
    """A sheet for each group that has units."""
    for group, title in result.scheme.groups.items():
        if any(unit.group == group for unit in result.units):
            _write_group(book, page, result, shown, group, title)


def _write_group(book: Book, page: Page, result: Result, shown: Display, group: str, title: str) -> None:
    sheet = book.sheet(_("Ranking {group}").format(group=title))
    provisional = result.is_provisional(group)
    units = result.ranking(group)
    heading = _("Ranking: {group}").format(group=title)
    if provisional:
        heading += f" · {provisional_text()}"
    sheet.merged(0, 0, _REMARK, heading, TITLE)
    sheet.height(0, 2)
    sheet.merged(1, 0, _REMARK, page.line, NOTE)
    for column, label in enumerate(_labels()):
        sheet.text(_HEAD, column, label, HEADER)
    sheet.height(_HEAD, 2)
    for row, unit in enumerate(units, start=_HEAD + 1):
        _write_unit(sheet, row, result, shown, unit, provisional)
    last = _HEAD + len(units)
    widths = list(_WIDTHS)
    widths[_NAME] = min(_WIDEST_NAME, max(widths[_NAME], *(width(unit.name) + 2.0 for unit in units)))
    sheet.widths(widths)
    sheet.worksheet.autofilter(_HEAD, 0, last, _REMARK)
    page.set_up(sheet, header_rows=(0, _HEAD), lead_columns=_NAME + 1)
    _mark_lines(book, sheet, last)


def _labels() -> list[str]:
    return [
        _("rank"),
        _("unit id"),
        _("unit assessed"),
        _("base score"),
        _("bonus"),
        _("major deductions"),
        _("total score"),
        _("grade"),
        _("state"),
        _("remarks"),
    ]


def _write_unit(
    sheet: Sheet, row: int, result: Result, shown: Display, unit: UnitResult, provisional: bool
) -> None:
    if unit.rank is None:
        sheet.text(row, 0, NOT_ASSIGNED, CENTERED)
    else:
        sheet.count(row, 0, unit.rank)
    sheet.text(row, 1, unit.unit, BOX)
    sheet.text(row, _NAME, unit.name, {**BOX, "text_wrap": True})
    amounts = (
        (unit.base, shown.base(unit)),
        (unit.bonus, shown.places),
        (unit.major_deduction, shown.places),
        (unit.total, shown.total(unit)),
    )
    for column, (points, places) in enumerate(amounts, start=3):
        if points is None:
            sheet.text(row, column, NOT_ASSIGNED, CENTERED)
        else:
            sheet.points(row, column, points, places)
    sheet.text(row, 7, unit.grade or NOT_ASSIGNED, CENTERED)
    sheet.text(row, _STATE, line_state_text(unit, provisional), CENTERED)
    remark = _remark(result, shown, unit)
    sheet.text(row, _REMARK, remark, {**WRAPPED, "valign": "vcenter"})
    sheet.fit(row, (remark, _WIDTHS[_REMARK]), (unit.name, _WIDEST_NAME))


def _remark(result: Result, shown: Display, unit: UnitResult) -> str:
    parts = []
    if unit.state == "open":
        count = len(unit.open_items) + len(unit.open_vetoes)
        parts.append(
            ngettext("{count} item not reviewed", "{count} items not reviewed", count).format(count=count)
        )
        parts.append(span_text(unit, shown.places))
    total = result.scheme.model.total
    if unit.failed and total.fail is not None:
        condition = in_words(total.fail.when, lambda _name: _("base score"))
        parts.append(_("failed: {condition}").format(condition=condition))
    if unit.bonus_locked and total.bonus_when is not None:
        condition = in_words(total.bonus_when, lambda _name: _("base score"))
        parts.append(_("bonus locked: it needs {condition}").format(condition=condition))
    mine = for_unit(result.scheme, unit)
    parts += (part_words(mine.part(each.part), each, shown, unit) for each in unit.parts.values())
    if unit.charged:
        taken = show(unit.charged, shown.places)
        parts.append(_("{points} taken from the total").format(points=taken))
    parts += standing_words(result.scheme, unit)
    acting = acting_text(result.scheme, unit)
    if acting:
        parts.append(_("in force: {titles}").format(titles=acting))
    warning = _(", ").join(result.scheme.vetoes[veto.id].title for veto in unit.vetoes if veto.warns)
    if warning:
        parts.append(_("warning, without effect: {titles}").format(titles=warning))
    return _("; ").join(parts)


def _mark_lines(book: Book, sheet: Sheet, last: int) -> None:
    """Units without a rank in italics on grey, which a black-and-white print keeps."""
    first = _HEAD + 2  # as a spreadsheet counts rows
    no_rank: dict[str, Any] = {
        "type": "formula",
        "criteria": f"=ISTEXT($A{first})",
        "format": book.workbook.add_format({"italic": True, "bg_color": "#EDEDED"}),
    }
    sheet.worksheet.conditional_format(_HEAD + 1, 0, last, _REMARK, no_rank)
