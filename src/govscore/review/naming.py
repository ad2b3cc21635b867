"""What units, items and facts are called in sentences for the people at the desk: names, not ids.

Invariant: an id is shown only where documents use it, too (a number); foreign text is inert.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from govscore.calendar.names import period_name
from govscore.errors import NOWHERE
from govscore.i18n import gettext as _
from govscore.i18n import ngettext, pgettext
from govscore.text import inert, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govscore.errors import Problem
    from govscore.facts.base import Question
    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit

_TITLE_CELLS: Final = 24
_LISTED: Final = 12
_MOST_QUESTIONS: Final = 6


def number(id: str) -> str:
    """The id where it is a number as documents have them (29, 4.1, v2); "" for a word of the scheme file."""
    return id if any(character.isdigit() for character in id) else ""


def item_name(scheme: Scheme, id: str) -> str:
    """Number and title of an item or veto."""
    title = shorten(inert(scheme.entries[id].title), _TITLE_CELLS)
    return f"{inert(number(id))} {title}".strip()


def item_names(scheme: Scheme, ids: Sequence[str], most: int = _LISTED) -> str:
    """Numbers of items, those without one by their titles; the first few by name."""
    named = pgettext("list", ", ").join(inert(number(id)) or item_name(scheme, id) for id in ids[:most])
    if len(ids) <= most:
        return named
    rest = len(ids) - most
    return ngettext("{named} and {count} more", "{named} and {count} more", rest).format(
        named=named, count=rest
    )


def told(problem: Problem, scheme: Scheme, units: Mapping[str, Unit]) -> str:
    """What was found, in one sentence, with names in place of the ids of units, items and facts."""
    data = dict(problem.data)
    entry = scheme.entries.get(data.get("item", ""))
    if data.get("unit") in units:
        data["unit"] = units[data["unit"]].name
    if entry is not None:
        data["item"] = item_name(scheme, entry.id)
        labels = {question.id: question.title for question in entry.questions}
        labels |= {
            field.fact: field.label for each in entry.questions for field in each.fields if field.label
        }
        data |= {name: labels.get(data[name], data[name]) for name in ("fact",) if name in data}
    return replace(problem, data=data, place=NOWHERE).sentence


def question_names(questions: Sequence[Question]) -> str:
    """Questions by title, the first so many; those of a period with its name."""
    names = []
    for question in questions[:_MOST_QUESTIONS]:
        title = inert(question.title)
        if question.period:
            title = _("{period} {title}").format(period=period_name(question.period), title=title)
        names.append(title)
    return _(", ").join(names) + (" …" if len(questions) > _MOST_QUESTIONS else "")
