"""The left pane: a unit's sections and items, state by shape, points got and possible.

Invariant: a state is told by its shape; colour only repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.points import show
from govscore.review.checklist import SHAPES, Heading
from govscore.review.naming import number
from govscore.text import width
from govscore.tui.draw.spans import Drawn, Span, fill, line, safe

if TYPE_CHECKING:
    from govscore.review.checklist import ChecklistLine, Line

_ROLES: Final = {"open": "accent", "reviewed": "good", "acts": "bad", "stopped": "bad", "warns": "warn"}


def checklist_line(each: ChecklistLine, places: int, cells: int, *, mark: str = "") -> Drawn:
    """A heading or an item.

    Args:
        each: the line.
        places: decimals of points.
        cells: width.
        mark: `*` an unconfirmed form, `!` a decision that is not saved.
    """
    if isinstance(each, Heading):
        return line((fill(" " * (1 + each.depth) + each.title, cells), "strong"))
    points = _points(each, places)
    id = number(each.id)
    shown: Span = (fill(id, 4 if width(safe(id)) <= 4 else width(safe(id)) + 1) if id else "", "key")
    room = cells - 4 - width(shown[0]) - width(points) - 2
    shape: Span = (f" {SHAPES[each.state]}", _ROLES.get(each.state, "dim"))
    return line(
        shape,
        (f"{mark or ' '}", "warn"),
        shown,
        (fill(each.title, max(2, room)), "" if each.state != "not_applicable" else "dim"),
        (f" {points} ", "dim" if each.state == "open" else ""),
    )


def _points(each: Line, places: int) -> str:
    if each.full is None and each.points is None:
        return ""
    full = "" if each.full is None else f"/{show_short(each.full, places)}"
    if each.points is None:
        return full
    got = show(each.points, places)
    return f"{'−' if each.deducts and each.points else ''}{got}{full}"


def show_short(points: int, places: int) -> str:
    """Points without decimals that are zeros."""
    text = show(points, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
