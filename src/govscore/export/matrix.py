"""The score matrix: units × items, with sections, base, bonus, deductions and total as live formulas.

Invariant: item cells are values, everything computed from them is a formula whose cached value is the
result's own number; a unit without a total shows words in its place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from govscore.export.arithmetic import RowArithmetic
from govscore.export.cells import BOX, CENTERED, NOTE, TITLE, number_format
from govscore.export.layout import LEADS, LOOSE, effect_form, lay_out_matrix
from govscore.export.matrix_head import head_rows, write_head
from govscore.export.page import A3
from govscore.export.stamp import provisional_text
from govscore.export.words import NOT_ASSIGNED, item_state_text, unit_state_text
from govscore.i18n import gettext as _
from govscore.points import show
from govscore.scoring.plan import lay_out
from govscore.text import width

if TYPE_CHECKING:
    from govscore.export.cells import Book, Sheet, Style
    from govscore.export.layout import Column, Layout
    from govscore.export.page import Page
    from govscore.scheme.model import ItemKind
    from govscore.scoring.display import Display
    from govscore.scoring.result import ItemState, Result, UnitResult

_PAGE_CELLS: Final = 250
"""Width of columns that an A3 page takes at a legible size."""
_TEXT: Final[Style] = {**CENTERED, "italic": True, "font_size": 9}
_SUM: Final[Style] = {**BOX, "bold": True, "bg_color": "#F2F2F2"}
_FOLDED: Final = frozenset({"helper"})
_ORDER: Final[tuple[ItemState, ...]] = ("open", "locked", "stopped", "not_applicable")
"""Which word stands for a section none of whose items has points."""


def write_matrix(book: Book, page: Page, result: Result, shown: Display) -> None:
    """One sheet with the units of all groups, each group in the order of its ranking."""
    sheet = book.sheet(_("Score matrix"))
    layout = lay_out_matrix(lay_out(result.scheme, result.roster))
    last_column = len(layout.columns) - 1
    sheet.text(0, 0, _("Score matrix: units and items"), TITLE)
    sheet.height(0, 2)
    sheet.text(1, 0, page.line, NOTE)
    sheet.text(2, 0, _legend(), NOTE)
    head = head_rows(layout)
    write_head(sheet, layout, shown.places)
    units = [unit for group in result.scheme.groups for unit in result.ranking(group)]
    for row, unit in enumerate(units, start=head.last + 1):
        _Row(sheet, layout, result, shown, unit, row, head.points).write()
    last = head.last + len(units)
    _set_widths(sheet, layout, units, shown.places)
    sheet.worksheet.autofilter(head.last, 0, last, last_column)
    visible = sum(
        _width(layout, column, shown.places) for column in layout.columns if column.role != "helper"
    )
    pages_wide = max(1, math.ceil(visible / _PAGE_CELLS))
    page.set_up(sheet, paper=A3, pages_wide=pages_wide, header_rows=(0, head.last), lead_columns=len(LEADS))
    printed = max(place for place, column in enumerate(layout.columns) if column.role != "helper")
    sheet.worksheet.print_area(0, 0, last, printed)
    _mark_cells(book, sheet, layout, head.last + 1, last, head.points)


def _legend() -> str:
    return _(
        "Bold on grey: below the item's points. Italics: no number ({not_assigned} not assigned). "
        "Cells of items are values; section, base, bonus, deduction and total cells are formulas."
    ).format(not_assigned=NOT_ASSIGNED)


class _Row:
    """One unit's row."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        result: Result,
        shown: Display,
        unit: UnitResult,
        row: int,
        points_row: int,
    ) -> None:
        self._sheet, self._layout, self._result, self._shown = sheet, layout, result, shown
        self._unit, self._row = unit, row
        self._live = RowArithmetic(layout, unit, row + 1, points_row + 1).cells

    def write(self) -> None:
        """All its cells."""
        for place, column in enumerate(self._layout.columns):
            live = self._live.get((column.role, column.id, column.what))
            if live is not None:
                what = f"{column.id} {column.what}".strip()
                self._sheet.live(self._row, place, live, self._places(column), _style(column), what)
            elif column.role == "item":
                self._item(place, column)
            elif column.role == "effect":
                self._effect(place, column)
            elif column.role == "rank" and self._unit.rank is not None:
                self._sheet.count(self._row, place, self._unit.rank)
            else:
                style = BOX if column.role in ("group", "unit", "name") else _TEXT
                self._sheet.text(self._row, place, self._text(column), style)

    def _places(self, column: Column) -> int:
        if column.role == "amount" and column.id == "base":
            return self._shown.base_places(self._unit.unit)
        if column.role == "amount" and column.id == "total":
            return self._shown.total_places(self._unit.unit)
        return self._shown.places

    def _item(self, place: int, column: Column) -> None:
        item = self._unit.items[column.id]
        if item.points is not None:
            self._sheet.points(self._row, place, item.points, self._shown.places)
        else:
            self._sheet.text(self._row, place, item_state_text(item.state), _TEXT)

    def _effect(self, place: int, column: Column) -> None:
        """A number that the total's formula reads, or words."""
        entry = self._layout.scheme.entries[column.id]
        veto = next(each for each in self._unit.vetoes if each.id == column.id)
        form = effect_form(veto.effect)
        if veto.acts and form and self._unit.state == "scored":
            limit = veto.effect.at_most if veto.effect.at_most is not None else 0
            self._sheet.points(self._row, place, limit, self._shown.places)
            return
        assigned = entry.applies(self._unit.group, self._unit.unit, self._unit.tags)
        if not assigned:
            text = NOT_ASSIGNED
        elif veto.undecided:
            text = item_state_text("open")
        elif veto.acts:
            text = veto.effect.stop or veto.effect.cap_grade or veto.effect.forced or _("yes")
        elif self._unit.state == "stopped":
            text = item_state_text("stopped")
        else:
            text = _("no")
        self._sheet.text(self._row, place, text, _TEXT)

    def _text(self, column: Column) -> str:
        """What stands in a column that has no number for this unit."""
        unit = self._unit
        if column.role == "section":
            return self._section_text(column)
        if column.role == "amount":
            return NOT_ASSIGNED if column.id in ("possible", "full") else unit_state_text(unit)
        if column.role == "state":
            provisional = self._result.is_provisional(unit.group)
            return provisional_text() if provisional else unit_state_text(unit)
        words = {
            "group": self._layout.scheme.groups[unit.group],
            "unit": unit.unit,
            "name": unit.name,
            "grade": unit.grade or NOT_ASSIGNED,
        }
        return words.get(column.role, NOT_ASSIGNED)

    def _section_text(self, column: Column) -> str:
        scheme = self._layout.scheme
        inside = {each.id for each in self._layout.columns if each.role == "item" and column.id in each.path}
        states = {self._unit.items[id].state for id in scheme.items if id in inside}
        return next((item_state_text(state) for state in _ORDER if state in states), NOT_ASSIGNED)


