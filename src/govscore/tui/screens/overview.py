"""The overview: units by group with state, progress, points, rank and grade.

Invariant: what stands in a line comes from the board at the moment it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from govscore.i18n import gettext as _
from govscore.review.roster import SHOWINGS, SORTINGS, GroupLine, figures, roster_lines
from govscore.text import inert
from govscore.tui import actions
from govscore.tui.draw.overview import group_line, heading, unit_line
from govscore.tui.screens.base import DeskScreen
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

    from govscore.review.roster import RosterLine, Showing, Sorting
    from govscore.tui.draw.spans import Drawn


class OverviewScreen(DeskScreen):
    """All units."""

    BINDINGS: ClassVar = actions.bindings("overview")

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[RosterLine] = []
        self.query_text = ""
        self.showing: Showing = "all"
        self.sorting: Sorting = "roster"

    def compose(self) -> ComposeResult:
        """Head, table, status line, keys."""
        yield Bar(id="head")
        yield Bar(id="columns")
        yield Lines(id="units")
        yield Bar(id="status")
        yield Keys("overview")

    def on_mount(self) -> None:
        """The table has the focus."""
        self.list_units()
        self.query_one("#units", Lines).focus()

    @property
    def places(self) -> list[int]:
        """The units shown, in their order: what next and previous unit mean."""
        return [line.place for line in self.lines if not isinstance(line, GroupLine)]

    @property
    def narrowed_by(self) -> str:
        """The search or filter that leaves units out, in words; "" if all are listed."""
        parts = [_("search “{text}”").format(text=inert(self.query_text))] if self.query_text else []
        parts += [_(SHOWINGS[self.showing])] if self.showing != "all" else []
        return _(", ").join(parts)

    def renew(self) -> None:
        """Draws everything again; the list is made again only if the order depends on what changed."""
        super().renew()
        self.query_one("#columns", Bar).draw(heading(self.size.width))
        self.list_units()

    def list_units(self) -> None:
        """Makes the list for the present search, filter and order; the cursor stays on its unit."""
        units = self.query_one("#units", Lines)
        here = self._place_at(units.cursor)
        desk = self.desk
        self.lines = roster_lines(
            desk.board, desk.tally, query=self.query_text, showing=self.showing, sorting=self.sorting
        )
        units.fill(len(self.lines), self._draw, lambda at: not isinstance(self.lines[at], GroupLine))
        if here is not None:
            self.go_to_unit(here)

    def go_to_unit(self, place: int) -> None:
        """Puts the cursor on a unit, if it is shown."""
        for at, line in enumerate(self.lines):
            if not isinstance(line, GroupLine) and line.place == place:
                self.query_one("#units", Lines).go(at, tell=False)

    def _place_at(self, at: int) -> int | None:
        line = self.lines[at] if at < len(self.lines) else None
        return None if line is None or isinstance(line, GroupLine) else line.place

    def _draw(self, at: int, cells: int) -> Drawn:
        line = self.lines[at]
        if isinstance(line, GroupLine):
            return group_line(line, cells)
        desk = self.desk
        return unit_line(figures(desk.board, desk.tally, line.place), desk.scheme.places, cells)

    # --- what is done ---------------------------------------------------------

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Reviews the unit."""
        place = self._place_at(event.place)
        if place is not None:
            self.desk_app.review(self.desk.board.plan.units[place].unit)

    def action_show(self) -> None:
        """The next filter."""
        names: list[Showing] = list(SHOWINGS)
        self.showing = names[(names.index(self.showing) + 1) % len(names)]
        self.list_units()
        self._say_listing()

    def action_sort(self) -> None:
        """The next order."""
        names: list[Sorting] = list(SORTINGS)
        self.sorting = names[(names.index(self.sorting) + 1) % len(names)]
        self.list_units()
        self._say_listing()

    def _say_listing(self) -> None:
        self.desk_app.say(
            _("{showing}, {sorting}: {count}").format(
                showing=_(SHOWINGS[self.showing]), sorting=_(SORTINGS[self.sorting]), count=len(self.places)
            )
        )

    # --- searching ------------------------------------------------------------

    async def action_search(self) -> None:
        """Opens the search line; what is typed filters the table at once."""
        from govscore.tui.widgets.writing import Writing

        found = self.query("#find")
        if not found:
            find = Writing(placeholder=_("name, id, pinyin or initials; Enter keeps, Esc clears"), id="find")
            await self.mount(find, before="#columns")
            self.desk_app.clerk.load_readings()
        find = self.query_one("#find", Writing)
        find.add_class("-on")
        find.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters while it is typed."""
        self.query_text = event.value
        self.list_units()
        self.query_one("#units", Lines).go(0)

    def readings_loaded(self) -> None:
        """Letters can be searched for as pinyin now."""
        if self.query_text:
            self.list_units()

    def on_input_submitted(self) -> None:
        """Back to the table, filtered; the only unit found is opened."""
        units = self.query_one("#units", Lines)
        units.focus()
        if len(self.places) == 1:
            units.action_choose()

    def key_escape(self) -> None:
        """Ends the search."""
        from govscore.tui.widgets.writing import Writing

        for find in self.query("#find").results(Writing):
            find.value = ""
            find.remove_class("-on")
        self.query_text = ""
        self.list_units()
        self.query_one("#units", Lines).focus()
