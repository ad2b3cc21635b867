"""Modifiers of rules and lines by steps, with charges and exemptions: what is doubtful and what is not."""

from __future__ import annotations

from typing import Final

import pytest

from tests.unit.lint.test_checks import grades, told

ITEM: Final = """
[[base]]
id = "1"
title = "项"
points = 10
facts.posts = {{ ask = "count" }}
facts.rate = {{ ask = "ratio" }}
facts.reply = {{ ask = "cases", within = {limit} }}
rule = {{ {rule} }}
"""
BONUS: Final = '[[bonus]]\nid = "44"\ntitle = "加"\nrule = { kind = "earn" }\n'
DEDUCT: Final = 'kind = "deduct", {0}'
EARN: Final = 'kind = "earn", {0}'
LATE: Final = '{ id = "late", title = "迟", each = 0.5 }'
TWELVE: Final = '{ id = "a", title = "甲", once = 12 }'
RATE: Final = '{ of = "rate", beyond = "80 %", every = "2 %", each = 1, steps = "whole" }'
BEYOND: Final = '{ of = "reply.late", beyond = 2, every = 1, each = 1, steps = "whole" }'


def test_an_item_is_tried_out_without_those_to_which_it_yields() -> None:
    assert ids(DEDUCT.format(f'minus = [{LATE[:-1]}, yields_to = ["44"] }}]'), more=BONUS) == ["W025"]


def ids(rule: str, *, limit: str = '"3 days"', total: str = "", more: str = "") -> list[str]:
    """Warnings about one item, besides that "nothing found" is not its best."""
    found = told(ITEM.format(rule=rule, limit=limit) + more, total=total)
    return [each for each in found if each != "W022"]


@pytest.mark.parametrize(
    ("keys", "total", "expected"),
    [
        (f"minus = [{TWELVE}]", "", ["W003"]),
        # from −2: 10 + 2 can be taken
        (f"bounds = {{ from = -2 }}, minus = [{TWELVE}]", "", []),
        (f'bounds = {{ from = "-20 %" }}, minus = [{TWELVE}]'.replace('"-20 %"', "-1"), "", ["W003"]),
        # up to 12: whoever has them can lose them
        (f"bounds = {{ to = 12 }}, minus = [{TWELVE}]", "", []),
        # not below 1: no less is left than before
        (f"bounds = {{ from = 1 }}, minus = [{TWELVE}]", "", ["W003"]),
        # taken elsewhere: the item is no limit
        (f"minus = [{TWELVE[:-1]}, from = 'total' }}]", "", []),
        # 6 × 2
        ('times = 2, minus = [{ id = "a", title = "甲", once = 6 }]', "", ["W003"]),
        ('minus = [{ id = "a", title = "甲", once = 6, times = 1.5 }]', "", []),
        ('minus = [{ id = "a", title = "甲", once = 6, times = 2 }]', "", ["W003"]),
        ('minus = [{ id = "a", title = "甲", once = 6 }]', "times = 2", ["W003"]),
        # a cap stands after times
        ('times = 2, minus = [{ id = "a", title = "甲", each = 1, cap = 6 }]', "", []),
        ('minus_cap = 3, minus = [{ id = "a", title = "甲", each = 1 }]', "", []),
    ],
)  # fmt: skip
def test_single_deductions(keys: str, total: str, expected: list[str]) -> None:
    assert ids(DEDUCT.format(keys), total=total) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (f"plus = [{TWELVE}]", ["W005", "W004"]),
        (f"bounds = {{ to = 12 }}, plus = [{TWELVE}]", []),
        (f"plus = [{TWELVE}, {TWELVE.replace('a', 'b')}], plus_cap = 10", ["W004", "W004"]),
        # 6 + 6 are cut to 10 by what the author states
        (f"plus = [{TWELVE}, {TWELVE.replace('a', 'b')}], plus_cap = 10".replace("12", "6"), []),
        # times of the rule leave plus lines alone: 10, not 20
        ('times = 2, plus = [{ id = "a", title = "甲", once = 10 }]', []),
        # 12 posts in steps of 1
        ('plus = [{ of = "posts", beyond = 0, every = 1, each = 1, steps = "whole" }]', []),
        ('plus = [{ of = "rate", beyond = "80 %", every = "4 %", each = 1, steps = "whole" }]', []),
    ],
)  # fmt: skip
def test_single_elements(keys: str, expected: list[str]) -> None:
    assert ids(EARN.format(keys)) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        # (100 % − 80 %) ÷ 2 %: 10 points
        (f"plus = [{RATE}]", []),
        # ÷ 4 %: 5 of 10 points
        ('plus = [{ of = "rate", beyond = "80 %", every = "4 %", each = 1, steps = "whole" }]', ["W006"]),
        (f"plus = [{RATE}], plus_cap = 9", ["W006"]),
        ('plus = [{ of = "rate", short_of = "20 %", every = "2 %", each = 1, steps = "whole" }]', []),
        (f"bounds = {{ to = 8 }}, plus = [{RATE}]", ["W006"]),
    ],
)  # fmt: skip
def test_whether_its_points_can_be_reached(keys: str, expected: list[str]) -> None:
    item = "\n".join(line for line in ITEM.splitlines() if "posts" not in line and "reply" not in line)
    assert told(item.format(rule=EARN.format(keys))) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('minus = [{ of = "posts", short_of = 5, every = 1, each = 1, steps = "whole" }]', []),
        ('minus = [{ of = "posts", beyond = 5, every = 2, each = 1, steps = "started" }]', []),
        ('minus = [{ of = "rate", short_of = "40 %", every = "1 %", each = 0.1, steps = "exact" }]', []),
        ('minus = [{ of = "reply.late", beyond = 2, every = 1, each = 1, steps = "exact" }]', []),
        # few posts are no fault, late replies are
        ('ceiling = { when = "posts = 0", at = "60 %" }', []),
        (f'ceiling = {{ when = "late >= 3", at = "60 %" }}, minus = [{LATE}]', []),
        (f'ceiling = {{ when = "late = 3", at = "60 %" }}, minus = [{LATE}]', ["W021", "W018"]),
        # 8 late: 10 − 6 = 4; with 9 nothing is taken
        (f'minus = [{BEYOND[:-1]}, unless = "reply.late > 8" }}]', ["W021", "W024"]),
        (f'minus = [{LATE[:-1]}, unless = "posts >= 1" }}]', []),
        (f'minus = [{LATE[:-1]}, unless = "late < 3" }}]', []),
        (f'minus = [{LATE[:-1]}, unless = "late = 3" }}]', ["W021", "W024"]),
        # what is taken elsewhere is not seen by trying the item out
        (f'minus = [{LATE}, {TWELVE[:-1]}, from = "total", unless = "late >= 5" }}]', ["W024"]),
        (f'minus = [{TWELVE[:-1]}, from = "total" }}, {LATE[:-1]}, unless = "a = yes" }}]', ["W021", "W024"]),
        (f'minus = [{TWELVE[:-1]}, from = "total" }}, {LATE[:-1]}, unless = "a = no" }}]', []),
    ],
)  # fmt: skip
def test_one_more_fault(keys: str, expected: list[str]) -> None:
    assert sorted(ids(DEDUCT.format(keys))) == sorted(expected)


