"""Every command and script that README.md shows is run, and so are those of docs/ that are marked.

`python -m tests.test_readme` writes what is printed now into the pages: look at the difference, then commit.

Not run here, and why:
- the two set-up commands (`<!-- run: setup -->`, `<!-- run: tests -->`): `.ci/run` runs them as they
  stand, in a clean clone; here `.venv/bin/govscore` is `python -m govscore` of the environment that
  runs the tests. That they are there, and are the ones CI looks for, is asserted.
- the desk: it needs a terminal. `govscore demo` gets `--no-tui`; `govscore review` is left out, the
  tests of `tests/tui/` open it.
- blocks of docs/ without a mark: fragments, and commands for another machine (`docs/install.md`, whose
  offline set-up `tests/test_offline_install.py` really does).

Marks, each on a line above the block it is about:
    <!-- run -->            commands (bash) or a script (python); they must end with exit code 0
    <!-- run: exit 1 -->    the same, with this exit code
    <!-- output -->         all that the block before prints; times and digests are written `…`
    <!-- output: 1-2, /^街道/ 9 -->   of that, lines 1 and 2, and 9 lines from the first that matches;
                            lines left out are written `…`
    <!-- file: NAME -->     a file that is there from now on
All blocks of a page run in one temporary folder that has `examples/`, in the order of the page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent
README: Final = ROOT / "README.md"
PAGES: Final = (README, *sorted((ROOT / "docs").glob("*.md")))
SETUP: Final = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/govscore demo\n"
TESTS: Final = '.venv/bin/pip install ".[test]" && .venv/bin/pytest\n'

BLOCK: Final = re.compile(
    r"(?:^<!-- (?P<mark>[^>\n]*) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
DESK: Final = re.compile(r"^govscore review\b.*\n", re.MULTILINE)
DEMO: Final = re.compile(r"^(govscore demo\b(?!.*--no-tui).*)$", re.MULTILINE)
CHANGING: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?|\b[0-9a-f]{4}(?: [0-9a-f]{4}){3}\b"
)
"""Times and digests: other ones in every run."""
PRELUDE: Final = """
set -euo pipefail
govscore() { "$PYTHON" -m govscore "$@"; }
python() { "$PYTHON" "$@"; }
"""


@dataclass(frozen=True)
class Block:
    """A fenced block with the mark above it."""

    mark: str
    language: str
    text: str
    span: tuple[int, int] = (0, 0)
    """Where its text stands in the page."""

    @property
    def exit_code(self) -> int:
        """The code that it must end with."""
        return int(self.mark.partition("exit ")[2] or 0)


def blocks(page: Path) -> list[Block]:
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(each["mark"] or "", each["language"], each["text"], each.span("text")) for each in found]


def runs(page: Path, block: Block) -> bool:
    """Whether a block is run: all of README's but the set-up, of docs/ what is marked."""
    if block.mark in ("run: setup", "run: tests"):
        return False
    marked = block.mark == "run" or block.mark.startswith("run: exit ")
    return marked or (page == README and block.language in ("bash", "python"))


def as_run(block: Block) -> list[str]:
    """The command line of a block."""
    if block.language == "python":
        return [sys.executable, "-c", block.text]
    text = block.text.replace(".venv/bin/govscore", "govscore")
    text = DEMO.sub(r"\1 --no-tui", DESK.sub("", text))
    return ["bash", "-c", PRELUDE + text]


