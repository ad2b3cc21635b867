"""Cold processes: `--help` against bare Python, `score` of 120 × 60 against what it must import."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.generate import write_folder
from bench.measure import Cost, Measure, processes

UNITS: Final = 120
HELP_LIMIT: Final = 6.0
SCORE_LIMIT: Final = 1.5
ROUNDS: Final = 20
MUST_IMPORT: Final = """
import click, csv, json, numpy, tomli, tree_sitter, tree_sitter_toml
from pydantic import BaseModel
class Model(BaseModel):
    number: int
"""
"""What scoring a folder of text files cannot do without; pydantic does its work with the first model."""
_LOADED: Final = """
import sys
sys.argv[1:] = ["score", "--format", "json", "-o", "unused.json"]
from govscore.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\n".join(name for name in sys.modules if name.partition(".")[0] != "__main__"))
"""


def run() -> list[Measure]:
    """Interleaved medians of processor time."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_folder(Path(temporary) / "assessment", UNITS)
        costs = processes(
            {
                "bare": (sys.executable, "-c", "pass"),
                "click": (sys.executable, "-c", "import click"),
                "help": (sys.executable, "-m", "govscore", "--help"),
                "packages": (sys.executable, "-c", MUST_IMPORT),
                "imports": (sys.executable, "-c", its_imports(folder)),
                "score": (sys.executable, "-m", "govscore", "score", "--format", "json"),
                "status": (sys.executable, "-m", "govscore", "status"),
            },
            ROUNDS,
            folder=folder,
        )
    return _measures(costs)


def its_imports(folder: Path) -> str:
    """A program that imports just what `score` of this folder has imported when it ends, in that order."""
    command = (sys.executable, "-c", _LOADED)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    names = [name for name in done.stdout.split() if not name.startswith(("encodings", "_frozen"))]
    lines = ["import gc, importlib", "gc.disable()", f"names = {names!r}"]
    lines += [
        "for name in names:",
        "    try:",
        "        importlib.import_module(name)",
        "    except ImportError:",
        "        pass",
        "gc.freeze()",
    ]
    return "\n".join(lines)


def _measures(costs: dict[str, Cost]) -> list[Measure]:
    cpu = {name: cost.cpu for name, cost in costs.items()}
    wall = {name: cost.wall for name, cost in costs.items()}
    score = f"score {UNITS} × 60 ÷ its imports"
    return [
        Measure(
            name="--help ÷ bare Python, CPU",
            value=cpu["help"] / cpu["bare"],
            unit="×",
            limit=HELP_LIMIT,
            note=_note(cpu, "bare", "help"),
        ),
        Measure(name="import click ÷ bare Python, CPU", value=cpu["click"] / cpu["bare"], unit="×"),
        Measure(
            name=f"{score}, CPU",
            value=cpu["score"] / cpu["imports"],
            unit="×",
            limit=SCORE_LIMIT,
            note=_note(cpu, "imports", "score"),
        ),
        Measure(
            name=f"score {UNITS} × 60 ÷ the packages alone, CPU",
            value=cpu["score"] / cpu["packages"],
            unit="×",
            note=_note(cpu, "packages", "score"),
        ),
        Measure(
            name=f"{score}, elapsed",
            value=wall["score"] / wall["imports"],
            unit="×",
            note=_note(wall, "imports", "score"),
        ),
        Measure(name="status ÷ bare Python, CPU", value=cpu["status"] / cpu["bare"], unit="×"),
    ]


def _note(costs: dict[str, float], *names: str) -> str:
    return ", ".join(f"{name} {costs[name] * 1_000:.0f} ms" for name in names)
