"""Warnings: what is allowed, but most likely not meant. Each has an id, so that it can be accepted.

Invariant: an id never changes its meaning; the checks that find them are in `govscore.lint`.
"""

from __future__ import annotations

from typing import Final

from pydantic import Field

from govscore.errors import MessageKind, message_kind
from govscore.i18n import mark_for_translation as N_
from govscore.rules.values import Part, Title

_RANGE: Final = N_("from the best to the worst, or the other way round")

FULL_MARKS: Final = message_kind(
    "W001",
    N_("the base items of {who} add up to {sum} points, but full marks are {stated}"),
    N_("base items that add up to full marks"),
)
SECTION_OF_UNIT: Final = message_kind(
    "W002",
    N_("in section “{found}” the items of {who} add up to {sum} points, but it states {stated}"),
    N_("points that are the sum of each unit's items, too"),
)
DEDUCTION_BEYOND: Final = message_kind(
    "W003",
    N_("one deduction takes {amount} points, but item {item} has only {full}"),
    N_("no deduction beyond its item; the rest of it takes nothing"),
)
ELEMENT_BEYOND: Final = message_kind(
    "W004",
    N_("an element is worth {amount} points, but item {item} comes to {full} at most"),
    N_("no element beyond its item; the rest of it adds nothing"),
)
ELEMENTS_BEYOND: Final = message_kind(
    "W005",
    N_("the elements of item {item} add up to {sum} points, but it has only {full}"),
    N_("elements that add up to the item's points"),
)
OUT_OF_REACH: Final = message_kind(
    "W006",
    N_("item {item} can come to {best} points at most, but has {full}"),
    N_("points that facts can reach"),
)
GRADE_NEVER: Final = message_kind(
    "W007",
    N_("nobody can get grade “{name}”: a line above it is met by everybody who meets {line}"),
    N_("lines from the highest to the lowest"),
)
GRADE_GAP: Final = message_kind(
    "W008",
    N_("a total of {high} gets grade “{worse}”, but a total of {low} gets “{better}”"),
    N_("lines without a gap: a higher total never gets a worse grade"),
)
GRADES_OVERLAP: Final = message_kind(
    "W009",
    N_("a total of {total} meets the lines of “{upper}” and “{name}”; it gets “{upper}”"),
    N_("a line with an upper end that begins where the grade above ends"),
)
GRADE_TOO_HIGH: Final = message_kind(
    "W010",
    N_("grade “{name}” needs {line}, but no total is above {highest}"),
    N_("a line that can be reached"),
)
BONUS_LOCKED: Final = message_kind(
    "W011",
    N_("bonus is never unlocked: no base from 0 to {full} meets {condition}"),
    N_("a gate that a base can open"),
)
LEVELS_ORDER: Final = message_kind(
    "W012",
    N_("level “{found}” is worth {points} points and stands below “{other}” with {less}"),
    _RANGE,
)
SAME_NUMBER: Final = message_kind(
    "W013",
    N_("items {found} and {other} have the same number"),
    N_("numbers that are all different"),
)
SAME_TITLE: Final = message_kind(
    "W014",
    N_("items {found} and {other} of one section have the same title “{title}”"),
    N_("titles that tell the items of a section apart"),
)
NOTHING_ASSIGNED: Final = message_kind(
    "W015",
    N_("{who} has no base item at all"),
    N_("at least one base item for everybody; without any there is no score"),
)
NAMES_NEAR: Final = message_kind(
    "W016",
    N_("the names of units {found} are one character apart: {names}"),
    N_("one row for each unit, its name spelled right"),
)
DATE_OUTSIDE: Final = message_kind(
    "W017",
    N_("the date {found} is outside of the period from {first} to {last}"),
    N_("a date inside the period"),
)
FAULTS_BOUNDED: Final = message_kind(
    "W018",
    N_("{condition} no longer holds once there are more faults ({fact})"),
    N_("a condition that more faults never end, such as >= 3: one more fault must not raise a score"),
)
BONUS_UPSIDE_DOWN: Final = message_kind(
    "W019",
    N_("bonus counts at a base of {low}, but not at {high}: {condition}"),
    N_("a gate that a higher base never shuts, such as base > 80"),
)
FAIL_UPSIDE_DOWN: Final = message_kind(
    "W020",
    N_("a unit fails with a base of {high}, but not with {low}: {condition}"),
    N_("a gate that a higher base never fails, such as base < 60"),
)
FAULT_RAISES: Final = message_kind(
    "W021",
    N_("in item {item} {few} × “{fact}” gives {less} points, but {many} × gives {more}"),
    N_("points that one more fault never raises"),
)
CLEAN_NOT_BEST: Final = message_kind(
    "W022",
    N_("“nothing found” gives item {item} {points} points; the best that it can get is {best}"),
    N_("a clean finding that is the best, or that leaves the item open"),
    N_(
        'Mark the best answer with clean (for a checklist: a declared yes/no with clean = "yes", read by '
        "`when`), ask for a number instead of a count, or review the item each time."
    ),
)
ACCEPTED_IN_VAIN: Final = message_kind(
    "W023",
    N_("the warning {found} is accepted, but does not occur"),
    N_("accepted warnings that are there"),
    N_("Remove it from [lint] accept."),
)
EXEMPTED_BY_FAULT: Final = message_kind(
    "W024",
    N_("more faults ({fact}) bring about the exemption {condition}"),
    N_("an exemption that no fault brings about: one more fault must not raise a score"),
)

