"""What every widget of the desk has in common: lines of spans, styled by role, drawn line by line.

Invariant: the only way to the screen is `paint`, so no widget ever reads text as markup. These widgets
have neither border nor padding, so a line needs no more styling than its spans; what was painted once is
kept until the styles change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from govscore.tui.draw.spans import ROLES, to_strip

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region
    from textual.strip import Strip

    from govscore.tui.draw.spans import Drawn

COMPONENTS = frozenset(f"role--{role}" for role in ROLES)
_KEPT = 1_000
"""So many painted lines are kept for each widget."""


class Painted(Widget):
    """A widget that draws lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ALLOW_SELECT: ClassVar[bool] = False

    def line_at(self, y: int) -> Strip:
        """The line at this row of the widget."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line at this row of the widget."""
        return self.line_at(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        return [self.line_at(y).crop(crop.x, crop.right) for y in crop.line_range]

    def role_style(self, role: str) -> Style:
        """The style of a role, to be laid over the line's own."""
        return self.get_component_rich_style(f"role--{role}", partial=True)

    def paint(self, drawn: Drawn, base: str = "role--plain") -> Strip:
        """A line over the whole width of the widget, on the style of a component class."""
        kept: dict[tuple[Drawn, str, int], Strip] = self.__dict__.setdefault("_painted", {})
        key = (drawn, base, self.size.width)
        strip = kept.get(key)
        if strip is None:
            style = self.get_component_rich_style(base)
            strip = to_strip(drawn, self.size.width, style, self.role_style)
            for line_filter in self.app.get_line_filters():
                strip = strip.apply_filter(line_filter, self.background_colors[1])
            if len(kept) > _KEPT:
                kept.clear()
            kept[key] = strip
        return strip

    def notify_style_update(self) -> None:
        """Other colours: every line is painted again."""
        self.__dict__.pop("_painted", None)
        super().notify_style_update()


class Bar(Painted):
    """One or two fixed lines: head, tabs, status, questions."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._drawn: tuple[Drawn, ...] = ()

    def draw(self, *drawn: Drawn) -> None:
        """Shows these lines."""
        if drawn != self._drawn:
            self._drawn = drawn
            self.refresh()

    def line_at(self, y: int) -> Strip:
        """One of the lines."""
        return self.paint(self._drawn[y] if y < len(self._drawn) else ())