def _style(column: Column) -> Style:
    if column.role == "helper" or column.id in ("possible", "full"):
        return {**BOX, "font_color": "#404040"}
    return _SUM


def _set_widths(sheet: Sheet, layout: Layout, units: list[UnitResult], places: int) -> None:
    """Widths by what the columns hold; helpers are folded away, one click opens them."""
    names = max((width(unit.name) for unit in units), default=10)
    for place, column in enumerate(layout.columns):
        cells = _width(layout, column, places)
        if column.role == "name":
            cells = min(30, max(cells, names + 2))
        options = {"level": 1, "hidden": True} if column.role in _FOLDED else {}
        sheet.worksheet.set_column(place, place, cells, None, options)
    sheet.worksheet.set_column(len(layout.columns), len(layout.columns), None, None, {"collapsed": True})


def _width(layout: Layout, column: Column, places: int) -> float:
    """A column's width in digits."""
    if column.role == "item":
        full = layout.scheme.items[column.id].full
        return max(7.5, 2.0 + (len(show(full, places)) if full is not None else 0))
    widths = {"group": 12, "rank": 6, "unit": 13, "name": 20, "grade": 10, "state": 16, "effect": 10}
    return float(widths.get(column.role, 10))


def _mark_cells(book: Book, sheet: Sheet, layout: Layout, first: int, last: int, points_row: int) -> None:
    """Base items below their points: bold on grey, which a black-and-white print keeps."""
    kinds: tuple[ItemKind, ...] = ("base",)
    below: Any = book.workbook.add_format({"bold": True, "bg_color": "#D9D9D9"})
    sections = [LOOSE, *layout.scheme.sections]
    for kind in kinds:
        for section in sections:
            letters = layout.range_of(kind, section)
            if letters is None:
                continue
            cell, full = f"{letters[0]}{first + 1}", f"{letters[0]}${points_row + 1}"
            start, end = layout.ranges[kind, section]
            criteria = f"=AND(ISNUMBER({cell}),{cell}<{full})"
            options = {"type": "formula", "criteria": criteria, "format": below}
            sheet.worksheet.conditional_format(first, start, last, end, options)


__all__ = ["number_format", "write_matrix"]
