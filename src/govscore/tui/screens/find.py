"""Finding something by typing: items, units, commands.

Invariant: the list holds what matches and nothing else; Enter takes the line under the cursor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from govscore.i18n import gettext as _
from govscore.review.search import matches
from govscore.tui.draw.spans import Drawn, beside, line
from govscore.tui.screens.question import Question
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widgets import Input


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that may be found."""

    id: str
    key: str
    """Shown in front: a number, or the key of a command."""
    text: str
    words: tuple[str, ...]
    """What it is found by."""
    more: str = ""


class Find(Question[str]):
    """A line to type on, and what matches."""

    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, title: str, choices: Sequence[Choice], *, exact_first: bool = False) -> None:
        super().__init__(title)
        self._choices = tuple(choices)
        self._found = self._choices
        self._exact_first = exact_first

    def compose(self) -> ComposeResult:
        """The title, the line, the list."""
        with Container(id="box"):
            yield self.texts()
            yield Writing(id="wanted", placeholder=_("Chinese, number, pinyin or initials"))
            yield Lines(id="found")
            yield Keys("question")

    def on_mount(self) -> None:
        """Everything matches nothing typed."""
        self._list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Lists what matches; with numbers, an id that is typed in full comes first."""
        wanted = event.value.strip()
        found = [each for each in self._choices if matches(wanted, *each.words)]
        if self._exact_first:
            found.sort(key=lambda each: (each.key != wanted, not each.key.startswith(wanted)))
        self._found = tuple(found)
        self._list()

    def _list(self) -> None:
        lines = self.query_one("#found", Lines)
        lines.cursor = 0
        lines.styles.height = max(1, min(16, len(self._found), self.app.size.height - 10))
        lines.fill(len(self._found) or 1, self._draw)

    def _draw(self, at: int, cells: int) -> Drawn:
        if not self._found:
            return line(("  " + _("nothing found"), "dim"))
        each = self._found[at]
        return beside([(f"  {each.key}  ", "key"), (each.text, "")], [(f"{each.more} ", "dim")], cells)

    def on_key(self, event: Key) -> None:
        """The arrows move in the list while the line is typed on."""
        steps = {"up": -1, "down": 1}
        if event.key in steps:
            event.stop()
            self.query_one("#found", Lines).action_step(steps[event.key])

    def on_input_submitted(self) -> None:
        """Takes the line under the cursor."""
        if self._found:
            self.dismiss(self._found[self.query_one("#found", Lines).cursor].id)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """A click takes a line."""
        if self._found:
            self.dismiss(self._found[event.place].id)
