"""Trying items out, by hand: what each comes to at best, and with the clean finding."""

from __future__ import annotations

from typing import Final

import pytest

from govscore.lint.reach import Reach, reach_of
from govscore.scheme.read import read_scheme

HEAD: Final = """
format = 1
[scheme]
id = "a"
title = "甲"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "official"
[groups]
g = "组"
[rank]
ties = "share"
[total]
full_marks = 10
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "own", within = "part" }
bonus_cap = "none"
bonus_when = "base > 100"
[[base]]
id = "0"
title = "零"
points = 10
rule = { kind = "deduct" }
"""
POINT: Final = 10**8
TWO: Final = '{ id = "a", title = "甲", once = 2 }'
ONE: Final = '{ id = "b", title = "乙", once = 1 }'
MANY: Final = '{ id = "a", when = "x >= 7.5", points = 4 }'


def reach(array: str, keys: str) -> Reach:
    scheme = read_scheme(f'{HEAD}[[{array}]]\nid = "1"\ntitle = "项"\napplies_to = ["tagged"]\n{keys}\n')
    return reach_of(scheme.items["1"], scheme)


@pytest.mark.parametrize(
    ("ask", "rule", "best", "clean"),
    [
        # 4 − 0 × 1 = 4, and nothing found is just that
        ("", 'deduct", minus = [{ id = "a", title = "甲", each = 1 }]', 4, 4),
        # 1 000 000 pieces, cut to 4; nothing found is 0
        ("", 'earn", plus = [{ id = "a", title = "甲", each = 0.5 }]', 4, 0),
        # yields to an item that is not looked at here: apart from it, 4
        ("", 'deduct", minus = [{ id = "a", title = "甲", each = 1, yields_to = ["0"] }]', 4, 4),
        # 2 + 1: it cannot come to 4
        ("", f'earn", plus = [{TWO}, {ONE}]', 3, 0),
        # a ratio: 100 of 100 is 4; nothing found leaves it open
        ("ratio", 'share", of = "x"', 4, None),
        # 4 × 100 ÷ 100 − 1; just below 30 % less than that
        ("ratio", 'share", of = "x", minus = [{ when = "x >= 30 %", once = 1 }]', 3, None),
        # the level marked clean is worth 3, the best 4
        ("", 'level", levels = [{ id = "a", points = 4 }, { id = "b", points = 3, clean = true }]', 4, 3),
        # a number decides: 7.5 or more is 4
        ("number", f'level", levels = [{MANY}, {{ id = "b", points = 0 }}]', 4, None),
        # late cases take 2 each; none of any class is 4
        ("cases", 'deduct", minus = [{ count = "x.late", each = 2 }]', 4, 4),
    ],
)  # fmt: skip
def test_a_base_item(ask: str, rule: str, best: int, clean: int | None) -> None:
    limit = ', within = "3 days"' if ask == "cases" else ""
    facts = f'facts.x = {{ ask = "{ask}"{limit} }}\n' if ask else ""
    found = reach("base", f'points = 4\n{facts}rule = {{ kind = "{rule} }}')
    assert found.whole
    assert found.best == best * POINT
    assert found.clean == (None if clean is None else clean * POINT)


def test_a_bonus_item_is_tried_whatever_its_gate() -> None:
    events = '{ kind = "events", levels = { n = 5, c = 1 }, same_matter = "sum", shared = "divide" }'
    found = reach("bonus", f"cap = 3\nrule = {events}")
    assert (found.best, found.clean) == (3 * POINT, 0)


def test_of_a_major_deduction_less_is_better() -> None:
    found = reach(
        "major_deduction", 'rule = { kind = "deduct", minus = [{ id = "a", title = "甲", once = 2 }] }'
    )
    assert found.deducts
    assert (found.best, found.clean) == (0, 0)
    assert max(found.points.values()) == 2 * POINT


def test_with_many_facts_each_is_tried_by_itself() -> None:
    lines = ", ".join(f'{{ id = "l{n}", title = "行", each = 0.1 }}' for n in range(9))
    found = reach("base", f'points = 4\nrule = {{ kind = "deduct", minus = [{lines}] }}')
    assert not found.whole
    assert (found.best, found.clean) == (4 * POINT, 4 * POINT)
    assert min(found.points.values()) == 0
