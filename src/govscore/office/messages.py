"""What the office refuses, by id.

Invariant: an id never changes its meaning; each has a broken folder or a refused request in
`tests/broken/test_office.py`.
"""

from __future__ import annotations

from typing import Final

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

# --- folders -----------------------------------------------------------------------------------------

NO_FOLDER: Final = message_kind(
    "office.no-folder",
    N_("there is no such folder"),
    N_("a folder with scheme.toml, units.csv and a record or findings"),
    N_("Check the path; govscore init makes a new assessment folder."),
)
MISSING: Final = message_kind(
    "office.missing-files",
    N_("the folder has no {missing}"),
    N_("an assessment folder: scheme.toml, units.csv, and record.sqlite or findings.csv"),
    N_("Add the files; govscore init begins an assessment, govscore demo makes one to look at."),
)
NO_RECORD_YET: Final = message_kind(
    "office.nothing-to-score",
    N_("the folder has a scheme and units, but neither a record nor findings"),
    N_("record.sqlite or findings.csv"),
    N_("Begin the assessment: govscore init DIR --reviewer NAME --leader NAME"),
)
SEVERAL: Final = message_kind(
    "office.several-files",
    N_("the folder has {found}; which of them counts cannot be told"),
    N_("one file of {name}"),
    N_("Move the others away."),
)
SCHEME_DIFFERS: Final = message_kind(
    "office.scheme-differs",
    N_("scheme.toml is not the scheme of the record: line {line} differs"),
    N_("the text that the assessment was begun with; what counts is the record's scheme"),
    N_("Put the old text back. A scheme cannot be changed under way yet; a new folder takes a new scheme."),
)
CALENDAR_DIFFERS: Final = message_kind(
    "office.calendar-differs",
    N_("calendar.toml is not the calendar of the record: line {line} differs"),
    N_("the text that the assessment was begun with; what counts is the record's calendar"),
    N_("Put the old text back. A calendar cannot be changed under way yet; a new folder takes a new one."),
)
UNITS_DIFFER: Final = message_kind(
    "office.units-differ",
    N_("the units' list is not that of the record; different: {units}"),
    N_("the units that the assessment was begun with; what counts is the record's list"),
    N_("Put the old list back. Units cannot be changed under way yet; a new folder takes a new list."),
)
NOT_A_FILE: Final = message_kind(
    "office.not-a-file",
    N_("this is no file that can be read: {what}"),
    N_("a file, or nothing of this name"),
    N_("Move it away, or put the file in its place."),
)
BAD_RECORD: Final = message_kind(
    "office.not-opened",
    N_("the record does not begin with the opening of an assessment"),
    N_("an assessment that was begun with its scheme, units and people"),
    N_("Leave the file as it is, keep a copy of it, and take the last backup."),
)
NOT_EMPTY: Final = message_kind(
    "office.not-empty",
    N_("the folder has {found} already; nothing there is overwritten"),
    N_("a new or empty folder"),
    N_("Name another folder, or move the files away."),
)
CANNOT_WRITE: Final = message_kind(
    "office.cannot-write",
    N_("cannot be written: {detail}"),
    N_("a folder that you may write to, on a disk with space"),
    N_("Check the permissions and the space, or name another place."),
)
TARGET_OWN: Final = message_kind(
    "office.target-own",
    N_("the assessment itself has or reads a file of this name; it is not overwritten"),
    N_("a file that is not one of the assessment's own"),
    N_("Name another file for the output."),
)
TARGET_NO_FILE: Final = message_kind(
    "office.target-no-file",
    N_("the output cannot be put there: {what}"),
    N_("a file, new or old"),
    N_("Name a file for the output."),
)
TARGET_ENDING: Final = message_kind(
    "office.target-ending",
    N_("the ending “{found}” does not say a form of output, or not the one that was asked for"),
    N_("one of {known}"),
    N_("Name the file with that ending."),
)
TARGET_STDOUT: Final = message_kind(
    "office.target-stdout",
    N_("-o - means stdout, which takes text only; this would be {form}"),
    N_("a file"),
    N_("Name a file for the output."),
)
NO_EXAMPLE: Final = message_kind(
    "office.no-example",
    N_("this installation does not contain the example assessment"),
    N_("the folder govscore/examples/pingcheng-2024 of a complete installation"),
    N_("Install govscore again."),
)

# --- people ------------------------------------------------------------------------------------------

NAME: Final = message_kind(
    "office.name",
    N_("“{found}” cannot be the name of a person"),
    N_("a name of 1 to 40 printable characters"),
)
NO_REVIEWER: Final = message_kind(
    "office.no-reviewer",
    N_("no reviewer is named"),
    N_("at least one person who reviews"),
    N_("Add --reviewer NAME."),
)
NO_LEADER: Final = message_kind(
    "office.no-leader",
    N_("no leader is named"),
    N_("at least one person who approves, and does not review"),
    N_("Add --leader NAME."),
)
NOBODY_APPROVES: Final = message_kind(
    "office.nobody-could-approve",
    N_("{found} begins the record, and nobody else is a leader: nobody could ever approve"),
    N_("a leader other than the one who begins the record or imports findings"),
    N_("Let a reviewer begin it (--as NAME), or name another leader."),
)
WHO: Final = message_kind(
    "office.who",
    N_("it is not stated who acts"),
    N_("one of {known}"),
    N_("Add --as NAME, or set GOVSCORE_REVIEWER."),
)
NOT_ON_ROSTER: Final = message_kind(
    "office.not-on-roster",
    N_("“{found}” is not among the people of this assessment"),
    N_("one of {known}"),
    N_("Write the name as on the roster."),
)
WRONG_ROLE: Final = message_kind(
    "office.wrong-role",
    N_("{found} does not have the role: {role}"),
    N_("one of {known}"),
    N_("Leave this to a person with that role; --as NAME states who acts."),
)

# --- decisions ---------------------------------------------------------------------------------------

NEEDS_RECORD: Final = message_kind(
    "office.needs-record",
    N_("this assessment has no record, so nothing can be decided, submitted or approved"),
    N_("a folder with record.sqlite"),
    N_("Begin a record: govscore init DIR --reviewer NAME --leader NAME"),
)
EMPTY_FINDING: Final = message_kind(
    "office.empty-finding",
    N_("unit {unit}, item {item}: nothing is established"),
    N_("at least one fact, or a state"),
    N_("State what was found; to open an item again, withdraw the decision."),
)
NOT_DECIDED: Final = message_kind(
    "office.not-decided",
    N_("unit {unit}, item {item}: there is no decision to withdraw"),
    N_("an item with a decision in force"),
)
NOT_A_UNIT: Final = message_kind(
    "office.unknown-unit", N_("there is no unit “{found}”"), N_("the id of a unit of this assessment")
)
DRIFT: Final = message_kind(
    "office.unreadable-decision",
    N_("decision {number} of {author} cannot be read with this scheme; {count} problems in all"),
    N_("decisions that were checked before they were saved"),
    N_("Use the version of govscore that wrote the record, or take the last backup."),
)
