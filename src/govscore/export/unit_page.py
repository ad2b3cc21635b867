"""A unit's own page: for the unit that doubts its score.

Invariant: it holds this unit only, and every number on it comes with the arithmetic that led to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.export.cells import BOX, CENTERED, HEADER, NOTE, TITLE, WRAPPED, Book
from govscore.export.page import Page
from govscore.export.scheme_sheet import requirement_text
from govscore.export.stamp import provisional_text
from govscore.export.words import (
    NOT_ASSIGNED,
    item_state_text,
    kind_text,
    span_text,
    unit_state_text,
)
from govscore.i18n import gettext as _
from govscore.i18n import pgettext
from govscore.scheme.rule_words import rule_words
from govscore.scheme.unit_schemes import for_unit
from govscore.scoring.display import display
from govscore.scoring.part_words import part_words

if TYPE_CHECKING:
    from govscore.export.cells import Sheet, Style
    from govscore.export.stamp import Stamp
    from govscore.scheme.model import Scheme
    from govscore.scoring.display import Display
    from govscore.scoring.result import Result, UnitResult
    from govscore.scoring.trace import ItemTrace, UnitTrace

_WIDTHS: Final[list[float]] = [9, 11, 20, 9, 10, 42, 34, 46, 26]
_LAST: Final = len(_WIDTHS) - 1
_TEXTS: Final = 5
"""The first column of long texts; the ones before hold an item's id, kind, title and points."""
_STEP_LAST: Final = 5
"""The last column of a step's sentence; then come its own points, what it adds, the total so far."""
_BESIDE: Final = frozenset({"section", "rescale"})
"""Steps that stand beside the running total."""
_LABEL: Final[Style] = {**BOX, "bold": True, "bg_color": "#E7E6E6"}
_TOP: Final[Style] = {**CENTERED, "valign": "top"}


def unit_book(result: Result, trace: UnitTrace, stamp: Stamp) -> Book:
    """The workbook of one unit, one sheet."""
    book = Book()
    page = Page(title=result.scheme.title, notice=result.notice, stamp=stamp)
    shown = display(result)
    unit = trace.unit
    sheet = book.sheet(_("Unit {unit}").format(unit=unit.unit))
    sheet.widths(_WIDTHS)
    sheet.merged(0, 0, _LAST, f"{page.title}　{unit.name}", TITLE)
    sheet.height(0, 2)
    sheet.merged(1, 0, _LAST, page.line, NOTE)
    row = _write_summary(sheet, 2, result, shown, unit)
    places = max(shown.places, shown.base(unit), shown.total(unit))
    row = _write_totals(sheet, row + 1, trace, places)
    head = row + 1
    for column, label in enumerate(_labels()):
        sheet.text(head, column, label, HEADER)
    sheet.height(head, 2)
    mine = [item for item in trace.items if item.state != "not_assigned"]
    row = head + 1
    for item in mine:
        row = _write_item(sheet, row, item, result.scheme, trace.unit)
    page.set_up(sheet)
    sheet.worksheet.repeat_rows(0, 1)
    return book


def _labels() -> list[str]:
    return [
        _("item id"),
        _("kind"),
        _("item"),
        _("points or cap"),
        pgettext("column", "score"),
        _("requirement"),
        _("rule"),
        _("how the points came about"),
        _("reviewer's reason"),
    ]


