"""`govscore schema`: to stdout or a file, in the language set, never over the assessment's own files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli import small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "满分"), ("en", "Full marks")])
def test_it_is_printed_in_the_language_set(language: str, word: str, run: Run) -> None:
    done = run("schema", "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert word in json.loads(done.out)["properties"]["total"]["description"]


def test_it_is_written_whole_into_a_file(run: Run, tmp_path: Path) -> None:
    done = run("schema", "-o", "scheme.schema.json")
    assert done.code == 0
    assert done.out == ""
    assert "scheme.schema.json" in done.err
    assert json.loads((tmp_path / "scheme.schema.json").read_text("utf-8"))["$defs"]


@pytest.mark.parametrize("name", ["schema.toml", "schema.txt"])
def test_another_ending_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    done = run("schema", "-o", name)
    assert done.code == 2
    assert ".json" in done.err
    assert list(tmp_path.iterdir()) == []


def test_the_scheme_itself_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    (folder / "link.json").symlink_to(folder / "scheme.toml")
    before = (folder / "scheme.toml").read_bytes()
    done = run("schema", "-o", "link.json", folder=folder)
    assert done.code == 2
    assert (folder / "scheme.toml").read_bytes() == before


def test_two_runs_are_the_same_bytes(process: Run) -> None:
    assert process("schema").raw == process("schema").raw
