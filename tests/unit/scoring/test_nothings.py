"""Five nothings told apart, points so far and the span still possible; worked by hand."""

from __future__ import annotations

import pytest

from tests.unit.scoring.small import (
    Table,
    clean,
    extra,
    found,
    gains,
    item,
    loses,
    na,
    run,
    scheme,
    unit,
    units,
    veto,
)  # fmt: skip

TWO = [item("a", 60, loses(1)), item("b", 40, loses(1))]


def test_five_nothings_are_five_states() -> None:
    data = scheme(
        groups={"all": "全部", "others": "其他"},
        base=[*TWO, item("c", 10, loses(1)), item("d", 10, loses(1), applies_to=["others"])],
        veto=[veto("v", "a/x >= 9", {"stop": "不合格"})],
    )
    rows = [found("a", "x", 0), found("a", "x", 60, unit="w"), na("b"), na("b", unit="w")]
    result = run(data, *rows, roster=units("u", "w"))
    states = {id: each.state for id, each in result["u"].items.items()}
    assert states == {"a": "reviewed", "b": "not_applicable", "c": "open", "d": "not_assigned"}
    stopped = result["w"]
    # 60 faults: a is reviewed and worth 0, c was never reviewed, and need not be
    assert {id: each.state for id, each in stopped.items.items()} == {
        "a": "reviewed", "b": "not_applicable", "c": "stopped", "d": "not_assigned",
    }  # fmt: skip
    assert str(stopped.items["a"].points) == "0"
    assert [stopped.items[id].points for id in "bcd"] == [None, None, None]


def test_an_open_unit_has_no_total_but_points_so_far_and_a_span() -> None:
    reached = unit(scheme(base=TWO), found("a", "x", 10))
    assert (reached.state, reached.base, reached.total, reached.rank, reached.grade) == (
        "open", None, None, None, None,
    )  # fmt: skip
    # so far 50 + 0; at least 50 + 0, at most 50 + 40
    assert (str(reached.so_far), str(reached.low), str(reached.high)) == ("50", "50", "90")
    assert reached.open_items == ("b",)
    assert (reached.reviewed, reached.assigned) == (1, 2)


def test_a_scored_unit_has_no_span() -> None:
    reached = unit(scheme(base=TWO), found("a", "x", 10), clean("b"))
    assert (str(reached.total), reached.so_far, reached.low, reached.high) == ("90", None, None, None)


def test_a_base_is_shown_as_soon_as_no_base_item_is_open() -> None:
    data = scheme(base=TWO, bonus=[extra("p", gains(1), cap=5)])
    reached = unit(data, found("a", "x", 10), clean("b"))
    assert (reached.state, str(reached.base), reached.total) == ("open", "90", None)
    assert (str(reached.so_far), str(reached.low), str(reached.high)) == ("90", "90", "95")


def test_a_bonus_without_cap_leaves_the_span_open_above_and_a_deduction_below() -> None:
    data = scheme(base=TWO, bonus=[extra("p", gains(1))])
    reached = unit(data, found("a", "x", 10), clean("b"))
    assert (str(reached.low), reached.high) == ("90", None)
    data = scheme(base=TWO, major_deduction=[extra("m", loses(1))])
    reached = unit(data, found("a", "x", 10), clean("b"))
    assert (reached.low, str(reached.high)) == (None, "90")


@pytest.mark.parametrize("full_marks", [100, "0.0001"])
def test_what_has_no_limit_has_none_however_it_is_rescaled(full_marks: object) -> None:
    """With `floor_at = "none"` an open base item may take any number of points, of tiny full marks, too."""
    from decimal import Decimal

    change = {"full_marks": Decimal(str(full_marks)), "floor_at": "none"}
    change |= {"not_applicable": {"policy": "rescale", "to": "full", "within": "part"}}
    reached = unit(scheme(base=TWO, total=change), found("a", "x", 10))
    assert reached.low is None
    assert reached.high is not None


def test_a_huge_bonus_does_not_hide_an_unlimited_deduction() -> None:
    # p: 1 000 000 × 1 000 000 points; m could take as many
    data = scheme(
        base=TWO, bonus=[extra("p", gains(1_000_000))], major_deduction=[extra("m", loses(1_000_000))]
    )
    reached = unit(data, clean("a"), clean("b"), found("p", "x", 1_000_000))
    assert (reached.low, str(reached.high)) == (None, "1000000000100")


