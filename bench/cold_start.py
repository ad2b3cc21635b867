"""Cold processes: `--help` against bare Python, `score` of 120 × 60 against what it must import."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.generate import write_folder
from bench.measure import Measure, processes

UNITS: Final = 120
HELP_LIMIT: Final = 6.0
SCORE_LIMIT: Final = 1.5
ROUNDS: Final = 20
MUST_IMPORT: Final = "import click, csv, json, numpy, pydantic, tomli, tree_sitter, tree_sitter_toml"
"""What scoring a folder of text files cannot do without; a pydantic model comes with pydantic."""


def run() -> list[Measure]:
    """Interleaved medians of processor time."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = write_folder(Path(temporary) / "assessment", UNITS)
        costs = processes(
            {
                "bare": (sys.executable, "-c", "pass"),
                "click": (sys.executable, "-c", "import click"),
                "help": (sys.executable, "-m", "govscore", "--help"),
                "imports": (sys.executable, "-c", MUST_IMPORT),
                "score": (sys.executable, "-m", "govscore", "score", "--format", "json"),
                "status": (sys.executable, "-m", "govscore", "status"),
            },
            ROUNDS,
            folder=folder,
        )
    cpu = {name: cost.cpu for name, cost in costs.items()}
    wall = {name: cost.wall for name, cost in costs.items()}
    return [
        Measure(
            name="--help ÷ bare Python, CPU", value=cpu["help"] / cpu["bare"], unit="×", limit=HELP_LIMIT,
            note=f"bare {cpu['bare'] * 1_000:.1f} ms, help {cpu['help'] * 1_000:.1f} ms",
        ),
        Measure(name="import click ÷ bare Python, CPU", value=cpu["click"] / cpu["bare"], unit="×"),
        Measure(
            name=f"score {UNITS} × 60 ÷ its imports, CPU", value=cpu["score"] / cpu["imports"], unit="×",
            limit=SCORE_LIMIT, note=f"imports {cpu['imports'] * 1_000:.0f} ms, score {cpu['score'] * 1_000:.0f} ms",
        ),
        Measure(
            name=f"score {UNITS} × 60 ÷ its imports, elapsed", value=wall["score"] / wall["imports"], unit="×",
            note=f"imports {wall['imports'] * 1_000:.0f} ms, score {wall['score'] * 1_000:.0f} ms",
        ),
        Measure(name="status ÷ bare Python, CPU", value=cpu["status"] / cpu["bare"], unit="×"),
    ]  # fmt: skip
