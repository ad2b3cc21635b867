"""Items that are scored alike: what they earn is computed in one run over all of them.

Invariant: the arithmetic is that of `score_item`, on the items' columns one after the other; which items
are alike depends on the scheme only, and titles make no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from pydantic import BaseModel

from govscore.rules.arithmetic import multiply_divide
from govscore.rules.view import FactColumns

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from govscore.rules.arithmetic import Array
    from govscore.scheme.model import Item
    from govscore.scoring.columns import EntryColumns

_WORDS: Final = frozenset({"title", "unit", "source"})
"""Keys that only words are made of."""


class Together:
    """The columns of items that are scored alike, for one block of units each, one after the other."""

    def __init__(self, entries: Sequence[EntryColumns], part: slice) -> None:
        self._entries, self._part = entries, part
        self.state: Array = np.concatenate([each.state[part] for each in entries])

    def view(self, part: slice | Array) -> dict[str, FactColumns]:
        """The columns of a part of them, by fact."""
        views = [each.view(self._part) for each in self._entries]
        return {fact: _after(part, [view[fact] for view in views]) for fact in views[0]}


def _after(part: slice | Array, views: Sequence[FactColumns]) -> FactColumns:
    """Columns of one fact one after the other, on the finest of their scales."""
    scale = max(view.scale for view in views)
    values = {
        name: np.concatenate([_scaled(view, name, scale) for view in views])[part] for name in views[0].values
    }
    peak = max((view.peak or 0) * (scale // view.scale) for view in views)
    known = all(view.peak is not None for view in views)
    answered = np.concatenate([view.answered for view in views])[part]
    return FactColumns(values, answered, scale, peak if known else None)


def _scaled(view: FactColumns, name: str, scale: int) -> Array:
    column = view.values[name]
    return column if view.scale == scale else multiply_divide(column, scale // view.scale)


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
    """All that an item's points depend on, besides its facts."""
    return item.kind, item.full, frame, _plain(item.rule), _plain(item.asked)


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


__all__ = ["Together", "runs"]
