"""Workbooks out: the state of the assessment, put on every sheet.

Invariant: a workbook says the state that was derived for exactly the numbers in it; it is internal,
and no event is recorded for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.office.clock import now
from govscore.office.target import check_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from govscore.export.stamp import Stamp
    from govscore.office.assessment import Assessment


def export_workbook(assessment: Assessment, target: Path, *, clock: Callable[[], datetime] = now) -> Path:
    """Writes the ranking workbook.

    Args:
        assessment: what is exported.
        target: the file; an older one is replaced as a whole.
        clock: gives the time printed; a fixed clock gives the same bytes.

    Returns:
        The file really written: beside the target, with the time in its name, if that is open elsewhere.

    Raises:
        InputError: a file of the assessment itself, no file, or another ending.
        StorageError: the file cannot be written; an older one is unchanged.
    """
    from govscore.export.workbook import write_ranking
    from govscore.scoring.trace import explain_on

    check_workbook(target, assessment.files)
    stamp = stamp_of(assessment, clock())
    return write_ranking(assessment.result(), lambda unit: explain_on(assessment.board, unit), stamp, target)


def export_unit(
    assessment: Assessment, unit: str, target: Path, *, clock: Callable[[], datetime] = now
) -> Path:
    """Writes a unit's own page: its points, and every lost one with its reason; as `export_workbook`.

    Raises:
        InputError: there is no such unit.
    """
    from govscore.export.workbook import write_unit
    from govscore.scoring.trace import explain_on

    assessment.require_unit(unit)
    check_workbook(target, assessment.files)
    trace = explain_on(assessment.board, unit)
    return write_unit(assessment.result(), trace, stamp_of(assessment, clock()), target)


def stamp_of(assessment: Assessment, time: datetime) -> Stamp:
    """What a workbook says about itself."""
    from govscore.export.stamp import Stamp

    standing, result = assessment.standing(), assessment.result()
    anchor = assessment.anchor() if assessment.has_record else None
    return Stamp(
        state=standing.state,
        provisional=standing.provisional,
        printed_at=time if time.tzinfo else time.astimezone(),
        scheme_digest=standing.scheme_digest,
        result_digest=standing.result_digest,
        anchor_number=anchor.number if anchor else 0,
        anchor_hash=anchor.hash if anchor else "",
        assurance="recorded" if anchor else "unrecorded",
        units=len(result.units),
        items=len(result.scheme.items),
        open_units=standing.open_units,
        open_items=standing.open_items,
        decisions=assessment.decided,
        submitted_by=standing.submitted_by,
        submitted_at=standing.submitted_at,
        approved_by=standing.approved_by,
        approved_at=standing.approved_at,
        returned_by=standing.returned_by,
        returned_reason=standing.returned_reason,
        dropped=standing.dropped,
        what_changed=tuple(change.words() for change in standing.what_changed),
    )
