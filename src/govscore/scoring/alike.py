"""Items that are scored alike: what they earn is computed in one run over all of them.

Invariant: the arithmetic is that of `score_item`, on the items' columns one below the other; which items
are alike depends on the scheme only, and titles make no difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence
    from fractions import Fraction

    from govscore.rules.arithmetic import Array
    from govscore.rules.reach import Limits
    from govscore.rules.view import FactColumns
    from govscore.scheme.model import Item
    from govscore.scoring.columns import Shelf

_WORDS: Final = frozenset({"title", "unit", "source"})
"""Keys that only words are made of."""


@dataclass(frozen=True, slots=True)
class Run:
    """Items that are scored alike, and what their scoring needs beside their facts."""

    rows: tuple[int, ...]
    at: slice | Array
    """Where the rows are; a slice where there is one, which need not be copied."""
    ids: tuple[str, ...]
    item: Item
    """Any of them."""
    floored: bool
    """Whether a base item ends at 0."""
    limits: Limits
    """Those of its limits that can act at all."""
    times: Fraction
    """What all its minus lines count."""
    everybody: bool
    """Whether all units have all of them."""
    given: bool
    """Whether any is worth something where it is not applicable."""


class Together:
    """The columns of items that are scored alike, for one block of units: (items, units)."""

    def __init__(self, shelf: Shelf, part: slice) -> None:
        self._shelf, self._part = shelf, part
        self.state: Array = shelf.state[:, part]

    def view(self, _part: slice | Array) -> dict[str, FactColumns]:
        """The columns by fact; always of all of the block."""
        return self._shelf.view(self._part)


def runs(
    items: Sequence[Item], frames: Sequence[object], order: Sequence[int], alone: Collection[int]
) -> tuple[tuple[int, ...], ...]:
    """The rows of all items, in the order in which they are scored; those together that are alike.

    Args:
        items: of the scheme, by row.
        frames: what else acts on each item, from the level where it stands.
        order: in which the items are scored.
        alone: rows of items that are scored by themselves.
    """
    found: dict[Hashable, list[int]] = {}
    for row in order:
        found.setdefault(row if row in alone else _says(items[row], frames[row]), []).append(row)
    return tuple(map(tuple, found.values()))


def _says(item: Item, frame: object) -> Hashable:
    """All that an item's points depend on besides its facts, and whether it is noted where it took some."""
    has_effect = item.effect is not None
    return item.kind, item.full, has_effect, frame, _plain(item.rule), _plain(item.asked)


def _plain(value: object) -> Hashable:
    """A value as something that is equal where it means the same, words aside."""
    if isinstance(value, BaseModel):
        kind = type(value)
        kept = (name for name in kind.model_fields if name not in _WORDS)
        return kind, tuple((name, _plain(getattr(value, name))) for name in kept)
    if isinstance(value, dict):
        return tuple((key, _plain(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    return repr(value)


__all__ = ["Run", "Together", "runs"]
