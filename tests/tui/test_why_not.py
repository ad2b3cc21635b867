"""`x` where points depend on a published explanation: the note is asked with the reason."""

from __future__ import annotations

from typing import Final

import pytest

from govscore.events import FactRow, Finding
from govscore.review.memory import MemoryBook
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from tests.tui.desk import SIZES, desk

SCHEME: Final = """
format = 1
[scheme]
id = "notes"
title = "示例方案"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
g = "部门"
[total]
full_marks = 20
places = 2
floor_at = "item"
not_applicable = { policy = "rate", rate = "80 %", without_note = "50 %" }
[rank]
ties = "share"
[[base]]
id = "1"
title = "信息公开"
points = 10
rule = { kind = "deduct", minus = [{ id = "fault", title = "差错", each = 1 }] }
[[base]]
id = "2"
title = "政策解读"
points = 10
not_applicable = { policy = "rescale" }
rule = { kind = "deduct", minus = [{ id = "fault", title = "差错", each = 1 }] }
"""
NOTED: Final = Finding(rows=(FactRow(state="na", note="yes"),), reason="没有这项职能")


def notes_book() -> MemoryBook:
    unit = Unit(unit="a", name="示例一局", group="g")
    return MemoryBook.of(read_scheme(SCHEME), [unit], [], author="李四")


def points(book: MemoryBook, item: str) -> str:
    return str(book.board.unit("a").items[item].points)


@pytest.mark.parametrize("size", SIZES)
async def test_the_note_is_asked_and_decides_the_points(size: tuple[int, int]) -> None:
    """10 × 80 % = 8 with an explanation, 10 × 50 % = 5 without."""
    book = notes_book()
    async with desk(size, book=book, unit="a") as at:
        await at.press("x")
        assert "没有发布说明" in at.text()
        assert "已发布说明" in at.text()
        await at.press("b", "enter", *"没有这项职能", "enter")
        assert book.finding("a", "1") == NOTED
        assert points(book, "1") == "8"
        await at.press("g", "1", "enter")
        assert "已发布说明" in at.text()
        await at.press("x", "a", "enter", "enter")  # the reason stands there already
        assert book.finding("a", "1") == Finding(state="na", reason="没有这项职能")
        assert points(book, "1") == "5"


async def test_a_reason_is_needed_with_the_note_too() -> None:
    book = notes_book()
    async with desk(book=book, unit="a") as at:
        await at.press("x", "enter", "enter")
        assert "未填写：理由" in at.text()
        assert book.finding("a", "1") is None
        await at.press("escape")
        assert book.finding("a", "1") is None


async def test_no_note_is_asked_where_it_changes_nothing() -> None:
    book = notes_book()
    async with desk(book=book, unit="a") as at:
        await at.press("g", "2", "enter", "x")
        assert "已发布说明" not in at.text()
        await at.press(*"无此事项", "enter")
        assert book.finding("a", "2") == Finding(state="na", reason="无此事项")


async def test_a_value_typed_over_it_makes_the_item_applicable_again_and_undo_brings_it_back() -> None:
    book = notes_book()
    book.decide("a", "1", NOTED)
    async with desk(book=book, unit="a") as at:
        await at.press("g", "1", "enter", "3", "enter")
        assert book.finding("a", "1") == Finding(
            rows=(FactRow(fact="fault", value="3"),), reason="没有这项职能"
        )
        assert points(book, "1") == "7"
        await at.press("u")
        assert book.finding("a", "1") == NOTED
