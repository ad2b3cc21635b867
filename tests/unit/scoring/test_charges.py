"""Lines with `from`: points taken from the total or from a section, outside of their item; by hand."""

from __future__ import annotations

from typing import Any

import pytest

from govscore.i18n import speaking
from govscore.scoring.facts import read_facts
from govscore.scoring.trace import explain, explain_item
from tests.unit.scoring.small import (
    ONE,
    Table,
    board,
    clean,
    extra,
    found,
    item,
    loses,
    na,
    run,
    scheme,
    unit,
)

FULL: Table = {"kind": "deduct"}


def leaks(target: str, each: Any = 2, **more: Any) -> Table:
    return loses(each, **{"from": target, **more})


def of_total(**more: Any) -> Table:
    return scheme(base=[item("i", 10, leaks("total", **more)), item("j", 90, FULL)])


def in_section(floor_at: str = "item", cap: Any = None, within: str = "part", to: str = "own") -> Table:
    """Item `j` of section `s` has 8 points; item `i` (loose, 10) takes from `s`; 82 more are elsewhere."""
    section: Table = {"id": "s", "title": "节"} | ({} if cap is None else {"cap": cap})
    policy = {"policy": "rescale", "to": to, "within": within}
    return scheme(
        section=[section],
        base=[item("i", 10, leaks("s")), item("j", 8, FULL, section="s"), item("k", 82, FULL)],
        total={"floor_at": floor_at, "not_applicable": policy},
    )


@pytest.mark.parametrize(("leak", "charged", "total"), [(0, "0", "100"), (1, "2", "98"), (60, "120", "-20")])
def test_a_charge_on_the_total_leaves_the_item_and_the_base(leak: int, charged: str, total: str) -> None:
    """Base 10 + 90 = 100; the charge is no part of it and has no lower limit: 100 − 60 × 2 = −20."""
    reached = unit(of_total(), found("i", "x", leak), clean("j"))
    assert str(reached.items["i"].points) == "10"
    assert (str(reached.base), str(reached.charged), str(reached.total)) == ("100", charged, total)


def test_the_lines_own_cap_acts_and_percentages_are_of_the_item() -> None:
    data = of_total(each="30 %", cap="50 %")
    # min(50 % × 10, 3 × 30 % × 10) = 5
    assert str(unit(data, found("i", "x", 3), clean("j")).total) == "95"


def test_a_charge_stands_outside_of_every_limit_of_its_item() -> None:
    """`minus_cap`, `zero_if`, bounds: the item ends at 0, the charge of 4 stays."""
    rule = {
        "kind": "deduct",
        "minus": [
            {"id": "x", "title": "泄密", "each": 2, "from": "total"},
            {"id": "y", "title": "错", "each": 5},
        ],
        "minus_cap": 1,
        "zero_if": "x >= 2",
    }
    data = scheme(base=[item("i", 10, rule), item("j", 90, FULL)])
    reached = unit(data, found("i", "x", 2), found("i", "y", 1), clean("j"))
    # base 0 + 90, total 90 − 4
    assert (str(reached.items["i"].points), str(reached.base), str(reached.total)) == ("0", "90", "86")
    once = unit(data, found("i", "x", 1), found("i", "y", 1), clean("j"))
    # base (10 − min(1, 5)) + 90 = 99, total 99 − 2
    assert (str(once.base), str(once.total)) == ("99", "97")


def test_times_multiply_a_charge() -> None:
    data = of_total(times=1.5)
    data["base"][0]["rule"]["times"] = 2
    assert str(unit(data, found("i", "x", 1), clean("j")).total) == "94"  # 100 − 2 × 1.5 × 2


def test_an_exempted_charge_takes_nothing() -> None:
    data = of_total(unless="x < 2")
    assert [str(unit(data, found("i", "x", n), clean("j")).total) for n in (1, 2)] == ["100", "96"]


