"""The form and the desk on an item that is asked every quarter."""

from __future__ import annotations

import pytest

from govscore.events import FactRow, Finding
from govscore.review.describe import describe
from govscore.review.desk import Decided, Desk, Incomplete
from govscore.review.form import Form
from govscore.review.layers import of_period, with_period
from govscore.review.memory import MemoryBook
from govscore.review.rest import rest_of
from govscore.scheme.read import scheme_from_mapping
from govscore.tui.draw.form import form_lines
from tests.unit.scoring import small
from tests.unit.scoring.small import ONE, item, scheme

QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
RULE = {
    "kind": "deduct",
    "per": "quarter",
    "combine": "mean",
    "minus": [
        {"id": "late", "title": "迟报", "each": 1},
        {"id": "other", "title": "其他", "range": [1, 2]},
    ],
}
SCHEME = scheme_from_mapping(
    scheme(base=[item("i", 8, RULE), item("j", 2, small.loses())], total={"full_marks": 10})
)


def form(finding: Finding | None = None) -> Form:
    return Form(SCHEME.items["i"], finding, periods=QUARTERS)


def desk() -> Desk:
    return Desk(MemoryBook.of(SCHEME, ONE, [], "甲"))


def row(period: str, fact: str = "", value: str = "", **cells: str) -> FactRow:
    return FactRow(period=period, fact=fact, value=value, **cells)


def rows_of(one: Form) -> tuple[FactRow, ...]:
    return one.finding.rows


def clean(period: str) -> FactRow:
    return row(period, state="none")


def test_the_periods_stand_one_after_the_other_and_each_has_its_own_answers() -> None:
    one = form()
    assert [slot.question.period for slot in one.slots] == [q for q in QUARTERS for _slot in range(2)]
    one.go(2)
    assert one.period == "2024-Q2"
    assert one.type("4")
    assert rows_of(one) == (row("2024-Q2", "late", "4"),)
    one.go(0)
    assert one.type("1")
    assert rows_of(one) == (row("2024-Q1", "late", "1"), row("2024-Q2", "late", "4"))
    assert [one.shown(slot) for slot in one.slots if slot.field] == ["1", "4", "", ""]
    assert one.erase()
    assert rows_of(one) == (row("2024-Q2", "late", "4"),)


def test_rows_of_a_list_belong_to_the_period_under_the_cursor() -> None:
    one = form()
    one.go(3)
    slot = one.slot
    assert slot is not None
    one.put_row(slot, FactRow(value="1.5", reason="酌情"))
    assert rows_of(one) == (row("2024-Q2", "other", "1.5", case="1", reason="酌情"),)
    assert len(one.listed(slot.question)) == 1
    one.go(6)  # one line lower: the row of the second quarter has its own
    assert one.type("0")
    assert rows_of(one)[1] == row("2024-Q3", "other", state="none")


def test_w_fills_one_period_and_then_the_next_that_is_open() -> None:
    one = form(Finding(rows=(row("2024-Q1", "late", "2"),)))
    one.go(0)
    assert one.fill() == "2024-Q1"
    assert rows_of(one) == (row("2024-Q1", "late", "2"), clean("2024-Q1"))
    assert one.fill() == "2024-Q2"
    assert {question.period for question in one.open_questions} == {"2024-Q3", "2024-Q4"}


def test_a_period_is_skipped_with_its_reason_and_comes_back_when_it_is_answered() -> None:
    one = form()
    one.go(4)
    one.skip("改版停更")
    assert rows_of(one) == (row("2024-Q3", state="na", reason="改版停更"),)
    assert {question.period for question in one.open_questions} == {"2024-Q1", "2024-Q2", "2024-Q4"}
    assert one.type("1")
    assert rows_of(one) == (row("2024-Q3", "late", "1"),)


def test_the_rest_without_fault_answers_every_period_that_is_open() -> None:
    sitting = desk()
    half = Finding(rows=(row("2024-Q2", state="na", reason="未运行"), row("2024-Q3", "late", "1")))
    sitting.decide("u", "i", half)
    rest = rest_of(sitting, ONE[0])
    assert dict(rest.findings)["i"].rows == (
        clean("2024-Q1"),
        row("2024-Q2", state="na", reason="未运行"),
        row("2024-Q3", "late", "1"),
        clean("2024-Q3"),
        clean("2024-Q4"),
    )
    assert rest.left == ()
    sitting.decide_many("u", rest.findings)
    assert str(sitting.board.unit("u").items["i"].points) == "7.66666667"  # (8 + 7 + 8) ÷ 3


def test_enter_decides_only_when_every_period_is_answered() -> None:
    sitting = desk()
    answered = form()
    answered.fill_all()
    assert isinstance(sitting.confirm("u", "i", Finding(rows=(row("2024-Q1", "late", "2"),))), Incomplete)
    assert isinstance(sitting.confirm("u", "i", answered.finding), Decided)
    assert sitting.board.unit("u").items["i"].state == "reviewed"


def test_the_whole_item_is_not_applicable_in_one_row_and_any_answer_ends_that() -> None:
    whole = form(Finding(state="na", reason="无此职责"))
    assert whole.open_questions == ()
    whole.go(0)
    assert whole.type("1")
    assert whole.finding == Finding(rows=(row("2024-Q1", "late", "1"),), reason="无此职责")
    again = form(Finding(state="na"))
    again.fill_all()
    assert rows_of(again) == tuple(map(clean, QUARTERS))


def test_a_finding_taken_apart_and_put_together_is_the_same() -> None:
    rows = (
        row("2024-Q1", "late", "2", tags="grave"),
        row("2024-Q1", state="none", reason="抽查"),
        row("2024-Q3", "other", "1", case="a"),
    )
    finding = Finding(rows=rows, reason="全年", evidence="1.pdf")
    for period in QUARTERS:
        finding = with_period(finding, period, of_period(finding, period), QUARTERS)
    assert finding == Finding(rows=rows, reason="全年", evidence="1.pdf")


def test_headers_name_the_periods_and_what_is_said_of_all_of_them(english: None) -> None:
    one = form(Finding(rows=(row("2024-Q2", state="na", reason="未运行"),)))
    texts = ["".join(text for text, _role in line.spans) for line in form_lines(one, 60, focused=True)]
    headers = [text for text in texts if "of 2024" in text]
    assert headers == [
        " ○ quarter 1 of 2024",
        " ● quarter 2 of 2024  – not applicable ※ 未运行",
        " ○ quarter 3 of 2024",
        " ○ quarter 4 of 2024",
    ]


def test_a_finding_is_described_period_by_period(english: None) -> None:
    finding = Finding(rows=(row("2024-Q1", "late", "2"), row("2024-Q2", state="na"), clean("2024-Q3")))
    assert describe(SCHEME.items["i"], finding) == (
        "quarter 1 of 2024: 迟报 2; quarter 2 of 2024: not applicable; quarter 3 of 2024: 迟报 0; 其他: none"
    )


@pytest.mark.parametrize("pressed", ["1", "0"])
def test_an_item_that_is_asked_once_has_one_period_without_a_name(pressed: str) -> None:
    one = Form(SCHEME.items["j"], None)
    assert one.period == ""
    assert one.type(pressed)
    assert rows_of(one) == (FactRow(fact="x", value=pressed),)
