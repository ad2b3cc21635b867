"""Units as rows, which `score` and `rank` print: a table a group for people, CSV for programs.

Invariant: every row says whether its rank is provisional, and every output has the scheme's notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.cli.output import deliver, form_of, to_csv, unit_json
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment
    from govscore.scheme.model import Scheme
    from govscore.scoring.display import Display
    from govscore.scoring.result import Result, UnitResult

    Writer = Callable[[Assessment], str | bytes]
    Cells = Callable[[UnitResult, Display], Sequence[str | None]]

PART_COLUMNS: Final = ("state", "base", "score", "grade")


def part_columns(scheme: Scheme) -> tuple[str, ...]:
    """Columns of each part, such as `part.web.score`."""
    return tuple(f"part.{part.id}.{name}" for part in scheme.model.part for name in PART_COLUMNS)


def write(source: Source, form: str | None, target: Path | None, writers: Mapping[str, Writer]) -> None:
    """The result in the form that was asked for (the first one is the default) to where it was asked for."""
    form = form_of(form, target, tuple(writers))
    with source.open() as assessment:
        deliver(writers[form](assessment), target, assessment)


def provisional_groups(result: Result) -> dict[str, bool]:
    """Whether the ranking of each group may still change."""
    return {group: result.is_provisional(group) for group in result.scheme.groups}


def as_tables(
    assessment: Assessment,
    headings: Sequence[str],
    cells: Cells,
    right: str,
    units_of: Callable[[Result, str], Iterable[UnitResult]],
) -> str:
    """A table for each group that has units, with the scheme's places and a remark behind every unit.

    Args:
        assessment: whose result.
        headings: of the columns; that of the remark is added.
        cells: of a unit, without the remark.
        right: as in `table`.
        units_of: the units of a group, in their order.
    """
    from govscore.cli.table import table
    from govscore.cli.words import foot, heading, unit_remark
    from govscore.scoring.display import display
    from govscore.text import inert

    result = assessment.result()
    shown, provisional = display(result), provisional_groups(result)
    parts = ["\n".join(heading(assessment))]
    for group, title in result.scheme.groups.items():
        rows = [
            (*cells(unit, shown), unit_remark(result.scheme, unit, shown, provisional=provisional[group]))
            for unit in units_of(result, group)
        ]
        if rows:
            parts.append(inert(title) + "\n" + table((*headings, _("Remark")), rows, right))
    return "\n\n".join([*parts, "\n".join(foot(result))]).rstrip() + "\n"


def as_csv(result: Result, columns: Sequence[str], units: Iterable[UnitResult]) -> str:
    """A row for each unit, exact; whether its rank is provisional, and the notice, in the last columns."""
    provisional = provisional_groups(result)
    rows = []
    for unit in units:
        content = unit_json(unit, charges="charged" in columns)
        content |= {"covered": str(unit.covered).lower(), "provisional": str(provisional[unit.group]).lower()}
        for id, part in content.get("parts", {}).items():
            content |= {f"part.{id}.{name}": part[name] for name in PART_COLUMNS}
        rows.append([*(content[name] for name in (*columns, "provisional")), result.notice])
    return to_csv((*columns, "provisional", "notice"), rows)
