"""What several keys of one table must satisfy together.

Invariant: a table is validated key by key first, and then as a whole; a reader that collects mistakes
can have the second step left out, and look into a table whose sound keys do not fit together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import model_validator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import ValidationInfo

FIELDS_ONLY: Final = "fields only"
"""The key of a validation context under which no relation is checked."""
TOLD: Final = "told"
"""The key of a validation context that holds models, by `id`, whose relations are known to be wrong."""


def relation(check: Callable[[Any], None]) -> Any:
    """Makes a method that raises, if keys do not fit together, a validator of its model."""

    def run(self: Any, info: ValidationInfo) -> Any:
        context: Mapping[str, Any] = info.context or {}
        if not context.get(FIELDS_ONLY) and id(self) not in context.get(TOLD, ()):
            check(self)
        return self

    return model_validator(mode="after")(run)
