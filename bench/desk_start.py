"""From the start of the process to real unit rows on the screen, against `import textual.app`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.desk_terminal import Terminal
from bench.measure import Measure
from govscore.office.demo import copy_demo

ROUNDS: Final = 15
LIMIT: Final = 2.0


def run() -> list[Measure]:
    """Interleaved medians of wall time."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_demo(Path(temporary) / "demo")
        bases, rows = [], []
        for count in range(ROUNDS + 1):
            base, shown = _import(), _overview(folder)
            if count:  # the first round writes compiled modules
                bases.append(base)
                rows.append(shown)
    base, shown = statistics.median(bases), statistics.median(rows)
    note = f"{1_000 * shown:.0f} ms ÷ {1_000 * base:.0f} ms"
    return [
        Measure(
            name="desk: overview with real rows ÷ import textual.app", value=shown / base, unit="×",
            limit=LIMIT, note=note,
        )
    ]  # fmt: skip


def _import() -> float:
    start = time.perf_counter()
    subprocess.run((sys.executable, "-c", "import textual.app"), check=True)
    return time.perf_counter() - start


def _overview(folder: Path) -> float:
    """Seconds until the last row of the first screen is drawn."""
    command = (sys.executable, "-m", "govscore", "review")
    with Terminal(command, folder=folder, more={"GOVSCORE_REVIEWER": "李四"}) as terminal:
        return terminal.until("示例八街道")


if __name__ == "__main__":
    for measure in run():
        print(f"{measure.value:8.3f} {measure.unit}  {measure.name}  {measure.note}")
