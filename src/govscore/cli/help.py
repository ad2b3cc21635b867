"""Help pages that align Chinese: a character may take two cells of the terminal.

Invariant: no line is wider than the page, and a line breaks only where Chinese or English may break.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from click import HelpFormatter

from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECES: Final = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_NOT_FIRST: Final = frozenset("，。；：、！？）》」』”’％…—")
"""Signs that stay with what is before them."""
_FIRST_COLUMN: Final = 32
_NARROWEST: Final = 20
_PAGE: Final = (50, 80)
"""A help page has at least and at most so many cells."""


class WideFormatter(HelpFormatter):
    """Click's formatter with widths in terminal cells."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        super().__init__(indent_increment, width or page_width(max_width or _PAGE[1]))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how the command is called."""
        head = f"{_('Usage:') if prefix is None else prefix.rstrip()} {prog} "
        lines = wrap(args, max(self.width - width(head), _NARROWEST))
        space = " " * width(head)
        self.write((head + f"\n{space}".join(lines)).rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """Writes the heading of a section."""
        self.write(" " * self.current_indent + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Writes paragraphs, wrapped and indented."""
        space = " " * self.current_indent
        paragraphs = [part.strip("\n") for part in text.split("\n\n")]
        wrapped = (
            "\n".join(space + line for line in wrap(part, self.width - self.current_indent))
            for part in paragraphs
        )
        self.write("\n\n".join(wrapped) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2
    ) -> None:
        """Writes terms and what they mean in two columns."""
        rows = list(rows)
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        space = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap(meaning, max(self.width - self.current_indent - first, _NARROWEST))
            head = space + term
            if width(term) + col_spacing > first and lines:
                self.write(head + "\n")
                head = space + " " * first
            else:
                head += " " * (first - width(term))
            self.write((head + (lines[0] if lines else "")).rstrip() + "\n")
            for line in lines[1:]:
                self.write(space + " " * first + line + "\n")


def page_width(most: int) -> int:
    """The width of the terminal, within what a page may have."""
    try:
        cells = int(os.environ.get("COLUMNS", "")) or _PAGE[1]
    except ValueError:
        cells = _PAGE[1]
        for stream in (sys.__stdout__, sys.__stderr__):
            if stream is not None and not stream.closed and stream.isatty():
                cells = os.get_terminal_size(stream.fileno()).columns or _PAGE[1]
                break
    return max(_PAGE[0], min(cells, most) - 2)


def width(text: str) -> int:
    """How many cells a help text takes; the tables of `govscore.text` would cost more than help may."""
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def wrap(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells; a line break in it stays one."""
    return [line for part in text.splitlines() for line in _wrap_line(part, cells)]


def _wrap_line(text: str, cells: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(text):
        taken = width(piece)
        if line and used + taken > cells and piece.strip():
            yield line.rstrip()
            line, used = "", 0
        if line or piece.strip():
            line, used = line + piece, used + taken
    yield line.rstrip()


def _pieces(text: str) -> list[str]:
    """What must not be broken: a word, or a character with the signs that follow it."""
    pieces: list[str] = []
    for found in _PIECES.findall(text):
        if pieces and found[0] in _NOT_FIRST:
            pieces[-1] += found
        else:
            pieces.append(found)
    return pieces
