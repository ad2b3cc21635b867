"""Small schemes and findings for the tests whose numbers are worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.scorer import score

if TYPE_CHECKING:
    from tests.oracle.model import Row, Unit

HEAD = """format = 1
[scheme]
id = "small"
title = "小方案"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
departments = "区直部门"
streets = "街道"
"""
GRADES = """
[[grade]]
name = "优秀"
when = ">= 90"
[[grade]]
name = "良好"
when = ">= 75"
[[grade]]
name = "合格"
when = ">= 60"
[[grade]]
name = "不合格"
"""


def scheme(
    body: str,
    *,
    full: str = "100",
    floor_at: str = "item",
    to: str = "own",
    within: str = "part",
    total: str = "",
    ties: str = "share",
) -> str:
    policy = f'{{ policy = "rescale", to = "{to}", within = "{within}" }}'
    lines = [f"full_marks = {full}", "places = 2", f'floor_at = "{floor_at}"', f"not_applicable = {policy}"]
    return "\n".join([HEAD, "[total]", *lines, total, "[rank]", f'ties = "{ties}"', body])


def item(ident: str, rule: str, more: str = "", kind: str = "base") -> str:
    rule = " ".join(rule.split("\n"))  # an inline table stands in one line
    return f'\n[[{kind}]]\nid = "{ident}"\ntitle = "事项"\n{more}\nrule = {{ {rule} }}\n'


def points_item(ident: str, points: str, more: str = "") -> str:
    """An item whose points are simply typed: points earned by a `range` line."""
    rule = f'kind = "earn", plus = [{{ id = "given", title = "得分", range = [0, {points}] }}]'
    return item(ident, rule, f"points = {points}\n{more}")


def row(ident: str, fact: str = "", value: str = "", unit: str = "u", **more: str) -> Row:
    return {"unit": unit, "item": ident, "fact": fact, "value": value, **more}


def given(ident: str, value: str, unit: str = "u") -> Row:
    return row(ident, "given", value, unit, reason="酌情")


def na(ident: str, unit: str = "u") -> Row:
    return row(ident, unit=unit, state="na")


def member(unit: str = "u", group: str = "departments", tags: str = "") -> Row:
    return {"unit": unit, "name": unit, "group": group, "tags": tags}


def values(*found: object) -> tuple[object, ...]:
    return found


def one(text: str, rows: list[Row], tags: str = "") -> Unit:
    return score(text, [member(tags=tags)], rows)["u"]
