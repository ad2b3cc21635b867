"""Parts worked by hand: weights, own gates, bonus, deductions, vetoes, and what a stopped part becomes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from govscore.scoring.trace import explain
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
    unit,
    units,
    veto,
)

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.scoring.result import UnitResult

POLICY = {"policy": "rescale", "to": "full", "within": "part"}


def part(id: str, weight: str, full: Any = 100, **more: Any) -> Table:
    """A part that rescales to its full marks."""
    made: Table = {"id": id, "title": f"部分{id}", "weight": weight, "full_marks": full}
    return made | {"floor_at": "item", "not_applicable": POLICY, "bonus_cap": "none"} | more


def two(*, web: Table | None = None, media: Table | None = None, **changes: Any) -> Table:
    """Website 30 % of 60 points, new media 70 % of 100 points, one item each: `a` and `b`."""
    data = scheme(
        part=[part("web", "30 %", 60, **(web or {})), part("media", "70 %", 100, **(media or {}))],
        base=[item("a", 60, loses(), part="web"), item("b", 100, loses(), part="media")],
        **changes,
    )
    for key in ("floor_at", "not_applicable"):
        del data["total"][key]
    return data


def lost(a: object, b: object, name: str = "u") -> list[Row]:
    return [found("a", "x", a, unit=name), found("b", "x", b, unit=name)]


def test_scores_enter_by_weight_and_by_share_of_their_full_marks() -> None:
    # 100 × (30 % × 54 ÷ 60 + 70 % × 84 ÷ 100) = 27 + 58.8
    result = unit(two(), *lost(6, 16))
    assert (str(result.parts["web"].score), str(result.parts["media"].score)) == ("54", "84")
    assert str(result.base) == str(result.total) == "85.8"
    assert result.parts["web"].weight == Fraction(3, 10)


def test_the_weighted_sum_is_exact_and_rounded_once() -> None:
    # Scores 1 of 3, of 7, of 9: 100 × (0.33333 ÷ 3 + 0.33333 ÷ 7 + 0.33334 ÷ 9)
    #   = 11.111 + 4.7618571428… + 3.7037777777… = 19.5766349206…
    data = scheme(
        part=[part("p", "33.333 %", 3), part("q", "33.333 %", 7), part("r", "33.334 %", 9)],
        base=[
            item("a", 3, loses(), part="p"),
            item("b", 7, loses(), part="q"),
            item("c", 9, loses(), part="r"),
        ],
    )
    del data["total"]["floor_at"], data["total"]["not_applicable"]
    rows = [found("a", "x", 2), found("b", "x", 6), found("c", "x", 8)]
    assert str(unit(data, *rows).base) == "19.57663492"


def test_a_part_has_its_own_bonus_gate_cap_and_deductions() -> None:
    data = two(
        media={"bonus_when": "base >= 80 %", "bonus_cap": 5},
        bonus=[extra("p", gains(2), part="media"), extra("t", gains(1))],
        major_deduction=[extra("m", loses(3), part="media"), extra("n", loses(2))],
    )
    rows = [found("p", "x", 3), found("t", "x", 4), found("m", "x", 1), found("n", "x", 1)]
    # media: 84 + min(5, 6) − 3 = 86; base 100 × (30 % × 60 ÷ 60 + 70 % × 86 ÷ 100) = 90.2; + 4 − 2
    result = unit(data, *lost(0, 16), *rows)
    media = result.parts["media"]
    assert [str(each) for each in (media.base, media.bonus, media.major_deduction)] == ["84", "5", "3"]
    assert (str(media.score), str(result.base), str(result.total)) == ("86", "90.2", "92.2")
    # 79 < 80: locked, 79 − 3 = 76; 30 + 53.2 = 83.2; + 4 − 2
    result = unit(data, *lost(0, 21), *rows)
    assert result.parts["media"].bonus_locked
    assert result.items["p"].state == "locked"
    assert result.items["t"].state == "reviewed"
    assert (str(result.base), str(result.total)) == ("83.2", "85.2")


def test_a_failed_part_is_marked_and_the_unit_is_not() -> None:
    gate = {"fail": {"when": "base < 60 %", "grade": "差"}}
    grades = [{"name": "好", "when": ">= 60"}, {"name": "差"}]
    result = unit(two(web=gate, grade=grades), *lost(25, 0))  # 35 of 60 is below 36
    assert (result.parts["web"].failed, result.parts["web"].grade) == (True, "差")
    assert (result.failed, result.grade, str(result.total)) == (False, "好", "87.5")
    assert unit(two(web=gate, grade=grades), *lost(24, 0)).parts["web"].grade is None


def test_bounds_floor_and_times_are_those_of_the_part() -> None:
    data = two(web={"bounds": {"to": 50}, "times": 2}, media={"floor_at": "none"})
    # web: 60 − 2 × 2 = 56, at most 50; media: 100 − 103 = −3; 30 × 50 ÷ 60 − 2.1 = 22.9
    result = unit(data, *lost(2, 103))
    assert (str(result.parts["web"].score), str(result.parts["media"].score)) == ("50", "-3")
    assert str(result.base) == "22.9"


def test_a_part_with_nothing_applicable_leaves_its_weight_to_the_others() -> None:
    # 100 × (70 % × 84 ÷ 100) ÷ 70 % = 84
    result = unit(two(), na("a"), found("b", "x", 16))
    assert (result.parts["web"].state, result.parts["web"].score) == ("unassessed", None)
    assert result.parts["web"].weight is None
    assert result.parts["media"].weight == 1
    assert str(result.total) == "84"


def test_nothing_applicable_in_all_parts_is_not_assessed() -> None:
    result = unit(two(), na("a"), na("b"))
    assert (result.state, result.base, result.total) == ("unassessed", None, None)


DOWN = {"facts": {"down": {"ask": "yes_no"}}, "part": "web"}


@pytest.mark.parametrize(
    ("effect", "score", "total"),
    [({"at_most": 30}, "30", "85"), ({"fixed": 12}, "12", "76"), ({"zero": "差"}, "0", "70")],
)
def test_a_veto_of_a_part_acts_on_its_score(effect: Table, score: str, total: str) -> None:
    # 100 × (30 % × score ÷ 60 + 70 %) = score ÷ 2 + 70
    data = two(veto=[veto("v", "down = yes", effect, **DOWN)])
    result = unit(data, *lost(0, 0), found("v", "down", "yes"))
    assert (str(result.parts["web"].score), str(result.total)) == (score, total)
    assert result.grade is None
    assert result.parts["web"].grade == effect.get("zero")


def stopping(what: str) -> Table:
    stop = veto("v", "down = yes", {"stop": "差"}, **DOWN)
    return two(total={"stopped_part": what}, veto=[stop])


def test_a_stopped_part_counts_zero_where_the_scheme_says_so() -> None:
    result = unit(stopping("zero"), *lost(0, 10), found("v", "down", "yes"))
    web = result.parts["web"]
    assert (web.state, web.base, web.score, web.grade) == ("stopped", None, None, "差")
    assert (result.state, str(result.total), result.grade) == ("scored", "63", None)  # 70 % × 90


def test_a_stopped_part_leaves_no_total_where_the_scheme_says_so() -> None:
    result = unit(stopping("stop"), *lost(0, 10), found("v", "down", "yes"))
    assert (result.state, result.total, result.grade, result.rank) == ("stopped", None, "差", None)


def test_a_stop_of_a_part_ends_the_need_to_review_it() -> None:
    data = stopping("zero")
    result = unit(data, found("v", "down", "yes"), clean("b"))
    assert (result.state, str(result.total), result.items["a"].state) == ("scored", "70", "stopped")
    assert (result.reviewed, result.assigned) == (2, 2)
    # … but not of an item that takes points elsewhere, or that a veto of the total reads
    data["base"][0]["rule"]["minus"].append({"id": "leak", "title": "泄密", "each": 1, "from": "total"})
    result = unit(data, found("v", "down", "yes"), clean("b"))
    assert (result.state, result.items["a"].state) == ("open", "open")
    data = stopping("zero")
    data["veto"].append(veto("w", "a/x > 9", {"at_most": 59}))
    assert unit(data, found("v", "down", "yes"), clean("b")).items["a"].state == "open"


def test_a_stopped_part_without_anything_applicable_still_counts_zero() -> None:
    result = unit(stopping("zero"), na("a"), clean("b"), found("v", "down", "yes"))
    assert (result.parts["web"].state, str(result.total)) == ("stopped", "70")


def test_no_gate_matters_in_a_stopped_part() -> None:
    """The total's veto reads the points of its bonus item, though the part's base is open."""
    data = stopping("zero") | {"bonus": [extra("p", gains(2), part="web", cap=5)]}
    data["part"][0]["bonus_when"] = "base > 30"
    data["veto"].append(veto("w", "p/points >= 4", {"at_most": 59}))
    result = unit(data, found("v", "down", "yes"), clean("b"), found("p", "x", 2))
    assert (result.state, result.items["p"].state, str(result.total)) == ("scored", "reviewed", "59")
    result = unit(
        data, *lost(40, 0), found("v", "down", "yes"), found("p", "x", 2)
    )  # base 20: no lock either
    assert str(result.total) == "59"


def test_a_line_may_take_from_a_section_of_another_part() -> None:
    data = two(section=[{"id": "s", "title": "节", "part": "media"}])
    data["base"][1] = item("b", 100, loses(), section="s")
    data["base"][0]["rule"]["minus"][0]["from"] = "s"
    # a: 60 points are untouched, 4 go from section s: 30 + 70 % × 96
    result = unit(data, *lost(4, 0))
    assert (str(result.parts["web"].score), str(result.parts["media"].score)) == ("60", "96")
    assert str(result.total) == "97.2"
    # while a is open, the base of media is not known either
    result = unit(data, clean("b"))
    assert result.parts["media"].base is None


def test_an_open_part_keeps_the_unit_open_and_shows_what_is_known() -> None:
    result = unit(two(), found("a", "x", 6))
    assert (result.state, result.base, result.total) == ("open", None, None)
    assert (result.parts["web"].state, str(result.parts["web"].score)) == ("scored", "54")
    assert (result.parts["media"].state, result.parts["media"].score) == ("open", None)
    # 30 % × 54 ÷ 60 = 27 is certain; media adds 0 to 70, or has no weight and leaves 90 of 100
    assert (str(result.low), str(result.high)) == ("27", "97")


def test_points_of_a_stopped_part_break_no_tie() -> None:
    data = stopping("zero") | {"rank": {"ties": "share", "tie_break": ["a"]}}
    rows = [*lost(0, 0, "p"), *lost(30, 0, "q"), found("v", "down", "yes", unit="p")]
    result = run(data, *rows, found("v", "down", "yes", unit="q"), roster=units("p", "q"))
    assert [each.rank for each in result] == [1, 1]


def test_the_trace_tells_each_part_and_its_arithmetic_adds_up() -> None:
    made = run(two(), *lost(6, 16))
    steps = explain(made, "u").totals
    names = [(step.part, step.name) for step in steps]
    assert names == [
        *[("web", name) for name in ("part", "base", "part_score")],
        *[("media", name) for name in ("part", "base", "part_score")],
        ("", "base"), ("", "total"), ("", "rank"),
    ]  # fmt: skip
    base = next(step for step in steps if (step.part, step.name) == ("", "base"))
    assert base.arithmetic == "100 × (30% × 54 ÷ 60 + 70% × 84 ÷ 100) = 85.8"
    assert end_of(base.arithmetic) == Fraction("85.8")


def test_the_trace_tells_how_weights_grow() -> None:
    steps = explain(run(two(), na("a"), found("b", "x", 16)), "u").totals
    base = next(step for step in steps if (step.part, step.name) == ("", "base"))
    assert base.arithmetic == "100 × (70% × 84 ÷ 100) ÷ 70% = 84"


def scored_again(data: Table, rows: list[Row], more: Row) -> tuple[UnitResult, UnitResult]:
    from govscore.scoring.facts import read_entry

    live = board(data, rows)
    entry, problems = read_entry(live.scheme.entries[more.item], [more], live.scheme.period)
    assert not problems
    live.put("u", more.item, entry)
    return live.unit("u"), board(data, [*rows, more]).unit("u")


@pytest.mark.parametrize("what", ["stop", "zero"])
def test_one_decision_changes_parts_as_scoring_from_scratch_does(what: str) -> None:
    for more in (found("v", "down", "yes"), found("v", "down", "no")):
        one, other = scored_again(stopping(what), lost(6, 16), more)
        assert one == other
