"""Items with several reviewers, from the findings to the points and the explanation, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from govscore.i18n import speaking
from govscore.scheme.read import scheme_from_mapping
from govscore.scoring.facts import read_entry
from govscore.scoring.trace import explain, explain_item
from tests.unit.scoring.small import ONE, board, extra, found, item, loses, na, one, run, scheme, unit, veto

if TYPE_CHECKING:
    from govscore.facts.rows import Row
    from govscore.scoring.steps import ItemTrace

MEAN: dict[str, Any] = {"take": "mean", "raters": 2}
PAIR: dict[str, Any] = {"take": "pair", "tolerance": 1, "leader": "王主任"}


def rated(*counts: int, fact: str = "x", names: str = "甲乙丙丁戊", of: str = "i") -> list[Row]:
    """What one reviewer after the other counted."""
    return [found(of, fact, count, reviewer=name) for name, count in zip(names, counts, strict=False)]


def state(*rows: Row, reviewers: object = MEAN) -> str:
    data = scheme(base=[item("i", 10, loses(), reviewers=reviewers)])
    return unit(data, *rows).items["i"].state


def test_each_reviewers_facts_are_scored_and_then_combined() -> None:
    """10 − 8 = 2 and 10 − 14, at least 0: (2 + 0) ÷ 2 = 1; of the mean count 11 it would be 0."""
    assert one(loses(), *rated(8, 14), points=10, reviewers=MEAN) == "1"


def test_what_the_scheme_states_holds_for_items_that_state_nothing() -> None:
    """(9 + 7) ÷ 2 = 8; the other item has a single reviewer."""
    data = scheme(base=[item("i", 10, loses()), item("j", 10, loses(), reviewers="single")])
    data["scheme"]["reviewers"] = MEAN
    reached = unit(data, *rated(1, 3), found("j", "x", 4))
    assert [str(each.points) for each in reached.items.values()] == ["8", "6"]


def test_one_of_two_leaves_it_open_and_two_settle_it() -> None:
    assert state(*rated(1)) == "open"
    assert state(*rated(1, 2)) == "reviewed"


def test_whoever_began_must_finish() -> None:
    """A third who answered one of two questions keeps it open."""
    rule = {"kind": "deduct", "minus": [*loses()["minus"], *loses(id="y")["minus"]]}
    both = [*rated(1, 2), *rated(0, 0, fact="y")]
    assert one(rule, *both, points=10, reviewers=MEAN) == "8.5"
    assert one(rule, *both, found("i", "x", 1, reviewer="丙"), points=10, reviewers=MEAN) is None


def test_not_applicable_to_all_or_open() -> None:
    for reviewers in (MEAN, PAIR, "same"):
        both = [na("i")._replace(reviewer=name) for name in "甲乙"]
        assert state(*both, reviewers=reviewers) == "not_applicable"
        assert state(both[0], *rated(1, names="乙"), reviewers=reviewers) == "open"
        assert state(both[0], reviewers=reviewers) == "open"
        assert state(both[0], *rated(1, 1, names="乙丙"), reviewers=reviewers) == "open"


def test_the_same_facts_of_two_count_once() -> None:
    """10 − 3 = 7; 3 and 2 leave it open; reasons and the names of rows are aside."""
    assert one(loses(), *rated(3, 3), points=10, reviewers="same") == "7"
    assert one(loses(), *rated(3, 2), points=10, reviewers="same") is None
    assert one(loses(), *rated(3), points=10, reviewers="same") is None
    split = [found("i", "x", 2, reviewer="甲", case="a"), found("i", "x", 1, reviewer="甲", case="b")]
    other = found("i", "x", 3, reviewer="乙", reason="抽查", note="yes")
    assert one(loses(), *split, other, points=10, reviewers="same") == "7"


def test_events_are_the_same_only_if_each_is() -> None:
    """3 + 1 and 2 + 2 are both 4 points, and not the same events."""
    rule = {"kind": "events", "levels": {"a": 3, "b": 1, "c": 2}, "same_matter": "sum", "shared": "full"}
    bonus = extra("i", rule, reviewers="same")
    data = scheme(base=[item("b", 100, {"kind": "deduct"})], bonus=[bonus])

    def events(name: str, *levels: str) -> list[Row]:
        return [found("i", "event", level, reviewer=name, case=f"{name}{number}", start="2024-03-01")
                for number, level in enumerate(levels)]  # fmt: skip

    alike = unit(data, *events("甲", "a", "b"), *events("乙", "b", "a")).items["i"]
    assert str(alike.points) == "4"
    assert unit(data, *events("甲", "a", "b"), *events("乙", "c", "c")).items["i"].state == "open"


def test_a_third_rater_and_the_leader() -> None:
    """8 and 5 are 3 apart; with 6 the nearest are 5 and 6: 5.5. 10, 7, 4: the leader's 8."""
    assert one(loses(), *rated(2, 5), points=10, reviewers=PAIR) is None
    assert one(loses(), *rated(2, 5, 4), points=10, reviewers=PAIR) == "5.5"
    assert one(loses(), *rated(0, 3, 6), points=10, reviewers=PAIR) is None
    leader = found("i", "x", 2, reviewer="王主任")
    assert one(loses(), *rated(0, 3, 6), leader, points=10, reviewers=PAIR) == "8"
    out = na("i")._replace(reviewer="王主任")
    assert state(*rated(0, 3, 6), out, reviewers=PAIR) == "not_applicable"
    assert state(*rated(0, 1, 6), out, reviewers=PAIR) == "reviewed"


