"""The workbooks as a whole: which sheets, which properties, and where they go.

Invariant: the same result, traces, stamp and language give the same bytes; the only clock is the
stamp's.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, overload

from govscore.export.cells import Book, safe_text
from govscore.export.cover import write_cover
from govscore.export.losses import write_losses
from govscore.export.matrix import write_matrix
from govscore.export.page import Page
from govscore.export.ranking import write_rankings
from govscore.export.save import save
from govscore.export.scheme_sheet import write_scheme
from govscore.export.unit_page import unit_book
from govscore.scoring.display import display

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.export.stamp import Stamp
    from govscore.scoring.result import Result
    from govscore.scoring.trace import UnitTrace


def ranking_bytes(result: Result, traces: Callable[[str], UnitTrace], stamp: Stamp) -> bytes:
    """The ranking workbook as bytes.

    Args:
        result: what is exported.
        traces: gives the trace of a unit by its id.
        stamp: state, counts, digests and clock.

    Raises:
        InputError: points or sheets beyond what a workbook holds.
        GovscoreError: a formula would not give the result's number.
    """
    book = Book()
    page = Page(title=result.scheme.title, notice=result.notice, stamp=stamp)
    shown = display(result)
    write_cover(book, page, result.scheme)
    write_rankings(book, page, result, shown)
    write_matrix(book, page, result, shown)
    write_losses(book, page, result, traces)
    write_scheme(book, page, result)
    return _finish(book, page)


def unit_bytes(result: Result, trace: UnitTrace, stamp: Stamp) -> bytes:
    """A unit's own page as bytes."""
    page = Page(title=result.scheme.title, notice=result.notice, stamp=stamp)
    return _finish(unit_book(result, trace, stamp), page)


@overload
def write_ranking(result: Result, traces: Callable[[str], UnitTrace], stamp: Stamp, target: Path) -> Path: ...


@overload
def write_ranking(
    result: Result, traces: Callable[[str], UnitTrace], stamp: Stamp, target: BinaryIO
) -> None: ...


def write_ranking(
    result: Result, traces: Callable[[str], UnitTrace], stamp: Stamp, target: Path | BinaryIO
) -> Path | None:
    """Writes the ranking workbook.

    Args:
        result: what is exported.
        traces: gives the trace of a unit by its id.
        stamp: state, counts, digests and clock.
        target: a path, whose file is replaced as a whole, or an open binary file.

    Returns:
        The file really written: beside the target, with the time in its name, if that is open in
        another program.

    Raises:
        InputError: points or sheets beyond what a workbook holds.
        StorageError: the folder takes no file; the old file is unchanged.
    """
    return _put(ranking_bytes(result, traces, stamp), stamp, target)


@overload
def write_unit(result: Result, trace: UnitTrace, stamp: Stamp, target: Path) -> Path: ...


@overload
def write_unit(result: Result, trace: UnitTrace, stamp: Stamp, target: BinaryIO) -> None: ...


def write_unit(result: Result, trace: UnitTrace, stamp: Stamp, target: Path | BinaryIO) -> Path | None:
    """Writes a unit's own page; as `write_ranking`."""
    return _put(unit_bytes(result, trace, stamp), stamp, target)


def _put(content: bytes, stamp: Stamp, target: Path | BinaryIO) -> Path | None:
    if isinstance(target, Path):
        return save(content, target, stamp.printed_at)
    target.write(content)
    return None


def _finish(book: Book, page: Page) -> bytes:
    book.workbook.set_properties(
        {
            "title": safe_text(page.title)[:255],
            "subject": page.stamp.state_text,
            "comments": safe_text(page.line)[:255],
            "created": page.stamp.printed_at.astimezone(UTC),
        }
    )
    return book.close()
