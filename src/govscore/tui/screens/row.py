"""A row of a list: an event with its level and date, or typed points with their reason.

Invariant: it is made from the question's fields alone; what the row means is checked where findings are
read, and said here before the row is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from govscore.events import FactRow
from govscore.i18n import gettext as _
from govscore.review.form import PICK_LETTERS
from govscore.tui.draw.spans import cut, line
from govscore.tui.screens.question import Question as Asking
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar
from govscore.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key

    from govscore.facts.base import Field, Period, Question


class RowQuestion(Asking[FactRow]):
    """Asks for one row."""

    AUTO_FOCUS: ClassVar[str | None] = "Lines, Input"

    def __init__(
        self, question: Question, row: FactRow | None, period: Period, texts: Sequence[str] = ()
    ) -> None:
        super().__init__(question.title, texts)
        self._row = row or FactRow(fact=question.id)
        self._fields = question.row_fields or question.fields
        self._period = period
        self._picked: dict[str, int] = {}
        for field in self._fields:
            ids = [id for id, _label in field.options]
            value = getattr(self._row, field.column)
            if ids:
                self._picked[field.column] = ids.index(value) if value in ids else 0

    def compose(self) -> ComposeResult:
        """A line for each field; options as a list."""
        with Container(id="box"):
            yield self.texts()
            for field in self._fields:
                if field.options:
                    yield Lines(id=f"pick-{field.column}")
                else:
                    yield self._text_field(field)
            yield Bar(id="fault")
            yield Keys("question")

    def _text_field(self, field: Field) -> Container:
        label = Bar(id=f"label-{field.column}")
        label.add_class("label")
        star = " *" if field.required else ""
        label.draw(line((f" {field.label}{star}", "dim")))
        value = getattr(self._row, field.column)
        return Container(
            label, Writing(value, placeholder=self._hint(field), id=f"field-{field.column}"), classes="field"
        )

    def _hint(self, field: Field) -> str:
        if field.kind == "date":
            return _("a day from {first} to {last}").format(first=self._period.first, last=self._period.last)
        if field.kind == "moment":
            return _("2024-03-15, or 2024-03-15T09:30+08:00")
        if field.low is not None and field.high is not None:
            return _("from {low} to {high}").format(low=field.low, high=field.high)
        return "" if field.required else _("may stay empty")

    def on_mount(self) -> None:
        """Lists the options."""
        self.query_one("#fault", Bar).styles.height = 1
        for field in self._fields:
            if not field.options:
                continue
            lines = self.query_one(f"#pick-{field.column}", Lines)
            lines.styles.height = min(8, len(field.options))
            options = field.options
            lines.cursor = self._picked[field.column]
            lines.fill(len(options), lambda at, cells, options=options: _option(at, options[at][1], cells))  # type: ignore[misc]

    def on_key(self, event: Key) -> None:
        """A letter picks; Enter goes on to the next field, and takes the row at the last."""
        focused = self.focused
        if event.key == "enter" and isinstance(focused, Lines):
            event.stop()
            self.focus_next()
        elif isinstance(focused, Lines) and event.character and event.character in PICK_LETTERS:
            event.stop()
            focused.go(PICK_LETTERS.index(event.character))

    def on_input_submitted(self) -> None:
        """The next field, or the end."""
        inputs = list(self.query(Writing))
        if self.focused is not inputs[-1]:
            self.focus_next()
            return
        row = self.row()
        missing = [field.label for field in self._fields if field.required and not getattr(row, field.column)]
        if missing:
            self._say(_("still to be filled in: {names}").format(names=_(", ").join(missing)))
        elif self._dated and row.start and not self._period.first <= row.start <= self._period.last:
            self._say(
                _("a day from {first} to {last}").format(first=self._period.first, last=self._period.last)
            )
        else:
            self.dismiss(row)

    @property
    def _dated(self) -> bool:
        """Whether the row has a date that must lie in the period."""
        return any(field.kind == "date" for field in self._fields)

    def row(self) -> FactRow:
        """The row as it is filled in."""
        values: dict[str, str] = {}
        for field in self._fields:
            if field.options:
                lines = self.query_one(f"#pick-{field.column}", Lines)
                values[field.column] = field.options[lines.cursor][0]
            else:
                values[field.column] = self.query_one(f"#field-{field.column}", Writing).value.strip()
        return replace(self._row, **values)

    def _say(self, text: str) -> None:
        self.query_one("#fault", Bar).draw(line((f" {text}", "warn")))


def _option(at: int, label: str, cells: int) -> tuple[tuple[str, str], ...]:
    letter = PICK_LETTERS[at] if at < len(PICK_LETTERS) else " "
    return line(" ", (f" {letter} ", "key"), (cut(label, cells - 5), ""))
