"""Changes behind the program's back are detected: by the record itself, by an independent program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from govscore.errors import StorageError
from govscore.i18n import speaking
from govscore.record import Record
from govscore.record.chain import FIRST, event_hash
from govscore.record.schema import OBJECTS
from tests.unit.record.independent_verifier import faults
from tests.unit.record.samples import AUTHOR, TIME, decision, new_record, withdrawn

if TYPE_CHECKING:
    from pathlib import Path

    from govscore.events import Anchor

GUARDS = ("no_gap", "no_update", "no_delete")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed record of seven events."""
    with new_record(tmp_path) as record:
        record.append(decision(), AUTHOR, TIME)
        record.append(decision("2", replaces=2), "李四", TIME)
        record.append(withdrawn(3), AUTHOR, TIME)
        record.append_many([decision(item=each) for each in "abc"], AUTHOR, TIME)
        return record.path


def tamper(path: Path, *statements: str, guards: bool = True) -> None:
    """Does what somebody with a database program could do; puts the guards back unless told otherwise."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for name in GUARDS if guards else ():
            connection.execute(OBJECTS[name])


def found(path: Path, anchor: Anchor | None = None) -> list[str]:
    """Ids and event numbers of the problems; both verifiers must agree on whether there are any."""
    with Record.open(path, read_only=True) as record:
        problems = record.verify(anchor)
    assert bool(problems) == bool(faults(path, (anchor.number, anchor.hash) if anchor else None))
    return [f"{each.id} {each.data.get('number', '')}".strip() for each in problems]


def anchor_of(path: Path) -> Anchor:
    with Record.open(path, read_only=True) as record:
        return record.anchor


def rechain(path: Path, number: int, old: str, new: str) -> None:
    """Changes a body and computes every hash anew: what a knowing forger would do."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT number, body FROM event ORDER BY number").fetchall()
    previous, statements = FIRST, []
    for at, body in rows:
        changed = body.replace(old, new) if at == number else body
        previous = event_hash(previous, at, changed.encode())
        statements.append(
            f"UPDATE event SET body = '{changed}', hash = x'{previous.hex()}' WHERE number = {at}"
        )
    tamper(path, *statements)


def test_an_untouched_record_holds_together(path: Path) -> None:
    assert found(path) == []
    assert found(path, anchor_of(path)) == []


def test_a_changed_body_is_named(path: Path) -> None:
    tamper(path, """UPDATE event SET body = replace(body, '"value":"1"', '"value":"0"') WHERE number = 2""")
    assert found(path) == ["record.hash 2"]


def test_a_changed_author_or_time_is_named(path: Path) -> None:
    tamper(path, "UPDATE event SET body = replace(body, '李四', '王五') WHERE number = 3")
    assert found(path) == ["record.hash 3"]


def test_a_changed_hash_is_named(path: Path) -> None:
    tamper(path, "UPDATE event SET hash = zeroblob(32) WHERE number = 5")
    assert found(path) == ["record.hash 5", "record.hash 6"]


def test_a_deleted_event_leaves_a_gap(path: Path) -> None:
    tamper(path, "DELETE FROM event WHERE number = 5")
    assert found(path) == ["record.gap", "record.hash 6"]


def test_a_deleted_event_is_missed_after_renumbering(path: Path) -> None:
    tamper(
        path,
        "DELETE FROM event WHERE number = 5",
        "UPDATE event SET number = 5 WHERE number = 6",
        "UPDATE event SET number = 6 WHERE number = 7",
    )
    assert found(path) == ["record.hash 5", "record.hash 6"]


def test_two_events_cannot_change_places(path: Path) -> None:
    tamper(
        path,
        "UPDATE event SET number = 100 WHERE number = 5",
        "UPDATE event SET number = 5 WHERE number = 6",
        "UPDATE event SET number = 6 WHERE number = 100",
    )
    assert "record.hash 5" in found(path)


def test_a_cut_tail_is_noticed_with_a_remembered_anchor(path: Path) -> None:
    anchor = anchor_of(path)
    tamper(path, "DELETE FROM event WHERE number > 5")
    assert found(path) == []
    assert found(path, anchor) == ["record.cut"]


def test_a_rewritten_history_is_noticed_with_a_remembered_anchor(path: Path) -> None:
    anchor = anchor_of(path)
    rechain(path, 2, '"value":"1"', '"value":"0"')
    assert found(path) == []
    assert found(path, anchor) == ["record.other_history 7"]


