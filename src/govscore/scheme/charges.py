"""Checks of `from`: which lines may take points elsewhere, and where.

Invariant: a charge that passed takes from the total, or from a section of base items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.rules.line_words import TOTAL
from govscore.scheme import messages as m
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.rules.lines import Line
    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import Item, SchemeModel
    from govscore.scheme.report import Path, Report


def charge_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports lines that take points where they cannot."""
    sections = {section.id: place for place, section in enumerate(model.section)}
    based = _with_base_items(model)
    for item, path, line in _aimed(model):
        target = str(line.from_)
        if item.kind == "bonus":
            report.add(m.FROM_BONUS, path, None, at_key=True)
        elif not item.rule.takes(str(path[-3]), item.kind):
            report.add(m.FROM_ADDS, path, None, at_key=True)
        elif target == TOTAL:
            if TOTAL in sections:
                report.add(m.FROM_AMBIGUOUS, ("section", sections[TOTAL], "id"))
        elif target not in sections:
            if not doubts.about_section_ids:
                report.add(m.FROM_UNKNOWN, path, report.nearest(target, (*sections, TOTAL)), found=target)
        elif target not in based and not doubts.about_sections:
            report.add(m.FROM_KIND, path, None, found=target)


def _aimed(model: SchemeModel) -> Iterator[tuple[Item, Path, Line]]:
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            for side, number, line in item.rule.lines():
                if line.from_ is not None:
                    yield item, (array, place, "rule", side, number, "from"), line


def _with_base_items(model: SchemeModel) -> set[str]:
    """Sections that hold base items, in themselves or in sections below."""
    above = {section.id: section.section for section in model.section}
    found: set[str] = set()
    for item in model.base:
        section = item.section
        while section is not None and section not in found:
            found.add(section)
            section = above.get(section)
    return found
