"""The line below the head of the review screen: the unit in hand, and tabs on a narrow screen.

Invariant: the unit's name is on the screen whatever pane is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.text import width
from govscore.tui.draw.spans import Drawn, Span, bar, beside

if TYPE_CHECKING:
    from govscore.review.desk import Desk
    from govscore.scheme.units import Unit


def _names() -> tuple[str, ...]:
    return _("items"), _("review"), _("score")


def tab_hits() -> list[tuple[int, int, int]]:
    """Where each tab stands: first cell, cell after the last, number."""
    found, at = [], 0
    for number, name in enumerate(_names(), 1):
        size = width(f" {number} {name} ")
        found.append((at, at + size, number))
        at += size + 1
    return found


def tabs_line(desk: Desk, unit: Unit, tab: int | None, cells: int) -> Drawn:
    """Tabs (None: all panes are there) and the unit with its progress."""
    place = desk.board.places[unit.unit]
    done, assigned = int(desk.tally.done[place]), int(desk.tally.assigned[place])
    group = desk.scheme.groups[unit.group]
    name: list[Span] = [(f" {unit.name}", "title"), (f"  {group}", "dim")]
    progress = _("reviewed {done} / {all}").format(done=done, all=assigned)
    if tab is None:
        right: list[Span] = [(f"{progress} ", ""), (bar(done, assigned, 12) + " ", "bar")]
        return beside(name, right, cells)
    tabs: list[Span] = []
    for number, text in enumerate(_names(), 1):
        tabs += [(f" {number} {text} ", "here" if number == tab else ""), ("│", "dim")]
    return beside([*tabs, *name], [(f"{done}/{assigned} ", "")], cells)
