"""What each screen looks like at each size, as text: a change is a readable difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.tui.desk import SIZES, Sitting, desk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from syrupy.assertion import SnapshotAssertion


class TextExtension(SingleFileSnapshotExtension):
    """One text file a screen and size."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def screen(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextExtension)


async def overview(at: Sitting) -> None:
    await at.press("down", "down")


async def searching(at: Sitting) -> None:
    await at.press("slash", *"slj")


async def review(at: Sitting) -> None:
    at.app.review("bureau-03")
    await at.press("g", "2", "9", "enter", "7", "down", "2", "w")


async def levels(at: Sitting) -> None:
    at.app.review("sifa")
    await at.press("g", "5", "enter", "b")


async def events(at: Sitting) -> None:
    at.app.review("bureau-01")
    await at.press("g", "4", "4", "enter")


async def stopped(at: Sitting) -> None:
    at.app.review("street-05")
    await at.settle()


async def rest(at: Sitting) -> None:
    at.app.review("sifa")
    await at.press("A")


async def ranking(at: Sitting) -> None:
    await at.press("k", "right")


async def explanation(at: Sitting) -> None:
    await at.press("k", "enter")


async def help_(at: Sitting) -> None:
    await at.press("question_mark")


async def palette(at: Sitting) -> None:
    await at.press("ctrl+p")


async def score(at: Sitting) -> None:
    at.app.review("bureau-03")
    await at.press("right_square_bracket")


SCREENS: dict[str, Callable[[Sitting], Awaitable[None]]] = {
    "overview": overview,
    "searching": searching,
    "review": review,
    "levels": levels,
    "events": events,
    "stopped": stopped,
    "rest": rest,
    "ranking": ranking,
    "explanation": explanation,
    "help": help_,
    "palette": palette,
    "score": score,
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_looks_as_it_did(name: str, size: tuple[int, int], screen: SnapshotAssertion) -> None:
    async with desk(size) as at:
        await SCREENS[name](at)
        assert at.text() + "\n" == screen
