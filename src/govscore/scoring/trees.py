"""Sections of one kind of item inside each other, and where items take points elsewhere.

Invariant: branches hold something; items are rows of the engine's matrices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govscore.facts.switches import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.arithmetic import Array
    from govscore.scheme.model import ItemKind, Scheme, Section


def rows_at(rows: tuple[int, ...]) -> slice | Array:
    """Where rows are: a slice if they are equally far apart, since that need not be copied."""
    step = rows[1] - rows[0] if len(rows) > 1 else 1
    if step > 0 and rows == tuple(range(rows[0], rows[-1] + 1, step)):
        return slice(rows[0], rows[-1] + 1, step)
    return np.array(rows, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Branch:
    """A section with what is below it; items are rows of the engine's matrices."""

    section: Section
    items: tuple[int, ...]
    branches: tuple[Branch, ...]

    @property
    def cap(self) -> int | None:
        """Its limit in the finest units."""
        cap = known(self.section.cap)
        return None if cap is None else int(cap)

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

    def ids(self) -> frozenset[str]:
        """Ids of all its sections, inner ones included."""
        return frozenset(id for branch in self.branches for id in branch.ids())


class Charge(NamedTuple):
    """An item whose lines take points elsewhere."""

    row: int
    target: str
    """A section of base items, or "total"."""


def tree_of(scheme: Scheme, kind: ItemKind, rows: dict[str, int]) -> Tree:
    """All sections and loose items of a kind."""

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
