"""The result in the form that was asked for, on stdout or in a file.

Invariant: points are exact decimal texts in JSON, CSV and Parquet, foreign text is unaltered there,
and every form carries the scheme's notice.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from govscore.cli.house import option
from govscore.cli.streams import narrate, say, say_bytes
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from govscore.office.assessment import Assessment
    from govscore.points import Points
    from govscore.scoring.result import PartResult, UnitResult

_ENDINGS: Final = {".json": "json", ".csv": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
_BINARY: Final = ("parquet", "xlsx")


def output_options(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds `--format` with these choices (the first is the default) and `-o`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        into = option(
            "-o", "--output", "target", metavar=N_("FILE"), type=click.Path(path_type=Path), help=_FILE
        )
        form = option("--format", "form", type=click.Choice(formats), help=_FORMAT)
        return form(into(function))

    return add


_FILE: Final = N_("Write into this file instead of stdout.")
_FORMAT: Final = N_("Form of the output; left out: by the file's ending, else a table.")


def form_of(form: str | None, target: Path | None, formats: Sequence[str]) -> str:
    """The form that was asked for, by name or by the ending of the file.

    Raises:
        InputError: an ending that is unknown or says another form, or stdout for what is not text.
    """
    if target is None:
        return form or formats[0]
    from govscore.office import target as targets

    endings = {".txt": formats[0]} | {end: name for end, name in _ENDINGS.items() if name in formats}
    found = targets.form_of(target, form, endings)
    if target == targets.STDOUT and found in _BINARY:
        from govscore.errors import InputError, problem
        from govscore.office.messages import TARGET_STDOUT

        raise InputError(problem(TARGET_STDOUT, form=found))
    return found


def deliver(data: str | bytes, target: Path | None, assessment: Assessment) -> None:
    """Writes to stdout, or whole or not at all into a file that is not the assessment's own.

    Raises:
        InputError: a file that is not to be overwritten, or no file.
        StorageError: it cannot be written; an older one is unchanged.
    """
    if target is None or target == Path("-"):
        say(data) if isinstance(data, str) else say_bytes(data)
        return
    from govscore.office.target import check_target, write_whole
    from govscore.text import inert

    check_target(target, assessment.files, streams=isinstance(data, str))
    write_whole(target, data if isinstance(data, bytes) else (data.rstrip("\n") + "\n").encode())
    narrate(_("written: {file}").format(file=inert(str(target))))


def to_json(content: dict[str, Any]) -> str:
    """The content as JSON that a person can read, too."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV (UTF-8 without byte order mark); what is missing is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()


def head_of(assessment: Assessment) -> dict[str, Any]:
    """What every JSON output begins with."""
    scheme, result = assessment.scheme, assessment.result()
    content: dict[str, Any] = {
        "notice": scheme.notice,
        "scheme": {
            "id": scheme.id,
            "title": scheme.title,
            "points_source": scheme.model.scheme.points_source,
        },
        "provisional": result.provisional,
        "state": None,
    }
    if assessment.has_record:
        standing, anchor = assessment.standing(), assessment.anchor()
        content["state"] = standing.state
        content["digests"] = {"result": standing.result_digest, "scheme": standing.scheme_digest}
        content["anchor"] = {"number": anchor.number, "hash": anchor.hash}
    return content


def unit_json(unit: UnitResult, *, charges: bool = False) -> dict[str, Any]:
    """A unit with its numbers as exact decimal texts, or null.

    Args:
        unit: what it came to.
        charges: whether the scheme has lines that take points from the total itself.
    """
    return {
        "unit": unit.unit,
        "name": unit.name,
        "group": unit.group,
        "base": exact(unit.base),
        "bonus": exact(unit.bonus),
        "major_deduction": exact(unit.major_deduction),
        **({"charged": exact(unit.charged)} if charges else {}),
        "total": exact(unit.total),
        "rank": unit.rank,
        "grade": unit.grade,
        "state": unit.state,
        "coverage": unit.coverage_text,
        "covered": unit.covered,
        "so_far": exact(unit.so_far),
        "low": exact(unit.low),
        "high": exact(unit.high),
        **({"parts": {id: part_json(part) for id, part in unit.parts.items()}} if unit.parts else {}),
    }


def part_json(part: PartResult) -> dict[str, Any]:
    """A part of a unit, likewise; its weight is a fraction of the total."""
    return {
        "state": part.state,
        "base": exact(part.base),
        "bonus": exact(part.bonus),
        "major_deduction": exact(part.major_deduction),
        "score": exact(part.score),
        "weight": None if part.weight is None else str(part.weight),
        "grade": part.grade,
        "failed": part.failed,
        "bonus_locked": part.bonus_locked,
    }


def exact(points: Points | None) -> str | None:
    """The exact decimal, or null."""
    return None if points is None else str(points)
