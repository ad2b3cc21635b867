"""Several reviewers at one record: each decides for themselves, sees the others' facts afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from govscore.errors import RefusedError
from govscore.events import FactRow, Finding
from govscore.office.folder import open_folder
from govscore.office.init import init_folder
from govscore.record import Record
from govscore.review.checklist import Line
from govscore.review.desk import Decided, Desk, Unchanged
from govscore.scoring.raters import raters_of
from govscore.scoring.score import score
from tests.unit.office.folders import clock

if TYPE_CHECKING:
    from govscore.office.assessment import Assessment

EXAMPLE: Final = Path(__file__).parents[3] / "examples" / "raters-sample"
PEOPLE: Final = ("张三", "王五", "赵六", "李主任")
UNIT: Final = "bureau-1"
ITEM: Final = "reading"


def level(word: str, reason: str = "") -> Finding:
    return Finding(rows=(FactRow(fact="level", value=word),), reason=reason)


def begin(folder: Path, *, imported: bool = False, reviewers: tuple[str, ...] = PEOPLE) -> Assessment:
    return init_folder(
        folder,
        scheme=EXAMPLE / "scheme.toml",
        units=EXAMPLE / "units.csv",
        reviewers=reviewers,
        leaders=["周局长"],
        author="张三",
        findings=EXAMPLE / "findings.csv" if imported else None,
        clock=clock,
    )


def sit(folder: Path, name: str) -> Assessment:
    return open_folder(folder, author=name, clock=clock)


def item_points(assessment: Assessment, item: str = ITEM) -> str:
    found = assessment.result()[UNIT].items[item]
    return found.state if found.points is None else str(found.points)


def test_each_reviewer_decides_beside_the_others(tmp_path: Path) -> None:
    """8 and 8 are near: (8 + 8) ÷ 2 = 8; who decides again replaces only the own decision."""
    begin(tmp_path).close()
    with sit(tmp_path, "张三") as one, sit(tmp_path, "王五") as two:
        one.decide(UNIT, ITEM, level("good"))
        assert item_points(one) == "open"
        second = two.decide(UNIT, ITEM, level("fair"))  # without having seen the first, and no conflict
        assert item_points(two) == "open"  # 8 and 6.5 are 1.5 apart
        again = two.decide(UNIT, ITEM, level("good"))
        assert again.body.replaces == second.number  # type: ignore[union-attr]
        assert item_points(two) == "8"
        one.refresh()
        assert item_points(one) == "8"
        assert one.finding(UNIT, ITEM) == level("good")
        two.withdraw(UNIT, ITEM)
        assert item_points(two) == "open"
    with Record.open(tmp_path / "record.sqlite", read_only=True) as record:
        assert record.verify() == []


def test_the_board_is_that_of_scoring_the_decisions_from_scratch(tmp_path: Path) -> None:
    begin(tmp_path).close()
    with sit(tmp_path, "张三") as one, sit(tmp_path, "王五") as two, sit(tmp_path, "赵六") as three:
        for desk, word in ((one, "good"), (two, "plain"), (three, "plain")):
            desk.decide(UNIT, ITEM, level(word))
        one.refresh()
        fresh = sit(tmp_path, "张三")
        assert (
            one.result().units
            == fresh.result().units
            == score(fresh.scheme, fresh.result().facts, fresh.units).units
        )
        assert item_points(one) == "4"
        fresh.close()


def test_findings_of_a_table_become_each_reviewers_decisions(tmp_path: Path) -> None:
    """The record gives the same result as the table, and each sees the own finding."""
    with begin(tmp_path, imported=True) as assessment:
        assert [str(unit.total) for unit in assessment.result()] == ["19.5", "10.5", "18.25", "None"]
        assert {event.author for event in assessment.events} == {"张三"}
    with sit(tmp_path, "王五") as other:
        assert other.finding("bureau-2", ITEM) == level("plain")
        assert other.finding("bureau-4", "service") is None


def test_whoever_is_named_must_be_on_the_roster(tmp_path: Path) -> None:
    """The leader of the scheme, and every reviewer of the findings."""
    with pytest.raises(RefusedError) as caught:
        begin(tmp_path / "a", reviewers=("张三", "王五"))
    assert "李主任" in str(caught.value)
    with pytest.raises(RefusedError) as caught:
        begin(tmp_path / "b", imported=True, reviewers=("张三", "王五", "李主任"))
    assert "赵六" in str(caught.value)


def test_whose_finding_was_imported_does_not_approve(tmp_path: Path) -> None:
    from govscore.approval.people import decisions_of

    with begin(tmp_path, imported=True) as assessment:
        assert decisions_of(assessment.events, "李主任")
        assert not decisions_of(assessment.events, "周局长")


def test_a_glance_counts_every_decision_and_each_item_once(tmp_path: Path) -> None:
    """29 decisions on 13 items of 4 units; the status says what each open item waits for."""
    from govscore.cli.standing import standing_lines
    from govscore.office.glance import glance
    from govscore.office.peek import peek

    begin(tmp_path, imported=True).close()
    seen = peek(tmp_path / "record.sqlite")
    assert (seen.decisions, seen.decided_units) == (29, 4)
    lines, _following = standing_lines(tmp_path, glance(tmp_path))
    assert "    reading：张三、王五相差过大，需要第三名评审人" in lines
    assert "    report：张三、王五的核定不一致" in lines


# --- the desk ---------------------------------------------------------------------------------------


def confirm(desk: Desk, book: Assessment, finding: Finding, item: str = ITEM) -> None:
    outcome = desk.confirm(UNIT, item, finding)
    assert isinstance(outcome, Decided)
    desk.saved(outcome.step, book.write(outcome.step.changes))


def state(desk: Desk, item: str = ITEM) -> str:
    lines = (line for line in desk.checklist(desk.units[UNIT]) if isinstance(line, Line))
    return next(line.state for line in lines if line.id == item)


def told(desk: Desk, finding: Finding | None = None) -> tuple[str, ...]:
    trace = desk.live(UNIT, ITEM, finding).trace
    assert trace is not None
    return (*(step.text for step in trace.steps), *trace.details, *trace.reasons)


def test_nobody_sees_the_others_facts_before_having_decided(tmp_path: Path) -> None:
    begin(tmp_path).close()
    with sit(tmp_path, "张三") as one, sit(tmp_path, "王五") as two:
        first, second = Desk(one), Desk(two)
        confirm(first, one, level("good", "形式多样"))
        second.others(two.refresh())
        assert second.finding(UNIT, ITEM) is None
        assert second.form(UNIT, ITEM).finding == Finding()
        seen = " ".join(told(second, level("plain")))
        assert "照抄原文" in seen  # the own facts
        assert "形式多样" not in seen
        assert "已评：张三；还差 1 人" in seen
        assert second.live(UNIT, ITEM, level("good")).change == 0
        confirm(second, two, level("good"))
        assert "张三 8分、王五 8分；取平均：(8 + 8) ÷ 2 = 8" in " ".join(told(second))


def test_the_checklist_tells_whose_turn_it_is(tmp_path: Path) -> None:
    """Who has decided waits; two far apart want a third; three far apart the leader."""
    begin(tmp_path).close()
    books = {name: sit(tmp_path, name) for name in PEOPLE}
    desks = {name: Desk(book) for name, book in books.items()}

    def states() -> list[str]:
        for name, desk in desks.items():
            desk.others(books[name].refresh())
        return [state(desks[name]) for name in PEOPLE]

    assert states() == ["open", "open", "open", "open"]
    confirm(desks["张三"], books["张三"], level("good"))
    assert states() == ["waiting", "open", "open", "open"]
    confirm(desks["王五"], books["王五"], level("plain"))
    assert states() == ["waiting", "waiting", "open", "open"]
    confirm(desks["赵六"], books["赵六"], level("fair"))
    assert states() == ["waiting", "waiting", "waiting", "open"]
    raters = raters_of(books["张三"].board, UNIT, ITEM)
    assert raters is not None
    assert raters.words() == "各评审人始终不接近，由李主任裁定"
    assert raters.words() in told(desks["李主任"])
    confirm(desks["李主任"], books["李主任"], level("fair"))
    assert states() == ["reviewed"] * 4
    for book in books.values():
        book.close()


def test_a_decision_of_another_reviewer_contests_nothing(tmp_path: Path) -> None:
    """A draft stays and is decided without a question; undo still takes the own decision back."""
    begin(tmp_path).close()
    with sit(tmp_path, "张三") as one, sit(tmp_path, "王五") as two:
        first, second = Desk(one), Desk(two)
        second.keep(UNIT, ITEM, level("fair"))
        confirm(first, one, level("good"))
        second.others(two.refresh())
        confirm(second, two, level("fair"))
        first.others(one.refresh())
        step = first.undo.undo()
        assert step is not None
        step = first.show(step)
        first.saved(step, one.write(step.changes))
        assert one.finding(UNIT, ITEM) is None
        assert item_points(one) == "open"
        assert isinstance(second.confirm(UNIT, ITEM, level("fair")), Unchanged)


def test_the_shown_board_equals_that_of_the_record(tmp_path: Path) -> None:
    begin(tmp_path).close()
    with sit(tmp_path, "张三") as one, sit(tmp_path, "王五") as two:
        first, second = Desk(one), Desk(two)
        confirm(first, one, level("good"))
        confirm(second, two, level("good"))
        second.others(two.refresh())
        first.others(one.refresh())
        for desk, book in ((first, one), (second, two)):
            assert desk.board.unit(UNIT) == book.board.unit(UNIT)
            assert str(desk.board.unit(UNIT).items[ITEM].points) == "8"
