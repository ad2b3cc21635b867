"""Settings that come from outside the assessment: who is sitting here.

Invariant: a name is taken from where it was stated last: the option, else the environment, else the
record if it leaves no choice; it is a name, no proof.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.events import Person

REVIEWER_VARIABLE: Final = "GOVSCORE_REVIEWER"


def author_name(option: str | None, people: Iterable[Person] = ()) -> str:
    """Who acts: the option, else `GOVSCORE_REVIEWER`, else the only reviewer of the roster, else ""."""
    stated = (option or os.environ.get(REVIEWER_VARIABLE, "")).strip()
    if stated:
        return stated
    reviewers = [person.name for person in people if "reviewer" in person.roles]
    return reviewers[0] if len(reviewers) == 1 else ""
