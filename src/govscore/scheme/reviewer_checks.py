"""Checks of `reviewers` against what an item or veto is: some things must not be combined.

Invariant: whatever compares units, acts by itself or is read elsewhere as facts has one reviewer, or
several who found the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import mark_for_translation as N_
from govscore.scheme import messages as m
from govscore.scheme.model import KINDS, Item
from govscore.scheme.rule_messages import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.i18n import Sentence
    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import SchemeModel, Veto
    from govscore.scheme.report import Path, Report
    from govscore.scheme.reviewing import Reviewers


def reviewer_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports what cannot be combined over several reviewers, and tolerances without anything to refer to."""
    for path, entry in _entries(model):
        reviewers, stated = _of(entry, model)
        where = (*path, "reviewers") if stated else ("scheme", "reviewers")
        if not reviewers.combines or report.has_guess(where):
            continue
        for inside, what in _alone(entry):
            at = where if stated else (*path, *inside)
            report.add(m.NOT_COMBINED, at, None, id=entry.id, what=what)
        tolerance = reviewers.tolerance
        if isinstance(entry, Item) and tolerance is not None and tolerance.share is not None:
            in_doubt = report.has_guess((*path, "points")) or report.has_guess((*path, "cap"))
            if entry.worth is None and entry.kind != "base" and not in_doubt:
                report.add(BY_CODE["percent_without_cap"], (*where, "tolerance"), None, found=str(tolerance))
    _facts_read_elsewhere(model, report, doubts)
    _matters_read_elsewhere(model, report)


def _entries(model: SchemeModel) -> Iterator[tuple[Path, Item | Veto]]:
    for array in (*KINDS, "veto"):
        for place, entry in enumerate(getattr(model, array)):
            yield (array, place), entry


def _of(entry: Item | Veto, model: SchemeModel) -> tuple[Reviewers, bool]:
    """Who reviews it, and whether it states that itself."""
    stated = entry.reviewers is not None
    return entry.reviewers or model.scheme.reviewers, stated


def _alone(entry: Item | Veto) -> Iterator[tuple[Path, Sentence | str]]:
    """What of an item or veto needs one reviewer, or the same findings, and where it stands."""
    if not isinstance(entry, Item):
        yield ("id",), N_("a veto")
        return
    if entry.effect is not None:
        yield ("effect",), N_("an effect")
    for path, what in entry.rule.alone():
        yield ("rule", *path), what


def _facts_read_elsewhere(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """`item/fact` has a meaning only where reviewers agree on the fact."""
    items = {item.id: item for array in KINDS for item in getattr(model, array)}
    for place, veto in enumerate(model.veto):
        for key, condition in veto.conditions():
            for name in condition.names():
                owner, slash, fact = name.partition("/")
                item = items.get(owner)
                if slash and fact != "points" and item is not None and not doubts.about_ids:
                    reviewers, _stated = _of(item, model)
                    if reviewers.combines:
                        report.add(m.FACT_OF_SEVERAL, ("veto", place, key), None, found=name, item=owner)


def _matters_read_elsewhere(model: SchemeModel, report: Report) -> None:
    """A line yields to what is recorded elsewhere, which must be certain, too."""
    items = {item.id: item for array in KINDS for item in getattr(model, array)}
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            for side, number, line in item.rule.lines():
                for at, id in enumerate(line.yields_to or ()):
                    if id in items and _of(items[id], model)[0].combines:
                        path = (array, place, "rule", side, number, "yields_to", at)
                        report.add(m.NOT_COMBINED, path, None, id=id, what="yields_to")
