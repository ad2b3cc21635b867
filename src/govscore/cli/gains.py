"""What a unit could gain, put into tables: changes, open items at their best and worst, grades.

Invariant: every number and sentence comes from the analysis; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.cli.explaining import unit_lines
from govscore.cli.table import table
from govscore.cli.words import foot, heading
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import plain
from govscore.scoring.display import display

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govscore.analysis.whatif import Gain, WhatIf
    from govscore.office.assessment import Assessment
    from govscore.scoring.display import Display

_ENDS = ("best", "worst")


def as_text(assessment: Assessment, found: WhatIf, top: int) -> str:
    """Everything about one unit, with the scheme's notice at head and foot."""
    result = assessment.result()
    shown = display(result)
    parts = ["\n".join([*heading(assessment), "", *_unit_lines(assessment, found, shown)])]
    changes = [gain for gain in found.gains if gain.change.kind not in _ENDS]
    ends = [gain for gain in found.gains if gain.change.kind in _ENDS]
    parts.append(_changes(_("Changes that would gain most"), changes, top, shown))
    if ends:
        parts.append(_changes(_("Open items at their best and worst"), ends, top, shown))
    if found.lines:
        parts.append("\n".join(_grades(found)))
    return "\n\n".join([*parts, "\n".join(foot(result, found.unit.group))]).rstrip() + "\n"


def _unit_lines(assessment: Assessment, found: WhatIf, shown: Display) -> Iterator[str]:
    unit = found.unit
    yield from unit_lines(assessment, unit, shown)
    if unit.state == "open":
        yield "  " + _("Compared by the points so far: what is not reviewed counts nothing yet.")
    if unit.state == "stopped":
        yield "  " + _("Stopped by a veto: only what lifts it is listed, with the total it would give.")


def _changes(title: str, gains: Sequence[Gain], top: int, shown: Display) -> str:
    if not gains:
        return title + "\n" + _("none")
    headings = (_("Item"), _("Change"), _("Gain"), _("Total then"), _("Rank"), _("Grade"))
    lines = [title, table(headings, [_cells(gain, shown) for gain in gains[:top]], "  rrr")]
    rest = len(gains) - top
    if rest > 0:
        text = ngettext("{count} more (--top)", "{count} more (--top)", rest)
        lines.append(text.format(count=rest))
    return "\n".join(lines)


def _cells(gain: Gain, shown: Display) -> tuple[str | None, ...]:
    change = gain.change
    text = change.text
    if change.kind == "best":
        text = _("at best: {answers}").format(answers=text)
    elif change.kind == "worst":
        text = _("at worst: {answers}").format(answers=text)
    elif change.kind == "claim":
        text = _("claimed: {answers}").format(answers=text)
    so_far = None if gain.so_far is None else _("{points} so far").format(points=shown.text(gain.so_far))
    rank = None if gain.rank is None else str(gain.rank)
    gained = shown.text(gain.gain)
    sign = "+" if gain.gain is not None and gain.gain > 0 else ""
    return (
        f"{change.item} {change.title}",
        text,
        None if gained is None else sign + gained,
        so_far or shown.text(gain.total),
        rank,
        gain.grade,
    )


def _grades(found: WhatIf) -> Iterator[str]:
    yield _("What each grade is short of")
    rows = []
    for line in found.lines:
        if line.has_it:
            short: str | None = _("has it")
        else:
            short = None if line.short is None else plain(line.short)
        rows.append((line.grade, line.line or None, short, _("; ").join(line.hindrances) or None))
    yield table((_("Grade"), _("Line"), _("Short of it"), _("What else stands in the way")), rows, "  r")
