"""Others decide while somebody sits at the desk: nothing unseen is overwritten, nothing of mine is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govscore.events import FactRow, Finding
from govscore.tui.screens.question import Choose
from tests.tui.desk import WORK, desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from govscore.events import Event
    from govscore.review.memory import MemoryBook
    from tests.tui.desk import Sitting

UNIT = "bureau-03"
MINE = Finding(state="none", rows=(FactRow(fact="missing", value="2"),))
THEIRS = Finding(state="none", rows=(FactRow(fact="missing", value="5"),), reason="对方")
LATER = Finding(state="none", rows=(FactRow(fact="missing", value="7"),), reason="再后来")


def theirs(book: MemoryBook, item: str = "6", finding: Finding = THEIRS) -> Event:
    """A decision of somebody else that the clerk's thread has taken in, and that was not told yet."""
    event = replace(book.decide(UNIT, item, finding), author="王五")
    book.made_by[UNIT, item] = book.events[-1] = event
    book.news.append(event)
    return event


async def told(at: Sitting) -> None:
    at.app.clerk.refresh()
    await at.settle()


async def test_what_the_book_knows_and_the_screen_never_showed_is_not_overwritten() -> None:
    """Enter is pressed after the clerk's thread took their decision in, and before it was on the screen."""
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w")
        theirs(book)
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        assert book.finding(UNIT, "6") == THEIRS
        assert len(book.events) == 1


async def test_the_rest_does_not_overwrite_what_was_never_shown() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        theirs(book, "7")
        await at.press("A", "enter")
        assert book.finding(UNIT, "7") == THEIRS
        assert len(book.events) == 1
        assert at.status() == "示例三局：他人已先行评审，未作任何改动：6、7、25、29、33、44、45、47"


async def test_undo_does_not_take_back_what_somebody_put_in_its_place_unseen() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w", "enter")
        theirs(book)
        await at.press("u")
        assert book.finding(UNIT, "6") == THEIRS
        assert at.app.desk.finding(UNIT, "6") == THEIRS
        assert at.status() == "示例三局：他人已先行评审，未作任何改动：6"


async def test_two_decisions_of_one_hand_in_a_row_do_not_clash_with_each_other() -> None:
    """The second is made before the desk was told what became of the first."""
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        for finding in (MINE, LATER):
            at.app.save(at.app.desk.decide(UNIT, "6", finding))
        await at.settle()
        assert book.finding(UNIT, "6") == LATER
        assert len(at.app.screen_stack) == 2


async def test_the_answer_mine_replaces_what_the_question_showed_and_nothing_later() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w")
        theirs(book)
        await at.press("enter")
        theirs(book, finding=LATER)
        await told(at)
        assert isinstance(at.app.screen, Choose)
        await at.press("b", "enter")
        assert book.finding(UNIT, "6") == LATER
        assert isinstance(at.app.screen, Choose)
        assert "再后来" in at.text()
        await at.press("b", "enter")
        assert book.finding(UNIT, "6") == MINE


async def test_enter_on_the_question_keeps_theirs_and_mine_as_a_draft() -> None:
    """The safe answer stands first: Enter may have been on its way already."""
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w")
        theirs(book)
        await at.press("enter")
        assert " a 先按对方意见，我填的留作草稿" in at.text()
        assert " b 改用我的意见" in at.text()
        assert " c 按对方意见，放弃我填的" in at.text()
        await at.press("enter")
        assert book.finding(UNIT, "6") == THEIRS
        assert at.app.desk.drafts[UNIT, "6"].finding == MINE
        assert at.status().startswith("示例三局，6 ")
        assert at.status().endswith("你填的留作草稿，在该项按回车再问")
        await at.press("g", "6", "enter")
        assert at.form.finding == MINE
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        await at.press("c", "enter")
        assert not at.app.desk.drafts
        assert at.status().endswith("已按对方意见，你填的已放弃")


async def test_escape_on_the_question_loses_nothing() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w")
        theirs(book)
        await at.press("enter", "escape")
        assert at.app.desk.drafts[UNIT, "6"].finding == MINE
        assert book.finding(UNIT, "6") == THEIRS


async def test_not_applicable_asks_about_what_was_decided_while_its_reason_was_written() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("x", *"无此职能")
        theirs(book)
        await told(at)
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        assert book.finding(UNIT, "6") == THEIRS
        await at.press("enter")
        assert at.app.desk.drafts[UNIT, "6"].finding == Finding(state="na", reason="无此职能")


async def test_one_undo_of_the_rest_is_all_or_nothing() -> None:
    """Somebody decided on one of its items meanwhile: none is taken back, and the screen says so."""
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("A", "enter")
        decided = len(book.events)
        theirs(book, "29")
        await at.press("u")
        assert len(book.events) == decided + 1
        assert book.finding(UNIT, "7") == Finding(state="none")
        assert book.finding(UNIT, "29") == THEIRS
        assert at.app.desk.finding(UNIT, "7") == Finding(state="none")
        assert at.app.desk.finding(UNIT, "29") == THEIRS
        assert at.app.desk.board.facts_of(UNIT, "29").rows
        assert at.status().startswith("示例三局：他人已先行评审，未作任何改动：")
        assert not at.app.desk.jobs


async def test_decisions_told_with_a_clash_are_shown_too() -> None:
    """What the clerk reads while it looks for the faster one is not lost."""
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "w")
        theirs(book, "7")
        theirs(book)
        await at.press("enter", "escape")
        assert at.app.desk.finding(UNIT, "7") == THEIRS
        assert at.app.desk.board.facts_of(UNIT, "7").state == "reviewed"


async def test_a_decision_that_never_reached_the_disk_becomes_a_draft_when_somebody_else_decides() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        step = at.app.desk.decide(UNIT, "6", MINE)
        at.app.desk.not_saved(step, "磁盘已满")
        theirs(book)
        await told(at)
        assert at.app.desk.finding(UNIT, "6") == THEIRS
        at.review.show_item("6")
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        assert book.finding(UNIT, "6") == THEIRS


async def test_a_disk_that_is_away_for_a_moment_does_not_end_the_desk() -> None:
    class Away:
        def __init__(self, book: MemoryBook) -> None:
            self._book = book

        def __getattr__(self, name: str) -> Any:
            return getattr(self._book, name)

        def refresh(self) -> tuple[Event, ...]:
            raise OSError(5, "读不到")

    async with desk(book=Away(example_book(without=WORK)), unit=UNIT) as at:  # type: ignore[arg-type]
        await told(at)
        assert at.app.failure is None
        assert at.status() == "暂时读不到他人的评审意见：读不到"
        await at.press("2", "w", "enter")
        assert at.book.finding(UNIT, "6") == MINE


async def test_a_form_that_was_begun_is_not_lost_when_not_applicable_clashes() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit=UNIT) as at:
        await at.press("2", "x", *"无此职能")
        theirs(book)
        await told(at)
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        await at.press("enter")
        assert at.app.desk.drafts[UNIT, "6"].finding == Finding(rows=MINE.rows, reason="无此职能")
