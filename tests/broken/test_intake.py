"""What only shows under circumstances: missing, unreadable and oversized files, and rows in memory."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import Mock

import polars as pl
import pytest

import govscore
from govscore import tables
from govscore.facts.rows import COLUMNS
from govscore.i18n import speaking
from govscore.intake import csv_text, frames, load, source
from govscore.intake.files import read_bytes
from govscore.scoring import facts
from tests.broken.small import facts_problems, problems_of, scheme, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.errors import Problem

Broken = tuple[list["Problem"], str, str]
"""Problems, the place of the first, and words of it."""


def table(folder: Path, text: str, name: str = "findings.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def no_file(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    path = folder / "none.csv"
    assert facts_problems(str(path))[0].id == "intake.no-file"
    assert problems_of(lambda: govscore.load_scheme(folder / "none.toml"))[0].id == "intake.no-file"
    return facts_problems(path), str(path), "no such file"


def cannot_read(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    path = table(folder, "unit,item\n")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    patch.setattr(Path, "open", refuse)
    return facts_problems(path), str(path), "you have no permission for it"


def too_large(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    path = table(folder, "unit,item\n")
    return problems_of(lambda: read_bytes(path, 5)), str(path), "10 bytes"


def long_cell(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    text = f"unit,item,state,reason\njiaoyu,1,none,{'长' * 32_768}\n"
    path = table(folder, text)
    assert (
        facts_problems([{"unit": "jiaoyu", "item": "1", "reason": "长" * 40_000}])[0].id == "intake.long-cell"
    )
    return facts_problems(path), f"{path}:2:15", "32768 characters"


def too_many_rows(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    patch.setattr(csv_text, "MOST_ROWS", 2)
    patch.setattr(frames, "MOST_ROWS", 2)
    rows = "jiaoyu,1,none\ncaizheng,1,none\nxijie,1,none\n"
    path = table(folder, "unit,item,state\n" + rows)
    frame = pl.read_csv(path, infer_schema=False)
    assert facts_problems(frame)[0].id == "intake.too-many-rows"
    parquet = folder / "findings.parquet"
    frame.write_parquet(parquet)
    assert facts_problems(parquet)[0].id == "intake.too-many-rows"
    return facts_problems(path), f"{path}:4", "more than 2 rows"


def more(folder: Path, patch: pytest.MonkeyPatch) -> Broken:
    patch.setattr(source, "MOST_PROBLEMS", 3)
    patch.setattr(load, "MOST_PROBLEMS", 3)
    path = table(folder, "unit,item,state\n" + "nobody,1,none\n" * 10)
    problems = facts_problems(path)
    assert len(problems) == 4
    return problems[3:], f"{path}:4:1", "7 more problems"


def too_many_columns(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    """10⁵ columns are told in no time, and once."""
    path = table(folder, ",".join(f"c{number}" for number in range(100_000)) + "\n" + "," * 99_999 + "x\n")
    begin = time.monotonic()
    problems = facts_problems(path)
    assert time.monotonic() - begin < 1
    assert len(problems) == 1
    wide = folder / "findings.parquet"
    pl.DataFrame({f"c{number}": ["x"] for number in range(100)}).write_parquet(wide)
    assert [each.id for each in facts_problems(wide)] == ["intake.too-many-columns"]
    return problems, f"{path}:1:1", "100000 columns"


def not_a_row(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    return facts_problems([{"unit": "jiaoyu", "item": "1", "state": "none"}, 3]), "[1]", "found int"


def not_exact(folder: Path, _: pytest.MonkeyPatch) -> Broken:
    frame = pl.DataFrame({"unit": ["dongjie"], "item": ["6"], "fact": ["visits"], "value": [1 / 3]})
    path = folder / "findings.parquet"
    frame.write_parquet(path)
    assert str(facts_problems(frame)[0].place) == "value[0]"
    in_memory = [{"unit": "dongjie", "item": "6", "fact": "visits", "value": float("nan")}]
    assert str(facts_problems(in_memory)[0].place) == "[0].value"
    return facts_problems(path), f"{path}/value[0]", "0.3333333333333333"


def out_of_range(_folder: Path, _: pytest.MonkeyPatch) -> Broken:
    row = {"unit": "dongjie", "item": "6", "fact": "visits", "value": 10**4000}
    return facts_problems([row]), "[0].value", "1.000E+4000"


CASES: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], Broken]]] = {
    "intake.no-file": no_file,
    "intake.cannot-read": cannot_read,
    "intake.too-large": too_large,
    "intake.long-cell": long_cell,
    "intake.too-many-rows": too_many_rows,
    "intake.more": more,
    "intake.too-many-columns": too_many_columns,
    "intake.not-a-row": not_a_row,
    "intake.not-exact": not_exact,
    "intake.out-of-range": out_of_range,
}


@pytest.mark.parametrize("id", CASES)
def test_a_broken_source_is_told_under_its_id_in_its_place(
    id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems, place, words = CASES[id](tmp_path, monkeypatch)
    assert problems[0].id == id
    assert str(problems[0].place) == place
    with speaking("en"):
        assert words in str(problems[0])


@pytest.mark.parametrize(
    ("row", "wrong", "names"),
    [
        ("nobody,1,none", 20_000, 1),
        ("nobody{n},1,none", 20_000, source.MOST_PROBLEMS),
        ("jiaoyu,item{n},none", 20_000, source.MOST_PROBLEMS),
        ("jiaoyu,1,none", 19_999, 0),
    ],
)
def test_thousands_of_wrong_rows_are_counted_and_only_the_listed_ones_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, wrong: int, names: int
) -> None:
    """Looking a name up among all, and a cell in the text, is slow; `bench/wrong_rows.py` has the times."""
    asked, found = Mock(return_value=None), Mock(return_value=(1, 1))
    monkeypatch.setattr(facts, "nearest", asked)
    monkeypatch.setattr(csv_text._Lines, "_cell", found)
    path = table(tmp_path, "unit,item,state\n" + "".join(f"{row}\n".format(n=n) for n in range(20_000)))
    problems = facts_problems(path)
    assert len(problems) == source.MOST_PROBLEMS + 1
    assert problems[-1].data["count"] == str(wrong - source.MOST_PROBLEMS)
    assert asked.call_count == names
    assert found.call_count <= source.MOST_PROBLEMS


def test_all_mistakes_of_a_table_are_told_at_once_in_the_order_of_its_rows() -> None:
    rows = [
        {"unit": "xijie", "item": "1", "fact": "form", "value": "x"},
        {"unit": "nobody", "item": "1"},
        {"unit": "caizheng", "item": "1", "fact": "form", "value": "-1"},
    ]
    assert [str(each.place) for each in facts_problems(rows)] == ["[0].value", "[1].unit", "[2].value"]


def test_units_come_from_every_form_alike(tmp_path: Path) -> None:
    rows = [
        {"unit": each.unit, "name": each.name, "group": each.group, "tags": " ".join(each.tags)}
        for each in units()
    ]
    frame = pl.DataFrame(rows)
    frame.write_parquet(tmp_path / "units.parquet")
    lines = [
        f'[[unit]]\nunit = "{each["unit"]}"\nname = "{each["name"]}"\ngroup = "{each["group"]}"\n'
        for each in rows
    ]
    tags = [f"tags = {[each.tags[0]]}\n".replace("'", '"') if each.tags else "" for each in units()]
    (tmp_path / "units.toml").write_text(
        "".join(map("".join, zip(lines, tags, strict=True))), encoding="utf-8"
    )
    for given in (frame, rows, units(), tmp_path / "units.parquet", tmp_path / "units.toml"):
        assert govscore.load_units(given, scheme()) == units()


def test_the_columns_of_findings_are_those_of_a_row() -> None:
    assert set(tables.FINDINGS_REQUIRED) < set(COLUMNS)
