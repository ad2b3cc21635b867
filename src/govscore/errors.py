"""What can go wrong, split by whose fault it is, and the form of every message.

Invariant: a problem holds ids and data, no finished sentence: it is put into words when shown, in
the language set then. Every `MessageKind` has an id and at least one broken file in `tests/broken/`.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from govscore.i18n import Sentence, gettext
from govscore.i18n import mark_for_translation as N_
from govscore.text import inert, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govscore.i18n import Catalogue


class Place(NamedTuple):
    """Where something stands: a file with line and column (from 1), or a sheet and cell, or a row.

    A tuple, since every row that is read has one: nothing else is made as quickly.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""
    path: str = ""
    """Dotted path inside the document, for mappings and for readers (`base[3].rule.minus[0].each`)."""

    def __str__(self) -> str:
        parts = [inert(self.file)] if self.file else []
        if self.sheet or self.cell:
            parts += [inert(self.sheet), self.cell] if self.sheet else [self.cell]
            return "/".join(part for part in parts if part)
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts) if parts else inert(self.path)


NOWHERE: Final = Place()


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageKind:
    """One kind of message: an id and its sentences (msgids, with `{name}` for data)."""

    id: str
    found: str
    expected: str = ""
    todo: str = ""
    catalogue: Catalogue | None = None
    """Where another package keeps its sentences."""

    def translated(self, message: str) -> str:
        """One of its sentences in the language set."""
        return gettext(message) if self.catalogue is None else self.catalogue.gettext(message)


_KINDS: Final[dict[str, MessageKind]] = {}


def message_kind(
    id: str, found: str, expected: str = "", todo: str = "", *, catalogue: Catalogue | None = None
) -> MessageKind:
    """Registers a kind of message; its id is unique and never changes its meaning."""
    if id in _KINDS:
        raise ValueError(f"message id used twice: {id}")
    kind = MessageKind(id=id, found=found, expected=expected, todo=todo, catalogue=catalogue)
    _KINDS[id] = kind
    return kind


def message_kinds() -> Mapping[str, MessageKind]:
    """All kinds registered by the modules loaded so far, by id."""
    return dict(_KINDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake in one place."""

    kind: MessageKind
    place: Place = NOWHERE
    data: Mapping[str, str] = field(default_factory=dict)
    nearest: str | None = None

    @property
    def id(self) -> str:
        """The stable id of the message."""
        return self.kind.id

    @property
    def sentence(self) -> str:
        """What was found, alone: without place, advice and id."""
        return self._fill(self.kind.found)

    @property
    def expected(self) -> str:
        """What would have been right; "" if it goes without saying."""
        filled = self._fill(self.kind.expected) if self.kind.expected else ""
        return filled and gettext("expected: {what}").format(what=filled)

    @property
    def advice(self) -> str:
        """What to do about it; "" if that goes without saying."""
        return self._fill(self.kind.todo) if self.kind.todo else ""

    def __str__(self) -> str:
        where = str(self.place)
        found = self.sentence
        parts = [f"{where}: {found}" if where else found]
        if self.kind.expected:
            parts.append(self.expected)
        if self.nearest:
            parts.append(gettext("did you mean “{word}”?").format(word=inert(self.nearest)))
        if self.kind.todo:
            parts.append(self.advice)
        return "\n    ".join(parts) + f" [{self.kind.id}]"

    def _fill(self, message: str) -> str:
        # Only our own sentences are looked up: a unit may be named like one of them.
        words = {
            name: gettext(text) if isinstance(text, Sentence) else text for name, text in self.data.items()
        }
        shown = {name: shorten(inert(text), 160) for name, text in words.items()}
        return self.kind.translated(message).format_map(shown)


def problem(
    kind: MessageKind, place: Place | None = None, nearest: str | None = None, /, **data: object
) -> Problem:
    """A problem of this kind; data are shown as inert text; a marked `Sentence` is translated."""
    return Problem(
        kind=kind,
        place=NOWHERE if place is None else place,
        nearest=nearest,
        data={name: value if isinstance(value, str) else str(value) for name, value in data.items()},
    )


class GovscoreError(Exception):
    """Root of everything that govscore raises on purpose."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.problems)


class InputError(GovscoreError):
    """What was handed in is wrong: a scheme, units, findings, an option. Holds every problem found."""


class RefusedError(GovscoreError):
    """The request is well formed, but not allowed now: wrong person, wrong state, a lost race."""


class StorageError(GovscoreError):
    """The machine did not do its part: disk, lock, permission, a damaged record."""


def raise_problems(problems: Iterable[Problem]) -> None:
    """Raises one `InputError` with all problems in order of their places, if there are any."""
    found = sorted(
        problems, key=lambda each: (each.place.file, each.place.line, each.place.column, each.place.path)
    )
    if found:
        raise InputError(*found)


def why(error: OSError) -> str:
    """What the system refused, as a sentence to be translated where it is known."""
    return _SYSTEM_WORDS.get(error.errno or 0, error.strerror or str(error))


def why_now(error: OSError) -> str:
    """What the system refused, in the language set."""
    words = why(error)
    return gettext(words) if isinstance(words, Sentence) else words


_SYSTEM_WORDS: Final[Mapping[int, str]] = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("your share of the disk is used up"),
    errno.EACCES: N_("you have no permission for it"),
    errno.EPERM: N_("you have no permission for it"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
}
