"""Displayed numbers: the scheme's places, and four where fewer would mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from govscore.facts.rows import Row
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.display import MARK_PLACES, display, display_on, shown_places
from govscore.scoring.facts import read_facts

if TYPE_CHECKING:
    from govscore.scoring.result import Result

SCHEME = """format = 1
[scheme]
id = "s"
title = "示例"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
a = "甲"
b = "乙"
[total]
full_marks = 100
places = %d
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
fail = { when = "base < 60", grade = "差" }
bounds = { to = 120 }
[rank]
ties = "share"
[[grade]]
name = "优"
when = ">= 90"
[[grade]]
name = "良"
when = "> 80"
[[grade]]
name = "差"
[[base]]
id = "x"
title = "得分"
points = 100
rule = { kind = "earn", plus = [ { id = "got", title = "得分", range = [0.0001, 100] } ] }
"""


def board(places: int, *marks: str, groups: str = "") -> Board:
    """A board on which unit i has this total."""
    scheme = read_scheme(SCHEME % places)
    letters = groups or "a" * len(marks)
    units = [Unit(unit=f"u{i}", name=f"单位{i}", group=group) for i, group in enumerate(letters)]
    rows = [
        Row(unit=f"u{i}", item="x", fact="got", value=mark, reason="示例")
        if mark != "0"
        else Row(unit=f"u{i}", item="x", state="none")
        for i, mark in enumerate(marks)
        if mark
    ]
    return Board(scheme, read_facts(rows, scheme, units), units)


def totals(result: Result) -> list[str | None]:
    shown = display(result)
    return [shown.total_text(unit) for unit in result]


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        (("91.25", "85.1"), ["91.25", "85.10"]),
        (("91.254", "91.251"), ["91.2540", "91.2510"]),  # two ranks that would look like one
        (("91.254", "91.254"), ["91.25", "91.25"]),  # a true tie
        (("89.996", "70"), ["89.9960", "70.00"]),  # below the line that 90.00 would meet
        (("80.004", "70"), ["80.0040", "70.00"]),  # above the line that 80.00 would miss
        (("90.004", "70"), ["90.00", "70.00"]),  # meets the line either way
        (("0.004", "0"), ["0.0040", "0.0000"]),
    ],
)
def test_four_places_are_shown_where_fewer_would_mislead(marks: tuple[str, ...], shown: list[str]) -> None:
    assert totals(board(2, *marks).result()) == shown


def test_units_of_different_groups_may_look_alike() -> None:
    assert totals(board(2, "91.254", "91.251", groups="ab").result()) == ["91.25", "91.25"]


def test_an_open_unit_shows_no_total() -> None:
    assert totals(board(2, "91.25", "").result()) == ["91.25", None]


def test_with_four_places_there_is_nothing_to_add() -> None:
    assert totals(board(4, "91.2541", "91.2542").result()) == ["91.2541", "91.2542"]


def test_without_places_ties_and_lines_are_told_apart_too() -> None:
    assert totals(board(0, "91.4", "91.3", "79.7", "20").result()) == ["91.4000", "91.3000", "80", "20"]


def test_a_base_that_seems_to_pass_the_gate_is_shown_exactly() -> None:
    result = board(2, "59.996", "60").result()
    shown = display(result)
    assert [shown.base_text(unit) for unit in result] == ["59.9960", "60.00"]


def test_a_board_and_its_result_are_shown_alike() -> None:
    found = board(2, "89.996", "91.254", "91.251", "", "59.996", groups="aaabb")
    assert display_on(found) == display(found.result())
    assert MARK_PLACES in {display_on(found).total(unit) for unit in found.result()}


def test_numbers_beyond_a_machine_word_are_told_apart() -> None:
    scheme = read_scheme(SCHEME % 2)
    lines = [grade.when for grade in scheme.grades if grade.when is not None]
    numbers = np.array([10**30, 10**30 + 10**5, 10**29], dtype=object)
    assert list(shown_places(numbers, 2, lines, 100 * 10**8, apart=True)) == [4, 4, 2]
