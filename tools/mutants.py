"""Does the suite notice? Each mutant is one small mistake, planted in a copy; its tests must fail.

The tests run in forks of a process that has loaded pytest and its like (`tools/forked_pytest.py`); the
project itself is loaded anew each time.

    python -m tools.mutants [--only NAME] [--jobs 2] [--file tests/mutants.toml]

Invariant: a mutant counts as killed only if its tests pass without it, run with it, and fail; a copy
that cannot be collected, or in which nothing ran, proves nothing and is a fault of the list.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools import forked_pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
LIST: Final = ROOT / "tests" / "mutants.toml"
LIMIT: Final = 600.0
"""Seconds that the tests of one mutant may take."""
_LEFT_OUT: Final = shutil.ignore_patterns(
    ".*_cache", "__pycache__", "*.pyc", ".git", ".venv", "venv", "dist", "build", "*.egg-info", ".hypothesis"
)
_PASSED, _FAILED = 0, 1  # exit codes of pytest
_QUIET: Final = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
"""Plugins are loaded before there are tests, so their own assertions are not taken apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """One mistake: the text that is replaced in a file, and the tests that must notice."""

    name: str
    file: str
    find: str
    replace: str
    test: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a mutant; `word` is "killed" if all is well."""

    name: str
    word: str
    seconds: float
    output: str = ""


def load(path: Path) -> list[Mutant]:
    """The mutants of this list, checked.

    Raises:
        SystemExit: a key is missing or unknown, a name is used twice, or a text is not found once.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    faults, mutants = [], []
    for row in rows:
        try:
            mutants.append(Mutant(**{**row, "test": tuple(row["test"])}))
        except (TypeError, KeyError) as error:
            faults.append(f"{row.get('name', row)}: {error}")
    names = [each.name for each in mutants]
    faults += [f"{name}: used twice" for name in sorted({name for name in names if names.count(name) > 1})]
    faults += [fault for each in mutants for fault in _text_faults(each)]
    if faults:
        raise SystemExit("\n".join([f"{path.name}: not in order", *faults]))
    return mutants


def _text_faults(mutant: Mutant) -> list[str]:
    path = ROOT / mutant.file
    if not path.is_file():
        return [f"{mutant.name}: no file {mutant.file}"]
    count = path.read_text(encoding="utf-8").count(mutant.find)
    faults = (
        [] if count == 1 else [f"{mutant.name}: its text stands {count} times in {mutant.file}, not once"]
    )
    if mutant.find == mutant.replace or not mutant.test:
        faults.append(f"{mutant.name}: it changes nothing or names no test")
    return faults


class Copy:
    """A copy of the tree, in which tests run one after the other, each time in a process of their own."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="govscore-mutant-")
        self.path = Path(self._folder.name) / "govscore"
        shutil.copytree(ROOT, self.path, ignore=_LEFT_OUT, symlinks=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        environment |= {"PYTHONPATH": str(self.path / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        compile_all = [sys.executable, "-m", "compileall", "-q", "src", "tests", "tools"]
        subprocess.run(compile_all, cwd=self.path, env=environment, check=True)
        self._server = subprocess.Popen(
            [sys.executable, str(ROOT / "tools" / "forked_pytest.py")],
            cwd=self.path, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._planted = 0

    def close(self) -> None:
        """Ends the server and takes the copy away."""
        self._server.communicate()
        self._folder.cleanup()

    def run(self, tests: tuple[str, ...], mutant: Mutant | None) -> tuple[int, str]:
        """Runs these tests, with the mutant if there is one: exit code and output."""
        with self._with(mutant) if mutant is not None else nullcontext():
            return self._pytest(tests)

    @contextmanager
    def _with(self, mutant: Mutant) -> Iterator[None]:
        path = self.path / mutant.file
        text, stat = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(text.replace(mutant.find, mutant.replace), encoding="utf-8")
        # Never the time of the sound file or of another mutant, so that no compiled file is taken for it.
        self._planted += 1
        later = (int(time.time()) + 1000 * self._planted) * 10**9
        os.utime(path, ns=(later, later))
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def _pytest(self, tests: tuple[str, ...]) -> tuple[int, str]:
        output = Path(self._folder.name) / "output"
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *_QUIET, *tests]
        request = {"arguments": arguments, "output": str(output), "seconds": LIMIT}
        if self._server.stdin is None or self._server.stdout is None:
            raise RuntimeError("no pipes")
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        if code == forked_pytest.ELSEWHERE:
            return code, "the copy is not the one that Python imports"
        if code == forked_pytest.TOO_LONG:
            return code, f"not done after {LIMIT:.0f} s"
        return code, output.read_text(encoding="utf-8", errors="replace")


_local = threading.local()
_copies: list[Copy] = []


def run_tests(tests: tuple[str, ...], mutant: Mutant | None = None) -> tuple[int, str]:
    """Runs these tests in this thread's copy, with the mutant if there is one: exit code and output."""
    if not hasattr(_local, "copy"):
        _local.copy = Copy()
        _copies.append(_local.copy)
    copy: Copy = _local.copy
    return copy.run(tests, mutant)


