"""What several events of one matter count: of an item, or of all items of a section together.

Invariant: shares stay exact; nothing after the last of them counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from govscore.facts.shown import shown
from govscore.i18n import gettext as _
from govscore.rules.values import Share, percent
from govscore.rules.words import listed, percent_words
from govscore.text import nearest

SameMatter = Literal["highest", "sum"] | tuple[Fraction, ...]


def _same_matter(value: object) -> object:
    if value in ("highest", "sum"):
        return value
    if isinstance(value, (list, tuple)) and value:
        return tuple(percent(each) for each in value)
    near = nearest(value, ("highest", "sum")) if isinstance(value, str) else None
    data = {"found": shown(value)} | ({"near": near} if near else {})
    raise PydanticCustomError("same_matter", "not a rule for the same matter", data)


_Written = Literal["highest", "sum"] | Annotated[tuple[Share, ...], Field(min_length=1)]
SameMatterValue = Annotated[SameMatter, BeforeValidator(_same_matter, json_schema_input_type=_Written)]


def by_order(same_matter: SameMatter) -> tuple[Fraction, ...] | None:
    """What the first, second, … event of one matter counts; None: all count in full."""
    if same_matter == "sum":
        return None
    if same_matter == "highest":
        return (Fraction(1),)
    return tuple(share for share in same_matter if isinstance(share, Fraction))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The section whose items' events of one matter count together."""

    section: str
    """Its title."""
    same_matter: SameMatter


def same_matter_rule(same_matter: SameMatter) -> str:
    """How events of one matter count, in a few words."""
    order = by_order(same_matter)
    if order is None:
        return _("all events count")
    if order == (Fraction(1),):
        return _("only the highest counts")
    shares = listed(percent_words(share) for share in order)
    return _("in order of points: {shares}, nothing after").format(shares=shares)


def same_matter_words(same_matter: SameMatter, pool: Pool | None = None) -> str:
    """How events of one matter count, as the end of a sentence; "" if all count.

    Args:
        same_matter: of the item.
        pool: replaces it.
    """
    order = by_order(same_matter if pool is None else pool.same_matter)
    if order is None:
        return ""
    if order == (Fraction(1),):
        if pool is not None:
            text = _("; of the same matter only the highest counts in all of “{section}”")
            return text.format(section=pool.section)
        return _("; of the same matter only the highest counts")
    shares = listed(percent_words(share) for share in order)
    if pool is not None:
        text = _("; of the same matter in all of “{section}”, in order of points: {shares}, nothing after")
        return text.format(section=pool.section, shares=shares)
    return _("; of the same matter, in order of points: {shares}, nothing after").format(shares=shares)