def test_a_locked_bonus_needs_no_review() -> None:
    data = scheme(base=TWO, bonus=[extra("p", gains(1))], total={"bonus_when": "base > 80"})
    reached = unit(data, found("a", "x", 20), clean("b"))
    assert (reached.state, str(reached.total)) == ("scored", "80")
    assert (reached.items["p"].state, reached.items["p"].points) == ("locked", None)
    # one fault less: the mark 81 opens it, and it waits
    reached = unit(data, found("a", "x", 19), clean("b"))
    assert (reached.state, reached.items["p"].state) == ("open", "open")


def test_an_open_bonus_and_an_open_deduction_are_not_0() -> None:
    """They are none until every item that adds to them is reviewed, and 0 only when reviewed as 0."""
    data = scheme(base=TWO, bonus=[extra("p", gains(1))], major_deduction=[extra("m", loses(2))])
    reached = unit(data, clean("a"), clean("b"))
    assert (str(reached.base), reached.bonus, reached.major_deduction) == ("100", None, None)
    reached = unit(data, clean("a"), clean("b"), found("p", "x", 3))
    assert (str(reached.bonus), reached.major_deduction) == ("3", None)
    reached = unit(data, clean("a"), clean("b"), found("p", "x", 3), clean("m"))
    assert (str(reached.bonus), str(reached.major_deduction), str(reached.total)) == ("3", "0", "103")


def test_a_bonus_is_not_known_while_an_open_base_item_may_lock_it() -> None:
    data = scheme(base=TWO, bonus=[extra("p", gains(5))], total={"bonus_when": "base > 80"})
    assert unit(data, clean("a"), found("p", "x", 1)).bonus is None
    # 100 − 20 = 80 is not above 80: locked, and that is a bonus of 0
    assert str(unit(data, found("a", "x", 20), clean("b")).bonus) == "0"


def test_the_gate_is_undecided_while_a_base_item_is_open() -> None:
    data = scheme(base=TWO, bonus=[extra("p", gains(5))], total={"bonus_when": "base > 80"})
    reached = unit(data, found("a", "x", 10), found("p", "x", 1))
    assert (reached.bonus_locked, reached.items["p"].state, str(reached.items["p"].points)) == (
        False,
        "reviewed",
        "5",
    )
    # so far 50, where the bonus does not count; at most 90 + 5
    assert (str(reached.so_far), str(reached.low), str(reached.high)) == ("50", "50", "95")


@pytest.mark.parametrize(
    ("rows", "state", "span"),
    [
        # v undecided: 90, or 30 if it acts
        ([found("a", "x", 10), clean("b")], "open", ("30", "90")),
        ([found("a", "x", 10), clean("b"), found("v", "down", "yes")], "scored", None),
        # a limit that acts already is the upper end
        ([found("a", "x", 10), found("v", "down", "yes")], "open", ("30", "30")),
    ],
)
def test_vetoes_in_the_span(rows: list[object], state: str, span: tuple[str, str] | None) -> None:
    facts: Table = {"down": {"ask": "yes_no"}}
    data = scheme(base=TWO, veto=[veto("v", "down = yes", {"at_most": 30}, facts=facts)])
    reached = unit(data, *rows)  # type: ignore[arg-type]
    assert reached.state == state
    assert span is None or (str(reached.low), str(reached.high)) == span


def test_a_unit_to_which_nothing_applies_is_not_assessed() -> None:
    reached = unit(scheme(base=TWO, bonus=[extra("p", gains(1))]), na("a"), na("b"))
    assert (reached.state, reached.base, reached.bonus, reached.total, reached.rank) == (
        "unassessed", None, None, None, None,
    )  # fmt: skip
    assert reached.coverage_text == "0.0000"


def test_a_unit_to_which_nothing_is_given_has_no_coverage() -> None:
    data = scheme(
        groups={"all": "全部", "others": "其他"}, base=[item("a", 5, loses(1), applies_to=["others"])]
    )
    reached = unit(data)
    assert (reached.state, reached.coverage) == ("unassessed", None)


def test_facts_stay_open_until_each_has_a_row() -> None:
    data = scheme(base=[item("a", 3, loses(1), facts={"posts": {"ask": "count"}, "rate": {"ask": "ratio"}})])
    assert unit(data, found("a", "posts", 1), found("a", "x", 1)).items["a"].state == "open"
    # "nothing found" answers counts, but never a ratio
    assert unit(data, clean("a")).items["a"].state == "open"
    assert str(unit(data, clean("a"), found("a", "rate", 1, of="2")).items["a"].points) == "3"
