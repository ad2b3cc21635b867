"""Grades with a quota; worked by hand."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from govscore.i18n import speaking
from govscore.scheme.standing import Quota
from govscore.scheme.units import Unit
from govscore.scoring.quotas import seats
from govscore.scoring.trace import explain
from tests.unit.scoring.small import Table, clean, found, item, loses, na, run, scheme, units, veto


def quota(share: str, round: str = "down", ties: str = "out") -> Table:
    return {"share": share, "round": round, "ties": ties}


def grades(top: Table | None, second: Table | None = None) -> list[Table]:
    made: list[Table] = [{"name": "优", "when": ">= 90"}, {"name": "良", "when": ">= 80"}, {"name": "差"}]
    for grade, given in zip(made, (top, second), strict=False):
        if given is not None:
            grade["quota"] = given
    return made


def graded(lost: list[int | None], made: list[Table], **more: object) -> list[str | None]:
    """Grades of units that lost so many of 100 points; None: still open."""
    data = scheme(base=[item("a", 100, loses())], grade=made, **more)
    ids = [f"u{place}" for place in range(len(lost))]
    rows = [found("a", "x", each, unit=id) for id, each in zip(ids, lost, strict=True) if each is not None]
    return [unit.grade for unit in run(data, *rows, roster=units(*ids))]


def test_places_are_filled_in_rank_order_and_the_rest_takes_the_next_grade() -> None:
    # 40 % of 5 units: 2 places; four meet the line of 90
    assert graded([3, 0, 9, 1, 15], grades(quota("40 %"))) == ["良", "优", "良", "优", "良"]


@pytest.mark.parametrize(
    ("round", "excellent"), [("down", 1), ("up", 2), ("nearest", 2)], ids=["down", "up", "nearest"]
)
def test_a_part_of_a_place_is_rounded_as_stated(round: str, excellent: int) -> None:
    # 30 % of 5 units: 1.5 places
    assert graded([0, 1, 2, 3, 4], grades(quota("30 %", round))).count("优") == excellent


def test_nearest_rounds_down_below_a_half_and_exact_places_are_not_rounded() -> None:
    def counted(share: Fraction, round: str, roster: int) -> int:
        return seats(Quota.model_validate({"share": share, "round": round, "ties": "out"}), roster)

    # 24 % of 6 units: 1.44 places; 30 % of 10: exactly 3
    assert [counted(Fraction(24, 100), each, 6) for each in ("down", "up", "nearest")] == [1, 2, 1]
    assert [counted(Fraction(3, 10), each, 10) for each in ("down", "up", "nearest")] == [3, 3, 3]


@pytest.mark.parametrize(
    ("ties", "expected"),
    # 40 % of 5: 2 places; ranks 1, 2, 2, 4, 5: the two second ones stand across the last place
    [("out", ["优", "良", "良", "良", "良"]), ("in", ["优", "优", "优", "良", "良"])],
)
def test_equals_across_the_last_place_stay_out_or_come_in(ties: str, expected: list[str]) -> None:
    assert graded([0, 1, 1, 2, 3], grades(quota("40 %", ties=ties))) == expected


def test_equals_that_all_have_a_place_keep_it() -> None:
    # 60 % of 5: 3 places for ranks 1, 2, 2
    assert graded([0, 1, 1, 2, 3], grades(quota("60 %"))) == ["优", "优", "优", "良", "良"]


def test_no_places_are_no_places_even_for_equals() -> None:
    # 10 % of 5 units rounds down to 0
    assert graded([0, 0, 1, 2, 3], grades(quota("10 %", ties="in"))).count("优") == 0


def test_who_gets_none_takes_the_next_grades_line_and_quota() -> None:
    """1 place of 5 in each: the second of 优 fills 良, before those who only meet its line."""
    made = grades(quota("20 %"), quota("20 %"))
    assert graded([0, 1, 2, 12, 15], made) == ["优", "良", "差", "差", "差"]


def test_two_grades_may_share_a_line_if_the_upper_has_a_quota() -> None:
    made: list[Table] = [
        {"name": "一等", "when": ">= 60", "quota": quota("25 %")},
        {"name": "二等", "when": ">= 60", "quota": quota("25 %")},
        {"name": "三等", "when": ">= 60"},
        {"name": "不合格"},
    ]
    assert graded([0, 10, 20, 50], made) == ["一等", "二等", "三等", "不合格"]


def test_the_roster_counts_open_and_stopped_units() -> None:
    """40 % of 5 units are 2 places, though only three are scored: provisional until all are."""
    assert graded([0, 1, 2, None, None], grades(quota("40 %"))) == ["优", "优", "良", None, None]


def test_forced_grades_take_no_places_and_failed_units_are_not_eligible() -> None:
    """u0 is limited to 良 by a veto, u1 fails the gate: the two places go to u2 and u3."""
    data = scheme(
        base=[item("a", 100, loses())],
        grade=grades(quota("40 %")),
        total={"fail": {"when": "base = 99", "grade": "差"}},
        veto=[veto("v", "a/x = 0", {"at_most": 100, "grade": "良"})],
    )
    rows = [found("a", "x", lost, unit=f"u{lost}") for lost in range(5)]
    result = run(data, *rows, roster=units(*(f"u{lost}" for lost in range(5))))
    assert [unit.rank for unit in result] == [1, 2, 3, 4, 5]
    assert [unit.grade for unit in result] == ["良", "差", "优", "优", "良"]


def test_a_forced_grade_with_a_quota_leaves_its_places_to_the_others() -> None:
    """u0 gets 优 by a veto that fixes it; both places of 40 % still go to u1 and u2."""
    effect: Table = {"fixed": 100, "grade": "优"}
    data = scheme(
        base=[item("a", 100, loses())],
        grade=grades(quota("40 %")),
        veto=[veto("v", "a/x = 0", effect)],
    )
    rows = [found("a", "x", lost, unit=f"u{lost}") for lost in range(4)]
    rows.append(found("a", "x", 11, unit="u11"))
    result = run(data, *rows, roster=units(*(f"u{lost}" for lost in (0, 1, 2, 3, 11))))
    assert [unit.grade for unit in result] == ["优", "优", "优", "良", "良"]


def test_a_capped_grade_competes_for_the_places_below() -> None:
    """u0 is first, but at most 良 by its veto, of which it takes the only place before u2."""
    data = scheme(
        base=[item("a", 100, loses())],
        grade=grades(None, quota("34 %")),
        veto=[veto("v", "a/x = 0", {"cap_grade": "良"})],
    )
    rows = [found("a", "x", 0), found("a", "x", 5, unit="v"), found("a", "x", 15, unit="w")]
    result = run(data, *rows, roster=units("u", "v", "w"))
    assert [unit.grade for unit in result] == ["良", "优", "差"]


def test_tie_breaks_decide_about_places_and_uncovered_units_take_none() -> None:
    """98 each, u by 50 on a: it gets the place of 1/3; w has too little coverage for any."""
    data = scheme(
        base=[item("a", 50, loses()), item("b", 50, loses())],
        grade=grades(quota("34 %")),
        rank={"ties": "share", "tie_break": ["a"]},
        total={"minimum_coverage": "60 %"},
    )
    rows = [clean("a"), found("b", "x", 2), found("a", "x", 2, unit="v"), clean("b", unit="v")]
    rows += [clean("a", unit="w"), na("b", unit="w")]
    result = run(data, *rows, roster=units("u", "v", "w"))
    assert [unit.grade for unit in result] == ["优", "良", None]


def test_quotas_are_filled_in_each_group_apart() -> None:
    data = scheme(
        groups={"all": "全部", "streets": "街道"},
        base=[item("a", 100, loses())],
        grade=grades(quota("50 %")),
    )
    roster = (*units("a", "b"), *(Unit(unit=id, name=id, group="streets") for id in "cd"))
    rows = [found("a", "x", lost, unit=id) for id, lost in zip("abcd", (0, 1, 5, 6), strict=True)]
    assert [unit.grade for unit in run(data, *rows, roster=roster)] == ["优", "良", "优", "良"]


def test_a_unit_that_misses_a_quota_is_told_so() -> None:
    data = scheme(base=[item("a", 100, loses())], grade=grades(quota("50 %"), quota("50 %")))
    rows = [found("a", "x", lost, unit=id) for id, lost in zip("abc", (0, 1, 2), strict=True)]
    result = run(data, *rows, roster=units("a", "b", "c"))
    assert [[each.grade for each in unit.missed] for unit in result] == [[], ["优"], ["优", "良"]]
    said = next(step.text for step in explain(result, "b").totals if step.name == "grade")
    assert said == "等级：良；达到“优”的分数线，但不在 1 个名额之内"
    with speaking("en"):
        said = next(step.text for step in explain(result, "c").totals if step.name == "grade")
    assert said == (
        "grade: 差; meets the line of 优, but does not get its 1 place; "
        "meets the line of 良, but does not get its 1 place"
    )


def test_the_order_of_units_does_not_matter() -> None:
    losses: list[int | None] = [0, 1, 1, 2, 2, 2, 9, 12, 15, 30]
    plain = graded(losses, grades(quota("30 %"), quota("30 %", ties="in")))
    for seed in range(20):
        mixed = list(range(len(losses)))
        random.Random(seed).shuffle(mixed)
        found_grades = graded(
            [losses[place] for place in mixed], grades(quota("30 %"), quota("30 %", ties="in"))
        )
        assert [found_grades[mixed.index(place)] for place in range(len(losses))] == plain
