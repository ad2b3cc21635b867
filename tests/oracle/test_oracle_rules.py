"""The oracle against numbers worked by hand: rounding, starts, lines, limits, findings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.oracle.arithmetic import decimal_text, fine, mark
from tests.oracle.handmade import given, item, na, one, row, scheme

if TYPE_CHECKING:
    from tests.oracle.model import Row

RATIO = 'facts.rate = { ask = "ratio" }'
EVENT_LEVELS = "levels = { national = 5, provincial = 3, city = 1 }"


def number(text: str) -> Fraction:
    return Fraction(text)


def points_of(text: str, rows: list[Row], ident: str = "1") -> tuple[object, ...]:
    return one(text, rows).items[ident]


@pytest.mark.parametrize(
    ("value", "finely", "marked"),
    [
        ("0.000000005", "0.00000001", "0"),  # exactly half of 1e-8: away from zero
        ("-0.000000005", "-0.00000001", "0"),
        ("0.0000000049", "0", "0"),
        ("0.00005", "0.00005", "0.0001"),  # exactly half of 1e-4: away from zero
        ("-0.00005", "-0.00005", "-0.0001"),
        ("59.99995", "59.99995", "60"),
    ],
)
def test_half_goes_away_from_zero(value: str, finely: str, marked: str) -> None:
    assert fine(number(value)) == number(finely)
    assert mark(number(value)) == number(marked)


def test_decimal_text_rounds_and_pads() -> None:
    assert decimal_text(Fraction(2, 3), 4) == "0.6667"
    assert decimal_text(Fraction(-1, 8), 2) == "-0.13"
    assert decimal_text(Fraction(5), 0) == "5"


def test_a_line_is_rounded_once_for_all_its_rows() -> None:
    # One row is 0.0005 % of 0.001 = 0.000000005. Three rows: 0.000000015, rounded once: 0.00000002
    # (rounded row by row it would be 0.00000003). 0.001 - 0.00000002 = 0.00099998
    text = scheme(
        item(
            "1", 'kind = "deduct", minus = [{ id = "f", title = "错", each = "0.0005 %" }]', "points = 0.001"
        )
    )
    assert points_of(text, [row("1", "f", "3")]) == ("reviewed", number("0.00099998"))


def test_deduct_with_line_cap_and_rows_that_add_up() -> None:
    # 6 - min(1, 0.5 × (2 + 1)) - 3 = 6 - 1 - 3 = 2
    rule = """kind = "deduct", minus = [{ id = "form", title = "要件", each = 0.5, cap = 1 },
      { id = "refused", title = "拒绝", once = 3 }]"""
    rows = [
        row("1", "form", "2", case="a"),
        row("1", "form", "1", case="b"),
        row("1", "refused", "否", case="a"),
        row("1", "refused", "是", case="b"),
    ]
    assert points_of(scheme(item("1", rule, "points = 6")), rows) == ("reviewed", 2)


def test_earn_reaches_the_upper_limit() -> None:
    # 50 % of 4 = 2, and 6 × 0.5 = 3 capped at 2.5: 4.5, limited to 4
    rule = """kind = "earn", plus = [{ id = "icon", title = "标识", once = "50 %" },
      { id = "posts", title = "每篇", each = 0.5, cap = 2.5 }]"""
    text = scheme(item("1", rule, "points = 4"))
    assert points_of(text, [row("1", "icon", "yes"), row("1", "posts", "6")])[1] == 4
    # 2 + 3 × 0.5 = 3.5
    assert points_of(text, [row("1", "icon", "yes"), row("1", "posts", "3")])[1] == number("3.5")


def test_picked_level_by_percentage_and_a_minus_line() -> None:
    # 60 % of 3 = 1.8; minus 2 × 0.25 = 1.3
    rule = """kind = "level", levels = [{ id = "full", title = "一", points = 3 },
      { id = "note", title = "二", points = "60 %" }, { id = "none", title = "三", points = 0,
      clean = true }], minus = [{ id = "late", title = "迟", each = 0.25 }]"""
    text = scheme(item("1", rule, "points = 3"))
    assert points_of(text, [row("1", "level", "note"), row("1", "late", "2")])[1] == number("1.3")
    # the clean finding picks the level marked clean: 0, and no minus line: reviewed and worth 0
    assert points_of(text, [row("1", state="none")]) == ("reviewed", 0)


def test_level_by_facts_reads_up_to_the_first_that_holds() -> None:
    rule = """kind = "level", levels = [{ id = "a", title = "一", when = "posts >= 3", points = 5 },
      { id = "b", title = "二", when = "posts >= 1 or rate >= 50 %", points = 2 },
      { id = "c", title = "三", points = 0 }]"""
    text = scheme(item("1", rule, 'points = 5\nfacts.posts = { ask = "count" }\n' + RATIO))
    empty = row("1", "rate", "0", of="0")
    # 3 posts: the first level holds, the ratio without value is not read
    assert points_of(text, [row("1", "posts", "3"), empty]) == ("reviewed", 5)
    # 2 posts: the second level reads the ratio; without value the item is not applicable, `or` or not
    assert points_of(text, [row("1", "posts", "2"), empty])[0] == "not_applicable"
    # 0 of 4: 0 % is a value; no level holds but the last
    assert points_of(text, [row("1", "posts", "0"), row("1", "rate", "0", of="4")]) == ("reviewed", 0)


def test_share_of_a_ratio() -> None:
    # 5 × 1/3 = 1.666…, rounded to 1.66666667; with target 50 %: 5 × (1/3 ÷ 1/2) = 10/3 = 3.33333333
    plain = scheme(item("1", 'kind = "share", of = "rate"', "points = 5\n" + RATIO))
    aimed = scheme(item("1", 'kind = "share", of = "rate", target = "50 %"', "points = 5\n" + RATIO))
    rows = [row("1", "rate", "1", of="3")]
    assert points_of(plain, rows)[1] == number("1.66666667")
    assert points_of(aimed, rows)[1] == number("3.33333333")
    assert (
        points_of(aimed, [row("1", "rate", "3", of="4")])[1] == 5
    )  # above the target: no more than the points
    assert points_of(plain, [row("1", "rate", "0", of="0")]) == ("not_applicable", None)


def test_share_of_a_count_and_of_a_negative_number() -> None:
    counted = scheme(
        item("1", 'kind = "share", of = "n", target = 8', 'points = 6\nfacts.n = { ask = "count" }')
    )
    assert points_of(counted, [row("1", "n", "5")])[1] == number("3.75")  # 6 × 5/8
    measured = item("1", 'kind = "share", of = "n", target = 4', 'points = 6\nfacts.n = { ask = "number" }')
    rows = [row("1", "n", "-1")]  # 6 × -1/4 = -1.5, then the limits
    assert points_of(scheme(measured), rows)[1] == 0
    assert points_of(scheme(measured, floor_at="none"), rows)[1] == number("-1.5")


def event(case: str, level: str, matter: str = "", sharers: str = "", ident: str = "44") -> Row:
    return row(ident, "event", level, case=case, start="2024-05-01", matter=matter, sharers=sharers)


def bonus(rest: str, more: str = "") -> str:
    rule = f'kind = "events", {EVENT_LEVELS}, {rest}'
    return scheme(item("44", rule, more, "bonus"), total='bonus_cap = "none"')


def test_highest_of_a_matter_after_sharing() -> None:
    # national shared by two: 2.5; provincial of the same matter alone: 3 is the higher. The city event is its
    # own matter: 1. Together 4; under "full" the national event counts 5: 5 + 1 = 6
    rows = [event("a", "national", "m", "2"), event("b", "provincial", "m"), event("c", "city")]
    divided = bonus('same_matter = "highest", shared = "divide"')
    assert points_of(divided, rows, "44")[1] == 4
    assert points_of(bonus('same_matter = "highest", shared = "full"'), rows, "44")[1] == 6


def test_shares_by_order_of_value_then_the_cap() -> None:
    # 5 + 50 % of 3, nothing after: 6.5; with a cap of 6: 6
    rows = [event("a", "city", "m"), event("b", "national", "m"), event("c", "provincial", "m")]
    rest = 'same_matter = ["100 %", "50 %"], shared = "full"'
    assert points_of(bonus(rest), rows, "44")[1] == number("6.5")
    assert points_of(bonus(rest, "cap = 6"), rows, "44")[1] == 6


def test_shared_events_are_rounded_once_together() -> None:
    # 5/3 + 5/3 = 10/3 = 3.33333333 (each rounded apart it would be 3.33333334)
    rows = [event("a", "national", "", "3"), event("b", "national", "", "3")]
    assert points_of(bonus('same_matter = "sum", shared = "divide"'), rows, "44")[1] == number("3.33333333")
    assert points_of(
        bonus('same_matter = "sum", shared = "divide"'), [row("44", "event", state="none")], "44"
    ) == ("reviewed", 0)


def test_zero_if_never_lifts() -> None:
    rule = 'kind = "deduct", minus = [{ id = "e", title = "错", each = 2 }], zero_if = "e >= 2"'
    text = scheme(item("1", rule, "points = 3"), floor_at="none")
    assert points_of(text, [row("1", "e", "1")])[1] == 1  # 3 - 2
    assert points_of(text, [row("1", "e", "2")])[1] == -1  # 3 - 4 = -1; min(0, -1)
    mild = rule.replace("each = 2", "each = 0.5")
    assert points_of(scheme(item("1", mild, "points = 3")), [row("1", "e", "2")])[1] == 0  # 3 - 1 = 2 → 0


def test_when_beside_an_id_and_without_one() -> None:
    rule = """kind = "deduct", minus = [{ id = "e", title = "错", each = 1, when = "posts < 3" },
      { when = "posts = 0", once = 4 }, { when = "posts > 0 and posts < 3", once = 2 }]"""
    text = scheme(item("1", rule, 'points = 9\nfacts.posts = { ask = "count" }'))
    assert points_of(text, [row("1", "posts", "3"), row("1", "e", "2")])[1] == 9  # nothing holds
    assert points_of(text, [row("1", "posts", "1"), row("1", "e", "2")])[1] == 5  # 9 - 2 - 2
    assert points_of(text, [row("1", "posts", "0"), row("1", "e", "2")])[1] == 3  # 9 - 2 - 4


@pytest.mark.parametrize(("operator", "holds"), [("<", False), ("!=", False), (">=", False), ("=", False)])
def test_without_value_every_comparison_is_false(operator: str, holds: bool) -> None:
    rule = f'kind = "deduct", minus = [{{ when = "rate {operator} 30 %", once = 1 }}]'
    text = scheme(item("1", rule, "points = 3\n" + RATIO))
    assert points_of(text, [row("1", "rate", "0", of="0")]) == ("reviewed", 2 if holds else 3)


def test_a_percentage_of_a_ratio_is_exact() -> None:
    # 1 of 3 is above 33.333 %: 1/3 > 0.33333
    rule = 'kind = "deduct", minus = [{ when = "rate > 33.333 %", once = 1 }]'
    text = scheme(item("1", rule, "points = 3\n" + RATIO))
    assert points_of(text, [row("1", "rate", "1", of="3")])[1] == 2
    assert points_of(text, [row("1", "rate", "33.333", of="100")])[1] == 3


def test_counts_of_cases() -> None:
    # late 2, missing 1: all = 3, on time not given = 0. 6 - 2×1 - 0.5 (all >= 3) = 3.5
    rule = """kind = "deduct", minus = [{ count = "reply.late", each = 1 },
      { when = "reply.all >= 3 and reply.on_time = 0", once = 0.5 }]"""
    more = 'points = 6\nfacts.reply = { ask = "cases", within = "20 working days" }'
    text = scheme(item("1", rule, more))
    assert points_of(text, [row("1", "reply.late", "2"), row("1", "reply.missing", "1")])[1] == number("3.5")
    assert points_of(text, [row("1", "reply", state="none")])[1] == 6  # no case at all
    assert points_of(text, []) == ("open", None)


def test_the_clean_finding() -> None:
    # `filed` answers yes: + 1; the count 0; the number is never answered, so the item stays open
    rule = 'kind = "earn", plus = [{ when = "filed = yes", once = 1 }, { id = "n", title = "篇", each = 1 }]'
    more = 'points = 5\nfacts.filed = { ask = "yes_no", clean = "yes" }'
    assert points_of(scheme(item("1", rule, more)), [row("1", state="none")])[1] == 1
    text = scheme(item("1", rule, more + '\nfacts.x = { ask = "number" }'))
    assert points_of(text, [row("1", state="none")]) == ("open", None)
    assert points_of(text, [row("1", state="none"), row("1", "x", "3")])[1] == 1  # the rest without fault
    assert points_of(text, [na("1")]) == ("not_applicable", None)


@pytest.mark.parametrize(("kind", "amount"), [("deduct", "2"), ("earn", "4")])
def test_plus_lines_of_a_major_deduction(kind: str, amount: str) -> None:
    # minus lines add 3 × 1; the plus line of 1 lessens to 2, but adds to 4 under `earn`
    rule = f"""kind = "{kind}", minus = [{{ id = "leak", title = "泄露", each = 1 }}],
      plus = [{{ id = "fixed", title = "整改", once = 1 }}]"""
    text = scheme(item("47", rule, "", "major_deduction") + item_full())
    rows = [row("47", "leak", "3"), row("47", "fixed", "yes"), given("1", "100")]
    unit = one(text, rows)
    assert unit.major_deduction == number(amount)
    assert unit.total == 100 - number(amount)


def item_full() -> str:
    rule = 'kind = "earn", plus = [{ id = "given", title = "得分", range = [0, 100] }]'
    return item("1", rule, "points = 100")


def test_a_major_deduction_is_at_least_0_and_at_most_its_cap() -> None:
    rule = """kind = "level", levels = [{ id = "bad", title = "重", points = "50 %" },
      { id = "fine", title = "无", points = 0 }], minus = [{ id = "more", title = "次", each = 2 }],
      plus = [{ id = "less", title = "减", each = 3 }]"""
    text = scheme(item("47", rule, "cap = 5", "major_deduction") + item_full())
    rows = [given("1", "90"), row("47", "level", "bad")]
    # 50 % of 5 = 2.5, + 2 × 2 = 6.5 → cap 5; 2.5 - 3 → 0
    assert one(text, [*rows, row("47", "more", "2"), row("47", "less", "0")]).total == 85
    assert one(text, [*rows, row("47", "more", "0"), row("47", "less", "1")]).total == 90