def test_full_marks_are_no_end_where_an_item_may_pass_its_points() -> None:
    passing = DEDUCT.format("bounds = { to = 12 }, plus = [{ id = 'a', title = '甲', once = 2 }]")
    within = DEDUCT.format("minus = []")
    gate = 'bonus_when = "base > 11"'
    assert ids(passing, total=gate, more=BONUS + grades("> 16")) == []
    assert ids(within, total=gate, more=BONUS + grades("> 16")) == ["W010", "W011"][::-1]


def test_charges_on_a_section_without_other_items() -> None:
    section = '[[section]]\nid = "s"\ntitle = "节"\n[[base]]\nid = "2"\ntitle = "乙"\nsection = "s"\n'
    rest = 'points = 1\nrule = { kind = "deduct" }\n'
    keys = f'minus = [{LATE[:-1]}, from = "s" }}]'
    assert ids(DEDUCT.format(keys), more=section + rest) == ["W001"]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ('{ by = "date", first = "10 days", "2024-07-01" = "30 days" }', []),
        ('{ by = "date", first = "10 days", "2025-07-01" = "30 days" }', ["W017"]),
        ('{ by = "date", first = 2024-03-01, "2024-07-01" = 2025-12-01 }', ["W017"]),
        ('{ by = "group", g = "10 days", h = 2023-12-31 }', ["W017"]),
        ('{ by = "tag", grave = "5 hours", other = "48 hours" }', []),
        ('{ by = "tag", grave = 2025-01-01, other = 2026-01-01 }', ["W017", "W017"]),
        ("2025-01-01", ["W017"]),
    ],
)
def test_limits_that_switch(limit: str, expected: list[str]) -> None:
    assert ids(DEDUCT.format('minus = [{ count = "reply.late", each = 1 }]'), limit=limit) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [("from = 2023-12-01, to = 2024-11-30", []), ("from = 2022-12-01, to = 2023-11-30", ["W017"])],
)
def test_a_window_may_begin_before_the_period_but_meets_it(window: str, expected: list[str]) -> None:
    rule = 'kind = "events", levels = { a = 1 }, same_matter = "sum", shared = "full"'
    bonus = f'[[bonus]]\nid = "44"\ntitle = "加"\nrule = {{ {rule}, window = {{ {window} }} }}\n'
    assert ids(DEDUCT.format("minus = []"), more=bonus) == expected


def test_a_major_deduction_is_bounded_by_its_own_cap() -> None:
    major = '[[major_deduction]]\nid = "47"\ntitle = "扣"\n{0}\nrule = {{ kind = "earn", plus = [{1}] }}\n'
    plain = DEDUCT.format("minus = []")
    assert ids(plain, more=major.format("cap = 12", TWELVE)) == []
    assert ids(plain, more=major.format("cap = 5", TWELVE)) == ["W003"]
    assert ids(plain, more=major.format("", TWELVE)) == []
