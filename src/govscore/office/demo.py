"""The demonstration: the example assessment, half reviewed, so that there is something to do.

Invariant: the same decisions every time, made from the example's own findings by invented people;
the example says in every output that its data are samples.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import govscore
from govscore.errors import InputError, Place, problem
from govscore.events import Decision
from govscore.intake.load import load_facts, load_scheme, load_units
from govscore.office import messages as m
from govscore.office.clock import now
from govscore.office.contents import FINDINGS, RECORD, SCHEME, UNITS
from govscore.office.disk import refuse_used, staged, write_new
from govscore.office.findings import by_entry
from govscore.office.init import begin_record
from govscore.office.people import roster

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from govscore.events import Body, Finding
    from govscore.scheme.units import Unit

EXAMPLE: Final = "pingcheng-2024"
REVIEWERS: Final = ("评审员甲", "评审员乙")
"""The first reviews the first group of units, the second the others; both are invented."""
LEADER: Final = "分管领导"
LEFT: Final = {"xinxi": 0, "dishouru": 0, "fagai": -3, "jiaoyu": 12, "nongye": -9, "sifa": 20}
"""Units that are not finished: how many of their findings are decided (negative: all but so many)."""
_COPIED: Final = (SCHEME, f"{UNITS}.csv", "README.md")


def copy_demo(target: Path, *, clock: Callable[[], datetime] = now) -> Path:
    """Makes an assessment folder from the example, with a record in which most is decided.

    Args:
        target: a new or empty folder.
        clock: gives the time of the decisions.

    Returns:
        The folder; open it with `open_folder(target, author=REVIEWERS[0])`.

    Raises:
        RefusedError: there is something in the folder.
        StorageError: the folder cannot be written.
    """
    refuse_used(target)
    example = example_folder()
    scheme = load_scheme(example / SCHEME)
    units = load_units(example / f"{UNITS}.csv", scheme)
    rows = tuple(load_facts(example / f"{FINDINGS}.csv", scheme, units).rows())
    order = {id: number for number, id in enumerate(scheme.entries)}
    findings = sorted(by_entry(rows).items(), key=lambda each: order[each[0][1]])
    decisions = _by_reviewer(units, findings)
    with staged(target) as stage:
        write_new(
            stage, {name: (example / name).read_bytes() for name in _COPIED if (example / name).exists()}
        )
        begin_record(stage / RECORD, scheme, units, roster(REVIEWERS, [LEADER]), decisions, clock)
    return target


def example_folder() -> Path:
    """The example, in the installed package or beside its source.

    Raises:
        InputError: this installation has none.
    """
    package = Path(govscore.__file__).parent
    places = (package / "examples" / EXAMPLE, package.parents[1] / "examples" / EXAMPLE)
    for place in places:
        if (place / SCHEME).is_file():
            return place
    raise InputError(problem(m.NO_EXAMPLE, Place(file=str(places[0]))))


def _by_reviewer(
    units: Sequence[Unit], findings: Sequence[tuple[tuple[str, str, str], Finding]]
) -> list[tuple[str, list[Body]]]:
    by_unit: dict[str, list[Body]] = {unit.unit: [] for unit in units}
    for (id, item, reviewer), finding in findings:
        by_unit[id].append(Decision(unit=id, item=item, finding=finding, reviewer=reviewer))
    first: list[Body] = []
    second: list[Body] = []
    for unit in units:
        mine = by_unit[unit.unit]
        kept = mine[: LEFT[unit.unit]] if unit.unit in LEFT else mine
        (first if unit.group == units[0].group else second).extend(kept)
    return [(REVIEWERS[0], first), (REVIEWERS[1], second)]
