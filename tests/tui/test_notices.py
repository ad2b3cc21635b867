"""What the desk says: by names instead of ids, true as long as it stands, and never nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from govscore.errors import problem
from govscore.events import FactRow, Finding
from govscore.office.messages import NOT_ON_ROSTER
from govscore.review.book import NOBODY
from govscore.tui.screens.question import AskText, Confirm
from govscore.tui.screens.small import TooSmall
from tests.tui.desk import WORK, desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from govscore.errors import Problem
    from govscore.review.memory import MemoryBook

UNIT = "bureau-03"


class Barred:
    """A book in which nothing can be decided."""

    def __init__(self, book: MemoryBook, hindrance: Problem) -> None:
        self._book = book
        self._hindrance = hindrance

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    def hindrance(self) -> Problem:
        return self._hindrance


# --- names -----------------------------------------------------------------------------------------


async def test_what_is_wrong_is_told_with_names() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("g", "3", "2", "enter", "9", "enter", "8", "enter")
        said = at.status()
        assert said.startswith("单位 示例三局，指标项 32 ")
        assert UNIT not in said
        assert "interpreted" not in said
        assert "findings." not in said


async def test_a_veto_is_called_by_its_title_and_its_condition_is_in_words() -> None:
    async with desk(unit="zhengfuban") as at:
        lines = at.app.desk.scheme.vetoes
        at.review.show_item("silent")
        await at.settle()
        text = at.text()
        for id in lines:
            assert id not in text
        assert "单项否决" in text
        assert "vetoes" not in text
        assert "release" not in text
        assert "release.missing" not in text


async def test_an_undo_names_unit_and_items() -> None:
    async with desk(unit=UNIT) as at:
        at.review.show_item("site-down")
        await at.press("A", "enter", "u")
        assert at.status() == "示例三局：指标项 6、7、25、29、33、44、45、47 已恢复原状"


async def test_a_redo_says_that_it_decided_again() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2", "w", "enter", "u", "r")
        assert at.status() == "示例三局：指标项 6 已重做"


# --- units -----------------------------------------------------------------------------------------


async def test_next_unit_says_that_a_search_leaves_no_other() -> None:
    async with desk() as at:
        await at.press("slash", *"sfj", "enter", "n")
        assert at.review.unit is not None
        assert at.review.unit.unit == "sifa"
        assert at.status() == "当前只列出符合条件的单位，没有其他单位：查找“sfj”"
        await at.press("p")
        assert at.status() == "当前只列出符合条件的单位，没有其他单位：查找“sfj”"


async def test_next_unit_says_that_it_went_round() -> None:
    async with desk() as at:
        await at.press("f", "down", "enter")
        units = at.app.desk.board.plan.units
        listed = [units[place].unit for place in at.app.overview_screen.places]
        at.review.show_unit(at.app.desk.units[listed[-1]])
        await at.press("n")
        assert at.status() == "已到末尾，回到第一个单位；未评完的单位"
        assert at.review.unit is not None
        assert at.review.unit.unit == listed[0]
        await at.press("n")
        assert at.status() == ""
        await at.press("p", "p")
        assert at.status() == "已到开头，转到最后一个单位；未评完的单位"


# --- nothing can be decided ------------------------------------------------------------------------


async def test_nobody_named_is_said_at_the_opening_and_at_every_attempt() -> None:
    book = replace(example_book(without=WORK), author="")
    async with desk(book=book) as at:
        said = (
            "在这里不能评审：没有写明由谁评审；"
            "请写明由谁评审：--as 姓名，或设置 GOVSCORE_REVIEWER；应为：名册上的姓名"
        )
        assert at.status() == said
        at.app.review(UNIT)
        await at.settle()
        await at.press("2", "w")
        assert at.status() != said
        await at.press("enter")
        assert at.status() == said
        assert at.review.item == "6"
        assert at.app.desk.drafts[UNIT, "6"].finding.rows
        at.app.say("")
        await at.press("A")
        assert at.status() == said
        at.app.say("")
        await at.press("x")
        assert at.status() == said
        at.app.say("")
        await at.press("u")
        assert at.status() == said
        assert not at.book.events
        assert not at.app.desk.unsaved


async def test_a_name_that_is_not_on_the_roster_is_said() -> None:
    book = Barred(example_book(without=WORK), problem(NOT_ON_ROSTER, found="赵六", known="李四"))
    async with desk(book=book) as at:  # type: ignore[arg-type]
        assert at.status() == (
            "在这里不能评审：“赵六”不在本次考核的人员名单中；请按名单上的写法填写姓名；应为：李四 之一"
        )


async def test_what_is_reviewed_already_can_be_paged_through_without_a_right_to_decide() -> None:
    book = Barred(example_book(), problem(NOBODY))
    async with desk(book=book, unit="zhengfuban") as at:  # type: ignore[arg-type]
        at.app.say("")
        await at.press("enter")
        assert at.status() == "本单位已评完，回车转到下一个未评完的单位"


# --- the rest without fault ------------------------------------------------------------------------


async def test_the_question_for_the_rest_warns_of_what_earns_nothing() -> None:
    """The counts are those of the checklist, and what is left is listed in its order."""
    async with desk(unit="sifa") as at:
        await at.press("g", "2", "9", "enter", "1")
        before = at.app.desk.tally.total_done
        await at.press("A")
        assert isinstance(at.app.screen, Confirm)
        assert "区司法局其余 25 项均核定为未发现问题？" in at.question()
        assert "得 0 分（有据才得分）：3、27、44、45、46" in at.question()
        assert "仍为未评：1、2、25、32、34" in at.question()
        assert "不改动：29" in at.question()
        await at.press("enter")
        done = at.app.desk.tally.total_done - before
        assert done == 25
        assert at.status() == "25 项核定为无问题；仍未评完：1、2、25、29、32、34"


# --- forms -----------------------------------------------------------------------------------------


async def test_what_is_still_blank_is_said_as_long_as_it_is_true() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2", "enter")
        assert at.status().startswith("尚未填写：")
        assert at.status().endswith("；按 w 把其余填为无问题")
        await at.press("1")
        assert at.status() == ""


async def test_w_says_what_it_filled_and_what_it_cannot() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("w")
        assert at.status() == "空着的已填为无问题，回车确认"
        await at.press("w")
        assert at.status() == "本项没有空着的内容，回车确认"
        await at.press("g", "3", "2", "enter", "w")
        assert at.status().startswith("不能以“无问题”代答：")
        await at.press("enter")
        assert at.status().startswith("尚未填写：")
        assert "按 w" not in at.status()


async def test_going_on_says_that_it_went_back_to_the_top() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("g", "4", "7", "enter", "w", "enter")
        assert at.review.item == "6"
        assert at.status().startswith("已到末项，回到前面未评的：6 ")


@pytest.mark.parametrize(
    ("item", "keys", "shown"),
    [("6", "000", "0"), ("6", "007", "7"), ("25", "000", "0"), ("25", "00.5", "0.5"), ("25", "-007", "-7")],
)
async def test_zeros_in_front_of_a_number_are_not_kept(item: str, keys: str, shown: str) -> None:
    async with desk(unit=UNIT) as at:
        at.review.show_item(item)
        await at.press(*keys)
        assert at.form.slot is not None
        assert at.form.shown(at.form.slot) == shown


# --- leaving ---------------------------------------------------------------------------------------


async def test_leaving_a_unit_names_what_is_begun_there() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2", "g", "3", "3", "enter", "1", "escape")
        assert at.status() == "示例三局：已填未确认：6、33"
        await at.press("enter", "n")
        assert at.status() == "示例三局：已填未确认：6、33"
        await at.press("p", "slash", *"区司法", "enter")
        assert at.review.unit is not None
        assert at.review.unit.unit == "sifa"
        assert at.status() == "示例三局：已填未确认：6、33"


async def test_leaving_the_desk_names_what_would_be_lost() -> None:
    async with desk(unit=UNIT) as at:
        step = at.app.desk.decide(UNIT, "7", Finding(state="none"))
        at.app.desk.not_saved(step, "磁盘已满")
        await at.press("2", "q")
        assert "示例三局：未保存：7；已填未确认：6" in at.text()


async def test_the_reason_why_an_item_is_not_applicable_is_offered_for_the_next_unit() -> None:
    """Enter takes it, and whatever is typed replaces it; other items are asked about without one."""
    async with desk(unit=UNIT) as at:
        await at.press("x", *"无此职能", "enter", "x")
        assert at.app.screen.query_one("#answer", Input).value == ""
        await at.press("escape")
        for keys, reason in ((("enter",), "无此职能"), (("并", "入", "enter"), "并入")):
            at.review.show_unit(at.app.desk.units["sifa"], "6")
            await at.press("x", *keys)
            assert at.book.finding("sifa", "6") == Finding(state="na", reason=reason)


async def test_not_applicable_keeps_the_form_that_was_begun_for_undo() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2", "i", *"抽查", "escape", "x")
        assert isinstance(at.app.screen, AskText)
        assert "撤销（u）可以恢复" in at.text()
        await at.press(*"无此职能", "enter")
        assert at.book.finding(UNIT, "6") == Finding(state="na", reason="无此职能")
        assert at.status().endswith("：不涉及；按 u 撤销并恢复填到一半的内容")
        await at.press("u")
        assert at.book.finding(UNIT, "6") is None
        assert at.form.finding == Finding(rows=(FactRow(fact="missing", value="2"),), reason="抽查")
        assert at.status().endswith("；填到一半的内容已恢复，尚未确认")
        await at.press("r")
        assert at.book.finding(UNIT, "6") == Finding(state="na", reason="无此职能")
        assert not at.app.desk.drafts


async def test_an_undo_leaves_a_form_alone_that_was_begun_since() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2", "w", "enter", "g", "6", "enter", "5", "u")
        assert at.book.finding(UNIT, "6") is None
        assert at.app.desk.drafts[UNIT, "6"].finding.rows[0].value == "5"


# --- the terminal ----------------------------------------------------------------------------------


async def test_a_terminal_that_is_too_small_says_what_is_needed_until_there_is_room() -> None:
    async with desk(unit=UNIT) as at:
        await at.press("2")
        await at.pilot.resize_terminal(38, 9)
        await at.settle()
        assert isinstance(at.app.screen, TooSmall)
        assert "终端窗口太小：至少需要 60×12，现为 38×9" in "".join(line.strip() for line in at.lines())
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert at.review.is_current
        assert "示例三局" in at.text()
        assert at.form.finding.rows == (FactRow(fact="missing", value="2"),)


async def test_a_terminal_that_is_too_small_from_the_start() -> None:
    async with desk((40, 10)) as at:
        assert isinstance(at.app.screen, TooSmall)
        await at.press("q")
        assert at.app.return_code == 0


async def test_the_overview_fits_sixty_columns() -> None:
    async with desk((60, 15)) as at:
        text = at.text()
        assert "示例数据，非真实考核结果" in text
        for words in ("● 区政府办 ", "33/33", "97.44", "暂排 10"):
            assert words in text