def test_the_leader_is_not_a_rater() -> None:
    assert state(*rated(1), found("i", "x", 1, reviewer="王主任"), reviewers=PAIR) == "open"


def test_a_tolerance_may_be_a_share_of_the_points() -> None:
    """30 % of 10 is 3: 8 and 5 are near enough, 8 and 4 are not."""
    wide = PAIR | {"tolerance": "30 %"}
    assert one(loses(), *rated(2, 5), points=10, reviewers=wide) == "6.5"
    assert one(loses(), *rated(2, 6), points=10, reviewers=wide) is None


def test_charges_elsewhere_are_combined_apart_from_the_points() -> None:
    """(9 + 8) ÷ 2 = 8.5 here; 1 and 4 leaks of 2 points: (2 + 8) ÷ 2 = 5 from the total."""
    rule = {"kind": "deduct", "minus": [loses()["minus"][0], {"id": "leak", "title": "泄密", "each": 2,
                                                              "from": "total"}]}  # fmt: skip
    rows = [*rated(1, 2), *rated(1, 4, fact="leak")]
    reached = unit(scheme(base=[item("i", 10, rule, reviewers=MEAN)]), *rows)
    assert str(reached.items["i"].points) == "8.5"
    assert {where: str(points) for where, points in reached.items["i"].charges.items()} == {"total": "5"}
    apart = unit(scheme(base=[item("i", 10, rule, reviewers=PAIR)]), *rows)
    assert apart.items["i"].state == "open"  # 9 and 8 are near, 2 and 8 are not


def test_an_unclaimed_bonus_needs_no_reviewer() -> None:
    bonus = extra("i", {"kind": "earn", "plus": loses()["minus"]}, reviewers=MEAN, needs_claim=True)
    data = scheme(base=[item("b", 100, {"kind": "deduct"})], bonus=[bonus])
    assert unit(data).items["i"].state == "none"
    assert unit(data, *rated(1)).items["i"].state == "open"


def test_an_item_that_asks_nothing_needs_no_reviewer() -> None:
    assert one({"kind": "deduct"}, points=10, reviewers=MEAN) == "10"


def test_a_veto_acts_on_what_two_found_the_same() -> None:
    check = veto("v", "down = yes", {"stop": "不合格"}, facts={"down": {"ask": "yes_no"}}, reviewers="same")
    data = scheme(base=[item("i", 10, loses())], veto=[check])
    both = rated(1, 1, of="v", fact="down")
    yes = [row._replace(value="yes") for row in both]
    assert unit(data, found("i", "x", 0), *yes).state == "stopped"
    assert unit(data, found("i", "x", 0), yes[0], both[1]._replace(value="no")).state == "open"


