"""The table of `docs/lint.md`, from the warnings' own words.

    python -m tools.lint_page          write it
    python -m tools.lint_page --check  fail if the page differs

Invariant: what stands outside of the two marks is written by hand and never touched.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext, speaking
from govscore.scheme.warning_kinds import WARNINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "lint.md"
BEGIN: Final = "<!-- warnings: begin -->\n"
END: Final = "<!-- warnings: end -->\n"


def table() -> str:
    """A row for each warning: what was found and what was expected, in both languages."""
    rows = ["| 编号 · id | 发现 · found | 应为 · expected |", "|---|---|---|"]
    for id, kind in WARNINGS.items():
        cells = []
        for message in (kind.found, kind.expected):
            with speaking("zh_CN"):
                chinese = gettext(message)
            with speaking("en"):
                cells.append(f"{chinese}<br>*{gettext(message)}*".replace("|", "\\|"))
        rows.append(f"| `{id}` | {cells[0]} | {cells[1]} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page as it should be."""
    before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return before + BEGIN + "\n" + table() + "\n" + END + rest.partition(END)[2]


def main(arguments: Sequence[str]) -> int:
    """Writes or checks."""
    wanted = page()
    if "--check" in arguments:
        return int(wanted != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