def _write_summary(sheet: Sheet, row: int, result: Result, shown: Display, unit: UnitResult) -> int:
    group = [each for each in result.units if each.group == unit.group]
    rank = NOT_ASSIGNED
    if unit.rank is not None:
        rank = _("{rank} of {count}").format(rank=unit.rank, count=len(group))
    if result.is_provisional(unit.group):
        rank += f" · {provisional_text()}"
    places = shown.places
    pairs = [
        (_("group"), result.scheme.groups[unit.group]),
        (_("state"), unit_state_text(unit)),
        (_("rank"), rank),
        (_("grade"), unit.grade or NOT_ASSIGNED),
        (_("base score"), shown.base_text(unit) or NOT_ASSIGNED),
        (_("bonus"), shown.text(unit.bonus) or NOT_ASSIGNED),
        (_("major deductions"), shown.text(unit.major_deduction) or NOT_ASSIGNED),
        (_("total score"), shown.total_text(unit) or span_text(unit, places) or unit_state_text(unit)),
    ]
    pairs[4:4] = [
        (_("part {title}").format(title=part.title), part_words(part, unit.parts[part.id], shown, unit))
        for part in for_unit(result.scheme, unit).model.part
    ]
    if result.scheme.charges_total:
        pairs.insert(-1, (_("taken from the total"), shown.text(unit.charged) or NOT_ASSIGNED))
    half = (len(pairs) + 1) // 2
    for place, (label, value) in enumerate(pairs):
        line, right = row + place % half, place >= half
        sheet.merged(line, 5 if right else 0, 5 if right else 1, label, _LABEL)
        sheet.merged(line, 6 if right else 2, _LAST if right else 4, value, {**BOX, "align": "left"})
        sheet.height(line, 1.2)
    return row + half


def _write_totals(sheet: Sheet, row: int, trace: UnitTrace, places: int) -> int:
    """The steps from the sections to the total; what a step adds never stands where the total so far does."""
    sheet.merged(row, 0, _STEP_LAST, _("From the sections to the total"), HEADER)
    beside_head = _("points of the section or part") if trace.unit.parts else _("points of the section")
    heads = (beside_head, _("this step adds (−: takes)"), _("total so far"))
    for column, label in enumerate(heads, start=_STEP_LAST + 1):
        sheet.text(row, column, label, HEADER)
    for step in trace.totals:
        row += 1
        sheet.merged(row, 0, _STEP_LAST, step.text, {**WRAPPED, "valign": "vcenter"})
        sheet.fit(row, (step.text, sum(_WIDTHS[: _STEP_LAST + 1])))
        beside = step.name in _BESIDE or bool(step.part)
        amount = None if step.part else step.amount
        numbers = (step.points if beside else None, amount, None if beside else step.points)
        for column, points in enumerate(numbers, start=_STEP_LAST + 1):
            if points is None:
                sheet.text(row, column, "", CENTERED)
            else:
                sheet.points(row, column, points, places)
    return row + 1


def _write_item(sheet: Sheet, row: int, item: ItemTrace, scheme: Scheme, unit: UnitResult) -> int:
    """An item, over several rows if its texts are longer than one may be high; returns the row below."""
    entry = scheme.item(item.item, unit)
    arithmetic = (item.arithmetic, *(step.text for step in item.steps), *item.details)
    texts = (
        requirement_text(entry),
        rule_words(scheme, entry),
        "\n".join(part for part in arithmetic if part),
        "\n".join(item.reasons),
    )
    above = (item.item, kind_text(item.kind), item.title)
    fitted = zip((item.title, *texts), (_WIDTHS[2], *_WIDTHS[_TEXTS:]), strict=True)
    last = sheet.fit_block(row, *fitted)
    for column, text in enumerate(above):
        sheet.merged(row, column, column, text, WRAPPED if column == 2 else _TOP, last)
    _write_points(sheet, row, last, item, scheme.places)
    for column, text in enumerate(texts, start=_TEXTS):
        sheet.merged(row, column, column, text, WRAPPED, last)
    return last + 1


def _write_points(sheet: Sheet, row: int, last: int, item: ItemTrace, places: int) -> None:
    """What an item can give and what it gave, or why it has no points."""
    full = NOT_ASSIGNED if item.full is None else ""
    sheet.merged(row, 3, 3, full, _TOP, last)
    if item.full is not None:
        sheet.points(row, 3, item.full, places, {**BOX, "valign": "top"})
    counted = item.points is not None and item.state != "none"
    state = "" if counted else item_state_text(item.state)
    sheet.merged(row, 4, 4, state, {**_TOP, "italic": True}, last)
    if item.points is not None and counted:
        lost = item.kind == "base" and item.full is not None and item.points < item.full
        style: Style = {**BOX, "valign": "top"}
        sheet.points(row, 4, item.points, places, {**style, "bold": True} if lost else style)
