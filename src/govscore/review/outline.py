"""What an assessment shows before anything of it is scored: its title and its units by group.

Invariant: plain names and counts as they are stored; no score, rank or state is claimed here.
"""

from __future__ import annotations

from typing import NamedTuple


class UnitOutline(NamedTuple):
    """A unit, and on how many of its items a decision is in force."""

    name: str
    decisions: int


class GroupOutline(NamedTuple):
    """A group of units in the order of the roster."""

    title: str
    units: tuple[UnitOutline, ...]


class Outline(NamedTuple):
    """An assessment before it is read whole."""

    title: str
    notice: str
    """A sentence that every output shows."""
    groups: tuple[GroupOutline, ...]
