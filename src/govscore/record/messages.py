"""Every message about a record, by id.

Invariant: an id never changes its meaning, and `tests/broken/test_record.py` breaks a record for each.
"""

from __future__ import annotations

from typing import Final

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

# The file and the machine.
MISSING: Final = message_kind(
    "record.missing",
    N_("there is no record here"),
    todo=N_("Check the folder, or open a new assessment in it."),
)
EXISTS: Final = message_kind(
    "record.exists",
    N_("there is a file of this name already; a record is never overwritten"),
    todo=N_("Open the record that is there, or choose another folder."),
)
NO_FOLDER: Final = message_kind(
    "record.no_folder", N_("the folder {folder} does not exist"), todo=N_("Make the folder first.")
)
NETWORK: Final = message_kind(
    "record.network",
    N_("this place is on a network file system ({network}), where locks and writes are not reliable"),
    expected=N_("a folder on a disk of this computer"),
    todo=N_("Move the assessment folder to a local disk; share copies of it, not the folder itself."),
)
NOT_OURS: Final = message_kind(
    "record.not_ours",
    N_(
        "this is not a record of govscore: it is another kind of file, encrypted, or damaged at its beginning"
    ),
    todo=N_("Check the file name; if security software encrypts files, let it release this folder."),
)
DAMAGED: Final = message_kind(
    "record.damaged",
    N_("the record is damaged: {detail}"),
    todo=N_("Leave the file as it is, keep a copy of it, and restore the last backup."),
)
PERMISSION: Final = message_kind(
    "record.permission",
    N_("you may not read or write this file: {detail}"),
    todo=N_("Ask the administrator for the permission, or copy the folder to a place of your own."),
)
READ_ONLY: Final = message_kind(
    "record.read_only",
    N_("the record was opened for reading only; nothing can be added"),
    todo=N_("Open it for writing first."),
)
READ_ONLY_FOLDER: Final = message_kind(
    "record.read_only_folder",
    N_("the folder or the file is read-only; nothing can be added"),
    todo=N_("Copy the whole folder to a place where you may write, or open the record for reading only."),
)
UNFINISHED: Final = message_kind(
    "record.unfinished",
    N_("the folder is read-only and the last events still stand in {file}, which cannot be read here"),
    todo=N_("Copy the whole folder, with this file, to a place where you may write, and open the copy."),
)
FULL: Final = message_kind(
    "record.full",
    N_("the disk is full; nothing of this was written"),
    todo=N_("Make room on the disk, then do it again; everything confirmed before is kept."),
)
BUSY: Final = message_kind(
    "record.busy",
    N_("another program has been writing to the record for too long"),
    todo=N_("Close other windows of govscore and programs that copy or scan this folder, then do it again."),
)
IO: Final = message_kind(
    "record.io",
    N_("the disk did not read or write as it should: {detail}"),
    todo=N_("Check the disk and its connection, then open the record again."),
)
NO_WAL: Final = message_kind(
    "record.no_wal",
    N_("this place does not allow a write-ahead log, which a record needs (it answered “{answer}”)"),
    expected=N_("a folder on a disk of this computer"),
    todo=N_("Move the assessment folder to a local disk; share copies of it, not the folder itself."),
)
OLD_SQLITE: Final = message_kind(
    "record.old_sqlite",
    N_("the SQLite library of this Python is too old: {found}"),
    expected=N_("SQLite {needed} or newer"),
    todo=N_("Install a newer Python."),
)
CONSTRAINT: Final = message_kind(
    "record.constraint",
    N_("the record refused an event that does not fit the events before it: {detail}"),
    todo=N_("Nothing was written. Verify the record."),
)
OTHER: Final = message_kind(
    "record.other", N_("the record could not be read or written: {detail}"), todo=N_("Verify the record.")
)

# What was written by another program.
NEWER_FORMAT: Final = message_kind(
    "record.newer_format",
    N_("the record has format {found}, written by “{program}”; it can be read here, but not written"),
    expected=N_("format {known} or older"),
    todo=N_("Use the newer version of govscore."),
)
UNKNOWN_EVENT: Final = message_kind(
    "record.unknown_event",
    N_("event {number} is of a type unknown here, “{type}”, written by “{program}”; nothing can be added"),
    todo=N_("Use the newer version of govscore; what this one computes may lack that event."),
)

# What does not hold together.
SCHEMA: Final = message_kind(
    "record.schema",
    N_("the tables or the guards against changes are not those of a record: {detail}"),
    todo=N_("Somebody changed the file with another program; compare it with a backup."),
)
GAP: Final = message_kind(
    "record.gap",
    N_("events are missing: after event {before} comes event {found}"),
    expected=N_("event {expected}"),
    todo=N_("Compare the record with a backup."),
)
HASH: Final = message_kind(
    "record.hash",
    N_("event {number} was changed: its hash does not follow from the events up to it"),
    todo=N_("Compare this event with a backup."),
)
BODY: Final = message_kind(
    "record.body",
    N_("event {number} is not written as the format says: {detail}"),
    todo=N_("Compare this event with a backup."),
)
FIRST: Final = message_kind(
    "record.first",
    N_("event {number} is of type “{type}”"),
    expected=N_("the opening as event 1, and nowhere else"),
    todo=N_("Compare the record with a backup."),
)
ORDER: Final = message_kind(
    "record.order",
    N_("event {number} on {unit}, {item} says that it replaces {found}"),
    expected=N_("{expected}, the last one on them before it"),
    todo=N_("Compare the record with a backup."),
)
CUT: Final = message_kind(
    "record.cut",
    N_("the record ends at event {found}, but it had {expected} events before"),
    todo=N_("The end was cut off or an old copy was put back; look for the newer copy."),
)
OTHER_HISTORY: Final = message_kind(
    "record.other_history",
    N_("event {number} has the check digits {found}, but they were {expected} before"),
    todo=N_(
        "Something up to this event was changed, or this is the record of another assessment; compare copies."
    ),
)

NOT_CANONICAL: Final = N_("it is not in the canonical form")
"""Detail of `record.body`."""

# What was asked for.
CONFLICT: Final = message_kind(
    "record.conflict",
    N_("{unit}, {item} was decided by {author} in the meantime (event {number}, {time})"),
    todo=N_("Nothing was written. Look at both findings, then decide again."),
)
NOT_DECIDED: Final = message_kind(
    "record.not_decided",
    N_("{unit}, {item} has no decision in force that could be replaced or withdrawn as event {replaces}"),
    todo=N_("Nothing was written. Look at the item again."),
)
SURROGATE: Final = message_kind(
    "record.surrogate",
    N_("the text in {field} holds half a character (U+{code}), as broken copying leaves it"),
    todo=N_("Type the text again."),
)
VALUE: Final = message_kind(
    "record.value",
    N_("{field} is of type {found}"),
    expected=N_("text, or a whole number of at most 15 digits"),
)
TOO_LONG: Final = message_kind(
    "record.too_long",
    N_("the entry has {found} bytes"),
    expected=N_("at most {limit} bytes"),
    todo=N_("Shorten the text; put long documents beside the record as evidence."),
)
IDENTIFIER: Final = message_kind(
    "record.identifier",
    N_("{field} is “{found}”"),
    expected=N_("an id without control characters or invisible ones, not empty"),
)
TIME: Final = message_kind(
    "record.time",
    N_("the time of the entry is “{found}”"),
    expected=N_("date, time and offset, such as 2024-12-02T09:30:00+08:00"),
)
AUTHOR: Final = message_kind(
    "record.author",
    N_("the entry has no author"),
    expected=N_("the name of the person who makes it"),
)
