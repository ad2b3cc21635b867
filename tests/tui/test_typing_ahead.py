"""Keys that come faster than the desk works: each goes where it would have gone a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key, Paste

from govscore.tui.screens.review import ReviewScreen
from tests.tui.desk import OPEN_ITEMS, desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from tests.tui.desk import Sitting

ENTER = "\r"


def at_once(at: Sitting, text: str) -> None:
    """Types a text as one read from the terminal brings it: all keys before any has done its work."""
    names = {"/": "slash", ENTER: "enter"}
    for character in text:
        at.app.post_message(Key(names.get(character, character), character))


async def until_typed(at: Sitting) -> None:
    for _ in range(200):
        await at.pilot.pause(0.01)
        if not at.app.keys_wait:
            break
    await at.settle()


async def test_what_follows_the_key_of_the_search_is_searched_for() -> None:
    async with desk() as at:
        at_once(at, "/ukj")
        await until_typed(at)
        assert at.app.overview_screen.query_text == "ukj"
        assert at.app.screen_stack[-1] is at.app.overview_screen


async def test_a_unit_is_searched_for_and_opened_in_one_breath() -> None:
    async with desk() as at:
        at_once(at, "/司法" + ENTER)
        await until_typed(at)
        assert isinstance(at.app.screen, ReviewScreen)
        assert at.app.screen.unit is not None
        assert at.app.screen.unit.unit == "sifa"


async def test_a_reason_typed_at_once_is_no_command() -> None:
    async with desk(unit="bureau-03") as at:
        before = at.form.finding
        at_once(at, "i12uuw")
        await until_typed(at)
        assert at.form.finding.rows == before.rows
        assert at.review.query_one("#reason").value == "12uuw"  # type: ignore[attr-defined]


async def test_enter_sent_before_the_terminal_was_taken_over_is_enter() -> None:
    async with desk() as at:
        at.app.post_message(Key("ctrl+j", "\n"))
        await until_typed(at)
        assert isinstance(at.app.screen, ReviewScreen)


async def test_every_line_of_a_paste_is_taken() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("i")
        at.app.post_message(Paste("首行\n 次行：缺两处\r\n"))
        await until_typed(at)
        assert at.review.query_one("#reason").value == "首行 次行：缺两处"  # type: ignore[attr-defined]


async def test_after_a_unit_found_by_search_comes_the_next_that_is_open() -> None:
    async with desk(book=example_book(without={"bureau-03": OPEN_ITEMS})) as at:
        at_once(at, "/司法" + ENTER)
        await until_typed(at)
        await at.press("enter", "enter")
        assert at.review.unit is not None
        assert at.review.unit.unit == "bureau-03"


async def test_units_outside_of_the_filter_are_found_from_the_review() -> None:
    async with desk() as at:
        at_once(at, "/司法" + ENTER)
        await until_typed(at)
        at_once(at, "/发改" + ENTER)
        await until_typed(at)
        assert at.review.unit is not None
        assert at.review.unit.name == "区发改局"
