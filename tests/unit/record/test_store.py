"""The record as its users see it: append, read, conflicts, transactions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from govscore.errors import InputError, RefusedError, StorageError
from govscore.events import Anchor, Approved, Returned, Submitted, Unknown
from govscore.record import ConflictError, Record, decisive
from govscore.record.schema import connect
from tests.unit.record.samples import AUTHOR, OPENED, TIME, decision, new_record, withdrawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with new_record(tmp_path) as record:
        yield record


def test_a_new_record_holds_its_opening(record: Record) -> None:
    (first,) = record.events()
    assert (first.number, first.author, first.time, first.body) == (1, AUTHOR, TIME, OPENED)
    assert record.anchor == Anchor(number=1, hash=first.hash)
    assert not record.read_only
    assert record.verify() == []


def test_an_event_comes_back_as_it_was_returned(record: Record) -> None:
    bodies = (
        decision(),
        withdrawn(2),
        Submitted(result_digest="d", head="h", note="n"),
        Returned(result_digest="d", head="h", reason="r"),
        Approved(result_digest="d", head="h", note=""),
    )
    appended = tuple(record.append(body, AUTHOR, TIME) for body in bodies)
    assert tuple(event.body for event in appended) == bodies
    path = record.path
    record.close()
    with Record.open(path) as again:
        assert again.events()[1:] == appended
        assert again.events_since(4) == appended[3:]
        assert again.anchor.hash == appended[-1].hash
        assert again.verify() == []


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    new_record(tmp_path).close()
    assert [each.name for each in tmp_path.iterdir()] == ["record.sqlite"]
    Record.open(tmp_path / "record.sqlite", read_only=True).close()
    assert [each.name for each in tmp_path.iterdir()] == ["record.sqlite"]


def test_a_second_decision_that_ignores_the_first_is_a_conflict_that_shows_it(record: Record) -> None:
    first = record.append(decision(), "李四", TIME)
    with pytest.raises(ConflictError) as caught:
        record.append(decision("2"), AUTHOR, TIME)
    assert caught.value.other == first
    assert [each.id for each in caught.value.problems] == ["record.conflict"]
    assert len(record.events()) == 2
    second = record.append(decision("2", replaces=first.number), AUTHOR, TIME)
    with pytest.raises(ConflictError) as caught:
        record.append(withdrawn(first.number), AUTHOR, TIME)
    assert caught.value.others == (second,)


def test_replacing_what_never_was_is_a_conflict_without_other(record: Record) -> None:
    with pytest.raises(ConflictError) as caught:
        record.append(decision(replaces=1), AUTHOR, TIME)
    assert caught.value.other is None
    assert [each.id for each in caught.value.problems] == ["record.not_decided"]


def test_a_withdrawal_opens_the_item_again_and_the_next_decision_replaces_it(record: Record) -> None:
    first = record.append(decision(), AUTHOR, TIME)
    taken_back = record.append(withdrawn(first.number), AUTHOR, TIME)
    with pytest.raises(RefusedError) as caught:
        record.append(withdrawn(taken_back.number), AUTHOR, TIME)
    assert not isinstance(caught.value, ConflictError)
    with pytest.raises(ConflictError):
        record.append(decision(), AUTHOR, TIME)
    record.append(decision(replaces=taken_back.number), AUTHOR, TIME)
    assert record.verify() == []


def test_many_are_added_together_or_not_at_all(record: Record) -> None:
    record.append(decision(item="2"), "李四", TIME)
    record.append(decision(item="4"), "王五", TIME)
    before = record.anchor
    with pytest.raises(ConflictError) as caught:
        record.append_many([decision(item=str(number)) for number in range(6)], AUTHOR, TIME)
    assert [other.author for other in caught.value.others] == ["李四", "王五"]
    assert record.anchor == before
    added = record.append_many([decision(item=each) for each in ("0", "1", "3")], AUTHOR, TIME)
    assert [event.number for event in added] == [4, 5, 6]
    assert record.append_many([], AUTHOR, TIME) == ()
    assert record.verify() == []


def test_one_call_may_replace_its_own_decisions(record: Record) -> None:
    record.append_many(
        [decision(), decision("2", replaces=2), withdrawn(3), decision(replaces=4)], AUTHOR, TIME
    )
    assert record.verify() == []
    with pytest.raises(ConflictError):
        record.append_many([decision(item="x"), decision(item="x")], AUTHOR, TIME)


def test_nothing_is_written_when_one_body_is_refused(record: Record) -> None:
    with pytest.raises(InputError):
        record.append_many([decision(), decision(item="")], AUTHOR, TIME)
    assert record.anchor.number == 1


def test_the_unique_index_stops_a_writer_that_does_not_check(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.append(decision(), AUTHOR, TIME)
    monkeypatch.setattr(Record, "_check_replaced", lambda *_: None)
    with pytest.raises(StorageError) as caught:
        record.append(decision(), AUTHOR, TIME)
    assert caught.value.problems[0].id == "record.constraint"
    assert record.anchor.number == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = '{}'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event (number, body, hash) VALUES (1, '{}', zeroblob(32))",
        "INSERT INTO event (number, body, hash) VALUES (9, '{}', zeroblob(32))",
        "INSERT INTO event (number, body, hash) VALUES (2, '{}', x'00')",
        "INSERT INTO event (number, body, hash) VALUES (2, '{}', 'text')",
    ],
)
def test_the_table_only_grows(record: Record, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        record._connection.execute(statement)
    assert record.verify() == []


def test_the_settings_are_those_of_the_format(record: Record) -> None:
    def answer(pragma: str) -> object:
        return record._connection.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert answer("journal_mode") == "wal"
    assert answer("synchronous") == 2
    assert answer("foreign_keys") == 1
    assert answer("application_id") == int.from_bytes(b"govs", "big")
    assert answer("user_version") == 1


def test_two_open_records_see_each_other(record: Record) -> None:
    with Record.open(record.path) as colleague:
        event = colleague.append(decision(), "李四", TIME)
        assert record.events_since(1) == (event,)
        with pytest.raises(ConflictError):
            record.append(decision("2"), AUTHOR, TIME)


def test_threads_share_a_record(record: Record) -> None:
    threads = [
        Thread(target=record.append, args=(decision(item=f"i{number}"), AUTHOR, TIME)) for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert record.anchor.number == 21
    assert record.verify() == []


def test_a_record_opened_for_reading_takes_nothing(record: Record) -> None:
    with Record.open(record.path, read_only=True) as reader:
        assert reader.read_only
        assert reader.problems == ()
        with pytest.raises(RefusedError) as caught:
            reader.append(decision(), AUTHOR, TIME)
        assert caught.value.problems[0].id == "record.read_only"
        with pytest.raises(sqlite3.OperationalError):
            reader._connection.execute("DROP TABLE event")


def test_a_program_is_named_where_it_changes(record: Record) -> None:
    record.append(decision(), AUTHOR, TIME)
    with Record.open(record.path, program="govscore 0.2.0") as newer:
        newer.append_many([decision(item="a"), decision(item="b")], AUTHOR, TIME)
    with Record.open(record.path) as unnamed:
        unnamed.append(decision(item="c"), AUTHOR, TIME)
        assert unnamed.verify() == []
    named = record._connection.execute(
        "SELECT number, program FROM event WHERE program IS NOT NULL"
    ).fetchall()
    assert named == [(1, "govscore 0.1.0"), (3, "govscore 0.2.0")]


def test_an_event_of_a_newer_program_is_kept_but_nothing_added(record: Record) -> None:
    text = (
        '{"author":"李四","program":"govscore 9.0","scope":{"x":[1]},'
        '"time":"2025-01-01T00:00:00+08:00","type":"scheme_amended"}'
    )
    add_raw(record, text)
    with pytest.raises(RefusedError) as caught:
        record.append(decision(), AUTHOR, TIME)
    with Record.open(record.path) as again:
        assert again.read_only
        assert [each.id for each in again.problems] == ["record.unknown_event"]
        assert again.problems == caught.value.problems
        assert again.problems[0].data["program"] == "govscore 9.0"
        assert again.events()[-1].body == Unknown(type="scheme_amended", text=text)
        assert again.events()[-1].author == "李四"
        assert [each.id for each in again.verify()] == ["record.unknown_event"]


def test_a_newer_format_is_read_only_and_names_its_program(record: Record) -> None:
    record.close()
    connection = connect(record.path, "rw")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with Record.open(record.path) as newer:
        assert newer.read_only
        assert [each.id for each in newer.problems] == ["record.newer_format"]
        assert newer.problems[0].data["program"] == "govscore 0.1.0"
        assert newer.events()[0].body == OPENED


def test_only_bodies_that_can_follow_are_taken(record: Record) -> None:
    with pytest.raises(TypeError):
        record.append(OPENED, AUTHOR, TIME)
    with pytest.raises(TypeError):
        record.append(Unknown(type="x", text="{}"), AUTHOR, TIME)
    with pytest.raises(ValueError, match="2"):
        Record.create(record.path.with_name("b"), replace(OPENED, edition=2), AUTHOR, TIME)


def test_an_id_in_two_spellings_is_one_id(record: Record) -> None:
    record.append(decision(item="e\u0301"), "李四", TIME)
    with pytest.raises(ConflictError):
        record.append(decision(item="\u00e9"), AUTHOR, TIME)
    with pytest.raises(ConflictError):
        record.append(decision(item="e\u0301"), AUTHOR, TIME)


def test_a_table_of_another_shape_is_not_even_read(tmp_path: Path) -> None:
    new_record(tmp_path).close()
    path = tmp_path / "record.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE event ADD COLUMN points REAL")
    with pytest.raises(StorageError) as caught:
        Record.open(path, read_only=True)
    assert [each.id for each in caught.value.problems] == ["record.schema"]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(StorageError) as caught:
        Record.open(path, read_only=True)
    assert [each.id for each in caught.value.problems] == ["record.newer_format"]


def test_a_record_is_found_through_a_link(record: Record, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "link.sqlite").symlink_to(record.path)
    with Record.open(folder / "link.sqlite", read_only=True) as linked:
        assert linked.anchor == record.anchor
    with pytest.raises(RefusedError):
        Record.create(folder / "link.sqlite", OPENED, AUTHOR, TIME)


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError

    monkeypatch.setattr("govscore.record.table.add", full)
    with pytest.raises(StorageError):
        new_record(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_anchor_is_short_enough_to_read_aloud() -> None:
    assert Anchor(number=1, hash="0123456789abcdef" * 4).short == "0123 4567 89ab cdef"


def add_raw(record: Record, text: str) -> None:
    """Adds a body as it is, correctly chained."""
    from govscore.record import table

    record._connection.execute("BEGIN IMMEDIATE")
    table.add(record._connection, [text.encode()])
    record._connection.execute("COMMIT")


def test_each_reviewer_replaces_only_their_own(record: Record) -> None:
    """On an item of several reviewers two first decisions stand beside each other."""
    one, two = replace(decision(), reviewer="张三"), replace(decision("2"), reviewer="李四")
    record.append(one, AUTHOR, TIME)
    record.append(two, "李四", TIME)
    with pytest.raises(ConflictError) as caught:
        record.append(replace(two, replaces=2), "李四", TIME)
    assert caught.value.other is not None
    assert caught.value.other.number == 3
    record.append(replace(two, replaces=3), "李四", TIME)
    record.append(replace(withdrawn(2), reviewer="张三"), AUTHOR, TIME)
    assert record.verify() == []
    assert list(decisive(record.events())) == [("jy", "29", "李四")]


def test_the_file_itself_keeps_reviewers_apart(record: Record) -> None:
    """Two decisions of one reviewer that replace the same are refused by the index, of two reviewers not."""
    record.append(replace(decision(), reviewer="张三"), AUTHOR, TIME)
    assert '"reviewer":"张三"' in record_body(record, 2)
    record.append(decision("3"), AUTHOR, TIME)
    assert '"reviewer"' not in record_body(record, 3)
    with closing(sqlite3.connect(record.path)) as connection:
        body = record_body(record, 2)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO event (number, body, hash) VALUES (4, ?, zeroblob(32))", (body,))
        other = body.replace('"reviewer":"张三"', '"reviewer":"李四"')
        connection.execute("INSERT INTO event (number, body, hash) VALUES (4, ?, zeroblob(32))", (other,))


def record_body(record: Record, number: int) -> str:
    with closing(sqlite3.connect(record.path)) as connection:
        row = connection.execute("SELECT body FROM event WHERE number = ?", (number,)).fetchone()
    return str(row[0])
