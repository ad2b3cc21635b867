"""The rules of the house: small files, small functions, and a floor for everything."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
FILE_LINES: Final = 400
FUNCTION_LINES: Final = 40
"""Without the docstring."""
FOLDERS: Final = ("src", "tests", "tools", "bench")
CONFIGURATION: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {str(path.relative_to(ROOT)): count for path, count in lengths.items() if count > FILE_LINES} == {}


def test_functions_are_short() -> None:
    functions = [
        (path, node)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function) and length(node) > FUNCTION_LINES
    ]
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length(node)} lines"
        for path, node in functions
    ]
    assert long == []


def test_a_docstring_does_not_make_a_function_long() -> None:
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert isinstance(tree.body[0], ast.FunctionDef)
    assert length(tree.body[0]) == 2


def test_everything_in_the_package_has_a_floor() -> None:
    contracts = CONFIGURATION["tool"]["importlinter"]["contracts"]
    layers = next(each for each in contracts if each["type"] == "layers")
    assert layers["exhaustive"] is True
    floors = {name.strip(" ()") for layer in layers["layers"] for name in layer.replace(":", "|").split("|")}
    package = ROOT / "src" / "govscore"
    folders = {each.parent.name for each in package.glob("*/__init__.py")}
    files = {each.stem for each in package.glob("*.py")} - {"__init__", "__main__"}
    assert folders | files <= floors


def test_every_folder_with_code_is_a_package() -> None:
    bare = {
        path.parent for path in (ROOT / "src").rglob("*.py") if not (path.parent / "__init__.py").exists()
    }
    assert bare == set()


def test_the_import_contracts_are_kept() -> None:
    program = shutil.which("lint-imports", path=sysconfig.get_path("scripts")) or shutil.which("lint-imports")
    if program is None:
        pytest.fail("lint-imports is not installed: pip install '.[test]'")
    done = subprocess.run(
        [program, "--no-cache"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "src" / "govscore" / "py.typed").is_file()
    assert sys.version_info >= (3, 11)
