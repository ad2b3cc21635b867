"""The oracle against numbers worked by hand: sections, rescaling, gates, vetoes, ranks and grades."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest

from tests.oracle.agreement import as_answers, differences
from tests.oracle.generate import case, cases
from tests.oracle.handmade import GRADES, given, item, member, na, one, points_item, row, scheme, values
from tests.oracle.model import Seen
from tests.oracle.scorer import score

SHARE = 'kind = "share", of = "rate"'
RATIO = 'facts.rate = { ask = "ratio" }'


def number(text: str) -> Fraction:
    return Fraction(text)


def section(ident: str, more: str = "") -> str:
    return f'\n[[section]]\nid = "{ident}"\ntitle = "部分"\n{more}\n'


def veto(ident: str, when: str, effect: str, more: str = "") -> str:
    return f'\n[[veto]]\nid = "{ident}"\ntitle = "否决"\nwhen = "{when}"\neffect = {{ {effect} }}\n{more}\n'


def test_three_thirds_reach_their_line() -> None:
    # three items of 1 point at 1/3 each: 3 × 0.33333333 = 0.99999999; its mark is 1.0000 and meets >= 1
    items = "".join(item(str(n), SHARE, "points = 1\n" + RATIO) for n in (1, 2, 3))
    grades = '\n[[grade]]\nname = "达标"\nwhen = ">= 1"\n[[grade]]\nname = "未达标"\n'
    unit = one(scheme(items + grades, full="3"), [row(str(n), "rate", "1", of="3") for n in (1, 2, 3)])
    assert values(unit.total, unit.total_mark, unit.grade) == (number("0.99999999"), 1, "达标")


@pytest.mark.parametrize(("floor_at", "base"), [("item", "8"), ("section", "6"), ("none", "4")])
def test_floors(floor_at: str, base: str) -> None:
    # section: one item 4 - 6 = -2, the other 5: item floor 0 + 5, else 3. Loose item 2 - 4 = -2: 0 by itself
    # under "section". 8 = 0 + 5 + 0 + 3; 6 = 3 + 0 + 3; 4 = 3 - 2 + 3
    rule = 'kind = "deduct", minus = [{ id = "e", title = "错", each = 2 }]'
    body = (
        section("s") + item("1", rule, 'points = 4\nsection = "s"') + points_item("2", "5", 'section = "s"')
    )
    body += item("3", rule, "points = 2") + points_item("4", "3")
    rows = [row("1", "e", "3"), given("2", "5"), row("3", "e", "2"), given("4", "3")]
    assert one(scheme(body, full="14", floor_at=floor_at), rows).base == number(base)


def test_nested_section_caps_act_from_the_inside() -> None:
    # inner: 4 + 4 = 8 → 6; outer: 6 + 5 = 11 → 10. Possible points the same: min(10, 6 + 5): no rescaling
    body = section("s", "cap = 10") + section("s.1", 'section = "s"\ncap = 6')
    body += points_item("1", "4", 'section = "s.1"') + points_item("2", "4", 'section = "s.1"')
    body += points_item("3", "5", 'section = "s"')
    text = scheme(body, full="10")
    assert one(text, [given("1", "4"), given("2", "4"), given("3", "5")]).base == 10
    # 2 + 4 = 6 is just the inner cap; + 3.5 = 9.5
    assert one(text, [given("1", "2"), given("2", "4"), given("3", "3.5")]).base == number("9.5")
    # item 3 not applicable: 3 + 2 = 5 of min(10, 6) possible; own = 10: 5 × 10 ÷ 6 = 8.33333333
    assert one(text, [given("1", "3"), given("2", "2"), na("3")]).base == number("8.33333333")


def rescaled(to: str, within: str, full: str = "100") -> str:
    # section a: items 1 (10), 2 (20); section b: item 3 (30); loose item 4 (20); own points 80
    body = section("a", "points = 30") + section("b")
    body += points_item("1", "10", 'section = "a"') + points_item("2", "20", 'section = "a"')
    body += points_item("3", "30", 'section = "b"') + points_item("4", "20")
    return scheme(body, full=full, to=to, within=within)


@pytest.mark.parametrize(
    ("to", "within", "base"),
    [
        # item 2 not applicable; scores 7, 20, 15
        ("own", "part", "56"),  # 42 × 80 ÷ 60
        ("full", "part", "70"),  # 42 × 100 ÷ 60
        ("own", "section", "56"),  # a: 7 × 30 ÷ 10 = 21; (21 + 20 + 15) × 80 ÷ 80
        ("full", "section", "70"),  # 56 × 100 ÷ 80
    ],
)
def test_rescaling(to: str, within: str, base: str) -> None:
    rows = [given("1", "7"), na("2"), given("3", "20"), given("4", "15")]
    unit = one(rescaled(to, within), rows)
    assert unit.base == number(base)
    assert unit.coverage == Fraction(60, 80)


@pytest.mark.parametrize(
    ("to", "within", "base"),
    [
        # item 3 not applicable: section b is empty; scores 7, 11, 15 of 50
        ("own", "part", "52.8"),  # 33 × 80 ÷ 50
        ("full", "part", "66"),  # 33 × 100 ÷ 50
        ("own", "section", "52.8"),  # a: 18 × 30 ÷ 30; (18 + 15) × 80 ÷ (30 + 20)
        ("full", "section", "66"),
    ],
)
def test_an_empty_section_is_rescaled_in_the_part(to: str, within: str, base: str) -> None:
    rows = [given("1", "7"), given("2", "11"), na("3"), given("4", "15")]
    assert one(rescaled(to, within), rows).base == number(base)


def test_rescaling_within_sections_rounds_in_each() -> None:
    # section a (own 3, possible 3 - 0 …): items of 1 and 2 points, the second na: 0.5 × 3 ÷ 1 = 1.5
    # section b: items of 3 and 4, the second na: 1 × 7 ÷ 3 = 2.33333333; base (1.5 + 2.33333333) × 10 ÷ 10
    body = section("a") + section("b")
    body += points_item("1", "1", 'section = "a"') + points_item("2", "2", 'section = "a"')
    body += points_item("3", "3", 'section = "b"') + points_item("4", "4", 'section = "b"')
    rows = [given("1", "0.5"), na("2"), given("3", "1"), na("4")]
    assert one(scheme(body, full="10", within="section"), rows).base == number("3.83333333")


def test_not_assigned_items_are_no_part_of_own_but_of_full() -> None:
    # item 2 is for streets: own 40; 30 of 40. "full" scales the shorter list up: 30 × 100 ÷ 40 = 75
    body = points_item("1", "40") + points_item("2", "60", 'applies_to = ["streets"]')
    own, full = one(scheme(body), [given("1", "30")]), one(scheme(body, to="full"), [given("1", "30")])
    assert values(own.base, full.base) == (30, 75)
    assert values(*own.items["2"]) == ("not_assigned", None)
    assert own.coverage == 1


def gated(when: str, more: str = "") -> str:
    body = points_item("1", "100") + item(
        "44", 'kind = "earn", plus = [{ id = "p", title = "篇", each = 2 }]', "cap = 9\n" + more, "bonus"
    )
    return scheme(body + GRADES, total=f'bonus_cap = 5\nbonus_when = "{when}"')


@pytest.mark.parametrize(
    ("when", "base", "total", "state"),
    [
        ("base > 80", "80", "80", "locked"),  # exactly on the line: not above it
        ("base >= 80", "80", "84", "reviewed"),
        ("base >= 80 %", "79.9999", "79.9999", "locked"),
        ("base > 80", "80.0001", "84.0001", "reviewed"),
    ],
)
def test_the_gate_of_the_bonus(when: str, base: str, total: str, state: str) -> None:
    unit = one(gated(when), [given("1", base), row("44", "p", "2")])
    assert values(unit.total, unit.items["44"][0]) == (number(total), state)


def test_caps_of_the_bonus() -> None:
    # 3 × 2 = 6, under the item's cap of 9, over bonus_cap 5: 90 + 5 = 95
    unit = one(gated("base > 80"), [given("1", "90"), row("44", "p", "3")])
    assert values(unit.items["44"][1], unit.bonus, unit.total, unit.grade) == (6, 5, 95, "优秀")


def test_open_units() -> None:
    locked = one(gated("base > 80"), [given("1", "80")])  # a locked bonus needs no review
    assert values(locked.state, locked.total, locked.items["44"]) == ("scored", 80, ("locked", None))
    waiting = one(gated("base > 80"), [given("1", "81")])
    assert values(waiting.state, waiting.base, waiting.total, waiting.rank, waiting.grade) == (
        "open",
        81,
        *[None] * 3,
    )
    unread = one(gated("base > 80"), [row("44", "p", "1")])  # the gate is undecided: not locked
    assert values(unread.state, unread.base, unread.items["44"]) == ("open", None, ("reviewed", 2))


def test_bounds_and_totals_below_0() -> None:
    rule = 'kind = "deduct", minus = [{ id = "e", title = "起", each = 7 }]'
    body = points_item("1", "10") + item("47", rule, "", "major_deduction")
    rows = [given("1", "4"), row("47", "e", "1")]
    assert one(scheme(body, full="10"), rows).total == -3  # 4 - 7
    assert one(scheme(body, full="10", total="bounds = { from = -1, to = 9 }"), rows).total == -1
    top = [given("1", "10"), row("47", "e", "0")]
    assert one(scheme(body, full="10", total="bounds = { to = 9 }"), top).total == 9


YES = 'facts.x = { ask = "yes_no" }'


def vetoed(*vetoes: str) -> str:
    return scheme(points_item("1", "100") + GRADES + "".join(vetoes))


def test_stop_wins_and_ends_the_review() -> None:
    stop = veto("v1", "x = yes", 'stop = "不合格"', YES)
    milder = veto("v2", "x = yes", 'stop = "合格"', YES)
    zero = veto("v3", "x = yes", 'zero = "不合格"', YES)
    unit = one(vetoed(stop, milder, zero), [row("v1", "x", "yes"), row("v2", "x", "yes")])
    assert values(unit.state, unit.base, unit.total, unit.rank, unit.grade) == (
        "stopped",
        None,
        None,
        None,
        "不合格",
    )
    unit = one(vetoed(milder, zero), [row("v2", "x", "yes"), row("v3", "x", "yes"), given("1", "95")])
    assert values(unit.state, unit.grade) == ("stopped", "合格")


def test_zero_wins_over_at_most_and_the_lowest_of_several() -> None:
    low = veto("v1", "x = yes", "at_most = 65", YES)
    lower = veto("v2", "x = yes", 'at_most = 70, grade = "不合格"', YES)
    zero = veto("v3", "x = yes", 'zero = "合格"', YES)
    rows = [given("1", "95"), *(row(name, "x", "yes") for name in ("v1", "v2", "v3"))]
    # the amount is 65, which meets the line of 合格, but the grade added to the other at_most holds as well
    unit = one(vetoed(low, lower), rows)
    assert values(unit.total, unit.grade, unit.rank) == (65, "不合格", 1)
    # zero: 0 points meet only the last line, which is lower than the forced 合格
    unit = one(vetoed(low, zero), rows)
    assert values(unit.total, unit.grade, unit.rank) == (0, "不合格", 1)
    # at_most lowers only: 50 stays
    assert one(vetoed(low), [given("1", "50"), row("v1", "x", "yes")]).total == 50


def test_cap_grade_lowers_the_grade_and_not_the_score() -> None:
    text = vetoed(veto("v1", "x = yes", 'cap_grade = "合格"', YES))
    unit = one(text, [given("1", "95"), row("v1", "x", "yes")])
    assert values(unit.total, unit.grade) == (95, "合格")
    unit = one(text, [given("1", "30"), row("v1", "x", "yes")])
    assert unit.grade == "不合格"  # never lifts
    assert one(text, [given("1", "95"), na("v1")]).grade == "优秀"


def test_three_valued_conditions() -> None:
    both = YES + '\nfacts.n = { ask = "count" }'
    either = vetoed(veto("v1", "x = yes or n >= 2", 'stop = "不合格"', both))
    assert one(either, [row("v1", "x", "yes")]).state == "stopped"  # true or undecided: true
    assert one(either, [row("v1", "x", "no"), given("1", "80")]).state == "open"  # false or undecided
    every = vetoed(veto("v1", "x = yes and n >= 2", 'stop = "不合格"', both))
    unit = one(every, [row("v1", "x", "no"), given("1", "80")])  # false and undecided: false
    assert values(unit.state, unit.total) == ("scored", 80)
    unit = one(every, [row("v1", "x", "yes"), given("1", "80")])  # a base is shown, a total is not
    assert values(unit.state, unit.base, unit.total) == ("open", 80, None)


def test_vetoes_reading_items() -> None:
    rated = item("1", SHARE, "points = 1\n" + RATIO) + points_item("2", "99", 'applies_to = ["web"]')
    tight = scheme(rated + veto("v1", "1/points = 0.3333", 'cap_grade = "合格"') + GRADES)
    # 1 × 1/3 = 0.33333333, compared rounded to 0.3333
    assert one(tight, [row("1", "rate", "1", of="3"), given("2", "99")], "web").grade == "合格"
    # 60 % of 99 = 59.4
    text = scheme(rated + veto("v1", "2/points >= 60 %", "at_most = 10") + GRADES)
    full = row("1", "rate", "1", of="1")
    assert one(text, [full, given("2", "59.4")], "web").total == 10
    assert one(text, [full, given("2", "59.3999")], "web").total == number("60.3999")
    # not assigned: no value, the comparison is false
    assert one(text, [full]).total == 1
    text = scheme(rated + veto("v1", "1/rate != 50 %", 'stop = "不合格"') + GRADES)
    assert one(text, [row("1", "rate", "1", of="3")]).state == "stopped"
    assert one(text, [na("1"), given("2", "80")], "web").state == "scored"  # not applicable: false
    assert one(text, [na("1")]).state == "unassessed"


def test_points_of_a_locked_bonus_have_no_value() -> None:
    text = gated("base > 80") + veto("v1", "44/points < 5", "at_most = 1")
    assert one(text, [given("1", "80"), row("44", "p", "1")]).total == 80
    assert one(text, [given("1", "81"), row("44", "p", "1")]).total == 1


def test_the_effect_of_an_item_acts_before_limits_and_zero_if() -> None:
    rule = 'kind = "deduct", minus = [{ id = "e", title = "错", each = 1 }], zero_if = "e >= 1"'
    body = item("1", rule, 'points = 5\neffect = { cap_grade = "合格" }') + points_item("2", "95") + GRADES
    assert one(scheme(body), [row("1", "e", "0"), given("2", "95")]).grade == "优秀"
    unit = one(scheme(body), [row("1", "e", "1"), given("2", "95")])
    assert values(unit.total, unit.grade) == (95, "合格")  # zero_if: 0 + 95
    # a locked bonus: its effect does not act, though its line takes points
    rule = 'kind = "earn", minus = [{ id = "m", title = "扣", once = 1 }]'
    bonus = item("45", rule, "effect = { at_most = 1 }", "bonus")
    rows = [given("1", "80"), row("44", "p", "0"), row("45", "m", "yes")]
    assert one(gated("base > 80") + bonus, rows).total == 80
    assert one(gated("base >= 80") + bonus, rows).total == 1


def test_fail_reads_the_mark_of_the_base() -> None:
    rule = 'kind = "earn", plus = [{ id = "p", title = "加", each = 20 }]'
    body = points_item("1", "100") + item("44", rule, "", "bonus") + GRADES
    text = scheme(body, total='bonus_cap = "none"\nfail = { when = "base < 60", grade = "不合格" }')
    unit = one(text, [given("1", "59.9999"), row("44", "p", "1")])
    assert values(unit.total, unit.grade, unit.rank) == (number("79.9999"), "不合格", 1)
    assert one(text, [given("1", "60"), row("44", "p", "1")]).grade == "良好"
    lifted = text.replace('grade = "不合格" }', 'grade = "合格" }')
    assert one(lifted, [given("1", "10"), row("44", "p", "0")]).grade == "不合格"  # never lifts


def test_without_a_grade_table() -> None:
    text = scheme(points_item("1", "100"), total='fail = { when = "base < 60", grade = "不合格" }')
    assert one(text, [given("1", "60")]).grade is None
    assert one(text, [given("1", "59")]).grade == "不合格"


def test_a_grade_line_may_be_a_percentage_of_the_full_marks() -> None:
    grades = '\n[[grade]]\nname = "过"\nwhen = ">= 60 % and < 100"\n[[grade]]\nname = "未过"\n'
    text = scheme(points_item("1", "50") + grades, full="50")
    assert one(text, [given("1", "30")]).grade == "过"  # 60 % of 50
    assert one(text, [given("1", "29.9999")]).grade == "未过"


@pytest.mark.parametrize(("ties", "last"), [("share", 4), ("dense", 3)])
def test_ties(ties: str, last: int) -> None:
    # 90, 80, 80, 70 in one group; the street with 10 is alone in its own; c is not reviewed
    units = [member(name) for name in "abdec"] + [member("s", "streets")]
    marks = {"a": "90", "b": "80", "d": "80", "e": "70", "s": "10"}
    rows = [given("1", value, name) for name, value in marks.items()]
    results = score(scheme(points_item("1", "100"), ties=ties), units, rows)
    ranks = [results[name].rank for name in "abdecs"]
    assert ranks == [1, 2, 2, last, None, 1]


def test_ties_compare_marks() -> None:
    # 2/3 of 1 point and 0.6667 of it are 0.66666667 and 0.6667: the same mark
    text = scheme(item("1", SHARE, "points = 1\n" + RATIO))
    rows = [row("1", "rate", "2", "a", of="3"), row("1", "rate", "0.6667", "b", of="1")]
    results = score(text, [member("a"), member("b")], rows)
    assert values(results["a"].rank, results["b"].rank) == (1, 1)
    assert results["a"].total != results["b"].total


def test_unassessed() -> None:
    body = points_item("1", "40") + item("44", 'kind = "earn", plus = []', "", "bonus")
    text = scheme(body, total='bonus_cap = "none"')
    unit = one(text, [na("1")])
    assert values(unit.state, unit.base, unit.total, unit.rank, unit.coverage) == (
        "unassessed",
        None,
        None,
        None,
        0,
    )
    streets = scheme(points_item("1", "40", 'applies_to = ["streets"]'))
    assert values(one(streets, []).state, one(streets, []).coverage) == ("unassessed", None)


def test_section_caps_of_bonus_and_major_items() -> None:
    body = points_item("1", "100") + section("t", "cap = 3") + section("r", "cap = 4")
    rule = 'kind = "deduct", {} = [{{ id = "e", title = "次", each = 2 }}]'
    for ident, kind, inside, side in (("44", "bonus", "t", "plus"), ("47", "major_deduction", "r", "minus")):
        body += item(ident, rule.format(side), f'section = "{inside}"', kind)
    unit = one(
        scheme(body, total="bonus_cap = 9"), [given("1", "50"), row("44", "e", "2"), row("47", "e", "3")]
    )
    # bonus 4 → 3; deduction 6 → 4; 50 + 3 - 4 = 49
    assert values(unit.bonus, unit.major_deduction, unit.total) == (3, 4, 49)


def test_order_of_rows_and_units_changes_nothing() -> None:
    for seed in range(40):
        one_case = case(seed)
        forwards = one_case.expected
        backwards = score(one_case.scheme_text, one_case.units[::-1], one_case.findings[::-1])
        assert forwards == backwards


def test_the_comparison_finds_what_differs() -> None:
    sample = case(3)
    truth = as_answers(score(sample.scheme_text, sample.units, sample.findings))
    assert differences(sample, lambda *_: truth) == []
    first = sample.units[0]["unit"]
    truth[first] = truth[first] | {"rank": 99, "total": "123.4"}
    assert len(differences(sample, lambda *_: truth)) == 2


def test_a_seed_gives_the_same_case_again() -> None:
    for seed in range(30):
        first, again = islice(cases(seed), 2), islice(cases(seed), 2)
        for one_case, other in zip(first, again, strict=True):
            assert one_case == other
            assert one_case.expected == other.expected
            assert set(one_case.expected) == {unit["unit"] for unit in one_case.units}


def test_what_a_case_expects_is_what_the_oracle_makes_of_it() -> None:
    for seed in range(10):
        for one_case in islice(cases(seed), 3):
            seen = Seen()
            assert score(one_case.scheme_text, one_case.units, one_case.findings, seen) == one_case.expected
            assert seen == one_case.seen


def test_later_findings_are_of_the_same_scheme() -> None:
    first, second = islice(cases(11), 2)
    assert first.scheme_text == second.scheme_text
    assert first.findings != second.findings
