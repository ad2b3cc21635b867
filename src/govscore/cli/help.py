"""Help pages that align Chinese: a character may take two cells of the terminal.

Invariant: no line is wider than the page, and a line breaks only where Chinese or English may break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from click import HelpFormatter

from govscore.text import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECES: Final = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_NOT_FIRST: Final = frozenset("，。；：、！？）》」』”’％…—")
"""Signs that stay with what is before them."""
_FIRST_COLUMN: Final = 32
_NARROWEST: Final = 20


class WideFormatter(HelpFormatter):
    """Click's formatter with widths in terminal cells."""

    def write_text(self, text: str) -> None:
        """Writes paragraphs, wrapped and indented."""
        space = " " * self.current_indent
        paragraphs = [part.strip("\n") for part in text.split("\n\n")]
        wrapped = (
            "\n".join(space + line for line in wrap(part, self.width - self.current_indent))
            for part in paragraphs
        )
        self.write("\n\n".join(wrapped) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
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
