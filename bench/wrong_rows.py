"""A table in which every row is wrong: refused about as fast as a sound one of the same length is read."""

from __future__ import annotations

import csv
import statistics
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.generate import COLUMNS, finding_rows
from bench.material import scheme, units
from bench.measure import Measure
from govscore.errors import InputError
from govscore.intake.load import load_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROWS: Final = 100_000
UNITS: Final = 1_100
"""So many units have that many findings."""
LIMIT: Final = 2.0
"""Looking a name up for each row, or each row up among the others, would make it hundreds."""
ROUNDS: Final = 3
WRONG: Final = {
    "of an unknown unit": {"unit": "nobody", "item": "b00", "state": "none"},
    "all alike": {"unit": "u00000", "item": "b02", "state": "none"},
    "of a wrong value": {"unit": "u00000", "item": "b03", "fact": "rate", "value": "x", "of": "１"},
}


def run() -> list[Measure]:
    """Interleaved medians of processor time."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sound = _write(folder / "sound.csv", islice(finding_rows(UNITS), ROWS))
        actions: dict[str, Callable[[], object]] = {
            "sound": partial(load_facts, sound, scheme(), units(UNITS))
        }
        for name, row in WRONG.items():
            path = _write(folder / f"{name}.csv", (row for _row in range(ROWS)))
            actions[name] = partial(_refused, path)
        spent = {name: statistics.median(times) for name, times in _timed(actions).items()}
    return [
        Measure(
            name=f"{ROWS} rows {name} ÷ {ROWS} sound rows, CPU",
            value=spent[name] / spent["sound"],
            unit="×",
            limit=LIMIT,
            note=f"{spent[name]:.2f} s, sound {spent['sound']:.2f} s",
        )
        for name in WRONG
    ]


def _timed(actions: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in actions}
    for _round in range(ROUNDS):
        for name, action in actions.items():
            start = time.process_time()
            action()
            spent[name].append(time.process_time() - start)
    return spent


def _write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def _refused(path: Path) -> None:
    try:
        load_facts(path, scheme(), units(UNITS))
    except InputError as error:
        str(error)
        return
    raise AssertionError(path)
