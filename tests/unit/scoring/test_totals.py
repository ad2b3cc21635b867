"""From items to total: floors, sections, rescaling, gates on marks, bonus, bounds; worked by hand."""

from __future__ import annotations

import pytest

from tests.unit.scoring.small import Table, clean, extra, found, gains, item, loses, na, scheme, unit

DEDUCT: Table = {"kind": "deduct"}


def section(id: str, **more: object) -> Table:
    return {"id": id, "title": f"节{id}", **more}


@pytest.mark.parametrize(
    ("floor_at", "base"),
    [
        # a: 4 − 6 = -2, b: 6 − 1 = 5 in section s; c: 10 − 12 = -2 alone
        ("item", "5"),  # 0 + 5 + 0
        ("section", "3"),  # max(0, -2 + 5) + max(0, -2)
        ("none", "1"),  # -2 + 5 − 2
    ],
)
def test_points_end_at_zero_where_the_scheme_says(floor_at: str, base: str) -> None:
    data = scheme(
        section=[section("s")],
        base=[
            item("a", 4, loses(1), section="s"),
            item("b", 6, loses(1), section="s"),
            item("c", 10, loses(1)),
        ],
        total={"floor_at": floor_at, "full_marks": 20},
    )
    reached = unit(data, found("a", "x", 6), found("b", "x", 1), found("c", "x", 12))
    assert str(reached.base) == base


def test_the_section_floor_is_that_of_the_top_section() -> None:
    """An inner section may be below 0; the top one may not."""
    data = scheme(
        section=[section("s"), section("t", section="s"), section("r")],
        base=[
            item("a", 4, loses(1), section="t"),
            item("b", 6, DEDUCT, section="s"),
            item("c", 10, loses(1), section="r"),
        ],
        total={"floor_at": "section", "full_marks": 20},
    )
    # t: 4 − 7 = -3; s: -3 + 6 = 3; r: max(0, 10 − 11)
    reached = unit(data, found("a", "x", 7), clean("b"), found("c", "x", 11))
    assert {id: str(points) for id, points in reached.sections.items()} == {"s": "3", "t": "-3", "r": "-1"}
    assert str(reached.base) == "3"


def test_sections_are_capped_from_the_inside() -> None:
    data = scheme(
        section=[section("s", cap=11), section("t", section="s", cap=5)],
        base=[
            item("a", 4, DEDUCT, section="t"),
            item("b", 4, DEDUCT, section="t"),
            item("c", 8, DEDUCT, section="s"),
        ],
        total={"full_marks": 11},
    )
    # t: min(5, 4 + 4) = 5; s: min(11, 5 + 8) = 11; possible points likewise: nothing to rescale
    reached = unit(data, clean("a"), clean("b"), clean("c"))
    assert (str(reached.sections["s"]), str(reached.sections["t"])) == ("11", "5")
    assert str(reached.base) == "11"


RESCALED = [
    # Section s: a 4 (full), b 6 (not applicable); loose: c 10 with 5 lost; d 20 is not assigned.
    # within the part: (4 + 5) × F ÷ (4 + 10); F = 20 own points, or 100 full marks
    ("own", "part", "12.85714286"),  # 9 × 20 ÷ 14 = 12.857142857…
    ("full", "part", "64.28571429"),  # 9 × 100 ÷ 14 = 64.2857142857…
    # within the section: s 4 × 10 ÷ 4 = 10, c 5; (10 + 5) × F ÷ 20
    ("own", "section", "15"),
    ("full", "section", "75"),
]


@pytest.mark.parametrize(("to", "within", "base"), RESCALED)
def test_what_is_not_applicable_is_taken_out(to: str, within: str, base: str) -> None:
    data = scheme(
        section=[section("s", points=10)],
        base=[
            item("a", 4, DEDUCT, section="s"),
            item("b", 6, DEDUCT, section="s"),
            item("c", 10, loses(1)),
            item("d", 20, DEDUCT, applies_to=["others"]),
        ],
        groups={"all": "全部", "others": "其他"},
        total={"not_applicable": {"policy": "rescale", "to": to, "within": within}},
    )
    reached = unit(data, clean("a"), na("b"), found("c", "x", 5))
    assert str(reached.base) == base
    # 14 of 20 assigned points are applicable
    assert reached.coverage_text == "0.7000"


def test_an_empty_section_drops_out_of_the_part() -> None:
    data = scheme(
        section=[section("s"), section("t")],
        base=[item("a", 4, DEDUCT, section="s"), item("b", 8, loses(1), section="t")],
        total={"full_marks": 12, "not_applicable": {"policy": "rescale", "to": "own", "within": "section"}},
    )
    # s has nothing: t 6 of 8, rescaled to the 12 points of both: 6 × 12 ÷ 8 = 9
    assert str(unit(data, na("a"), found("b", "x", 2)).base) == "9"


def test_the_possible_points_of_a_capped_section_are_capped() -> None:
    data = scheme(
        section=[section("s", cap=8)],
        base=[item("a", 6, DEDUCT, section="s"), item("b", 6, DEDUCT, section="s"), item("c", 2, loses(1))],
        total={"full_marks": 10},
    )
    # own: min(8, 12) + 2 = 10; b out: possible min(8, 6) + 2 = 8; (6 + 1) × 10 ÷ 8 = 8.75
    assert str(unit(data, clean("a"), na("b"), found("c", "x", 1)).base) == "8.75"


