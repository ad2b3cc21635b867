"""Help: every key by place, and the signs of the lists, from the registry.

Invariant: it lists what the registry holds, so nothing bound is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from govscore.i18n import gettext as _
from govscore.review.checklist import SHAPES, STATE_NAMES
from govscore.tui import actions
from govscore.tui.draw.spans import Drawn, fill, line
from govscore.tui.screens.question import Reading
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult


class HelpScreen(Reading):
    """A list to scroll in."""

    def __init__(self, place: str) -> None:
        super().__init__(_("Keys and signs"))
        self._lines = help_lines(place)

    def compose(self) -> ComposeResult:
        """The title and the list."""
        with Container(id="box"):
            yield self.texts()
            yield Sheet(id="help")
            yield Keys("question")

    def on_mount(self) -> None:
        """As high as the screen allows."""
        sheet = self.query_one(Sheet)
        sheet.styles.height = max(4, min(len(self._lines), self.app.size.height - 6))
        sheet.show(self._lines)


def help_lines(place: str) -> list[Drawn]:
    """Keys by place, first those of the place where help was asked for, then the signs."""
    found: list[Drawn] = []
    for title, mine in actions.in_help(place):
        found.append(line((f" {title}", "strong")))
        found += [line((f"  {fill(each.key, 12)}", "key"), (_(each.tells), "")) for each in mine]
    found.append(line((" " + _("Signs"), "strong")))
    signs = {shape: _(STATE_NAMES[state]) for state, shape in reversed(SHAPES.items())}
    signs |= {"*": _("form begun, not confirmed"), "!": _("decided, not saved")}
    found += [line((f"  {fill(shape, 12)}", "key"), (name, "")) for shape, name in signs.items()]
    return found
