"""Lines as spans of text and role, cut, filled and wrapped by terminal cells.

Invariant: text reaches the screen only through `to_strip`, which makes it inert: a name like `[/]`, an
escape or a bidi override is shown, never obeyed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip

from govscore.text import inert, pad, shorten, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.style import Style

Span = tuple[str, str]
"""Text, and the role that its style is looked up by ("" plain)."""
Drawn = tuple[Span, ...]

ROLES: Final = (
    "plain", "dim", "strong", "title", "key", "good", "warn", "bad", "accent", "box", "here", "bar", "faint",
)  # fmt: skip
"""Each is a component class `role--…` of the style sheet."""
NOT_FIRST: Final = frozenset("，。、；：？！）》”’】〉」』％,.;:?!)]}%…")
"""Signs that no line begins with."""
NOT_LAST: Final = frozenset("（《“‘【〈「『([{")
"""Signs that no line ends with."""

safe = lru_cache(maxsize=8192)(inert)


def line(*spans: Span | str) -> Drawn:
    """A line; plain strings have no role."""
    return tuple((each, "") if isinstance(each, str) else each for each in spans)


def spans_width(spans: Iterable[Span]) -> int:
    """Terminal cells that the spans take."""
    return sum(width(safe(text)) for text, _role in spans)


def fill(text: str, cells: int, *, right: bool = False) -> str:
    """Inert text cut or filled to exactly so many cells."""
    return pad(safe(text), cells, right=right)


def cut(text: str, cells: int) -> str:
    """Inert text cut to at most so many cells."""
    return shorten(safe(text), cells)


def beside(left: Sequence[Span], right: Sequence[Span], cells: int) -> Drawn:
    """Two ends of a line; the left one is cut if both do not fit."""
    room = cells - spans_width(right) - 1
    kept: list[Span] = []
    for text, role in left:
        part = cut(text, room)
        kept.append((part, role))
        room -= width(part)
        if room <= 0:
            break
    return (*kept, (" " * (max(0, room) + 1), ""), *right)


def bar(done: int, all: int, cells: int) -> str:
    """A bar of so many cells; full only if everything is done."""
    filled = cells * done // all if all else cells
    return "▆" * filled + "▁" * (cells - filled)


def wrap(text: str, cells: int) -> list[str]:
    """Text over several lines; Chinese breaks anywhere but before closing or after opening signs."""
    found: list[str] = []
    for paragraph in inert(text, lines=True).split("\n"):
        found += _wrap(paragraph, max(4, cells))
    return found


def _wrap(paragraph: str, cells: int) -> list[str]:
    found: list[str] = []
    now, used = "", 0
    for piece in _fitting(paragraph, cells):
        size = width(piece)
        if used + size > cells and now:
            found.append(now.rstrip())
            now, used = "", 0
        part = piece if now else piece.lstrip()
        now, used = now + part, used + width(part)
    return [*found, now.rstrip()] if now.strip() or not found else found


def _fitting(paragraph: str, cells: int) -> Iterator[str]:
    """The pieces, those longer than a line cut to lines."""
    for piece in _pieces(paragraph):
        rest = piece
        while width(rest) > cells:
            head = _head(rest, cells)
            yield head
            rest = rest[len(head) :]
        if rest:
            yield rest


def _head(word: str, cells: int) -> str:
    """As much of a word as fits, at least one character."""
    taken = 1
    while taken < len(word) and width(word[: taken + 1]) <= cells:
        taken += 1
    return word[:taken]


def _pieces(paragraph: str) -> Iterable[str]:
    """What must stay together: a Latin word, or a Chinese character with the signs that cling to it."""
    piece = ""
    for character in paragraph:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    return before == " " or not (before.isascii() and after.isascii())


def to_strip(drawn: Iterable[Span], cells: int, base: Style, role_style: Callable[[str], Style]) -> Strip:
    """A line as it goes to the terminal: inert, exactly so many cells wide."""
    segments = [
        Segment(safe(text), base + role_style(role) if role else base) for text, role in drawn if text
    ]
    return Strip(segments).adjust_cell_length(cells, base)
