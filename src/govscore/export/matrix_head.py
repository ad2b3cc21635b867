"""The head of the matrix: kinds, sections inside each other, items with ids, titles and points.

Invariant: the row of the points holds numbers below the items (formulas read it); a limit that is no
number of points stands there as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from govscore.export.cells import HEADER, lines_of
from govscore.export.layout import key_of
from govscore.export.words import kind_text
from govscore.facts.switches import Switch
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import show

if TYPE_CHECKING:
    from govscore.export.cells import Sheet, Style
    from govscore.export.layout import Column, Layout
    from govscore.points import Points

_TOP: Final = 3
_SMALL: Final[Style] = {**HEADER, "font_size": 9, "bold": False}
_WIDEST_TITLE: Final = 7.5
_NAMES: Final = {
    "group": N_("group"),
    "rank": N_("rank"),
    "unit": N_("unit id"),
    "name": N_("unit assessed"),
    "possible": N_("possible points"),
    "full": N_("rescaled to"),
    "base": N_("base score"),
    "bonus": N_("bonus"),
    "major_deduction": N_("major deductions"),
    "score": N_("before vetoes"),
    "total": N_("total score"),
    "part_score": N_("score of the part"),
    "weight": N_("weight"),
    "grade": N_("grade"),
    "state": N_("state"),
    "own": N_("assigned points"),
    "counted": N_("counted as"),
    "owed": N_("assigned as"),
    "scaled": N_("rescaled"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of the head, counted from 0."""

    kinds: int
    sections: int
    """The first of as many rows as sections nest."""
    ids: int
    titles: int
    points: int

    @property
    def last(self) -> int:
        """The row above the first unit."""
        return self.points


def head_rows(layout: Layout) -> Head:
    """Where the rows of the head are."""
    sections = _TOP + 1
    ids = sections + layout.depth
    return Head(_TOP, sections, ids, ids + 1, ids + 2)


def write_head(sheet: Sheet, layout: Layout, places: int, on_page: list[int]) -> None:
    """All rows of the head.

    Args:
        sheet: the sheet.
        layout: its columns.
        places: decimals of points.
        on_page: on which page each column is printed; a title is written again on every page.
    """
    head = head_rows(layout)
    sections = layout.scheme.sections
    for place, column in enumerate(layout.columns):
        if column.kind is not None:
            _write_item(sheet, layout, head, place, column, places)
        else:
            _write_plain(sheet, layout, head, place, column)
    inside = [(place, column) for place, column in enumerate(layout.columns) if column.kind is not None]
    for (_page, part, kind), run in groupby(
        inside, key=lambda each: (on_page[each[0]], each[1].part, each[1].kind)
    ):
        cells = [place for place, _column in run]
        title = kind_text(kind or "base")
        title = f"{layout.scheme.part_title(part)} · {title}" if part else title
        sheet.merged(head.kinds, cells[0], cells[-1], title, HEADER)
    for level in range(layout.depth):
        _write_level(sheet, layout, head, inside, on_page, level)
        sheet.height(head.sections + level, 2.2 if sections else 1)
    sheet.height(head.kinds, 1.4)
    titles = [item.title for item in layout.scheme.items.values()]
    sheet.height(head.titles, min(12, max(lines_of(title, _WIDEST_TITLE) for title in titles)) + 0.3)


def _write_level(
    sheet: Sheet,
    layout: Layout,
    head: Head,
    inside: list[tuple[int, Column]],
    on_page: list[int],
    level: int,
) -> None:
    """The titles of the sections at one depth; one that holds no sections takes the rows below, too."""
    deepest: dict[str, int] = {}
    for _place, column in inside:
        for id in column.path:
            deepest[id] = max(deepest.get(id, 0), len(column.path))
    row = head.sections + level
    for (_page, _part, _kind, path), run in groupby(
        inside, key=lambda each: (on_page[each[0]], each[1].part, each[1].kind, each[1].path[: level + 1])
    ):
        cells = [place for place, _column in run]
        if len(path) > level:
            last_row = head.ids - 1 if deepest[path[-1]] == level + 1 else row
            title = layout.scheme.sections[path[level]].title
            sheet.merged(row, cells[0], cells[-1], title, HEADER, last_row=last_row)
        elif not path or deepest[path[-1]] > len(path):
            sheet.merged(row, cells[0], cells[-1], "", HEADER)


def _write_plain(sheet: Sheet, layout: Layout, head: Head, place: int, column: Column) -> None:
    """A column that stands below no kind: its title over all rows."""
    style = _SMALL if column.role in ("effect", "helper") else HEADER
    sheet.merged(head.kinds, place, place, plain_title(layout, column), style, last_row=head.last)


def plain_title(layout: Layout, column: Column) -> str:
    """What a column that holds no item or section is called."""
    if column.role == "effect":
        word = _("veto") if column.id in layout.scheme.vetoes else _("effect")
        if column.part:
            word = f"{layout.scheme.part_title(column.part)} · {word}"
        return f"{word}\n{layout.scheme.entries[column.id].title}"
    if column.role == "charge":
        item = layout.scheme.items[column.what]
        return _("taken from the total by {id}\n{title}").format(id=item.id, title=item.title)
    if column.what == "worth":
        return _("points of {id}\n{title}").format(id=column.id, title=layout.scheme.items[column.id].title)
    part = layout.scheme.part_title(column.part)
    if column.role == "helper":
        outside = column.id == key_of(column.part)
        title = _("(no section)") if outside else layout.scheme.sections[column.id].title
        lines = (_(_NAMES[column.what]), title, part if outside else "")
        return "\n".join(line for line in lines if line)
    if part:
        return f"{part}\n{_(_NAMES[column.id])}"
    return _(_NAMES[column.id or column.role])


def _write_item(sheet: Sheet, layout: Layout, head: Head, place: int, column: Column, places: int) -> None:
    if column.role == "section":
        section = layout.scheme.sections[column.id]
        sheet.text(head.ids, place, _("subtotal"), HEADER)
        sheet.text(head.titles, place, section.title, _SMALL)
        limits = []
        if section.points is not None:
            limits.append(_limit(section.points, places))
        if section.cap is not None:
            limits.append(f"≤ {_limit(section.cap, places)}")
        sheet.text(head.points, place, " ".join(limits), _SMALL)
        return
    if column.role == "charge":
        item = layout.scheme.items[column.what]
        sheet.text(head.ids, place, _("less, by {id}").format(id=item.id), _SMALL)
        sheet.text(head.titles, place, item.title, _SMALL)
        sheet.text(head.points, place, "", _SMALL)
        return
    item = layout.scheme.items[column.id]
    sheet.text(head.ids, place, item.id, _SMALL)
    sheet.text(head.titles, place, item.title, _SMALL)
    worth = layout.worths[item.id]
    if item.kind == "base" and len(worth) == 1:
        sheet.points(head.points, place, worth[0], places, _SMALL)
    else:
        limit = "" if item.kind == "base" or not worth else "≤ "
        sheet.text(head.points, place, limit + " / ".join(show(each, places) for each in worth), _SMALL)


def _limit(value: Points | Switch, places: int) -> str:
    """A number of a section, or every one that it may be."""
    every = value.values() if isinstance(value, Switch) else (value,)
    return " / ".join(show(each, places) for each in sorted(set(every)))
