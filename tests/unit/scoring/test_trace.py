"""What a trace says: arithmetic to follow with a calculator, and the steps in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govscore import i18n
from govscore.scoring.trace import UnitTrace, explain, explain_item
from tests.sums import end_of
from tests.unit.scoring.small import (
    Table,
    board,
    clean,
    extra,
    found,
    gains,
    item,
    loses,
    na,
    run,
    scheme,
    veto,
)  # fmt: skip

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.scoring.steps import ItemTrace

pytestmark = pytest.mark.usefixtures("english")


def traced(data: Table, *rows: Row) -> UnitTrace:
    return explain(run(data, *rows), "u")


def of_item(rule: Table, *rows: Row, kind: str = "base", **more: object) -> ItemTrace:
    """The trace of item `i`."""
    if kind == "base":
        data = scheme(base=[item("i", more.pop("points", 3), rule, **more)])
    else:
        data = scheme(base=[item("b", 100, loses(1))], **{kind: [extra("i", rule, **more)]})
        rows = (clean("b"), *rows)
    return next(each for each in traced(data, *rows).items if each.item == "i")


LEVELS = [{"id": "full", "title": "已发布", "points": 3}, {"id": "note", "title": "有说明", "points": "60 %"}]
EVENTS: Table = {
    "kind": "events",
    "levels": {"national": 5, "provincial": 3, "city": "10 %"},
    "shared": "divide",
}
RATIO: Table = {"x": {"ask": "ratio", "title": "办结率"}}


def event(case: str, level: str, **cells: str) -> Row:
    return found("i", "event", level, case=case, start="2024-03-01", **cells)


@pytest.mark.parametrize(
    ("rule", "rows", "more", "arithmetic"),
    [
        ({"kind": "deduct"}, [clean("i")], {}, "3"),
        (loses(0.5), [found("i", "x", 2)], {}, "3 − 2 × 0.5 = 2"),
        (loses(0.5), [found("i", "x", 1)], {}, "3 − 0.5 = 2.5"),
        (loses(0.5), [found("i", "x", 8)], {}, "max(0, 3 − 8 × 0.5) = 0"),
        (loses(0.5, cap=2), [found("i", "x", 8)], {}, "3 − min(2, 8 × 0.5) = 1"),
        (loses("10 %", cap="50 %"), [found("i", "x", 8)], {}, "3 − min(50 % × 3, 8 × 10 % × 3) = 1.5"),
        (loses(0.5) | {"zero_if": "x >= 2"}, [found("i", "x", 2)], {}, "3 − 2 × 0.5 = 2 → 0"),
        (gains(2), [found("i", "x", 2)], {}, "min(3, 2 × 2) = 3"),
        (gains(2), [found("i", "x", 0)], {}, "0"),
        ({"kind": "level", "levels": LEVELS}, [found("i", "level", "full")], {}, "3"),
        ({"kind": "level", "levels": LEVELS}, [found("i", "level", "note")], {}, "60 % × 3 = 1.8"),
        (
            {"kind": "level", "levels": LEVELS, "minus": loses(0.5)["minus"]},
            [found("i", "level", "note"), found("i", "x", 1)], {},
            "60 % × 3 = 1.8; 1.8 − 0.5 = 1.3",
        ),
        (
            {"kind": "share", "of": "x"}, [found("i", "x", 17, of="18")], {"facts": RATIO},
            "3 × 17 ÷ 18 = 2.83333333",
        ),
        (
            {"kind": "share", "of": "x", "minus": loses(0.5, id="y")["minus"]},
            [found("i", "x", 17, of="18"), found("i", "y", 1)], {"facts": RATIO},
            "3 × 17 ÷ 18 = 2.83333333; 2.83333333 − 0.5 = 2.33333333",
        ),
        (
            {"kind": "share", "of": "x", "target": "90 %"}, [found("i", "x", "1.5", of="3")],
            {"facts": RATIO}, "3 × min(1, 1.5 ÷ 3 ÷ 90 %) = 1.66666667",
        ),
        (
            {"kind": "share", "of": "x"}, [found("i", "x", 5, of="4")],
            {"facts": {"x": {"ask": "ratio", "over": True}}}, "3 × min(1, 5 ÷ 4) = 3",
        ),
        (
            {"kind": "share", "of": "x", "target": 8}, [found("i", "x", "-1")],
            {"facts": {"x": {"ask": "number"}}}, "3 × min(1, -1 ÷ 8) = -0.375; max(0, -0.375) = 0",
        ),
        (
            loses("33.333333333 %"), [found("i", "x", 1)], {"points": 1},
            "33.333333333 % × 1 = 0.33333333; 1 − 0.33333333 = 0.66666667",
        ),
        (
            {"kind": "deduct", "minus": [{"id": "o", "title": "其他", "range": [0.1, 1], "cap": 0.4}]},
            [found("i", "o", "0.30", case="1", reason="a"), found("i", "o", "0.2", case="2", reason="b")], {},
            "3 − min(0.4, 0.3 + 0.2) = 2.6",
        ),
    ],
)  # fmt: skip
def test_the_arithmetic_of_a_base_item(rule: Table, rows: list[Row], more: Table, arithmetic: str) -> None:
    trace = of_item(rule, *rows, **more)
    assert trace.arithmetic == arithmetic
    assert str(trace.points) in arithmetic
    assert end_of(arithmetic) == trace.points.decimal if trace.points is not None else True


@pytest.mark.parametrize(
    ("same_matter", "rows", "arithmetic"),
    [
        (
            "sum",
            [event("1", "provincial", sharers="3"), event("2", "provincial", sharers="9")],
            "3 ÷ 3 + 3 ÷ 9 = 1.33333333",
        ),
        ("highest", [event("1", "provincial", matter="m"), event("2", "national", matter="m")], "5"),
        (
            ["100 %", "50 %"],
            [event("1", "provincial", matter="m"), event("2", "national", matter="m")],
            "5 + 50 % × 3 = 6.5",
        ),
        ("sum", [event("1", "city"), event("2", "city", sharers="2")], "10 % × 8 + 10 % × 8 ÷ 2 = 1.2"),
        ("sum", [event("1", "national"), event("2", "national")], "5 + 5 = 10; min(8, 10) = 8"),
        ("sum", [clean("i")], "0"),
    ],
)
def test_an_events_item_shows_what_each_event_counts_for(
    same_matter: object, rows: list[Row], arithmetic: str
) -> None:
    assert of_item(EVENTS | {"same_matter": same_matter}, *rows, kind="bonus", cap=8).arithmetic == arithmetic


def test_the_steps_of_an_item_in_words() -> None:
    rule = {"kind": "level", "levels": LEVELS, "minus": loses(0.5)["minus"], "zero_if": "x >= 2"}
    steps = of_item(rule, found("i", "level", "note"), found("i", "x", 2)).steps
    assert [(step.name, step.text) for step in steps] == [
        ("begin", "level “有说明”: 60 % × 3 = 1.8"),
        ("minus", "问题: minus 2 × 0.5 = 1"),
        ("zero_if", "no points, because 问题 ≥ 2"),
    ]
    assert [(str(step.points), str(step.amount)) for step in steps] == [
        ("1.8", "1.8"),
        ("0.8", "-1"),
        ("0", "-0.8"),
    ]


def test_a_major_deduction_says_that_it_deducts() -> None:
    rule = loses(2) | {"plus": [{"id": "y", "title": "已整改", "each": 0.5}]}
    steps = of_item(rule, found("i", "x", 3), found("i", "y", 1), kind="major_deduction", cap=5).steps
    assert [step.text for step in steps] == [
        "start: 0", "问题: deduct 3 × 2 = 6", "已整改: deduct less, by 0.5", "not above 5",
    ]  # fmt: skip


WHOLE = scheme(
    section=[
        {"id": "s", "title": "公开", "cap": 10},
        {"id": "t", "title": "解读", "section": "s"},
        {"id": "e", "title": "空节"},
        {"id": "r", "title": "重大", "cap": 6},
    ],
    base=[
        item("a", 8, loses(1), section="s"),
        item("b", 4, loses(1), section="t"),
        item("c", 10, loses(1)),
        item("d", 10, loses(1)),
        item("z", 1, loses(1), section="e", applies_to=["others"]),
    ],
    bonus=[extra("p", gains(3)), extra("q", gains(1))],
    major_deduction=[extra("m", loses(5), section="r"), extra("n", loses(2), section="r")],
    groups={"all": "全部", "others": "其他"},
    total={
        "full_marks": 30, "bonus_cap": 4, "bonus_when": "base > 12", "bounds": {"to": 28},
        "fail": {"when": "base < 6", "grade": "差"},
    },
    veto=[
        veto("v", "a/points < 90 %", {"at_most": 20}), veto("w", "a/x >= 1", {"at_most": 25}),
    ],
    grade=[{"name": "优", "when": ">= 25"}, {"name": "差"}],
)  # fmt: skip


def words(*rows: Row) -> list[str]:
    return [f"{step.name} | {step.text}" for step in traced(WHOLE, *rows).totals]


REST = [found("p", "x", 1), found("q", "x", 2), clean("m"), clean("n")]


def test_the_way_from_sections_to_the_total() -> None:
    # t 4, s min(10, 8 + 4), c out, d 9: possible 10 + 10 of own 10 + 10 + 10
    assert words(clean("a"), clean("b"), na("c"), found("d", "x", 1), *REST) == [
        "section | section 解读: 4",
        "section | section 公开: min(10, 8 + 4) = 10",
        "rescale | rescaled from 20 possible points to 30",
        "base | base: (10 + 9) × 30 ÷ 20 = 28.5",
        "bonus | bonus: min(4, 3 + 2) = 4",
        "section | section 重大: 0",
        "major_deduction | major deductions: 0",
        "bounds | bounds of the total: min(28, 32.5) = 28",
        "total | total: 28",
        "grade | grade: 优",
        "rank | rank in the group: 1",
    ]


def test_vetoes_say_why_and_only_the_deciding_one_takes_points() -> None:
    rows = [found("a", "x", 2), clean("b"), clean("c"), clean("d"), found("p", "x", 0), found("q", "x", 0)]
    rows += [found("m", "x", 1), found("n", "x", 1)]
    trace = traced(WHOLE, *rows)
    # 10 + 10 + 10 − min(6, 5 + 2) = 24; a has 6 of 8, below 90 %: at most 20
    assert [step.text for step in trace.totals if step.name.startswith(("veto", "major", "total"))] == [
        "major deductions: 6",
        "veto “否决v”, because 项a: points < 90 %: total at most 20",
        "veto “否决w”, because 项a: 问题 ≥ 1: total at most 25",
        "total: 20",
    ]
    assert [(loss.kind, loss.item, str(loss.lost)) for loss in trace.losses] == [
        ("base", "a", "2"), ("major_deduction", "m", "5"), ("major_deduction", "n", "2"), ("veto", "v", "4"),
    ]  # fmt: skip
    assert trace.losses[0].why == "问题: minus 2 × 1 = 2"
    assert trace.losses[-1].title == "否决v"


def test_a_locked_bonus_and_a_failed_unit_are_said_so() -> None:
    rows = [found("a", "x", 8), found("b", "x", 4), found("c", "x", 10), found("d", "x", 5), *REST]
    told = words(*rows)
    assert "gate | the bonus stays locked: it needs base > 12" in told
    assert "gate | failed, because base < 6: grade 差" in told
    assert "bonus | bonus: 0" in told


def test_an_open_unit_is_told_how_far_it_is() -> None:
    told = words(found("a", "x", 2), *REST)
    assert told == [
        "section | section 解读: 0",
        "section | section 公开: 6 + 0 = 6",
        "base | base so far: 6",
        "gate | the bonus does not count yet: it needs base > 12",
        "bonus | bonus: 0",
        "section | section 重大: 0",
        "major_deduction | major deductions: 0",
        "veto:v | veto “否决v”, because 项a: points < 90 %: total at most 20",
        "veto:w | veto “否决w”, because 项a: 问题 ≥ 1: total at most 25",
        "so_far | so far: 6",
    ]


def test_rescaling_within_a_section_shows_each_section() -> None:
    data = scheme(
        section=[{"id": "s", "title": "公开", "points": 10}],
        base=[
            item("a", 4, loses(1), section="s"),
            item("b", 6, loses(1), section="s"),
            item("c", 10, loses(1)),
        ],
        total={"full_marks": 20, "not_applicable": {"policy": "rescale", "to": "own", "within": "section"}},
    )
    told = [step.text for step in traced(data, found("a", "x", 1), na("b"), found("c", "x", 2)).totals]
    # 3 × 10 ÷ 4 = 7.5; 7.5 + 8 = 15.5
    assert told[:3] == [
        "section 公开: 3",
        "公开, rescaled from 4 possible points to 10: 3 × 10 ÷ 4 = 7.5",
        "base: 7.5 + 8 = 15.5",
    ]


def test_a_section_below_nothing_is_lifted_where_it_enters_the_base() -> None:
    data = scheme(
        section=[{"id": "s", "title": "公开"}],
        base=[item("a", 4, loses(1), section="s"), item("c", 10, loses(1))],
        total={"full_marks": 14, "floor_at": "section"},
    )
    told = [step.text for step in traced(data, found("a", "x", 6), found("c", "x", 1)).totals]
    assert told[:2] == ["section 公开: -2", "base: max(0, -2) + 9 = 9"]


def test_a_loss_without_lines_is_explained_by_its_start() -> None:
    data = scheme(base=[item("i", 3, {"kind": "level", "levels": LEVELS}, facts={})])
    trace = traced(data, found("i", "level", "note", reason="缺全文"))
    assert [(loss.why, loss.reason) for loss in trace.losses] == [
        ("level “有说明”: 60 % × 3 = 1.8", "缺全文")
    ]


def test_units_without_a_score_are_told_why() -> None:
    data = scheme(base=[item("i", 3, loses(1))], veto=[veto("v", "i/x >= 1", {"stop": "差"})])
    assert [step.text for step in traced(data, found("i", "x", 1)).totals] == [
        "veto “否决v”, because 项i: 问题 ≥ 1: no score, grade 差", "grade: 差",
    ]  # fmt: skip
    told = [step.text for step in traced(data, na("i")).totals]
    assert told == ["not assessed: no base item is assigned and applicable"]


def test_what_is_not_reviewed_has_no_arithmetic() -> None:
    live = board(scheme(base=[item("i", 3, loses(1))]), [])
    trace = explain_item(live, "u", "i")
    assert (trace.state, trace.points, trace.arithmetic, trace.steps) == ("open", None, "", ())
    with pytest.raises(KeyError):
        explain(live.result(), "nobody")


def test_a_trace_speaks_the_language_that_is_set() -> None:
    rule = loses(0.5)
    english = of_item(rule, found("i", "x", 2)).steps[1].text
    i18n.use_language("zh_CN")
    chinese = of_item(rule, found("i", "x", 2))
    assert chinese.arithmetic == "3 − 2 × 0.5 = 2"
    assert "2 × 0.5 = 1" in chinese.steps[1].text
    assert english == "问题: minus 2 × 0.5 = 1"


def test_of_two_limits_the_lower_one_takes_the_points() -> None:
    limits = [veto("v", "i/x >= 1", {"at_most": 80}), veto("w", "i/x >= 1", {"at_most": 60})]
    trace = traced(scheme(base=[item("i", 100, loses(1))], veto=limits), found("i", "x", 5))
    # 95, limited to 80 and to 60: 35 lost through w, nothing through v
    assert [(step.name, step.arithmetic) for step in trace.totals if step.name.startswith("veto")] == [
        ("veto:v", ""), ("veto:w", "min(60, 95) = 60"),
    ]  # fmt: skip
    assert [(loss.item, str(loss.lost)) for loss in trace.losses] == [("i", "5"), ("w", "35")]


def test_a_stopped_unit_is_told_of_its_stops_only() -> None:
    data = scheme(
        base=[
            item(
                "i", 100, loses(1), effect={"at_most": 60}, facts={"list": {"ask": "yes_no", "title": "目录"}}
            )
        ],
        veto=[veto("v", "i/list = no", {"stop": "差"}), veto("w", "i/x >= 1", {"cap_grade": "差"})],
        grade=[{"name": "优", "when": ">= 90"}, {"name": "差"}],
    )
    told = [step.text for step in traced(data, found("i", "x", 5), found("i", "list", "no")).totals]
    assert told == ["veto “否决v”, because 项i: 目录 is “no”: no score, grade 差", "grade: 差"]
    i18n.use_language("zh_CN")
    chinese = [step.text for step in traced(data, found("i", "x", 5), found("i", "list", "no")).totals]
    assert "“否”" in chinese[0]


def test_a_fixed_total_is_said_and_a_limit_beside_it_decides_if_it_is_lower() -> None:
    """90 is fixed at 95; with a limit of 80 beside it min(80, 90) is lower."""
    facts: Table = {"down": {"ask": "yes_no"}}
    fixed = veto("v", "down = yes", {"fixed": 95, "grade": "差"}, facts=facts)
    data = scheme(base=[item("a", 100, loses())], veto=[fixed])
    steps = traced(data, found("a", "x", 10), found("v", "down", "yes")).totals
    step = next(each for each in steps if each.name == "veto:v")
    assert step.text == "veto “否决v”, because down is “yes”: total fixed at 95, grade 差"
    assert (str(step.points), str(step.amount), step.arithmetic) == ("95", "5", "95")
    data["veto"].append(veto("w", "down = yes", {"at_most": 80}, facts=facts))
    steps = traced(data, found("a", "x", 10), found("v", "down", "yes"), found("w", "down", "yes")).totals
    decides = [each.arithmetic for each in steps if each.name.startswith("veto:")]
    assert decides == ["", "min(80, 90) = 80"]
