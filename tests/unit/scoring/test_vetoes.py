"""Every effect of a veto and of an item, alone and together, worked by hand."""

from __future__ import annotations

import pytest

from tests.unit.scoring.small import Table, clean, extra, found, gains, item, loses, na, scheme, unit, veto

GRADES = [
    {"name": "优秀", "when": ">= 90"},
    {"name": "良好", "when": ">= 80"},
    {"name": "合格", "when": ">= 60"},
    {"name": "不合格"},
]
YES: Table = {"down": {"ask": "yes_no"}}


def judged(*effects: Table, lost: int = 5, **more: object) -> tuple[str, str | None, str | None]:
    """State, total and grade of a unit with 100 − lost points under vetoes that all act."""
    vetoes = [veto(f"v{place}", "down = yes", effect, facts=YES) for place, effect in enumerate(effects)]
    data = scheme(base=[item("a", 100, loses(1))], veto=vetoes, grade=GRADES, **more)
    rows = [found("a", "x", lost), *(found(each["id"], "down", "yes") for each in vetoes)]
    reached = unit(data, *rows)
    return reached.state, None if reached.total is None else str(reached.total), reached.grade


@pytest.mark.parametrize(
    ("effects", "answer"),
    [
        ([], ("scored", "95", "优秀")),
        ([{"stop": "不合格"}], ("stopped", None, "不合格")),
        ([{"zero": "不合格"}], ("scored", "0", "不合格")),
        ([{"at_most": 75}], ("scored", "75", "合格")),
        ([{"at_most": 75, "grade": "不合格"}], ("scored", "75", "不合格")),
        ([{"at_most": 99}], ("scored", "95", "优秀")),
        ([{"cap_grade": "良好"}], ("scored", "95", "良好")),
        ([{"cap_grade": "优秀"}], ("scored", "95", "优秀")),
        # several: stop, else zero, else the lowest; cap_grade always
        ([{"zero": "良好"}, {"stop": "合格"}], ("stopped", None, "合格")),
        ([{"stop": "合格"}, {"stop": "不合格"}], ("stopped", None, "不合格")),
        ([{"at_most": 70}, {"zero": "合格"}], ("scored", "0", "不合格")),
        ([{"at_most": 85}, {"at_most": 70}], ("scored", "70", "合格")),
        ([{"at_most": 85, "grade": "合格"}, {"at_most": 82}], ("scored", "82", "合格")),
        ([{"at_most": 85}, {"cap_grade": "合格"}], ("scored", "85", "合格")),
        ([{"cap_grade": "合格"}, {"cap_grade": "良好"}], ("scored", "95", "合格")),
        ([{"at_most": 85, "cap_grade": "合格"}], ("scored", "85", "合格")),
        # fixed is literal; the lowest result counts: of a limit it is min(limit, 95), of the fixed itself
        ([{"fixed": 59}], ("scored", "59", "不合格")),
        ([{"fixed": 97.5}], ("scored", "97.5", "优秀")),
        ([{"fixed": 97, "grade": "合格"}], ("scored", "97", "合格")),
        ([{"fixed": 85}, {"fixed": 80}], ("scored", "80", "良好")),
        ([{"fixed": 85}, {"at_most": 70}], ("scored", "70", "合格")),
        ([{"fixed": 97}, {"at_most": 99}], ("scored", "95", "优秀")),
        ([{"fixed": 97}, {"cap_grade": "合格"}], ("scored", "97", "合格")),
        ([{"fixed": 85}, {"zero": "合格"}], ("scored", "0", "不合格")),
        ([{"fixed": 85}, {"stop": "合格"}], ("stopped", None, "合格")),
    ],
)
def test_effects_alone_and_together(effects: list[Table], answer: tuple[str, str | None, str | None]) -> None:
    assert judged(*effects) == answer


def test_a_forced_grade_never_lifts() -> None:
    assert judged({"zero": "优秀"}) == ("scored", "0", "不合格")
    assert judged({"at_most": 99, "grade": "良好"}, lost=30) == ("scored", "70", "合格")


def test_a_failed_unit_keeps_total_and_rank_and_takes_the_lower_grade() -> None:
    fail = {"fail": {"when": "base < 60", "grade": "合格"}}
    assert judged(lost=39, total=fail) == ("scored", "61", "合格")
    assert judged(lost=41, total=fail) == ("scored", "59", "不合格")
    lower = {"fail": {"when": "base < 96", "grade": "不合格"}}
    assert judged(total=lower) == ("scored", "95", "不合格")


