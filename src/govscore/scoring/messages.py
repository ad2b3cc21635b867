"""Messages about findings as a whole: which unit, which item, which state."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

UNKNOWN_UNIT = message_kind(
    "findings.unknown-unit", N_("there is no unit “{found}”"), N_("the id of a unit of the units' list")
)
UNKNOWN_ITEM = message_kind(
    "findings.unknown-item",
    N_("unit {unit}: there is no item or veto “{found}”"),
    N_("the id of an item or veto of the scheme"),
)
UNKNOWN_FACT = message_kind(
    "findings.unknown-fact",
    N_("unit {unit}, item {item}: there is no fact “{found}”"),
    N_("one of {known}"),
)
NOT_ASSIGNED = message_kind(
    "findings.not-assigned",
    N_("unit {unit}: the scheme does not give item {item} to this unit"),
    N_("findings on items that apply to the unit"),
    N_("Remove the row, or correct applies_to in the scheme."),
)
STATE = message_kind(
    "findings.state",
    N_("unit {unit}, item {item}: “{found}” in column state"),
    N_("empty (reviewed), na (not applicable) or none (nothing found)"),
)
NO_FACT = message_kind(
    "findings.no-fact",
    N_("unit {unit}, item {item}: a row with neither fact nor state"),
    N_("the fact that the row states, or a state"),
)
NA_OF_ITEM = message_kind(
    "findings.na-of-item",
    N_("unit {unit}, item {item}: fact {fact} is marked na"),
    N_("na for the whole item, with column fact empty"),
    N_("Elements that may singly be not applicable are items of a section."),
)
NA_AND_VALUES = message_kind(
    "findings.na-and-values",
    N_("unit {unit}, item {item} is marked na, but has values, too"),
    N_("na alone, or facts alone"),
    N_("Remove one or the other."),
)
NONE_AND_VALUES = message_kind(
    "findings.none-and-values",
    N_("unit {unit}, item {item}: fact {fact} is marked none, but has a value, too"),
    N_("none alone, or values alone"),
    N_("Remove one or the other."),
)
NOTE = message_kind(
    "findings.note",
    N_("unit {unit}, item {item}: found “{found}” in column note"),
    N_("yes or no: whether an explanation was published; an empty cell means no"),
    N_("Put other words into column reason."),
)
ROW_TWICE = message_kind(
    "findings.row-twice",
    N_("unit {unit}, item {item}: a second row for {fact}, case {case}"),
    N_("rows that differ in fact or case"),
    N_("Tell repeated rows apart by column case, or remove one."),
)
PERIOD_NEEDED = message_kind(
    "findings.period-needed",
    N_("unit {unit}, item {item} is asked in every period, but the row names none"),
    N_("a period from {first} to {last} in column period; only na of the whole item has none"),
)
UNKNOWN_PERIOD = message_kind(
    "findings.unknown-period",
    N_("unit {unit}, item {item}: there is no period “{found}”"),
    N_("a period from {first} to {last}, written like these"),
)
PERIOD_NOT_HERE = message_kind(
    "findings.period-not-here",
    N_("unit {unit}, item {item} is asked once, but the row names period “{found}”"),
    N_("an empty cell in column period, or an item with per in the scheme"),
)
REVIEWER_ALONE = message_kind(
    "findings.reviewer-alone",
    N_("unit {unit}, item {item}: reviewer {found} is named, but a single reviewer decides here"),
    N_("an empty cell in column reviewer"),
    N_("Empty the cell, or state reviewers in the scheme."),
)
REVIEWER_NEEDED = message_kind(
    "findings.reviewer-needed",
    N_("unit {unit}, item {item}: several reviewers decide here, but column reviewer is empty"),
    N_("the name of the reviewer who found it"),
)
