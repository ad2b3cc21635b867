"""What a question asks where another item may have charged the same matter: each row may name its own.

Invariant: a question that has a box for the matter already stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from govscore.facts.base import Field
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from govscore.facts.base import Question

_MATTER: Final = "matter"


def with_matter(asked: Question) -> Question:
    """The question with a box for the matter in every row; what was one box becomes a list of rows.

    Args:
        asked: what to ask: cases one by one (their counts stay boxes), or anything of which rows add up.
    """
    boxes = asked.row_fields or asked.fields
    if any(box.column == _MATTER for box in boxes):
        return asked
    new = Field(fact=asked.id, column=_MATTER, label=_("matter"), kind="text", required=False)
    if asked.row_fields:
        return replace(asked, row_fields=(*boxes, new))
    return replace(asked, fields=(*boxes, new), repeated=True)
