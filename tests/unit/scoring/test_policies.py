"""What an item is worth that is not applicable: `rate`, `peer_mean`, and policies of single items."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from govscore.scoring.trace import explain_on
from tests.unit.scoring.small import Table, board, clean, found, item, loses, na, run, scheme, units, veto

RATE: Table = {"policy": "rate", "rate": "60 %", "without_note": "25 %"}
MEAN: Table = {"policy": "peer_mean"}


def plan(policy: Table, **items: Table | None) -> Table:
    """Three items of 10 points each, some with a policy of their own."""
    base = [
        item(id, 10, loses(), **({"not_applicable": items[id]} if items.get(id) else {}))
        for id in ("a", "b", "c")
    ]
    return scheme(base=base, total={"full_marks": 30, "not_applicable": policy})


def worth(data: Table, *rows: Any, roster: tuple[Any, ...] = units("u")) -> dict[str, tuple[str, str | None]]:
    result = run(data, *rows, roster=roster)["u"]
    return {
        id: (each.state, None if each.points is None else str(each.points))
        for id, each in result.items.items()
    }


@pytest.mark.parametrize(("note", "points"), [("yes", "6"), ("是", "6"), ("no", "2.5"), ("", "2.5")])
def test_a_rate_of_the_points_depends_on_the_note(note: str, points: str) -> None:
    """60 % × 10 with a published note, 25 % × 10 without."""
    absent = na("a")._replace(note=note)
    assert worth(plan(RATE), absent, clean("b"), clean("c"))["a"] == ("not_applicable", points)


def test_without_a_rate_of_its_own_no_note_changes_nothing() -> None:
    data = plan({"policy": "rate", "rate": "60 %"})
    assert worth(data, na("a"), clean("b"), clean("c"))["a"] == ("not_applicable", "6")


def test_what_is_given_counts_as_possible_and_not_as_covered() -> None:
    """2.5 + 9 + 10 of 30 possible points: nothing is rescaled; covered are 20 of 30."""
    unit = run(plan(RATE), na("a"), found("b", "x", 1), clean("c"))["u"]
    assert (str(unit.base), unit.coverage_text) == ("21.5", "0.6666666666")


def test_an_item_may_be_rescaled_in_a_part_that_gives_a_rate() -> None:
    """b leaves: (2.5 + 9) × 30 ÷ 20 = 17.25."""
    unit = run(plan(RATE, b={"policy": "rescale"}), na("a"), na("b"), found("c", "x", 1))["u"]
    assert str(unit.base) == "17.25"


def test_nothing_applicable_is_not_assessed_whatever_is_given() -> None:
    unit = run(plan(RATE), na("a"), na("b"), na("c"))["u"]
    assert (unit.state, unit.base, unit.total) == ("unassessed", None, None)
    assert str(unit.items["a"].points) == "2.5"


def test_the_mean_share_is_that_of_reviewed_units_of_the_group() -> None:
    """w has 9 of 10, x 6 of 10, y is not applicable, too: the mean share is 0.75, and u gets 7.5."""
    rows = [
        na("a"),
        clean("b"),
        clean("c"),
        found("a", "x", 1, unit="w"),
        found("a", "x", 4, unit="x"),
        na("a", "y"),
    ]
    assert worth(plan(MEAN), *rows, roster=units("u", "w", "x", "y"))["a"] == ("not_applicable", "7.5")


def test_a_mean_share_is_rounded_once() -> None:
    """10, 10 and 9 of 10: 10 × 29 ÷ 30 = 9.66666667."""
    rows = [na("a"), clean("b"), clean("c"), clean("a", "w"), clean("a", "x"), found("a", "x", 1, unit="y")]
    assert worth(plan(MEAN), *rows, roster=units("u", "w", "x", "y"))["a"] == ("not_applicable", "9.66666667")


def test_nobody_has_a_share_so_the_item_is_rescaled() -> None:
    """a leaves for u: (9 + 10) × 30 ÷ 20 = 28.5."""
    rows = [na("a"), found("b", "x", 1), clean("c"), na("a", "w")]
    unit = run(plan(MEAN), *rows, roster=units("u", "w"))["u"]
    assert (unit.items["a"].points, str(unit.base)) == (None, "28.5")


def test_while_a_unit_of_the_group_is_open_the_mean_share_waits() -> None:
    rows = [na("a"), clean("b"), clean("c"), clean("a", "w")]
    made = board(plan(MEAN), rows, units("u", "w", "x"))
    unit = made.unit("u")
    assert (unit.state, unit.items["a"].state, unit.items["a"].points) == ("open", "provisional", None)
    assert (str(unit.low), str(unit.high), unit.coverage_text) == ("20", "30", "0.6666666666")
    assert made.unit("w").items["a"].state == "reviewed"


def test_a_stopped_unit_is_no_peer() -> None:
    """w would have 0; it is stopped, so that only x counts, which has 8."""
    data = plan(MEAN) | {"veto": [veto("v", "y = yes", {"stop": "差"}, facts={"y": {"ask": "yes_no"}})]}
    rows = [na("a"), clean("b"), clean("c"), found("a", "x", 10, unit="w"), found("a", "x", 2, unit="x")]
    rows += [found("v", "y", "yes" if unit == "w" else "no", unit=unit) for unit in ("u", "w", "x")]
    assert worth(data, *rows, roster=units("u", "w", "x"))["a"] == ("not_applicable", "8")


def test_item_points_and_tie_breaks_see_what_is_given_and_facts_have_no_value() -> None:
    """u and w both come to 25: 6 + 9 + 10 and 7 + 8 + 10; the tie goes by item a."""
    data = plan({"policy": "rate", "rate": "60 %"}) | {
        "rank": {"ties": "share", "tie_break": ["a"]},
        "veto": [
            veto("low", "a/points < 7", {"cap_grade": "差"}),
            veto("fact", "a/x < 9", {"cap_grade": "差"}),
        ],
        "grade": [{"name": "好", "when": ">= 20"}, {"name": "差"}],
    }
    rows = [
        na("a"),
        found("b", "x", 1),
        clean("c"),
        found("a", "x", 3, unit="w"),
        found("b", "x", 2, unit="w"),
    ]
    result = run(data, *rows, clean("c", "w"), roster=units("u", "w"))
    assert [(str(each.total), each.rank) for each in result] == [("25", 2), ("25", 1)]
    acting = {each.unit: [mine.id for mine in each.vetoes if mine.acts] for each in result}
    assert acting == {"u": ["low"], "w": ["fact"]}


def test_the_trace_says_what_was_given_and_why() -> None:
    rows = [
        na("a")._replace(note="yes"),
        na("b"),
        clean("c"),
        found("b", "x", 2, unit="w"),
        found("b", "x", 1, unit="x"),
    ]
    made = board(plan(RATE, b=MEAN), rows, units("u", "w", "x"))
    trace = {each.item: each for each in explain_on(made, "u").items}
    assert trace["a"].steps[0].text == "不涉及，已发布说明，按分值的60%：60 % × 10 = 6"
    assert trace["b"].steps[0].text == "不涉及，按全组平均得分率85 %（2个单位）：10 × 85 % = 8.5"
    assert trace["b"].arithmetic == "10 × 85 % = 8.5"


def in_parts(policy: Table, **changes: Any) -> Table:
    """Website 30 % of 60 points (`a`, `c`: 30 each) under a policy; new media 70 % of 100 (`b`), rescaled."""
    parts = [
        {"id": id, "title": id, "weight": weight, "full_marks": full, "floor_at": "item", "bonus_cap": "none"}
        | {"not_applicable": mine}
        for id, weight, full, mine in (
            ("web", "30 %", 60, policy),
            ("media", "70 %", 100, {"policy": "rescale", "to": "full", "within": "part"}),
        )
    ]
    base = [item(id, 30, loses(), part="web") for id in ("a", "c")] + [item("b", 100, loses(), part="media")]
    data = scheme(part=parts, base=base, **changes)
    for key in ("floor_at", "not_applicable"):
        del data["total"][key]
    return data


def test_a_part_gives_a_rate_beside_one_that_rescales() -> None:
    """Website 60 % × 30 + 29 = 47 of 60, media 84 of 100: 100 × (0.3 × 47 ÷ 60 + 0.7 × 0.84) = 82.3."""
    rows = [na("a")._replace(note="yes"), found("c", "x", 1), found("b", "x", 16)]
    unit = run(in_parts(RATE), *rows)["u"]
    assert (str(unit.parts["web"].score), str(unit.total)) == ("47", "82.3")
    assert unit.coverage == Fraction(130, 160)


def test_who_is_stopped_in_a_part_stays_a_peer_there() -> None:
    """w has 20 of 30 on a: u's mean share is 2 ÷ 3 × 30 = 20, though w's website counts as nothing."""
    stop = veto("v", "refused = yes", {"stop": "差"}, part="web", facts={"refused": {"ask": "yes_no"}})
    grades = [{"name": "好", "when": ">= 60"}, {"name": "差"}]
    data = in_parts(
        MEAN,
        veto=[stop],
        grade=grades,
    )
    data["total"]["stopped_part"] = "zero"
    rows = [na("a"), clean("c"), clean("b"), clean("v"), found("v", "refused", "yes", unit="w")]
    rows += [found("a", "x", 10, unit="w"), clean("c", "w"), clean("b", "w")]
    result = run(data, *rows, roster=units("u", "w"))
    assert result["w"].parts["web"].state == "stopped"
    assert (str(result["u"].items["a"].points), str(result["u"].parts["web"].score)) == ("20", "50")


def test_what_waits_for_a_mean_share_keeps_nothing_open_where_its_part_is_left_out() -> None:
    """Both items of u's website are not applicable: media alone is the base, whatever the group will have."""
    line = {"kind": "deduct", "minus": [{"id": "x", "title": "问题", "each": 1, "from": "total"}]}
    data = in_parts(MEAN)
    data["base"][0] |= {"rule": line, "effect": {"at_most": 50}}
    unit = run(data, na("a"), na("c"), clean("b"), roster=units("u", "w"))["u"]
    assert (unit.state, str(unit.total), str(unit.charged)) == ("scored", "100", "0")
    assert unit.items["a"].state == "provisional"
