"""Runs all benches, or the ones named: `python -m bench [NAME…]`.

Ends with 1 if a limit is missed by more than a quarter, and says which. Limits that are known not to be
reached yet stand in `shortfalls.toml`: they are printed as missed, and may not get worse.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import bench
from bench.measure import TOLERANCE

if TYPE_CHECKING:
    from bench.measure import Measure


def names() -> list[str]:
    """Every module here that has a `run`."""
    found = [each.name for each in pkgutil.iter_modules(bench.__path__) if not each.name.startswith("_")]
    return [name for name in found if hasattr(importlib.import_module(f"bench.{name}"), "run")]


def line(measure: Measure) -> str:
    """One figure beside its limit."""
    limit = "" if measure.limit is None else f"limit {measure.limit:g} {measure.unit}"
    mark = "MISSED" if measure.missed else "over" if _over(measure) else ""
    return (
        f"{measure.value:10.3f} {measure.unit:3} {limit:14} {mark:7} {measure.name}  {measure.note}".rstrip()
    )


def _over(measure: Measure) -> bool:
    return measure.limit is not None and measure.value > measure.limit


def shortfalls() -> dict[str, float]:
    """What the limits that are not reached yet were last missed by."""
    text = Path(__file__).with_name("shortfalls.toml").read_text(encoding="utf-8")
    return {each["name"]: each["reached"] for each in tomllib.loads(text)["shortfall"]}


def main(wanted: list[str]) -> int:
    """Runs the benches and prints a table."""
    missed: list[Measure] = []
    known = shortfalls()
    for name in wanted or names():
        start = time.perf_counter()
        print(f"--- {name}", flush=True)
        for measure in importlib.import_module(f"bench.{name}").run():
            print(line(measure), flush=True)
            if measure.missed:
                missed.append(measure)
        print(f"    ({time.perf_counter() - start:.0f} s)", flush=True)
    worse = False
    for measure in missed:
        expected = measure.value <= known.get(measure.name, 0) * TOLERANCE
        worse = worse or not expected
        print(f"missed{', a known shortfall' if expected else ''}: {line(measure)}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
