"""Runs pytest again and again, each time in a fork of one process that has loaded what others wrote.

    python tools/forked_pytest.py    (in the folder of a checkout; requests on stdin, answers on stdout)

A request is a line of JSON: `{"arguments": […], "output": FILE, "seconds": LIMIT}`; the answer is the exit
code, or one of the codes below. Invariant: nothing of the project is loaded here, so that every fork loads
it anew from the folder; a fork shares nothing with the next one.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

ELSEWHERE: Final = -1
"""The project is imported from another folder."""
TOO_LONG: Final = -2
_ELSEWHERE_EXIT: Final = 99
_LOADED: Final = ("pytest", "hypothesis", "numpy", "pydantic", "tomli", "click", "babel.messages", "openpyxl")
"""What nearly every test loads. Not Textual and Polars: those look at the environment, or start threads."""


def main() -> int:
    """Answers requests until there are none."""
    for name in _LOADED:
        with suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        request = json.loads(line)
        code = in_fork(request["arguments"], request["output"], request["seconds"])
        print(code, flush=True)
    return 0


def in_fork(arguments: list[str], output: str, seconds: float) -> int:
    """The exit code of pytest, run in a fork with a process group of its own."""
    asks = os.getppid()
    child = os.fork()
    if child == 0:
        _run(arguments, output)
    end = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return ELSEWHERE if code == _ELSEWHERE_EXIT else code
        if time.monotonic() > end or os.getppid() != asks:  # nobody waits for the answer any more
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return TOO_LONG
        time.sleep(0.01)


def _run(arguments: list[str], output: str) -> NoReturn:
    code = _ELSEWHERE_EXIT
    try:
        os.setsid()
        _redirect(output)
        here = Path.cwd()
        sys.path[0] = str(here)  # as `python -m pytest` has it, in place of the folder of this file
        sys.argv = ["pytest", *arguments]
        spec = importlib.util.find_spec("govscore")
        if spec is not None and spec.origin is not None and Path(spec.origin).is_relative_to(here):
            import pytest

            code = int(pytest.main(arguments))
    except BaseException as error:  # noqa: BLE001 - a fork must not go on as its parent
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        code = 3
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _redirect(output: str) -> None:
    """Nothing comes in; everything goes into the file, that of processes of the tests, too."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for old, new in ((nothing, 0), (file, 1), (file, 2)):
        os.dup2(old, new)


if __name__ == "__main__":
    sys.exit(main())
