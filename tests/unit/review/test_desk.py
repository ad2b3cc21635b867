"""The desk's state: deciding, saving, undo, conflicts, the rest without fault, going on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from govscore.events import Decision, Event, FactRow, Finding
from govscore.review.checklist import Line
from govscore.review.desk import Clash, Decided, Desk, Incomplete, Unchanged, Wrong
from govscore.review.rest import rest_of
from govscore.scoring.board import Board
from govscore.scoring.facts import Facts
from tests.tui.example import example_book

if TYPE_CHECKING:
    from govscore.review.memory import MemoryBook

UNIT = "caizheng"
LATE = Finding(state="none", rows=(FactRow(fact="unreviewed", value="2"),), reason="抽查2篇")


@pytest.fixture
def book() -> MemoryBook:
    return example_book(without={UNIT: ()})


@pytest.fixture
def desk(book: MemoryBook) -> Desk:
    return Desk(book)


def write(desk: Desk, book: MemoryBook, outcome: object) -> None:
    """Does what the clerk does."""
    assert isinstance(outcome, Decided)
    desk.saved(outcome.step, book.write(outcome.step.changes))


def test_a_decision_is_shown_at_once_and_saved_only_when_the_book_said_so(
    desk: Desk, book: MemoryBook
) -> None:
    before = desk.tally.total_done
    outcome = desk.confirm(UNIT, "24", LATE)
    assert isinstance(outcome, Decided)
    assert desk.finding(UNIT, "24") == LATE
    assert book.finding(UNIT, "24") is None
    assert desk.is_saving(UNIT, "24")
    assert desk.tally.total_done == before + 1
    write(desk, book, outcome)
    assert not desk.is_saving(UNIT, "24")
    assert desk.jobs == 0
    assert desk.finding(UNIT, "24") == book.finding(UNIT, "24") == LATE


def test_the_shown_board_equals_scoring_from_scratch(desk: Desk, book: MemoryBook) -> None:
    for item in ("24", "4", "7", "29"):
        outcome = desk.confirm(UNIT, item, Finding(state="none"))
        write(desk, book, outcome)
    again = Board(desk.scheme, Facts({**desk.board.result().facts.entries}), tuple(book.units)).result()
    assert desk.board.result().units == again.units


def test_what_could_not_be_saved_stays_visible(desk: Desk) -> None:
    outcome = desk.confirm(UNIT, "24", LATE)
    assert isinstance(outcome, Decided)
    desk.not_saved(outcome.step, "磁盘已满")
    assert desk.finding(UNIT, "24") == LATE
    assert desk.unsaved == {(UNIT, "24"): "磁盘已满"}
    assert isinstance(desk.confirm(UNIT, "24", LATE), Decided)
    assert not desk.unsaved


def test_an_incomplete_form_decides_nothing_and_says_what_is_missing(desk: Desk) -> None:
    outcome = desk.confirm(UNIT, "29", Finding(rows=(FactRow(fact="reply.late", value="1"),)))
    assert isinstance(outcome, Incomplete)
    assert [question.id for question in outcome.questions] == ["form", "search", "other"]
    assert desk.finding(UNIT, "29") is None


def test_a_wrong_form_decides_nothing(desk: Desk) -> None:
    rows = (FactRow(fact="interpreted", value="9", of="8"),)
    outcome = desk.confirm(UNIT, "32", Finding(rows=rows))
    assert isinstance(outcome, Wrong)
    assert outcome.problems[0].id == "findings.part-above-whole"


def test_the_same_again_is_no_decision(desk: Desk, book: MemoryBook) -> None:
    write(desk, book, desk.confirm(UNIT, "24", LATE))
    assert isinstance(desk.confirm(UNIT, "24", LATE), Unchanged)


def test_a_changed_form_is_a_draft_until_it_is_what_it_was(desk: Desk) -> None:
    desk.keep(UNIT, "24", LATE)
    assert desk.form(UNIT, "24").finding == LATE
    desk.keep(UNIT, "24", Finding())
    assert not desk.drafts


def test_undo_and_redo_are_steps_of_their_own(desk: Desk, book: MemoryBook) -> None:
    write(desk, book, desk.confirm(UNIT, "24", LATE))
    step = desk.undo.undo()
    assert step is not None
    assert step.changes[0].after is None
    desk.saved(step, book.write(desk.show(step).changes))
    assert desk.finding(UNIT, "24") is None
    assert desk.board.facts_of(UNIT, "24").state == "open"
    again = desk.undo.redo()
    assert again is not None
    desk.show(again)
    assert desk.finding(UNIT, "24") == LATE


def test_a_new_decision_forgets_what_was_undone(desk: Desk, book: MemoryBook) -> None:
    write(desk, book, desk.confirm(UNIT, "24", LATE))
    step = desk.undo.undo()
    assert step is not None
    desk.saved(step, book.write(desk.show(step).changes))
    write(
        desk, book, desk.confirm(UNIT, "25", replace(LATE, rows=(FactRow(fact="marked", value="1", of="1"),)))
    )
    assert desk.undo.redo() is None


# --- others ----------------------------------------------------------------------------------------


def theirs(book: MemoryBook, finding: Finding) -> Event:
    event = book.decide(UNIT, "24", finding)
    assert isinstance(event.body, Decision)
    return replace(event, author="王五")


def test_decisions_of_others_appear(desk: Desk, book: MemoryBook) -> None:
    desk.prepare()
    event = theirs(book, LATE)
    assert desk.others([event]) == ((UNIT, "24"),)
    assert desk.finding(UNIT, "24") == LATE
    assert desk.board.facts_of(UNIT, "24").state == "reviewed"


def test_a_draft_over_somebody_elses_decision_is_asked_about(desk: Desk, book: MemoryBook) -> None:
    mine = replace(LATE, reason="另有一篇")
    desk.keep(UNIT, "24", mine)
    desk.others([theirs(book, LATE)])
    outcome = desk.confirm(UNIT, "24", mine)
    assert isinstance(outcome, Clash)
    assert (outcome.theirs, outcome.mine) == (LATE, mine)
    assert book.finding(UNIT, "24") == LATE


def test_either_answer_ends_a_clash(desk: Desk, book: MemoryBook) -> None:
    mine = replace(LATE, reason="另有一篇")
    desk.keep(UNIT, "24", mine)
    desk.others([theirs(book, LATE)])
    desk.adopt(UNIT, "24")
    assert (desk.finding(UNIT, "24"), desk.drafts) == (LATE, {})
    step = desk.overrule(desk.clash(UNIT, "24", mine))
    assert desk.finding(UNIT, "24") == mine
    assert step.changes[0].before == LATE


def test_an_item_that_somebody_else_decided_cannot_be_undone_blindly(desk: Desk, book: MemoryBook) -> None:
    write(desk, book, desk.confirm(UNIT, "24", LATE))
    desk.others([theirs(book, replace(LATE, reason="改"))])
    assert desk.undo.undo() is None


# --- the rest without fault ------------------------------------------------------------------------


def test_the_rest_enters_the_clean_finding_and_names_what_it_leaves_open(
    desk: Desk, book: MemoryBook
) -> None:
    unit = desk.units[UNIT]
    desk.keep(UNIT, "24", LATE)
    rest = rest_of(desk, unit)
    assert rest.drafts == ("24",)
    given = dict(rest.findings)
    assert given["7"] == Finding(state="none")
    assert "24" not in given
    assert "32" in rest.still_open
    assert "32" not in given  # a ratio alone is never answered by "no fault"
    step = desk.decide_many(UNIT, rest.findings)
    assert len(step.changes) == len(rest.findings)
    left = [
        line.id
        for line in desk.checklist(unit)
        if isinstance(line, Line) and line.state == "open" and line.asks
    ]
    assert sorted(left) == sorted({*rest.still_open, "24"})
    assert desk.undo.undo() == step.reversed
    assert desk.undo.undo() is None


def test_the_rest_keeps_what_an_open_item_has_already(desk: Desk, book: MemoryBook) -> None:
    begun = Finding(rows=(FactRow(fact="reply.late", value="1"),), reason="初评")
    book.decide(UNIT, "29", begun)
    given = dict(rest_of(desk, desk.units[UNIT]).findings)
    assert given["29"] == replace(begun, state="none")


# --- going on --------------------------------------------------------------------------------------


def test_next_open_goes_round_and_ends_when_the_unit_is_done(desk: Desk) -> None:
    unit = desk.units[UNIT]
    ids = [
        line.id
        for line in desk.checklist(unit)
        if isinstance(line, Line) and line.state == "open" and line.asks
    ]
    assert desk.next_open(unit) == ids[0]
    assert desk.next_open(unit, ids[-1]) == ids[0]
    assert Desk(example_book()).next_open(unit) is None


def test_a_preview_changes_nothing(desk: Desk) -> None:
    before = desk.board.result().units
    shown = desk.live(UNIT, "24", LATE)
    assert shown.trace is not None
    assert shown.trace.arithmetic
    assert shown.change != 0
    assert desk.board.result().units == before


def test_a_form_begun_is_tried_with_its_rest_without_fault(desk: Desk) -> None:
    form = desk.form(UNIT, "29")
    form.type("7")
    form.move(1)
    form.type("2")
    live, assumed = desk.trial(UNIT, "29", form)
    assert assumed
    assert live.trace is not None
    assert str(live.trace.points) == "4"
