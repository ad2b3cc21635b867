"""Bonus items that need a claim: without a row they are reviewed and worth 0; worked by hand."""

from __future__ import annotations

import pytest

from govscore.i18n import speaking
from govscore.scoring.facts import NOTHING
from govscore.scoring.trace import explain_item
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
    scheme,
    unit,
    units,
    veto,
)  # fmt: skip

YES: Table = {"away": {"ask": "yes_no"}}


def world(rule: Table | None = None, **more: object) -> Table:
    return scheme(
        base=[item("a", 100, loses())],
        bonus=[extra("g", rule or gains(2), needs_claim=True, cap=5, facts=YES)],
        **more,
    )


def test_without_a_row_it_is_not_claimed_and_needs_no_review() -> None:
    reached = unit(world(), clean("a"))
    assert (reached.state, str(reached.bonus), str(reached.total), reached.rank) == ("scored", "0", "100", 1)
    claim = reached.items["g"]
    assert (claim.state, str(claim.points)) == ("none", "0")
    assert (reached.reviewed, reached.assigned, reached.open_items) == (2, 2, ())


def test_with_a_row_it_is_claimed_and_open_until_every_fact_has_one() -> None:
    half = unit(world(), clean("a"), found("g", "x", 1))
    assert (half.state, half.items["g"].state) == ("open", "open")
    whole = unit(world(), clean("a"), found("g", "x", 1), found("g", "away", "no"))
    # 1 × 2
    assert (whole.items["g"].state, str(whole.total)) == ("reviewed", "102")


def test_a_clean_finding_and_na_are_rows_too() -> None:
    assert unit(world(), clean("a"), clean("g")).items["g"].state == "reviewed"
    assert unit(world(), clean("a"), na("g")).items["g"].state == "not_applicable"


def test_nothing_of_its_rule_counts_without_a_claim() -> None:
    """Its start alone would give 5 points, and its effect would act on the line."""
    rule: Table = {
        "kind": "level",
        "levels": [{"id": "b", "when": "away = yes", "points": 1}, {"id": "c", "points": 5}],
    }
    assert str(unit(world(rule), clean("a")).total) == "100"
    assert str(unit(world(rule), clean("a"), found("g", "away", "no")).total) == "105"


@pytest.mark.parametrize(
    ("when", "acts"),
    [("g/points = 0", True), ("g/points < 1", True), ("g/away = no", False), ("g/away != yes", False)],
)
def test_vetoes_read_its_points_as_0_and_its_facts_as_without_value(when: str, acts: bool) -> None:
    data = world(veto=[veto("v", when, {"at_most": 50})])
    reached = unit(data, clean("a"))
    assert (reached.state, reached.vetoes[0].acts) == ("scored", acts)


def test_a_locked_bonus_is_locked_whether_it_is_claimed_or_not() -> None:
    data = world(total={"bonus_when": "base > 80"})
    assert unit(data, found("a", "x", 50)).items["g"].state == "locked"


def test_without_needs_claim_an_item_without_a_row_stays_open() -> None:
    data = world()
    data["bonus"][0]["needs_claim"] = False
    assert unit(data, clean("a")).state == "open"


def test_taking_the_only_decision_back_leaves_it_unclaimed() -> None:
    at = board(world(), [clean("a"), clean("g")], units("u"))
    assert at.unit("u").items["g"].state == "reviewed"
    at.put("u", "g", NOTHING)
    assert (at.unit("u").items["g"].state, at.state_of("u")) == ("none", "scored")


def test_the_trace_says_that_it_is_not_claimed() -> None:
    at = board(world(), [clean("a")], units("u"))
    trace = explain_item(at, "u", "g")
    assert (trace.arithmetic, [step.text for step in trace.steps]) == ("0", ["未申报，计 0 分"])
    with speaking("en"):
        assert explain_item(at, "u", "g").steps[0].text == "not claimed, and so 0"
        assert at.scheme.items["g"].words().endswith("; 0 if it is not claimed")
