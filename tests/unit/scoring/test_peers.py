"""Items measured against the group: places, the best, the mean; who is compared, and who waits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from govscore.rules.peers import codes_of, sum_of
from govscore.scheme.read import scheme_from_mapping
from govscore.scheme.units import Unit
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, Facts
from govscore.scoring.trace import explain, explain_on
from tests.unit.scoring.small import Table, board, extra, found, item, loses, na, run, scheme, units, veto

RANK: Table = {"kind": "rank", "of": "n", "points": [8, 7, 6], "then_less": 0.5}
COUNT: Table = {"n": {"ask": "count"}}
NUMBER: Table = {"n": {"ask": "number"}}
RATIO: Table = {"n": {"ask": "ratio"}}
FOUR = units("u", "w", "x", "y")


def with_rule(rule: Table, facts: Table = COUNT, **more: object) -> Table:
    return scheme(base=[item("i", 8, rule, facts=facts, **more)])


def points(data: Table, values: dict[str, object], of: dict[str, object] | None = None) -> dict[str, str]:
    """The points of item `i`, where `n` is established for these units of one group."""
    cells = of or {}
    rows = [
        found("i", "n", value, unit=unit, **({"of": str(cells[unit])} if cells else {}))
        for unit, value in values.items()
    ]
    result = run(data, *rows, roster=units(*values))
    return {each.unit: str(each.items["i"].points) for each in result}


def test_equal_values_share_the_better_place_and_the_next_is_skipped() -> None:
    """900, 1200, 900, 300: places 2, 1, 2, 4; beyond the list of three 6 − 1 × 0.5 = 5.5."""
    assert points(with_rule(RANK), {"u": 900, "w": 1200, "x": 900, "y": 300}) == {
        "u": "7", "w": "8", "x": "7", "y": "5.5",
    }  # fmt: skip


def test_the_lowest_is_first_under_best_low_and_without_then_less_the_rest_is_worth_nothing() -> None:
    rule = {"kind": "rank", "of": "n", "best": "low", "points": [8, "50 %"]}
    assert points(with_rule(rule), {"u": 3, "w": 0, "x": 1, "y": 1}) == {
        "u": "0", "w": "8", "x": "4", "y": "4",
    }  # fmt: skip


def test_beyond_the_list_points_never_fall_below_0() -> None:
    """Places 1 to 4 of one entry of 3 points, 2 less each: 3, 1, −1, −3."""
    rule = {"kind": "rank", "of": "n", "points": [3], "then_less": 2}
    assert points(with_rule(rule), {"u": 4, "w": 3, "x": 2, "y": 1}) == {
        "u": "3",
        "w": "1",
        "x": "0",
        "y": "0",
    }


def test_percentages_beyond_the_list_are_rounded_once() -> None:
    """8 × 33.3333 % − 1 × 8 × 0.0001 % = 2.666664 − 0.000008 = 2.666656."""
    rule = {"kind": "rank", "of": "n", "points": ["33.3333 %"], "then_less": "0.0001 %"}
    assert points(with_rule(rule), {"u": 2, "w": 1}) == {"u": "2.666664", "w": "2.666656"}


def test_ratios_are_ranked_as_fractions_and_equal_ones_tie() -> None:
    """2 ÷ 3 = 4 ÷ 6, and 333333 ÷ 500000 = 0.666666 is less."""
    reached = points(
        with_rule(RANK, RATIO), {"u": 2, "w": 4, "x": 333333, "y": 1}, {"u": 3, "w": 6, "x": 500000, "y": 1}
    )
    assert reached == {"u": "7", "w": "7", "x": "5.5", "y": "8"}


def test_fractions_whose_decimals_agree_for_long_are_still_told_apart() -> None:
    """a ÷ b and (a + 1) ÷ (b + 1) of numbers near 2^40 differ only after some 80 binary places."""
    near = 2**40
    values = np.array([near - 1, near, near - 2, 2 * near - 4], dtype=np.int64)
    over = np.array([near, near + 1, near - 1, 2 * near - 2], dtype=np.int64)
    fractions = [Fraction(int(a), int(b)) for a, b in zip(values, over, strict=True)]
    order = {each: code for code, each in enumerate(sorted(set(fractions)))}
    assert codes_of(values, over).tolist() == [order[each] for each in fractions] == [1, 2, 0, 0]
    assert codes_of(values.astype(object), over.astype(object)).tolist() == [1, 2, 0, 0]


def test_a_sum_of_fractions_is_exact() -> None:
    assert sum_of(np.array([1, 1, 1]), np.array([2, 3, 6])) == 1
    assert sum_of(np.array([2**62, 2**62], dtype=object), np.array([3, 3])) == Fraction(2**63, 3)
    assert sum_of(np.array([5, 7]), 2) == 6


def test_each_group_is_compared_by_itself() -> None:
    data = with_rule(RANK)
    data["groups"]["other"] = "别组"
    roster = (*units("u", "w"), Unit(unit="z", name="示例z", group="other"))
    rows = [found("i", "n", n, unit=unit) for unit, n in (("u", 1), ("w", 2), ("z", 0))]
    result = run(data, *rows, roster=roster)
    assert [str(each.items["i"].points) for each in result] == ["7", "8", "8"]


def test_a_unit_without_a_value_is_not_applicable_and_not_compared() -> None:
    """A whole of 0 has no place: the others are first and second."""
    assert points(with_rule(RANK, RATIO), {"u": 0, "w": 1, "x": 1}, {"u": 0, "w": 2, "x": 3}) == {
        "u": "None", "w": "8", "x": "7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("target", "more", "reached"),
    [
        ("best", {}, {"u": "6", "w": "8", "x": "2"}),  # 8 × 90 ÷ 120, 8, 8 × 30 ÷ 120
        ("mean", {}, {"u": "8", "w": "8", "x": "3"}),  # the mean is 80: 8 × 30 ÷ 80
        ("best", {"best": "low"}, {"u": "8", "w": "8", "x": "8"}),  # everybody reaches 30
    ],
)
def test_share_measures_against_the_best_or_the_mean(
    target: str, more: Table, reached: dict[str, str]
) -> None:
    rule = {"kind": "share", "of": "n", "target": target, **more}
    assert points(with_rule(rule), {"u": 90, "w": 120, "x": 30}) == reached


def test_the_mean_of_ratios_is_the_mean_of_the_units_ratios() -> None:
    """1 ÷ 2 and 30 ÷ 40: the mean is 62.5 %, not 31 ÷ 42; 8 × 50 % ÷ 62.5 % = 6.4."""
    rule = {"kind": "share", "of": "n", "target": "mean"}
    assert points(with_rule(rule, RATIO), {"u": 1, "w": 30}, {"u": 2, "w": 40}) == {"u": "6.4", "w": "8"}


@pytest.mark.parametrize("values", [(0, 0), (-1, -3), (0, -2)])
def test_a_best_that_is_not_above_0_gives_0(values: tuple[int, int]) -> None:
    rule = {"kind": "share", "of": "n", "target": "best"}
    assert points(with_rule(rule, NUMBER), dict(zip("uw", values, strict=True))) == {"u": "0", "w": "0"}


def test_lines_go_by_the_distance_to_what_the_group_has() -> None:
    """3, 8, 4 days: the lowest 3, the mean 5. w: 2 steps of 2 beyond 3, 3 beyond 5: 8 − 2 × 0.5 − 3 × 0.1."""
    lines = [
        {"of": "n", "beyond": "best", "every": 2, "each": 0.5, "steps": "whole"},
        {"of": "n", "beyond": "mean", "every": 1, "each": 0.1, "steps": "exact"},
    ]
    rule = {"kind": "deduct", "best": "low", "minus": lines}
    assert points(with_rule(rule, NUMBER), {"u": 3, "w": 8, "x": 4}) == {"u": "8", "w": "6.7", "x": "8"}


def test_a_line_short_of_the_mean_of_ratios_counts_percentage_points() -> None:
    """50 % and 75 %: the mean is 62.5 %; u is 12.5 points short: 12 whole steps of 0.1."""
    lines = [{"of": "n", "short_of": "mean", "every": "1 %", "each": 0.1, "steps": "whole"}]
    rule = {"kind": "deduct", "minus": lines}
    assert points(with_rule(rule, RATIO), {"u": 1, "w": 3}, {"u": 2, "w": 4}) == {"u": "6.8", "w": "8"}


def quarters(data: Table, **values: tuple[int | str, ...]) -> dict[str, str]:
    """The points of item `i`, where `n` is established quarter by quarter; "na": not applicable."""
    periods = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
    rows = [
        found("i", "", unit=unit, period=period, state="na")
        if number == "na"
        else found("i", "n", number, unit=unit, period=period)
        for unit, numbers in values.items()
        for period, number in zip(periods, numbers, strict=True)
    ]
    return {each.unit: str(each.items["i"].points) for each in run(data, *rows, roster=units(*values))}


def test_places_are_given_quarter_by_quarter() -> None:
    """u: first, second, first with w, first: (8 + 4 + 8 + 8) ÷ 4 = 7; w: (4 + 8 + 8 + 4) ÷ 4 = 6."""
    rule = {"kind": "rank", "of": "n", "points": [8, 4], "per": "quarter", "combine": "mean"}
    assert quarters(with_rule(rule), u=(5, 1, 2, 9), w=(3, 4, 2, 1)) == {"u": "7", "w": "6"}


def test_who_is_excused_from_a_quarter_is_compared_in_the_others() -> None:
    """In the first quarter w is alone, and first: 28 ÷ 4 = 7; u: (4 + 8 + 8) ÷ 3 = 6.66666667."""
    rule = {"kind": "rank", "of": "n", "points": [8, 4], "per": "quarter", "combine": "mean"}
    assert quarters(with_rule(rule), u=("na", 1, 2, 9), w=(3, 4, 2, 1)) == {"u": "6.66666667", "w": "7"}


def test_lines_over_all_quarters_go_by_the_mean_of_each_quarter() -> None:
    """Means 3, 2, 2, 5: u is short by 1 + 1 + 0 + 0 = 2: 8 − 2 × 0.5 = 7; w by 0 + 0 + 0 + 4: 8 − 2 = 6."""
    lines = [{"of": "n", "short_of": "mean", "every": 1, "each": 0.5, "steps": "whole"}]
    rule = {"kind": "deduct", "per": "quarter", "combine": "lines", "minus": lines}
    assert quarters(with_rule(rule), u=(2, 1, 2, 9), w=(4, 3, 2, 1)) == {"u": "7", "w": "6"}


def test_the_trace_measures_each_quarter_by_what_its_group_had() -> None:
    """Means 3, 2, 2, 5; w is short of the last by 4 steps of 1: (5 − 1) ÷ 1 × 0.5 = 2."""
    lines = [{"of": "n", "short_of": "mean", "every": 1, "each": 0.5, "steps": "exact"}]
    rule = {"kind": "deduct", "per": "quarter", "combine": "lines", "minus": lines}
    numbers = {"u": (2, 1, 2, 9), "w": (4, 3, 2, 1)}
    rows = [
        found("i", "n", number, unit=unit, period=f"2024-Q{quarter}")
        for unit, each in numbers.items()
        for quarter, number in enumerate(each, 1)
    ]
    result = run(with_rule(rule), *rows, roster=units("u", "w"))
    assert explain(result, "w").items[0].arithmetic == "8 − ((5 − 1) ÷ 1) × 0.5 = 6"
    assert explain(result, "u").items[0].arithmetic == "8 − ((3 − 2) ÷ 1 + (2 − 1) ÷ 1) × 0.5 = 7"


def test_a_limit_of_each_quarter_holds_for_places_too() -> None:
    """Of 2 a quarter: u 2 + 1 + 2 + 2 = 7, w 1 + 2 + 2 + 1 = 6."""
    rule = {"kind": "rank", "of": "n", "points": [2, 1], "per": "quarter", "combine": "sum", "each_period": 2}
    assert quarters(with_rule(rule), u=(5, 1, 2, 9), w=(3, 4, 2, 1)) == {"u": "7", "w": "6"}


def test_bonus_items_and_major_deductions_are_ranked_within_their_cap() -> None:
    """Of the cap of 4: 50 % for the first; of the deduction 3 for the first, 3 − 1 for the second."""
    data = scheme(
        base=[item("b", 100, {"kind": "deduct"})],
        bonus=[extra("p", {"kind": "rank", "of": "n", "points": ["50 %"]}, facts=COUNT, cap=4)],
        major_deduction=[
            extra("m", {"kind": "rank", "of": "n", "points": [3], "then_less": 1}, facts=COUNT, cap=5)
        ],
    )
    rows = [found(id, "n", n, unit=unit) for id in "pm" for unit, n in (("u", 2), ("w", 1))]
    result = run(data, *rows, roster=units("u", "w"))
    assert [str(each.total) for each in result] == ["99", "98"]


# --- who is compared, and who waits -------------------------------------------


def ranked(*rows: object, vetoes: tuple[Table, ...] = (), roster: tuple[Unit, ...] = FOUR) -> Board:
    data = with_rule(RANK)
    if vetoes:
        data["veto"] = list(vetoes)
    return board(data, rows, roster)  # type: ignore[arg-type]


def states(made: Board) -> dict[str, tuple[str, str | None]]:
    return {
        each.unit: (
            each.items["i"].state,
            None if each.items["i"].points is None else str(each.items["i"].points),
        )
        for each in made.result()
    }


STOP = veto("v", "fake = yes", {"stop": "差"}, facts={"fake": {"ask": "yes_no"}})


def reviewed(**values: int) -> list[object]:
    return [found("i", "n", n, unit=unit) for unit, n in values.items()]


def test_while_one_of_the_group_is_open_nobody_has_points() -> None:
    made = ranked(*reviewed(u=9, w=5), na("i", "x"))
    assert states(made) == {
        "u": ("provisional", None), "w": ("provisional", None),
        "x": ("not_applicable", None), "y": ("open", None),
    }  # fmt: skip
    unit = made.unit("u")
    assert (unit.state, unit.rank, str(unit.so_far), str(unit.low), str(unit.high)) == (
        "open",
        None,
        "0",
        "0",
        "8",
    )
    assert unit.open_items == ()
    assert made.progress_of("u") == (1, 1)
    assert made.progress_of("y") == (0, 1)


def test_a_stopped_unit_leaves_the_comparison_and_needs_no_review() -> None:
    """Without u, w is first and x second; y is stopped before anybody reviewed it."""
    flags = [
        found("v", "fake", word, unit=unit)
        for unit, word in zip("uwxy", ("yes", "no", "no", "yes"), strict=True)
    ]
    made = ranked(*reviewed(u=9, w=5, x=3), *flags, vetoes=(STOP,))
    assert states(made) == {
        "u": ("stopped", None), "w": ("reviewed", "8"), "x": ("reviewed", "7"), "y": ("stopped", None),
    }  # fmt: skip


def test_while_a_stop_is_undecided_the_group_waits() -> None:
    flags = [found("v", "fake", "no", unit=unit) for unit in "uwx"]
    made = ranked(*reviewed(u=9, w=5, x=3, y=1), *flags, vetoes=(STOP,))
    assert set(states(made).values()) == {("provisional", None)}


def test_a_stop_that_reads_a_fact_of_an_item_counts_too() -> None:
    """The veto reads the ranked item's own fact: who has nothing is stopped, and leaves."""
    made = ranked(*reviewed(u=9, w=5, x=3, y=0), vetoes=(veto("v", "i/n < 1", {"stop": "差"}),))
    assert states(made)["y"] == ("stopped", None)
    assert states(made)["x"] == ("reviewed", "6")


