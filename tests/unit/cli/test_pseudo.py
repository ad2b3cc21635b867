"""Nothing is said past the catalogue: in a language whose sentences are ⟦English⟧ all words are inside."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import pytest

from govscore.cli.root import COMMANDS
from tests.unit.cli import small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Run

_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_NOT_SENTENCES = re.compile(r"--?[a-z]+(-[a-z]+)*|\[[a-z|]+\]|zh_CN\|en|\[[a-z.-]+\]")
_CLICK = ("[required]",)


def outside(text: str) -> set[str]:
    """Words that stand outside all brackets."""
    for own in _CLICK:
        text = text.replace(own, "")
    before = None
    while before != text:
        before, text = text, _INNERMOST.sub(" ", text)
    return set(re.findall(r"[A-Za-z]{3,}", _NOT_SENTENCES.sub(" ", text)))


def test_the_probe_would_notice() -> None:
    assert outside("⟦said ⟦inside⟧⟧ and outside --option [note.id]") == {"and", "outside"}


@pytest.mark.usefixtures("pseudo")
def test_help_is_said_through_the_catalogue(run: Run) -> None:
    for name in ("", *COMMANDS):
        done = run(*([name] if name else []), "--help")
        assert done.code == 0
        assert outside(done.out) <= {"govscore", *COMMANDS}, name


COMMAND_LINES: Final[tuple[tuple[list[str], set[str]], ...]] = (
    (["check"], set()),
    (["score"], {"HYPERLINK", "http", "one", "two", "three", "four"}),
    (["rank"], {"HYPERLINK", "http"}),
    (["explain", "one"], {"one"}),
    (["explain", "one", "1"], {"one"}),
    (["explain", "on"], {"one", "UNIT"}),
    (["whatif", "one"], {"one"}),
    (["whatif", "one", "1"], {"one"}),
    (["status"], {*COMMANDS, "reviewer", "leader"}),
    (["status", "--full"], {*COMMANDS, "reviewer", "leader"}),
    (["submit"], set()),
    (["score", "nowhere"], {"nowhere"}),
    (["review"], set()),
    (["score", "--units", "u"], set()),
)
"""Command lines, and the words in what they say that are data."""
CLICK_WORDS: Final = {"Error", "Try", "for", "help", "Invalid", "value"}


@pytest.mark.usefixtures("pseudo")
def test_everything_else_is_said_through_the_catalogue(run: Run, tmp_path: Path) -> None:
    folder = small.write(tmp_path / "small")
    for arguments, data in COMMAND_LINES:
        done = run(*arguments, folder=folder)
        said = unicodedata.normalize("NFKC", done.out + done.err)
        assert outside(said) <= {"govscore", arguments[0], *data, *CLICK_WORDS}, arguments