def test_growth_after_the_anchor_is_no_change(path: Path) -> None:
    anchor = anchor_of(path)
    with Record.open(path) as record:
        record.append(decision(item="new"), AUTHOR, TIME)
    assert found(path, anchor) == []


@pytest.mark.parametrize(
    ("number", "old", "new", "problems"),
    [
        (2, ",", ", ", ["record.body 2"]),
        (2, '"state":""', '"state":""\t', ["record.body 2"]),
        (2, '"replaces":null', '"replaces":1', ["record.order 2"]),
        (4, '"replaces":3', '"replaces":2', ["record.order 4"]),
        (5, '"type":"decision"', '"type":"opened"', ["record.body 5"]),
        (3, "2024-12-02T", "2024-12-02 ", ["record.body 3"]),
        (1, '"type":"opened"', '"type":"later"', ["record.first 1", "record.unknown_event 1"]),
    ],
)
def test_a_body_that_does_not_fit_is_named_though_its_hashes_do(
    path: Path, number: int, old: str, new: str, problems: list[str]
) -> None:
    if '"replaces":2' in new:  # the unique index stops even this forger
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DROP INDEX one_successor")
        problems = ["record.schema", *problems]
    rechain(path, number, old, new)
    assert found(path) == problems


def test_bytes_that_are_no_text_are_named(path: Path) -> None:
    content = path.read_bytes()
    at = content.index("抽查".encode())
    path.write_bytes(content[:at] + b"\xff\xfe" + content[at + 2 :])
    (number,) = {each.split()[-1] for each in found(path)}
    assert found(path) == [f"record.hash {number}", f"record.body {number}"]
    with Record.open(path) as record, pytest.raises(StorageError) as caught:
        record.events()
    assert [(each.id, each.data["number"]) for each in caught.value.problems] == [("record.hash", number)]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            """UPDATE event SET body = replace(body, '"value":"1"', '"value":"0"') WHERE number = 2""",
            "event 2 was changed",
        ),
        ("UPDATE event SET body = replace(body, '李四', '王五') WHERE number = 3", "event 3 was changed"),
        ("DELETE FROM event WHERE number = 5", "after event 4 comes event 6"),
        ("UPDATE event SET hash = zeroblob(32) WHERE number = 7", "event 7 was changed"),
        (
            "UPDATE event SET number = -1 WHERE number = 1",
            "after event 0 comes event -1",
        ),
    ],
)
def test_whoever_reads_the_events_is_told_the_first_that_does_not_fit(
    path: Path, statement: str, named: str
) -> None:
    tamper(path, statement)
    with speaking("en"), Record.open(path) as record, pytest.raises(StorageError, match=named):
        record.events()


def test_events_added_by_others_are_checked_against_the_last_one_known(path: Path) -> None:
    with Record.open(path) as record:
        assert len(record.events_since(5)) == 2
        tamper(path, "UPDATE event SET body = replace(body, '张三', '王五') WHERE number = 7")
        with pytest.raises(StorageError):
            record.events_since(5)


def test_a_cut_tail_cannot_be_noticed_without_an_anchor(path: Path) -> None:
    """What is left fits together; only a remembered anchor shows that there was more."""
    anchor = anchor_of(path)
    tamper(path, "DELETE FROM event WHERE number > 5")
    with Record.open(path) as record:
        assert len(record.events()) == 5
        assert [each.id for each in record.verify(anchor)] == ["record.cut"]


def test_missing_guards_make_a_record_read_only(path: Path) -> None:
    tamper(path, guards=False)
    with Record.open(path) as record:
        assert record.read_only
        assert record.problems[0].data["detail"] == "no_delete, no_gap, no_update"
        assert [each.id for each in record.verify()] == ["record.schema"]


def test_an_emptied_record_is_noticed(path: Path) -> None:
    tamper(path, "DELETE FROM event")
    assert found(path) == ["record.first 1"]


def test_a_damaged_page_is_noticed(path: Path) -> None:
    with Record.open(path) as record:
        record.append_many([decision(item=f"i{number}") for number in range(400)], AUTHOR, TIME)
    content = bytearray(path.read_bytes())
    page = content.index(b'"item":"i200"') // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    path.write_bytes(content)
    with Record.open(path, read_only=True) as record:
        assert "record.damaged" in {each.id for each in record.verify()}
        with pytest.raises(StorageError) as caught:
            record.events()
    assert [each.id for each in caught.value.problems] == ["record.damaged"]


def test_verifying_changes_nothing(path: Path) -> None:
    tamper(path, "UPDATE event SET hash = zeroblob(32) WHERE number = 5")
    before = path.read_bytes()
    found(path)
    assert path.read_bytes() == before