@pytest.mark.parametrize(
    ("floor_at", "cap", "leak", "section", "total"),
    [
        ("item", None, 1, "6", "98"),  # 10 + (8 − 2) + 82
        ("item", 5, 1, "3", "95"),  # min(5, 8) − 2: the charge bites after the cap
        ("item", None, 9, "-10", "92"),  # max(0, 8 − 18): the top section ends at 0
        ("section", None, 9, "-10", "92"),
        ("none", None, 9, "-10", "82"),  # 10 + (8 − 18) + 82
    ],
)
def test_a_charge_on_a_section_comes_after_its_cap_and_before_its_floor(
    floor_at: str, cap: Any, leak: int, section: str, total: str
) -> None:
    data = in_section(floor_at, cap)
    data["total"]["not_applicable"]["to"] = "full"
    if cap is not None:  # possible points would be 10 + 5 + 82 = 97
        data["total"]["full_marks"] = 97
    reached = unit(data, found("i", "x", leak), clean("j"), clean("k"))
    assert (str(reached.sections["s"]), str(reached.total)) == (section, total)
    assert str(reached.items["i"].points) == "10"


def test_a_charge_on_an_inner_section_is_taken_inside_of_the_outer_one() -> None:
    data = scheme(
        section=[
            {"id": "outer", "title": "外", "cap": 12},
            {"id": "inner", "title": "内", "section": "outer", "cap": 6},
        ],
        base=[item("i", 10, leaks("inner"), section="outer"), item("j", 8, FULL, section="inner")],
        total={"not_applicable": {"policy": "rescale", "to": "own", "within": "part"}},
    )
    reached = unit(data, found("i", "x", 1), clean("j"))
    # inner min(6, 8) − 2 = 4; outer min(12, 10 + 4) = 12
    assert [str(reached.sections[id]) for id in ("inner", "outer")] == ["4", "12"]
    worse = unit(data, found("i", "x", 3), clean("j"))
    # inner 6 − 6 = 0; outer 10; the possible points stay min(12, 10 + 6)
    assert [str(worse.sections[id]) for id in ("inner", "outer")] == ["0", "10"]


def test_a_charge_is_rescaled_with_its_section_and_not_with_the_total() -> None:
    """82 points are not applicable: what is left is 10 + 8 of 100."""
    to_full = in_section(to="full")
    rows = [found("i", "x", 1), clean("j"), na("k")]
    assert str(unit(to_full, *rows).base) == "88.88888889"  # (10 + 8 − 2) × 100 ÷ 18
    data = of_total()
    data["total"]["not_applicable"]["to"] = "full"
    # 10 × 100 ÷ 10 − 2
    assert str(unit(data, found("i", "x", 1), na("j")).total) == "98"


def test_a_charge_on_a_section_with_nothing_applicable_counts_in_the_part_and_drops_out_by_section() -> None:
    """Under floor_at = "none" the section is −2: (10 − 2 + 82) of 92 possible points; else it is gone."""
    rows = [found("i", "x", 1), na("j"), clean("k")]
    part = in_section("none", within="part")
    assert str(unit(part, *rows).base) == "97.82608696"  # (10 − 2 + 82) × 100 ÷ 92
    assert str(unit(in_section("none", within="section"), *rows).base) == "100"
    assert str(unit(in_section("item", within="part"), *rows).base) == "100"  # max(0, −2)


def test_a_major_deduction_may_charge_too_outside_of_its_cap() -> None:
    rule = {
        "kind": "earn",
        "plus": [
            {"id": "x", "title": "被通报", "each": 3},
            {"id": "y", "title": "泄密", "each": 4, "from": "total"},
        ],
    }
    data = scheme(base=[item("b", 100, FULL)], major_deduction=[extra("m", rule, cap=5)])
    reached = unit(data, clean("b"), found("m", "x", 2), found("m", "y", 2))
    # min(5, 2 × 3) = 5 and 2 × 4 = 8: 100 − 5 − 8
    assert (str(reached.major_deduction), str(reached.charged), str(reached.total)) == ("5", "8", "87")


