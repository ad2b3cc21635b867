"""An approval holds for one exact result; whatever changes it drops it, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govscore.approval.standing import state_without_scoring
from govscore.events import Approved, FactRow, Finding, Unknown
from govscore.i18n import speaking
from tests.unit.approval.samples import LEADER, Log, findings, reviewed

FAULT = Finding(rows=(FactRow(fact="form", value="2"),), state="none")


@pytest.fixture
def approved() -> Log:
    log = reviewed()
    log.submit()
    log.approve()
    return log


def test_before_anybody_submits_it_is_under_review() -> None:
    standing = Log().standing()
    assert (standing.state, standing.provisional, standing.dropped) == ("reviewing", True, False)
    assert standing.open_units == 4
    assert standing.words() == "评审中 · 暂排"
    assert reviewed().standing().words() == "评审中"


def test_a_submitted_result_awaits_approval() -> None:
    log = reviewed()
    log.submit()
    standing = log.standing()
    assert standing.words() == "待审批"
    assert (standing.submitted_by, standing.approved_by) == ("张三", "")


def test_an_approved_result_is_approved(approved: Log) -> None:
    standing = approved.standing()
    assert standing.words() == "已批准"
    assert (standing.approved_by, standing.dropped, standing.what_changed) == (LEADER, False, ())


def test_a_changed_decision_drops_the_approval_and_says_what_changed(approved: Log) -> None:
    approved.decide("jiaoyu", "1", FAULT, "李四")
    standing = approved.standing()
    assert (standing.state, standing.dropped) == ("pending", True)
    assert standing.approved_by == LEADER
    changes = {(each.kind, each.unit, each.item, each.before, each.after) for each in standing.what_changed}
    assert changes == {
        ("decided_anew", "jiaoyu", "1", "", ""),
        ("total", "jiaoyu", "", "97", "98"),
    }
    with speaking("en"):
        assert "教育局: total 97 → 98" in [each.words() for each in standing.what_changed]


def test_a_decision_that_changes_no_number_drops_it_too(approved: Log) -> None:
    """Another reason for the same points is another result: the leader consented to the reasons, too."""
    same = findings()["caizheng", "3"]
    approved.decide("caizheng", "3", Finding(state="na", reason=same.reason + "（补正）"))
    standing = approved.standing()
    assert standing.dropped
    assert [each.kind for each in standing.what_changed] == ["decided_anew"]


def test_changing_back_does_not_bring_the_approval_back(approved: Log) -> None:
    """The decisive event is another one, even if it says the same."""
    before = findings()["jiaoyu", "1"]
    approved.decide("jiaoyu", "1", FAULT)
    approved.decide("jiaoyu", "1", before)
    standing = approved.standing()
    assert (standing.state, standing.dropped) == ("pending", True)
    assert [each.kind for each in standing.what_changed] == ["decided_anew"]


def test_a_withdrawn_decision_drops_it(approved: Log) -> None:
    approved.withdraw("dongjie", "6")
    standing = approved.standing()
    assert (standing.state, standing.provisional, standing.dropped) == ("pending", True, True)
    assert standing.words() == "待审批 · 暂排"
    kinds = {each.kind for each in standing.what_changed if each.unit == "dongjie"}
    assert kinds == {"withdrawn", "state", "total", "rank", "grade"}


def test_a_decision_that_came_and_went_does_not_drop_it(approved: Log) -> None:
    """What is in force, and so the result, is exactly what was approved."""
    approved.decide("caizheng", "4", Finding(state="none"))
    assert approved.standing().state == "pending"
    approved.withdraw("caizheng", "4")
    assert approved.standing().state == "approved"


def test_events_that_do_not_touch_the_result_do_not_drop_it(approved: Log) -> None:
    approved.add(Unknown(type="reply_received", text="{}"))
    assert approved.standing().state == "approved"


def test_a_dropped_approval_needs_a_new_submission(approved: Log) -> None:
    approved.decide("jiaoyu", "1", FAULT)
    approved.submit()
    assert approved.standing().words() == "待审批"
    assert not approved.standing().dropped
    assert approved.standing().approved_by == ""
    approved.approve()
    assert approved.standing().state == "approved"


def test_a_submission_whose_result_changed_is_under_review_again() -> None:
    log = reviewed()
    log.submit()
    log.decide("jiaoyu", "1", FAULT)
    standing = log.standing()
    assert (standing.state, standing.dropped) == ("reviewing", True)
    assert standing.what_changed


def test_a_return_holds_until_something_changes() -> None:
    log = reviewed()
    log.submit()
    log.send_back()
    standing = log.standing()
    assert (standing.words(), standing.returned_reason, standing.returned_by) == ("已退回", "请复核", LEADER)
    log.decide("jiaoyu", "1", FAULT)
    assert log.standing().state == "reviewing"
    assert log.standing().returned_reason == "请复核"
    assert not log.standing().dropped


def test_a_returned_result_can_be_submitted_again() -> None:
    log = reviewed()
    log.submit()
    log.send_back()
    log.submit()
    assert (log.standing().state, log.standing().returned_reason) == ("pending", "")


@pytest.mark.parametrize("author", ["张三", "李四", "路人"])
def test_an_approval_by_somebody_not_entitled_is_none(author: str) -> None:
    """Neither by whoever reviewed, though with the role, nor by one without it, however it got there."""
    log = reviewed()
    log.decide("jiaoyu", "1", FAULT, "李四")
    log.submit()
    log.approve(author)
    assert (log.standing().state, log.standing().approved_by) == ("pending", "")
    log.send_back(author)
    assert log.standing().state == "pending"


def test_the_events_alone_tell_the_state_where_they_can(approved: Log) -> None:
    """The quick answer is the full one, or none."""

    def agrees(log: Log) -> str | None:
        quick = state_without_scoring(log.events)
        assert quick in (None, log.standing().state)
        return quick

    assert agrees(reviewed()) == "reviewing"
    assert agrees(approved) is None
    approved.decide("jiaoyu", "1", FAULT)
    assert agrees(approved) == "pending"
    approved.submit()
    assert agrees(approved) is None
    approved.decide("jiaoyu", "1", FAULT)
    assert agrees(approved) == "reviewing"


def test_another_digest_without_another_decision_is_told(approved: Log) -> None:
    """Such as after an upgrade that computes other numbers."""
    head = approved.events[-2].hash
    approved.events[-1] = replace(approved.events[-1], body=Approved(result_digest="0" * 64, head=head))
    standing = approved.standing()
    assert (standing.state, standing.dropped) == ("pending", True)
    assert [each.kind for each in standing.what_changed] == ["computation"]
    with speaking("en"):
        assert "though no decision changed" in standing.what_changed[0].words()