def judge(mutant: Mutant, sound: dict[tuple[str, ...], tuple[int, str]]) -> Outcome:
    """Whether the tests of this mutant notice it."""
    start = time.monotonic()
    code, output = sound[mutant.test]
    if code != _PASSED or " passed" not in output:
        return Outcome(
            name=mutant.name, word="its tests fail, or run nothing, without it", seconds=0, output=output
        )
    code, output = run_tests(mutant.test, mutant)
    if code == _FAILED:
        word, output = "killed", ""
    elif code == _PASSED:
        word = "SURVIVED"
    else:
        word = f"proves nothing (exit code {code})"
    return Outcome(name=mutant.name, word=word, seconds=time.monotonic() - start, output=output)


def judge_all(mutants: Sequence[Mutant], jobs: int) -> list[Outcome]:
    """Judges every mutant; each set of tests is first run once without any."""
    sets = sorted({each.test for each in mutants})
    try:
        with ThreadPoolExecutor(jobs) as pool:
            sound = dict(zip(sets, pool.map(run_tests, sets), strict=True))
            outcomes = []
            for outcome in pool.map(lambda each: judge(each, sound), mutants):
                line = f"{outcome.seconds:6.1f} s  {outcome.word}: {outcome.name}"
                print(line, file=sys.stderr, flush=True)
                outcomes.append(outcome)
            return outcomes
    finally:
        while _copies:
            _copies.pop().close()


def table(outcomes: Iterable[Outcome]) -> str:
    """A line a mutant, and what the tests printed where one was not killed."""
    outcomes = list(outcomes)
    width = max((len(each.name) for each in outcomes), default=0)
    lines = [f"{each.name:<{width}}  {each.seconds:6.1f} s  {each.word}" for each in outcomes]
    for each in outcomes:
        if each.output:
            lines += ["", f"--- {each.name}: {each.word}", *each.output.splitlines()[-15:]]
    killed = sum(each.word == "killed" for each in outcomes)
    return "\n".join([*lines, f"mutants: {killed} of {len(outcomes)} killed"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if any mutant was not killed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", metavar="NAME", help="this mutant (may be repeated)")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--file", type=Path, default=LIST)
    options = parser.parse_args(arguments)
    mutants = load(options.file)
    if unknown := set(options.only or ()) - {each.name for each in mutants}:
        raise SystemExit(f"no mutant named {', '.join(sorted(unknown))}")
    chosen = [each for each in mutants if not options.only or each.name in options.only]
    if not chosen:
        raise SystemExit("the list holds no mutant")
    outcomes = judge_all(chosen, options.jobs)
    print(table(outcomes))
    return 0 if all(each.word == "killed" for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