def test_bounds_of_the_total_hold_after_the_charges() -> None:
    data = of_total()
    data["total"]["bounds"] = {"from": 95}
    assert str(unit(data, found("i", "x", 4), clean("j")).total) == "95"


def test_an_effect_acts_on_what_is_taken_elsewhere() -> None:
    data = of_total()
    data["base"][0]["effect"] = {"at_most": 50}
    assert [str(unit(data, found("i", "x", n), clean("j")).total) for n in (0, 1)] == ["100", "50"]


@pytest.mark.parametrize("state", ["na", "open", "unassigned"])
def test_what_is_not_reviewed_charges_nothing(state: str) -> None:
    data = of_total()
    data["base"][0]["applies_to"] = ["other"] if state == "unassigned" else ["all"]
    data["groups"]["other"] = "其他"
    rows = {"na": [na("i")], "open": [], "unassigned": []}[state]
    reached = unit(data, *rows, clean("j"))
    assert reached.charged == (None if state == "open" else 0)
    assert not reached.items["i"].charges


def test_the_span_of_an_open_unit_knows_what_may_still_be_charged() -> None:
    """Without a cap there is no lower end; with one of 6 it is 90 − 6, the item itself being at 0."""
    unlimited = unit(of_total(), clean("j"))
    assert (unlimited.low, str(unlimited.high)) == (None, "100")
    capped = unit(of_total(cap=6), clean("j"))
    assert (str(capped.low), str(capped.high)) == ("84", "100")
    data = in_section()
    charged = unit(data, clean("j"), clean("k"))
    # the section of 8 may be gone: 0 + 82; nothing more, since it ends at 0
    assert (str(charged.low), str(charged.high)) == ("82", "100")


def test_the_span_is_open_above_where_an_item_may_pass_its_points() -> None:
    """`i` has 15 of 10; were `j` not applicable, (15) × 100 ÷ 10 = 150 would be reached."""
    praised = {"kind": "deduct", "plus": [{"id": "x", "title": "加", "each": 5}], "bounds": {"to": 20}}
    data = scheme(
        base=[item("i", 10, praised), item("j", 90, FULL, facts={"z": {"ask": "count"}})],
        total={"not_applicable": {"policy": "rescale", "to": "full", "within": "part"}},
    )
    opened = unit(data, found("i", "x", 1))
    gone = unit(data, found("i", "x", 1), na("j"))
    assert str(gone.total) == "150"
    assert opened.high is not None
    assert opened.high >= 150 * 10**8


def test_the_upper_end_knows_that_a_section_may_drop_out_with_its_charge() -> None:
    """`i` takes 2 from `s`, where `j` is open: 10 + (8 − 2) + 82 = 98, or (10 + 82) × 100 ÷ 92 = 100."""
    data = in_section(within="section", to="full")
    data["base"][1]["facts"] = {"z": {"ask": "count"}}
    others = [clean(each["id"]) for each in data["base"] if each["id"] not in ("i", "j")]
    rows = [found("i", "x", 1), *others]
    opened, full, gone = unit(data, *rows), unit(data, *rows, clean("j")), unit(data, *rows, na("j"))
    assert (str(full.total), str(gone.total)) == ("98", "100")
    assert opened.high is not None
    assert opened.high >= 100 * 10**8


def test_an_item_that_ends_below_its_points_may_still_leave_the_possible_points() -> None:
    """`i` ends at 5 of 50; if it is not applicable the rest is rescaled: 50 × 100 ÷ 50."""
    rule = {"kind": "deduct", "bounds": {"to": 5}}
    data = scheme(
        base=[item("i", 50, rule, facts={"z": {"ask": "count"}}), item("j", 50, FULL)],
        total={"not_applicable": {"policy": "rescale", "to": "full", "within": "part"}},
    )
    opened, gone = unit(data, clean("j")), unit(data, clean("j"), na("i"))
    assert (str(gone.total), str(opened.high)) == ("100", "100")


