"""Checks of parts: weights, what belongs to which part, and what stands in `[total]` beside parts.

Invariant: in a scheme that passed, every base item is in exactly one part; other items are in a part or
act on the total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.scheme import part_messages as m
from govscore.scheme.messages import MISSING
from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govscore.scheme.doubts import Doubts
    from govscore.scheme.model import Item, SchemeModel, Section, Veto
    from govscore.scheme.report import Path, Report

_OF_PARTS: Final = ("floor_at", "not_applicable", "times")
"""Keys that stand in each part, if there are any, and else in `[total]`."""
_NEEDED: Final = ("floor_at", "not_applicable")
_POINTS: Final = "/points"


def part_faults(model: SchemeModel, report: Report, doubts: Doubts) -> None:
    """Reports parts that do not add up, and items, sections and vetoes of parts that do not exist."""
    if not model.part:
        _without_parts(model, report)
        return
    _names(model, report)
    for key in _OF_PARTS:
        if getattr(model.total, key) is not None:
            report.add(m.PART_KEY, ("total", key), None, at_key=True, name=key)
    known = tuple(part.id for part in model.part)
    for path, entry in _placed(model):
        if entry.part is not None and entry.part not in known and not report.has_guess(("part",)):
            report.add(m.UNKNOWN_PART, (*path, "part"), report.nearest(entry.part, known),
                       found=entry.part, known=", ".join(known))  # fmt: skip
    if not doubts.about_sections:
        _homes(model, report, known)
    _effects(model, report)
    _reading(model, report)


def _without_parts(model: SchemeModel, report: Report) -> None:
    if report.has_guess(("part",)):
        return
    for key in _NEEDED:
        if getattr(model.total, key) is None:
            report.add(MISSING, ("total", key), None, name=key)
    if model.total.stopped_part is not None:
        report.add(m.NO_PARTS, ("total", "stopped_part"), None, at_key=True, name="stopped_part")
    for path, entry in _placed(model):
        if entry.part is not None:
            report.add(m.NO_PARTS, (*path, "part"), None, at_key=True, name="part")


def _names(model: SchemeModel, report: Report) -> None:
    seen: set[str] = set()
    for place, part in enumerate(model.part):
        if part.id in seen:
            report.add(m.PART_TWICE, ("part", place, "id"), None, found=part.id)
        seen.add(part.id)


def _placed(model: SchemeModel) -> Iterator[tuple[Path, Item | Section | Veto]]:
    """Everything that may name a part."""
    for array in ("section", *KINDS, "veto"):
        for place, entry in enumerate(getattr(model, array)):
            yield (array, place), entry


def _homes(model: SchemeModel, report: Report, known: tuple[str, ...]) -> None:
    """Parts named inside of sections, and base items that are in none."""
    sections = {section.id: section for section in model.section}
    places = {section.id: place for place, section in enumerate(model.section)}
    for path, entry in _placed(model):
        inside = getattr(entry, "section", None)
        if entry.part is not None and inside is not None:
            report.add(m.PART_INSIDE, (*path, "part"), None, at_key=True, section=inside)
    homeless: set[str] = set()
    for place, item in enumerate(model.base):
        top = _top(item, sections)
        if top is item and item.part is None:
            report.add(m.PART_MISSING, ("base", place, "part"), None, found=item.id, known=", ".join(known))
        elif top is not None and top is not item and top.part is None and top.id not in homeless:
            homeless.add(top.id)
            at: Path = ("section", places[top.id], "part")
            report.add(m.PART_MISSING, at, None, found=top.id, known=", ".join(known))


def _top(item: Item, sections: dict[str, Section]) -> Item | Section | None:
    """The top section of an item, or the item itself; None where that is not sound."""
    found: Item | Section = item
    for _level in range(len(sections) + 1):
        if found.section is None:
            return found
        if found.section not in sections:
            return None
        found = sections[found.section]
    return None


def owned_bonus(model: SchemeModel) -> dict[str, list[str]]:
    """Ids of bonus items by the part whose gate and cap concern them; "": the total."""
    sections = {section.id: section for section in model.section}
    found: dict[str, list[str]] = {}
    for item in model.bonus:
        top = _top(item, sections)
        found.setdefault((top.part if top else None) or "", []).append(item.id)
    return found


def _effects(model: SchemeModel, report: Report) -> None:
    """A part that a veto may stop, without a word what that makes of the total."""
    if model.total.stopped_part is not None:
        return
    for veto in model.veto:
        if veto.part is not None and veto.effect.stop is not None:
            report.add(m.STOPPED_PART, ("total", "stopped_part"), None, veto=veto.id)
            return


def _reading(model: SchemeModel, report: Report) -> None:
    """Vetoes of a part that read what depends on the part's own score."""
    if model.total.bonus_when is None:
        return
    names = {id + _POINTS for id in owned_bonus(model).get("", ())}
    for place, veto in enumerate(model.veto):
        for key, condition in veto.conditions() if veto.part is not None else ():
            for name in condition.names():
                if name in names:
                    report.add(m.PART_READS, ("veto", place, key), None, found=name)