PAIR_RAISES: Final = message_kind(
    "W026",
    N_(
        "item {item}: one more fault that a reviewer finds may bring two reviewers near, and raise the points"
    ),
    N_("points that one more fault never raises"),
    N_("Take the mean or the median, or accept this: with pair it cannot be avoided."),
)
YIELDS_RAISE: Final = message_kind(
    "W025",
    N_("one more fault recorded in {items} may raise the points of item {item}, whose line yields to it"),
    N_("a fault that costs at least as much where it is recorded"),
)
FIXED_LIFTS: Final = message_kind(
    "W030",
    N_("the total fixed at {fixed} may be above what it was before, so that one more fault raises it"),
    N_("at_most, which only lowers"),
)
VETO_ENDS: Final = message_kind(
    "W027",
    N_("{condition} may no longer hold once more faults change the points of {item}: the veto ends"),
    N_("a condition on points that more faults never end"),
)
BLANK_CHEAPER: Final = message_kind(
    "W028",
    N_("in item {item} “{fact}” of {blank} gives {more} points, but {short} gives {less}"),
    N_("points that do not rise when nothing is done at all"),
)
BOUND_ABOVE: Final = message_kind(
    "W029",
    N_("the lower bound {low} is above the full points, which are {full}"),
    N_("a lower bound that is not above the full points"),
)


class Lint(Part):
    """`[lint]`: warnings that are accepted, by id, each with the reason."""

    accept: dict[str, Title] = Field(default_factory=dict)


WARNINGS: Final[dict[str, MessageKind]] = {
    kind.id: kind
    for kind in (
        FULL_MARKS, SECTION_OF_UNIT, DEDUCTION_BEYOND, ELEMENT_BEYOND, ELEMENTS_BEYOND, OUT_OF_REACH,
        GRADE_NEVER, GRADE_GAP, GRADES_OVERLAP, GRADE_TOO_HIGH, BONUS_LOCKED, LEVELS_ORDER, SAME_NUMBER,
        SAME_TITLE, NOTHING_ASSIGNED, NAMES_NEAR, DATE_OUTSIDE, FAULTS_BOUNDED, BONUS_UPSIDE_DOWN,
        FAIL_UPSIDE_DOWN, FAULT_RAISES, CLEAN_NOT_BEST, ACCEPTED_IN_VAIN,
        EXEMPTED_BY_FAULT, PAIR_RAISES, YIELDS_RAISE, VETO_ENDS, BLANK_CHEAPER, BOUND_ABOVE, FIXED_LIFTS,
    )
}  # fmt: skip
"""Every warning by its id."""
