"""Numbered cases by the hundred thousand, in forked workers: every failure with its number and its text.

    python -m tests.faults.many_cases schemes|tables [--cases 1000000] [--first 0] [--jobs 2]

Invariant: a case is known by its number alone; whatever it raises, and whatever takes longer than
`SECONDS`, is a failure.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tests.faults import mutated_schemes, mutated_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS: Final = 2.0
"""Of processor time, for one case."""
_HANGS: Final = 20.0
_CHUNK: Final = 200
_SHOWN: Final = 10


class Kind(Protocol):
    """A module with cases of one kind."""

    def text_of(self, number: int) -> bytes:
        """The text of a case."""

    def judge(self, number: int) -> str:
        """What became of it, in a word."""


KINDS: Final[dict[str, Kind]] = {"schemes": mutated_schemes, "tables": mutated_tables}
Failure = tuple[int, str]


class TooSlowError(Exception):
    """A case took so long that it was given up."""


def outcome(kind: Kind, number: int) -> tuple[str, str]:
    """What became of a case, and how it failed if it did."""
    signal.setitimer(signal.ITIMER_PROF, _HANGS)
    start = time.process_time()
    try:
        word = kind.judge(number)
    except Exception:  # noqa: BLE001 - whatever it is, it is a failure of the case
        return "failed", traceback.format_exc(limit=-8)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - start
    return ("failed", f"took {took:.1f} s") if took > SECONDS else (word, "")


def _give_up(*_: object) -> None:
    raise TooSlowError(f"not done after {_HANGS:.0f} s")


def _begin() -> None:
    gc.freeze()  # the texts are never looked through again
    signal.signal(signal.SIGPROF, _give_up)


def _chunk(name: str, cases: range) -> tuple[Counter[str], list[Failure]]:
    words: Counter[str] = Counter()
    failures = []
    for number in cases:
        word, how = outcome(KINDS[name], number)
        words[word] += 1
        if how:
            failures.append((number, how))
    return words, failures


def run(name: str, first: int, cases: int, jobs: int) -> tuple[Counter[str], list[Failure]]:
    """Judges cases: how many came to what, and the failures by their numbers."""
    KINDS[name].text_of(first)  # what all cases begin with is read once, before there are workers
    end = first + cases
    chunks = [range(start, min(start + _CHUNK, end)) for start in range(first, end, _CHUNK)]
    words: Counter[str] = Counter()
    failures: list[Failure] = []
    with multiprocessing.get_context("fork").Pool(jobs, initializer=_begin) as pool:
        for some, failed in pool.imap_unordered(partial(_chunk, name), chunks):
            words += some
            failures += failed
    return words, sorted(failures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if a case failed; its text is kept in the temporary folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.many_cases")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    start = time.monotonic()
    words, failures = run(options.kind, options.first, options.cases, options.jobs)
    kept = Path(tempfile.mkdtemp(prefix="govscore-cases-")) if failures else None
    for number, how in failures[:_SHOWN]:
        path = (kept or Path()) / f"{options.kind}-{number}"
        path.write_bytes(KINDS[options.kind].text_of(number))
        print(f"--- case {number}, kept as {path}\n{how}")
    took = time.monotonic() - start
    told = ", ".join(f"{count} {word}" for word, count in sorted(words.items()))
    print(f"{options.kind}: {told}; {options.cases / took:.0f} a second with {options.jobs} workers")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
