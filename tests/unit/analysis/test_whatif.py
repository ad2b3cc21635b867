"""What changes would gain, on small schemes worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from govscore import what_if
from tests.unit.scoring import small
from tests.unit.scoring.small import clean, extra, found, gains, item, loses, na, run, scheme, units, veto

if TYPE_CHECKING:
    from govscore import WhatIf
    from govscore.facts.rows import Row

Told = tuple[str, str, str, str | None]


def asked(data: dict[str, Any], *rows: Row, only: str | None = None) -> WhatIf:
    return what_if(run(data, *rows), "u", only)


def told(answer: WhatIf) -> list[Told]:
    """Item, kind, change, and the gain."""
    return [
        (gain.change.item, gain.change.kind, gain.change.text, None if gain.gain is None else str(gain.gain))
        for gain in answer.gains
    ]


BASE = {"kind": "deduct", "minus": [{"id": "x", "title": "错报", "each": 2}]}
LINES = [{"name": "优", "when": ">= 90"}, {"name": "良", "when": ">= 70"}, {"name": "差"}]


def test_the_larger_gain_comes_first() -> None:
    """a: 60 − 3 × 2 = 54, undone + 6. b: 40 − 1 × 10 = 30, undone + 10. 84 becomes 94 and 90, both 优."""
    data = scheme(base=[item("a", 60, BASE), item("b", 40, loses(10))], grade=LINES)
    answer = asked(data, found("a", "x", 3), found("b", "x", 1))
    assert told(answer) == [("b", "line", "问题：1 → 0", "10"), ("a", "line", "错报：3 → 0", "6")]
    assert [(str(gain.total), gain.rank, gain.grade) for gain in answer.gains] == [
        ("94", 1, "优"),
        ("90", 1, "优"),
    ]
    assert str(answer.unit.total) == "84"


def test_what_is_rescaled_gains_what_it_is_worth_after_rescaling() -> None:
    """a alone is applicable: (50 − 10) × 100 ÷ 50 = 80, undone 100: + 20."""
    data = scheme(
        base=[item("a", 50, loses(10)), item("b", 50, loses())],
        total={"not_applicable": {"policy": "rescale", "to": "full", "within": "part"}},
    )
    assert told(asked(data, found("a", "x", 1), na("b"))) == [("a", "line", "问题：1 → 0", "20")]


def test_a_ratio_gains_by_reaching_its_nearest_threshold_and_its_best() -> None:
    """45 of 60 is 75 %. From 80 % (48) on 6 points, from 90 % (54) on 10 points."""
    rule = {
        "kind": "level",
        "levels": [
            {"id": "good", "when": "done >= 90 %", "points": 10},
            {"id": "fair", "when": "done >= 80 %", "points": 6},
            {"id": "poor", "points": 2},
        ],
    }
    data = scheme(base=[item("a", 10, rule, facts={"done": {"ask": "ratio", "title": "办结率"}})])
    assert told(asked(data, found("a", "done", 45, of="60"))) == [
        ("a", "fact", "办结率：45 ÷ 60 → 54 ÷ 60", "8"),
        ("a", "fact", "办结率：45 ÷ 60 → 48 ÷ 60", "4"),
    ]


def test_a_number_gains_by_reaching_its_target() -> None:
    """10 × 4 ÷ 8 = 5; with 8 of them 10; with 5 of them 6.25."""
    rule = {"kind": "share", "of": "visits", "target": 8}
    data = scheme(base=[item("a", 10, rule, facts={"visits": {"ask": "count", "title": "走访"}})])
    assert told(asked(data, found("a", "visits", 4))) == [
        ("a", "fact", "走访：4 → 8", "5"),
        ("a", "fact", "走访：4 → 5", "1.25"),
    ]


def test_a_level_up_and_the_best_level() -> None:
    rule = {
        "kind": "level",
        "levels": [
            {"id": "full", "title": "已发布", "points": 10},
            {"id": "note", "title": "有说明", "points": 6},
            {"id": "none", "title": "均无", "points": 0},
        ],
    }
    data = scheme(base=[item("a", 10, rule)])
    assert told(asked(data, found("a", "level", "none"))) == [
        ("a", "level", "等次：均无 → 已发布", "10"),
        ("a", "level", "等次：均无 → 有说明", "6"),
    ]


def test_two_faults_that_only_together_hide_a_loss_are_told_as_the_whole_item() -> None:
    """10 − 8 − 8 → 0; without either fault 2, without both 10."""
    rule = {
        "kind": "deduct",
        "minus": [{"id": "x", "title": "甲", "once": 8}, {"id": "y", "title": "乙", "once": 8}],
    }
    data = scheme(base=[item("a", 10, rule)])
    assert told(asked(data, found("a", "x", "yes"), found("a", "y", "yes"))) == [
        ("a", "item", "整项未发现问题", "10"),
        ("a", "line", "甲：是 → 否", "2"),
        ("a", "line", "乙：是 → 否", "2"),
    ]


def test_cases_come_in_time_one_class_after_the_other() -> None:
    """6 − 2 × 1 − 1 × 3 = 1: without late ones 3, without missing ones 4, without both 6."""
    rule = {"kind": "deduct", "minus": [{"count": "r.late", "each": 1}, {"count": "r.missing", "each": 3}]}
    facts = {"r": {"ask": "cases", "title": "答复", "within": "20 working days"}}
    data = scheme(base=[item("a", 6, rule, facts=facts)])
    rows = (found("a", "r.on_time", 5), found("a", "r.late", 2), found("a", "r.missing", 1))
    assert told(asked(data, *rows)) == [
        ("a", "fact", "答复：按时 5、逾期 2、未办理 1 → 按时 8", "5"),
        ("a", "fact", "答复：按时 5、逾期 2、未办理 1 → 按时 6、逾期 2", "3"),
    ]


def test_single_cases_are_finished_on_their_last_day() -> None:
    """Within 10 days of 1 and 5 March: 11 and 15 March."""
    rule = {"kind": "deduct", "minus": [{"count": "r.late", "each": 1}]}
    facts = {"r": {"ask": "cases", "title": "答复", "within": "10 days"}}
    data = scheme(base=[item("a", 6, rule, facts=facts)])
    rows = [
        found("a", "r", case="1", start="2024-03-01", finish="2024-03-20"),
        found("a", "r", case="2", start="2024-03-05", finish="2024-03-20"),
        found("a", "r", case="3", start="2024-03-05", finish="2024-03-10"),
    ]
    answer = asked(data, *rows)
    assert [str(gain.gain) for gain in answer.gains] == ["2", "1"]
    assert [row.finish for row in answer.gains[0].change.rows] == ["2024-03-11", "2024-03-15", "2024-03-10"]


def test_a_bonus_that_is_not_claimed_gains_what_it_may_give() -> None:
    """Four pieces of 0.5 reach the cap of 2; with a fifth nothing more."""
    data = scheme(
        base=[item("a", 100, loses(10))],
        bonus=[extra("n", gains(0.5), cap=2, needs_claim=True)],
    )
    assert told(asked(data, found("a", "x", 1))) == [
        ("a", "line", "问题：1 → 0", "10"),
        ("n", "claim", "得分点：4", "2"),
    ]


def test_a_bonus_gains_one_more_and_as_many_as_its_cap_takes() -> None:
    data = scheme(base=[item("a", 100, loses())], bonus=[extra("n", gains(0.5), cap=2)])
    assert told(asked(data, clean("a"), found("n", "x", 1))) == [
        ("n", "line", "得分点：1 → 4", "1.5"),
        ("n", "line", "得分点：1 → 2", "0.5"),
    ]


def test_what_has_no_limit_is_told_by_one_more_only() -> None:
    data = scheme(base=[item("a", 100, loses())], bonus=[extra("n", gains(0.5))])
    assert told(asked(data, clean("a"), found("n", "x", 1))) == [("n", "line", "得分点：1 → 2", "0.5")]


def test_an_open_item_is_told_at_its_best_and_at_its_worst() -> None:
    """So far 50; b adds 50 at best, and nothing from 5 faults of 10 points on."""
    data = scheme(base=[item("a", 50, loses()), item("b", 50, loses(10))], grade=LINES)
    answer = asked(data, clean("a"))
    assert answer.unit.state == "open"
    assert told(answer) == [("b", "best", "问题：0", "50"), ("b", "worst", "问题：5", "0")]
    best, worst = answer.gains
    assert (best.state, str(best.total), best.grade) == ("scored", "100", "优")
    assert (worst.state, str(worst.total), worst.grade) == ("scored", "50", "差")


def test_an_open_unit_is_compared_by_its_points_so_far() -> None:
    """a is worth 45 − 5 so far; undone 50, and the unit stays open since b is."""
    data = scheme(base=[item("a", 50, loses(5)), item("b", 50, loses(10))])
    first = asked(data, found("a", "x", 1), only="a").gains[0]
    assert (str(first.gain), first.state, first.total, str(first.so_far)) == ("5", "open", None, "50")


def test_a_stopped_unit_has_no_gain_but_a_total_then() -> None:
    data = scheme(
        base=[item("a", 100, loses(10))],
        veto=[veto("v", "down >= 1", {"stop": "差"}, facts={"down": {"ask": "count", "title": "打不开"}})],
        grade=LINES,
    )
    answer = asked(data, found("a", "x", 1), found("v", "down", 3))
    assert told(answer) == [("v", "veto", "打不开：3 → 0", None)]
    then = answer.gains[0]
    assert (then.state, str(then.total), then.rank, then.grade) == ("scored", "90", 1, "优")
    assert all("不计分" in line.hindrances[0] for line in answer.lines[:2])


def test_a_veto_that_caps_the_grade_gains_a_grade_without_points() -> None:
    data = scheme(
        base=[item("a", 100, loses())],
        veto=[
            veto("v", "leak = yes", {"cap_grade": "差"}, facts={"leak": {"ask": "yes_no", "title": "泄密"}})
        ],
        grade=LINES,
    )
    answer = asked(data, clean("a"), found("v", "leak", "yes"))
    assert told(answer) == [("v", "veto", "泄密：是 → 否", "0")]
    assert (answer.unit.grade, answer.gains[0].grade) == ("差", "优")
    assert "等级不高于“差”" in answer.lines[0].hindrances[0]


def test_what_a_grade_is_short_of() -> None:
    """84.5: 5.5 to 90; 良 is had; the last has no line."""
    data = scheme(base=[item("a", 100, loses(0.5))], grade=LINES)
    lines = asked(data, found("a", "x", 31)).lines
    assert [(line.grade, line.line, str(line.short), line.has_it) for line in lines] == [
        ("优", ">= 90", "5.5", False),
        ("良", ">= 70", "0", True),
        ("差", "", "0", False),
    ]


@pytest.mark.parametrize(
    ("when", "points", "short"),
    [
        ("> 90", 10, "0.0001"),
        (">= 95 % and <= 200", 10, "5"),
        ("< 80", 10, "None"),
        (">= 90.00004", 10, "0.0001"),
        (">= 90", 10, "0"),
    ],
)
def test_the_least_that_meets_a_line(when: str, points: int, short: str) -> None:
    """A total of 90; marks have four decimals."""
    data = scheme(base=[item("a", 100, loses())], grade=[{"name": "甲", "when": when}, {"name": "乙"}])
    assert str(asked(data, found("a", "x", points)).lines[0].short) == short


def test_the_gates_stand_in_the_way() -> None:
    """Base 58: fails below 60, and is 22.0001 short of more than 80."""
    data = scheme(
        base=[item("a", 100, loses())],
        bonus=[extra("n", gains(1), cap=5)],
        total={"fail": {"when": "base < 60", "grade": "差"}, "bonus_when": "base > 80"},
        grade=LINES,
    )
    lines = asked(data, found("a", "x", 42), clean("n")).lines
    assert lines[0].hindrances == (
        "基础分 58，基础分低于60：差",
        "还不能加分：须基础分超过80，基础分还差 22.0001",
    )
    assert lines[2].hindrances == ()


def test_a_full_quota_stands_in_the_way() -> None:
    """Three units, one place (34 % of 3 is 1.02): the second has 95 points and no place."""
    quota = {"share": "34 %", "round": "down", "ties": "out"}
    data = scheme(
        base=[item("a", 100, loses())],
        grade=[{"name": "优", "when": ">= 90", "quota": quota}, {"name": "差"}],
    )
    rows = [found("a", "x", faults, unit=unit) for unit, faults in (("u", 5), ("v", 1), ("w", 30))]
    answer = what_if(run(data, *rows, roster=units("u", "v", "w")), "u")
    assert answer.lines[0].short == 0
    assert answer.lines[0].hindrances == ("本类别只有 1 个名额，现在第 2 名",)
    assert (answer.gains[0].rank, answer.gains[0].grade) == (1, "优")


def test_the_upper_bound_stands_in_the_way() -> None:
    data = scheme(
        base=[item("a", 100, loses())],
        total={"bounds": {"to": 95}},
        grade=[{"name": "优", "when": ">= 98"}, {"name": "差"}],
    )
    assert asked(data, clean("a")).lines[0].hindrances == ("总分最高 95",)


def test_only_one_item_is_looked_at_if_one_is_named() -> None:
    data = scheme(base=[item("a", 60, BASE), item("b", 40, loses(10))])
    result = run(data, found("a", "x", 3), found("b", "x", 1))
    assert {gain.change.item for gain in what_if(result, "u", "a").gains} == {"a"}
    with pytest.raises(KeyError):
        what_if(result, "u", "c")
    with pytest.raises(KeyError):
        what_if(result, "nobody")


def test_what_a_unit_does_not_have_is_not_changed() -> None:
    """Not applicable, locked, not assigned: nothing to gain there."""
    data = scheme(
        base=[item("a", 50, loses()), item("b", 50, loses()), item("c", 50, loses(), applies_to=["other"])],
        bonus=[extra("n", gains(1), cap=5)],
        total={"bonus_when": "base > 100"},
        groups={"all": "全部", "other": "其他"},
    )
    assert asked(data, clean("a"), na("b"), clean("n")).gains == ()


def test_a_board_is_as_it_was() -> None:
    from govscore.analysis.whatif import what_if_on

    data = scheme(base=[item("a", 60, BASE), item("b", 40, loses(10))])
    board = small.board(data, [found("a", "x", 3)], small.ONE)
    before = board.result()
    what_if_on(board, "u")
    assert board.result().units == before.units


def test_the_gate_of_a_part_is_told_with_the_part() -> None:
    """Part p: 70 of 100, and its bonus needs more than 80: 10.0001 short. 70 in all, 20 short of 90."""
    part = {"floor_at": "item", "not_applicable": {"policy": "rescale", "to": "own", "within": "part"}}
    data = scheme(
        base=[item("a", 100, loses(), part="p")],
        bonus=[{"id": "n", "title": "加", "part": "p", "rule": {"kind": "earn"}}],
        grade=[{"name": "优", "when": ">= 90"}, {"name": "差"}],
        part=[
            {"id": "p", "title": "网站", "weight": "100 %", "full_marks": 100, "bonus_when": "base > 80",
             "bonus_cap": "none"} | part
        ],
    )  # fmt: skip
    for key in ("floor_at", "not_applicable", "bonus_cap"):
        del data["total"][key]
    line = what_if(run(data, found("a", "x", 30)), "u").lines[0]
    assert str(line.short) == "20"
    assert line.hindrances == ("网站：还不能加分：须基础分超过80，基础分还差 10.0001",)
