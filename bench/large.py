"""A large assessment as columns: the units of a small one, over and over."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np

from bench.material import facts, scheme, units
from govscore.scoring.column_table import Columns
from govscore.scoring.plan import lay_out

if TYPE_CHECKING:
    from govscore.scoring.plan import Plan


def assessment(size: int, times: int) -> tuple[Plan, Columns]:
    """Plan and columns of size × times units; size must be even, so that groups stay whole."""
    columns = Columns(scheme(), units(size), facts(size))
    if times == 1:
        return lay_out(scheme(), units(size)), columns
    large = copy.copy(columns)
    large.size, large.entries, large.noted = size * times, {}, {}
    for id, entry in columns.entries.items():
        large.entries[id] = repeated = copy.copy(entry)
        repeated.state = np.tile(entry.state, times)
        repeated.facts = {fact: copy.copy(store) for fact, store in entry.facts.items()}
        for store in repeated.facts.values():
            store.values = {name: np.tile(column, times) for name, column in store.values.items()}
            store.answered = np.tile(store.answered, times)
    return lay_out(scheme(), units(size * times)), large
