"""The two registries: starts by `kind`, fact types by `ask`.

Invariant: nothing else in govscore lists them. A module in `rules/` or `facts/` is named here once;
third parties add theirs by the entry points `govscore.rules` and `govscore.facts`, looked for only
when a name is not built in.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from govscore.facts.base import FactType
    from govscore.rules.base import Rule

_STARTS: Final = {
    "deduct": "govscore.rules.deduct:Deduct",
    "earn": "govscore.rules.earn:Earn",
    "level": "govscore.rules.level:Level",
    "share": "govscore.rules.share:Share",
    "events": "govscore.rules.events:Events",
    "rank": "govscore.rules.rank:Ranked",
}
_FACTS: Final = {
    "count": "govscore.facts.count:Count",
    "number": "govscore.facts.number:Number",
    "yes_no": "govscore.facts.yes_no:YesNo",
    "choice": "govscore.facts.choice:Choice",
    "ratio": "govscore.facts.ratio:Ratio",
    "cases": "govscore.facts.cases:Cases",
}


def _load(target: str) -> object:
    module, _colon, name = target.partition(":")
    return getattr(import_module(module), name)


@cache
def _foreign(group: str) -> dict[str, str]:
    from importlib.metadata import entry_points  # slow, and mostly every name is built in

    return {point.name: point.value for point in entry_points(group=group)}


@cache
def start_kind(kind: str) -> type[Rule] | None:
    """The class of a start, or None if nobody provides it."""
    target = _STARTS.get(kind) or _foreign("govscore.rules").get(kind)
    return cast("type[Rule]", _load(target)) if target else None


@cache
def fact_type(ask: str) -> type[FactType] | None:
    """The class of a fact type, or None if nobody provides it."""
    target = _FACTS.get(ask) or _foreign("govscore.facts").get(ask)
    return cast("type[FactType]", _load(target)) if target else None


def start_kinds() -> tuple[str, ...]:
    """All kinds of start, built in and installed."""
    return (*_STARTS, *_foreign("govscore.rules"))


def fact_types() -> tuple[str, ...]:
    """All fact types, built in and installed."""
    return (*_FACTS, *_foreign("govscore.facts"))
