"""Parts and the total as the engine takes them: settings, trees, rows.

Invariant: every base item is in one part, every other item in one part or in the total; a scheme without
`[[part]]` has one part that holds the base, and whose gates, bonus and deductions are the total's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.scheme.model import KINDS
from govscore.scoring.trees import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.rules.arithmetic import Array
    from govscore.scheme.model import Item, ItemKind, Scheme
    from govscore.scheme.settings import SchemePart, Total
    from govscore.scoring.trees import Charge


@dataclass(frozen=True, slots=True)
class Level:
    """A part, or the total: what its gates, limits, bonus and deductions act on."""

    id: str
    """Of a part; "" for the total, and for the one part of a scheme that states none."""
    settings: SchemePart | Total
    trees: dict[ItemKind, Tree]
    """Of the total: base items stand in parts; its bonus and deductions are those that no part has."""
    rows: dict[ItemKind, Array]
    """Rows of its items of each kind."""
    feeding: Array
    """Rows of all base items that its base is made of: its own, and those that take from its sections."""
    reaching: Array
    """Rows of its items on which something outside of it depends: what they take there, a line that yields
    to them, a veto that reads them."""
    ending: Array
    """Rows of its other items: with a veto that stops it, nobody needs them."""


@dataclass(frozen=True, slots=True)
class PartLevel(Level):
    """A part."""

    settings: SchemePart


def levels_of(
    scheme: Scheme,
    items: Sequence[Item],
    owners: Sequence[str],
    trees: Mapping[ItemKind, Tree],
    charges: Sequence[Charge],
) -> tuple[tuple[PartLevel, ...], Level]:
    """The parts, and the total.

    Args:
        scheme: what is laid out.
        items: all of them, in the order of the rows.
        owners: the part of each ("": none).
        trees: of each kind, over all parts.
        charges: where items take points elsewhere.
    """
    cut = _Cut(scheme, items, owners, trees, charges)
    # Without [[part]], the part that stands for the whole holds the base, the total everything else.
    of_part: tuple[ItemKind, ...] = KINDS if scheme.has_parts else ("base",)
    parts = tuple(PartLevel(part.id, part, *cut.pieces(part.id, of_part)) for part in scheme.parts)
    return parts, Level("", scheme.model.total, *cut.pieces("", ("bonus", "major_deduction")))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Cuts what holds for all into what belongs to one part or to the total."""

    scheme: Scheme
    items: Sequence[Item]
    owners: Sequence[str]
    trees: Mapping[ItemKind, Tree]
    charges: Sequence[Charge]

    def pieces(
        self, owner: str, kinds: Sequence[ItemKind]
    ) -> tuple[dict[ItemKind, Tree], dict[ItemKind, Array], Array, Array, Array]:
        """Trees and rows by kind; rows that its base is made of; rows needed elsewhere; the others."""
        trees = {kind: self._tree(owner, kind) if kind in kinds else Tree((), ()) for kind in KINDS}
        rows = {
            kind: [
                row for row, item in enumerate(self.items) if item.kind == kind and self.owners[row] == owner
            ]
            if kind in kinds
            else []
            for kind in KINDS
        }
        mine, sections = {row for some in rows.values() for row in some}, trees["base"].ids()
        feeding = set(rows["base"])
        reaching = {row for row in mine if self.items[row].id in self._read_outside(owner)}
        for row, target in self.charges:
            if target in sections and self.items[row].kind == "base":
                feeding.add(row)
            if target not in sections and row in mine:
                reaching.add(row)
        arrays = {kind: _array(some) for kind, some in rows.items()}
        return trees, arrays, _array(feeding), _array(reaching), _array(mine - reaching)

    def _read_outside(self, owner: str) -> set[str]:
        """Ids of items that vetoes and yielding lines outside of a part look at."""
        conditions = (veto.when for veto in self.scheme.vetoes.values() if (veto.part or "") != owner)
        found = {name.partition("/")[0] for condition in conditions for name in condition.names()}
        for row, item in enumerate(self.items):
            if self.owners[row] != owner:
                found |= {id for _side, _place, line in item.rule.lines() for id in line.yields_to or ()}
        return found

    def _tree(self, owner: str, kind: ItemKind) -> Tree:
        tree = self.trees[kind]
        branches = (each for each in tree.branches if self.scheme.owner_of(each.section) == owner)
        return Tree(tuple(branches), tuple(row for row in tree.loose if self.owners[row] == owner))


def _array(rows: Sequence[int] | set[int]) -> Array:
    return np.array(sorted(rows), dtype=np.int64)
