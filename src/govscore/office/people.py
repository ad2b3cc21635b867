"""Who may act: the roster of the record, and the name of whoever sits here.

Invariant: nobody decides or approves under a name that the roster does not have; a name is what
somebody typed, no proof of who it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.errors import RefusedError, problem
from govscore.events import Person
from govscore.i18n import mark_for_translation as N_
from govscore.office import messages as m
from govscore.text import nearest, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govscore.errors import Problem

ROLES: Final = {"reviewer": N_("reviewer"), "leader": N_("leader")}
_MOST_CHARACTERS: Final = 40


def roster(reviewers: Iterable[str], leaders: Iterable[str]) -> tuple[Person, ...]:
    """People with their roles; who is named as both has both.

    Raises:
        RefusedError: an unusable name, no reviewer, no leader.
    """
    roles: dict[str, list[str]] = {}
    for role, names in (("reviewer", reviewers), ("leader", leaders)):
        for name in names:
            mine = roles.setdefault(normal(name.strip()), [])
            if role not in mine:
                mine.append(role)
    problems = [problem(m.NAME, found=name) for name in roles if not _usable(name)]
    problems += [
        problem(kind)
        for role, kind in (("reviewer", m.NO_REVIEWER), ("leader", m.NO_LEADER))
        if not any(role in mine for mine in roles.values())
    ]
    if problems:
        raise RefusedError(*problems)
    return tuple(Person(name=name, roles=tuple(mine)) for name, mine in roles.items())


def member(name: str, people: Sequence[Person], role: str | None = None) -> Person:
    """The person of this name, who has the role.

    Raises:
        RefusedError: no name, a name the roster does not have, or a person without the role.
    """
    known = [person.name for person in people if role is None or role in person.roles]
    shown = ", ".join(known)
    found = next((person for person in people if person.name == normal(name.strip())), None)
    refused: Problem | None = None
    if not name.strip():
        refused = problem(m.WHO, known=shown)
    elif found is None:
        refused = problem(m.NOT_ON_ROSTER, None, nearest(name, known), found=name, known=shown)
    elif role is not None and role not in found.roles:
        refused = problem(m.WRONG_ROLE, found=name, role=ROLES[role], known=shown)
    if refused is not None or found is None:
        raise RefusedError(*([refused] if refused else []))
    return found


def _usable(name: str) -> bool:
    return bool(name) and name.isprintable() and len(name) <= _MOST_CHARACTERS