def test_a_zero_lifts_a_total_below_nothing_and_at_most_never_lifts() -> None:
    assert judged({"zero": "不合格"}, lost=100, total={"floor_at": "none"})[1] == "0"
    assert judged({"at_most": 75}, lost=130, total={"floor_at": "none"})[1] == "-30"


def test_a_fixed_total_may_lift_and_leaves_base_and_rank() -> None:
    """100 − 60 = 40 is fixed at 59; the base stays 40, and the bounds, which come before, do not matter."""
    data = scheme(
        base=[item("a", 100, loses(1))],
        veto=[veto("v", "down = yes", {"fixed": 59}, facts=YES)],
        total={"bounds": {"to": 50}},
    )
    reached = unit(data, found("a", "x", 60), found("v", "down", "yes"))
    assert (str(reached.base), str(reached.total), reached.rank) == ("40", "59", 1)


def test_an_open_unit_may_still_be_fixed_or_not() -> None:
    """Between 0 and 100, or 120 if the undecided veto acts; with a limit that acts already, 70 at most."""
    undecided = veto("v", "down = yes", {"fixed": 120}, facts=YES)
    data = scheme(base=[item("a", 100, loses(1))], veto=[undecided])
    reached = unit(data)
    assert (str(reached.low), str(reached.high)) == ("0", "120")
    limit = veto("w", "down = yes", {"at_most": 70}, facts=YES)
    reached = unit(data | {"veto": [undecided, limit]}, found("w", "down", "yes"))
    assert (str(reached.low), str(reached.high)) == ("0", "70")
    acting = unit(data, found("v", "down", "yes"))
    assert (str(acting.low), str(acting.high)) == ("120", "120")
    below = veto("z", "down = yes", {"zero": "不合格"}, facts=YES)
    low = veto("w", "down = yes", {"at_most": -5}, facts=YES)
    reached = unit(data | {"veto": [below, low]})
    assert (str(reached.low), str(reached.high)) == ("-5", "100")


def test_a_stopped_unit_has_no_score_no_rank_and_nothing_left_to_review() -> None:
    data = scheme(
        base=[item("a", 100, loses(1))],
        bonus=[extra("p", gains(1))],
        veto=[veto("v", "down = yes", {"stop": "不合格"}, facts=YES)],
    )
    reached = unit(data, found("v", "down", "yes"))
    assert (reached.state, reached.base, reached.total, reached.rank, reached.grade) == (
        "stopped", None, None, None, "不合格",
    )  # fmt: skip
    assert (reached.bonus, reached.major_deduction, reached.so_far) == (None, None, None)
    assert {each.state for each in reached.items.values()} == {"stopped"}
    assert (reached.open_items, reached.open_vetoes) == ((), ())


def test_without_grades_a_unit_has_only_a_forced_one() -> None:
    data = scheme(base=[item("a", 100, loses(1))], total={"fail": {"when": "base < 60", "grade": "不合格"}})
    assert unit(data, found("a", "x", 5)).grade is None
    assert unit(data, found("a", "x", 45)).grade == "不合格"


@pytest.mark.parametrize(
    ("applies_to", "row", "acts"), [(["all"], "yes", True), (["others"], None, False), (["all"], "na", False)]
)
def test_vetoes_that_do_not_concern_the_unit_do_not_act(
    applies_to: list[str], row: str | None, acts: bool
) -> None:
    data = scheme(
        groups={"all": "全部", "others": "其他"},
        base=[item("a", 100, loses(1))],
        veto=[veto("v", "a/x >= 1", {"zero": "不合格"}, applies_to=applies_to, facts=YES)],
    )
    rows = [na("v")] if row == "na" else [found("v", "down", row)] if row else []
    reached = unit(data, found("a", "x", 1), *rows)
    assert (str(reached.total) == "0") is acts


# --- warnings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "acts", "warns"), [(2, False, False), (3, False, True), (4.99, False, True), (5, True, False)]
)
def test_a_veto_warns_below_its_line_without_effect(share: float, acts: bool, warns: bool) -> None:
    data = scheme(
        base=[item("a", 100, loses(1))],
        veto=[
            veto(
                "v", "down >= 5 %", {"at_most": 50}, warn_when="down >= 3 %", facts={"down": {"ask": "ratio"}}
            )
        ],
    )
    reached = unit(data, clean("a"), found("v", "down", share, of="100"))
    assert (reached.vetoes[0].acts, reached.vetoes[0].warns) == (acts, warns)
    assert str(reached.total) == ("50" if acts else "100")


