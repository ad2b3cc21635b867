"""Numbers beside items by group, tag and date: the total, parts, sections, quotas and effects, by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from govscore.errors import InputError
from govscore.scheme.read import scheme_from_mapping
from govscore.scheme.unit_schemes import for_unit
from govscore.scheme.units import Unit
from govscore.scoring.trace import explain
from tests.unit.scoring.small import board, clean, extra, found, gains, item, loses, run, scheme, veto

GROUPS = {"all": "全部", "streets": "街道"}
BUREAU = Unit(unit="d", name="示例局", group="all")
STREET = Unit(unit="s", name="示例街道", group="streets")
WINDOW = Unit(unit="w", name="示例窗口", group="all", tags=("window",))
BOTH = (BUREAU, STREET)
POLICY = {"policy": "rescale", "to": "full", "within": "part"}


def by_group(bureau: Any, street: Any) -> dict[str, Any]:
    return {"by": "group", "all": bureau, "streets": street}


def lost(count: int, roster: tuple[Unit, ...] = BOTH, of: str = "i") -> list[Any]:
    return [found(of, "x", count, unit=unit.unit) for unit in roster]


def totals(data: dict[str, Any], *rows: Any, roster: tuple[Unit, ...] = BOTH) -> list[str]:
    return [str(each.total) for each in run(data, *rows, roster=roster).units]


def test_full_marks_are_those_of_the_units_group() -> None:
    """8 of 10 points: 8 × 100 ÷ 10 = 80 of 100, and 8 × 60 ÷ 10 = 48 of 60; 80 % is a pass for both."""
    total = {"full_marks": by_group(100, 60), "not_applicable": POLICY}
    grades = [{"name": "优", "when": ">= 80 %"}, {"name": "差"}]
    data = scheme(groups=GROUPS, total=total, base=[item("i", 10, loses())], grade=grades)
    result = run(data, *lost(2), roster=BOTH)
    assert [(str(each.total), each.grade) for each in result.units] == [("80", "优"), ("48", "优")]


def test_the_cap_of_the_bonus_and_bounds_by_group_and_tag() -> None:
    """Ten points of bonus: a bureau keeps 3, a window all of it, a street 5; 100 + 10 ends at 105."""
    cap = by_group(3, 5)
    data = scheme(groups=GROUPS, total={"bonus_cap": cap}, base=[item("i", 100, loses())],
                  bonus=[extra("b", gains())])  # fmt: skip
    rows = [*lost(0), *lost(10, of="b")]
    assert totals(data, *rows) == ["103", "105"]
    data["total"]["bonus_cap"] = {"by": "tag", "window": "none", "other": 3}
    data["total"]["bounds"] = {"to": {"by": "tag", "window": 105, "other": 200}}
    roster = (BUREAU, WINDOW)
    assert totals(data, *lost(0, roster), *lost(10, roster, "b"), roster=roster) == ["103", "105"]
    data["total"]["bounds"]["to"]["window"] = 120
    assert totals(data, *lost(0, roster), *lost(10, roster, "b"), roster=roster) == ["103", "110"]


def test_no_cap_is_the_largest_of_several_caps() -> None:
    """Ten points of bonus: with both tags all of it, with one of them 4."""
    cap = {"by": "tag", "window": "none", "remote": 4, "other": 3}
    data = scheme(total={"bonus_cap": cap}, base=[item("i", 100, loses())], bonus=[extra("b", gains())])
    roster = tuple(
        Unit(unit=name, name=name, group="all", tags=tags)
        for name, tags in (("m", ("remote", "window")), ("n", ("remote",)))
    )
    assert totals(data, *lost(0, roster), *lost(10, roster, "b"), roster=roster) == ["110", "104"]


def test_of_two_tags_that_match_the_larger_number_holds_for_sections_too() -> None:
    """The section ends at 4 and, with both tags, at 6; 8 points would be in it."""
    cap = {"by": "tag", "window": 6, "remote": 5, "other": 4}
    data = scheme(base=[item("i", 8, loses(), section="s")], section=[{"id": "s", "title": "节", "cap": cap}],
                  total={"full_marks": 10})  # fmt: skip
    roster = (BUREAU, Unit(unit="t", name="示例", group="all", tags=("window", "remote")))
    assert totals(data, *lost(0, roster), roster=roster) == ["4", "6"]


def test_a_section_is_rescaled_to_the_points_that_it_has_for_the_unit() -> None:
    """6 of 8 possible points: 6 × 8 ÷ 8 = 6, and 6 × 16 ÷ 8 = 12."""
    total = {"not_applicable": {"policy": "rescale", "to": "own", "within": "section"}}
    points = {"by": "tag", "window": 16, "other": 8}
    data = scheme(total=total, base=[item("i", 8, loses(), section="s")],
                  section=[{"id": "s", "title": "节", "points": points}])  # fmt: skip
    roster = (BUREAU, WINDOW)
    assert totals(data, *lost(2, roster), roster=roster) == ["6", "12"]


def weighted(weight: Any, other: Any) -> dict[str, Any]:
    """Two parts of 100 points; what [total] states beside parts."""
    parts = [("p", weight), ("q", other)]
    data = scheme(
        groups=GROUPS,
        part=[{"id": id, "title": id, "weight": each, "full_marks": 100, "floor_at": "item",
               "not_applicable": POLICY} for id, each in parts],
        base=[item("i", 100, loses(), part="p"), item("k", 100, loses(), part="q")],
    )  # fmt: skip
    return data | {"total": {"full_marks": 100, "places": 2}}


def test_the_weights_of_parts_by_group() -> None:
    """50 and 100: 30 % × 50 + 70 % × 100 = 85; 60 % × 50 + 40 % × 100 = 70."""
    result = run(
        weighted(by_group("30 %", "60 %"), by_group("70 %", "40 %")), *lost(50), *lost(0, of="k"), roster=BOTH
    )
    assert [str(each.total) for each in result.units] == ["85", "70"]
    assert [each.parts["p"].weight for each in result.units] == [Fraction(3, 10), Fraction(3, 5)]
    told = [step.text for step in explain(result, "s").totals]
    assert any("60" in text and "40" in text and "= 70" in text for text in told), told


def test_weights_that_do_not_add_up_for_some_unit_are_told() -> None:
    """With the tag 60 % + 70 % = 130 %."""
    data = weighted({"by": "tag", "window": "60 %", "other": "30 %"}, "70 %")
    with pytest.raises(InputError) as refused:
        scheme_from_mapping(data)
    assert [each.id for each in refused.value.problems] == ["scheme.part-weights"]


def test_a_veto_limits_the_total_by_the_units_group() -> None:
    """Both have 100 points; the veto leaves 59 to a bureau and 70 to a street."""
    stop = veto("v", "down = yes", {"at_most": by_group(59, 70)}, facts={"down": {"ask": "yes_no"}})
    data = scheme(groups=GROUPS, base=[item("i", 100, loses())], veto=[stop])
    rows = [*lost(0), *(found("v", "down", "yes", unit=unit.unit) for unit in BOTH)]
    assert totals(data, *rows) == ["59", "70"]
    assert "70" in " ".join(step.text for step in explain(run(data, *rows, roster=BOTH), "s").totals)


def test_the_effect_of_an_item_by_tag() -> None:
    """The total is fixed at 50, and at 40 without the tag."""
    fixed = {"fixed": {"by": "tag", "window": 50, "other": 40}}
    data = scheme(base=[item("i", 100, loses(), effect=fixed)])
    roster = (BUREAU, WINDOW)
    assert totals(data, *lost(1, roster), roster=roster) == ["40", "50"]


def test_a_quota_by_group() -> None:
    """Two of the four bureaus (50 %) and one of the four streets (25 %) get the grade."""
    quota = {"share": by_group("50 %", "25 %"), "round": "down", "ties": "out"}
    grades = [{"name": "优", "when": ">= 60", "quota": quota}, {"name": "良"}]
    roster = tuple(Unit(unit=f"{group}{n}", name=f"{group}{n}", group=group)
                   for group in GROUPS for n in range(4))  # fmt: skip
    data = scheme(groups=GROUPS, base=[item("i", 100, loses())], grade=grades)
    rows = [found("i", "x", int(unit.unit[-1]), unit=unit.unit) for unit in roster]
    got = [each.grade for each in run(data, *rows, roster=roster).units]
    assert got == ["优", "优", "良", "良", "优", "良", "良", "良"]


def test_by_date_the_first_day_of_the_period_decides() -> None:
    """From 2024-01-01 on the cap is 4, which holds on the period's first day; the later one never does."""
    cap = {"by": "date", "first": 2, "2024-01-01": 4, "2024-07-01": 9}
    data = scheme(total={"bonus_cap": cap}, base=[item("i", 100, loses())], bonus=[extra("b", gains())])
    assert totals(data, *lost(0, (BUREAU,)), *lost(10, (BUREAU,), "b"), roster=(BUREAU,)) == ["104"]


