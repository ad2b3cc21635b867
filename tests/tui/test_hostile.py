"""Foreign text is shown, never obeyed; columns stand where they should."""

from __future__ import annotations

import pytest

from govscore.text import width
from tests.tui.desk import SIZES, WORK, desk
from tests.tui.example import example_book

HOSTILE = (
    "[/]",
    "[bold]粗[/bold]",
    "\x1b[2J清屏",
    "a\u202egnp.exe",
    "@click=app.quit",
    "零\u200b宽",
    "👨‍👩‍👧家",
    "名" * 80,
)


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_name_is_text_on_every_screen(name: str) -> None:
    book = example_book(without=WORK, names={"bureau-03": name, "zhengfuban": name})
    async with desk(book=book) as at:
        assert "\x1b" not in at.text()
        assert "\u202e" not in at.text()
        await at.press("k", "enter", "escape", "escape")
        at.app.review("bureau-03")
        await at.settle()
        await at.press("A", "escape", "x", "escape", "slash", "escape", "n", "p")
        text = at.text()
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_a_hostile_title_is_text_in_lists_forms_notices_and_questions() -> None:
    title = "提高\x1b[2J解读\u202e[/]质量"
    book = example_book(without=WORK, names={"bureau-03": "[/]"})
    for entry in book.scheme.entries.values():
        object.__setattr__(entry, "title", title)
    async with desk(book=book, unit="bureau-03") as at:
        for keys in (
            ("2", "enter"),
            ("w", "enter"),
            ("u",),
            ("2", "x"),
            ("escape", "A"),
            ("enter", "u"),
            ("n",),
        ):
            await at.press(*keys)
            text = at.text()
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "␛[2J" in text


async def test_what_is_hidden_in_a_name_is_made_visible() -> None:
    book = example_book(names={"zhengfuban": "\x1b[2J清屏", "xinxihua": "a\u202egnp.exe", "shenpi": "[/]"})
    async with desk(book=book) as at:
        text = at.text()
        assert "␛[2J清屏" in text
        assert "a‹U+202E›gnp.exe" in text
        assert "[/]" in text


@pytest.mark.parametrize("size", SIZES)
async def test_columns_are_aligned_under_chinese_names(size: tuple[int, int]) -> None:
    """Every unit's bar begins in the same cell, whatever characters its name has."""
    book = example_book(names={"zhengfuban": "ABC区办", "xinxihua": "Ａ全角", "shenpi": "👍局"})
    async with desk(size, book=book) as at:
        starts = {width(line[: line.index("▆")]) for line in at.lines()[3:-2] if "▆" in line and "/" in line}
        assert len(starts) == 1


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 15), (200, 60)])
async def test_odd_sizes_break_nothing(size: tuple[int, int]) -> None:
    async with desk(size) as at:
        await at.press("down", "enter", "1", "w", "k", "escape", "question_mark", "escape")
        assert at.app.is_running


async def test_the_notice_is_whole_at_every_size() -> None:
    for size in SIZES:
        async with desk(size) as at:
            assert "示例数据，非真实考核结果" in at.text()


async def test_light_and_dark() -> None:
    async with desk() as at:
        dark = at.app.theme
        await at.press("ctrl+t")
        assert at.app.theme != dark
        assert "区政府办" in at.text()
