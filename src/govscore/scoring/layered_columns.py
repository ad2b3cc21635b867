"""Columns of items that are asked more than once: one set for each reviewer and period.

Invariant: every layer has a column for every unit; where a layer has no facts, the item is open there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from govscore.rules.arithmetic import add, multiply_divide
from govscore.rules.view import FactColumns
from govscore.scoring.columns import NOT_APPLICABLE, EntryColumns
from govscore.scoring.established import NOBODY, NOTHING, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govscore.facts.base import Period
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Item
    from govscore.scoring.established import EntryFacts

_AS_THEY_ARE: Final[Mapping[Layer, Mapping[str, FactColumns]]] = {}


class LayeredColumns:
    """One item's columns, by reviewer and period."""

    def __init__(self, item: Item, spans: Mapping[str, Period], size: int) -> None:
        self.item, self.spans, self.size = item, spans, size
        self.reviewers: tuple[str, ...] = ()
        """Everybody who established anything on the item of any unit, in order of their names."""
        self.layers: dict[Layer, EntryColumns] = {}
        self.rated: dict[Layer, Mask] = {}
        """Where each reviewer established anything in each period."""
        self.unclaimed: Mask = np.zeros(size, dtype=bool)
        if not item.combines:
            self._enter((NOBODY,))

    def fill(self, facts: Sequence[EntryFacts]) -> None:
        """Sets every unit at once."""
        self._enter({layer.reviewer for each in facts for layer in each.layers})
        for layer, columns in self.layers.items():
            columns.fill([each.layers.get(layer, NOTHING) for each in facts])
            self.rated[layer] = np.array([layer in each.layers for each in facts], dtype=bool)
        self.unclaimed = np.array([self._is_unclaimed(each) for each in facts], dtype=bool)

    def put(self, place: int, facts: EntryFacts) -> None:
        """Sets one unit."""
        self._enter({layer.reviewer for layer in facts.layers})
        for layer, columns in self.layers.items():
            columns.put(place, facts.layers.get(layer, NOTHING))
            self.rated[layer][place] = layer in facts.layers
        self.unclaimed[place] = self._is_unclaimed(facts)

    def began(self, reviewer: str, part: slice | Array) -> Mask:
        """Where a reviewer established anything in any period."""
        mine = [self.rated[Layer(reviewer, period)][part] for period in self.spans]
        return np.asarray(np.logical_or.reduce(mine), dtype=bool)

    def across(self, fact: str, part: slice | Array, reviewer: str = NOBODY) -> FactColumns:
        """Counts of a fact added up over the applicable periods; answered where all of them are.

        Where one is open, the counts are what is found so far.
        """
        values: dict[str, Array] = {}
        answered = np.ones(self.size, dtype=np.bool_)[part]
        for period in self.spans:
            columns = self.layers[Layer(reviewer, period)]
            counts = columns.state[part] != NOT_APPLICABLE
            view = columns.facts[fact].view(part)
            for name, column in view.values.items():
                own = np.where(counts & view.answered, column, 0)
                values[name] = add(values[name], own) if name in values else own
            answered &= view.answered | ~counts
        return FactColumns(values, answered)

    def stacked(
        self,
        part: slice | Array,
        reviewer: str = NOBODY,
        instead: Mapping[Layer, Mapping[str, FactColumns]] = _AS_THEY_ARE,
    ) -> tuple[dict[str, FactColumns], Mask]:
        """The columns of all periods, one block of units below the other, and where they are applicable.

        Args:
            part: the block of units.
            reviewer: whose facts.
            instead: by layer: facts with other columns.
        """
        layers = [Layer(reviewer, period) for period in self.spans]
        mine = [self.layers[layer] for layer in layers]
        views = [{**self.layers[layer].view(part), **instead.get(layer, {})} for layer in layers]
        found = {fact: _below([view[fact] for view in views]) for fact in self.item.asked}
        return found, np.concatenate([columns.state[part] != NOT_APPLICABLE for columns in mine])

    def _enter(self, reviewers: Iterable[str]) -> None:
        """Makes room for reviewers who are not known yet."""
        new = {*reviewers} - {*self.reviewers}
        for reviewer in new:
            for period in self.spans:
                self.rated[Layer(reviewer, period)] = np.zeros(self.size, dtype=bool)
                columns = EntryColumns(self.item.asked, self.size)
                columns.fill([NOTHING] * self.size)
                self.layers[Layer(reviewer, period)] = columns
        self.reviewers = tuple(sorted((*self.reviewers, *new)))

    def _is_unclaimed(self, facts: EntryFacts) -> bool:
        return self.item.needs_claim and not facts.rows and facts.state == "open"


def _below(views: Sequence[FactColumns]) -> FactColumns:
    """Columns of one fact as one, on the finest of their scales."""
    scale = max(view.scale for view in views)
    values = {
        name: np.concatenate([multiply_divide(view.values[name], scale // view.scale) for view in views])
        for name in views[0].values
    }
    return FactColumns(values, np.concatenate([view.answered for view in views]), scale)
