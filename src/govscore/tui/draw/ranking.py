"""The ranking's lines: rank, unit, base, bonus, deductions, total, grade.

Invariant: a unit without a total shows what it has instead, in words, never a number in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.points import Points, show
from govscore.tui.draw.overview import UNIT_STATES, rank_text
from govscore.tui.draw.spans import Drawn, Span, beside, fill, line

if TYPE_CHECKING:
    from govscore.review.roster import UnitFigures
    from govscore.scheme.model import Scheme
    from govscore.scoring.board import Board
    from govscore.scoring.result import UnitResult

_RANK, _POINTS, _TOTAL, _GRADE = 9, 9, 15, 10


def ranking_title(scheme: Scheme, group: str, cells: int) -> Drawn:
    """All groups, the one shown marked."""
    spans: list[Span] = [(" ", "")]
    for id, title in scheme.groups.items():
        spans += [(f" {title} ", "here" if id == group else "dim"), (" ", "")]
    return beside(spans, [], cells)


def _name_cells(cells: int) -> int:
    return max(10, min(40, cells - _RANK - 3 * _POINTS - _TOTAL - _GRADE - 12))


def ranking_heading(cells: int) -> Drawn:
    """The names of the columns."""
    names = (
        fill(_("rank"), _RANK, right=True),
        "   " + fill(_("unit"), _name_cells(cells)),
        fill(_("base"), _POINTS, right=True),
        fill(_("bonus"), _POINTS, right=True),
        fill(_("deducted"), _POINTS, right=True),
        fill(_("total"), _TOTAL, right=True),
        " " + fill(_("grade"), _GRADE),
    )
    return tuple((f" {name}", "dim") for name in names)


def ranking_line(board: Board, figures: UnitFigures, cells: int) -> Drawn:
    """One unit."""
    unit, places = board.unit(figures.unit.unit), board.scheme.places
    shape, state = UNIT_STATES[unit.state]
    deducted = _deducted(unit, places)
    if unit.total is not None:
        total, role = show(unit.total, places), "strong"
    elif unit.so_far is not None:
        total, role = _("so far {points}").format(points=show(unit.so_far, places)), "dim"
    else:
        total, role = _(state), "dim"
    return line(
        (" " + fill(rank_text(figures), _RANK, right=True), "accent"),
        (f" {shape} ", "dim"),
        (" " + fill(unit.name, _name_cells(cells)), ""),
        (" " + fill(_shown(unit.base, places), _POINTS, right=True), ""),
        (
            " " + fill(_("locked") if unit.bonus_locked else _shown(unit.bonus, places), _POINTS, right=True),
            "",
        ),
        (" " + fill(deducted, _POINTS, right=True), ""),
        (" " + fill(total, _TOTAL, right=True), role),
        ("  " + fill(unit.grade or "", _GRADE), "accent"),
    )


def _deducted(unit: UnitResult, places: int) -> str:
    """Major deductions, and what items take from the total."""
    if unit.major_deduction is None or unit.charged is None:
        return "—"
    taken = Points(unit.major_deduction + unit.charged)
    return f"−{show(taken, places)}" if taken else show(taken, places)


def _shown(points: Points | None, places: int) -> str:
    return "—" if points is None else show(points, places)
