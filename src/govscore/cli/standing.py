"""The whole state of an assessment, computed: counts, what is open, whether an approval holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.cli.streams import narrate
from govscore.cli.words import heading
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.scoring.raters import raters_of
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govscore.approval.standing import Standing
    from govscore.office.assessment import Assessment
    from govscore.office.glance import Glance

_SHOWN: Final = 10
"""Units and changes that are listed; of the rest the number is said."""


def standing_lines(folder: Path, seen: Glance) -> tuple[list[str], tuple[str, ...]]:
    """The state in lines, and the commands that come next."""
    from govscore.office.folder import open_folder

    with open_folder(folder, read_only=True) as assessment:
        for remark in assessment.remarks:
            narrate(remark)
        standing = assessment.standing()
        lines = [
            *heading(assessment),
            *_counts(assessment),
            *seen.lines()[: 2 if assessment.has_record else 1],
        ]
        if assessment.has_record:
            lines += _approval(standing)
        return [*lines, *_open_units(assessment)], _following(assessment, standing, seen)


def _counts(assessment: Assessment) -> Iterator[str]:
    result = assessment.result()
    units = len(result.units)
    opened = sum(unit.state == "open" for unit in result)
    yield ngettext("{count} unit, {open} of them open", "{count} units, {open} of them open", units).format(
        count=units, open=opened
    )


def _open_units(assessment: Assessment) -> Iterator[str]:
    """Every open unit with what is open, as far as they are few."""
    opened = [unit for unit in assessment.result() if unit.state == "open"]
    for unit in opened[:_SHOWN]:
        items = (*unit.open_items, *unit.open_vetoes)
        yield "  " + _("{name} ({id}): open: {items}").format(
            name=inert(unit.name), id=unit.unit, items=_few(items)
        )
        for item in items[:_SHOWN]:
            if raters := raters_of(assessment.board, unit.unit, item):
                yield "    " + _("{item}: {what}").format(item=item, what=inert(raters.words()))
    if len(opened) > _SHOWN:
        more = len(opened) - _SHOWN
        yield "  " + ngettext("and {count} more unit", "and {count} more units", more).format(count=more)


def _few(items: tuple[str, ...]) -> str:
    shown = ", ".join(items[:_SHOWN])
    if len(items) <= _SHOWN:
        return shown
    return _("{items} and {count} more").format(items=shown, count=len(items) - _SHOWN)


def _approval(standing: Standing) -> Iterator[str]:
    """Who submitted, approved or returned, and what changed since."""
    if standing.submitted_by:
        text = _("submitted by {name} at {time}")
        yield text.format(name=inert(standing.submitted_by), time=standing.submitted_at)
    if standing.approved_by:
        text = _("approved by {name} at {time}")
        yield text.format(name=inert(standing.approved_by), time=standing.approved_at)
    if standing.returned_by:
        text = _("returned by {name} at {time}: {reason}")
        name, reason = inert(standing.returned_by), inert(standing.returned_reason)
        yield text.format(name=name, time=standing.returned_at, reason=reason)
    if standing.dropped:
        yield _("that result no longer stands; since then:")
        yield from (f"  {change.words()}" for change in standing.what_changed[:_SHOWN])
        if len(standing.what_changed) > _SHOWN:
            more = len(standing.what_changed) - _SHOWN
            yield "  " + ngettext("and {count} more change", "and {count} more changes", more).format(
                count=more
            )


def _following(assessment: Assessment, standing: Standing, seen: Glance) -> tuple[str, ...]:
    if not assessment.has_record:
        return seen.next
    if standing.provisional or standing.state == "returned":
        return ("govscore review",)
    if standing.state == "approved":
        return ("govscore export",)
    if standing.state == "pending" and not standing.dropped:
        return ("govscore approve --as …", "govscore return --as … --reason …")
    return ("govscore submit",)
