"""What is doubtful and what is not, side by side; sums and names worked by hand."""

from __future__ import annotations

from typing import Final

import pytest

from govscore.lint import look_over
from govscore.lint.names import _near
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit

HEAD: Final = """
format = 1
[scheme]
id = "a"
title = "甲"
period = {{ from = 2024-01-01, to = 2024-12-31 }}
points_source = "official"
[groups]
g = "组"
h = "类"
[rank]
ties = "share"
[total]
full_marks = 10
places = 2
floor_at = "item"
not_applicable = {{ policy = "rescale", to = "{to}", within = "part" }}
bonus_cap = {cap}
{total}
"""
ITEM: Final = '[[base]]\nid = "{id}"\ntitle = "项{id}"\npoints = {points}\nrule = {{ kind = "deduct" }}\n'
ONLY_G: Final = 'applies_to = ["g"]'
GRADE: Final = '[[grade]]\nname = "{name}"\nwhen = "{when}"\n'


def told(body: str, *, to: str = "full", cap: str = "5", total: str = "", units: str = "") -> list[str]:
    """Ids of the warnings about a scheme; its base items add up to 10 unless the body has its own."""
    items = "" if "[[base]]" in body else ITEM.format(id="1", points=10)
    scheme = read_scheme(HEAD.format(to=to, cap=cap, total=total) + items + body)
    names = [each.partition("=") for each in units.split()]
    roster = [Unit(unit=f"u{n}", name=name, group=group) for n, (name, _, group) in enumerate(names)]
    return [each.id for each in look_over(scheme, roster or None).warnings]


def item(id: str, points: int, keys: str = "") -> str:
    return ITEM.format(id=id, points=points).replace("rule", f"{keys}\nrule")


def grades(*lines: str) -> str:
    made = [GRADE.format(name=f"第{n}", when=line) for n, line in enumerate(lines)]
    return "".join(made) + '[[grade]]\nname = "其余"\n'


@pytest.mark.parametrize(
    ("body", "to", "units", "expected"),
    [
        (item("1", 6) + item("2", 4), "own", "甲乙丙=g", []),
        (item("1", 6) + item("2", 3), "full", "", ["W001"]),
        # each group has 10: 6 + 4, 6 + 4
        (item("1", 6) + item("2", 4, ONLY_G) + item("3", 4, 'applies_to = ["h"]'), "own", "", []),
        # 10 in all, but only 6 for h: rescaled to full marks, or not
        (item("1", 6) + item("2", 4, 'applies_to = ["g"]'), "full", "甲乙丙=h", []),
        (item("1", 6) + item("2", 4, 'applies_to = ["g"]'), "own", "甲乙丙=h", ["W001"]),
        (item("1", 10, 'applies_to = ["g"]'), "own", "甲乙丙=h", ["W015"]),
    ],
)  # fmt: skip
def test_sums(body: str, to: str, units: str, expected: list[str]) -> None:
    assert told(body, to=to, units=units) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([">= 9", ">= 6"], []),
        ([">= 90 %", ">= 60 %"], []),
        ([">= 9", "> 8.9999"], ["W007"]),  # a mark has four decimals: nothing lies between
        ([">= 9", "> 8.9998"], []),
        ([">= 9", ">= 6 and < 9"], []),
        ([">= 9", ">= 6 and <= 8.9999"], []),
        ([">= 9", ">= 6 and <= 8.9998"], ["W008"]),
        ([">= 9", ">= 6 and <= 9"], ["W009"]),
        (["> 15", ">= 9"], ["W010"]),  # 10 + 5 is the most
        ([">= 15", ">= 9"], []),
    ],
)
def test_lines_of_grades(lines: list[str], expected: list[str]) -> None:
    bonus = '[[bonus]]\nid = "44"\ntitle = "加"\nrule = { kind = "earn" }\n'
    assert told(grades(*lines) + bonus) == expected


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ('bonus_when = "base > 8"', []),
        ('bonus_when = "base >= 10"', []),
        ('bonus_when = "base > 10"', ["W011"]),
        ('bonus_when = "base > 100 %"', ["W011"]),
        ('bonus_when = "base >= 8 and base < 7"', ["W011"]),
        ('bonus_when = "base >= 8 and base < 9"', ["W019"]),
        ('bonus_when = "base != 9"', ["W019"]),
        ('fail = { when = "base < 6", grade = "第0" }', []),
        ('fail = { when = "base <= 60 %", grade = "第0" }', []),
        ('fail = { when = "base > 6", grade = "第0" }', ["W020"]),
    ],
)
def test_gates(total: str, expected: list[str]) -> None:
    bonus = '[[bonus]]\nid = "44"\ntitle = "加"\nrule = { kind = "earn" }\n'
    assert told(grades(">= 6") + bonus, total=total) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [([10, 6, 0], []), ([0, 6, 10], []), ([10, 10, 0], []), ([10, 0, 6], ["W012"]), ([6, 10, 0], ["W012"])],
)
def test_levels(points: list[int], expected: list[str]) -> None:
    levels = ", ".join(f'{{ id = "l{n}", points = {each} }}' for n, each in enumerate(points))
    rule = f'rule = {{ kind = "level", levels = [{levels}] }}'
    assert told(item("1", 10).replace('rule = { kind = "deduct" }', rule)) == expected


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("财政局", "民政局", True),
        ("区财政局", "财政局", True),
        ("区民政局", "区财政局", True),
        ("东城街道", "西城街道", True),
        ("东城街道", "东城街道", True),
        ("示例一街道", "示例二街道", False),
        ("示例十街道", "示例十一街道", False),
        ("第3中学", "第4中学", False),
        ("财政局", "税务局", False),
        ("甲乙丙丁", "甲丙乙丁", False),
        ("甲乙丙", "甲乙丙丁戊", False),
    ],
)
def test_names_one_character_apart(one: str, other: str, near: bool) -> None:
    assert _near(one, other) is _near(other, one) is near
    assert ("W016" in told("", units=f"{one}=g {other}=h")) is near


