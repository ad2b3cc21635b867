"""Checks of `same_matter`: where a section may state it, and that every item of events has one.

Invariant: for each item with events exactly one `same_matter` counts: the section's, else its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.rules.events import Events
from govscore.scheme import messages as m
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import SchemeModel, Section
    from govscore.scheme.report import Report


def pool_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports sections whose `same_matter` has nothing to act on, or two; and items without any."""
    if doubts.about_sections:
        return
    sections = {section.id: section for section in model.section}
    pooled: set[str] = set()
    for array in KINDS:
        for place, item in enumerate(getattr(model, array)):
            above = list(_above(item.section, sections))
            states = any(section.same_matter is not None for section in above)
            if not isinstance(item.rule, Events):
                continue
            if array == "bonus":
                pooled |= {section.id for section in above}
            path = (array, place, "rule", "same_matter")
            unknown = any(report.has_guess(("section", _place(model, each), "same_matter")) for each in above)
            if item.rule.same_matter is None and not states and not unknown:
                report.add(m.MISSING, path, None, name="same_matter")
    for place, section in enumerate(model.section):
        if section.same_matter is None:
            continue
        where = ("section", place, "same_matter")
        outer = [each for each in _above(section.section, sections) if each.same_matter is not None]
        if section.id not in pooled:
            report.add(m.MATTER_SECTION, where, None, at_key=True, found=section.id)
        elif outer:
            report.add(m.MATTER_TWICE, where, None, at_key=True, found=section.id, outer=outer[0].id)


def _above(id: str | None, sections: dict[str, Section]) -> Iterator[Section]:
    """A section and those around it; a loop, which is reported elsewhere, is followed once."""
    seen: set[str] = set()
    while id is not None and id in sections and id not in seen:
        seen.add(id)
        yield sections[id]
        id = sections[id].section


def _place(model: SchemeModel, section: Section) -> int:
    return model.section.index(section)
