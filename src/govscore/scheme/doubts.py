"""What a report leaves in doubt: names and sums that cannot be judged, since part of them was faulty.

Invariant: only ever keeps silent about something; a scheme without problems leaves nothing in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from govscore.scheme.model import KINDS

if TYPE_CHECKING:
    from govscore.rules.base import Fault
    from govscore.rules.lines import Line
    from govscore.scheme.model import SchemeModel
    from govscore.scheme.report import Path, Report

_NAME_UNKNOWN: Final = frozenset(
    {"unknown_fact", "unknown_count", "no_facts", "no_counts", "nothing_measured"}
)
_ABOUT_NAMES: Final = _NAME_UNKNOWN | {
    "bad_comparison",
    "not_an_answer",
    "not_comparable",
    "not_measured",
    "step_kind",
}
_ENTRIES: Final = frozenset({*KINDS, "section", "veto"})


class Doubts:
    """Looks up what is in doubt after the parts of a scheme were read."""

    def __init__(self, report: Report, model: SchemeModel) -> None:
        self._model = model
        self._facts: dict[Path, set[str]] = defaultdict(set)
        """Of an item or veto: facts that were declared, but wrongly."""
        self._anything: set[Path] = set()
        """Items and vetoes that may have any fact."""
        self.about_sections = False
        """Whether it is not known which items stand in which section."""
        self.about_section_ids = False
        """Whether sections may exist whose ids are not known."""
        self.about_points = False
        """Whether it is not known what base items add up to."""
        self.about_ids = False
        """Whether items may exist whose ids are not known."""
        self.about_grades = False
        """Whether grades may exist whose names are not known."""
        for path in report.guessed:
            self._note(path)
        for path in report.misfits:
            if _is_line(path[2:]):
                self._note_line(path)

    def _note(self, path: Path) -> None:
        array, key = path[:1], path[2] if len(path) > 2 else None
        whole = len(path) <= 2
        if array == ("grade",):
            self.about_grades |= whole or key == "name"
        if not array or array[0] not in _ENTRIES:
            self.about_points |= array == ("groups",)
            return
        self.about_sections |= whole or key in ("section", "id")
        self.about_section_ids |= array == ("section",) and (whole or key == "id")
        self.about_points |= whole or key in ("points", "applies_to")
        self.about_ids |= whole or key == "id"
        if array != ("section",):
            self._note_facts(path)

    def _note_facts(self, path: Path) -> None:
        entry, inside = path[:2], path[2:]
        if inside[:1] == ("facts",) and len(inside) > 1:
            self._facts[entry] |= {str(inside[1]), str(inside[1]).partition(".")[0]}
        elif inside in ((), ("facts",), ("rule",)) or (_is_line(inside) and inside[3:] in ((), ("id",))):
            self._anything.add(entry)
        elif _is_line(inside):
            self._note_line(path)

    def _note_line(self, path: Path) -> None:
        """Something is wrong with a line: what it asks under its id is not known."""
        line = self._line(path)
        if line is None or line.id is None:
            self._anything.add(path[:2])
        else:
            self._facts[path[:2]].add(line.id)

    def _line(self, path: Path) -> Line | None:
        array, place, _rule, side, number, *_rest = path
        lines = getattr(getattr(self._model, str(array))[place].rule, str(side))
        return lines[number] if isinstance(number, int) and number < len(lines) else None

    def follows(self, fault: Fault, entry: Path) -> bool:
        """Whether a fault of an item or veto may only follow from a mistake that was reported before."""
        return fault.code in _ABOUT_NAMES and self.doubts_fact(entry, fault.about, fault.code)

    def doubts_fact(self, entry: Path, name: str, code: str) -> bool:
        """Whether a fault about a name of an item or veto may be due to its wrong declaration."""
        unknown = entry in self._anything and code in _NAME_UNKNOWN
        return unknown or name.partition(".")[0] in self._facts.get(entry, ())


def _is_line(inside: Path) -> bool:
    """Whether a path inside an item is that of a line, of something in it, or of a list of lines."""
    return inside[:1] == ("rule",) and inside[1:2] in (("minus",), ("plus",))
