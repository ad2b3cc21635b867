"""Whatever keys are pressed: the desk goes on, and shows what is saved and what it comes to.

GOVSCORE_KEYS sets how many keys are pressed on each scheme.
"""

from __future__ import annotations

import os
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from govscore.review.memory import MemoryBook
from govscore.scoring.board import Board
from govscore.tui.app import DeskApp
from tests.cases import random_case
from tests.tui.desk import SIZES, WORK, desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from tests.tui.desk import Sitting

KEYS: Final = int(os.environ.get("GOVSCORE_KEYS") or (2_000 if os.environ.get("GOVSCORE_FULL") else 100))
CASES: Final = 12 if os.environ.get("GOVSCORE_FULL") else 3
"""Schemes of the oracle's generator, which use all of the language."""

_OFTEN: Final = ("enter",) * 14 + ("w", "u", "r", "x", "escape", "down", "up", "plus", "A") * 2
_SELDOM: Final = (
    *"0123456789abcdfnpgkio/?",
    *("left", "right", "tab", "shift+tab", "space", "minus", "backspace", "delete", "pageup", "pagedown"),
    *("home", "end", "ctrl+p", "ctrl+t", "ctrl+up", "ctrl+down", "left_square_bracket"),
    *("right_square_bracket", *"办［/]无，", "[", "]"),
)


def book_of(number: int) -> MemoryBook:
    """The example, or a random scheme with some of its findings."""
    if number == 0:
        return example_book(without=WORK)
    one = random_case(number)
    decided = Random(number).sample(sorted({row[:2] for row in one.rows}), k=min(9, len(one.rows) // 4))
    rows = [row for row in one.rows if row[:2] in decided]
    return MemoryBook.of(one.scheme, one.units, rows, author="李四")


@pytest.mark.parametrize("number", range(CASES + 1))
async def test_any_keys(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng, book = Random(number), book_of(number)
    monkeypatch.setattr(DeskApp, "exit", stays)
    async with desk(SIZES[number % len(SIZES)], book=book) as at:
        for count in range(KEYS):
            await at.pilot.press(rng.choice(_OFTEN if rng.random() < 0.6 else _SELDOM))
            assert at.app.is_running
            if count % 30 == 29:
                await at.pilot.resize_terminal(*rng.choice(SIZES))
                await at.settle()
                assert at.lines()
        await at.settle()
        check(at, book)


def stays(app: DeskApp, *_result: object, return_code: int = 0, **_more: object) -> None:
    """Whoever finds the command that ends the desk goes on working; ending for a failure does not count."""
    assert return_code == 0, app.failure


def check(at: Sitting, book: MemoryBook) -> None:
    """Everything decided is saved, and the figures are those of scoring from scratch."""
    shown = at.app.desk
    assert at.app.failure is None
    assert not shown.unsaved
    assert shown.jobs == 0
    for unit in book.units:
        for item in book.scheme.entries:
            assert shown.finding(unit.unit, item) == book.finding(unit.unit, item)
    for board in (shown.board, book.board):
        result = board.result()
        assert Board(book.scheme, result.facts, book.units).result().units == result.units
