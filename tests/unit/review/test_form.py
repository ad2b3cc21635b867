"""The form: what keys do to a finding, and what a finding from a file keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from govscore.events import FactRow, Finding
from govscore.review import answers
from govscore.review.describe import describe
from govscore.review.desk import Desk
from govscore.review.form import PICK_LETTERS, Form
from govscore.review.layers import of_period, with_period
from govscore.review.memory import MemoryBook
from govscore.scheme.units import Unit
from govscore.scoring.facts import read_entry
from govscore.scoring.findings import rows_of
from govscore.tui import actions
from tests.tui.example import read_example

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return read_example()[0]


def form(scheme: Scheme, item: str, finding: Finding | None = None) -> Form:
    return Form(scheme.entries[item], finding)


def keys(form: Form, *pressed: str) -> Finding:
    for key in pressed:
        assert form.type(key), key
    return form.finding


def test_digits_set_a_count_and_the_first_one_replaces_it(scheme: Scheme) -> None:
    one = form(scheme, "6")
    assert keys(one, "1", "2").rows == (FactRow(fact="missing", value="12"),)
    one.go(0)
    assert keys(one, "3").rows == (FactRow(fact="missing", value="3"),)


def test_plus_and_minus_count_and_never_below_nothing(scheme: Scheme) -> None:
    one = form(scheme, "6")
    assert one.step(1)
    assert one.shown(one.slots[0]) == "1"
    assert one.step(-1)
    assert one.step(-1)
    assert one.shown(one.slots[0]) == "0"


def test_backspace_empties_a_box_and_its_fact_is_open_again(scheme: Scheme) -> None:
    one = form(scheme, "6")
    keys(one, "7")
    assert one.erase()
    assert one.finding.rows == ()
    assert one.is_open(one.questions[0])


def test_letters_pick_levels(scheme: Scheme) -> None:
    one = form(scheme, "5")
    assert one.pick("b")
    assert one.finding.rows == (FactRow(fact="level", value="stale"),)
    assert not one.pick("z")
    assert not one.pick("n")


def test_a_letter_that_picks_is_never_the_key_of_a_command() -> None:
    bound = {key for action in actions.ACTIONS if "review" in action.places for key in action.keys}
    assert not bound & set(PICK_LETTERS)


def test_one_and_nothing_answer_yes_and_no(scheme: Scheme) -> None:
    one = form(scheme, "1")
    one.go(1)
    assert keys(one, "1").rows == (FactRow(fact="arranged", value="yes"),)
    assert keys(one, "0").rows == (FactRow(fact="arranged", value="no"),)


def test_a_ratio_has_two_boxes_in_one_row(scheme: Scheme) -> None:
    one = form(scheme, "32")
    keys(one, "8")
    assert one.move(1)
    keys(one, "1", "0")
    assert one.finding.rows == (FactRow(fact="interpreted", value="8", of="10"),)


def test_the_clean_finding_fills_what_is_blank_and_keeps_what_is_answered(scheme: Scheme) -> None:
    one = form(scheme, "29")
    keys(one, "2")
    one.fill()
    assert one.finding == Finding(state="none", rows=(FactRow(fact="reply.on_time", value="2"),))
    assert one.open_questions == ()
    facts, problems = read_entry(scheme.entries["29"], rows_of("u", "29", one.finding), scheme.period)
    assert (facts.state, problems) == ("reviewed", ())


def test_what_no_fault_cannot_answer_stays_open(scheme: Scheme) -> None:
    one = form(scheme, "32")
    one.fill()
    assert [question.id for question in one.open_questions] == ["interpreted"]


@pytest.mark.parametrize("item", [str(number) for number in range(1, 51)])
def test_the_clean_finding_shows_what_the_scoring_reads(scheme: Scheme, item: str) -> None:
    """Every box that "no fault" fills holds the value that the engine gets."""
    entry = scheme.entries[item]
    one = form(scheme, item)
    one.fill()
    explicit = Form(entry, None)
    for slot in one.slots:
        if slot.field is not None and one.shown(slot):
            explicit.finding = answers.set_box(explicit.finding, slot.field, one.shown(slot))
        elif slot.field is None:
            explicit.finding = answers.none_for(explicit.finding, slot.question)
    said, _ = read_entry(entry, rows_of("u", item, one.finding), scheme.period)
    typed, _ = read_entry(entry, rows_of("u", item, explicit.finding), scheme.period)
    assert said.values == typed.values


def test_events_and_typed_points_are_rows(scheme: Scheme) -> None:
    one = form(scheme, "44")
    adding = one.slots[-1]
    one.put_row(adding, FactRow(value="city", start="2024-05-01"))
    one.put_row(adding, FactRow(value="national", start="2024-06-01"))
    assert [row.case for row in one.finding.rows] == ["1", "2"]
    assert len(one.slots) == 3
    one.go(0)
    assert one.drop()
    assert [row.value for row in one.finding.rows] == ["national"]
    one.put_row(one.slots[0], replace(one.finding.rows[0], value="city"))
    assert [(row.case, row.value) for row in one.finding.rows] == [("2", "city")]


def test_a_zero_on_an_empty_list_says_that_there_is_none(scheme: Scheme) -> None:
    one = form(scheme, "44")
    assert keys(one, "0").rows == (FactRow(fact="event", state="none"),)
    assert one.open_questions == ()


def test_rows_from_a_file_keep_their_cases_and_reasons(scheme: Scheme) -> None:
    rows = (
        FactRow(fact="form", case="a", value="1", reason="未告知救济途径"),
        FactRow(fact="form", case="b", value="2"),
    )
    one = form(scheme, "29", Finding(state="none", rows=rows))
    place = next(at for at, slot in enumerate(one.slots) if slot.question.id == "form")
    assert one.shown(one.slots[place]) == "3"
    one.go(0)
    keys(one, "5")
    assert set(rows) < set(one.finding.rows)
    one.go(place)
    keys(one, "4")
    assert [row for row in one.finding.rows if row.fact == "form"] == [
        FactRow(fact="form", value="4", reason="未告知救济途径")
    ]


def test_rows_that_become_one_keep_their_reasons_and_what_they_agree_on(scheme: Scheme) -> None:
    rows = (
        FactRow(fact="form", case="a", value="1", reason="未盖章", tags="grave", start="2024-03-01"),
        FactRow(fact="form", case="b", value="2", reason="超期", tags="grave", start="2024-04-01"),
        FactRow(fact="form", case="c", value="1", reason="超期", tags="grave"),
    )
    one = form(scheme, "29", Finding(rows=rows))
    one.go(next(at for at, slot in enumerate(one.slots) if slot.question.id == "form"))
    keys(one, "3")
    assert one.finding.rows == (FactRow(fact="form", value="3", reason="未盖章; 超期", tags="grave"),)


def test_a_number_corrected_by_erasing_keeps_the_reason_of_its_row(scheme: Scheme) -> None:
    row = FactRow(fact="form", case="a", value="2", reason="未告知救济途径", tags="grave")
    one = form(scheme, "29", Finding(rows=(row,)))
    one.go(next(at for at, slot in enumerate(one.slots) if slot.question.id == "form"))
    assert one.erase()
    assert not one.finding.rows  # an empty box leaves its fact open
    keys(one, "3")
    assert one.finding.rows == (replace(row, value="3"),)


def test_an_answer_takes_not_applicable_back(scheme: Scheme) -> None:
    one = form(scheme, "24", Finding(state="na", reason="不涉及"))
    assert keys(one, "1").state == ""


@pytest.mark.parametrize("key", ["e", "½", "٣", "\x1b", ""])
def test_only_plain_digits_are_numbers(scheme: Scheme, key: str) -> None:
    one = form(scheme, "6")
    assert not one.type(key)
    assert one.finding == Finding()


# --- cases one by one -------------------------------------------------------------------------------


def desk_form(scheme: Scheme, finding: Finding | None = None) -> Form:
    """The form of item 29 (cases, and lines of its own) on a desk, which knows unit and calendar."""
    book = MemoryBook.of(scheme, (Unit(unit="u", name="示例", group="departments"),), ())
    desk = Desk(book)
    if finding is not None:
        desk.keep("u", "29", finding)
    return desk.form("u", "29")


def case(start: str, finish: str = "", id: str = "") -> FactRow:
    return FactRow(fact="reply", case=id, start=start, finish=finish)


def test_cases_may_be_counted_or_given_one_by_one(scheme: Scheme) -> None:
    """Before anything is given there are boxes and a line that adds a case; after one row, rows only."""
    one = desk_form(scheme)
    cases = [slot for slot in one.slots if slot.question.id == "reply"]
    assert [slot.is_list for slot in cases] == [False, False, False, False, True]
    one.put_row(cases[-1], case("2024-03-01", "2024-04-02"))
    one.put_row(cases[-1], case("2024-03-01", "2024-03-29", "k7"))
    assert one.finding.rows == (
        case("2024-03-01", "2024-04-02", "1"),
        case("2024-03-01", "2024-03-29", "k7"),
    )
    cases = [slot for slot in one.slots if slot.question.id == "reply"]
    assert [(slot.is_list, slot.row) for slot in cases] == [(True, 0), (True, 1), (True, None)]
    assert not one.is_open(cases[0].question)


def test_each_case_says_what_it_comes_to_or_what_is_wrong_with_it(scheme: Scheme) -> None:
    rows = (case("2024-03-01", "2024-04-02"), case("2024-12-20"), case("1. März"), case("2031-03-01"))
    one = desk_form(scheme, Finding(rows=rows))
    question = one.slots[0].question
    said = [one.row_words(question, row) for row in rows]
    assert said[0] == "应于 2024-03-29 前（含）办结：逾期2个工作日"
    assert said[1] == "应于 2025-01-20 前（含）办结：期限未满，暂不计"
    assert "“1. März”既不是日期，也不是时刻" in said[2]
    assert "国务院办公厅关于2031年部分节假日安排的通知" in said[3]
    assert form(scheme, "29", Finding(rows=rows)).row_words(question, rows[0]) == ""


def test_rows_and_counts_together_are_both_shown_so_that_one_can_be_removed(scheme: Scheme) -> None:
    rows = (FactRow(fact="reply.late", value="2"), case("2024-03-01", "2024-03-29", "a"))
    one = desk_form(scheme, Finding(rows=rows))
    cases = [slot for slot in one.slots if slot.question.id == "reply"]
    assert [slot.is_list for slot in cases] == [False, False, False, False, True, True]
    one.go(one.slots.index(cases[4]))
    assert one.drop()
    assert one.finding.rows == rows[:1]
    one.go(one.slots.index(cases[-1]))
    assert not one.type("0")  # nothing found beside a count would say both


def test_nothing_found_on_the_line_that_adds_a_case(scheme: Scheme) -> None:
    one = desk_form(scheme)
    one.go(4)
    assert one.slot is not None
    assert one.slot.is_list
    assert one.type("0")
    assert one.finding.rows == (FactRow(fact="reply", state="none"),)
    assert not one.is_open(one.questions[0])


NOTED = Finding(rows=(FactRow(state="na", note="yes", reason="没有这项职能"),))
"""As a findings table states it: with a note the row of `na` stays a row."""


def test_not_applicable_with_a_note_is_no_open_question(scheme: Scheme) -> None:
    one = form(scheme, "6", NOTED)
    assert NOTED.is_na
    assert NOTED.is_explained
    assert one.open_questions == ()
    assert answers.why_not(NOTED) == "没有这项职能"
    assert describe(scheme.entries["6"], NOTED) == "不涉及；已发布说明；理由：没有这项职能"


@pytest.mark.parametrize("na", [NOTED, Finding(state="na", reason="没有这项职能")])
def test_a_count_typed_over_not_applicable_leaves_nothing_of_it(scheme: Scheme, na: Finding) -> None:
    one = form(scheme, "6", na)
    assert keys(one, "2").rows == (FactRow(fact="missing", value="2"),)
    assert not one.finding.is_na
    clean = form(scheme, "6", na)
    clean.fill_all()
    assert (clean.finding.state, clean.finding.rows) == ("none", ())


def test_a_period_that_is_not_applicable_keeps_its_note() -> None:
    row = FactRow(period="2024-Q1", state="na", note="yes", reason="未开通")
    whole = Finding(rows=(row,))
    part = of_period(whole, "2024-Q1")
    assert part.is_na
    assert with_period(whole, "2024-Q1", part, ("2024-Q1", "2024-Q2")) == whole
