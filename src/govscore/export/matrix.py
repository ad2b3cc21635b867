"""The score matrix: units × items, with sections, base, bonus, deductions and total as live formulas.

Invariant: item cells are values, everything computed from them is a formula whose cached value is the
result's own number; a unit without a total shows words in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from govscore.export.arithmetic import RowArithmetic
from govscore.export.cells import BOX, CENTERED, NOTE, TITLE
from govscore.export.layout import LEADS, effect_form, key_of, lay_out_matrix
from govscore.export.matrix_head import head_rows, write_head
from govscore.export.matrix_pages import SCALE, column_widths, pages, set_widths
from govscore.export.page import A3
from govscore.export.words import (
    NOT_ASSIGNED,
    item_state_text,
    line_state_text,
    part_state_text,
    unit_state_text,
)
from govscore.facts.switches import known
from govscore.i18n import gettext as _
from govscore.i18n import pgettext
from govscore.points import Points
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.plan import lay_out

if TYPE_CHECKING:
    from govscore.export.cells import Book, Sheet, Style
    from govscore.export.layout import Column, Layout
    from govscore.export.page import Page
    from govscore.scheme.model import ItemKind
    from govscore.scoring.display import Display
    from govscore.scoring.result import ItemState, Result, UnitResult

_TEXT: Final[Style] = {**CENTERED, "italic": True, "font_size": 9}
_SUM: Final[Style] = {**BOX, "bold": True, "bg_color": "#F2F2F2"}
_ORDER: Final[tuple[ItemState, ...]] = (
    "open", "provisional", "locked", "stopped", "not_applicable",
)  # fmt: skip
"""Which word stands for a section none of whose items has points."""


def write_matrix(book: Book, page: Page, result: Result, shown: Display) -> None:
    """One sheet with the units of all groups, each group in the order of its ranking."""
    sheet = book.sheet(_("Score matrix"))
    layout = lay_out_matrix(lay_out(result.scheme, result.roster), result.units)
    sheet.text(0, 0, _("Score matrix: units and items"), TITLE)
    sheet.height(0, 2)
    sheet.text(1, 0, page.line, NOTE)
    sheet.text(2, len(LEADS), _legend(), NOTE)
    head = head_rows(layout)
    units = [unit for group in result.scheme.groups for unit in result.ranking(group)]
    widths = column_widths(layout, units, shown.places)
    on_page = pages(layout, widths)
    write_head(sheet, layout, shown.places, on_page)
    for row, unit in enumerate(units, start=head.last + 1):
        _Row(sheet, layout, result, shown, unit, row, head.points).write()
    last = head.last + len(units)
    set_widths(sheet, layout, widths)
    sheet.worksheet.autofilter(head.last, 0, last, len(layout.columns) - 1)
    page.set_up(sheet, paper=A3, header_rows=(head.kinds, head.last), lead_columns=len(LEADS))
    printed = max(place for place, column in enumerate(layout.columns) if column.role != "helper")
    sheet.worksheet.print_area(0, 0, last, printed)
    sheet.worksheet.set_print_scale(SCALE)
    breaks = [place for place in range(1, printed + 1) if on_page[place] != on_page[place - 1]]
    sheet.worksheet.set_v_pagebreaks(breaks)
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

    def _worth(self, column: Column) -> Points:
        """What an item is worth to the unit, whatever periods take out of that."""
        plan = self._layout.plan
        place = next(place for place, unit in enumerate(plan.units) if unit.unit == self._unit.unit)
        return plan.of_units.of(plan.rows[column.id], place).full or Points(0)

    def write(self) -> None:
        """All its cells."""
        for place, column in enumerate(self._layout.columns):
            live = self._live.get((column.role, column.id, column.what))
            if live is not None:
                what = f"{column.id} {column.what}".strip()
                self._sheet.live(self._row, place, live, self._places(column), _style(column), what)
            elif column.role == "item":
                self._item(place, column)
            elif column.role == "charge":
                self._charge(place, column)
            elif column.what == "worth":
                self._sheet.points(self._row, place, self._worth(column), self._shown.places, _style(column))
            elif column.role == "effect":
                self._effect(place, column)
            elif column.id == "weight" and self._unit.parts[column.part].weight is not None:
                weight = known(for_unit(self._result.scheme, self._unit).part(column.part).weight)
                self._sheet.share(self._row, place, weight, _style(column))
            elif column.role == "rank" and self._unit.rank is not None:
                self._sheet.count(self._row, place, self._unit.rank)
            else:
                style = BOX if column.role in ("group", "unit", "name") else _TEXT
                self._sheet.text(self._row, place, self._text(column), style)

    def _places(self, column: Column) -> int:
        if column.role == "amount" and column.id == "base":
            return self._shown.base(self._unit, column.part)
        if column.role == "amount" and column.id == "total":
            return self._shown.total(self._unit)
        return self._shown.places

    def _item(self, place: int, column: Column) -> None:
        item = self._unit.items[column.id]
        if item.points is not None and item.state != "none":
            self._sheet.points(self._row, place, item.points, self._shown.places)
        else:
            self._sheet.text(self._row, place, item_state_text(item.state), _TEXT)

    def _charge(self, place: int, column: Column) -> None:
        """What an item takes from a section or the total, or why it has no points yet."""
        item = self._unit.items[column.what]
        if item.points is not None:
            amount = item.charges.get(column.id, Points(0))
            self._sheet.points(self._row, place, amount, self._shown.places)
        else:
            self._sheet.text(self._row, place, item_state_text(item.state), _TEXT)

    def _effect(self, place: int, column: Column) -> None:
        """A number that the total's formula reads, or words."""
        entry = self._layout.scheme.entries[column.id]
        veto = next(each for each in self._unit.vetoes if each.id == column.id)
        form = effect_form(veto.effect)
        level = self._unit.parts[column.part] if column.part else self._unit
        if veto.acts and form and level.state == "scored" and self._unit.state in ("scored", "open"):
            limits = (known(veto.effect.at_most), known(veto.effect.fixed))
            limit = next((each for each in limits if each is not None), 0)
            self._sheet.points(self._row, place, limit, self._shown.places)
            return
        assigned = entry.applies(self._unit.group, self._unit.unit, self._unit.tags)
        if not assigned:
            text = NOT_ASSIGNED
        elif veto.undecided:
            text = item_state_text("open")
        elif veto.acts:
            text = (
                veto.effect.stop
                or veto.effect.cap_grade
                or veto.effect.forced
                or pgettext("a veto acts", "yes")
            )
        elif "stopped" in (self._unit.state, level.state):
            text = item_state_text("stopped")
        elif veto.warns:
            text = pgettext("a veto acts", "no, warning")
        else:
            text = pgettext("a veto acts", "no")
        self._sheet.text(self._row, place, text, _TEXT)

    def _text(self, column: Column) -> str:
        """What stands in a column that has no number for this unit."""
        unit = self._unit
        if column.role == "section":
            return self._section_text(column)
        if column.role == "amount" and column.part:
            return part_state_text(unit, column.part)
        if column.role == "amount":
            return NOT_ASSIGNED if column.id in ("possible", "full") else unit_state_text(unit)
        if column.role == "state":
            return line_state_text(unit, self._result.is_provisional(unit.group))
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


def _mark_cells(book: Book, sheet: Sheet, layout: Layout, first: int, last: int, points_row: int) -> None:
    """Base items below their points: bold on grey, which a black-and-white print keeps."""
    kinds: tuple[ItemKind, ...] = ("base",)
    below: Any = book.workbook.add_format({"bold": True, "bg_color": "#D9D9D9"})
    sections = [*map(key_of, layout.plan.parts), *layout.scheme.sections]
    for kind in kinds:
        for section in sections:
            letters = layout.range_of(kind, section)
            if letters is None:
                continue
            cell, full = f"{letters[0]}{first + 1}", f"{letters[0]}${points_row + 1}"
            if (own := layout.weights_of(section)) is not None:
                full = f"{own[0]}{first + 1}"
            start, end = layout.ranges[kind, section]
            criteria = f"=AND(ISNUMBER({cell}),{cell}<{full})"
            options = {"type": "formula", "criteria": criteria, "format": below}
            sheet.worksheet.conditional_format(first, start, last, end, options)
