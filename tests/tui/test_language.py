"""Nothing on the desk is said past the catalogue: each language's screens hold its own sentences only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from tests.tui.desk import desk
from tests.tui.example import EXAMPLE
from tests.tui.test_snapshots import SCREENS
from tools.catalogue import known, po_path, read, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.desk import Sitting

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

SAID: Final = {
    "overview": ("22 of 24 units reviewed", "so far ", "prov. 10", "under review · provisional"),
    "searching": ("reviewed", "search"),
    "review": ("next open", "rest without fault", "Reason", "what was blank is filled in"),
    "levels": ("next open",),
    "events": ("next open",),
    "stopped": ("stopped",),
    "rest": (
        "Nothing found on the other",
        "Each becomes a decision of its own; one undo takes all of them",
        "Earns 0 points, since only what is found earns some",
        "Stays open, since it needs an answer",
        "confirm",
        "cancel",
    ),
    "ranking": ("explain", "group"),
    "explanation": ("Why ",),
    "help": ("Keys and signs", "confirm this item and go to the next open one"),
    "palette": ("Commands", "show all units, those with open items, or the reviewed ones"),
    "score": ("next open",),
}
"""Sentences that must be on the English screens."""
_CJK: Final = re.compile("[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_ENGLISH: Final = re.compile(r"[A-Za-z][A-Za-z’'-]+(?: [A-Za-z][A-Za-z’'-]+)*")


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


# --- English ---------------------------------------------------------------------------------------


@cache
def data() -> str:
    """Everything Chinese that the assessment itself brings along, and who sits at the desk."""
    files = [EXAMPLE / name for name in ("scheme.toml", "units.csv", "findings.csv")]
    return "".join(file.read_text(encoding="utf-8-sig") for file in files) + "\n李四"


@cache
def catalogue() -> frozenset[str]:
    """The English catalogue."""
    entries = known(read(po_path("en"), "en")).values()
    return frozenset(text for entry in entries for text in strings(entry))


@cache
def pieces() -> frozenset[str]:
    """What stands between the places of data."""
    return frozenset(part.strip() for text in catalogue() for part in re.split(r"\{\w*\}", text))


@cache
def sentences() -> str:
    """All pieces, a line each."""
    return "\n".join(sorted(pieces()))


def is_english(run: str) -> bool:
    """Whether a run of words is part of a sentence, by itself or behind a whole piece (a label)."""
    if run in sentences():
        return True
    ends = [place for place, character in enumerate(run) if character == " "]
    return any(run[:end] in pieces() and is_english(run[end + 1 :]) for end in ends)


def not_english(text: str) -> list[str]:
    """Chinese that is no data of the assessment."""
    return [found for found in _CJK.findall(text) if found not in data()]


def not_in_catalogue(text: str) -> list[str]:
    """Runs of English words that stand in no sentence of the catalogue, names of keys and ids aside."""
    runs = (run for line in text.split("\n") for run in _ENGLISH.findall(line))
    parts = (part for run in runs for part in re.split(rf"\b(?:{'|'.join(NAMES)})(?:-\w)?\b", run))
    return [part for part in map(str.strip, parts) if not is_english(part)]


def test_the_english_probes_would_notice() -> None:
    assert not_english("区司法局 · 未评完") == ["未评完"]
    assert not_in_catalogue("22 of 24 units reviewed, by chance") == ["by chance"]


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.usefixtures("english")
async def test_an_english_screen_has_english_from_the_catalogue_and_nothing_else(name: str) -> None:
    async with desk((140, 40)) as at:
        await SCREENS[name](at)
        text = at.text()
        assert not_english(text) == []
        assert not_in_catalogue(text) == []
        missing = [said for said in SAID[name] if said not in text]
        assert missing == []


@pytest.mark.usefixtures("english")
async def test_what_is_said_in_english() -> None:
    async with desk(unit="bureau-03") as at:
        assert await said(at, "2", "enter") == (
            "still to be answered: 信息更新不及时; w fills the rest as without fault"
        )
        assert await said(at, "w") == "what was blank is filled in as without fault; Enter confirms"
        assert await said(at, "escape") == "示例三局: begun, not confirmed: 6"


async def said(at: Sitting, *keys: str) -> str:
    await at.press(*keys)
    return at.status()