def test_a_decision_on_one_unit_scores_its_whole_group_again() -> None:
    """Whatever is put and withdrawn, in a roster whose groups lie mixed: as from scratch."""
    data = with_rule(RANK)
    data["veto"] = [STOP]
    data["groups"]["other"] = "别组"
    data["base"].append(item("j", 5, loses(), not_applicable={"policy": "peer_mean"}))
    roster = tuple(
        Unit(unit=f"u{number}", name=f"示例{number}", group="all" if number % 2 else "other")
        for number in range(24)
    )
    made = scheme_from_mapping(data)
    live = Board(made, Facts({}), roster)
    rows = [found("i", "n", number % 5, unit=f"u{number}") for number in range(24)]
    rows += [
        na("j", f"u{number}") if number % 3 == 0 else found("j", "x", number % 4, unit=f"u{number}")
        for number in range(24)
    ]
    rows += [found("v", "fake", "yes" if number == 7 else "no", unit=f"u{number}") for number in range(24)]
    facts = board(data, rows, roster).result().facts
    kept = dict(facts.entries)
    for place, (key, each) in enumerate(facts.entries.items()):
        live.put(*key, each)
        if place % 12 == 11:
            so_far = dict(list(facts.entries.items())[: place + 1])
            assert live.result().units == Board(made, Facts(so_far), roster).result().units, key
    for key in (("u3", "i"), ("u7", "v"), ("u5", "j")):
        live.put(*key, NOTHING)
        del kept[key]
        assert live.result().units == Board(made, Facts(kept), roster).result().units, key
        live.put(*key, facts.entries[key])
        kept[key] = facts.entries[key]
    assert live.result().units == Board(made, facts, roster).result().units