def test_an_undecided_warning_keeps_no_unit_open() -> None:
    """The veto is decided by a; its warning reads an open fact of its own, which nobody has to answer."""
    warning = veto("v", "a/x >= 9", {"zero": "差"}, warn_when="down = yes", facts=YES)
    data = scheme(base=[item("a", 100, loses(1))], veto=[warning])
    reached = unit(data, clean("a"))
    assert (reached.state, reached.vetoes[0].warns, reached.open_vetoes) == ("scored", False, ())
    assert unit(data, clean("a"), found("v", "down", "yes")).vetoes[0].warns


# --- the effect of an item ------------------------------------------------------------------------

LINE: Table = {"id": "x", "title": "次", "each": 1}


@pytest.mark.parametrize(
    ("rule", "rows", "acts"),
    [
        ({"kind": "deduct", "minus": [LINE]}, [("x", 1)], True),
        ({"kind": "deduct", "minus": [LINE]}, [("x", 0)], False),
        # before caps and `zero_if`: what the lines take decides
        ({"kind": "deduct", "minus": [LINE | {"cap": 0}]}, [("x", 1)], False),
        ({"kind": "deduct", "minus": [LINE], "plus": [LINE | {"id": "y"}]}, [("x", 1), ("y", 1)], True),
        ({"kind": "deduct", "plus": [LINE | {"id": "y"}]}, [("y", 1)], False),
        ({"kind": "deduct", "minus": [LINE], "zero_if": "x >= 9"}, [("x", 9)], True),
        ({"kind": "deduct", "zero_if": "posts = 0"}, [("posts", 0)], False),
    ],
)
def test_the_effect_of_a_base_item_acts_when_its_lines_take(
    rule: Table, rows: list[tuple[str, int]], acts: bool
) -> None:
    facts = {"posts": {"ask": "count"}} if "posts" in str(rule) else {}
    data = scheme(base=[item("a", 100, rule, effect={"cap_grade": "良好"}, facts=facts)], grade=GRADES)
    reached = unit(data, *(found("a", name, value) for name, value in rows))
    assert reached.vetoes[0].acts is acts


@pytest.mark.parametrize(
    ("rule", "count", "acts"),
    [
        ({"kind": "deduct", "minus": [LINE]}, 1, True),
        ({"kind": "deduct", "minus": [LINE]}, 0, False),
        # not lessened: the amount is 1 − 2, limited to 0, and yet 1 was taken
        ({"kind": "deduct", "minus": [LINE], "plus": [{"count": "x2", "each": 2}]}, 1, True),
        ({"kind": "earn", "plus": [LINE]}, 1, True),
        ({"kind": "deduct", "plus": [LINE]}, 1, False),
    ],
)
def test_the_effect_of_a_major_deduction_acts_when_it_takes(rule: Table, count: int, acts: bool) -> None:
    deduction = extra("m", rule, effect={"at_most": 59}, facts={"x2": {"ask": "count"}})
    data = scheme(base=[item("a", 100, loses(1))], major_deduction=[deduction])
    reached = unit(data, clean("a"), found("m", "x", count), found("m", "x2", count))
    assert reached.vetoes[0].acts is acts
    assert (str(reached.total) == "59") is acts


def test_the_effect_of_a_locked_bonus_does_not_act_and_of_an_open_one_waits() -> None:
    bonus = extra("p", {"kind": "deduct", "minus": [LINE]}, effect={"cap_grade": "良好"})
    data = scheme(
        base=[item("a", 100, loses(1))], bonus=[bonus], grade=GRADES, total={"bonus_when": "base > 80"}
    )
    locked = unit(data, found("a", "x", 20), found("p", "x", 1))
    assert (locked.vetoes[0].acts, locked.vetoes[0].undecided) == (False, False)
    unlocked = unit(data, found("a", "x", 5), found("p", "x", 1))
    assert (unlocked.vetoes[0].acts, unlocked.grade) == (True, "良好")
    waiting = unit(data, found("p", "x", 1))
    assert (waiting.vetoes[0].acts, waiting.vetoes[0].undecided) == (False, True)


def test_an_effect_waits_for_its_item() -> None:
    data = scheme(base=[item("a", 100, loses(1), effect={"cap_grade": "良好"})], grade=GRADES)
    assert unit(data).vetoes[0].undecided
    assert not unit(data, na("a")).vetoes[0].undecided
