"""What stands directly in which section.

Invariant: the order is that of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.scheme.model import Item, Section

_Placed = TypeVar("_Placed", "Section", "Item")
Below: TypeAlias = "dict[str | None, tuple[_Placed, ...]]"


def by_section(each: Iterable[_Placed]) -> Below[_Placed]:
    """Sections or items by the section that they stand in; None: in none."""
    found: dict[str | None, list[_Placed]] = {}
    for one in each:
        found.setdefault(one.section, []).append(one)
    return {section: tuple(inside) for section, inside in found.items()}
