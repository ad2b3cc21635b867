"""The review screen: the unit's items, the card with its form, the live score.

Invariant: what the form holds is kept as a draft with every change, and decided only by Enter (or `x`,
`A`); a decision is on screen at once and called saved only when the book said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.widgets import Input

from govscore.i18n import gettext as _
from govscore.review.checklist import Line
from govscore.tui import actions
from govscore.tui.draw.card import card_lines
from govscore.tui.draw.checklist import checklist_line
from govscore.tui.draw.score import score_lines
from govscore.tui.draw.tabs import tab_hits, tabs_line
from govscore.tui.screens.deciding import Deciding
from govscore.tui.theme import STYLES
from govscore.tui.widgets.form import FormView
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar
from govscore.tui.widgets.sheet import Sheet
from govscore.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click

    from govscore.scheme.units import Unit
    from govscore.tui.draw.spans import Drawn


class ReviewScreen(Deciding):
    """One unit, one item in hand."""

    CSS_PATH: ClassVar = STYLES / "review.tcss"
    BINDINGS: ClassVar = actions.bindings("review")

    def __init__(self) -> None:
        super().__init__()
        self._laid_out: tuple[str, int] = ("", 0)
        """The item and width that the card was laid out for."""
        self._tab = 2
        self._listed: object = None
        """What the list was made from."""
        self._marks: dict[str, str] = {}
        """The marks in the list; a line is drawn later than it is asked for, so it never looks them up."""

    def compose(self) -> ComposeResult:
        """Head, tabs, panes, status line, keys."""
        yield Bar(id="head")
        yield Bar(id="tabs")
        with Container(id="panes"):
            yield Lines(id="items")
            with Container(id="middle"):
                yield FormView(id="form")
                with Container(id="reason-line"):
                    yield Bar(id="reason-label")
                    yield Writing(id="reason", placeholder=_("i: reason, shown to the unit"))
            yield Sheet(id="score")
        yield Bar(id="status")
        yield Keys("review")

    def on_mount(self) -> None:
        """The form has the focus."""
        self.query_one("#reason-label", Bar).draw((((f" {_('Reason')}"), "dim"),))
        self.query_one("#form", FormView).focus()

    # --- what is in hand ------------------------------------------------------

    def show_unit(self, unit: Unit, item: str | None = None) -> None:
        """Takes a unit in hand, at an item, or at its first open one."""
        self.unit = unit
        self.lines = self.desk.checklist(unit)
        ids = [line.id for line in self.lines if isinstance(line, Line)]
        chosen = item if item in ids else self.desk.next_open(unit) or (ids[0] if ids else "")
        self.show_item(chosen)

    def show_item(self, item: str) -> None:
        """Takes an item in hand."""
        if self.unit is None or not item:
            return
        self.item = item
        self.form = self.desk.form(self.unit.unit, item)
        self.form.go_to_open()
        self._laid_out = ("", 0)
        if self.is_mounted:
            self._fill_reason()
            self.renew()

    def _fill_reason(self) -> None:
        reason = self.query_one("#reason", Writing)
        with self.prevent(Input.Changed):
            reason.value = self.form.finding.reason if self.form else ""

    # --- drawing --------------------------------------------------------------

    def renew(self) -> None:
        """Draws everything again."""
        super().renew()
        if self.unit is None or self.form is None:
            return
        self.draw_tabs()
        self.draw_items()
        form = self.query_one("#form", FormView)
        if self._laid_out != (self.item, form.size.width):
            self._laid_out = (self.item, form.size.width)
            entry = self.desk.scheme.entry(self.item, self.unit)
            form.show(self.form, card_lines(self.desk.scheme, entry, form.size.width or 60))
            self.query_one("#score", Sheet).scroll_lines(-(10**6))
        else:
            form.draw_again()
        self.draw_score()

    def draw_items(self) -> None:
        """The checklist, made again only if something in it changed."""
        if self.unit is None:
            return
        desk, unit = self.desk, self.unit
        lines = desk.checklist(unit)
        marks = self._marks_now()
        items = self.query_one("#items", Lines)
        if (lines, marks) != self._listed:
            self.lines, self._marks, self._listed = lines, marks, (lines, marks)
            rows = max(len(lines), len(desk.order))  # as long for every unit: no new layout
            items.fill(rows, self._draw_item, lambda at: self._item_at(at) is not None)
        items.go(next((at for at in range(len(lines)) if self._item_at(at) == self.item), 0), tell=False)

    def draw_tabs(self) -> None:
        """The unit, and on a narrow screen the tabs."""
        if self.unit is None:
            return
        bar = self.query_one("#tabs", Bar)
        tab = self._tab if self.has_class("-narrow") else None
        bar.draw(tabs_line(self.desk, self.unit, tab, self.size.width))

    def draw_score(self) -> None:
        """The live score with the form as it stands."""
        if self.unit is None or self.form is None:
            return
        live, assumed = self.desk.trial(self.unit.unit, self.item, self.form)
        score = self.query_one("#score", Sheet)
        score.show(score_lines(self.desk.scheme, live, score.size.width or 36, assumed=assumed))

    def _draw_item(self, at: int, cells: int) -> Drawn:
        if at >= len(self.lines):
            return ()
        line = self.lines[at]
        mark = self._marks.get(line.id, "") if isinstance(line, Line) else ""
        return checklist_line(line, self.desk.scheme.places, cells, mark=mark)

    def _marks_now(self) -> dict[str, str]:
        """The items of the unit with something that is not confirmed, or not saved."""
        if self.unit is None:
            return {}
        marked = (*((key, "*") for key in self.desk.drafts), *((key, "!") for key in self.desk.unsaved))
        return {item: mark for (unit, item), mark in marked if unit == self.unit.unit}

    def _mark_again(self) -> None:
        """Draws the item in hand again in the list, since its mark may be another."""
        self._marks = self._marks_now()
        self._listed = (self.lines, self._marks)
        items = self.query_one("#items", Lines)
        items.redraw_line(items.cursor)

    def _item_at(self, at: int) -> str | None:
        line = self.lines[at] if at < len(self.lines) else None
        return line.id if isinstance(line, Line) else None

    # --- what is done ---------------------------------------------------------

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The cursor of the list takes the item in hand."""
        item = self._item_at(event.place) if event.lines.id == "items" else None
        if item is not None and item != self.item:
            self.desk_app.say("")
            self.show_item(item)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A click on the item in hand goes to its form."""
        if event.lines.id == "items":
            self.show_tab(2)

    def on_form_view_edited(self) -> None:
        """Keeps the draft and shows what it would do."""
        if self.unit is None or self.form is None:
            return
        self.desk.keep(self.unit.unit, self.item, self.form.finding)
        self._mark_again()
        self._fill_reason()
        self.answered()
        self.query_one("#form", FormView).draw_again()
        self.draw_score()

    def on_form_view_left(self, event: FormView.Left) -> None:
        """Down from the last box goes to the reason, up from the first one to the list."""
        if event.step > 0:
            self.query_one("#reason", Writing).focus()
        elif not self.has_class("-narrow"):
            self.query_one("#items", Lines).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The reason belongs to the finding."""
        from dataclasses import replace

        if self.unit is None or self.form is None or event.input.id != "reason":
            return
        self.form.finding = replace(self.form.finding, reason=event.value)
        self.desk.keep(self.unit.unit, self.item, self.form.finding)
        self._mark_again()

    async def on_input_submitted(self) -> None:
        """Enter in the reason confirms, as everywhere on this screen."""
        self.query_one("#form", FormView).focus()
        self.action_confirm()

    def show_tab(self, tab: int) -> None:
        """One of the three panes: the only one on a narrow screen, else the one with the focus."""
        if tab != self._tab:
            self.remove_class(f"-tab-{self._tab}")
            self.add_class(f"-tab-{tab}")
            self._tab = tab
        focus = {1: "#items", 2: "#form", 3: "#score"}[tab]
        if tab == 3:
            self.set_focus(None)
        else:
            self.query_one(focus).focus()
        self.call_after_refresh(self.renew)

    def action_tab(self, tab: int) -> None:
        """A pane by its number; where all are on the screen, a digit means nothing by itself."""
        if self.has_class("-narrow"):
            self.show_tab(tab)

    def key_pagedown(self) -> None:
        """Scrolls the score, where nothing else took the key."""
        self.query_one("#score", Sheet).scroll_page(1)

    def key_pageup(self) -> None:
        """Scrolls it back."""
        self.query_one("#score", Sheet).scroll_page(-1)

    def action_tab_next(self) -> None:
        """The next pane."""
        self.show_tab(self._tab % 3 + 1)

    def action_tab_previous(self) -> None:
        """The previous pane."""
        self.show_tab((self._tab + 1) % 3 + 1)

    def action_reason(self) -> None:
        """To the reason."""
        if self._tab != 2:
            self.show_tab(2)
        self.query_one("#reason", Writing).focus()

    def action_next_item(self) -> None:
        """The next item of the list."""
        self._step_item(1)

    def action_previous_item(self) -> None:
        """The previous item of the list."""
        self._step_item(-1)

    def _step_item(self, step: int) -> None:
        ids = [line.id for line in self.lines if isinstance(line, Line)]
        at = ids.index(self.item) + step if self.item in ids else 0
        if 0 <= at < len(ids):
            self.desk_app.say("")
            self.show_item(ids[at])

    def action_back(self) -> None:
        """Out of the reason, else back to the overview."""
        if isinstance(self.focused, Writing):
            self.query_one("#form", FormView).focus()
        else:
            self.desk_app.overview()

    def on_click(self, event: Click) -> None:
        """A click on a tab."""
        if event.widget is not None and event.widget.id == "tabs" and self.has_class("-narrow"):
            for start, end, tab in tab_hits():
                if start <= event.x < end:
                    self.show_tab(tab)
