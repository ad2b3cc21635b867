"""How far the review has come: counted over all units at once, since it is shown after every decision.

Invariant: counted is what needs no more review, which is not the same as good; an item that a veto or a
locked bonus makes needless counts as done, as the result says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govscore.scoring.block import waiting
from govscore.scoring.columns import OPEN
from govscore.scoring.engine import UNIT_OPEN, UNIT_STOPPED

if TYPE_CHECKING:
    from govscore.rules.arithmetic import Array, Mask
    from govscore.scoring.board import Board


@dataclass(frozen=True, slots=True)
class Tally:
    """Done and assigned, for each unit in the order of the roster."""

    done: Array
    assigned: Array
    open_units: Mask

    @property
    def total_done(self) -> int:
        """Over all units."""
        return int(self.done.sum())

    @property
    def total_assigned(self) -> int:
        """Over all units."""
        return int(self.assigned.sum())

    def percent(self) -> int:
        """Done in percent, rounded down: 100 only if everything is."""
        return 100 * self.total_done // self.total_assigned if self.total_assigned else 100


def count(board: Board) -> Tally:
    """The tally of a board: items, and vetoes that ask something."""
    plan, totals = board.plan, board.totals
    opened = waiting(plan, board.matrices.state, totals, slice(0, len(plan.units)))
    still = (opened & ~board.matrices.waiting).sum(axis=0)
    assigned = plan.assigned.sum(axis=0)
    for row, veto in enumerate(plan.vetoes):
        if veto.asked:
            mine = plan.veto_assigned[row]
            undecided = mine & totals.effects[row].undecided & (board.columns.entries[veto.id].state == OPEN)
            still, assigned = still + undecided, assigned + mine
    still = np.where(totals.state == UNIT_STOPPED, 0, still)
    return Tally(assigned - still, assigned, totals.state == UNIT_OPEN)
