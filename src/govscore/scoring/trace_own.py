"""What one reviewer's own facts come to, on an item that several review.

Invariant: it is scored as an item of a single reviewer is; the others' facts are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.scoring.columns import REVIEWED, EntryColumns
from govscore.scoring.established import Layer
from govscore.scoring.items import score_item
from govscore.scoring.layer_reading import read_layer
from govscore.scoring.trace import Recorder
from govscore.scoring.trace_words import item_steps

if TYPE_CHECKING:
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.facts import EntryFacts
    from govscore.scoring.steps import Step


def own_steps(board: Board, unit: Unit, id: str, facts: EntryFacts) -> tuple[Step, ...]:
    """The steps from a reviewer's own facts to points; () while they are incomplete, or asked per period.

    Args:
        board: of whose scheme the item is.
        unit: whose item.
        id: the item.
        facts: what this reviewer alone established.
    """
    item = board.plan.of_units.of(board.plan.rows[id], board.places[unit.unit])
    if not facts.rows or len(item.spans(board.scheme.period)) > 1:
        return ()
    layer = Layer(facts.rows[0].reviewer)
    own = read_layer(item, facts.rows, board.scheme.period, unit, layer)[0]
    columns = EntryColumns(item.asked, 1)
    columns.fill([own])
    floored, times = board.plan.frame_of(board.plan.rows[id])
    heard = Recorder()
    score = score_item(item, columns, slice(0, 1), floored, heard, facts.rows, times)
    if int(score.state[0]) != REVIEWED:
        return ()
    return item_steps(item, heard.heard, facts.rows, board.scheme.titles)[0]
