"""Help pages: in either language, aligned, and complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from govscore.cli import help as pages
from govscore.cli.root import COMMANDS, govscore
from govscore.text import width

if TYPE_CHECKING:
    from click.testing import Result

    from tests.unit.cli.conftest import Run


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(govscore, [*arguments])


def test_every_command_stands_in_the_help_with_one_line() -> None:
    page = ask("--help")
    assert page.exit_code == 0
    lines = [line.split() for line in page.stdout.splitlines() if line.startswith("  ")]
    assert set(COMMANDS) <= {line[0] for line in lines if len(line) > 1}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_command_has_a_page(name: str, language: str) -> None:
    page = ask("--lang", language, name, "--help")
    assert page.exit_code == 0
    assert page.stderr == ""
    assert ("用法：" if language == "zh_CN" else "Usage:") in page.stdout
    assert max(map(width, page.stdout.splitlines())) <= 80


def test_click_itself_speaks_chinese() -> None:
    page = ask("score", "--help")
    assert "用法：" in page.stdout
    assert "选项：" in page.stdout
    assert "显示本页。" in page.stdout
    refused = ask("score", "--nonsense")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert "没有选项 '--nonsense'" in refused.stderr


def test_click_itself_speaks_english() -> None:
    refused = ask("score", "--nonsense", "--lang", "en")
    assert "No such option '--nonsense'." in refused.stderr


def test_a_page_has_no_english_in_chinese(run: Run) -> None:
    for name in COMMANDS:
        page = run(name, "--help").out
        words = {word for word in page.split() if word.isalpha() and word.isascii() and len(word) > 3}
        assert words <= {"govscore", *COMMANDS, "JSON", "Parquet", "ranking", "null"}, name


def test_an_unknown_command_is_refused_with_the_nearest() -> None:
    refused = ask("explian")
    assert refused.exit_code == 2
    assert "explain" in refused.stderr


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("一二三四五", 4, ["一二", "三四", "五"]),
        ("一二，三", 4, ["一", "二，", "三"]),
        ("one two", 5, ["one", "two"]),
        ("one\ntwo", 80, ["one", "two"]),
        ("用 --lang 选", 6, ["用", "--lang", "选"]),
        ("", 10, []),
    ],
)
def test_lines_break_where_they_may(text: str, cells: int, lines: list[str]) -> None:
    assert pages.wrap(text, cells) == lines


@pytest.mark.parametrize(("columns", "expected"), [("200", 78), ("60", 58), ("1", 50), ("", 78), ("x", 78)])
def test_a_page_is_as_wide_as_the_terminal_within_reason(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert pages.page_width(80) == expected


def test_a_long_term_stands_on_a_line_of_its_own() -> None:
    formatter = pages.WideFormatter(width=40)
    formatter.write_dl([("--a-very-long-option-with-a-name LONG", "说明"), ("-o", "")])
    assert formatter.getvalue().splitlines() == [
        "--a-very-long-option-with-a-name LONG",
        " " * 34 + "说明",
        "-o",
    ]
