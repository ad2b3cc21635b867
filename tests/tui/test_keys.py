"""Every key path of the review screen, with keys only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from govscore.events import FactRow, Finding
from govscore.tui.screens.help import HelpScreen
from govscore.tui.screens.question import AskText, Confirm
from govscore.tui.screens.ranking import RankingScreen
from tests.tui.desk import desk
from tests.tui.example import example_book

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_search_by_initials_opens_the_only_unit_found() -> None:
    async with desk() as at:
        await at.press("slash", *"sfj", "enter")
        assert at.review.unit is not None
        assert at.review.unit.unit == "sifa"
        assert at.review.item == "1"


async def test_digits_and_enter_decide_and_go_on() -> None:
    async with desk(unit="bureau-03") as at:
        assert at.review.item == "6"
        await at.press("2", "down", "1", "enter")
        rows = (FactRow(fact="missing", value="2"), FactRow(fact="outdated", value="1"))
        assert at.book.finding("bureau-03", "6") == Finding(rows=rows)
        assert at.review.item == "7"
        assert "已保存 14:02:11" in at.text()


async def test_a_unit_is_reviewed_to_its_end() -> None:
    """The rest without fault, then what it leaves open, one by one."""
    async with desk(unit="bureau-03") as at:
        await at.press("A")
        assert isinstance(at.app.screen, Confirm)
        await at.press("enter")
        assert at.review.item == "25"
        await at.press("9", "down", "9", "enter")
        assert at.review.item == "32"
        await at.press("4", "down", "5", "enter")
        assert "本单位已评完" in at.text()
        assert at.app.desk.board.state_of("bureau-03") == "scored"
        await at.press("enter")
        assert at.review.unit is not None
        assert at.review.unit.unit == "street-09"


async def test_plus_and_minus_count() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("plus", "plus", "plus", "minus")
        assert at.form.shown(at.form.slots[0]) == "2"


async def test_letters_pick_a_level() -> None:
    async with desk(unit="sifa") as at:
        await at.press("g", "5", "enter")
        assert at.review.item == "5"
        await at.press("b")
        assert at.form.finding.rows == (FactRow(fact="level", value="stale"),)
        assert "(●) 已公开，更新不及时" in at.text()


async def test_enter_on_an_incomplete_form_names_what_is_missing() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("2", "enter")
        assert at.review.item == "6"
        assert "尚未填写" in at.text()
        await at.press("w", "enter")
        assert at.book.finding("bureau-03", "6") == Finding(
            state="none", rows=(FactRow(fact="missing", value="2"),)
        )


async def test_not_applicable_asks_for_a_reason() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("x")
        assert isinstance(at.app.screen, AskText)
        await at.press("enter")
        assert "此处不能为空" in at.text()
        await at.press(*"无此职能", "enter")
        assert at.book.finding("bureau-03", "6") == Finding(state="na", reason="无此职能")
        assert at.review.item == "7"


async def test_escape_out_of_a_question_changes_nothing() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("x", *"无", "escape", "A", "escape")
        assert not at.book.events


async def test_one_undo_takes_the_whole_rest_back_and_redo_makes_it_again() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("A", "enter")
        decided = len(at.book.events)
        assert decided == 8
        await at.press("u")
        assert all(at.book.finding("bureau-03", item) is None for item in ("6", "7", "29", "44"))
        assert len(at.book.events) == 2 * decided
        await at.press("r")
        assert at.book.finding("bureau-03", "7") == Finding(state="none")


async def test_undo_of_a_changed_decision_decides_what_it_was() -> None:
    async with desk(unit="bureau-03") as at:
        before = at.book.finding("bureau-03", "10")
        await at.press("g", "1", "0", "enter", "5", "enter", "u")
        assert at.book.finding("bureau-03", "10") == before
        assert "没有可撤销" not in at.text()
        await at.press("u")
        assert "没有可撤销的操作" in at.text()


async def test_the_reason_is_text_and_enter_confirms() -> None:
    """A key typed inside a text field is text, Chinese included."""
    async with desk(unit="bureau-03") as at:
        await at.press("1", "down", "0", "i")
        assert isinstance(at.app.focused, Input)
        await at.press(*"抽查A1处x", "enter")
        found = at.book.finding("bureau-03", "6")
        assert found is not None
        assert found.reason == "抽查A1处x"


async def test_next_and_previous_unit_stay_at_the_item() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("g", "2", "9", "enter", "n")
        assert at.review.unit is not None
        assert (at.review.unit.unit, at.review.item) == ("bureau-04", "29")
        await at.press("p", "p")
        assert at.review.unit.unit == "bureau-02"


async def test_search_on_the_review_screen_finds_items_and_units() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("slash", *"gfdf", "enter")
        assert at.review.item == "29"
        await at.press("slash", *"区司法", "enter")
        assert at.review.unit is not None
        assert at.review.unit.unit == "sifa"


async def test_drafts_stay_when_going_elsewhere() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("2", "n", "p")
        assert at.review.item == "6"
        assert at.form.finding.rows == (FactRow(fact="missing", value="2"),)
        assert not at.book.events


async def test_an_event_is_added_by_a_question() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("g", "4", "4", "enter", "plus")
        await at.press("c", "enter", *"2024-13-01", "enter", "enter", "enter", "enter")
        assert "2024-01-01" in at.text()
        await at.press("shift+tab", "shift+tab", "shift+tab", *["backspace"] * 10)
        await at.press(*"2024-05-01", "enter", "enter", "enter", "enter")
        assert [row.start for row in at.form.finding.rows] == ["2024-05-01"]
        await at.press("minus")
        assert at.form.finding.rows == ()


async def test_typed_points_need_their_reason() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("g", "2", "9", "enter", "w")
        while at.form.slot is not None and at.form.slot.question.ask != "points":
            await at.press("down")
        await at.press("plus", *"0.5", "enter", "enter")
        assert "尚未填写" in at.text()
        await at.press(*"要件不规范", "enter")
        assert [(row.value, row.reason) for row in at.form.finding.rows] == [("0.5", "要件不规范")]


async def test_the_live_score_follows_the_form() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("g", "2", "9", "enter", "7", "down", "2", "w")
        assert "6 − 2 × 1 = 4" in at.text()
        await at.press("3")
        assert "6 − 3 × 1 = 3" in at.text()
        assert not at.book.events


async def test_export_shows_the_path(tmp_path: Path) -> None:
    async with desk(export=lambda: tmp_path / "[/]排名.xlsx") as at:
        await at.press("e")
        assert "[/]排名.xlsx" in at.text()


async def test_a_failed_export_says_why() -> None:
    def broken() -> Path:
        raise OSError(28, "磁盘已满")

    async with desk(export=broken) as at:
        await at.press("e")
        assert "磁盘已满" in at.text()


async def test_ranking_by_group_and_the_explanation_of_a_unit() -> None:
    async with desk() as at:
        await at.press("k")
        assert isinstance(at.app.screen, RankingScreen)
        assert "暂排 1" in at.text()
        await at.press("right")
        assert "示例七街道" in at.lines()[4]
        await at.press("enter")
        assert "示例七街道得分说明" in at.text()
        await at.press("pagedown", "escape", "escape")
        assert at.app.overview_screen.is_current


async def test_help_lists_every_action() -> None:
    async with desk((140, 100)) as at:
        await at.press("question_mark")
        assert isinstance(at.app.screen, HelpScreen)
        for words in ("确认本项", "其余未评项", "撤销上一操作", "已评但未保存"):
            assert words in at.text()


async def test_help_begins_with_the_keys_of_the_place_where_it_was_asked_for() -> None:
    """At 80 columns and 24 lines only the first places are seen without scrolling."""
    async with desk((80, 24), unit="bureau-03") as at:
        await at.press("question_mark")
        assert "确认本项" in at.lines()[4]
        await at.press("escape", "k", "question_mark")
        assert "单位为何得此分" in at.lines()[4]


async def test_the_palette_does_what_the_key_does() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("ctrl+p", *"wwt", "enter")
        assert at.form.finding.state == "none"
        await at.press("ctrl+p", *"排名", "enter")
        assert isinstance(at.app.screen, RankingScreen)


async def test_filter_and_order_of_the_overview() -> None:
    async with desk() as at:
        await at.press("f")
        assert len(at.app.overview_screen.places) == 3
        await at.press("o")
        units = at.app.desk.board.plan.units
        assert units[at.app.overview_screen.places[0]].unit == "sifa"


async def test_quitting_asks_if_something_would_be_lost() -> None:
    async with desk(unit="bureau-03") as at:
        await at.press("2", "q")
        assert "将丢失" in at.text()
        await at.press("escape")
        assert at.app.is_running
        await at.press("backspace", "q")
        assert at.app.return_code == 0


async def test_tabs_on_a_narrow_screen() -> None:
    async with desk((80, 24), unit="sifa") as at:
        await at.press("g", "5", "enter")
        await at.press("3")
        assert "可能区间" in at.text()
        await at.press("1")
        assert "组织领导与保障" in at.text()
        await at.press("2")
        assert "已公开并动态更新" in at.text()
        await at.press("right_square_bracket")
        assert "可能区间" in at.text()


async def test_the_form_is_visible_without_scrolling_at_80_by_24() -> None:
    """On every item of the example, open for the unit that has it."""
    every = example_book()
    units = {
        entry.id: next(each for each in every.units if entry.applies(each.group, each.unit, each.tags))
        for entry in every.scheme.entries.values()
    }
    book = example_book(without={unit.unit: () for unit in units.values()})
    async with desk((80, 24), book=book) as at:
        at.app.review("zhengfuban")
        for item, unit in units.items():
            at.review.show_unit(unit, item)
            await at.pilot.pause()
            text = at.text()
            for question in book.scheme.entries[item].questions:
                assert question.title[:12] in text, (item, question.title)


async def test_a_case_is_given_by_its_dates_and_says_at_once_what_it_comes_to() -> None:
    """20 working days after 1 March 2024 end on the 29th; 2 April is two working days late."""
    async with desk(unit="bureau-03") as at:
        await at.press("g", "2", "9", "enter")
        assert "逐件填写" in at.text()
        await at.press("down", "down", "down", "down", "plus")
        await at.press("enter", *"2024-03-01", "enter", *"2024-04-02", "enter")
        assert at.form.finding.rows == (
            FactRow(fact="reply", case="1", start="2024-03-01", finish="2024-04-02"),
        )
        screen = at.text()
        assert "→ 应于 2024-03-29 前（含）办结：逾期2个工作日" in screen
        assert "逐件填写" not in screen
        await at.press("plus", *"k2", "enter", *"2024/3/1", "enter", "enter")
        assert "“2024/3/1”既不是日期，也不是时刻" in at.text()
        await at.press("minus")
        assert [row.case for row in at.form.finding.rows] == ["1"]
        await at.press("w", "enter")
        assert at.book.finding("bureau-03", "29") is not None
        assert "6 − 1 = 5" not in at.text()


async def test_the_desk_lives_through_its_own_rounds_of_the_collector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is done twice a second is done here every hundredth of one."""
    monkeypatch.setattr("govscore.tui.app.EVERY_SECONDS", 0.01)
    async with desk(unit="bureau-03") as at:
        for _ in range(5):
            await at.pilot.pause(0.02)
        await at.press("2")
        assert at.form.shown(at.form.slots[0]) == "2"
