"""What was found wrong while a scheme is read, and what is no longer known because of it.

Invariant: a mistake is reported once: nothing is said about a value that only stands in for a faulty
one, and no check complains about what follows from a mistake that is already in the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from govscore.errors import InputError, problem
from govscore.scheme import messages as m
from govscore.scheme.rule_messages import BY_CODE
from govscore.text import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

    from govscore.errors import MessageKind, Problem
    from govscore.rules.base import Fault
    from govscore.scheme.places import Places

Path = tuple[str | int, ...]
MOST_PROBLEMS: Final = 100
"""So many are listed; whoever has more corrects those first."""
STAND_IN: Final = "stand-in--"
"""Names that begin with this stand in for faulty ones; no message shows them."""
_HIDDEN: Final = re.compile(rf"{STAND_IN}[0-9]+")
_COMPARISONS: Final = 30_000
"""So many words are looked through for nearest spellings; comparing words is slow."""


@dataclass(slots=True)
class Report:
    """Collects problems with their places."""

    places: Places
    problems: list[Problem] = field(default_factory=list)
    guessed: set[Path] = field(default_factory=set)
    """Where a stand-in took the place of a faulty value or left out a key."""
    unjudged: set[Path] = field(default_factory=set)
    """Tables with keys that are misspelled or not supported yet: whether the rest fits is not judged."""
    misfits: set[Path] = field(default_factory=set)
    """Tables whose keys are sound, but do not fit together."""
    later: set[Path] = field(default_factory=set)
    """Keys and words that are not supported yet."""
    _told: set[tuple[object, ...]] = field(default_factory=set)
    _left: int = _COMPARISONS

    def add(
        self, kind: MessageKind, path: Path, near: str | None = None, /, at_key: bool = False, **data: object
    ) -> None:
        """Notes a problem at a path of the document, unless a stand-in is all that is there."""
        told = (kind.id, path, *map(str, data.values()))
        if not self.is_guessed(path) and told not in self._told:
            self._told.add(told)
            shown = {name: _without_stand_ins(value) for name, value in data.items()}
            self.problems.append(problem(kind, self.places.of(path, key=at_key), near, **shown))

    def fault(self, fault: Fault, path: Path) -> None:
        """Notes a fault that a rule or fact reported about itself."""
        found = str(fault.data.get("found", ""))
        near = self.nearest(fault.word or found, fault.known) if fault.known else None
        self.add(fault.kind or BY_CODE[fault.code], (*path, *fault.path), near, at_key=False, **fault.data)

    def is_guessed(self, path: Path) -> bool:
        """Whether what stands there is a stand-in, or inside one."""
        return any(path[:length] in self.guessed for length in range(1, len(path) + 1))

    def has_guess(self, path: Path) -> bool:
        """Whether a stand-in is there, inside, or around."""
        return self.is_guessed(path) or any(each[: len(path)] == path for each in self.guessed)

    def nearest(self, word: str, known: Collection[str]) -> str | None:
        """The known word that is spelled most like this one, as long as there is time to look."""
        self._left -= len(known)
        if self._left < 0:
            return None
        return nearest(word, [each for each in known if STAND_IN not in each])

    def raise_all(self) -> None:
        """Raises what was found, if anything was.

        Raises:
            InputError: every problem.
        """
        if self.problems:
            raise self.error()

    def error(self) -> InputError:
        """What was found, in the order of the file."""
        found = sorted(self.problems, key=_order)
        if len(found) > MOST_PROBLEMS:
            more = problem(m.MORE, found[MOST_PROBLEMS].place, None, limit=MOST_PROBLEMS, more=len(found))
            found = [*found[:MOST_PROBLEMS], more]
        return InputError(*found)


def _without_stand_ins(value: object) -> object:
    if not isinstance(value, str) or STAND_IN not in value:
        return value
    words = [word for word in value.split(", ") if STAND_IN not in word]
    return ", ".join(words) or _HIDDEN.sub("…", value)


def _order(each: Problem) -> tuple[int, int, list[tuple[bool, int, str]], str]:
    """By line and column; without them (a mapping) by path, list positions as numbers."""
    steps = each.place.path.replace("]", "").replace("[", ".").split(".")
    path = [
        (step.isdecimal(), int(step) if step.isdecimal() and len(step) < 10 else 0, step) for step in steps
    ]
    return (each.place.line, each.place.column, path, each.id)
