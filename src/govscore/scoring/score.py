"""`score`: the whole of scoring in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.scheme.units import check_units
from govscore.scoring.board import Board

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.scheme.model import Scheme
    from govscore.scheme.units import Unit
    from govscore.scoring.facts import Facts
    from govscore.scoring.result import Result


def score(scheme: Scheme, facts: Facts, units: Iterable[Unit]) -> Result:
    """Scores, ranks and grades of all units.

    Args:
        scheme: what counts, and how.
        facts: what was established; an item without facts is open.
        units: the roster; its order changes nothing but the order of the rows.

    Returns:
        The result; points are exact, in 1/100 000 000 point.

    Raises:
        InputError: if the roster does not fit the scheme.
    """
    return Board(scheme, facts, check_units(units, scheme)).result()
