"""Before the book is read: the units are on the screen, keys wait, mistakes reach the caller."""

from __future__ import annotations

import json
import subprocess
import sys
from re import fullmatch
from threading import Event
from typing import TYPE_CHECKING

import pytest

from govscore.errors import RefusedError, message_kind, problem
from govscore.review.outline import GroupOutline, Outline, UnitOutline
from govscore.tui.app import DeskApp
from govscore.tui.screens.opening import OpeningScreen
from govscore.tui.screens.review import ReviewScreen
from tests.tui.desk import WORK, Sitting, clock
from tests.tui.example import example_book

if TYPE_CHECKING:
    from govscore.review.memory import MemoryBook

OUTLINE = Outline(
    "考核[/]", "示例数据，非真实考核结果", (GroupOutline("甲类", (UnitOutline("一局\x1b[31m", 12),)),)
)
KIND = message_kind("test.no_book", "there is no book")


class Slow:
    """A book that is opened when the test says so."""

    def __init__(self, book: MemoryBook | None = None) -> None:
        self.book = book
        self.may = Event()
        self.asked = Event()

    def __call__(self) -> MemoryBook:
        self.asked.set()
        assert self.may.wait(30)
        if self.book is None:
            raise RefusedError(problem(KIND))
        return self.book


def lines(app: DeskApp) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip if not segment.control).rstrip() for strip in strips]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_units_are_shown_before_the_book_is_open(size: tuple[int, int]) -> None:
    slow = Slow(example_book(without=WORK))
    app = DeskApp(slow, outline=OUTLINE, clock=clock)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert slow.asked.wait(30)
        shown = lines(app)
        assert type(app.screen) is OpeningScreen
        assert shown[0].startswith(" 考核[/]")
        assert shown[0].endswith("正在打开…")
        assert shown[1].strip() == "示例数据，非真实考核结果"
        assert shown[3].strip() == "甲类"
        assert shown[4].split() == ["·", "一局␛[31m", "12/…"]  # no score, no rank: nothing is known of them
        slow.may.set()
        while not app.is_open:
            await pilot.pause(0.01)
        await pilot.pause()
        assert app.screen_stack[-1] is app.overview_screen
        row = lines(app)[4].split()
        assert row[:2] == ["▸●", "区政府办"]
        assert any(fullmatch(r"\d+\.\d\d", word) for word in row)
    app.close()


async def test_keys_typed_meanwhile_reach_the_overview_in_their_order() -> None:
    slow = Slow(example_book(without=WORK))
    app = DeskApp(slow, outline=OUTLINE, clock=clock)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("slash", *"司法", "enter")  # the second key goes into the box that the first opens
        slow.may.set()
        while not isinstance(app.screen, ReviewScreen):
            await pilot.pause(0.01)
        await Sitting(app, pilot, slow.book or example_book()).settle()
        assert app.screen.unit is not None
        assert app.screen.unit.name == "区司法局"
    app.close()


async def test_a_book_that_cannot_be_opened_ends_the_desk_with_its_reason() -> None:
    slow = Slow()
    app = DeskApp(slow, outline=OUTLINE, clock=clock)
    async with app.run_test() as pilot:
        await pilot.pause()
        slow.may.set()
        app.wait()
        await pilot.pause()
    app.close()
    assert isinstance(app.failure, RefusedError)
    assert app.failure.problems[0].id == "test.no_book"
    assert app.return_code == 70


async def test_one_can_leave_before_the_book_is_open() -> None:
    slow = Slow(example_book(without=WORK))
    app = DeskApp(slow, outline=OUTLINE, clock=clock)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert slow.asked.wait(30)
        await pilot.press("q")
        assert app.return_code == 0
    slow.may.set()
    app.close()
    assert app.failure is None


def test_nothing_that_scores_is_loaded_before_the_first_frame() -> None:
    code = """
import json, sys
import govscore.cli.commands.review, govscore.office.peek, govscore.tui.app, govscore.tui.screens.opening
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert {"numpy", "pydantic", "polars", "tree_sitter", "tomli"}.isdisjoint(json.loads(done.stdout))