def test_minimum_coverage_by_group() -> None:
    """Half of the points are applicable: enough for a bureau, too little for a street."""
    total = {"minimum_coverage": by_group("50 %", "60 %")}
    data = scheme(groups=GROUPS, total=total, base=[item("i", 50, loses()), item("k", 50, loses())])
    rows = [*lost(0), *(found("k", unit=unit.unit, state="na") for unit in BOTH)]
    assert [each.rank for each in run(data, *rows, roster=BOTH).units] == [1, None]


def test_a_decision_leaves_the_units_of_other_cases_as_they_are() -> None:
    """A board scored once and one that took the decisions one by one hold the same numbers."""
    data = scheme(groups=GROUPS, total={"full_marks": by_group(100, 60), "bonus_cap": by_group(3, "none"),
                                        "not_applicable": POLICY},
                  base=[item("i", 10, loses())], bonus=[extra("b", gains())])  # fmt: skip
    roster = (BUREAU, STREET, WINDOW, Unit(unit="z", name="示例二街道", group="streets"))
    rows = [*lost(3, roster), *lost(7, roster, "b")]
    whole, grown = board(data, rows, roster), board(data, [clean("i", "d")], roster)
    for unit in roster:
        for name in ("i", "b"):
            grown.put(unit.unit, name, whole.facts_of(unit.unit, name))
    assert grown.result().units == whole.result().units
    # 7 × 100 ÷ 10 + 3 = 73; 7 × 60 ÷ 10 + 7 = 49
    assert [str(each.total) for each in grown.result().units] == ["73", "49", "73", "49"]


