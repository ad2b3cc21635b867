"""`docs/lint.md` says what the linter says: its table, its example, its exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.unit.cli import small
from tests.unit.cli.conftest import run  # noqa: F401  a fixture
from tools import lint_page

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run

PAGE: Final = Path(__file__).parent.parent / "docs" / "lint.md"
BLOCKS: Final = dict(
    re.findall(r"<!-- lint: (\w+) -->\n```\w+\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
)


def test_the_table_is_that_of_the_registry() -> None:
    assert lint_page.page() == PAGE.read_text("utf-8")


def test_the_example_is_told_as_the_page_shows(run: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "scheme.toml").write_text(BLOCKS["example"], encoding="utf-8")
    done = run("check", "scheme.toml")
    assert (done.code, done.err + done.out) == (0, BLOCKS["said"])


def test_strict_ends_with_1_until_the_warnings_are_accepted(run: Run, tmp_path: Path) -> None:  # noqa: F811
    scheme = tmp_path / "scheme.toml"
    scheme.write_text(BLOCKS["example"], encoding="utf-8")
    done = run("check", "scheme.toml", "--strict")
    assert (done.code, done.err + done.out) == (1, BLOCKS["said"])
    scheme.write_text(BLOCKS["example"] + BLOCKS["accepted"], encoding="utf-8")
    done = run("check", "scheme.toml", "--strict", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert "warning" not in done.out


def test_a_mistake_ends_with_2_and_nothing_is_looked_over(run: Run, tmp_path: Path) -> None:  # noqa: F811
    text = BLOCKS["example"].replace('ties = "share"', 'ties = "shared"')
    (tmp_path / "scheme.toml").write_text(text, encoding="utf-8")
    done = run("check", "scheme.toml", "--strict")
    assert (done.code, done.out) == (2, "")
    assert "[W0" not in done.err


def test_a_folder_is_looked_over_with_its_units(run: Run, tmp_path: Path) -> None:  # noqa: F811
    folder = small.write(tmp_path / "small")
    (folder / "units.csv").write_text(
        "unit,name,group,tags\none,东城街道,a,\ntwo,西城街道,a,\n", encoding="utf-8"
    )
    (folder / "findings.csv").unlink()
    assert run("check", "scheme.toml", folder=folder).err == ""
    done = run("check", "--strict", "--lang", "en", folder=folder)
    assert done.code == 1
    assert "units.csv:3: the names of units one, two are one character apart: 东城街道, 西城街道" in done.err
    assert done.out.rstrip().endswith("· 1 warning")


def test_a_folder_with_a_record_is_looked_over_too(run: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "scheme.toml").write_text(BLOCKS["example"], encoding="utf-8")
    (tmp_path / "one" / "units.csv").write_text(
        "unit,name,group,tags\na,财政局,departments,\n", encoding="utf-8"
    )
    made = run("init", "one", "--reviewer", "张三", "--leader", "李四")
    assert made.code == 0, made.err
    done = run("check", "one", "--strict")
    assert done.code == 1
    assert [id for id in ("[W003]", "[W008]") if id not in done.err] == []
