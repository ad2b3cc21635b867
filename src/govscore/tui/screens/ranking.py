"""The ranking of one group; Enter explains a unit.

Invariant: while a unit of the group is open, every line says that the rank is provisional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from govscore.review.roster import figures, ranked
from govscore.tui import actions
from govscore.tui.draw.ranking import ranking_heading, ranking_line, ranking_title
from govscore.tui.screens.base import DeskScreen
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from govscore.tui.draw.spans import Drawn


class RankingScreen(DeskScreen):
    """One group at a time."""

    BINDINGS: ClassVar = actions.bindings("ranking")

    def __init__(self) -> None:
        super().__init__()
        self.group = ""
        self._places: list[int] = []

    def compose(self) -> ComposeResult:
        """Head, group, table, status line, keys."""
        yield Bar(id="head")
        yield Bar(id="tabs")
        yield Bar(id="columns")
        yield Lines(id="ranks")
        yield Bar(id="status")
        yield Keys("ranking")

    def show_group(self, group: str) -> None:
        """Another group."""
        self.group = group
        if self.is_mounted:
            self.renew()

    def renew(self) -> None:
        """Ranks again."""
        super().renew()
        self.group = self.group or next(iter(self.desk.scheme.groups))
        self._places = ranked(self.desk.board, self.group)
        self.query_one("#tabs", Bar).draw(ranking_title(self.desk.scheme, self.group, self.size.width))
        self.query_one("#columns", Bar).draw(ranking_heading(self.size.width))
        ranks = self.query_one("#ranks", Lines)
        ranks.fill(len(self._places), self._draw)
        ranks.focus()

    def _draw(self, at: int, cells: int) -> Drawn:
        desk = self.desk
        shown = figures(desk.board, desk.tally, self._places[at])
        return ranking_line(desk.board, shown, cells)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Explains the unit."""
        from govscore.tui.screens.explanation import Explanation

        unit = self.desk.board.plan.units[self._places[event.place]]
        self.app.push_screen(Explanation(self.desk, unit))

    def action_next_group(self) -> None:
        """The next group."""
        self._step_group(1)

    def action_previous_group(self) -> None:
        """The previous one."""
        self._step_group(-1)

    def _step_group(self, step: int) -> None:
        groups = list(self.desk.scheme.groups)
        self.query_one("#ranks", Lines).cursor = 0
        self.show_group(groups[(groups.index(self.group) + step) % len(groups)])

    def action_back(self) -> None:
        """Back to where the ranking was asked for."""
        self.app.pop_screen()
