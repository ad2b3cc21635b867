"""One decision at 3 000 units × 60 items: how long until new totals and ranks can be read."""

from __future__ import annotations

import random
import statistics
import time
from typing import Final

from bench.material import facts, scheme, units
from bench.measure import Measure, percentile
from govscore.scoring.board import Board

UNITS: Final = 3_000
DECISIONS: Final = 2_000
LIMIT: Final = 1.0


def run() -> list[Measure]:
    """Puts other units' findings in place of a unit's own, item by item, and reads the new ranks."""
    board = Board(scheme(), facts(UNITS), units(UNITS))
    names = [unit.unit for unit in units(UNITS)]
    entries = list(facts(UNITS).entries.items())
    draw = random.Random(1)
    elapsed, worked = [], []
    for count in range(DECISIONS + 100):
        (_unit, entry), found = draw.choice(entries)
        unit = draw.choice(names)
        start, began = time.perf_counter(), time.thread_time()
        board.put(unit, entry, found)
        board.total_of(unit), board.rank_of(unit), board.grade_of(unit)
        if count >= 100:
            elapsed.append((time.perf_counter() - start) * 1_000)
            worked.append((time.thread_time() - began) * 1_000)
    size = f"{UNITS} × {len(scheme().items)}"
    return [
        Measure(
            name=f"decision → totals and ranks, {size}, median",
            value=statistics.median(elapsed),
            unit="ms",
            limit=LIMIT,
        ),
        Measure(
            name=f"decision → totals and ranks, {size}, p99 of processor time",
            value=percentile(worked, 0.99),
            unit="ms",
            limit=LIMIT,
            note=f"elapsed {percentile(elapsed, 0.99):.2f} ms, with whatever else the machine does",
        ),
    ]
