"""Driving the desk in tests: open it on a book, press keys, read the screen as text."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from govscore.text import width
from govscore.tui.app import DeskApp
from govscore.tui.screens.review import ReviewScreen
from govscore.tui.widgets.form import FormView
from govscore.tui.widgets.painted import Bar
from tests.tui.example import example_book

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from govscore.review.form import Form
    from govscore.review.memory import MemoryBook

OPEN_ITEMS = ("6", "7", "11", "13", "15", "25", "29", "32", "33", "44", "45", "47")
WORK = {"bureau-03": OPEN_ITEMS, "sifa": ()}
"""Units with open items: one in the middle of its review, one not begun."""
SIZES = ((80, 24), (100, 30), (140, 40))


def clock() -> datetime:
    return datetime(2024, 12, 20, 14, 2, 11, tzinfo=timezone(timedelta(hours=8)))


class Sitting:
    """A desk that is open, with its pilot."""

    def __init__(self, app: DeskApp, pilot: Pilot[None], book: MemoryBook) -> None:
        self.app = app
        self.pilot = pilot
        self.book = book

    async def press(self, *keys: str) -> None:
        """Presses keys and waits until everything they caused is done."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Waits for the clerk and for what it told."""
        for _ in range(4):
            self.app.clerk.wait()
            await self.pilot.pause()

    @property
    def review(self) -> ReviewScreen:
        screen = self.app.screen_stack[-1]
        screens = [each for each in self.app.screen_stack if isinstance(each, ReviewScreen)]
        assert screens, screen
        return screens[-1]

    @property
    def form(self) -> Form:
        form = self.review.query_one("#form", FormView).form
        assert form is not None
        return form

    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.lines())

    def status(self) -> str:
        """What the desk said last, as it stands on the status line (without what is saved)."""
        said = self.app.said[0]
        assert said in self.lines()[-2], (said, self.lines()[-2])
        return said

    def question(self) -> str:
        """The text of the question on the screen, as one line."""
        drawn = self.app.screen.query_one("#question", Bar)._drawn
        return "".join(text.strip() for line in drawn for text, _role in line)

    def lines(self) -> list[str]:
        """The screen's lines; each is exactly as wide as the screen."""
        strips = self.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip if not segment.control) for strip in strips]
        assert {width(line) for line in lines} == {self.app.size.width}
        return [line.rstrip() for line in lines]


@asynccontextmanager
async def desk(
    size: tuple[int, int] = (140, 40),
    *,
    book: MemoryBook | None = None,
    unit: str | None = None,
    export: Callable[[], Path] | None = None,
) -> AsyncIterator[Sitting]:
    """The desk on a book, at the overview or with a unit in hand."""
    used = book or example_book(without=WORK)
    app = DeskApp(used, export=export, clock=clock)
    async with app.run_test(size=size) as pilot:
        sitting = Sitting(app, pilot, used)
        await pilot.pause()
        if unit is not None:
            app.review(unit)
            await sitting.settle()
        yield sitting
    app.clerk.close()
