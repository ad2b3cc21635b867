"""What several keys of one table must satisfy together.

Invariant: a table is validated key by key first; with `FIELDS_ONLY` as context its relations are left
out, so that a table whose keys are sound and do not fit together can still be looked into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import model_validator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import ValidationInfo

FIELDS_ONLY: Final[Mapping[str, bool]] = {"fields_only": True}
"""The context under which relations are not checked."""


def relation(check: Callable[[Any], None]) -> Any:
    """Makes a method that raises, if keys do not fit together, a validator of its model."""

    def run(self: Any, info: ValidationInfo) -> Any:
        if info.context is not FIELDS_ONLY:
            check(self)
        return self

    return model_validator(mode="after")(run)
