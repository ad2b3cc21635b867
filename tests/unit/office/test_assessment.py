"""Deciding: on disk first, then on the board; and never over somebody else's decision."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from govscore.errors import InputError, RefusedError
from govscore.events import Decision, DecisionWithdrawn, FactRow, Finding
from govscore.office.findings import rows_of
from govscore.office.folder import open_folder
from govscore.record import ConflictError, Record
from govscore.review.undo import Change
from govscore.scoring.score import score
from tests.unit.office.folders import TIME, begun

if TYPE_CHECKING:
    from pathlib import Path

FAULT = Finding(rows=(FactRow(fact="form", value="2"),), state="none", reason="两处要件不全")
NOTHING = Finding(state="none")


def test_a_decision_is_on_disk_and_on_the_board(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        event = assessment.decide("jiaoyu", "1", FAULT)
        assert (event.number, event.author, event.time) == (2, "张三", TIME.isoformat())
        assert str(assessment.result()["jiaoyu"].items["1"].points) == "49"
        assert assessment.finding("jiaoyu", "1") == FAULT
        assert assessment.decision_event("jiaoyu", "1") == event
        assert assessment.decided == 1
        with Record.open(tmp_path / "record.sqlite", read_only=True) as record:
            assert record.events()[-1] == event


def test_a_second_decision_names_the_one_it_replaces(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        assessment.decide("jiaoyu", "1", FAULT)
        assessment.withdraw("jiaoyu", "1", "弄错了")
        assert assessment.finding("jiaoyu", "1") is None
        assert assessment.result()["jiaoyu"].items["1"].state == "open"
        body = assessment.decide("jiaoyu", "1", NOTHING).body
        assert isinstance(body, Decision)
        assert body.replaces == 3


def test_a_wrong_finding_is_told_before_it_is_saved(tmp_path: Path) -> None:
    wrong = Finding(rows=(FactRow(fact="form", value="zwei"), FactRow(fact="farm", value="1")))
    with begun(tmp_path) as assessment:
        problems = assessment.check("jiaoyu", "1", wrong)
        assert {each.id for each in problems} == {"findings.not-a-number", "findings.unknown-fact"}
        with pytest.raises(InputError) as caught:
            assessment.decide("jiaoyu", "1", wrong)
        assert {each.id for each in caught.value.problems} == {each.id for each in problems}
        assert len(assessment.events) == 1
        assert assessment.check("jiaoyu", "1", FAULT) == ()


def test_several_findings_are_saved_together_or_not_at_all(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        with pytest.raises(InputError):
            assessment.decide_many([("jiaoyu", "1", NOTHING), ("jiaoyu", "9", NOTHING)])
        assert len(assessment.events) == 1
        assert assessment.decide_many([]) == ()
        events = assessment.decide_many(
            [("jiaoyu", "1", NOTHING), ("jiaoyu", "2", NOTHING), ("jiaoyu", "1", FAULT)]
        )
        assert [event.number for event in events] == [2, 3, 4]
        assert assessment.finding("jiaoyu", "1") == FAULT


def test_who_comes_second_gets_the_others_decision(tmp_path: Path) -> None:
    with begun(tmp_path) as first, open_folder(tmp_path, author="李四") as second:
        theirs = second.decide("jiaoyu", "1", FAULT)
        with pytest.raises(ConflictError) as caught:
            first.decide("jiaoyu", "1", NOTHING)
        assert caught.value.other == theirs
        assert first.finding("jiaoyu", "1") is None
        assert first.refresh() == (theirs,)
        assert first.finding("jiaoyu", "1") == FAULT
        first.decide("jiaoyu", "1", NOTHING)
        assert second.refresh()[-1].author == "张三"
        assert second.finding("jiaoyu", "1") == NOTHING


def test_decisions_of_others_are_applied_with_ones_own_and_told_by_refresh(tmp_path: Path) -> None:
    with begun(tmp_path) as first, open_folder(tmp_path, author="李四") as second:
        theirs = second.decide("dongjie", "1", FAULT)
        first.decide("jiaoyu", "1", NOTHING)
        assert first.finding("dongjie", "1") == FAULT
        assert first.refresh() == (theirs,)
        assert first.refresh() == ()
        second.withdraw("dongjie", "1")
        first.refresh()
        assert first.result()["dongjie"].items["1"].state == "open"


def test_the_board_is_always_that_of_scoring_from_scratch(tmp_path: Path) -> None:
    with begun(tmp_path, imported=True) as assessment:
        assessment.decide("jiaoyu", "1", FAULT)
        assessment.withdraw("dongjie", "6")
        assessment.decide("xijie", "3", Finding(state="na", reason="无"))
        rows = [
            row
            for unit in assessment.units
            for item in assessment.scheme.entries
            if (finding := assessment.finding(unit.unit, item))
            for row in rows_of(unit.unit, item, finding)
        ]
        from govscore.scoring.facts import read_facts

        scratch = score(
            assessment.scheme, read_facts(rows, assessment.scheme, assessment.units), assessment.units
        )
        assert assessment.result().units == scratch.units
    with open_folder(tmp_path) as again:
        assert again.result().units == scratch.units


def test_the_whole_way_to_an_approval(tmp_path: Path) -> None:
    with begun(tmp_path, imported=True) as assessment:
        assert assessment.state() == "reviewing"
        assessment.submit("第一稿")
        assert assessment.state() == "pending"
    with open_folder(tmp_path, author="赵主任") as leader:
        event = leader.approve()
        assert leader.state() == leader.standing().state == "approved"
        assert leader.standing().approved_at == event.time
    with open_folder(tmp_path, author="张三") as reviewer:
        assert reviewer.state() == "approved"
        reviewer.decide("jiaoyu", "1", NOTHING)
        assert reviewer.state() == reviewer.standing().state == "pending"
        assert reviewer.standing().dropped
        reviewer.submit()
    with open_folder(tmp_path, author="赵主任") as leader:
        assert leader.state() == "pending"
        leader.send_back("请复核教育局")
        assert leader.standing().words() == "已退回"
        assert leader.anchor().number == len(leader.events)


def test_the_leader_sees_what_came_in_since_the_folder_was_opened(tmp_path: Path) -> None:
    """Approving looks at the record again first."""
    with begun(tmp_path, imported=True) as assessment, open_folder(tmp_path, author="赵主任") as leader:
        assessment.submit()
        assessment.decide("jiaoyu", "1", FAULT)
        with pytest.raises(RefusedError) as caught:
            leader.approve()
        assert [each.id for each in caught.value.problems] == ["approval.changed"]


def test_the_digest_is_the_same_on_every_opening(tmp_path: Path) -> None:
    with begun(tmp_path, imported=True) as assessment:
        digests = {assessment.standing().result_digest}
    for _ in range(2):
        with open_folder(tmp_path, read_only=True) as again:
            digests.add(again.standing().result_digest)
    assert len(digests) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from govscore.events import Finding
from govscore.office.folder import open_folder
assessment = open_folder(Path(sys.argv[1]), author="张三")
assessment.decide("jiaoyu", "1", Finding(state="na", reason="停"))
print("saved", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_what_was_said_to_be_saved_survives_a_kill(tmp_path: Path) -> None:
    with begun(tmp_path, imported=True) as assessment:
        assessment.submit()
    with open_folder(tmp_path, author="赵主任") as leader:
        leader.approve()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "saved\n"), done.stderr
    with open_folder(tmp_path) as assessment:
        assert assessment.finding("jiaoyu", "1") == Finding(state="na", reason="停")
        assert (assessment.state(), assessment.standing().dropped) == ("pending", True)


# --- writing over what was seen --------------------------------------------------------------------


def change(item: str, after: Finding | None, replaces: int) -> Change:
    return Change(unit="jiaoyu", item=item, before=None, after=after, replaces=replaces)


def test_decisions_and_withdrawals_are_written_in_one_transaction(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        assessment.write([change("1", FAULT, 0), change("2", NOTHING, 0)])
        events = assessment.write([change("2", None, 3), change("1", NOTHING, 2)])
        assert [event.number for event in events] == [4, 5]
        assert isinstance(events[0].body, DecisionWithdrawn)
        assert assessment.finding("jiaoyu", "2") is None
        assert assessment.finding("jiaoyu", "1") == NOTHING


def test_of_several_changes_none_is_written_if_one_does_not_replace_what_holds(tmp_path: Path) -> None:
    """The book knows their decision already; what counts is what the author of the change has seen."""
    with begun(tmp_path) as first, open_folder(tmp_path, author="李四") as second:
        first.write([change("1", FAULT, 0), change("2", NOTHING, 0)])
        second.refresh()
        theirs = second.decide("jiaoyu", "2", Finding(state="na", reason="停"))
        first.refresh()
        with pytest.raises(ConflictError) as caught:
            first.write([change("1", None, 2), change("2", None, 3)])
        assert caught.value.other == theirs
        assert len(first.events) == 4
        assert first.finding("jiaoyu", "1") == FAULT
        with pytest.raises(ConflictError):
            first.write([change("2", NOTHING, 3)])


def test_what_was_never_decided_is_not_withdrawn(tmp_path: Path) -> None:
    """An undo of what never reached the disk writes nothing; over somebody else's decision it is refused."""
    with begun(tmp_path) as first, open_folder(tmp_path, author="李四") as second:
        assert first.write([change("1", None, 0)]) == ()
        second.decide("jiaoyu", "1", FAULT)
        first.refresh()
        with pytest.raises(ConflictError):
            first.write([change("1", None, 0)])


def test_what_held_at_an_earlier_event_can_be_asked_for(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        assessment.decide("jiaoyu", "1", FAULT)
        assessment.withdraw("jiaoyu", "1")
        last = assessment.decide("jiaoyu", "1", NOTHING)
        held = [assessment.held("jiaoyu", "1", until) for until in (1, 2, 3, 4)]
        assert [each.finding for each in held] == [None, FAULT, None, NOTHING]
        assert [each.number for each in held] == [0, 2, 3, 4]
        assert held[-1].event == last


def test_why_nothing_can_be_decided(tmp_path: Path) -> None:
    with begun(tmp_path) as assessment:
        assert assessment.hindrance() is None
    for author, id in (("", "office.who"), ("赵六", "office.not-on-roster"), ("赵主任", "office.wrong-role")):
        with open_folder(tmp_path, author=author) as assessment:
            hindrance = assessment.hindrance()
            assert hindrance is not None
            assert hindrance.id == id
    with open_folder(tmp_path, author="张三", read_only=True) as assessment:
        hindrance = assessment.hindrance()
        assert hindrance is not None
        assert hindrance.id == "record.read_only"
