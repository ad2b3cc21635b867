"""Saved, not saved, and somebody else was faster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from govscore.errors import Problem, RefusedError, message_kind
from govscore.events import Decision, FactRow, Finding
from govscore.tui.screens.question import Choose
from tests.tui.desk import WORK, desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.events import Event
    from govscore.review.memory import MemoryBook
    from govscore.review.undo import Change

KIND = message_kind("test.faster", "somebody else was faster")
MINE = Finding(state="none", rows=(FactRow(fact="missing", value="2"),))
THEIRS = Finding(state="none", rows=(FactRow(fact="missing", value="5"),), reason="[/]对方\x1b[31m")


class FasterError(RefusedError):
    """As the record refuses."""

    def __init__(self, other: Event) -> None:
        super().__init__(Problem(kind=KIND))
        self.other = other


def decided_by(book: MemoryBook, finding: Finding, author: str = "王五") -> Event:
    """A decision that somebody else made on item 6."""
    event = replace(book.decide("bureau-03", "6", finding), author=author)
    book.made_by["bureau-03", "6"] = event
    return event


class FullDisk:
    """A book whose disk is full until it is not."""

    def __init__(self, book: MemoryBook) -> None:
        self._book = book
        self.full = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def write(self, changes: Sequence[Change]) -> Sequence[Event]:
        if self.full:
            raise OSError(28, "磁盘已满")
        return self._book.write(changes)


async def test_a_failed_saving_says_so_and_keeps_the_decision() -> None:
    book = FullDisk(example_book(without=WORK))
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("2", "w", "enter")
        assert "未保存" in at.text()
        assert "磁盘已满" in at.text()
        assert "已保存" not in at.text()
        assert at.app.desk.finding("bureau-03", "6") == MINE
        assert book.finding("bureau-03", "6") is None
        book.full = False
        await at.press("g", "6", "enter", "enter")
        assert book.finding("bureau-03", "6") == MINE
        assert "已保存 14:02:11" in at.text()
        assert "未保存" not in at.text()


async def test_who_comes_second_is_asked_and_may_keep_theirs() -> None:
    book = example_book(without=WORK)

    class Faster(FullDisk):
        def write(self, changes: Sequence[Change]) -> Sequence[Event]:
            book.news.append(decided_by(book, THEIRS))
            raise FasterError(book.news[-1])

    async with desk(book=Faster(book), unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("2", "w", "enter")
        assert isinstance(at.app.screen, Choose)
        text = at.text()
        assert "王五" in text
        assert "[/]对方␛" in text
        assert "2" in text
        await at.press("enter")
        assert at.app.desk.finding("bureau-03", "6") == THEIRS
        assert not at.app.desk.unsaved


async def test_who_comes_second_may_decide_in_their_place() -> None:
    book = example_book(without=WORK)
    faster = [THEIRS]

    class Faster(FullDisk):
        def write(self, changes: Sequence[Change]) -> Sequence[Event]:
            if faster:
                book.news.append(decided_by(book, faster.pop()))
                raise FasterError(book.news[-1])
            return book.write(changes)

    async with desk(book=Faster(book), unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("2", "w", "enter")
        assert isinstance(at.app.screen, Choose)
        await at.press("down", "enter")
        assert book.finding("bureau-03", "6") == MINE
        assert "已保存" in at.text()


async def test_a_decision_of_somebody_else_appears_by_itself() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit="bureau-03") as at:
        book.news.append(decided_by(book, THEIRS))
        at.app.clerk.refresh()
        await at.settle()
        assert "王五评审了 1 项" in at.text()
        assert at.form.finding == THEIRS


async def test_a_form_in_work_is_left_alone_and_asked_about() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit="bureau-03") as at:
        await at.press("2")
        book.news.append(decided_by(book, THEIRS))
        at.app.clerk.refresh()
        await at.settle()
        assert at.form.finding.rows == MINE.rows
        await at.press("w", "enter")
        assert isinstance(at.app.screen, Choose)
        assert book.finding("bureau-03", "6") == THEIRS
        await at.press("down", "enter")
        event = book.events[-1]
        assert isinstance(event.body, Decision)
        assert event.body.finding == MINE


async def test_the_rest_never_overwrites_what_somebody_decided_while_the_question_stood() -> None:
    book = example_book(without=WORK)
    async with desk(book=book, unit="bureau-03") as at:
        await at.press("A")
        book.news.append(decided_by(book, THEIRS))
        at.app.clerk.refresh()
        await at.settle()
        count = len(book.events)
        await at.press("enter")
        assert book.finding("bureau-03", "6") == THEIRS
        assert len(book.events) == count
        assert at.status() == "他人已先行评审，未作任何改动，请重新操作"


async def test_a_save_checks_that_what_it_replaces_is_what_was_seen() -> None:
    """The other's decision reaches the book after the key and before the clerk's turn."""
    book = example_book(without=WORK)
    async with desk(book=book, unit="bureau-03") as at:
        step = at.app.desk.decide("bureau-03", "6", MINE)
        book.news.append(decided_by(book, THEIRS))
        at.app.save(step)
        await at.settle()
        assert isinstance(at.app.screen, Choose)
        assert book.finding("bureau-03", "6") == THEIRS


async def test_enter_goes_to_the_box_that_is_still_blank() -> None:
    """Of a ratio the second number is typed into its own box, not behind the first."""
    book = example_book(without=WORK)
    async with desk(book=book, unit="bureau-03") as at:
        await at.press("g", "2", "5", "enter", "7", "enter", "9")
        (row,) = [row for row in at.form.finding.rows if row.of]
        assert (row.value, row.of) == ("7", "9")