def test_the_span_of_an_open_unit_has_its_own_limits() -> None:
    """Open: from 0 to 100 + 3 for a bureau, to 100 + 9 for a street."""
    data = scheme(groups=GROUPS, total={"bonus_cap": by_group(3, 9)}, base=[item("i", 100, loses())],
                  bonus=[extra("b", gains(), cap=20)])  # fmt: skip
    spans = [(str(each.low), str(each.high)) for each in run(data, roster=BOTH).units]
    assert spans == [("0", "103"), ("0", "109")]


def test_a_scheme_without_such_switches_is_every_units_own() -> None:
    read = scheme_from_mapping(scheme(base=[item("i", 100, loses())]))
    assert for_unit(read, BUREAU) is read


BY_TAG = {"by": "tag", "window": 5, "other": 3}
RANGE = {"kind": "deduct", "minus": [{"id": "x", "title": "其他", "range": [1, BY_TAG]}]}


def test_what_may_be_typed_goes_by_the_unit() -> None:
    """10 − 5 = 5 for a window; 10 − 3 = 7 for the others."""
    rows = [
        found("i", "x", 5, unit="w", reason="由评审人酌定"),
        found("i", "x", 3, unit="d", reason="由评审人酌定"),
    ]
    result = run(scheme(base=[item("i", 10, RANGE)]), *rows, roster=(WINDOW, BUREAU))
    assert [str(each.items["i"].points) for each in result.units] == ["5", "7"]


def test_the_rule_in_words_names_every_end_of_the_range_and_the_units_own() -> None:
    entry = run(scheme(base=[item("i", 10, RANGE)]), roster=(WINDOW, BUREAU)).scheme.items["i"]
    assert entry.words() == "满分10分；其他：酌情扣1至（标签 window：5分，其余：3分）"
    assert entry.of(WINDOW, "2024-01-01").words() == "满分10分；其他：酌情扣1至5分"


def test_more_than_the_unit_may_lose_is_refused() -> None:
    """The tag of the row changes nothing: the range is the unit's."""
    row = found("i", "x", 5, unit="d", reason="由评审人酌定", tags="window")
    with pytest.raises(InputError) as refused:
        run(scheme(base=[item("i", 10, RANGE)]), row, roster=(BUREAU,))
    assert [each.data["high"] for each in refused.value.problems] == ["3"]


def test_an_effect_that_acts_is_told_with_the_units_own_limit() -> None:
    """At most 5 for a window, 3 for the others: min(5, 9) = 5 and min(3, 9) = 3."""
    data = scheme(base=[item("i", 10, loses(), effect={"at_most": BY_TAG})], total={"full_marks": 10})
    rows = [found("i", "x", 1, unit=unit) for unit in ("w", "d")]
    result = run(data, *rows, roster=(WINDOW, BUREAU))
    assert [str(unit.vetoes[0].effect.at_most) for unit in result.units] == ["5", "3"]
    told = [
        step.arithmetic for unit in "wd" for step in explain(result, unit).totals if step.name == "veto:i"
    ]
    assert told == ["min(5, 9) = 5", "min(3, 9) = 3"]
