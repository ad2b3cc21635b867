"""The overview's table: a heading a group, a line a unit.

Invariant: columns are counted in terminal cells, so Chinese names do not move what stands beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import show
from govscore.tui.draw.spans import Drawn, bar, beside, fill, line

if TYPE_CHECKING:
    from govscore.review.roster import GroupLine, UnitFigures

UNIT_STATES: Final = {
    "open": ("○", N_("open")),
    "scored": ("●", N_("scored")),
    "stopped": ("■", N_("stopped")),
    "unassessed": ("–", N_("not assessed")),
}
"""Shape and name of each state."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the columns at a screen width."""

    name: int
    state: int
    count: int
    bar: int
    points: int
    rank: int
    grade: int

    @classmethod
    def at(cls, cells: int) -> Columns:
        """The columns that fit."""
        if cells >= 120:
            fixed = cls(0, 10, 9, 20, 16, 14, 14)
        elif cells >= 100:
            fixed = cls(0, 8, 9, 14, 15, 12, 10)
        elif cells >= 76:
            fixed = cls(0, 8, 7, 8, 14, 10, 8)
        else:
            fixed = cls(0, 6, 7, 0, 13, 9, 0)
        used = 3 + fixed.state + fixed.count + fixed.bar + fixed.points + fixed.rank + fixed.grade + 6
        name = min(44, cells - used)
        return cls(name, fixed.state, fixed.count, fixed.bar, fixed.points, fixed.rank, fixed.grade)


def heading(cells: int) -> Drawn:
    """The names of the columns."""
    c = Columns.at(cells)
    names = (
        fill(_("unit"), c.name),
        fill(_("state"), c.state),
        fill(_("done"), c.count, right=True),
        fill("", c.bar),
        fill(_("score"), c.points, right=True),
        fill(_("rank"), c.rank, right=True),
        " " + fill(_("grade"), c.grade - 1),
    )
    return (("  ", "dim"), *((f" {name}", "dim") for name in names))


def group_line(group: GroupLine, cells: int) -> Drawn:
    """A group's heading: how many of its units are done."""
    done = _("{done} of {all} units reviewed").format(done=group.done, all=group.units)
    return beside([(f" {group.title}", "strong")], [(f"{done} ", "dim")], cells)


def unit_line(figures: UnitFigures, places: int, cells: int, *, marked: bool = False) -> Drawn:
    """A unit: shape and name of its state, progress, points, rank, grade."""
    c = Columns.at(cells)
    shape, state = UNIT_STATES[figures.state]
    role = {"open": "accent", "stopped": "bad", "scored": "good"}.get(figures.state, "dim")
    points_role = "strong" if figures.state == "scored" else "dim"
    return line(
        (f" {shape} ", role),
        (fill(figures.unit.name + (" *" if marked else ""), c.name), ""),
        (" " + fill(_(state), c.state), "dim"),
        (" " + fill(f"{figures.done}/{figures.assigned}", c.count, right=True), ""),
        (" " + bar(figures.done, figures.assigned, c.bar), "bar"),
        (" " + fill(points_text(figures, places), c.points, right=True), points_role),
        (" " + fill(rank_text(figures), c.rank, right=True), ""),
        ("  " + fill(figures.grade or "", c.grade - 1), "accent"),
    )


def waiting_group(title: str, cells: int) -> Drawn:
    """A group's heading before anything is scored."""
    return line((fill(f" {title}", cells), "strong"))


def waiting_unit(name: str, decisions: int, cells: int) -> Drawn:
    """A unit before anything is scored: its name, and how many of its items are decided."""
    c = Columns.at(cells)
    return line(
        (" · ", "dim"),
        (fill(name, c.name), ""),
        (" " + fill("", c.state), "dim"),
        (" " + fill(f"{decisions}/…", c.count, right=True), "dim"),
    )


def points_text(figures: UnitFigures, places: int) -> str:
    """The total; of an open unit the points so far, and said so."""
    if figures.state == "scored":
        return show(figures.points, places)
    if figures.state == "open":
        return _("so far {points}").format(points=show(figures.points, places))
    return "—"


def rank_text(figures: UnitFigures) -> str:
    """The rank, marked as provisional while the group is not done."""
    if figures.rank is None and figures.state == "scored":
        return _("low coverage")
    if figures.rank is None:
        return "—"
    if figures.provisional:
        return _("prov. {rank}").format(rank=figures.rank)
    return str(figures.rank)
