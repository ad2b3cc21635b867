"""Law: whatever an open unit's missing facts turn out to be, its total lies in the span shown before."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from govscore.scoring.board import Board
from govscore.scoring.facts import read_facts
from tests.cases import random_case

if TYPE_CHECKING:
    from tests.cases import Given


def held_back(case: Given, chance: random.Random) -> set[tuple[str, str]]:
    """About a third of what was found, by unit and item.

    That a veto is not applicable is never held back: a veto which acts already is decided, and
    taking it back is another decision, no completion. Nor is a claim: without one the bonus is decided.
    """
    fixed = {
        (row.unit, row.item)
        for row in case.rows
        if (row.item in case.scheme.vetoes and row.state == "na") or claimed(case, row.item)
    }
    keys = sorted({(row.unit, row.item) for row in case.rows} - fixed)
    return {key for key in keys if chance.random() < 0.3}


def claimed(case: Given, item: str) -> bool:
    return item in case.scheme.items and case.scheme.items[item].needs_claim


def test_every_completion_lies_in_the_span() -> None:
    """Findings are held back at random; the full findings' total is inside the span without them."""
    inside = bounded = 0
    for seed in range(400):
        case = random_case(seed)
        whole = case.board().result()
        for draw in range(3):
            held = held_back(case, random.Random(1_000 * draw + seed))
            kept = [row for row in case.rows if (row.unit, row.item) not in held]
            part = Board(case.scheme, read_facts(kept, case.scheme, case.units), case.units).result()
            for unit in whole:
                before = part[unit.unit]
                if unit.total is None or before.state != "open":
                    continue
                inside += 1
                bounded += before.low is not None and before.high is not None
                assert before.low is None or before.low <= unit.total, (seed, draw, unit.unit)
                assert before.high is None or unit.total <= before.high, (seed, draw, unit.unit)
    assert inside > 600
    assert bounded > 300
