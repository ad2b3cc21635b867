"""Units: who is assessed.

Invariant: a roster that passed `check_units` has unique ids, known groups, and names that scores can
be read by.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govscore.errors import Place, message_kind, problem, raise_problems
from govscore.i18n import mark_for_translation as N_
from govscore.text import IDENTIFIER, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govscore.errors import Problem
    from govscore.scheme.model import Scheme

UNIT_ID = message_kind(
    "units.identifier",
    N_("“{found}” is not an identifier"),
    N_("lower-case letters, digits, dot, underscore, hyphen, beginning with a letter or digit"),
    N_("Give the unit a short id; its Chinese name goes into column name."),
)
UNIT_TWICE = message_kind(
    "units.twice",
    N_("unit {found} is listed twice"),
    N_("one row for each unit"),
    N_("Remove one of the rows."),
)
UNIT_GROUP = message_kind(
    "units.unknown-group",
    N_("unit {unit} is in group “{found}”, which the scheme does not have"),
    N_("one of {known}"),
)
UNIT_NAME = message_kind("units.no-name", N_("unit {unit} has no name"), N_("the unit's name in column name"))
UNIT_NONE = message_kind("units.none", N_("there is no unit"), N_("at least one row below the header"))
MEANING_TWICE = message_kind(
    "units.two-meanings",
    N_("{found} is a group and also a unit or tag, and the scheme's applies_to names it"),
    N_("names with one meaning each"),
    N_("Rename the unit or the tag."),
)
UNKNOWN_APPLIES = message_kind(
    "units.applies-to-nobody",
    N_("item {item} applies to “{found}”, which is no group, no unit and no tag of a unit"),
    N_("a group of the scheme, or a unit or tag of the units' list"),
    N_("Correct applies_to in the scheme, or add the unit or tag."),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """An assessed unit. It has one group and any tags."""

    unit: str
    name: str
    group: str
    tags: tuple[str, ...] = ()
    place: Place = field(default_factory=Place, compare=False)


def check_units(units: Iterable[Unit], scheme: Scheme) -> tuple[Unit, ...]:
    """The roster, in its own order, if it fits the scheme.

    Raises:
        InputError: every problem found.
    """
    roster = tuple(units)
    raise_problems([*_rows(roster, scheme), *_names(roster, scheme)])
    return roster


def _rows(roster: tuple[Unit, ...], scheme: Scheme) -> Iterator[Problem]:
    if not roster:
        yield problem(UNIT_NONE)
    seen: set[str] = set()
    for unit in roster:
        for word in (unit.unit, *unit.tags):
            if not IDENTIFIER.match(word):
                yield problem(UNIT_ID, unit.place, None, found=word)
        if unit.unit in seen:
            yield problem(UNIT_TWICE, unit.place, None, found=unit.unit)
        seen.add(unit.unit)
        if not unit.name.strip():
            yield problem(UNIT_NAME, unit.place, None, unit=unit.unit)
        if unit.group not in scheme.groups:
            near = nearest(unit.group, scheme.groups)
            yield problem(
                UNIT_GROUP, unit.place, near, unit=unit.unit, found=unit.group, known=", ".join(scheme.groups)
            )


def _names(roster: tuple[Unit, ...], scheme: Scheme) -> Iterator[Problem]:
    ids, tags = {unit.unit for unit in roster}, {tag for unit in roster for tag in unit.tags}
    known = {*scheme.groups, *ids, *tags}
    reported: set[tuple[str, str]] = set()
    for entry in scheme.entries.values():
        for name in entry.applies_to or ():
            meanings = (name in scheme.groups) + (name in ids) + (name in tags)
            if meanings > 1 and ("", name) not in reported:
                reported.add(("", name))
                yield problem(MEANING_TWICE, None, None, found=name)
            elif not meanings and roster:
                yield problem(UNKNOWN_APPLIES, None, nearest(name, known), item=entry.id, found=name)
