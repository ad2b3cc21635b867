"""A row's matter on the desk: asked wherever `yields_to` compares it, and nowhere else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from govscore.events import FactRow
from govscore.review.describe import describe
from govscore.review.form import Form
from govscore.review.memory import MemoryBook
from govscore.scheme.read import read_scheme
from govscore.scheme.units import Unit

if TYPE_CHECKING:
    from govscore.facts.base import Question
    from govscore.scheme.model import Scheme

SCHEME: Final = """
format = 1
[scheme]
id = "matters"
title = "示例"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
[groups]
g = "部门"
[total]
full_marks = 40
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "full", within = "part" }
[rank]
ties = "share"
[[base]]
id = "12"
title = "依申请公开"
points = 12
facts.reply = { ask = "cases", title = "答复", within = "20 working days" }
facts.read = { ask = "count", title = "阅读量" }
rule = { kind = "deduct", minus = [
  { count = "reply.late", each = 2 },
  { id = "form", title = "要件不全", each = 1 },
  { id = "harm", title = "不良影响", range = [0.5, 2] },
], plus = [{ id = "extra", title = "主动沟通", each = 0.5 }] }
[[base]]
id = "30"
title = "投诉"
points = 8
rule = { kind = "deduct", minus = [
  { id = "justified", title = "投诉属实", each = 1, yields_to = ["12"] },
  { id = "rude", title = "态度恶劣", once = 2, yields_to = ["12"] },
  { id = "silent", title = "未回应", each = 1 },
] }
[[base]]
id = "31"
title = "其他"
points = 20
rule = { kind = "deduct", minus = [{ id = "fault", title = "差错", each = 1 }] }
"""
A: Final = Unit(unit="a", name="甲", group="g")


@cache
def scheme() -> Scheme:
    return read_scheme(SCHEME)


def question(item: str, fact: str) -> Question:
    return next(each for each in scheme().entries[item].questions if each.id == fact)


@pytest.mark.parametrize(
    ("item", "fact", "asked"),
    [
        ("30", "justified", True),
        ("30", "rude", True),
        ("30", "silent", False),  # this line yields to nothing
        ("12", "reply", True),
        ("12", "form", True),
        ("12", "harm", True),
        ("12", "read", False),  # no line charges it
        ("12", "extra", False),  # no fault
        ("31", "fault", False),  # takes no part
    ],
)
def test_a_matter_is_asked_where_it_is_compared(item: str, fact: str, asked: bool) -> None:
    found = question(item, fact)
    columns = [box.column for box in (found.row_fields or found.fields)]
    assert ("matter" in columns) == asked


def test_a_variant_of_an_item_asks_the_same() -> None:
    assert scheme().entry("30", A).questions == scheme().entries["30"].questions


def test_a_count_with_matters_is_a_list_of_rows_and_nothing_found_is_one_key() -> None:
    form = Form(scheme().entry("30", A), None)
    slot = form.slots[0]
    assert slot.is_list
    form.put_row(slot, FactRow(value="2", matter="甲申请"))
    form.put_row(slot, FactRow(value="1"))
    assert form.finding.rows == (
        FactRow(fact="justified", case="1", value="2", matter="甲申请"),
        FactRow(fact="justified", case="2", value="1"),
    )
    assert "甲申请" in describe(scheme().entries["30"], form.finding)
    assert [each.id for each in form.open_questions] == ["rude", "silent"]
    clean = Form(scheme().entry("30", A), None)
    assert clean.type("0")
    assert [each.id for each in clean.open_questions] == ["rude", "silent"]


def test_counts_of_cases_stay_boxes_and_a_case_names_its_matter() -> None:
    form = Form(scheme().entry("12", A), None)
    assert form.slots[0].field is not None
    form.put_row(next(each for each in form.slots if each.is_list), FactRow(start="2024-03-01", matter="甲"))
    assert form.finding.rows[0].matter == "甲"


def test_what_is_entered_decides_what_is_charged_by_hand() -> None:
    """12 − 1 × 2 = 10; of three complaints the one about the late reply yields: 8 − 2 × 1 = 6."""
    book = MemoryBook.of(scheme(), [A], [], author="甲")
    late = Form(scheme().entry("12", A), None)
    cases = next(each for each in late.slots if each.is_list)
    late.put_row(cases, FactRow(case="r1", start="2024-03-01", finish="2024-04-30", matter="乙申请"))
    late.fill_all()
    late.go(next(at for at, slot in enumerate(late.slots) if slot.question.id == "read"))
    late.type("0")
    book.decide("a", "12", late.finding)
    complaints = Form(scheme().entry("30", A), None)
    complaints.put_row(complaints.slots[0], FactRow(value="1", matter="乙申请"))
    complaints.put_row(complaints.slots[1], FactRow(value="2", matter="丙申请"))
    complaints.fill_all()
    book.decide("a", "30", complaints.finding)
    points = {id: str(item.points) for id, item in book.board.unit("a").items.items()}
    assert (points["12"], points["30"]) == ("10", "6")
