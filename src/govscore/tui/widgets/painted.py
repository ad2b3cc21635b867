"""What every widget of the desk has in common: lines of spans, styled by role.

Invariant: the only way to the screen is `paint`, so no widget ever reads text as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from govscore.tui.draw.spans import ROLES, to_strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual.strip import Strip

    from govscore.tui.draw.spans import Drawn

COMPONENTS = frozenset(f"role--{role}" for role in ROLES)


class Painted(Widget):
    """A widget that draws lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ALLOW_SELECT: ClassVar[bool] = False

    def role_style(self, role: str) -> Style:
        """The style of a role, to be laid over the line's own."""
        return self.get_component_rich_style(f"role--{role}", partial=True)

    def paint(self, drawn: Drawn, base: Style | None = None) -> Strip:
        """A line over the whole width of the widget."""
        style = self.get_component_rich_style("role--plain") if base is None else base
        return to_strip(drawn, self.size.width, style, self.role_style)


class Bar(Painted):
    """One or two fixed lines: head, tabs, status, keys."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._drawn: tuple[Drawn, ...] = ()

    def draw(self, *drawn: Drawn) -> None:
        """Shows these lines."""
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        return self.paint(self._drawn[y] if y < len(self._drawn) else ())
