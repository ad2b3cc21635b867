"""The desk's app: holds the state, hears what workers tell, and is the only one to switch screens.

Invariant: handlers of the clerk's messages are the only code that learns what became of a decision, and
they run on the screen's thread. What is loaded before the first frame stays light: see `opening`.
"""

from __future__ import annotations

import gc
import os

os.environ.setdefault("TEXTUAL_FPS", "30" if "SSH_CONNECTION" in os.environ else "120")

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from govscore.events import Decision
from govscore.i18n import gettext as _
from govscore.text import inert
from govscore.tui import actions
from govscore.tui.opening import OpeningApp
from govscore.tui.theme import DARK, LIGHT, STYLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from govscore.errors import GovscoreError
    from govscore.review.book import Book
    from govscore.review.desk import Clash, Desk
    from govscore.review.outline import Outline
    from govscore.review.undo import Step
    from govscore.tui import messages as told
    from govscore.tui.clerk import Clerk
    from govscore.tui.screens.base import DeskScreen
    from govscore.tui.screens.review import ReviewScreen

_REFRESH_SECONDS = 2.0
"""How often decisions of others are looked for."""
_COLLECT_SECONDS = 60.0


def _now() -> datetime:
    return datetime.now().astimezone()


def _collect() -> None:
    """A round of the collector (Textual cannot call a built-in by itself)."""
    gc.collect()