def test_the_board_after_each_decision_is_that_of_scoring_from_scratch() -> None:
    """One reviewer after the other, the leader, and one taken back."""
    data = scheme(base=[item("i", 10, loses(), reviewers=PAIR)])
    made = scheme_from_mapping(data)
    kept = board(data, [])
    rows = [*rated(0, 3, 6), found("i", "x", 2, reviewer="王主任")]
    for some in (rows[:1], rows[:2], rows[:3], rows, rows[1:], []):
        facts = read_entry(made.items["i"], some, made.period, ONE[0])[0]
        kept.put("u", "i", facts)
        assert kept.unit("u") == board(data, some).unit("u")


def told(*rows: Row, reviewers: object = MEAN) -> ItemTrace:
    return explain_item(board(scheme(base=[item("i", 10, loses(), reviewers=reviewers)]), rows), "u", "i")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh_CN", "乙 7分、甲 8分；取平均：(7 + 8) ÷ 2 = 7.5"),
        ("en", "乙 7 points, 甲 8 points; the mean: (7 + 8) ÷ 2 = 7.5"),
    ],
)
def test_the_explanation_names_everybody_and_how_it_became_one_number(language: str, text: str) -> None:
    with speaking(language):
        trace = told(*rated(2, 3))
    assert trace.steps[-1].text == text
    assert trace.arithmetic == "10 − 3 × 1 = 7; 10 − 2 × 1 = 8; (7 + 8) ÷ 2 = 7.5"
    assert [step.name for step in trace.steps] == ["rated", "rated", "reviewers"]


def test_the_explanation_tells_the_nearest_two_and_the_leader() -> None:
    assert told(*rated(2, 5, 4), reviewers=PAIR).steps[-1].text == (
        "丙 6分、乙 5分、甲 8分；取最接近的丙、乙的平均：(6 + 5) ÷ 2 = 5.5"
    )
    leader = found("i", "x", 2, reviewer="王主任")
    assert told(*rated(0, 3, 6), leader, reviewers=PAIR).steps[-1].text == (
        "丙 4分、乙 7分、甲 10分、王主任 8分；由王主任裁定：8"
    )


def test_of_the_same_facts_the_explanation_tells_one() -> None:
    trace = told(*rated(3, 3), reviewers="same")
    assert trace.arithmetic == "10 − 3 × 1 = 7"


def test_a_loss_tells_what_each_reviewer_found() -> None:
    result = run(scheme(base=[item("i", 10, loses(), reviewers=MEAN)]), *rated(2, 3))
    (loss,) = explain(result, "u").losses
    assert str(loss.lost) == "2.5"
    assert "甲：" in loss.why
    assert "乙：" in loss.why


@pytest.mark.parametrize(
    ("reviewers", "words"),
    [
        ("same", "至少 2 名评审人：核定一致才有效，否则未评"),
        ({"take": "median", "raters": 3}, "至少 3 名评审人：取各人得分的中位数"),
        ({"take": "trimmed", "raters": 5, "above": 5}, "超过 5 人时去掉一个最高分和一个最低分"),
        (PAIR | {"tolerance": "10 %"}, "相差最小且不超过10%（1分）的两人的平均"),
    ],
)
def test_the_rule_in_words_says_how_several_become_one(reviewers: object, words: str) -> None:
    made = scheme_from_mapping(scheme(base=[item("i", 10, loses(), reviewers=reviewers)]))
    assert words in made.items["i"].words()


def test_an_open_item_tells_what_it_waits_for_and_nothing_else() -> None:
    trace = told(found("i", "x", 2, reviewer="甲", reason="抽查"))
    assert trace.details == ("已评：甲；还差 1 人",)
    assert trace.reasons == ()


def test_what_is_not_applicable_waits_for_nothing() -> None:
    """A ratio of 0 of 0 makes the item not applicable, though the item that its line yields to is open."""
    rule = {"kind": "share", "of": "rate", "minus": [
        {"id": "x", "title": "差错", "each": 1, "yields_to": ["j"]}]}  # fmt: skip
    base = [item("i", 10, rule, facts={"rate": {"ask": "ratio"}}), item("j", 10, loses(id="y"))]
    rows = [found("i", "rate", 0, of="0"), found("i", "x", 1, matter="m")]
    assert unit(scheme(base=base), *rows).items["i"].state == "not_applicable"
