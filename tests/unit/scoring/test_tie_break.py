"""Equal totals parted by the points of sections and items; worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govscore.i18n import speaking
from govscore.scoring.trace import explain
from tests.unit.scoring.small import Table, clean, extra, found, gains, item, loses, na, run, scheme, units

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.scoring.result import Result


def ranked(
    tie_break: list[str], taken: dict[str, tuple[int, int, int]], ties: str = "share", **more: object
) -> Result:
    """Units that lose so many points on items `a` (40, in section `s`), `b` (30, in `s`) and `c` (30)."""
    data = scheme(
        section=[{"id": "s", "title": "指标"}],
        base=[
            item("a", 40, loses(), section="s"),
            item("b", 30, loses(), section="s"),
            item("c", 30, loses()),
        ],
        rank={"ties": ties, "tie_break": tie_break},
        **more,
    )
    rows: list[Row] = []
    for unit, losses in taken.items():
        rows += [found(id, "x", lost, unit=unit) for id, lost in zip("abc", losses, strict=True)]
    return run(data, *rows, roster=units(*taken))


def places(result: Result) -> list[int | None]:
    return [unit.rank for unit in result]


def test_equal_totals_are_parted_by_the_points_of_a_section() -> None:
    # 100 − 6 each; section s: 70 − 6 = 64, 70 − 2 = 68, 70 − 4 = 66
    result = ranked(["s"], {"u": (6, 0, 0), "v": (2, 0, 4), "w": (0, 4, 2)})
    assert [str(unit.total) for unit in result] == ["94", "94", "94"]
    assert places(result) == [3, 1, 2]


def test_a_second_name_parts_only_those_that_the_first_left_level() -> None:
    # s: 66, 66, 68; then item a: 36 before 38? no: v has 40 − 2 = 38, u has 40 − 4 = 36
    result = ranked(["s", "a"], {"u": (4, 0, 2), "v": (2, 2, 2), "w": (1, 1, 4)})
    assert places(result) == [3, 2, 1]
    by = [[each.id for each in unit.parted_by] for unit in result]
    assert by == [["s", "a"], ["s", "a"], ["s"]]
    assert [str(each.points) for each in result["u"].parted_by] == ["66", "36"]


@pytest.mark.parametrize(("ties", "expected"), [("share", [1, 1, 3, 4]), ("dense", [1, 1, 2, 3])])
def test_what_nothing_parts_stays_tied(ties: str, expected: list[int]) -> None:
    # totals 98, 98, 98, 90; a: 40, 40, 38, 30
    taken = {"u": (0, 2, 0), "v": (0, 0, 2), "w": (2, 0, 0), "x": (10, 0, 0)}
    result = ranked(["a"], taken, ties=ties)
    assert places(result) == expected
    assert [bool(unit.parted_by) for unit in result] == [True, True, True, False]


def test_a_better_total_is_never_overtaken() -> None:
    # u has 99 with a loss on a; v and w have 98 with all, and with half of a
    assert places(ranked(["a"], {"u": (1, 0, 0), "v": (0, 1, 1)})) == [1, 2]
    assert places(ranked(["a"], {"u": (1, 0, 0), "v": (0, 1, 1), "w": (2, 0, 0)})) == [1, 2, 3]


def test_a_smaller_deduction_comes_first() -> None:
    """u: 100 − 2 − 1 = 97; v: 100 − 0 − 3 = 97, but more was deducted."""
    data = scheme(
        base=[item("a", 100, loses())],
        major_deduction=[extra("m", loses())],
        rank={"ties": "share", "tie_break": ["m"]},
    )
    rows = [
        found("a", "x", 2, unit="v"),
        found("m", "x", 1, unit="v"),
        found("a", "x", 0),
        found("m", "x", 3),
    ]
    result = run(data, *rows, roster=units("u", "v"))
    assert [(unit.unit, unit.rank) for unit in result] == [("u", 2), ("v", 1)]
    assert str(result["v"].parted_by[0].points) == "1"


def test_what_a_unit_does_not_have_counts_as_nothing() -> None:
    """b is not applicable to u, the gate locks v's bonus: both have 0 where w has points."""
    data = scheme(
        base=[item("a", 50, loses()), item("b", 50, loses())],
        bonus=[extra("g", gains())],
        total={"bonus_when": "base >= 80", "bounds": {"to": 60}},
        rank={"ties": "share", "tie_break": ["b"]},
    )
    rows = [
        *(clean("a"), na("b"), clean("g")),
        *(found("a", "x", 10, unit="w"), found("b", "x", 10, unit="w"), clean("g", unit="w")),
    ]
    assert places(run(data, *rows, roster=units("u", "w"))) == [2, 1]
    data["rank"] = {"ties": "share", "tie_break": ["g"]}
    data["total"]["bounds"] = {"from": 70, "to": 70}
    rows = [
        *(found("a", "x", 30), found("b", "x", 0), found("g", "x", 9)),  # 70: locked
        *(clean("a", unit="w"), clean("b", unit="w"), found("g", "x", 1, unit="w")),  # 100 + 1, bounded
    ]
    assert places(run(data, *rows, roster=units("u", "w"))) == [2, 1]


def test_ties_are_broken_on_marks() -> None:
    """A third of 1 and 0.33333 have different numbers, but one mark of 0.3333."""
    share: Table = {"kind": "share", "of": "x"}
    data = scheme(
        base=[
            item("a", 1, share, facts={"x": {"ask": "ratio"}}),
            item("b", 1, share, facts={"x": {"ask": "ratio"}}),
            item("c", 98, loses()),
        ],
        rank={"ties": "share", "tie_break": ["a"]},
    )
    rows = [
        *(found("a", "x", "1", of="3"), found("b", "x", "2", of="3"), clean("c")),
        *(found("a", "x", "0.33333", of="1", unit="v"), found("b", "x", "0.66667", of="1", unit="v")),
        clean("c", unit="v"),
    ]
    assert places(run(data, *rows, roster=units("u", "v"))) == [1, 1]


def test_the_floor_of_a_top_section_counts() -> None:
    """Sections below 0 end at 0, so −5 and −2 are level: 30 − 35 and 30 − 32."""
    data = scheme(
        section=[{"id": "s", "title": "指标"}],
        base=[item("a", 30, loses(), section="s"), item("b", 70, loses())],
        total={"floor_at": "section"},
        rank={"ties": "share", "tie_break": ["s"]},
    )
    rows = [found("a", "x", 35), clean("b"), found("a", "x", 32, unit="v"), clean("b", unit="v")]
    result = run(data, *rows, roster=units("u", "v"))
    assert places(result) == [1, 1]
    assert [str(unit.sections["s"]) for unit in result] == ["-5", "-2"]


def test_the_trace_says_by_what_a_tie_was_broken() -> None:
    result = ranked(["s", "a"], {"u": (4, 0, 2), "v": (2, 2, 2)})
    said = explain(result, "v").totals[-1].text
    assert said == "类别内排名：第 1 名；总分与其他单位相同，按“项a”（38分）的得分排列"
    with speaking("en"):
        said = explain(result, "u").totals[-1].text
        assert said == "rank in the group: 2; same total as others, placed by the points of “项a” (36)"
    alone = ranked(["s"], {"u": (4, 0, 2), "v": (2, 2, 1)})
    assert explain(alone, "v").totals[-1].text == "类别内排名：第 1 名"
