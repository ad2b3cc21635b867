"""Every way a record can be broken, refused or lost is told under its own id."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from govscore.errors import GovscoreError, Problem, message_kinds
from govscore.events import Approved, Decision, Finding
from govscore.record import Record, platform, schema
from govscore.record.chain import FIRST, event_hash
from govscore.record.codec import LARGEST_BODY
from govscore.record.schema import OBJECTS
from tests.unit.record.samples import AUTHOR, OPENED, TIME, decision, new_record, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govscore.events import Body

FILES: Final = sorted(Path(__file__).with_name("record").glob("record.*"))
GUARDS: Final = ("no_gap", "no_update", "no_delete")
BIG: Final = Decision(unit="jy", item="big", finding=Finding(reason="x" * 500_000))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user of this machine can reach."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Inside the block, file permissions count for root, too."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def problems_of(call: Callable[[], object]) -> list[Problem]:
    with pytest.raises(GovscoreError) as caught:
        call()
    return list(caught.value.problems)


def adding(
    body: Body, author: str = AUTHOR, time: str = TIME
) -> Callable[[Path, pytest.MonkeyPatch], list[Problem]]:
    """The problems of adding this to a new record."""

    def break_(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
        with new_record(folder) as record:
            record.append(decision(), "李四", TIME)
            problems = problems_of(lambda: record.append(body, author, time))
            assert record.anchor.number == 2
            assert record.verify() == []
            return problems

    return break_


# --- broken by a file ------------------------------------------------------------------------------


def four_events(path: Path) -> Record:
    record = new_record(path)
    record.append_many([decision(), decision("2", replaces=2), decision(item="7")], AUTHOR, TIME)
    return record


def apply(path: Path, script: str) -> None:
    """Runs a script against a record without its guards, and puts the guards back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(script)
        previous = FIRST
        if "-- rechain" in script:
            for number, body in connection.execute(
                "SELECT number, body FROM event ORDER BY number"
            ).fetchall():
                previous = event_hash(previous, number, body.encode())
                connection.execute("UPDATE event SET hash = ? WHERE number = ?", (previous, number))
        for name in GUARDS:
            connection.execute(OBJECTS[name])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_broken_file_is_told_under_its_id(tmp_path: Path, file: Path) -> None:
    id = file.stem
    path = tmp_path / "record.sqlite"
    with four_events(tmp_path) as record:
        anchor = record.anchor
    if file.suffix == ".sql":
        apply(path, file.read_text(encoding="utf-8"))
    else:
        shutil.copy(file, path)
    if id == "record.not_ours":
        problems = problems_of(lambda: Record.open(path))
    else:
        with Record.open(path) as record:
            problems = [*record.problems, *record.verify(anchor)]
            assert record.read_only == bool(record.problems)
    assert id in {each.id for each in problems}
    assert all(each.place.file == str(path) for each in problems)


# --- broken by circumstances -----------------------------------------------------------------------


