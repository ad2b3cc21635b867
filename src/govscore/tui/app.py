"""The desk's app: holds the state, hears what workers tell, and is the only one to switch screens.

Invariant: handlers of the clerk's messages run on the screen's thread; those about decisions stand in
`saving`. What is loaded before the first frame stays light: see `opening`.
"""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_FPS", "30" if "SSH_CONNECTION" in os.environ else "120")

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.events import Key

from govscore.i18n import gettext as _
from govscore.text import inert
from govscore.tui import actions
from govscore.tui.opening import OpeningApp
from govscore.tui.pauses import EVERY_SECONDS, Pauses, no_pauses
from govscore.tui.saving import Saving
from govscore.tui.theme import DARK, LIGHT, STYLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.events import Event, Resize
    from textual.geometry import Size

    from govscore.review.book import Book
    from govscore.review.outline import Outline
    from govscore.review.undo import Step
    from govscore.tui import messages as told

_REFRESH_SECONDS = 2.0
"""How often decisions of others are looked for."""


def _now() -> datetime:
    return datetime.now().astimezone()


def run_desk(
    book: Book | Callable[[], Book],
    *,
    outline: Outline | None = None,
    export: Callable[[], Path] | None = None,
    clock: Callable[[], datetime] = _now,
) -> int:
    """Opens the desk on an assessment and returns when it is left.

    Args:
        book: an open `office.Assessment`, or any other book; or what opens one, with an outline.
        outline: what is shown while the book is opened, on a thread of its own.
        export: writes the workbook and returns where; None: the key says that it cannot.
        clock: the time shown beside "saved".

    Returns:
        0, or the code of an internal fault.

    Raises:
        BaseException: what opening the book or a worker failed with.
    """
    app = DeskApp(book, outline=outline, export=export, clock=clock)
    with no_pauses():
        app.run()
    app.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


