"""Switches seen against the whole scheme: their groups and levels exist, and every case is covered.

Invariant: a scheme that passed has a value for every unit and row, whatever its group, date, level, tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.facts.switches import Switch
from govscore.scheme.model import KINDS, Item
from govscore.scheme.rule_messages import BY_CODE
from govscore.scheme.unit_schemes import unit_switches
from govscore.scheme.variants import levels_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from govscore.scheme.model import SchemeModel, Veto
    from govscore.scheme.report import Path, Report

_NO_LEVEL: Final = (("points",), ("cap",), ("effect", "at_most"), ("effect", "fixed"))
"""What levels themselves refer to, and what acts beyond the item: neither depends on the one picked."""


def switch_faults(model: SchemeModel, report: Report) -> None:
    """Reports switches that name what there is not, or leave a case without a value."""
    for path, entry in _entries(model):
        for id, fact in entry.facts.items():
            for key in type(fact).model_fields:
                switch = getattr(fact, key)
                if isinstance(switch, Switch):
                    _check(switch, (*path, "facts", id, key), entry, model, report)
        for placed in entry.variants.switches if isinstance(entry, Item) else ():
            _check(placed.switch, (*path, *placed.path), entry, model, report)
    for placed in unit_switches(model):
        if placed.path[0] not in KINDS:  # else it was seen with its item
            _check(placed.switch, placed.path, None, model, report)


def _entries(model: SchemeModel) -> Iterator[tuple[Path, Item | Veto]]:
    for array in (*KINDS, "veto"):
        for place, entry in enumerate(getattr(model, array)):
            yield (array, place), entry


def _check(switch: Switch, path: Path, entry: Item | Veto | None, model: SchemeModel, report: Report) -> None:
    if switch.by == "group" and entry is None and not report.has_guess(("groups",)):
        _cover(switch, path, model.groups, [*model.groups], report)
    elif switch.by == "group" and entry is not None and not report.has_guess(("groups",)):
        only = [group for group in model.groups if entry.applies_to is None or group in entry.applies_to]
        # An item of single units or tags may have units of any group.
        needed = only if entry.applies_to is None or len(only) == len(entry.applies_to) else [*model.groups]
        _cover(switch, path, model.groups, needed, report)
    elif switch.by == "level" and entry is None:
        report.add(BY_CODE["switch_level"], (*path, "by"))
    elif switch.by == "level" and not report.has_guess((*path[:2], "rule")):
        levels = levels_of(entry) if isinstance(entry, Item) and _may_go_by_level(path[2:]) else ()
        if levels:
            _cover(switch, path, levels, levels, report)
        else:
            report.add(BY_CODE["switch_level"], (*path, "by"))


def _may_go_by_level(path: Path) -> bool:
    """Whether a number of an item may depend on the level picked; what may be typed is known before it is."""
    return path not in _NO_LEVEL and "range" not in path


def _cover(
    switch: Switch, path: Path, known: Collection[str], needed: Collection[str], report: Report
) -> None:
    named = [key for key, _value in switch.cases]
    for key in named:
        if key not in known:
            near = report.nearest(key, known)
            data = {"found": key, "known": ", ".join(known)}
            report.add(BY_CODE["switch_unknown"], (*path, key), near, at_key=True, **data)
    missing = [each for each in needed if each not in named]
    if switch.other is None and missing and all(key in known for key in named):
        report.add(BY_CODE["switch_other"], path, None, missing=", ".join(missing))
