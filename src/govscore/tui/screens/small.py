"""What is shown instead of the desk where it does not fit: one line saying so.

Invariant: it goes by itself as soon as there is room, and what was below it is as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.screen import ModalScreen

from govscore.i18n import gettext as _
from govscore.tui import actions
from govscore.tui.draw.spans import line, wrap
from govscore.tui.widgets.painted import Bar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

COLUMNS: Final = 60
ROWS: Final = 12
"""Below this the columns of the overview and the form do not fit."""


def is_too_small(size: Size) -> bool:
    """Whether the desk does not fit."""
    return size.width < COLUMNS or size.height < ROWS


class TooSmall(ModalScreen[None]):
    """One line (more only where it is too narrow for that, too)."""

    DEFAULT_CSS: ClassVar = "TooSmall { background: $background; } #small { height: 1fr; }"

    BINDINGS: ClassVar = [
        Binding(",".join(actions.by_id(id).keys), f"app.{id}", show=False) for id in ("leave", "leave_now")
    ]

    def __init__(self) -> None:
        super().__init__(classes="question")

    def compose(self) -> ComposeResult:
        """The line."""
        yield Bar(id="small")

    def on_mount(self) -> None:
        """Says it."""
        self._draw()

    def on_resize(self) -> None:
        """Says it again for the new size, or goes."""
        self._draw()
        self._go_if_there_is_room()

    def on_screen_resume(self) -> None:
        """The size may have changed while something was on top."""
        self._go_if_there_is_room()

    def _draw(self) -> None:
        size = self.app.size
        text = _("terminal too small: {columns}×{rows} needed, {width}×{height} here").format(
            columns=COLUMNS, rows=ROWS, width=size.width, height=size.height
        )
        self.query_one("#small", Bar).draw(*(line((each, "warn")) for each in wrap(text, size.width)))

    def _go_if_there_is_room(self) -> None:
        if self.is_current and not is_too_small(self.app.size):
            self.dismiss(None)
