"""Questions that return a value: yes or no, a text, one of several.

Invariant: Escape always leaves everything as it is (the value is None).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Container
from textual.screen import ModalScreen

from govscore.i18n import gettext as _
from govscore.tui import actions
from govscore.tui.draw.spans import Drawn, cut, line, wrap
from govscore.tui.theme import STYLES
from govscore.tui.widgets.keys import Keys
from govscore.tui.widgets.lines import Lines
from govscore.tui.widgets.painted import Bar
from govscore.tui.widgets.sheet import Sheet
from govscore.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widgets import Input

Answer = TypeVar("Answer")

BOX_CELLS = 72
_LETTERS = "abcdefgh"
_LINES = {"up": -1, "down": 1, "home": -(10**6), "end": 10**6}
_PAGES = {"pageup": -1, "pagedown": 1, "space": 1}


class Question(ModalScreen[Answer | None]):
    """A box in the middle of the screen."""

    CSS_PATH: ClassVar = STYLES / "question.tcss"
    BINDINGS: ClassVar = actions.bindings("question")
    AUTO_FOCUS: ClassVar[str | None] = "Input, Lines"

    def __init__(self, title: str, texts: Sequence[str] = ()) -> None:
        super().__init__(classes="question")
        self._title_text = title
        self._texts = tuple(texts)

    def texts(self) -> Bar:
        """The question and what is said below it."""
        cells = min(BOX_CELLS, self.app.size.width - 8)
        drawn: list[Drawn] = [line((f" {each}", "title")) for each in wrap(self._title_text, cells - 2)]
        for text in self._texts:
            drawn += [line((f" {each}", "")) for each in wrap(text, cells - 2)]
        bar = Bar(id="question")
        bar.styles.height = len(drawn)
        bar.draw(*drawn)
        return bar

    def action_no(self) -> None:
        """Leaves everything as it is."""
        self.dismiss(None)


class Reading(Question[None]):
    """Something long to read."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def on_key(self, event: Key) -> None:
        """Arrows and pages scroll; Enter closes it, too."""
        sheet = self.query_one(Sheet)
        if event.key in _LINES:
            sheet.scroll_lines(_LINES[event.key])
        elif event.key in _PAGES:
            sheet.scroll_page(_PAGES[event.key])
        elif event.key == "enter":
            self.dismiss(None)
        else:
            return
        event.stop()


class Confirm(Question[bool]):
    """Yes or no."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Container(id="box"):
            yield self.texts()
            yield Keys("question")

    def on_key(self, event: Key) -> None:
        """Enter says yes, and nothing below the question hears of it."""
        if event.key == "enter":
            event.stop()
            self.dismiss(True)


class AskText(Question[str]):
    """A text that must not be empty."""

    def __init__(self, title: str, texts: Sequence[str] = (), *, label: str = "", value: str = "") -> None:
        super().__init__(title, texts)
        self._label = label
        self._value = value

    def compose(self) -> ComposeResult:
        """The question, a line to write on, keys."""
        with Container(id="box"):
            yield self.texts()
            with Container(classes="field"):
                label = Bar(id="label")
                label.add_class("label")
                label.draw(line((f" {self._label}", "dim")))
                yield label
                yield Writing(value=self._value, id="answer")
            yield Bar(id="fault")
            yield Keys("question")

    def on_mount(self) -> None:
        """One line for what is wrong."""
        self.query_one("#fault", Bar).styles.height = 1

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Takes the text, if there is one."""
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.query_one("#fault", Bar).draw(line((" " + _("a text is needed here"), "warn")))


class Choose(Question[str]):
    """One of several answers, each with the text it stands for."""

    def __init__(self, title: str, texts: Sequence[str], options: Sequence[tuple[str, str]]) -> None:
        super().__init__(title, (*texts, _("letters or arrows pick an answer, Enter takes it:")))
        self._options = tuple(options)

    def compose(self) -> ComposeResult:
        """The question and the answers."""
        with Container(id="box"):
            yield self.texts()
            yield Lines(id="options")
            yield Keys("question")

    def on_mount(self) -> None:
        """Lists the answers."""
        options = self.query_one("#options", Lines)
        options.styles.height = len(self._options)
        options.fill(len(self._options), self._draw)

    def _draw(self, at: int, cells: int) -> Drawn:
        return line(" ", (f" {_LETTERS[at]} ", "key"), (cut(self._options[at][1], cells - 5), "strong"))

    def on_key(self, event: Key) -> None:
        """A letter goes to its answer, and takes none: it may have been meant for the form below."""
        at = _LETTERS.find(event.character or " ")
        if 0 <= at < len(self._options):
            event.stop()
            self.query_one("#options", Lines).go(at)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Takes the answer."""
        self.dismiss(self._options[event.place][0])
