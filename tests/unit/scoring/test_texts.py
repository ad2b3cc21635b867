"""What a trace and a rule in words say in the rarer cases: nothing that the numbers beside it deny."""

from __future__ import annotations

from govscore.i18n import speaking
from govscore.scheme.rule_words import rule_words
from govscore.scoring.trace import explain
from tests.unit.scoring.small import board, clean, found, item, loses, na, scheme, unit


def test_zero_if_says_no_points_only_where_there_are_none() -> None:
    """10 − 12 = −2 stays −2, where the item may be below 0; 10 − 2 = 8 becomes 0."""
    rule = loses() | {"zero_if": "x >= 2", "bounds": {"from": -5}}
    for count, said in ((12, "no more than 0, because 问题 ≥ 2"), (2, "no points, because 问题 ≥ 2")):
        made = board(scheme(base=[item("a", 10, rule)]), [found("a", "x", count)])
        with speaking("en"):
            steps = explain(made.result(), "u").items[0].steps
        assert [step.text for step in steps if step.name == "zero_if"] == [said]


def test_a_section_that_is_left_out_says_that_what_is_taken_there_costs_nothing() -> None:
    """Nothing in s is applicable; 2 are taken there by b, which keeps its 5."""
    data = scheme(
        section=[{"id": "s", "title": "网站"}],
        base=[item("a", 5, loses(), section="s"), item("b", 5, loses(2, **{"from": "s"}))],
        total={"full_marks": 10, "not_applicable": {"policy": "rescale", "to": "full", "within": "section"}},
    )
    rows = [na("a"), found("b", "x", 1)]
    assert str(unit(data, *rows).base) == "10"
    with speaking("en"):
        steps = explain(board(data, rows).result(), "u").totals
    told = "网站 is left out, since nothing in it is applicable: what is taken there costs nothing"
    assert told in [step.text for step in steps]
    assert steps[0].text == "section 网站: 0 − 2 = -2; 2 of it taken by “项b”"


def test_a_rule_in_words_names_sections_and_groups_by_their_titles() -> None:
    limit = {"by": "group", "all": "3 days"}
    facts = {"reply": {"ask": "cases", "within": limit}}
    data = scheme(
        section=[{"id": "s", "title": "网站"}],
        base=[item("a", 5, loses(2, **{"from": "s"}), facts=facts), item("b", 5, loses(), section="s")],
    )
    made = board(data, []).scheme
    with speaking("en"):
        words = rule_words(made, made.items["a"])
    assert "taken from section “网站”" in words
    assert "全部: within 3 days" in words


def test_a_rule_in_words_says_what_all_minus_lines_count() -> None:
    data = scheme(base=[item("a", 5, loses()), item("b", 5, {"kind": "deduct"})], total={"times": 2})
    made = board(data, [clean("a")]).scheme
    with speaking("en"):
        assert "as in all items, what minus lines take counts 2 times" in rule_words(made, made.items["a"])
        assert "2 times" not in rule_words(made, made.items["b"])