def missing(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    return problems_of(lambda: Record.open(folder / "none.sqlite"))


def exists(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    (folder / "record.sqlite").write_text("precious")
    problems = problems_of(lambda: new_record(folder))
    assert (folder / "record.sqlite").read_text() == "precious"
    return problems


def no_folder(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    return problems_of(lambda: new_record(folder / "none"))


def network(folder: Path, patch: pytest.MonkeyPatch) -> list[Problem]:
    new_record(folder).close()
    mounts = folder / "mounts"
    mounts.write_text(f"server:/data {folder.resolve()} nfs4 rw 0 0\n")
    patch.setattr(platform, "_MOUNTS", mounts)
    assert problems_of(lambda: new_record(folder))[0].id == "record.network"
    return problems_of(lambda: Record.open(folder / "record.sqlite", read_only=True))


def not_ours(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    encrypted = folder / "encrypted.sqlite"
    encrypted.write_bytes(bytes(range(256)) * 64)
    (folder / "empty.sqlite").touch()
    (folder / "folder.sqlite").mkdir()
    os.mkfifo(folder / "pipe.sqlite")
    for name in ("empty", "folder", "pipe"):
        opening = partial(Record.open, folder / f"{name}.sqlite")
        assert [each.id for each in problems_of(opening)] == ["record.not_ours"]
    return problems_of(lambda: Record.open(encrypted))


def damaged(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    with new_record(folder) as record:
        path = record.path
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    return problems_of(lambda: Record.open(path))


def permission(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    with new_record(folder) as record:
        path = record.path
    path.chmod(0o000)
    with unprivileged():
        return problems_of(lambda: Record.open(path, read_only=True))


def read_only(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    new_record(folder).close()
    with Record.open(folder / "record.sqlite", read_only=True) as record:
        return problems_of(lambda: record.append(decision(), AUTHOR, TIME))


def read_only_folder(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    with new_record(folder) as record:
        path, anchor = record.path, record.anchor
    folder.chmod(0o555)
    with unprivileged():
        assert problems_of(lambda: Record.create(folder / "b.sqlite", OPENED, AUTHOR, TIME))
        with Record.open(path, read_only=True) as record:  # it can still be read
            assert record.anchor == anchor
            assert record.verify(anchor) == []
        return problems_of(lambda: Record.open(path))


def unfinished(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    """As after a crash: the last events only in the log; then the folder is copied to a read-only place."""
    copy = folder / "copy"
    with four_events(folder) as record:
        copy.mkdir()
        for name in ("record.sqlite", "record.sqlite-wal"):
            shutil.copy(folder / name, copy)
        path, anchor = copy / "record.sqlite", record.anchor
    copy.chmod(0o555)
    with unprivileged():
        problems = problems_of(lambda: Record.open(path, read_only=True))
    copy.chmod(0o755)
    with Record.open(path, read_only=True) as record:
        assert record.anchor == anchor
    return problems


def full(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    with new_record(folder) as record:
        (pages,) = record._connection.execute("PRAGMA page_count").fetchone()
        record._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        problems = problems_of(lambda: record.append_many([decision(), BIG], AUTHOR, TIME))
        record._connection.execute("PRAGMA max_page_count = 100000")
        assert record.append_many([decision(), BIG], AUTHOR, TIME)[-1].number == 3
        assert record.verify() == []
        return problems


def busy(folder: Path, patch: pytest.MonkeyPatch) -> list[Problem]:
    patch.setattr(schema, "PATIENCE", 0.05)
    with new_record(folder) as record, closing(sqlite3.connect(record.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        problems = problems_of(lambda: record.append(decision(), AUTHOR, TIME))
        other.execute("ROLLBACK")
        assert record.append(decision(), AUTHOR, TIME).number == 2
        return problems


def io(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with new_record(folder) as record:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            problems = problems_of(lambda: record.append(BIG, AUTHOR, TIME))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert record.append(BIG, AUTHOR, TIME).number == 2
        assert record.verify() == []
        return problems


def no_wal(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    new_record(folder).close()
    with closing(sqlite3.connect(folder / "record.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return problems_of(lambda: Record.open(folder / "record.sqlite"))


def old_sqlite(folder: Path, patch: pytest.MonkeyPatch) -> list[Problem]:
    patch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    return problems_of(lambda: new_record(folder))


def constraint(folder: Path, patch: pytest.MonkeyPatch) -> list[Problem]:
    with new_record(folder) as record:
        record.append(decision(), AUTHOR, TIME)
        patch.setattr(Record, "_check_replaced", lambda *_: None)
        return problems_of(lambda: record.append(decision(), AUTHOR, TIME))


def other(folder: Path, _: pytest.MonkeyPatch) -> list[Problem]:
    record = new_record(folder)
    record.close()
    return problems_of(record.events)


CIRCUMSTANCES: Final[dict[str, Callable[[Path, pytest.MonkeyPatch], list[Problem]]]] = {
    "record.missing": missing,
    "record.exists": exists,
    "record.no_folder": no_folder,
    "record.network": network,
    "record.not_ours": not_ours,
    "record.damaged": damaged,
    "record.permission": permission,
    "record.read_only": read_only,
    "record.read_only_folder": read_only_folder,
    "record.unfinished": unfinished,
    "record.full": full,
    "record.busy": busy,
    "record.io": io,
    "record.no_wal": no_wal,
    "record.old_sqlite": old_sqlite,
    "record.constraint": constraint,
    "record.other": other,
    "record.conflict": adding(decision("2")),
    "record.not_decided": adding(withdrawn(1, item="8")),
    "record.surrogate": adding(Approved(result_digest="\udc80", head="")),
    "record.value": adding(Approved(result_digest=0.1, head="")),  # type: ignore[arg-type]
    "record.too_long": adding(Approved(result_digest="x" * LARGEST_BODY, head="")),
    "record.identifier": adding(decision(unit="\u202ejy")),
    "record.time": adding(decision(item="8"), time="2024-12-02"),
    "record.author": adding(decision(item="8"), author=""),
}


@pytest.mark.parametrize("id", CIRCUMSTANCES)
def test_a_circumstance_is_told_under_its_id(id: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = CIRCUMSTANCES[id](folder, monkeypatch)
    assert [each.id for each in problems] == [id]
    words = str(problems[0])
    assert "{" not in words
    assert all(line.isprintable() for line in words.splitlines())


def test_every_message_of_the_record_is_broken_here() -> None:
    known = {id for id in message_kinds() if id.startswith("record.")}
    assert known == {file.stem for file in FILES} | set(CIRCUMSTANCES)
