"""A scheme and a roster laid out for the engine: what is assigned to whom, which sections hold what.

Invariant: everything here depends on scheme and roster only, never on facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govscore.scoring.bonds import Bonds, bonds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Item, ItemKind, Scheme, Section, Veto
    from govscore.scheme.units import Unit


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with what is below it; items are rows of the engine's matrices."""

    section: Section
    items: tuple[int, ...]
    branches: tuple[Branch, ...]

    @property
    def cap(self) -> int | None:
        """Its limit in the finest units."""
        return None if self.section.cap is None else int(self.section.cap)

    def ids(self) -> Iterator[str]:
        """Its own id and those of the sections in it."""
        yield self.section.id
        for branch in self.branches:
            yield from branch.ids()


@dataclass(frozen=True, slots=True)
class Tree:
    """The top of one kind of item: top sections, and loose items."""

    branches: tuple[Branch, ...]
    loose: tuple[int, ...]


class Charge(NamedTuple):
    """An item whose lines take points elsewhere."""

    row: int
    target: str
    """A section of base items, or "total"."""


@dataclass(frozen=True, slots=True)
class TieBreak:
    """A section or item whose points break ties."""

    id: str
    kind: ItemKind | None
    """None: a section that holds nothing."""
    row: int | None
    """Of an item; None: a section."""

    @property
    def deducts(self) -> bool:
        """Whether its points count against a unit, so that fewer come first."""
        return self.kind == "major_deduction"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the engine needs to know besides the facts."""

    scheme: Scheme
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    vetoes: tuple[Veto, ...]
    assigned: Mask
    """(items, units): whether the scheme gives the item to the unit."""
    veto_assigned: Mask
    """(vetoes, units)."""
    full: Array
    """(items,): points of base items in the finest units; 0 for others."""
    trees: dict[ItemKind, Tree]
    rows: dict[str, int]
    """Row of each item in the matrices."""
    groups: dict[str, Array]
    """Places of each group's units."""
    charges: tuple[Charge, ...] = ()
    """Where items take points elsewhere, in item order."""
    charged_by: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Places in `charges` by the row of the item that takes."""
    of_kind: dict[ItemKind, Array] = field(default_factory=dict)
    """Rows of the items of each kind."""
    tie_breaks: tuple[TieBreak, ...] = ()
    """What parts units with equal totals, in this order."""
    bonds: Bonds = field(default_factory=Bonds)
    """Items that bind the units of a group together."""

    def sections_of(self, kind: ItemKind) -> frozenset[str]:
        """Ids of all sections that hold items of a kind, inner sections included."""
        return frozenset(id for branch in self.trees[kind].branches for id in branch.ids())


def lay_out(scheme: Scheme, units: Sequence[Unit]) -> Plan:
    """The plan for a scheme and a roster."""
    items = tuple(scheme.items.values())
    rows = {item.id: row for row, item in enumerate(items)}
    vetoes = tuple(scheme.vetoes.values())
    charges = tuple(Charge(rows[item.id], target) for item in items for target in item.rule.targets())
    kinds: tuple[ItemKind, ...] = ("base", "bonus", "major_deduction")
    groups = {id: [place for place, unit in enumerate(units) if unit.group == id] for id in scheme.groups}
    trees = {kind: _tree(scheme, kind, rows) for kind in kinds}
    return Plan(
        scheme=scheme,
        units=tuple(units),
        items=items,
        vetoes=vetoes,
        assigned=_assigned(items, units),
        veto_assigned=_assigned(vetoes, units),
        full=np.array([int(item.points or 0) for item in items], dtype=np.int64),
        trees=trees,
        rows=rows,
        charges=charges,
        charged_by={
            row: tuple(place for place, each in enumerate(charges) if each.row == row)
            for row in {each.row for each in charges}
        },
        groups={id: np.array(places, dtype=np.int64) for id, places in groups.items()},
        of_kind={
            kind: np.array([rows[item.id] for item in items if item.kind == kind], dtype=np.int64)
            for kind in kinds
        },
        bonds=bonds_of(scheme),
        tie_breaks=tuple(_tie_break(scheme, id, rows, trees) for id in scheme.model.rank.tie_break or ()),
    )


def _tie_break(scheme: Scheme, id: str, rows: dict[str, int], trees: dict[ItemKind, Tree]) -> TieBreak:
    if id in rows:
        return TieBreak(id, scheme.items[id].kind, rows[id])
    holds = (kind for kind, tree in trees.items() if any(id in branch.ids() for branch in tree.branches))
    return TieBreak(id, next(holds, None), None)


def _assigned(entries: Sequence[Item | Veto], units: Sequence[Unit]) -> Mask:
    table = np.ones((len(entries), len(units)), dtype=bool)
    for row, entry in enumerate(entries):
        if entry.applies_to is not None:
            table[row] = [entry.applies(unit.group, unit.unit, unit.tags) for unit in units]
    return table


def _tree(scheme: Scheme, kind: ItemKind, rows: dict[str, int]) -> Tree:
    def branch(section: Section) -> Branch:
        items = tuple(rows[item.id] for item in scheme.items_of(section.id) if item.kind == kind)
        return Branch(
            section, items, tuple(each for each in map(branch, scheme.children(section.id)) if _holds(each))
        )

    tops = tuple(each for each in map(branch, scheme.children(None)) if _holds(each))
    return Tree(tops, tuple(rows[item.id] for item in scheme.items_of(None) if item.kind == kind))


def _holds(branch: Branch) -> bool:
    """Whether anything of this kind is in it."""
    return bool(branch.items or branch.branches)
