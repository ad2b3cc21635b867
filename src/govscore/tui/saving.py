"""What became of decisions: saved, not saved, refused since somebody was faster; and what others decided.

Invariant: these handlers are the only code that learns what became of a decision; they run on the screen's
thread, and say by name whatever was not kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from govscore.errors import GovscoreError
from govscore.events import Decision
from govscore.i18n import gettext as _
from govscore.review.naming import item_name, item_names, told
from govscore.text import inert

if TYPE_CHECKING:
    from govscore.errors import Problem
    from govscore.review.desk import Clash, Desk
    from govscore.review.undo import Step
    from govscore.tui import messages
    from govscore.tui.clerk import Clerk
    from govscore.tui.screens.base import DeskScreen
    from govscore.tui.screens.review import ReviewScreen


class Saving(App[None], inherit_bindings=False):
    """The half of the app that saves and is told."""

    desk: Desk
    clerk: Clerk
    said: tuple[str, str]
    """What was said last, and its role."""
    saved_at: str
    state: str
    _review_screen: ReviewScreen | None

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

    def why(self, error: GovscoreError | OSError) -> str:
        """What went wrong, in one sentence, with names instead of ids."""
        if isinstance(error, GovscoreError) and error.problems:
            return told(error.problems[0], self.desk.scheme, self.desk.units)
        text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return inert(text.split("\n", maxsplit=1)[0])

    def cannot_decide(self, hindrance: Problem) -> str:
        """Why nothing can be decided here, and what helps."""
        what = told(hindrance, self.desk.scheme, self.desk.units)
        advice = hindrance.advice
        helps = advice if advice[-1:].isalnum() else advice[:-1]  # without its full stop
        why = [what, helps, hindrance.expected]
        return _("nothing can be decided here: {why}").format(why=_("; ").join(filter(None, why)))

    def is_barred(self) -> bool:
        """Says so, if nothing can be decided here."""
        hindrance = self.desk.book.hindrance()
        if hindrance is not None:
            self.say(self.cannot_decide(hindrance), "bad")
        return hindrance is not None

    def item_of_unit(self, unit: str, item: str) -> str:
        """An item of a unit, by their names."""
        return _("{unit}, {item}").format(
            unit=inert(self.desk.units[unit].name), item=item_name(self.desk.scheme, item)
        )

    # --- saving ---------------------------------------------------------------

    def save(self, step: Step) -> None:
        """Gives a decision that is shown already to the clerk."""
        self.clerk.save(step)
        self.renew()

    def on_saved(self, message: messages.Saved) -> None:
        """It is on disk."""
        self.desk.saved(message.step, message.events)
        self.saved_at = message.at.strftime("%H:%M:%S")
        if self.state != "reviewing":
            self.clerk.look()
        self.renew()

    def on_not_saved(self, message: messages.NotSaved) -> None:
        """It is not, and says so; what was decided stays visible."""
        why = self.why(message.error)
        self.desk.not_saved(message.step, why)
        items = item_names(
            self.desk.scheme, self.desk.in_order(change.item for change in message.step.changes)
        )
        unit = inert(self.desk.units[message.step.changes[0].unit].name)
        self.say(
            _("not saved: {why}; Enter on the item tries again ({unit}: {items})").format(
                unit=unit, items=items, why=why
            ),
            "bad",
        )
        self.renew()

    def on_clashed(self, message: messages.Clashed) -> None:
        """Somebody was faster: one decision is asked about, of many or of an undo nothing was written."""
        desk, changes = self.desk, message.step.changes
        desk.refused(message.step, message.events)
        change = changes[0]
        if len(changes) > 1 or change.after is None:
            self.say(self._nothing_changed(message.step), "warn")
            self._show_again(change.unit, change.item)
            self.renew()
        elif not desk.is_saving(change.unit, change.item):  # else a later decision on it is asked about
            self.ask_about(desk.clash(change.unit, change.item, change.after))

    def _nothing_changed(self, step: Step) -> str:
        items = item_names(self.desk.scheme, self.desk.in_order(change.item for change in step.changes))
        return _("{unit}: somebody else decided meanwhile, so nothing was changed: {items}").format(
            unit=inert(self.desk.units[step.changes[0].unit].name), items=items
        )

    def ask_about(self, clash: Clash) -> None:
        """Shows both values and asks which one holds; nothing of mine is lost unasked."""
        from govscore.review.describe import describe
        from govscore.tui.screens.question import Choose

        entry = self.desk.scheme.entries[clash.item]
        who = clash.event.author if clash.event else _("somebody else")
        when = clash.event.time[11:19] if clash.event else ""
        texts = [
            _("{who} at {time}: {finding}").format(
                who=inert(who), time=when, finding=describe(entry, clash.theirs)
            ),
            _("you: {finding}").format(finding=describe(entry, clash.mine)),
        ]
        title = _("{item}: somebody else decided meanwhile").format(
            item=self.item_of_unit(clash.unit, clash.item)
        )
        # First what changes nothing in the record and loses nothing here: Enter may be on its way already.
        options = [
            ("later", _("theirs holds; mine stays as a draft")),
            ("mine", _("decide mine in its place")),
            ("theirs", _("theirs holds; drop mine")),
        ]
        self.push_screen(Choose(title, texts, options), lambda which: self._answered(clash, which))

    def _answered(self, clash: Clash, which: str | None) -> None:
        name = self.item_of_unit(clash.unit, clash.item)
        if which == "mine":
            self.save(self.desk.overrule(clash))
            return
        if which == "theirs":
            self.desk.adopt(clash.unit, clash.item)
            self.say(_("{item}: theirs holds; yours was dropped").format(item=name))
        else:
            self.desk.put_aside(clash)
            self.say(
                _("{item}: theirs holds; yours is a draft, Enter there asks again").format(item=name), "warn"
            )
        self._show_again(clash.unit, clash.item)
        self.renew()

    def _show_again(self, unit: str, item: str) -> None:
        """Puts the item's form back to what is decided, if it is in hand."""
        review = self._review_screen
        if review is not None and review.unit is not None and (review.unit.unit, review.item) == (unit, item):
            review.show_item(item)

    def on_not_refreshed(self, message: messages.NotRefreshed) -> None:
        """The record cannot be read just now; it is tried again, and nothing is lost by it."""
        said = _("decisions of others cannot be read just now: {why}").format(why=self.why(message.error))
        if self.said[0] != inert(said):
            self.say(said, "warn")

    def on_others_decided(self, message: messages.OthersDecided) -> None:
        """New decisions of others appear by themselves; a form in work is left alone."""
        keys = self.desk.others(message.events)
        if self.state != "reviewing" or any(not isinstance(event.body, Decision) for event in message.events):
            self.clerk.look()
        if keys:
            authors = _(", ").join(dict.fromkeys(inert(event.author) for event in message.events))
            self.say(_("{who} decided on {count} items").format(who=authors, count=len(keys)))
        review = self._review_screen
        if review is not None and review.unit is not None and (review.unit.unit, review.item) in keys:
            if (review.unit.unit, review.item) not in self.desk.drafts:
                review.show_item(review.item)
            elif not all(map(self.desk.is_beside, message.events)):
                self.say(
                    _("somebody else just decided this item; you will be asked when you confirm"), "warn"
                )
        self.renew()
