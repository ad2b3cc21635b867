"""A scheme and a roster laid out for the engine: what is assigned to whom, which sections hold what.

Invariant: everything here depends on scheme and roster only, never on facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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
    """(items, units): points of base items in the finest units; 0 for others."""
    variants: tuple[tuple[Item, ...], ...]
    """Each item as it stands for units: once, unless something in it depends on group or tags."""
    which: Array
    """(items, units): the place in `variants` of each unit's."""
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

    def item(self, row: int, place: int) -> Item:
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

    def sections_of(self, kind: ItemKind) -> frozenset[str]:
        """Ids of all sections that hold items of a kind, inner sections included."""
        return frozenset(id for branch in self.trees[kind].branches for id in branch.ids())


def lay_out(scheme: Scheme, units: Sequence[Unit]) -> Plan:
    """The plan for a scheme and a roster."""
    items = tuple(scheme.items.values())
    rows = {item.id: row for row, item in enumerate(items)}
    vetoes = tuple(scheme.vetoes.values())
    variants, which = _variants(items, units, scheme.period.first)
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
        full=_full(variants, which),
        variants=variants,
        which=which,
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


def _variants(
    items: Sequence[Item], units: Sequence[Unit], day: str
) -> tuple[tuple[tuple[Item, ...], ...], Array]:
    """The variants of each item that the units need, and which one each unit needs."""
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
    return tuple(found), which


def _full(variants: Sequence[Sequence[Item]], which: Array) -> Array:
    """The points of base items, by item and unit."""
    table = np.zeros(which.shape, dtype=np.int64)
    for row, made in enumerate(variants):
        worth = [int(item.full or 0) if item.kind == "base" else 0 for item in made]
        table[row] = np.array(worth, dtype=np.int64)[which[row]]
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
