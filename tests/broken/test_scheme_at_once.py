"""All mistakes of a scheme are told at once, in the order of the file, each once, and no more than these."""

from __future__ import annotations

from typing import Final

import pytest

from govscore.errors import InputError, Problem
from govscore.scheme.read import read_scheme, scheme_from_mapping
from tests.broken.test_scheme import marked

TEN: Final = """\
format = ▶2
groups = { departments = "部门", ▶Streets = "街道" }
rank = { ties = ▶"shared" }

[scheme]
id = "example"
title = ▶2024
period = { from = 2024-01-01, to = ▶2023-12-31 }
points_source = "official"

[total]
full_marks = ▶"100"
▶place = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "full", within = "part" }
▶stopped_part = "zero"
bonus_when = ▶"total > 80"

[[section]]
id = "basics"
title = "基础信息"
points = ▶7

[[grade]]
name = "优秀"
when = ">= 90"

[[grade]]
name = "不合格"

[[base]]
id = "1"
title = "信息公开"
points = 6
section = "basics"
facts.reply = { ask = "cases", within = ▶7 }
facts.share = { ask = ▶"ratios" }
facts.posts = { ask = "count" }
rule = { kind = "deduct", zero_if = ▶"post < 3", minus = [
  { count = "reply.late", each = 1 },
  { title = "低", once = 1, when = "share < 30 %" },
  { id = "a", title = "甲", each = ▶-1 },
  { id = "b", title = "乙", each = 1, once = ▶1 },
  { id = "z", title = "戊", each = 0.1, yields_to = [▶"12"] },
  { id = "c", ▶titel = "丙", each = 1 },
  { title = "丁", once = 1, when = "a > 3 and b > 3" },
] }

[[base]]
id = ▶"1"
title = "重复"
points = 1
section = ▶"basic"
rule = { kind = ▶"deducts", minus = [{ id = "x", title = "错", each = 1 }] }

[[bonus]]
id = "44"
title = "加分"
rule = { kind = "events", levels = { city = ▶"50 %" }, same_matter = "highst", shared = "full" }

[[veto]]
id = "v"
title = "否决"
facts.fake = { ask = "yes_no" }
when = ▶"fake = maybe or 1/reply.late > 3 or 1/share > 3 %"
effect = { zero = ▶"不及格" }
"""
KINDS: Final = """\
format identifier not-a-word wrong-type period-order bonus-cap-missing number-in-quotes unknown-key
no-parts condition-name
not-a-duration unknown-ask unknown-fact negative line-forms
yields-unknown unknown-key
id-twice unknown-section unknown-kind percent-without-cap same-matter not-an-answer unknown-grade"""


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_scheme(text, "all.toml")
    return caught.value.problems


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    """The section's sum is not judged: its items are in doubt. The missing bonus_cap stands at [total]."""
    text = (
        TEN.replace("points = ▶7", "points = 7")
        .replace("[total]", "[▶total]")
        .replace('"highst"', '▶"highst"')
    )
    plain, places = marked(text)
    problems = problems_of(plain)
    assert [(each.place.line, each.place.column) for each in problems] == places
    assert [each.id.removeprefix("scheme.") for each in problems] == KINDS.split()


def test_each_mistake_is_told_once() -> None:
    problems = problems_of(marked(TEN)[0])
    told = [(each.id, each.place, tuple(each.data.items())) for each in problems]
    assert len(told) == len(set(told))


def test_correcting_every_mistake_leaves_a_sound_scheme() -> None:
    """So that none of the mistakes above is one only because of another."""
    text, _places = marked(TEN)
    for wrong, right in CORRECTIONS:
        assert wrong in text, wrong
        text = text.replace(wrong, right)
    assert [item.id for item in read_scheme(text).items.values()] == ["1", "2", "44"]


CORRECTIONS: Final = (
    ("format = 2", "format = 1"),
    ("Streets", "streets"),
    ('"shared"', '"share"'),
    ("title = 2024", 'title = "考核"'),
    ("2023-12-31", "2024-12-31"),
    ('"100"', "100"),
    ("place = 2", "places = 2\nbonus_cap = 5"),
    ('stopped_part = "zero"\n', ""),
    ("total > 80", "base > 80"),
    ("within = 7", 'within = "7 days"'),
    ('"ratios"', '"ratio"'),
    ("post < 3", "posts < 3"),
    ("each = -1", "each = 1"),
    ("each = 1, once = 1", "each = 1"),
    (', yields_to = ["12"]', ""),
    ("titel", "title"),
    ('id = "1"\ntitle = "重复"', 'id = "2"\ntitle = "重复"'),
    ('"basic"', '"basics"'),
    ('"deducts"', '"deduct"'),
    ('title = "加分"\n', 'title = "加分"\ncap = 5\n'),
    ("highst", "highest"),
    ("fake = maybe", "fake = yes"),
    ("不及格", "不合格"),
)


def test_a_mapping_is_told_by_paths_in_order_of_their_numbers() -> None:
    line = {"id": "a", "title": "甲", "each": True}
    item = {"id": "1", "title": "甲", "points": 1, "rule": {"kind": "deduct", "minus": [line] * 12}}
    with pytest.raises(InputError) as caught:
        scheme_from_mapping({"format": 1, "base": [item]}, "given")
    paths = [each.place.path for each in caught.value.problems if each.id == "scheme.not-a-number"]
    assert paths == [f"base[0].rule.minus[{number}].each" for number in range(12)]
    assert "base[0].rule.minus[3].each: " in str(caught.value)
