"""Saved, not saved, and somebody else was faster."""

from __future__ import annotations

import re
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
    from tests.tui.desk import Sitting

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


def marked(at: Sitting, item: str) -> str:
    """The mark of an item in the list, as it stands on the screen."""
    (line,) = (found for each in at.lines() if (found := re.match(rf"[ ▸]\S([*! ]){item} ", each)))
    return line[1].strip()


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


async def test_a_withdrawal_that_failed_is_tried_again_by_enter_as_one_step() -> None:
    """Undo on a full disk: the items stay open on the screen, and Enter on one of them withdraws them all."""
    book = FullDisk(example_book(without=WORK))
    book.full = False
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("A", "enter")
        decided = len(book.events)
        book.full = True
        await at.press("u")
        assert at.status() == "未保存：磁盘已满；在该项按回车重试（示例三局：6、7、25、29、33、44、45、47）"
        await at.press("g", "7", "enter", "enter")
        assert "磁盘已满" in at.status()
        assert len(book.events) == decided
        book.full = False
        await at.press("g", "7", "enter", "enter")
        assert not at.app.desk.unsaved
        assert len(book.events) == 2 * decided
        assert book.finding("bureau-03", "6") is book.finding("bureau-03", "7") is None
        assert "已保存 14:02:11" in at.text()
        await at.press("r")  # it was one step, and still is
        assert len(book.events) == 3 * decided
        await at.press("r")
        assert at.status() == "没有可重做的操作"


async def test_redo_after_an_undo_that_failed_does_not_record_the_same_decision_again() -> None:
    book = FullDisk(example_book(without=WORK))
    book.full = False
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("2", "w", "enter")
        decided = len(book.events)
        book.full = True
        await at.press("u")
        assert "磁盘已满" in at.status()
        await at.press("r")  # nothing is left to be written, so a full disk does not matter
        assert len(book.events) == decided
        assert not at.app.desk.unsaved
        assert at.app.desk.finding("bureau-03", "6") == book.finding("bureau-03", "6") == MINE
        assert "未保存" not in at.text()
        book.full = False
        await at.press("u")
        assert len(book.events) == decided + 1
        assert book.finding("bureau-03", "6") is None


async def test_redo_after_an_undo_of_many_that_failed_writes_none_of_them_twice() -> None:
    book = FullDisk(example_book(without=WORK))
    book.full = False
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("A", "enter")
        decided = len(book.events)
        book.full = True
        await at.press("u")
        book.full = False
        await at.press("r")
        assert len(book.events) == decided
        assert not at.app.desk.unsaved


async def test_a_decision_that_failed_is_one_step_however_often_it_is_tried() -> None:
    book = FullDisk(example_book(without=WORK))
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("2", "w", "enter", "g", "6", "enter", "enter", "g", "6", "enter")
        book.full = False
        await at.press("enter", "u")
        assert book.finding("bureau-03", "6") is None
        await at.press("u")
        assert at.status() == "没有可撤销的操作"


async def test_what_waits_to_be_saved_is_marked_otherwise_than_what_waits_to_be_confirmed() -> None:
    book = FullDisk(example_book(without=WORK))
    async with desk(book=book, unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("g", "1", "0", "enter", "9")
        assert marked(at, "10") == "*"
        await at.press("enter")
        assert marked(at, "10") == "!"
        book.full = False
        await at.press("g", "1", "0", "enter", "enter")
        assert marked(at, "10") == ""


async def test_mine_in_their_place_is_no_longer_marked_as_a_draft() -> None:
    """Neither of the two changes a point, so that nothing else in the list tells it to be drawn again."""
    book = example_book(without=WORK)
    faster = [Finding(state="none")]

    class Faster(FullDisk):
        def write(self, changes: Sequence[Change]) -> Sequence[Event]:
            if faster:
                event = replace(book.decide("bureau-03", "10", faster.pop()), author="王五")
                book.made_by["bureau-03", "10"] = event
                book.news.append(event)
                raise FasterError(event)
            return book.write(changes)

    async with desk(book=Faster(book), unit="bureau-03") as at:  # type: ignore[arg-type]
        await at.press("g", "1", "0", "enter", "9")
        assert marked(at, "10") == "*"
        await at.press("enter")
        assert isinstance(at.app.screen, Choose)
        await at.press("down", "enter")
        assert book.finding("bureau-03", "10") != Finding(state="none")
        assert not at.app.desk.drafts
        assert marked(at, "10") == ""


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
