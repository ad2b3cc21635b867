"""Why a unit has its score, in sentences: every item, then how they come to the total.

Invariant: the sentences are the trace's own; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from govscore.i18n import gettext as _
from govscore.points import show
from govscore.review.checklist import SHAPES, STATE_NAMES
from govscore.scoring.trace import explain_on
from govscore.tui.draw.checklist import show_short
from govscore.tui.draw.spans import Drawn, beside, line, wrap
from govscore.tui.screens.question import Reading
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from govscore.review.desk import Desk
    from govscore.scheme.units import Unit
    from govscore.scoring.trace import ItemTrace


class Explanation(Reading):
    """A text to scroll in."""

    def __init__(self, desk: Desk, unit: Unit) -> None:
        super().__init__(_("Why {unit} has its score").format(unit=unit.name))
        self._desk = desk
        self._unit = unit

    def compose(self) -> ComposeResult:
        """The title and the text."""
        with Container(id="box"):
            yield self.texts()
            yield Sheet(id="why")
            yield Keys("question")

    def on_mount(self) -> None:
        """Lays the text out for the box."""
        width = min(110, self.app.size.width - 2)
        self.query_one("#box").styles.width = width
        sheet = self.query_one(Sheet)
        sheet.styles.height = max(4, self.app.size.height - 8)
        sheet.show(trace_lines(self._desk, self._unit, width - 4))


def trace_lines(desk: Desk, unit: Unit, cells: int) -> list[Drawn]:
    """The unit's totals, then its items one by one."""
    trace, places = explain_on(desk.board, unit.unit), desk.scheme.places
    found: list[Drawn] = []
    for step in trace.totals:
        texts = wrap(step.text, cells - 16)
        points = "" if step.points is None else show(step.points, places)
        found.append(beside([(f" {texts[0]}", "")], [(f"{points} ", "strong")], cells))
        found += [line((f" {each}", "")) for each in texts[1:]]
    found.append(line(""))
    for item in trace.items:
        if item.state != "not_assigned":
            found += _item_lines(item, places, cells)
    return found


def _item_lines(item: ItemTrace, places: int, cells: int) -> list[Drawn]:
    full = "" if item.full is None else f"/{show_short(item.full, places)}"
    got = _(STATE_NAMES[item.state]) if item.points is None else f"{show(item.points, places)}{full}"
    head = [(f" {SHAPES[item.state]} ", "dim"), (f"{item.item} ", "key"), (item.title, "strong")]
    found = [beside(head, [(f"{got} ", "")], cells)]
    for step in item.steps:
        texts = wrap(step.text, cells - 8)
        found += [line((f"     {'· ' if at == 0 else '  '}{each}", "")) for at, each in enumerate(texts)]
    if item.arithmetic:
        found += [line((f"       {each}", "accent")) for each in wrap(item.arithmetic, cells - 8)]
    for reason in item.reasons:
        found += [line((f"     ※ {each}", "dim")) for each in wrap(reason, cells - 8)]
    return found
