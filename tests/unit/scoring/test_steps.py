"""Lines that go by steps of a measured fact, and exemptions; worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.scoring.small import Table, clean, found, item, one, scheme, unit

FACTS: Table = {
    "rate": {"ask": "ratio", "over": True},
    "posts": {"ask": "count"},
    "growth": {"ask": "number"},
    "reply": {"ask": "cases", "within": "20 working days"},
}


def by_steps(of: str, steps: str, **more: Any) -> Table:
    return {"kind": "deduct", "minus": [{"of": of, "each": 0.1, "steps": steps, **more}]}


def reached(rule: Table, **facts: Any) -> str | None:
    """The points of an item of 10 points; facts that are not named are 0, the rate has no value."""
    given: dict[str, tuple[str, str]] = {"rate": ("0", "0"), "posts": ("0", ""), "growth": ("0", "")}
    given |= {name: each if isinstance(each, tuple) else (str(each), "") for name, each in facts.items()}
    rows = [found("i", name, value, of=of) for name, (value, of) in given.items() if name != "late"]
    rows.append(found("i", "reply.late", given.get("late", ("0", ""))[0]))
    return one(rule, *rows, points=10, facts=FACTS)


@pytest.mark.parametrize(
    ("part", "whole", "points"),
    [
        ("40", "100", ["10", "10", "10"]),  # exactly 40 %: nothing is missing
        ("50", "100", ["10", "10", "10"]),
        ("36", "100", ["9.6", "9.6", "9.6"]),  # 4 percentage points: 4 × 0.1, however steps are rounded
        ("365", "1000", ["9.7", "9.6", "9.65"]),  # 3.5 points: 3, 4 or 3.5 steps
        ("1", "3", ["9.4", "9.3", "9.33333333"]),  # 6.666… points: 6, 7 or 6.666… steps
    ],
)
def test_steps_of_a_ratio_are_percentage_points(part: str, whole: str, points: list[str]) -> None:
    found = [
        reached(by_steps("rate", steps, short_of="40 %", every="1 %"), rate=(part, whole))
        for steps in ("whole", "started", "exact")
    ]
    assert found == points


@pytest.mark.parametrize(
    ("posts", "whole", "started", "exact"),
    [
        (50, "10", "10", "10"),
        (59, "10", "9.9", "9.91"),  # 9 more: no whole ten, one started, 0.9
        (60, "9.9", "9.9", "9.9"),
        (75, "9.8", "9.7", "9.75"),
    ],
)
def test_beyond_counts_what_is_above(posts: int, whole: str, started: str, exact: str) -> None:
    found = [
        reached(by_steps("posts", steps, beyond=50, every=10), posts=posts)
        for steps in ("whole", "started", "exact")
    ]
    assert found == [whole, started, exact]


def test_numbers_may_be_below_0_and_steps_have_decimals() -> None:
    # short of 2.5 by 2.5 − (−1.25) = 3.75: 7 whole steps of 0.5
    assert reached(by_steps("growth", "whole", short_of=2.5, every=0.5), growth="-1.25") == "9.3"
    # beyond −2: −1.25 − (−2) = 0.75: 2 started steps of 0.5
    assert reached(by_steps("growth", "started", beyond=-2, every=0.5), growth="-1.25") == "9.8"


def test_a_class_of_cases_is_measured_like_a_count() -> None:
    assert reached(by_steps("reply.late", "whole", beyond=2, every=3), late=8) == "9.8"  # 6 more, two threes


def test_on_a_fact_without_value_a_step_line_takes_nothing() -> None:
    assert reached(by_steps("rate", "started", short_of="40 %", every="1 %"), rate=("0", "0")) == "10"


def test_a_step_line_has_when_times_and_cap() -> None:
    line = by_steps("posts", "exact", short_of=30, every=10, times=4, cap=1, when="growth > 0")
    assert reached(line, posts=10, growth=1) == "9.2"  # (30 − 10) ÷ 10 × 0.1 × 4
    assert reached(line, posts=0, growth=1) == "9"  # min(1, 3 × 0.1 × 4)
    assert reached(line, posts=10, growth=0) == "10"


def test_a_step_line_in_plus_adds_percentages_of_the_points() -> None:
    rule = {
        "kind": "earn",
        "plus": [{"of": "posts", "beyond": 0, "every": 3, "each": "10 %", "steps": "exact"}],
    }
    assert reached(rule, posts=2) == "0.66666667"  # 2 ÷ 3 × 10 % × 10


def test_long_decimals_are_measured_exactly() -> None:
    """0.4 − 0.39999999999999999999 is one started step, and no whole one."""
    rate = ("0.39999999999999999999", "1")
    for steps, points in (("whole", "10"), ("started", "9.9")):
        assert reached(by_steps("rate", steps, short_of="40 %", every="1 %"), rate=rate) == points


UNLESS: Table = {
    "kind": "deduct",
    "minus": [{"id": "late", "title": "迟报", "each": 1, "cap": 2, "unless": "posts >= 1"}],
}


@pytest.mark.parametrize(("late", "posts", "points"), [(1, 0, "2"), (9, 0, "1"), (9, 1, "3"), (0, 1, "3")])
def test_an_exemption_takes_the_whole_line_away(late: int, posts: int, points: str) -> None:
    facts = {"posts": {"ask": "count"}}
    assert one(UNLESS, found("i", "late", late), found("i", "posts", posts), facts=facts) == points


def test_an_exemption_on_a_fact_without_value_does_not_hold() -> None:
    rule = {"kind": "deduct", "minus": [{"id": "x", "title": "错", "once": 1, "unless": "rate != 0 %"}]}
    facts = {"rate": {"ask": "ratio"}}
    assert one(rule, found("i", "x", "yes"), found("i", "rate", 0, of="0"), facts=facts) == "2"
    assert one(rule, found("i", "x", "yes"), found("i", "rate", 1, of="2"), facts=facts) == "3"


def test_an_exempted_line_does_not_set_off_the_effect() -> None:
    facts = {"posts": {"ask": "count"}}
    data = scheme(base=[item("i", 100, UNLESS, facts=facts, effect={"at_most": 50})])
    exempt = unit(data, found("i", "late", 1), found("i", "posts", 1))
    charged = unit(data, found("i", "late", 1), found("i", "posts", 0))
    assert (str(exempt.total), str(charged.total)) == ("100", "50")


def test_when_and_unless_stand_beside_each_other() -> None:
    rule = {"kind": "deduct", "minus": [{"when": "posts < 3", "once": 1, "unless": "open = yes"}]}
    facts = {"posts": {"ask": "count"}, "open": {"ask": "yes_no"}}
    points = [
        one(rule, found("i", "posts", posts), found("i", "open", answer), facts=facts)
        for posts, answer in ((2, "no"), (2, "yes"), (3, "no"))
    ]
    assert points == ["2", "3", "3"]
    assert one(rule, clean("i"), facts=facts) == "2"
