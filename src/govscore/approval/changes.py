"""What changed between a result that somebody saw and the result now.

Invariant: plain data that names unit, item and both values; it is put into words when shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from govscore.approval.digest import decisive_hashes
from govscore.events import Decision, DecisionWithdrawn
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from govscore.events import Event
    from govscore.scoring.result import Result, UnitResult

Kind = Literal["decided", "decided_anew", "withdrawn", "state", "total", "rank", "grade", "computation"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference."""

    kind: Kind
    unit: str = ""
    name: str = ""
    """The unit's name."""
    item: str = ""
    before: str = ""
    after: str = ""
    author: str = ""
    """Who made the decision."""

    def words(self) -> str:
        """The difference in a sentence."""
        return _sentence(self.kind).format(
            unit=inert(self.name or self.unit),
            item=self.item,
            author=inert(self.author),
            before=_shown(self.before),
            after=_shown(self.after),
        )


def changes_since(
    number: int, events: Sequence[Event], before: Result | None, after: Result
) -> tuple[Change, ...]:
    """Decisions made after the event of this number, then units whose result differs.

    Args:
        number: of the event at which `before` was seen.
        events: the whole record.
        before: the result then, if it is known.
        after: the result now.
    """
    found = [*_decisions(number, events, after), *(_results(before, after) if before else ())]
    return tuple(found) or (Change(kind="computation"),)


def _decisions(number: int, events: Sequence[Event], result: Result) -> Iterator[Change]:
    then = decisive_hashes(event for event in events if event.number <= number)
    now = decisive_hashes(events)
    names = {unit.unit: unit.name for unit in result.units}
    last = {
        (event.body.unit, event.body.item): event
        for event in events
        if isinstance(event.body, Decision | DecisionWithdrawn)
    }
    for where in sorted({*then, *now}):
        if then.get(where) == now.get(where):
            continue
        kind: Kind = "decided_anew" if where in then else "decided"
        if where not in now:
            kind = "withdrawn"
        unit, item = where
        yield Change(kind=kind, unit=unit, name=names.get(unit, ""), item=item, author=last[where].author)


def _results(before: Result, after: Result) -> Iterator[Change]:
    old = {unit.unit: unit for unit in before.units}
    for unit in after.units:
        was = old.get(unit.unit)
        if was is None:
            continue
        for kind, text in _WHAT:
            first, second = text(was), text(unit)
            if first != second:
                yield Change(kind=kind, unit=unit.unit, name=unit.name, before=first, after=second)


_WHAT: Final[tuple[tuple[Kind, Callable[[UnitResult], str]], ...]] = (
    ("state", lambda unit: unit.state),
    ("total", lambda unit: "" if unit.total is None else str(unit.total)),
    ("rank", lambda unit: str(unit.rank or "")),
    ("grade", lambda unit: unit.grade or ""),
)
STATES: Final = {
    "open": N_("open"),
    "scored": N_("scored"),
    "stopped": N_("stopped by a veto"),
    "unassessed": N_("not assessed"),
}


def _shown(value: str) -> str:
    return _(STATES[value]) if value in STATES else inert(value) or "—"


def _sentence(kind: Kind) -> str:
    return {
        "decided": _("{unit}, item {item}: decided by {author}"),
        "decided_anew": _("{unit}, item {item}: decided anew by {author}"),
        "withdrawn": _("{unit}, item {item}: decision withdrawn by {author}"),
        "state": _("{unit}: {before} → {after}"),
        "total": _("{unit}: total {before} → {after}"),
        "rank": _("{unit}: rank {before} → {after}"),
        "grade": _("{unit}: grade {before} → {after}"),
        "computation": _("the result differs, though no decision changed: other rules or another version"),
    }[kind]
