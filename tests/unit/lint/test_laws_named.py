"""What may break a law is named, and what cannot is not; sets of names are told once."""

from __future__ import annotations

from typing import Final

import pytest

from govscore.lint import look_over
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit
from tests.unit.lint.test_checks import GRADE, HEAD, ITEM, item, told

QUOTA: Final = 'quota = { share = "30 %", round = "down", ties = "out" }\n'
LAST: Final = '[[grade]]\nname = "其余"\n'
VETO: Final = '[[veto]]\nid = "v"\ntitle = "否"\nwhen = "{when}"\neffect = {{ {effect} }}\n'
MAJOR: Final = '[[major_deduction]]\nid = "47"\ntitle = "重"\nrule = { kind = "deduct" }\n'
POSTS: Final = 'facts.posts = { ask = "count" }'


def two(upper: str, lower: str, quota: str = QUOTA) -> str:
    return GRADE.format(name="优", when=upper) + quota + GRADE.format(name="良", when=lower) + LAST


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        (two(">= 9", ">= 9"), []),  # whoever finds no place left
        (two(">= 9", ">= 9.5"), []),
        (two(">= 9", ">= 9.5", quota=""), ["W007"]),
        (two(">= 9", ">= 8 and <= 9"), []),  # 9 with a place is 优, without one 良
        (two(">= 9", ">= 8 and <= 9", quota=""), ["W009"]),
        (two(">= 9", ">= 16"), ["W010"]),  # 10 + 5 is the most
    ],
)
def test_a_quota_leaves_a_grade_below_to_some(grades: str, expected: list[str]) -> None:
    bonus = '[[bonus]]\nid = "44"\ntitle = "加"\nrule = { kind = "earn" }\n'
    assert told(grades + bonus) == expected


@pytest.mark.parametrize(
    ("veto", "total", "expected"),
    [
        (VETO.format(when="1/points < 5", effect='zero = "不合格"'), "", []),
        (VETO.format(when="1/points >= 5", effect='zero = "不合格"'), "", ["W027"]),
        (VETO.format(when="1/points != 5", effect='zero = "不合格"'), "", ["W027"]),
        (MAJOR + VETO.format(when="47/points > 5", effect='zero = "不合格"'), "", []),
        (MAJOR + VETO.format(when="47/points <= 5", effect='zero = "不合格"'), "", ["W027"]),
        (VETO.format(when="1/points < 5", effect="at_most = 5"), "", []),
        (VETO.format(when="1/points < 5", effect="fixed = 5"), "", ["W030"]),
        # no total is below 5
        (VETO.format(when="1/points < 5", effect="fixed = 5"), "bounds = { from = 5 }", []),
    ],
)
def test_vetoes(veto: str, total: str, expected: list[str]) -> None:
    assert told(veto, total=total) == expected


@pytest.mark.parametrize(
    ("minus", "expected"),
    [
        ('{ when = "posts > 0 and posts < 30", once = 2 }', ["W028"]),  # 0: 10, 1: 8, 30: 10
        ('{ when = "posts = 0", once = 4 }, { when = "posts > 0 and posts < 30", once = 2 }', []),
        ('{ when = "posts = 0", once = 1 }, { when = "posts > 0 and posts < 30", once = 2 }', ["W028"]),
        ('{ of = "posts", short_of = 30, every = 10, each = 1, steps = "started" }', []),
    ],
)
def test_a_blank_costs_no_less_than_too_little(minus: str, expected: list[str]) -> None:
    text = item("1", 10, POSTS).replace('{ kind = "deduct" }', '{ kind = "deduct", minus = [' + minus + "] }")
    assert [each for each in told(text) if each != "W022"] == expected


def test_no_event_is_not_too_little_of_one() -> None:
    """Of a major deduction the highest level costs most, wherever it stands among the levels."""
    rule = '{ kind = "events", levels = { national = 5, city = 1 }, same_matter = "sum", shared = "full" }'
    deduction = f'[[major_deduction]]\nid = "47"\ntitle = "通报"\nrule = {rule}\n'
    assert told(item("1", 10, "") + deduction) == []


@pytest.mark.parametrize(
    ("bounds", "expected"), [("from = 10, to = 12", []), ("from = 10.0001, to = 12", ["W029"])]
)
def test_a_lower_bound_above_the_points(bounds: str, expected: list[str]) -> None:
    text = ITEM.format(id="1", points=10).replace('"deduct"', '"deduct", bounds = { ' + bounds + " }")
    assert told(text) == expected


def test_names_one_character_apart_are_told_once_for_all_of_them() -> None:
    """40 names in one set (780 pairs), two in another."""
    signs = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"
    names = [f"{sign}街道办事处" for sign in dict.fromkeys(signs)][:40]
    names += ["财政局机关党委", "财政局机关党", "水务局"]
    units = [Unit(unit=f"u{place}", name=name, group="g") for place, name in enumerate(names)]
    text = HEAD.format(to="full", cap="5", total="") + ITEM.format(id="1", points=10)
    near = [each for each in look_over(read_scheme(text), units).warnings if each.id == "W016"]
    assert [each.data["found"] for each in near] == ["u0, u1, u2, u3, u4, u5 … (40)", "u40, u41"]
    assert near[1].data["names"] == "财政局机关党委, 财政局机关党"