def test_a_bonus_below_0_widens_the_span_where_the_gate_is_not_decided() -> None:
    """`j` of 20 is open, the bonus of −5 counts from 90: 89 + 0 or 90 − 5; the lower one is not 80."""
    data = scheme(
        base=[item("i", 80, FULL), item("j", 20, loses(1))],
        bonus=[extra("p", loses(5, "y") | {"bounds": {"from": -5}})],
        total={"bonus_when": "base >= 90", "bonus_cap": "none"},
    )
    rows = [clean("i"), found("p", "y", 1)]
    spanned = unit(data, *rows)
    totals = [unit(data, *rows, found("j", "x", lost)).total for lost in range(21)]
    assert {str(total) for total in totals} >= {"95", "85", "89", "80"}
    assert spanned.low is not None
    assert spanned.high is not None
    assert all(spanned.low <= total <= spanned.high for total in totals if total is not None)
    never = scheme(
        base=[item("i", 85, FULL), item("j", 15, loses(1))],
        bonus=data["bonus"],
        total={"bonus_when": "base >= 86", "bonus_cap": "none"},
    )
    # from 86 to 100 the bonus counts: 81 … 95; at 85 it does not: 85. The lowest is 81.
    assert [str(unit(never, *rows, found("j", "x", lost)).total) for lost in (0, 14, 15)] == [
        "95",
        "81",
        "85",
    ]
    assert unit(never, *rows).low is not None
    assert int(unit(never, *rows).low or 0) <= 81 * 10**8


def test_decisions_on_a_board_move_the_charges() -> None:
    data = in_section()
    rows = [found("i", "x", 1), clean("j"), clean("k")]
    whole = board(data, rows)
    part = board(data, rows[1:])
    entry = read_facts(rows, whole.scheme, ONE).entries["u", "i"]
    part.put("u", "i", entry)
    assert part.result().units == whole.result().units
    assert str(part.total_of("u")) == "98"


def test_charges_beyond_64_bits_stay_exact() -> None:
    """A million leaks of a million points, a million times: 100 − 10^18 points."""
    data = of_total(each=1_000_000, times=1_000_000)
    reached = unit(data, found("i", "x", 1_000_000), clean("j"))
    assert str(reached.total) == str(100 - 10**18)


def test_the_trace_says_where_the_points_went() -> None:
    data = in_section(cap=5)
    data["total"]["not_applicable"]["to"] = "full"
    data["total"]["full_marks"] = 97
    data["base"][2]["rule"] = leaks("total", id="y")
    result = run(data, found("i", "x", 1), clean("j"), found("k", "y", 2))
    with speaking("en"):
        trace = explain(result, "u")
    mine = trace.items[0]
    assert mine.arithmetic == "10"
    assert [step.text for step in mine.steps if step.name == "charge"] == [
        "问题: 2, taken from section 节 and not here"
    ]
    texts = {step.name: (step.text, step.amount) for step in trace.totals}
    assert texts["section"][0] == "section 节: min(5, 8) − 2 = 3; 2 of it taken by “项i”"
    assert texts["charge:k"] == ("taken from the total by “项k”: 4", -4 * 10**8)
    losses = {(loss.item, loss.kind): str(loss.lost) for loss in trace.losses}
    assert losses == {("i", "charge"): "2", ("k", "charge"): "4"}
    with speaking("zh_CN"):
        steps = explain(result, "u").items[0].steps
    assert steps[-1].text == "问题：2，从一、二级指标“节”中扣，不在本项扣"


def test_an_exemption_is_told_and_takes_nothing() -> None:
    data = of_total(unless="x < 2")
    on_it = board(data, [found("i", "x", 1), clean("j")])
    with speaking("en"):
        trace = explain_item(on_it, "u", "i")
    assert [(step.name, step.text) for step in trace.steps[1:]] == [
        ("exempt", "问题: does not count, because 问题 < 2")
    ]
