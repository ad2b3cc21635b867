"""An example folder with units worked by hand, hard cases listed in its README, and everything invented."""

from __future__ import annotations

import csv
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import tomli

from govscore import load_facts, load_scheme, load_units, score
from govscore.lint import look_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govscore import Result, UnitResult
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

NOTICE: Final = "示例数据，非真实考核结果"
_LISTED: Final = re.compile(r"(?m)^\| `([a-z-]+)` \| `([a-z0-9-]+)` \| ([^|]+) \|")


class WorkedExample:
    """What the tests of an example share."""

    def __init__(self, name: str) -> None:
        self.folder: Final = Path(__file__).parent.parent / "examples" / name
        self.readme: Final = self.text("README.md")
        self.hand: Final[dict[str, Any]] = tomli.loads(self.text("expected.toml"))

    def text(self, name: str) -> str:
        """A file of the folder."""
        return (self.folder / name).read_text(encoding="utf-8")

    @property
    def worked(self) -> Sequence[dict[str, Any]]:
        """The units worked by hand whose review is complete."""
        return [unit for unit in self.hand["unit"] if "open" not in unit]

    @property
    def by_hand(self) -> pytest.MarkDecorator:
        """Runs a test for each of them."""
        return pytest.mark.parametrize("unit", self.worked, ids=[unit["id"] for unit in self.worked])

    @cached_property
    def scheme(self) -> Scheme:
        return load_scheme(self.folder / "scheme.toml")

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(load_units(self.folder / "units.csv", self.scheme))

    @cached_property
    def result(self) -> Result:
        facts = load_facts(self.folder / "findings.csv", self.scheme, self.units)
        return score(self.scheme, facts, self.units)

    def check_invented(self) -> None:
        """Every name is plainly invented, and the result and the README say so."""
        assert self.result.notice == self.hand["notice"] == NOTICE
        assert f"**{NOTICE}。**" in self.readme
        assert all(unit.name.startswith("示例") for unit in self.result)
        assert self.scheme.model.scheme.points_source == "illustrative"

    def check_reasons(self) -> None:
        """Every reason says that it is made up."""
        rows = list(csv.DictReader(self.text("findings.csv").splitlines()))
        assert all(row["reason"].startswith("示例：") for row in rows if row["reason"])

    def check_listed(self, cases: Mapping[str, tuple[str, Callable[[UnitResult], bool]]]) -> None:
        """The README's table lists exactly these hard cases, each with its unit by id and name."""
        told = [(case, unit, self.result[unit].name) for case, (unit, _holds) in cases.items()]
        assert _LISTED.findall(self.readme) == told

    def check_without_warnings(self) -> None:
        """The linter has nothing to say."""
        assert look_over(self.scheme, self.units).warnings == ()
