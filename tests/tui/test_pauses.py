"""Memory is collected in the pauses between keys."""

from __future__ import annotations

import gc

import pytest

from govscore.tui import pauses
from govscore.tui.pauses import Pauses, no_pauses
from tests.tui.desk import desk


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The generations collected, with enough garbage and a clock that stands still."""
    found: list[int] = []
    monkeypatch.setattr(pauses, "monotonic", lambda: 100.0)
    monkeypatch.setattr(gc, "collect", lambda generation=2: found.append(generation))
    monkeypatch.setattr(gc, "get_count", lambda: (50_000, 0, 0))
    return found


def at(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr(pauses, "monotonic", lambda: seconds)


def test_nothing_is_collected_right_after_a_key(
    collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Pauses()
    at(monkeypatch, 110.0)
    mine.key()
    at(monkeypatch, 110.2)
    mine.collect()
    assert collected == []
    at(monkeypatch, 110.5)
    mine.collect()
    assert collected == [1]


def test_everything_is_collected_once_a_minute(collected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Pauses()
    for seconds in (130.0, 161.0, 162.0):
        at(monkeypatch, seconds)
        mine.collect()
    assert collected == [1, 2, 1]


def test_the_thresholds_are_what_they_were_afterwards() -> None:
    before = gc.get_threshold()
    with no_pauses():
        assert gc.get_threshold()[0] > 100_000
    assert gc.get_threshold() == before


async def test_the_app_tells_of_every_key() -> None:
    async with desk() as sitting:
        sitting.app.pauses._last_key = 0.0
        await sitting.press("down")
        assert sitting.app.pauses._last_key > 0.0
