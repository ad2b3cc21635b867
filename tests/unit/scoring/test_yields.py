"""Lines that yield: a matter that is recorded in another item is not charged twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govscore.i18n import speaking
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.board import Board
from govscore.scoring.facts import NOTHING, read_entry, read_facts
from govscore.scoring.trace import explain
from tests.unit.scoring.small import (
    ONE,
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
)

if TYPE_CHECKING:
    from govscore.facts.rows import Row

X = {"id": "x", "title": "泄露", "each": 2}
YIELDING = {"kind": "deduct", "minus": [{**X, "yields_to": ["b"]}]}


def two(rule: Table = YIELDING, other: Table | None = None, **more: object) -> Table:
    """Item `a`, whose lines yield to item `b`."""
    return scheme(base=[item("a", 50, rule, **more), item("b", 50, other or loses())])


def points(data: Table, *rows: Row) -> dict[str, str]:
    """Points, or the state of what has none."""
    items = unit(data, *rows).items
    return {id: each.state if each.points is None else str(each.points) for id, each in items.items()}


def test_only_the_rows_of_that_matter_are_left_out() -> None:
    """Of 2 + 3 + 4 faults the 2 about m are recorded in b: 50 − 7 × 2 = 36 here, 50 − 1 = 49 there."""
    rows = [
        found("a", "x", 2, case="1", matter="m"),
        found("a", "x", 3, case="2", matter="other"),
        found("a", "x", 4, case="3"),
        found("b", "x", 1, matter="m"),
    ]
    assert points(two(), *rows) == {"a": "36", "b": "49"}


def test_without_matter_nothing_yields() -> None:
    assert points(two(), found("a", "x", 1), found("b", "x", 1))["a"] == "48"


@pytest.mark.parametrize(
    ("fact", "cells", "recorded"),
    [
        ({"ask": "count"}, {"value": "1"}, True),
        ({"ask": "count"}, {"value": "0"}, False),
        ({"ask": "yes_no"}, {"value": "yes"}, True),
        ({"ask": "yes_no"}, {"value": "否"}, False),
        ({"ask": "cases", "within": "5 days"}, {"start": "2024-03-01", "finish": "2024-03-07"}, True),
        ({"ask": "cases", "within": "5 days"}, {"start": "2024-03-01", "finish": "2024-03-06"}, False),
        ({"ask": "cases", "within": "5 days"}, {"start": "2024-03-02", "finish": "2024-03-01"}, True),
        ({"ask": "cases", "within": "5 days"}, {"start": "2024-03-01"}, True),
        ({"ask": "cases", "within": "5 days"}, {"start": "2024-12-30"}, False),
    ],
    ids=["count", "no count", "yes", "no", "late", "on time", "early", "missing", "running"],
)
def test_a_fault_is_recorded_and_anything_else_is_not(
    fact: Table, cells: dict[str, str], recorded: bool
) -> None:
    """A count above 0, a yes, a late, early or missing case: 50 − 0 if it is recorded, else 50 − 2."""
    data = scheme(base=[item("a", 50, YIELDING), item("b", 50, {"kind": "deduct"}, facts={"f": fact})])
    rows = [found("a", "x", 1, matter="m"), found("b", "f", matter="m", **cells)]
    assert points(data, *rows)["a"] == ("50" if recorded else "48")


def test_cases_that_are_counted_are_recorded_by_their_class() -> None:
    fact = {"f": {"ask": "cases", "within": "5 days"}}
    data = scheme(base=[item("a", 50, YIELDING), item("b", 50, {"kind": "deduct"}, facts=fact)])
    mine = found("a", "x", 1, matter="m")
    assert points(data, mine, found("b", "f.late", 1, matter="m"))["a"] == "50"
    assert points(data, mine, found("b", "f.on_time", 1, matter="m"), found("b", "f.late", 0))["a"] == "48"


def test_events_and_typed_points_are_recorded() -> None:
    typed = {"kind": "deduct", "minus": [{"id": "t", "title": "酌情", "range": [0.5, 2]}]}
    event = {"kind": "events", "levels": {"city": 1}, "same_matter": "sum", "shared": "full"}
    data = scheme(base=[item("a", 50, YIELDING), item("b", 50, typed)])
    mine = found("a", "x", 1, matter="m")
    assert points(data, mine, found("b", "t", "0.5", matter="m", reason="酌情"))["a"] == "50"
    data = scheme(
        base=[item("a", 50, YIELDING), item("c", 50, {"kind": "deduct"})], bonus=[extra("b", event)]
    )
    at = found("b", "event", "city", case="e", start="2024-05-01", matter="m")
    assert points(data, mine, at) == {"a": "50", "c": "50", "b": "1"}


def test_a_line_with_once_charges_what_is_left_of_its_answers() -> None:
    """Two yes, one of them recorded in b: 50 − 3. Both recorded: nothing."""
    rule = {"kind": "deduct", "minus": [{"id": "x", "title": "泄露", "once": 3, "yields_to": ["b"]}]}
    rows = [found("a", "x", "yes", case="1", matter="m"), found("a", "x", "yes", case="2", matter="n")]
    assert points(two(rule), *rows, found("b", "x", 1, matter="m"))["a"] == "47"
    both = [found("b", "x", 1, case="1", matter="m"), found("b", "x", 1, case="2", matter="n")]
    assert points(two(rule), *rows, *both)["a"] == "50"


def test_typed_points_of_that_matter_are_left_out() -> None:
    """1.5 + 0.75 were typed, 1.5 of them about m: 50 − 0.75."""
    rule = {"kind": "deduct", "minus": [{"id": "x", "title": "酌情", "range": [0.5, 2], "yields_to": ["b"]}]}
    rows = [
        found("a", "x", "1.5", case="1", matter="m", reason="甲"),
        found("a", "x", "0.75", case="2", reason="乙"),
        found("b", "x", 1, matter="m"),
    ]
    data = two(rule)
    assert points(data, *rows)["a"] == "49.25"
    made = scheme_from_mapping(data)
    trace = explain(Board(made, read_facts(rows, made, ONE), ONE).result(), "u")
    assert trace.items[0].arithmetic == "50 − 0.75 = 49.25"


def test_a_line_that_reads_late_cases_charges_the_rest() -> None:
    """Three late, one of them recorded in b: 50 − 2 × 2. A case in time changes nothing."""
    cases = {"reply": {"ask": "cases", "within": "5 days"}}
    rule = {"kind": "deduct", "minus": [{"count": "reply.late", "each": 2, "yields_to": ["b"]}]}
    late = [
        found("a", "reply", case=str(number), start="2024-03-01", finish="2024-03-08", matter=matter)
        for number, matter in enumerate(("m", "", "n"))
    ]
    rows = [*late, found("a", "reply", case="9", start="2024-03-01", finish="2024-03-02", matter="m")]
    assert points(two(rule, facts=cases), *rows, found("b", "x", 1, matter="m"))["a"] == "46"


def test_it_yields_whatever_the_other_item_makes_of_it() -> None:
    """In b the fault costs nothing any more: b has only 1 point, which other faults took."""
    data = scheme(base=[item("a", 99, YIELDING), item("b", 1, loses())])
    rows = [
        found("a", "x", 1, matter="m"),
        found("b", "x", 5, case="1"),
        found("b", "x", 1, case="2", matter="m"),
    ]
    assert points(data, *rows) == {"a": "99", "b": "0"}


def test_an_item_that_is_not_applicable_or_not_assigned_takes_nothing_over() -> None:
    mine = found("a", "x", 1, matter="m")
    assert points(two(), mine, na("b"))["a"] == "48"
    data = scheme(
        groups={"all": "全部", "few": "少数"},
        base=[item("a", 50, YIELDING), item("b", 50, loses(), applies_to=["few"])],
    )
    assert points(data, mine) == {"a": "48", "b": "not_assigned"}


def test_it_is_open_while_the_other_item_is_open_and_has_no_such_row() -> None:
    """b asks two counts, and only one of them has a row."""
    other = {"kind": "deduct", "minus": [{**X, "id": "y"}, {**X, "id": "z"}]}
    mine = found("a", "x", 1, matter="m")
    assert points(two(other=other), mine)["a"] == "open"
    assert points(two(other=other), mine, found("b", "y", 1, matter="n"))["a"] == "open"
    assert points(two(other=other), mine, found("b", "y", 1, matter="m")) == {"a": "50", "b": "open"}
    assert points(two(other=other), found("a", "x", 0, matter="m"))["a"] == "50"
    assert points(two(other=other), found("a", "x", 1))["a"] == "48"


def test_it_is_open_while_the_other_item_may_turn_out_not_to_be_applicable() -> None:
    """b starts at the share of a ratio: a whole of 0 makes it not applicable, and a is charged after all."""
    other = {"kind": "share", "of": "r", "minus": [{**X, "id": "y"}]}
    data = scheme(base=[item("a", 50, YIELDING), item("b", 50, other, facts={"r": {"ask": "ratio"}})])
    rows = [found("a", "x", 1, matter="m"), found("b", "y", 1, matter="m")]
    assert points(data, *rows)["a"] == "open"
    assert points(data, *rows, found("b", "r", 1, of="2"))["a"] == "50"
    assert points(data, *rows, found("b", "r", 0, of="0")) == {"a": "48", "b": "not_applicable"}


def test_items_yield_along_a_chain_whatever_their_order_in_the_file() -> None:
    """a yields to b, b to c: c is scored first. The matter stands in all three and is charged in c only."""
    rules = {"a": YIELDING, "b": {"kind": "deduct", "minus": [{**X, "yields_to": ["c"]}]}, "c": loses()}
    rows = [found(id, "x", 1, matter="m") for id in "abc"]
    for order in ("abc", "bca", "cab"):
        data = scheme(base=[item(id, 30, rules[id]) for id in order])
        assert points(data, *rows) == {**dict.fromkeys("ab", "30"), "c": "29"}


def test_a_plus_line_and_a_major_deduction_yield_too() -> None:
    data = scheme(
        base=[item("c", 100, loses())],
        bonus=[extra("a", {"kind": "earn", "plus": [{**X, "yields_to": ["b"]}]}), extra("b", gains())],
        major_deduction=[extra("m", {"kind": "earn", "plus": [{**X, "yields_to": ["c"]}]})],
    )
    rows = [found(id, "x", 1, matter="m") for id in ("a", "b", "c", "m")]
    assert points(data, *rows) == {"c": "99", "a": "0", "b": "1", "m": "0"}


def test_an_effect_does_not_act_on_what_is_charged_elsewhere() -> None:
    data = two(effect={"zero": "不合格"})
    mine = found("a", "x", 1, matter="m")
    assert str(unit(data, mine, clean("b")).total) == "0"
    assert str(unit(data, mine, found("b", "x", 1, matter="m")).total) == "99"


def test_a_decision_on_the_other_item_scores_this_one_again() -> None:
    """49 and 48 without the matter in b; with it 49 and 50; withdrawn, a is open again."""
    made = board(two(), [found("a", "x", 1, matter="m"), clean("b")])
    assert str(made.unit("u").items["a"].points) == "48"
    entry, problems = read_entry(made.scheme.items["b"], [found("b", "x", 1, matter="m")], made.scheme.period)
    assert problems == ()
    made.put("u", "b", entry)
    assert str(made.unit("u").items["a"].points) == "50"
    assert str(made.unit("u").total) == "99"
    made.put("u", "b", NOTHING)
    assert made.unit("u").items["a"].state == "open"


def test_the_trace_says_where_a_matter_is_recorded() -> None:
    rows = [
        found("a", "x", 2, case="1", matter="M-7"),
        found("a", "x", 3, case="2"),
        found("b", "x", 1, matter="M-7"),
    ]
    made = board(two(), rows)
    for language, said in (
        ("en", "泄露: matter M-7 is not charged here, because it is recorded under “项b”"),
        ("zh_CN", "泄露：事项“M-7”已记入“项b”，这里不再计"),
    ):
        with speaking(language):
            trace = explain(made.result(), "u").items[0]
            assert [step.name for step in trace.steps] == ["begin", "yield", "minus"]
            assert trace.steps[1].text == said
            assert trace.arithmetic == "50 − 3 × 2 = 44"
            words = made.scheme.items["a"].words(made.scheme.titles)
            assert "项b" in words


def test_a_fault_recorded_elsewhere_may_raise_the_total() -> None:
    """An exception to the law that one more fault never raises: it costs 1 in b, and no longer 2 in a."""
    mine = found("a", "x", 1, matter="m")
    assert str(unit(two(), mine, clean("b")).total) == "98"
    assert str(unit(two(), mine, found("b", "x", 1, matter="m")).total) == "99"
