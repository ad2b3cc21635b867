"""From the start of the process to rows on the screen, and to their scores, against `import textual.app`."""

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
        bases, rows, scores = [], [], []
        for count in range(ROUNDS + 1):
            base, (first, scored) = _import(), _overview(folder)
            if count:  # the first round writes compiled modules
                bases.append(base)
                rows.append(first)
                scores.append(scored)
    base = statistics.median(bases)
    return [
        _measure("overview with real rows", statistics.median(rows), base, LIMIT),
        _measure("the same rows with scores and ranks", statistics.median(scores), base, None),
    ]


def _measure(name: str, shown: float, base: float, limit: float | None) -> Measure:
    note = f"{1_000 * shown:.0f} ms ÷ {1_000 * base:.0f} ms"
    name = f"desk: {name} ÷ import textual.app"
    return Measure(name=name, value=shown / base, unit="×", limit=limit, note=note)


def _import() -> float:
    start = time.perf_counter()
    subprocess.run((sys.executable, "-c", "import textual.app"), check=True)
    return time.perf_counter() - start


def _overview(folder: Path) -> tuple[float, float]:
    """Seconds until the last unit of the first screen is drawn, and until its score is."""
    command = (sys.executable, "-m", "govscore", "review")
    with Terminal(command, folder=folder, more={"GOVSCORE_REVIEWER": "李四"}) as terminal:
        return terminal.until("示例八街道"), terminal.until("暂排")


if __name__ == "__main__":
    for measure in run():
        print(f"{measure.value:8.3f} {measure.unit}  {measure.name}  {measure.note}")