@contextmanager
def _no_pauses() -> Iterator[None]:
    """Keeps the collector from walking over all facts in the middle of a key; the app collects by itself."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(2_000, 20, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


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
    with _no_pauses():
        app.run()
    app.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


class DeskApp(OpeningApp, inherit_bindings=False):
    """The desk."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    CSS_PATH: ClassVar = STYLES / "desk.tcss"
    BINDINGS: ClassVar = actions.bindings("everywhere")

    desk: Desk
    clerk: Clerk
    state: str

    def __init__(
        self, book: Book | Callable[[], Book], *, outline: Outline | None = None,
        export: Callable[[], Path] | None = None, clock: Callable[[], datetime] = _now,
    ) -> None:  # fmt: skip
        self.said: tuple[str, str] = ("", "")
        """What was said last, and its role."""
        self.saved_at = ""
        self.failure: BaseException | None = None
        self._clock = clock
        self._export = export
        self._review_screen: ReviewScreen | None = None
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
        if not book.author:
            self.said = (_("nobody is named as the reviewer: decisions cannot be saved"), "warn")
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
        self.set_interval(_COLLECT_SECONDS, _collect)

    def close(self) -> None:
        """Waits for what is still being read or saved."""
        self.wait()
        if self.is_open:
            self.clerk.close()

    # --- saying ---------------------------------------------------------------

    def say(self, text: str, role: str = "") -> None:
        """Says something on the status line, until something else is said."""
        self.said = (inert(text), role)
        for screen in self._desk_screens():
            if screen.is_current:
                screen.draw_status()

    def _desk_screens(self) -> list[DeskScreen]:
        from govscore.tui.screens.base import DeskScreen

        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]

    def renew(self) -> None:
        """Draws the topmost screen of the desk again, also below a question."""
        screens = self._desk_screens()
        if screens and screens[-1].is_mounted:
            screens[-1].renew()

    # --- saving ---------------------------------------------------------------

    def save(self, step: Step) -> None:
        """Gives a decision that is shown already to the clerk."""
        self.clerk.save(step)
        self.renew()

    def on_saved(self, message: told.Saved) -> None:
        """It is on disk."""
        self.desk.saved(message.step)
        self.saved_at = message.at.strftime("%H:%M:%S")
        if self.state != "reviewing":
            self.clerk.look()
        self.renew()

    def on_not_saved(self, message: told.NotSaved) -> None:
        """It is not, and says so; what was decided stays visible."""
        why = first_line(message.error)
        self.desk.not_saved(message.step, why)
        self.say(_("not saved: {why}; Enter on the item tries again").format(why=why), "bad")
        self.renew()

    def on_clashed(self, message: told.Clashed) -> None:
        """Somebody was faster: one item is asked about, of many nothing was written."""
        from govscore.review.desk import Clash

        desk, changes = self.desk, message.step.changes
        desk.not_saved(message.step, first_line(message.error))
        if len(changes) > 1:
            for change in changes:
                desk.adopt(change.unit, change.item)
            self.say(_("somebody else decided meanwhile; nothing was changed, please do it again"), "warn")
            self.renew()
            return
        change = changes[0]
        book = desk.book
        self.ask_about(
            Clash(
                unit=change.unit, item=change.item, theirs=book.finding(change.unit, change.item),
                mine=change.after, event=book.decision_event(change.unit, change.item),
            )
        )  # fmt: skip

    def ask_about(self, clash: Clash) -> None:
        """Shows both values and asks which one holds."""
        from govscore.review.describe import describe
        from govscore.tui.screens.question import Choose

        entry = self.desk.scheme.entries[clash.item]
        unit = self.desk.units[clash.unit].name
        who = clash.event.author if clash.event else _("somebody else")
        when = clash.event.time[11:19] if clash.event else ""
        texts = [
            _("{who} at {time}: {finding}").format(
                who=inert(who), time=when, finding=describe(entry, clash.theirs)
            ),
            _("you: {finding}").format(finding=describe(entry, clash.mine)),
        ]

        def answered(which: str | None) -> None:
            if which == "mine":
                self.save(self.desk.overrule(clash.unit, clash.item, clash.mine))
            elif which == "theirs":
                self.desk.adopt(clash.unit, clash.item)
                self._show_again(clash.unit, clash.item)
            self.renew()

        title = _("{unit}, item {item}: somebody else decided meanwhile").format(
            unit=inert(unit), item=clash.item
        )
        options = [("theirs", _("keep theirs")), ("mine", _("decide mine in its place"))]
        self.push_screen(Choose(title, texts, options), answered)

    def _show_again(self, unit: str, item: str) -> None:
        """Puts the item's form back to what is decided, if it is in hand."""
        review = self._review_screen
        if review is not None and review.unit is not None and (review.unit.unit, review.item) == (unit, item):
            review.show_item(item)

    def on_others_decided(self, message: told.OthersDecided) -> None:
        """New decisions of others appear by themselves; a form in work is left alone."""
        keys = self.desk.others(message.events)
        if self.state != "reviewing" or any(not isinstance(event.body, Decision) for event in message.events):
            self.clerk.look()
        if keys:
            authors = _(", ").join(dict.fromkeys(inert(event.author) for event in message.events))
            self.say(_("{who} decided on {count} items").format(who=authors, count=len(keys)))
        review = self._review_screen
        if review is not None and review.unit is not None and (review.unit.unit, review.item) in keys:
            if (review.unit.unit, review.item) in self.desk.drafts:
                self.say(
                    _("somebody else just decided this item; you will be asked when you confirm"), "warn"
                )
            else:
                review.show_item(review.item)
        self.renew()

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
        self._again(self.desk.undo.undo(), _("nothing to undo"))

    def action_redo(self) -> None:
        """Makes it again."""
        self._again(self.desk.undo.redo(), _("nothing to redo"))

    def _again(self, step: Step | None, nothing: str) -> None:
        if step is None:
            self.say(nothing)
            return
        self.desk.show(step)
        last = step.changes[-1]
        unit = self.desk.units[last.unit]
        items = _(", ").join(change.item for change in step.changes[:6]) + (
            " …" if len(step.changes) > 6 else ""
        )
        self.say(_("{unit}: {items} as before").format(unit=unit.name, items=items))
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
        self.say(_("not written: {why}").format(why=first_line(message.error)), "bad")

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

        self.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Commands by name."""
        from govscore.tui.screens.palette import open_palette

        open_palette(self)

    def action_theme(self) -> None:
        """Light or dark."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_leave(self) -> None:
        """Leaves; asks first if anything would be lost."""
        from govscore.tui.screens.question import Confirm

        drafts, unsaved = len(self.desk.drafts), len(self.desk.unsaved)
        if not drafts and not unsaved:
            self.exit()
            return
        texts = []
        if unsaved:
            texts.append(_("decisions that are not saved: {count}").format(count=unsaved))
        if drafts:
            texts.append(_("forms begun and not confirmed: {count}").format(count=drafts))
        self.push_screen(Confirm(_("Leave the desk? This would be lost:"), texts), self._left)

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


def first_line(error: GovscoreError | OSError) -> str:
    """The first sentence of what went wrong."""
    return inert(str(error).split("\n", maxsplit=1)[0])