class DeskApp(Saving, OpeningApp, inherit_bindings=False):
    """The desk."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    CSS_PATH: ClassVar = STYLES / "desk.tcss"
    BINDINGS: ClassVar = actions.bindings("everywhere")

    def __init__(
        self, book: Book | Callable[[], Book], *, outline: Outline | None = None,
        export: Callable[[], Path] | None = None, clock: Callable[[], datetime] = _now,
    ) -> None:  # fmt: skip
        self.said = ("", "")
        self.saved_at = ""
        self.failure: BaseException | None = None
        self.pauses = Pauses()
        self._clock = clock
        self._export = export
        self._review_screen = None
        super().__init__(book, outline)

    def take(self, book: Book) -> None:
        """Makes everything that needs the book."""
        from govscore.review.book import state_now
        from govscore.review.desk import Desk
        from govscore.tui.clerk import Clerk
        from govscore.tui.screens.overview import OverviewScreen

        self.title = inert(book.scheme.title)
        self.desk = Desk(book)
        self.clerk = Clerk(book, self.hear, self._clock)
        self.state = state_now(book)
        if hindrance := book.hindrance():
            self.said = (self.cannot_decide(hindrance), "warn")
        self.overview_screen = OverviewScreen()

    def on_load(self) -> None:
        """Colours, before anything is drawn."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def begin(self) -> None:
        """Looks for others' decisions now and then."""
        super().begin()
        self.set_interval(_REFRESH_SECONDS, self.clerk.refresh)
        self.set_interval(EVERY_SECONDS, self.pauses.collect)
        self._say_if_too_small(self.size)

    def close(self) -> None:
        """Waits for what is still being read or saved."""
        self.wait()
        if self.is_open:
            self.clerk.close()

    async def on_event(self, event: Event) -> None:
        """A key: nothing is collected for a moment."""
        if isinstance(event, Key):
            self.pauses.key()
        await super().on_event(event)

    def on_resize(self, event: Resize) -> None:
        """Where the desk does not fit, one line says so until there is room."""
        if self.is_open:
            self._say_if_too_small(event.size)

    def _say_if_too_small(self, size: Size) -> None:
        from govscore.tui.screens.small import TooSmall, is_too_small

        if is_too_small(size) and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())

    # --- hearing ----------------------------------------------------------------

    def on_state_changed(self, message: told.StateChanged) -> None:
        """The derived state was looked up again."""
        self.state = message.state
        self.renew()

    def on_readings_loaded(self) -> None:
        """Letters can be searched for."""
        self.overview_screen.readings_loaded()

    def on_failed(self, message: told.Failed) -> None:
        """The one handler for whatever a worker did not foresee: the desk ends, the caller is told."""
        self.failure = message.error
        self.exit(return_code=70)

    # --- actions --------------------------------------------------------------

    def action_undo(self) -> None:
        """Takes the last step back, by new decisions or withdrawals."""
        self._again(self.desk.undo.undo, _("{unit}: {items} as before"), _("nothing to undo"))

    def action_redo(self) -> None:
        """Makes it again."""
        self._again(self.desk.undo.redo, _("{unit}: {items} decided again"), _("nothing to redo"))

    def _again(self, which: Callable[[], Step | None], done: str, nothing: str) -> None:
        from govscore.review.naming import item_names

        if self.is_barred():
            return
        step = which()
        if step is None:
            self.say(nothing)
            return
        step = self.desk.show(step)
        last = step.changes[-1]
        unit = self.desk.units[last.unit]
        changed = self.desk.in_order(change.item for change in step.changes)
        items = item_names(self.desk.scheme, changed)
        said = done.format(unit=unit.name, items=items)
        if any(change.returns is not None for change in step.changes):
            said += _("; what stood in the form is back, not confirmed")
        self.say(said)
        if self._review_screen is not None and self._review_screen.is_current:
            self._review_screen.show_unit(unit, last.item)
        self.save(step)

    def action_export(self) -> None:
        """Writes the workbook."""
        if self._export is None:
            self.say(_("the workbook cannot be written from here"), "warn")
            return
        self.say(_("writing the workbook …"))
        self.clerk.export(self._export)

    def on_exported(self, message: told.Exported) -> None:
        """Shows where it is."""
        self.say(_("written: {path}").format(path=message.path), "good")

    def on_not_exported(self, message: told.NotExported) -> None:
        """Says why not."""
        self.say(_("not written: {why}").format(why=self.why(message.error)), "bad")

    def action_ranking(self) -> None:
        """The ranking of the unit's group."""
        from govscore.tui.screens.ranking import RankingScreen

        screen = RankingScreen()
        review = self._review_screen
        if review is not None and review.is_current and review.unit is not None:
            screen.show_group(review.unit.group)
        self.push_screen(screen)

    def action_help(self) -> None:
        """Every key."""
        from govscore.tui.screens.help import HelpScreen
        from govscore.tui.widgets.keys import Keys

        here = next((keys.place for keys in self.screen.query(Keys)), "")
        self.push_screen(HelpScreen(here))

    def action_palette(self) -> None:
        """Commands by name."""
        from govscore.tui.screens.palette import open_palette

        open_palette(self)

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_leave(self) -> None:
        """Leaves; asks first if anything would be lost."""
        from govscore.review import unfinished
        from govscore.tui.screens.question import Confirm

        if texts := unfinished.everywhere(self.desk):
            self.push_screen(Confirm(_("Leave the desk? This would be lost:"), texts), self._left)
        else:
            self.exit()

    def _left(self, yes: bool | None) -> None:
        if yes:
            self.exit()

    action_leave_now = action_leave

    # --- screens --------------------------------------------------------------

    def review(self, unit: str) -> None:
        """Takes a unit in hand."""
        from govscore.tui.screens.review import ReviewScreen

        if self._review_screen is None:
            self._review_screen = ReviewScreen()
            self.install_screen(self._review_screen, "review")
        self._review_screen.show_unit(self.desk.units[unit])
        self.push_screen("review")

    def overview(self) -> None:
        """Back to the overview, with the cursor on the unit that was in hand."""
        review = self._review_screen
        self.pop_screen()
        if review is not None and review.unit is not None:
            self.overview_screen.go_to_unit(self.desk.board.places[review.unit.unit])
            if left := review.left_behind(review.unit):
                self.say(left, "warn")
