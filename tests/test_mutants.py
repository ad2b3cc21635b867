"""The list of mutants is in order; `.ci/full` plants them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools import forked_pytest, mutants

if TYPE_CHECKING:
    from pathlib import Path

ROW = '[[mutant]]\nname = "a"\nfile = "LICENSE"\nfind = "{find}"\nreplace = "b"\ntest = ["tests/x.py"]\n'


def test_every_mutant_can_be_planted_and_names_tests_that_are_there() -> None:
    for mutant in mutants.load(mutants.LIST):
        for test in mutant.test:
            assert (mutants.ROOT / test.partition("::")[0]).exists(), test


@pytest.mark.parametrize("find", ["never there", "the"])
def test_a_text_that_does_not_stand_exactly_once_is_a_fault(tmp_path: Path, find: str) -> None:
    path = tmp_path / "mutants.toml"
    path.write_text(ROW.format(find=find), encoding="utf-8")
    with pytest.raises(SystemExit, match="not once"):
        mutants.load(path)


@pytest.mark.parametrize("text", ['[[mutant]]\nname = "a"\n', ROW.format(find="END OF TERMS") * 2])
def test_a_list_that_is_not_in_order_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mutants.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match="not in order"):
        mutants.load(path)


@pytest.mark.parametrize(
    ("without", "with_it", "word"),
    [
        ((0, "1 passed"), (1, ""), "killed"),
        ((0, "1 passed"), (0, "1 passed"), "SURVIVED"),
        ((0, "1 passed"), (2, "error"), "proves nothing (exit code 2)"),
        ((0, "1 skipped"), (1, ""), "its tests fail, or run nothing, without it"),
        ((1, "1 failed"), (1, ""), "its tests fail, or run nothing, without it"),
    ],
)
def test_only_tests_that_pass_without_and_fail_with_a_mutant_kill_it(
    monkeypatch: pytest.MonkeyPatch, without: tuple[int, str], with_it: tuple[int, str], word: str
) -> None:
    monkeypatch.setattr(mutants, "run_tests", lambda tests, mutant=None: with_it if mutant else without)
    one = mutants.Mutant(name="a", file="LICENSE", find="x", replace="y", test=("tests/x.py",))
    assert [each.word for each in mutants.judge_all([one], 1)] == [word]


def test_a_copy_is_sound_again_after_a_mutant_and_no_compiled_file_is_taken_for_another() -> None:
    """Two mutants of one file, as long as each other and as the sound text, one right after the other."""
    tests = ("tests/unit/test_points.py::test_a_division_rounds_halves_away_from_zero",)
    name, find = "src/govscore/points.py", "quotient += 2 * rest >= denominator"
    more, less = (mutants.Mutant(name="a", file=name, find=find, replace=text, test=tests) for text in (
        "quotient += 2 * rest >  denominator", "quotient += 3 * rest >= denominator",
    ))  # fmt: skip
    copy = mutants.Copy()
    try:
        codes = [copy.run(tests, one)[0] for one in (None, more, None, less, None)]
        assert codes == [0, 1, 0, 1, 0]
        assert (copy.path / name).read_text("utf-8") == (mutants.ROOT / name).read_text("utf-8")
    finally:
        copy.close()


@pytest.mark.parametrize(
    ("text", "code"),
    [("import time; time.sleep(60)", forked_pytest.TOO_LONG), ("import os; os._exit(7)", 7), ("x = 1", 5)],
)
def test_tests_that_hang_or_die_take_nothing_with_them(tmp_path: Path, text: str, code: int) -> None:
    tests = tmp_path / "test_x.py"
    tests.write_text(text, encoding="utf-8")
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(tests)]
    request = json.dumps({"arguments": arguments, "output": str(tmp_path / "output"), "seconds": 5})
    server = [sys.executable, str(mutants.ROOT / "tools/forked_pytest.py")]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        server, cwd=mutants.ROOT, env=alone, input=f"{request}\n{request}\n",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == [str(code)] * 2
