"""Every example of `docs/` that is tagged is read and scored, and its arithmetic is added up once more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from govscore import load_facts, load_scheme, load_units, score
from govscore.points import Points, from_fraction
from tests.sums import Sum

if TYPE_CHECKING:
    from fractions import Fraction

    from govscore.scoring.result import Result, UnitResult

DOCS: Final = Path(__file__).parent.parent / "docs"
PAGES: Final = ("scheme.md", "decisions.md", "cookbook.md")
BLOCK: Final = re.compile(
    r"^<!-- (?P<what>scheme|units|findings|expect): (?P<name>[^>]*?) -->\n```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
HEADER: Final = re.compile(r"^\[(scheme|groups|total|rank)\]$", re.MULTILINE)


@dataclass
class Example:
    """A scheme with what is expected of it."""

    scheme: str = ""
    units: str = ""
    findings: str = "unit,item\n"
    expected: list[tuple[str, str]] = field(default_factory=list)
    """Settings of `not_applicable` that replace the scheme's, and lines."""


def examples(page: str) -> dict[str, Example]:
    """All examples of a page by name."""
    found: dict[str, Example] = {}
    for block in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        name, _comma, settings = block["name"].partition(", ")
        example = found.setdefault(name, Example())
        if block["what"] == "expect":
            example.expected += [(settings, line) for line in block["text"].splitlines() if line.strip()]
        else:
            setattr(example, block["what"], block["text"])
    return found


FRAME: Final = examples("scheme.md")["frame"]
ALL: Final = {
    f"{page}:{name}": each for page in PAGES for name, each in examples(page).items() if name != "frame"
}
named = pytest.mark.parametrize("name", list(ALL))


def whole(scheme: str) -> str:
    """The example behind the shared beginning, whose tables it may replace."""
    if "format = 1" in scheme:
        return scheme
    own = set(HEADER.findall(scheme))
    parts = re.split(r"(?m)^(?=\[)", FRAME.scheme)
    kept = [part for part in parts if part.partition("]")[0].lstrip("[") not in own]
    first = [part for part in re.split(r"(?m)^(?=\[)", scheme) if HEADER.match(part)]
    rest = [part for part in re.split(r"(?m)^(?=\[)", scheme) if not HEADER.match(part)]
    return "".join([*kept, *first, *rest])


def with_settings(scheme: str, settings: str) -> str:
    """The scheme with other values of `to` and `within`."""
    for setting in filter(None, settings.split(", ")):
        key, _colon, value = setting.partition(": ")
        scheme, count = re.subn(rf'\b{key} = "\w+"', f'{key} = "{value}"', scheme, count=1)
        assert count == 1, setting
    return scheme


def scored(example: Example, folder: Path, settings: str = "") -> Result:
    """The example as files, through the library's own door."""
    folder.mkdir(exist_ok=True)
    findings = folder / ("findings.toml" if "[[finding]]" in example.findings else "findings.csv")
    (folder / "units.csv").write_text(example.units or FRAME.units, encoding="utf-8")
    findings.write_text(example.findings, encoding="utf-8")
    scheme = load_scheme(text=with_settings(whole(example.scheme), settings))
    units = load_units(folder / "units.csv", scheme)
    return score(scheme, load_facts(findings, scheme, units), units)


def answer(unit: UnitResult, what: str) -> object:
    """What the result says: points, a rank, a grade or a state."""
    if what in unit.items:
        item = unit.items[what]
        return item.state if item.points is None else item.points
    if what.startswith("section:"):
        return unit.sections[what.removeprefix("section:")]
    if what.startswith("part:"):
        part = unit.parts[what.removeprefix("part:")]
        return part.state if part.score is None else part.score
    if what.startswith("grade:"):
        return unit.parts[what.removeprefix("grade:")].grade
    found = getattr(unit, what)
    return "none" if found is None else found


def reckoned(text: str) -> Fraction | None:
    """What the arithmetic `… = result` comes to; its result must be that, rounded."""
    sums, equals, stated = text.rpartition(" = ")
    if not equals:
        return None
    value = Sum(sums).value()
    assert str(from_fraction(value)) == stated.replace("−", "-"), text
    return value


@named
def test_an_example_comes_to_what_the_page_says(name: str, tmp_path: Path) -> None:
    """Every line: its arithmetic adds up, and the engine gives the same."""
    example = ALL[name]
    assert example.scheme
    assert example.expected
    results = {each: scored(example, tmp_path, each) for each, _line in example.expected}
    for settings, line in example.expected:
        unit, what, text = line.split(maxsplit=2)
        found = answer(results[settings][unit], what)
        value = reckoned(text)
        if value is None:
            assert str(found) == text, line
        elif isinstance(found, Points):
            assert found == from_fraction(value), line
        else:
            assert found == value, line


def test_the_pages_hold_every_tag_in_a_form_that_is_read() -> None:
    """A tag with a typing error would silently test nothing."""
    for page in PAGES:
        text = (DOCS / page).read_text(encoding="utf-8")
        tags = re.findall(r"^<!-- (?:scheme|units|findings|expect)\b.*$", text, re.MULTILINE)
        assert len(tags) == len(list(BLOCK.finditer(text)))


def test_the_arithmetic_is_really_added_up() -> None:
    with pytest.raises(AssertionError):
        reckoned("6 − 2 × 0.5 = 4")
    assert reckoned("6 − 2 × 0.5 = 5") == 5
