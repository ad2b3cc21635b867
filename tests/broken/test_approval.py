"""Every refusal on the way to approval, by id, with the words that tell what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from govscore.approval import digest
from govscore.events import FactRow, Finding
from govscore.i18n import speaking
from govscore.office.folder import open_folder
from tests.broken.small import problems_of
from tests.unit.office.folders import LEADERS, REVIEWERS, begun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govscore.errors import Problem

Broken = tuple[list["Problem"], list[str]]
"""Problems, and words that the first of them holds."""
FAULT: Final = Finding(rows=(FactRow(fact="form", value="2"),), state="none")
SOMEBODY, SECOND = REVIEWERS
LEADER = LEADERS[0]


def submitted(folder: Path) -> None:
    """Everything is decided and put before the leader."""
    with begun(folder, imported=True) as assessment:
        assessment.submit()


def approve(folder: Path, author: str = LEADER) -> None:
    with open_folder(folder, author=author) as assessment:
        assessment.approve()


def open_items(folder: Path) -> Broken:
    """Every open unit is named, with all its open items."""
    with begun(folder) as assessment:
        for unit in ("caizheng", "dongjie", "xijie"):
            assessment.decide(unit, "v", Finding(state="none"))
        problems = problems_of(assessment.submit)
    assert len(problems) == 4
    return problems, ["教育局 (jiaoyu) has open items: 1, 2, 3, 4, v"]


def already_submitted(folder: Path) -> Broken:
    submitted(folder)
    with open_folder(folder, author=SOMEBODY) as assessment:
        return problems_of(assessment.submit), ["by 张三 at 2025-01-06T09:30:00+08:00"]


def already_approved(folder: Path) -> Broken:
    submitted(folder)
    approve(folder)
    with open_folder(folder, author=SOMEBODY) as assessment:
        assert [each.id for each in problems_of(assessment.submit)] == ["approval.already-approved"]
    return problems_of(lambda: approve(folder)), ["approved by 赵主任"]


def still_returned(folder: Path) -> Broken:
    submitted(folder)
    with open_folder(folder, author=LEADER) as assessment:
        assessment.send_back("请复核教育局")
        return problems_of(assessment.approve), ["请复核教育局", "submitted after its return"]


def not_submitted(folder: Path) -> Broken:
    begun(folder, imported=True).close()
    return problems_of(lambda: approve(folder)), ["no result was submitted", "govscore submit"]


def changed(folder: Path) -> Broken:
    submitted(folder)
    with open_folder(folder, author=SOMEBODY) as assessment:
        assessment.decide("jiaoyu", "1", FAULT)
    return problems_of(lambda: approve(folder)), [
        "changed since then: 1, the first on 教育局, item 1, by 张三"
    ]


def reviewed(folder: Path) -> Broken:
    """A leader who reviewed, though only once and though it was withdrawn."""
    begun(folder, imported=True).close()
    with open_folder(folder, author=SECOND) as assessment:
        assessment.decide("jiaoyu", "1", FAULT)
        assessment.submit()
        problems = problems_of(assessment.approve)
        assert problems_of(lambda: assessment.send_back("x"))[0].id == "approval.reviewed"
    return problems, ["李四 reviewed in this assessment: 1 decisions", "unit jiaoyu, item 1"]


def began(folder: Path) -> Broken:
    begun(folder, author=SECOND).close()
    with open_folder(folder, author=SECOND) as assessment:
        return problems_of(assessment.approve), ["李四 began this record"]


def reason_needed(folder: Path) -> Broken:
    submitted(folder)
    with open_folder(folder, author=LEADER) as assessment:
        return problems_of(lambda: assessment.send_back("  ")), ["without a reason", "--reason"]


def computed_differently(folder: Path) -> Broken:
    """As after an upgrade that computes other numbers."""
    submitted(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digest, "ARITHMETIC_EDITION", 2)
        return problems_of(lambda: approve(folder)), ["though no decision changed"]


CASES: Final[dict[str, Callable[[Path], Broken]]] = {
    "approval.open-items": open_items,
    "approval.already-submitted": already_submitted,
    "approval.already-approved": already_approved,
    "approval.still-returned": still_returned,
    "approval.not-submitted": not_submitted,
    "approval.changed": changed,
    "approval.computed-differently": computed_differently,
    "approval.reviewed": reviewed,
    "approval.began": began,
    "approval.reason-needed": reason_needed,
}


@pytest.mark.parametrize("id", CASES)
def test_a_refused_step_is_told_under_its_id(id: str, tmp_path: Path) -> None:
    problems, words = CASES[id](tmp_path)
    assert problems[0].id == id
    with speaking("en"):
        for each in words:
            assert each in str(problems[0])


@pytest.mark.parametrize("id", CASES)
def test_a_refused_step_leaves_no_trace(id: str, tmp_path: Path) -> None:
    """The last event is never the refused step."""
    CASES[id](tmp_path)
    with open_folder(tmp_path, read_only=True) as assessment:
        authors = [event.author for event in assessment.events if type(event.body).__name__ == "Approved"]
        assert authors == ([LEADER] if id == "approval.already-approved" else [])