def test_each_top_section_is_rounded_once_within_sections() -> None:
    data = scheme(
        section=[section("s"), section("t")],
        base=[
            item("a", 3, loses(1), section="s"),
            item("b", 1, DEDUCT, section="s"),
            item("c", 3, loses(1), section="t"),
            item("d", 1, DEDUCT, section="t"),
        ],
        total={"full_marks": 8, "not_applicable": {"policy": "rescale", "to": "own", "within": "section"}},
    )
    # each: 1 × 4 ÷ 3 = 1.33333333; together 2.66666666, not 8 ÷ 3 = 2.66666667
    rows = [found("a", "x", 2), na("b"), found("c", "x", 2), na("d")]
    assert str(unit(data, *rows).base) == "2.66666666"


GATES = [
    # base 79.99995 has the mark 80.0000 (half away from zero), 79.99994999 has 79.9999
    ("79.99995", "base >= 80", False),
    ("79.99995", "base > 80", True),
    ("79.99995", "base > 79.9999", False),
    ("79.9999", "base >= 80", True),
    ("80.0001", "base > 80", False),
    ("80.00005", "base > 80", False),
    ("60", "base >= 60 %", False),
    ("59.9999", "base >= 60 %", True),
]


@pytest.mark.parametrize(("base", "gate", "locked"), GATES)
def test_gates_read_marks(base: str, gate: str, locked: bool) -> None:
    rule = {"kind": "share", "of": "x"}
    data = scheme(
        base=[item("a", 100, rule, facts={"x": {"ask": "ratio"}})],
        bonus=[extra("p", gains(2))],
        total={"bonus_when": gate},
    )
    reached = unit(data, found("a", "x", base, of="100"), found("p", "x", 1))
    assert str(reached.base) == base
    assert reached.bonus_locked is locked
    assert str(reached.bonus) == ("0" if locked else "2")
    assert reached.items["p"].state == ("locked" if locked else "reviewed")
    assert (reached.items["p"].points is None) is locked


def test_the_sections_of_a_locked_bonus_have_nothing_to_add_up() -> None:
    data = scheme(
        section=[section("s")],
        base=[item("a", 100, loses(1))],
        bonus=[extra("p", gains(2), section="s")],
        total={"bonus_when": "base > 80"},
    )
    locked = unit(data, found("a", "x", 20), found("p", "x", 1))
    assert str(locked.sections["s"]) == "0"
    assert str(unit(data, found("a", "x", 19), found("p", "x", 1)).sections["s"]) == "2"


def test_the_bonus_cap_acts_after_item_and_section_caps() -> None:
    data = scheme(
        section=[section("s", cap=5)],
        base=[item("a", 100, loses(1))],
        bonus=[
            extra("p", gains(1), cap=4, section="s"),
            extra("q", gains(1), section="s"),
            extra("r", gains(1)),
        ],
        total={"bonus_cap": 6},
    )
    # p min(4, 9) = 4, q 2: s min(5, 6) = 5; r 3: min(6, 8) = 6
    reached = unit(data, found("a", "x", 30), found("p", "x", 9), found("q", "x", 2), found("r", "x", 3))
    assert [str(reached.items[id].points) for id in "pqr"] == ["4", "2", "3"]
    assert (str(reached.sections["s"]), str(reached.bonus), str(reached.total)) == ("5", "6", "76")


@pytest.mark.parametrize(
    ("bounds", "lost", "bonus", "deducted", "total"),
    [
        ({"to": 105}, 0, 9, 0, "105"),  # min(105, 109)
        ({"to": 105}, 0, 9, 5, "104"),
        ({"from": 0}, 90, 0, 30, "0"),  # max(0, 10 − 30)
        ({"from": -10, "to": 105}, 90, 0, 30, "-10"),
        ({"from": -30, "to": 105}, 90, 0, 30, "-20"),
    ],
)
def test_bounds_of_the_total(bounds: Table, lost: int, bonus: int, deducted: int, total: str) -> None:
    data = scheme(
        base=[item("a", 100, loses(1))],
        bonus=[extra("p", gains(1))],
        major_deduction=[extra("m", loses(1))],
        total={"bounds": bounds},
    )
    reached = unit(data, found("a", "x", lost), found("p", "x", bonus), found("m", "x", deducted))
    assert str(reached.total) == total


def test_without_bounds_a_total_may_fall_below_zero() -> None:
    data = scheme(base=[item("a", 100, loses(1))], major_deduction=[extra("m", loses(1))])
    assert str(unit(data, found("a", "x", 90), found("m", "x", 30)).total) == "-20"


def test_sections_of_major_deductions_have_caps_too() -> None:
    data = scheme(
        section=[section("s", cap=12)],
        base=[item("a", 100, DEDUCT)],
        major_deduction=[extra("m", loses(8), section="s"), extra("n", loses(6), section="s")],
    )
    # min(12, 8 + 6) = 12
    reached = unit(data, clean("a"), found("m", "x", 1), found("n", "x", 1))
    assert (str(reached.major_deduction), str(reached.total)) == ("12", "88")