# --- the trace ----------------------------------------------------------------


def steps(made: Board, unit: str) -> list[str]:
    return [step.text for step in explain_on(made, unit).items[0].steps]


def test_the_trace_says_who_is_best_and_what_the_unit_has() -> None:
    made = ranked(*reviewed(u=90, w=120, x=90, y=30))
    assert steps(made, "u") == ["n：4个单位中并列第2名（全组最高120（示例w）；本单位90）：7"]
    assert steps(made, "y") == ["n：4个单位中第4名（全组最高120（示例w）；本单位30）：6 − 1 × 0.5 = 5.5"]
    assert [each.steps for each in explain(made.result(), "y").items] == [
        each.steps for each in explain_on(made, "y").items
    ]


@pytest.mark.usefixtures("english")
def test_the_trace_names_whom_the_group_waits_for() -> None:
    made = ranked(*reviewed(u=90, w=120))
    assert steps(made, "u") == [
        "n: place 2 of 2 (highest of the group 120 (示例w); this unit 90): 7",
        "provisional: it waits for 示例x, 示例y of the group",
    ]


@pytest.mark.usefixtures("english")
def test_the_trace_of_a_mean_that_does_not_come_out_even_stays_exact() -> None:
    """1, 2, 2: the mean is 5 ÷ 3; 8 × 1 ÷ (5 ÷ 3) = 4.8."""
    rule = {"kind": "share", "of": "n", "target": "mean"}
    rows = [found("i", "n", n, unit=unit) for unit, n in (("u", 1), ("w", 2), ("x", 2))]
    trace = explain_on(board(with_rule(rule), rows, units("u", "w", "x")), "u").items[0]
    assert trace.arithmetic == "8 × min(1, 1 ÷ (5 ÷ 3)) = 4.8"
    assert trace.steps[0].text == (
        "n (mean of the group 5 ÷ 3, 3 units; this unit 1): 8 × min(1, 1 ÷ (5 ÷ 3)) = 4.8"
    )