@pytest.mark.parametrize(
    ("ids", "expected"), [(("7", "07"), ["W013"]), (("7.1", "7-1"), ["W013"]), (("7", "7.1", "71"), [])]
)
def test_numbers(ids: tuple[str, ...], expected: list[str]) -> None:
    rest = 10 - (len(ids) - 1)
    assert told("".join(item(id, rest if n == 0 else 1) for n, id in enumerate(ids))) == expected


def test_an_item_with_switches_is_not_its_own_double() -> None:
    """Its variants for groups and tags have one number and one title."""
    points = '{ by = "group", g = 10, other = 10 }'
    line = '{ id = "a", title = "甲", each = 1, times = { by = "tag", grave = 2, other = 1 } }'
    body = item("7", 10).replace("points = 10", f"points = {points}")
    assert told(body.replace('"deduct" }', f'"deduct", minus = [{line}] }}')) == []


def test_what_every_variant_of_an_item_raises_is_told_once() -> None:
    other = '{ id = "b", title = "乙", each = { by = "group", g = 1, h = 2 } }'
    line = '{ id = "a", title = "甲", once = 12 }, ' + other
    body = item("7", 10).replace('"deduct" }', f'"deduct", minus = [{line}] }}')
    assert told(body) == ["W003"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{ when = "late >= 3", once = 3 }', []),
        ('{ when = "late > 3 or posts < 2", once = 3 }', []),  # posts are no faults
        ('{ when = "late = 3", once = 3 }', ["W021", "W018"]),
        # none: 10 − 3; three: 10 − 3 × 0.5 = 8.5, which is the most
        ('{ when = "late != 3", once = 3 }', ["W006", "W021", "W018"]),
    ],
)
def test_conditions_on_faults(line: str, expected: list[str]) -> None:
    """Three late reports take 3 × 0.5 and 3 more; a fourth would give the 3 back and take 0.5."""
    rule = f'{{ kind = "deduct", minus = [{{ id = "late", title = "迟", each = 0.5 }}, {line}] }}'
    keys = 'facts.posts = { ask = "count" }'
    found = told(item("1", 10, keys).replace('{ kind = "deduct" }', rule))
    assert [each for each in found if each != "W022"] == expected
