"""Deciding on the review screen: confirm, clean finding, the rest, not applicable, undo, going on.

Invariant: every decision goes through the desk and then to the clerk; nothing here writes.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from govscore.calendar.names import period_name
from govscore.events import FactRow
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.review import answers, unfinished
from govscore.review.checklist import Line
from govscore.review.desk import Clash, Decided, Incomplete, Wrong
from govscore.review.naming import item_name, item_names, question_names, told
from govscore.review.rest import rest_of
from govscore.review.roster import neighbour
from govscore.text import inert
from govscore.tui.screens.base import DeskScreen
from govscore.tui.widgets.form import FormView

if TYPE_CHECKING:
    from govscore.review.checklist import ChecklistLine
    from govscore.review.desk import Desk
    from govscore.review.form import Form
    from govscore.review.rest import Rest
    from govscore.scheme.units import Unit


class Deciding(DeskScreen):
    """What the review screen decides and where it goes; what it shows is for `ReviewScreen`."""

    def __init__(self) -> None:
        super().__init__(classes="-tab-2")
        self.unit: Unit | None = None
        self.item = ""
        self.form: Form | None = None
        self.lines: tuple[ChecklistLine, ...] = ()
        self._was_done = False
        """Whether the reviewer was told that the unit is done."""
        self._wanting = False
        """Whether the status line names questions that still wait for an answer."""
        self._why_not: dict[str, str] = {}
        """Why an item was last said not to be applicable; what holds for one unit often does for the next."""

    @abstractmethod
    def show_unit(self, unit: Unit, item: str | None = None) -> None:
        """Takes a unit in hand."""

    @abstractmethod
    def show_item(self, item: str) -> None:
        """Takes an item in hand."""

    @abstractmethod
    def on_form_view_edited(self) -> None:
        """The form changed."""

    def action_confirm(self) -> None:
        """Decides what the form holds, and goes to the next open item."""
        if self.unit is None or self.form is None:
            return
        key = (self.unit.unit, self.item)
        if (key in self.desk.drafts or key in self.desk.unsaved) and self.desk_app.is_barred():
            return
        outcome = self.desk.confirm(self.unit.unit, self.item, self.form.finding)
        if isinstance(outcome, Wrong):
            self._say_wrong(outcome)
        elif isinstance(outcome, Incomplete):
            self._say_wanting(self.form)
            self.form.go_to_open()
            self.query_one("#form", FormView).draw_again()
        elif isinstance(outcome, Clash):
            self.desk_app.ask_about(outcome)
        else:
            if isinstance(outcome, Decided):
                self.desk_app.say("")
                self.desk_app.save(outcome.step)
            self.go_on()

    def _say_wrong(self, outcome: Wrong) -> None:
        self.desk_app.say(told(outcome.problems[0], self.desk.scheme, self.desk.units), "bad")

    def _say_wanting(self, form: Form) -> None:
        """Names the questions without an answer, and the key only where it helps."""
        names = question_names(form.open_questions)
        said = _("still to be answered: {names}").format(names=names)
        if form.can_fill:
            said += _("; w fills the rest as without fault")
        self.desk_app.say(said, "warn")
        self._wanting = True

    def answered(self) -> None:
        """Keeps what the status line says about blank questions true; the form changed."""
        if self._wanting and self.form is not None:
            if self.form.open_questions:
                self._say_wanting(self.form)
            else:
                self._wanting = False
                self.desk_app.say("")

    def go_on(self) -> None:
        """To the next open item of the unit; from a unit that is done to the next one that is not."""
        if self.unit is None:
            return
        item = self.desk.next_open(self.unit, self.item)
        if item is not None:
            ids = [line.id for line in self.lines if isinstance(line, Line)]
            if self.item in ids and ids.index(item) <= ids.index(self.item):
                name = item_name(self.desk.scheme, item)
                self.desk_app.say(_("end of the list; back to what is still open: {item}").format(item=name))
            self.show_item(item)
            return
        if not self._was_done:
            self._was_done = True
            self.desk_app.say(_("this unit is reviewed; Enter goes to the next unit with open items"), "good")
            self.show_item(self.item)
            return
        for place in self._places_after():
            unit = self.desk.board.plan.units[place]
            if self.desk.next_open(unit) is not None:
                behind = self.left_behind(self.unit)
                self.show_unit(unit)
                if behind:
                    self.desk_app.say(behind, "warn")
                return
        self.desk_app.say(_("everything is reviewed"), "good")

    def _places_after(self) -> list[int]:
        places = self.desk_app.overview_screen.places
        here = self.desk.board.places[self.unit.unit] if self.unit else 0
        at = places.index(here) + 1 if here in places else 0
        listed = [*places[at:], *places[:at]]
        every = len(self.desk.board.plan.units)
        after = [*range(here + 1, every), *range(here + 1)]
        return [*listed, *(place for place in after if place not in set(listed))]

    def action_clean(self) -> None:
        """Fills what is blank as without fault."""
        if self.form is None:
            return
        self._wanting = False
        period = self.form.period
        if filled := self.form.can_fill:
            period = self.form.fill()
        waiting = self.form.open_questions
        left = tuple(question for question in waiting if question.period == period)
        if waiting:
            self.form.go_to_open()
        self.on_form_view_edited()
        if waiting and not left:
            name, after = period_name(period), period_name(waiting[0].period)
            said = _("{period} is filled in as without fault; next: {after}")
            self.desk_app.say(said.format(period=name, after=after))
        elif left:
            names = question_names(left)
            self.desk_app.say(_("cannot be answered by “no fault”: {names}").format(names=names), "warn")
            self._wanting = True
        elif filled:
            self.desk_app.say(_("what was blank is filled in as without fault; Enter confirms"))
        else:
            self.desk_app.say(_("nothing is blank here; Enter confirms"))

    # --- questions ------------------------------------------------------------

    def action_rest(self) -> None:
        """Asks once, with the number, then decides all at once."""
        from govscore.tui.screens.question import Confirm

        if self.unit is None:
            return
        unit, rest = self.unit, rest_of(self.desk, self.unit)
        if self.desk_app.is_barred():
            return
        if not rest.findings:
            left = item_names(self.desk.scheme, rest.left) or "—"
            self.desk_app.say(
                _("nothing here can be answered by “no fault”; open: {items}").format(items=left), "warn"
            )
            return

        def decided(yes: bool | None) -> None:
            if not yes:
                return
            # Others may have decided while the question stood: what is no longer open is theirs.
            if rest_of(self.desk, unit) != rest:
                self.desk_app.say(
                    _("somebody else decided meanwhile; nothing was changed, please do it again"), "warn"
                )
                return
            self.desk_app.save(self.desk.decide_many(unit.unit, rest.findings))
            self.go_on()
            done = [] if rest.left else [self.desk_app.said[0]]  # what going on said: the unit is reviewed
            said = _("; ").join([rest_said(self.desk, rest), *done])
            self.desk_app.say(said, "warn" if rest.left else "good")

        question = ngettext(
            "Nothing found on the other {count} item of {unit}?",
            "Nothing found on the other {count} items of {unit}?",
            rest.closed,
        ).format(count=rest.closed, unit=inert(unit.name))
        self.app.push_screen(Confirm(question, rest_lines(self.desk, rest)), decided)

    def action_not_applicable(self) -> None:
        """Asks for the reason, then decides."""
        from govscore.tui.screens.why_not import ask_why_not

        if self.unit is None or self.form is None:
            return
        unit, item, now = self.unit.unit, self.item, self.form.finding
        seen = self.desk.seen(unit, item)
        if self.desk_app.is_barred():
            return

        def decided(reason: str, explained: bool) -> None:
            finding = answers.not_applicable(now, reason, explained=explained)
            outcome = self.desk.confirm(unit, item, finding, seen=seen)
            if isinstance(outcome, Decided):
                self._why_not[item] = reason
                self._say_not_applicable(outcome)
            elif isinstance(outcome, Clash):
                self.desk_app.ask_about(outcome)
            elif isinstance(outcome, Wrong):
                self._say_wrong(outcome)

        title = _("Why is item {item} not applicable to {unit}?").format(
            item=item_name(self.desk.scheme, item), unit=inert(self.unit.name)
        )
        texts = []
        if (unit, item) in self.desk.drafts:
            texts.append(_("What stands in the form is put aside; undo brings it back."))
        reason = now.reason or answers.why_not(now) or self._why_not.get(item, "")
        row = FactRow(note="yes" if now.is_explained else "no", reason=reason)
        ask_why_not(self.app, title, texts, scheme=self.desk.scheme, item=item, row=row, then=decided)

    def action_skip_period(self) -> None:
        """Asks for the reason, then says in the form that the period does not concern the unit."""
        from govscore.tui.screens.question import AskText

        form = self.form
        if self.unit is None or form is None or self.desk_app.is_barred():
            return
        if not form.period:
            self.desk_app.say(_("this item is asked once; x says that it is not applicable"), "warn")
            return

        def decided(reason: str | None) -> None:
            if reason is None or form is not self.form:
                return
            form.skip(reason)
            form.go_to_open()
            self.on_form_view_edited()

        title = _("Why is {period} of item {item} not applicable to {unit}?").format(
            period=period_name(form.period),
            item=item_name(self.desk.scheme, self.item),
            unit=inert(self.unit.name),
        )
        self.app.push_screen(AskText(title, [], label=_("Reason"), value=""), decided)

    def _say_not_applicable(self, outcome: Decided) -> None:
        self.desk_app.save(outcome.step)
        change = outcome.step.changes[0]
        self.go_on()
        if change.begun is not None:
            name = item_name(self.desk.scheme, change.item)
            self.desk_app.say(
                _("{item}: not applicable; u brings the form that was begun back").format(item=name)
            )

    def on_form_view_row_wanted(self, event: FormView.RowWanted) -> None:
        """Asks for an event or typed points."""
        from govscore.tui.screens.row import RowQuestion

        form, slot = self.form, event.slot
        if form is None:
            return
        rows = form.listed(slot.question)
        row = rows[slot.row] if slot.row is not None else None

        def given(answer: FactRow | None) -> None:
            if answer is not None and form is self.form:
                form.put_row(slot, answer)
                self.on_form_view_edited()

        period = self.desk.span(self.item, slot.question.period)
        self.app.push_screen(RowQuestion(slot.question, row, period), given)

    def action_go_to(self) -> None:
        """Asks for a number."""
        self._find(numbers=True)

    def action_search(self) -> None:
        """Searches the unit's items, and the other units."""
        self._find(numbers=False)

    def _find(self, *, numbers: bool) -> None:
        from govscore.tui.screens.find import Choice, Find

        choices = [
            Choice(id=f"item:{line.id}", key=line.id, text=line.title, words=(line.id, line.title))
            for line in self.lines
            if isinstance(line, Line)
        ]
        if not numbers:
            choices += [
                Choice(id=f"unit:{each.unit}", key="→", text=each.name, words=(each.unit, each.name))
                for each in self.desk.board.plan.units
            ]

        def found(id: str | None) -> None:
            kind, _colon, what = (id or "").partition(":")
            self.desk_app.say("")
            if kind == "item":
                self.show_item(what)
            elif kind == "unit":
                self._was_done = False
                if self.unit is not None:
                    self.desk_app.say(self.left_behind(self.unit), "warn")
                self.show_unit(self.desk.units[what], self.item)

        title = _("Go to item") if numbers else _("Search items and units")
        self.desk_app.clerk.load_readings()
        self.app.push_screen(Find(title, choices, exact_first=numbers), found)

    # --- units ----------------------------------------------------------------

    def action_next_unit(self) -> None:
        """The next unit of the overview, at the same item if it has it."""
        self._step_unit(1)

    def action_previous_unit(self) -> None:
        """The previous one."""
        self._step_unit(-1)

    def _step_unit(self, step: int) -> None:
        if self.unit is None:
            return
        overview, left = self.desk_app.overview_screen, self.unit
        found = neighbour(overview.places, self.desk.board.places[left.unit], step)
        narrowed = overview.narrowed_by
        if found is None:
            said = _("no other unit is listed: {filter}").format(filter=narrowed) if narrowed else ""
            self.desk_app.say(said or _("there is no other unit"), "warn")
            return
        self._was_done = False
        self.show_unit(self.desk.board.plan.units[found.place], self.item)
        behind = self.left_behind(left)
        parts = [behind] if behind else []
        if found.went_round:
            parts.append(_("round to the first unit") if step > 0 else _("round to the last unit"))
            parts += [narrowed] if narrowed else []
        self.desk_app.say(_("; ").join(parts), "warn" if behind else "")

    def left_behind(self, unit: Unit) -> str:
        """What is unfinished on a unit that is left, by name; "" if nothing is."""
        what = unfinished.of_unit(self.desk, unit.unit)
        return _("{unit}: {what}").format(unit=unit.name, what=what) if what else ""


def rest_said(desk: Desk, rest: Rest) -> str:
    """What "the rest without fault" did, naming what stays open."""
    done = ngettext(
        "{count} item reviewed without fault", "{count} items reviewed without fault", rest.closed
    )
    said = done.format(count=rest.closed)
    left = _("; still open: {items}").format(items=item_names(desk.scheme, rest.left))
    return said + (left if rest.left else "")


def rest_lines(desk: Desk, rest: Rest) -> list[str]:
    """What the question says below its number; everything in the order of the checklist."""
    found = [_("Each becomes a decision of its own; one undo takes all of them back.")]
    for template, items in (
        (_("Earns 0 points, since only what is found earns some: {items}"), rest.earns_nothing),
        (_("Stays open, since it needs an answer: {items}"), rest.still_open),
        (_("Left alone, since its form is begun: {items}"), rest.drafts),
    ):
        if items:
            found.append(template.format(items=item_names(desk.scheme, items)))
    return found
