"""What depends on the group, or is given where an item is not applicable, in words and in arithmetic.

Invariant: nothing is computed here that scoring does not compute with the same functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.points import Points, plain
from govscore.rules.peer_words import term_text, value_text
from govscore.rules.values import percent_text
from govscore.rules.words import percent_words
from govscore.scheme.policies import policy_of
from govscore.scoring.peers import comparison_of, mean_share, waited_for
from govscore.scoring.steps import Step
from govscore.scoring.vetoes import stops

if TYPE_CHECKING:
    from collections.abc import Callable

    from govscore.scoring.board import Board

_NAMED: Final = 3


def given_step(board: Board, unit: str, item: str) -> Step:
    """What an item is worth that is not applicable: a rate of its points, or the group's mean share."""
    plan, row, place = board.plan, board.plan.rows[item], board.places[unit]
    policy = policy_of(board.scheme, board.scheme.items[item])
    points = Points(board.matrices.points[row, place])
    full = board.unit_full(row, place)
    if policy.rate is not None:
        noted = bool(board.columns.has_note(item, slice(place, place + 1))[0])
        less = policy.without_note is not None and not noted
        rate = policy.without_note if less and policy.without_note is not None else policy.rate
        arithmetic = f"{percent_text(rate)} × {plain(full)} = {plain(points)}"
        if policy.without_note is None:
            text = _("not applicable: {share} of the points: {arithmetic}")
        elif noted:
            text = _("not applicable, with a published note: {share} of the points: {arithmetic}")
        else:
            text = _("not applicable, without a published note: {share} of the points: {arithmetic}")
        text = text.format(share=percent_words(rate), arithmetic=arithmetic)
    else:
        stopped, _undecided = stops(plan, board.columns, slice(0, len(plan.units)), board.matrices)
        there = comparison_of(plan, row, stopped).there
        group = plan.groups[plan.units[place].group]
        share, units = mean_share(plan, board.matrices, row, group[there[group]])
        if share is None:
            raise ValueError("points are given, but no unit of the group has any")
        arithmetic = f"{plain(full)} × {term_text(share, 'ratio')} = {plain(points)}"
        text = ngettext(
            "not applicable: the group's mean share {share} ({units} unit): {arithmetic}",
            "not applicable: the group's mean share {share} ({units} units): {arithmetic}",
            units,
        ).format(share=value_text(share, "ratio"), units=units, arithmetic=arithmetic)
    return Step(name="given", text=text, points=points, amount=points, arithmetic=arithmetic)


def provisional_steps(
    board: Board, unit: str, item: str, scored: Callable[[], tuple[Step, ...]]
) -> tuple[Step, ...]:
    """How far it has come, and whom it waits for.

    Args:
        board: where the unit is scored.
        unit: whose.
        item: of what.
        scored: the steps as things stand.
    """
    row, place = board.plan.rows[item], board.places[unit]
    names = waited_for(board.plan, board.columns, board.matrices, row, place)
    shown = _(", ").join(names[:_NAMED])
    if len(names) > _NAMED:
        more = len(names) - _NAMED
        shown = ngettext("{units} and {more} more", "{units} and {more} more", more).format(
            units=shown, more=more
        )
    text = _("provisional: it waits for {units} of the group").format(units=shown)
    waits = Step(name="waits", text=text)
    return (waits,) if board.matrices.excused[row, place] else (*scored(), waits)
