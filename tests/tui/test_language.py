"""Nothing on the desk is said past the catalogue: in Chinese no English sentence is left on a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.tui.desk import desk
from tests.tui.test_snapshots import SCREENS

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES: Final = {
    "govscore",
    "award",
    "min",
    "bureau",
    "street",
    "sifa",
    "slj",
    "Enter",
    "Esc",
    "Tab",
    "PgUp",
    "PgDn",
    "Home",
    "End",
    "down",
}
"""Names of keys, ids of units, and what the tests type."""


def words(text: str) -> Iterator[str]:
    """English words of three letters and more."""
    return (word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in NAMES)


def test_the_probe_would_notice() -> None:
    assert list(words("已保存 saved 14:02 Esc 返回")) == ["saved"]


@pytest.mark.parametrize("name", SCREENS)
async def test_a_chinese_screen_has_no_english_on_it(name: str) -> None:
    async with desk((140, 40)) as at:
        await SCREENS[name](at)
        assert list(words(at.text())) == []


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.usefixtures("english")
async def test_an_english_screen_says_the_same_in_english(name: str) -> None:
    async with desk((140, 40)) as at:
        await SCREENS[name](at)
        assert len(list(words(at.text()))) > 5
