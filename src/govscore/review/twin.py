"""A board of the desk's own, copied from the book's: previews and decisions on their way stay off that one.

Invariant: what a decision can change is copied, what depends on scheme and roster alone is shared.
"""

from __future__ import annotations

from copy import copy, deepcopy
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from govscore.scoring.board import Board

_CHANGING: Final = ("columns", "matrices", "totals", "ranks")


def twin(board: Board) -> Board:
    """A board with the same numbers, to be changed apart: milliseconds, where scoring again takes seconds."""
    own = copy(board)
    for name, value in vars(board).items():
        if name in _CHANGING:
            setattr(own, name, deepcopy(value))
        elif isinstance(value, dict):
            setattr(own, name, dict(value))
    return own
