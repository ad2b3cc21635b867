"""Every way a scheme's TOML can be wrong has a file here, and is told at the right line and column."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import tomli

from govscore.errors import InputError, Problem, message_kinds
from govscore.i18n import speaking
from govscore.scheme.encoding import MAX_BYTES
from govscore.scheme.limits import MAX_LINES, MAX_SIGNS
from govscore.scheme.source import parse

FOLDER: Final = Path(__file__).with_name("scheme")
FILES: Final = sorted(path.name for path in FOLDER.glob("toml.*.toml"))
EXPECTED: Final[dict[str, list[dict[str, Any]]]] = tomli.loads((FOLDER / "expected.toml").read_text("utf-8"))
# Too large for the repository.
GENERATED: Final[dict[str, tuple[Callable[[], str], int, int]]] = {
    "toml.too-large": (lambda: "#" * (MAX_BYTES + 1), 1, 1),
    "toml.too-many-lines": (lambda: "\n" * MAX_LINES, MAX_LINES + 1, 1),
    "toml.too-many-signs": (lambda: "x = [" + "1," * (MAX_SIGNS // 2) + "]", 1, MAX_SIGNS + 3),
}
# Hostile text, as expressions: made inside the child, whose processor time is limited.
HOSTILE: Final = {
    "dotted key": "'.'.join('a' * 10_000) + ' = 1'",
    "dotted header": "'[' + '.'.join('a' * 10_000) + ']'",
    "quoted dotted key": "'.'.join(['\"a\"'] * 10_000) + ' = 1'",
    "open brackets": "'x = ' + '[' * 10**5",
    "header brackets": "'[' * 10**5",
    "full-width brackets": "'x = ' + '［' * 10**5",
    "nested tables": "'x = ' + '{a = ' * 10**5",
    "long integer": "'x = 1' + '0' * 4_000",
    "longer integer": "'x = 1' + '0' * 10**6",
    "long hexadecimal": "'x = 0x' + 'f' * 10**6",
    "huge exponent": "'x = 1e' + '9' * 4_000",
    "endless string": "'x = \"' + 'y' * (2 * 10**6)",
    "endless backslashes": "'x = \"' + '\\\\' * (2 * 10**6)",
    "endless lines of text": "'x = \"\"\"' + 'y\\n' * 19_000",
    "quotes": "'\"' * 10**6",
    "curly quotes": "'“' * 6 * 10**5",
    "full-width signs": "'＝' * 6 * 10**5",
    "full-width digits": "'１' * 6 * 10**5",
    "Chinese without quotes": "'x = ' + '政' * 6 * 10**5",
    "10^5 keys": "'\\n'.join(f'k{n} = 1' for n in range(10**5))",
    "10^5 keys in a line": "'x = {' + ', '.join(f'k{n} = 1' for n in range(10**5)) + '}'",
    "10^5 tables": "'\\n'.join(f'[k{n}]' for n in range(10**5))",
    "a mistake a line": "'\\n'.join(f'k{n} = x' for n in range(19_000))",
    "a duplicate a line": "'k = 1\\n' * 19_000",
    "an open bracket a line": "'k = [\\n' * 19_000",
    "commas": "'x = [' + ',' * 10**5 + ']'",
    "words in a list": "'x = [' + 'y,' * 5 * 10**4 + ']'",
    "control characters": "'\\x01' * 10**6",
    "all bytes": "bytes(range(256)) * 8_000",
}
CHILD: Final = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from govscore.errors import InputError
from govscore.scheme.source import parse
source = eval(sys.argv[1])
import time
start = time.process_time()
try:
    parse(source, "hostile.toml")
except InputError as error:
    str(error)
    print(time.process_time() - start, error.problems[0].id)
"""


def problems_of(source: str | bytes, name: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse(source, name)
    return caught.value.problems


def test_every_syntax_message_has_a_broken_file() -> None:
    ids = {id for id in message_kinds() if id.startswith("toml.")}
    assert ids == {file.removesuffix(".toml").split("--")[0] for file in FILES} | set(GENERATED)


def test_every_broken_file_says_what_is_expected() -> None:
    assert sorted(name for name in EXPECTED if name.startswith("toml.")) == FILES


@pytest.mark.parametrize("file", FILES)
def test_a_broken_file_gets_its_messages_in_their_places(file: str) -> None:
    problems = problems_of((FOLDER / file).read_bytes(), file)
    found = [(each.id, each.place.line, each.place.column) for each in problems]
    expected = [(each["id"], each["line"], each["column"]) for each in EXPECTED[file]]
    assert file.removesuffix(".toml").split("--")[0] in {each.id for each in problems}
    if file == "toml.more.toml":
        assert [found[0], *found[-2:]] == expected
        return
    assert found == expected
    with speaking("en"):
        for each, wanted in zip(problems, EXPECTED[file], strict=True):
            assert str(each).startswith(f"{file}:{wanted['line']}:{wanted['column']}: ")
            assert [word for word in wanted["words"] if word not in str(each)] == []


@pytest.mark.parametrize("id", GENERATED)
def test_a_file_beyond_a_limit_is_refused(id: str) -> None:
    make, line, column = GENERATED[id]
    (only,) = problems_of(make(), "large.toml")
    assert (only.id, only.place.line, only.place.column) == (id, line, column)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gets_its_message_quickly(
    text: str, record_property: Callable[[str, object], None]
) -> None:
    """The budget is 1 s of processor time; 5 s of wall time leave room for a busy machine."""
    start = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-c", CHILD, text], capture_output=True, text=True, timeout=30, check=False
    )
    wall = time.monotonic() - start
    assert child.returncode == 0, child.stderr
    seconds, id = child.stdout.split()
    record_property("processor_seconds", seconds)
    assert id.startswith("toml.")
    assert wall < 5, f"{seconds} s of processor time"
