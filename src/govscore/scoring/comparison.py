"""Who is compared with whom: items that are measured against the group.

Invariant: facts of reviewed, applicable, unstopped units count, and nobody else's; as long as one of a
group may still change them, no unit of the group has points on the item.
Source: `docs/scheme.md`, "Measured against the group".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.rules.peers import Compared, Peers
from govscore.rules.view import View, silent
from govscore.scoring.columns import REVIEWED
from govscore.scoring.established import Layer

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scheme.model import Item
    from govscore.scoring.columns import EntryColumns
    from govscore.scoring.layered_columns import LayeredColumns


@dataclass(frozen=True, slots=True)
class Comparison:
    """The groups of the roster, and who of them takes part in comparisons on an item."""

    groups: tuple[Array, ...]
    """Places of the units of each group."""
    there: Mask
    """(units,): whose facts count as soon as they are reviewed: assigned and not stopped."""
    names: tuple[str, ...] = ()
    """What the units are called."""


def peers_of(item: Item, columns: EntryColumns, block: slice | Array, comparison: Comparison | None) -> Peers:
    """What the units of a block are measured against on an item.

    Args:
        item: an item that is measured against the group.
        columns: its columns.
        block: which units.
        comparison: who is compared; None: nobody yet, which tells only where the item is applicable.
    """
    size, low = len(columns.state), item.rule.best == "low"
    everybody = View(size, item.frame.full, item.asked, columns.view(slice(0, size)))
    if comparison is None:
        return Peers(everybody, None, block, low)
    # Whether the start has a value never depends on the group, so that nobody is asked in turn.
    everybody.peers = Peers(everybody, None, slice(0, size), low)
    valued = item.rule.start(everybody, item.frame, silent).valued
    counted = comparison.there & (columns.state == REVIEWED)
    compared = Compared(comparison.groups, counted if valued is None else counted & valued, comparison.names)
    return Peers(everybody, compared, block, low)


def stacked_peers(
    item: Item, columns: LayeredColumns, reviewer: str, block: slice | Array, comparison: Comparison | None
) -> Peers:
    """The same where the lines of all periods act together: each period is compared by itself.

    Args:
        item: an item that is measured against the group.
        columns: its columns by reviewer and period.
        reviewer: whose facts.
        block: which units.
        comparison: who is compared; None: nobody yet.
    """
    size, low = columns.size, item.rule.best == "low"
    facts, _applies = columns.stacked(slice(0, size), reviewer)
    layers = [columns.layers[Layer(reviewer, period)] for period in columns.spans]
    everybody = View(size * len(layers), item.frame.full, item.asked, facts)
    inside = np.arange(size)[block]
    blocks = np.concatenate([inside + number * size for number in range(len(layers))])
    if comparison is None:
        return Peers(everybody, None, blocks, low)
    counted = np.concatenate([comparison.there & (each.state == REVIEWED) for each in layers])
    groups = tuple(group + number * size for number in range(len(layers)) for group in comparison.groups)
    return Peers(everybody, Compared(groups, counted, comparison.names * len(layers)), blocks, low)