def run(block: Block, folder: Path) -> str:
    """What a block prints, stdout and stderr as on a screen."""
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONUNBUFFERED": "1", "COLUMNS": "100"}
    done = subprocess.run(
        as_run(block), cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == block.exit_code, f"{block.text}\n{done.stdout}"
    return done.stdout


def excerpt(mark: str, printed: str) -> str:
    """What a page shows of what was printed."""
    lines = [line.rstrip() for line in CHANGING.sub("…", printed).strip("\n").splitlines()]
    shown: list[str] = []
    at = 0
    for piece in filter(None, mark.removeprefix("output").removeprefix(": ").split(", ")):
        first, end = _range(piece, lines)
        shown += (["…"] if first > at else []) + lines[first:end]
        at = end
    return "\n".join(shown + (["…"] if at < len(lines) else []) if shown else lines) + "\n"


def _range(piece: str, lines: list[str]) -> tuple[int, int]:
    pattern, _slash, count = piece.lstrip("/").rpartition("/ ")
    if not pattern:
        first, _dash, last = piece.partition("-")
        return int(first) - 1, int(last or first)
    found = next((at for at, line in enumerate(lines) if re.search(pattern, line)), None)
    assert found is not None, f"no line like {pattern}:\n" + "\n".join(lines)
    return found, min(found + int(count), len(lines))


def play(page: Path, folder: Path) -> Iterator[tuple[Block, str]]:
    """Runs a page; yields every block of output with what it should say."""
    printed: str | None = None
    for block in blocks(page):
        if block.mark.startswith("file: "):
            path = folder / block.mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.mark == "output" or block.mark.startswith("output: "):
            assert printed is not None, f"nothing was run that could print\n{block.text}"
            yield block, excerpt(block.mark, printed)
            printed = None
        elif runs(page, block):
            printed = run(block, folder)


WITH_COMMANDS: Final = [page for page in PAGES if any(runs(page, block) for block in blocks(page))]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block, printed in play(page, tmp_path):
        assert block.text == printed, "if this is meant: python -m tests.test_readme"


def test_readme_has_the_two_commands_that_ci_runs() -> None:
    marked = {block.mark: block.text for block in blocks(README) if block.mark.startswith("run: ")}
    assert marked == {"run: setup": SETUP, "run: tests": TESTS}


def test_readme_opens_with_an_example_and_its_output() -> None:
    first, second = blocks(README)[:2]
    assert runs(README, first)
    assert second.mark.startswith("output")


def test_readme_scores_a_whole_ranking_in_ten_lines() -> None:
    script = next(block.text for block in blocks(README) if block.language == "python")
    assert len([line for line in script.splitlines() if line.strip()]) <= 10
    assert " score(" in script


def test_every_mark_is_one_that_is_known() -> None:
    """A mark with a typing error would silently run nothing."""
    known = re.compile(
        r"run|run: (setup|tests|exit \d+)|output(: .+)?|file: \S+|offline: \w+"
        r"|(scheme|units|findings|expect): .+"
        r"|calendar|editors: \S+|extending: .+|lint: \w+|warnings: (begin|end)"
    )
    marks = [
        (page.name, mark)
        for page in PAGES
        for mark in re.findall(r"^<!-- (.*?) -->$", page.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [each for each in marks if not known.fullmatch(each[1])] == []


def test_links_between_the_pages_lead_somewhere() -> None:
    missing = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert missing == []


def anchors(page: Path) -> set[str]:
    """The anchors that headings get when a page is shown."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_into_a_page_name_a_heading() -> None:
    missing = [
        f"{page.name}: {target}#{anchor}"
        for page in PAGES
        for target, anchor in re.findall(r"\]\(([\w.-]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
        if anchor not in anchors(page.parent / target if target else page)
    ]
    assert missing == []


def test_the_page_says_that_the_findings_are_invented() -> None:
    assert "示例数据，非真实考核结果" in README.read_text(encoding="utf-8")


def test_an_excerpt_names_what_it_leaves_out() -> None:
    printed = "甲\n乙 2024-01-02T03:04:05+08:00\n丙\n丁 0a1b 2c3d 4e5f 6071\n"
    assert excerpt("output", printed) == "甲\n乙 …\n丙\n丁 …\n"
    assert excerpt("output: 1-2, /^丁/ 5", printed) == "甲\n乙 …\n…\n丁 …\n"
    assert excerpt("output: /^乙/ 1", printed) == "…\n乙 …\n…\n"


def main() -> None:
    """Writes what is printed now into the pages."""
    for page in WITH_COMMANDS:
        with tempfile.TemporaryDirectory() as name:
            shutil.copytree(ROOT / "examples", Path(name) / "examples")
            played = list(play(page, Path(name)))
        text = page.read_text(encoding="utf-8")
        for block, printed in reversed(played):
            text = text[: block.span[0]] + printed + text[block.span[1] :]
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
