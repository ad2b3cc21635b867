"""What a list of events means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.events import Approved, Returned, Submitted
from govscore.record import approval_steps, approvals, decisive, history, latest
from tests.unit.record.samples import AUTHOR, TIME, decision, new_record, withdrawn

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.events import Body


def test_the_last_decision_is_in_force_and_a_withdrawn_one_is_gone(tmp_path: Path) -> None:
    with new_record(tmp_path) as record:
        record.append_many([decision(), decision("2", replaces=2), decision(item="7")], AUTHOR, TIME)
        assert {where: event.number for where, event in decisive(record.events()).items()} == {
            ("jy", "29", ""): 3,
            ("jy", "7", ""): 4,
        }
        record.append_many([withdrawn(3), decision(item="7", replaces=4), decision(unit="cz")], AUTHOR, TIME)
        events = record.events()
    assert {where: event.number for where, event in decisive(events).items()} == {
        ("jy", "7", ""): 6,
        ("cz", "29", ""): 7,
    }
    assert latest(events)["jy", "29", ""].number == 5
    assert [event.number for event in history(events, "jy", "29")] == [2, 3, 5]
    assert history(events, "jy", "nothing") == ()


def test_approvals_are_listed_as_they_stand(tmp_path: Path) -> None:
    bodies: list[Body] = [
        Submitted(result_digest="a", head="h"),
        Returned(result_digest="a", head="h", reason="r"),
        Submitted(result_digest="b", head="h"),
        Approved(result_digest="b", head="h"),
    ]
    with new_record(tmp_path) as record:
        added = record.append_many([*bodies, decision()], "李四", TIME)
        events = record.events()
    assert approval_steps(events) == added[:4]
    assert approvals(events) == added[3:4]
