"""Schemes that went wrong: each can be read and scored, or is told what is wrong with it and where.

Invariant: `judge` returns for these outcomes only, and raises for everything else.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError
from govscore.facts.rows import Row
from govscore.i18n import speaking
from govscore.lint import look_over
from govscore.scheme.read import read_scheme
from govscore.scheme.report import MOST_PROBLEMS, STAND_IN
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import Facts, read_facts
from govscore.scoring.trace import explain
from govscore.text import inert
from tests.faults.broken_text import broken
from tests.oracle.generate import case as random_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.model import Scheme

ROOT: Final = Path(__file__).parents[2]
_GENERATED: Final = 60
_ENTRY: Final = re.compile(r"^(?=\[\[(?:base|bonus|major_deduction|veto|grade|section)\]\])", re.MULTILINE)
_FENCE: Final = re.compile(r"^ *```toml\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


@cache
def texts() -> tuple[str, ...]:
    """What is made wrong: the example by pieces, the pages' own examples, broken files, random schemes.

    Sound ones three times as often as broken ones, which seldom get as far as the scoring.
    """
    example = (ROOT / "examples/pingcheng-2024/scheme.toml").read_text("utf-8")
    pages = [page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))]
    fenced = [found for page in pages for found in _FENCE.findall(page)]
    small = [path.read_bytes() for path in sorted((ROOT / "tests/broken").glob("*/*.toml"))]
    small += [path.read_bytes() for path in sorted((ROOT / "tests/broken/scheme/semantic").glob("*.toml"))]
    files = [each.decode("utf-8", "replace") for each in small if len(each) < 20_000]
    written = [random_case(seed).scheme_text for seed in range(_GENERATED)]
    framed = [text for each in fenced if "[scheme]" not in each for text in _framed(example, each)]
    sound = (*_pieces(example), *framed, *written)
    return (*sound * (1 + 3 * len(files) // len(sound)), *fenced, *files, example)


def _frame(example: str) -> str:
    """The example without its items: what stands before the first of them, and its grades and sections."""
    head, *entries = _ENTRY.split(example)
    kept = [each for each in entries if each.startswith(("[[grade", "[[section"))]
    sections = (re.sub(r"^points = .*\n", "", each, flags=re.MULTILINE) for each in kept)
    return head + "".join(sections)


def _pieces(example: str) -> Iterator[str]:
    """Small schemes, each with two entries of the example."""
    entries = [
        each
        for each in _ENTRY.split(example)[1:]
        if not each.startswith(("[[grade", "[[section")) and "/" not in each
    ]
    frame = _frame(example)
    for one, two in zip(entries, [*entries[7:], *entries[:7]], strict=True):
        yield frame + one + two


def _framed(example: str, fragment: str) -> Iterator[str]:
    """A fragment of a page in a scheme, if it is one of entries."""
    with contextlib.suppress(tomllib.TOMLDecodeError):
        if tomllib.loads(fragment).keys() <= {"base", "bonus", "major_deduction", "veto", "section"}:
            yield _frame(example) + fragment


def text_of(number: int) -> bytes:
    """The text of this case."""
    return broken(Random(number), texts())


# --- judging ---------------------------------------------------------------------------------------------


def judge(number: int) -> str:
    """What became of a case: "told" or "scored"; raises for everything that should not have happened."""
    source = text_of(number)
    try:
        scheme = read_scheme(source)
    except InputError as error:
        lines = source.count(b"\n") + source.count(b"\r") + 1
        check_told(error, lines, "en" if number % 2 else "zh_CN")
        return "told"
    _check_scored(scheme, number)
    return "scored"


def check_told(error: InputError, lines: int, language: str) -> None:
    """At least one problem, none twice, each with a line of the text and a sentence that can be shown."""
    assert 0 < len(error.problems) <= MOST_PROBLEMS + 1
    seen = {(each.id, each.place, *each.data.items()) for each in error.problems}
    assert len(seen) == len(error.problems), "told twice"
    with speaking(language):
        for each in error.problems:
            assert each.place.line or each.id == "scheme.missing-key", f"no line: {each.place}"
            assert each.place.line <= lines, f"no such line: {each.place}"
            said = str(each)
            assert STAND_IN not in said
            assert len(said) < 1200, "a long sentence"
            assert inert(said.replace("\n", " ")) == said.replace("\n", " "), "not inert"


def _check_scored(scheme: Scheme, number: int) -> None:
    """A scheme that is accepted is looked over, put into words, and scored."""
    groups = list(scheme.groups)
    units = [Unit(unit=f"unit-{n}", name=f"单位{n}", group=groups[n % len(groups)]) for n in range(2)]
    with speaking("en" if number % 2 else "zh_CN"):
        for each in look_over(scheme, units).warnings if number % 4 == 0 else ():  # as slow as all the rest
            assert str(each)
        Board(scheme, Facts({}), units).result()
        rows = [
            Row(unit=unit.unit, item=id, reviewer=reviewer, period=span, state="none")
            for unit in units
            for id, entry in scheme.entries.items()
            if entry.applies(unit.group, unit.unit, unit.tags)
            for reviewer in (("甲", "乙") if entry.several else ("",))
            for span in entry.spans(scheme.period)
        ]
        result = Board(scheme, read_facts(rows, scheme, units), units).result()
        assert explain(result, units[0].unit).items
        for item in scheme.items.values():
            assert item.words()
