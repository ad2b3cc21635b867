"""What changes would gain on items that are asked in several periods, or by several reviewers."""

from __future__ import annotations

from govscore import what_if
from tests.unit.scoring.small import found, item, loses, run, scheme


def test_what_several_reviewers_found_changes_for_all_of_them() -> None:
    """10 − 2 = 8 and 10 − 4 = 6 give 7; without faults both give 10."""
    two = {"take": "mean", "raters": 2}
    data = scheme(base=[item("a", 10, loses(), reviewers=two)])
    rows = [found("a", "x", 2, reviewer="甲"), found("a", "x", 4, reviewer="乙")]
    only = what_if(run(data, *rows), "u").gains
    assert [(gain.change.text, str(gain.gain)) for gain in only] == [("问题：4 / 2 → 0", "3")]
    assert [row.reviewer for row in only[0].change.rows] == ["乙", "甲"]


def test_a_reviewer_who_is_missing_decides_how_an_open_item_ends() -> None:
    """甲 gives 8; another one 10 at best: 9. At worst, from 10 faults on, 0: 4."""
    two = {"take": "mean", "raters": 2}
    data = scheme(base=[item("a", 10, loses(), reviewers=two)])
    gains = what_if(run(data, found("a", "x", 2, reviewer="甲")), "u").gains
    told = [(gain.change.kind, gain.change.text, str(gain.total)) for gain in gains]
    assert told == [("best", "问题：2 → 0 / 2", "9"), ("worst", "问题：2 → 10 / 2", "4")]


def test_what_differs_by_group_gains_what_it_is_worth_to_the_unit() -> None:
    """Points 8 here and 12 elsewhere: a quarter of 8 is 2. The target here is 10 of them, not 20."""
    points = {"by": "group", "all": 8, "other": 12}
    target = {"by": "group", "all": 10, "other": 20}
    data = scheme(
        base=[
            item("a", points, loses("25 %")),
            item("b", 4, {"kind": "share", "of": "n", "target": target}, facts={"n": {"ask": "count"}}),
        ],
        groups={"all": "全部", "other": "其他"},
    )
    gains = what_if(run(data, found("a", "x", 1), found("b", "n", 5)), "u").gains
    told = [(gain.change.text, str(gain.gain)) for gain in gains]
    assert told == [("问题：1 → 0", "2"), ("n：5 → 10", "2"), ("n：5 → 6", "0.4")]


QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
BY_QUARTER = loses() | {"per": "quarter", "combine": "lines"}


def test_each_period_is_a_change_of_its_own() -> None:
    """8 − 2 − 1 = 5; without the faults of the first quarter 7, of the second 6, without all 8."""
    data = scheme(base=[item("a", 8, BY_QUARTER)])
    counts = zip((2, 1, 0, 0), QUARTERS, strict=True)
    gains = what_if(run(data, *[found("a", "x", each, period=period) for each, period in counts]), "u").gains
    assert [(gain.change.kind, gain.change.period, gain.change.text, str(gain.gain)) for gain in gains] == [
        ("item", "", "整项未发现问题", "3"),
        ("line", "2024-Q1", "2024-Q1 问题：2 → 0", "2"),
        ("line", "2024-Q2", "2024-Q2 问题：1 → 0", "1"),
    ]


def test_open_periods_are_answered_alike() -> None:
    """The first quarter has 2 faults; at best no more: 8 − 2 = 6; at worst 3 in each of the two others."""
    data = scheme(base=[item("a", 8, BY_QUARTER)])
    rows = (found("a", "x", 2, period="2024-Q1"), found("a", state="na", period="2024-Q4"))
    gains = what_if(run(data, *rows), "u").gains
    assert [(gain.change.kind, gain.change.text, str(gain.total)) for gain in gains] == [
        ("best", "问题：0", "6"),
        ("worst", "问题：3", "0"),
    ]
