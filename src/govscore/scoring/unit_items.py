"""Items as they stand for units: which variant each unit has, and what its points are.

Invariant: most items are the same for all units and have one variant; work grows with variants, not units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.rules.arithmetic import Array
    from govscore.scheme.model import Item
    from govscore.scheme.units import Unit


@dataclass(frozen=True, slots=True)
class UnitItems:
    """All items as they stand for all units."""

    variants: tuple[tuple[Item, ...], ...]
    """Each item once, unless something in it depends on group or tags."""
    which: Array
    """(items, units): the place in `variants` of each unit's."""

    def of(self, row: int, place: int) -> Item:
        """An item as it stands for a unit."""
        return self.variants[row][int(self.which[row, place])]

    def blocks(self, row: int, part: slice) -> Iterator[tuple[Item, slice | Array]]:
        """An item's variants, and which units of a block each is for."""
        variants = self.variants[row]
        which = self.which[row, part]
        if len(variants) == 1 or which.size == 1:
            yield variants[int(which[0]) if which.size else 0], part
            return
        begin = part.start or 0
        for number in np.unique(which):
            yield variants[number], begin + np.flatnonzero(which == number)

    def worth(self, row: int, part: slice | Array) -> Array | int | None:
        """What percentages of an item's points refer to, for each unit of a block; None: nothing."""
        fulls = [item.full for item in self.variants[row]]
        if len(fulls) == 1 or None in fulls:
            return None if fulls[0] is None else int(fulls[0])
        return np.array([int(full or 0) for full in fulls], dtype=np.int64)[self.which[row, part]]

    def worths(self) -> tuple[int | None, ...]:
        """Points of each base item, 0 for others; None: they depend on the unit."""
        made = [
            [int(item.full or 0) if item.kind == "base" else 0 for item in each] for each in self.variants
        ]
        return tuple(each[0] if len(set(each)) == 1 else None for each in made)

    def points(self) -> Array:
        """(items, units): points of base items in the finest units; 0 for others."""
        worths = self.worths()
        if None not in worths:  # one column stands for all units
            column = np.array(worths, dtype=np.int64).reshape(-1, 1)
            return np.broadcast_to(column, self.which.shape)
        table = np.zeros(self.which.shape, dtype=np.int64)
        for row, made in enumerate(self.variants):
            worth = [int(item.full or 0) if item.kind == "base" else 0 for item in made]
            table[row] = np.array(worth, dtype=np.int64)[self.which[row]]
        return table


def unit_items(items: Sequence[Item], units: Sequence[Unit], day: str) -> UnitItems:
    """The variants of each item that the units need, and which one each unit needs.

    Args:
        items: as the scheme states them.
        units: the roster.
        day: the first day of what is assessed.
    """
    which = np.zeros((len(items), len(units)), dtype=np.int16)
    found: list[tuple[Item, ...]] = []
    for row, item in enumerate(items):
        if not item.variants.of_units:
            found.append((item,))
            continue
        places: dict[int, int] = {}
        made: list[Item] = []
        for place, unit in enumerate(units):
            variant = item.of(unit, day)
            if id(variant) not in places:
                places[id(variant)] = len(made)
                made.append(variant)
            which[row, place] = places[id(variant)]
        found.append(tuple(made) or (item.variants.plain,))
    return UnitItems(tuple(found), which)
