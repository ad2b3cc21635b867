"""What a bench hands back, and how processes are timed.

Invariant: what is compared runs in turn, so that a busy machine harms all alike.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TOLERANCE: Final = 1.25
"""A limit counts as missed beyond this much of it: the machines are shared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One figure."""

    name: str
    value: float
    unit: str
    """"×" for a ratio, "ms" or "s" for a time."""
    limit: float | None = None
    """None: reported only."""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether it is clearly beyond its limit."""
        return self.limit is not None and self.value > self.limit * TOLERANCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """Medians of one command line."""

    cpu: float
    """Seconds of processor time, user and system."""
    wall: float


def processes(
    commands: Mapping[str, Sequence[str]], rounds: int, *, folder: Path | None = None
) -> dict[str, Cost]:
    """Runs every command once a round, in turn, and gives the medians.

    The first round does not count: it writes the compiled modules that every later one finds.
    """
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for count in range(rounds + 1):
        for name, command in commands.items():
            cost = _one(command, folder)
            if count:
                costs[name].append(cost)
    return {
        name: Cost(
            cpu=statistics.median(cpu for cpu, _wall in each),
            wall=statistics.median(wall for _cpu, wall in each),
        )
        for name, each in costs.items()
    }


def _one(command: Sequence[str], folder: Path | None) -> tuple[float, float]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GOVSCORE_", "PYTHON"))
    }
    before = _children()
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return _children() - before, wall


def _children() -> float:
    times = os.times()
    return _precise() if sys.platform != "win32" else times.children_user + times.children_system


def _precise() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(action: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
