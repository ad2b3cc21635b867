"""The same scheme scored by hand in float numpy: as fast as this scheme can be scored without exactness.

Columns of the same form lie together in two-dimensional blocks, made ready before the clock starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from bench.generate import BASE, BONUS, MAJOR
from govscore.scoring.columns import NOT_APPLICABLE, REVIEWED

if TYPE_CHECKING:
    from govscore.scoring.board import Board
    from govscore.scoring.columns import FactStore

Floats = NDArray[np.float64]
Masks = NDArray[np.bool_]
FULL: Final = 2.0
"""Points of every base item."""
INNER_CAP: Final = 3.9


@dataclass(frozen=True)
class Material:
    """What the float scorer starts from."""

    base: list[dict[str, Floats]]
    """For each form of a base item: its columns, (items, units)."""
    bonus: list[dict[str, Floats]]
    major: list[dict[str, Floats]]
    reviewed: list[Masks]
    applicable: Masks
    """(50, units) in item order."""
    valued: list[Masks]
    rows: list[list[int]]
    opened: Masks
    down: Floats
    groups: list[NDArray[np.int64]]


def prepare(board: Board) -> Material:
    """The board's columns as floats, stacked by form."""
    entries = board.columns.entries

    def stack(items: list[str]) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        for fact, store in entries[items[0]].facts.items():
            for column in store.names:
                found[f"{fact}.{column}"] = np.array(
                    [_floats(entries[item].facts[fact], column) for item in items]
                )
        return found

    rows = [[place for place in range(50) if place % len(BASE) == form] for form in range(len(BASE))]
    base = [stack([f"b{place:02}" for place in places]) for places in rows]
    states = np.array([entries[f"b{place:02}"].state for place in range(50)])
    valued = [_valued(block, len(places)) for block, places in zip(base, rows, strict=True)]
    applicable = states != NOT_APPLICABLE
    for places, mask in zip(rows, valued, strict=True):
        applicable[places] &= mask | (states[places] != REVIEWED)
    every = np.array([entry.state for entry in entries.values()][:61])
    down = entries["v1"].facts["down"]
    return Material(
        base=base,
        bonus=[stack([f"e{place}" for place in range(6) if place % 3 == form]) for form in range(len(BONUS))],
        major=[stack([f"m{place}" for place in range(4) if place % 2 == form]) for form in range(len(MAJOR))],
        reviewed=[states[places] == REVIEWED for places in rows],
        applicable=applicable,
        valued=valued,
        rows=rows,
        opened=(every == 0).any(axis=0),
        down=_floats(down, "part") / np.maximum(_floats(down, "whole"), 1),
        groups=list(board.plan.groups.values()),
    )


def _floats(store: FactStore, column: str) -> Floats:
    found: Floats = np.asarray(store.values[column], dtype=np.float64) / store.scale
    return found


def _valued(block: dict[str, Floats], count: int) -> Masks:
    wholes = [column for name, column in block.items() if name.endswith(".whole")]
    shape = (count, next(iter(block.values())).shape[1])
    return wholes[0] > 0 if wholes else np.ones(shape, dtype=bool)


def _share(block: dict[str, Floats], fact: str) -> Floats:
    result: Floats = block[f"{fact}.part"] / np.maximum(block[f"{fact}.whole"], 1)
    return result


def base_points(m: Material) -> Floats:
    """(50, units) points of base items."""
    points = np.zeros(m.applicable.shape)
    for form, (places, block) in enumerate(zip(m.rows, m.base, strict=True)):
        mine = np.clip(_FORMS[form](block), 0, FULL)
        points[places] = np.where(m.reviewed[form] & m.valued[form], mine, 0)
    return points


def _level(column: Floats, *points: float) -> Floats:
    found: Floats = np.asarray(points, dtype=np.float64)[column.astype(np.intp)]
    return found


_FORMS: Final = (
    lambda b: FULL - np.minimum(0.3 * b["late.x"], 0.9) - 0.25 * b["wrong.x"] - 1.0 * (b["done.x"] == 0),
    lambda b: np.where(
        b["reply.missing"] >= 2,
        0,
        FULL - 0.4 * b["reply.late"] - b["reply.missing"] - np.minimum(0.2 * b["form.x"], 0.6),
    ),
    lambda b: FULL - np.minimum(b["other.x"] / 1e8, 1.6) - 1.5 * (b["refused.x"] == 1),
    lambda b: np.where(_share(b, "rate") < 0.3, 0, FULL - 0.8 * (_share(b, "rate") < 0.8)),
    lambda b: 1.0 * (b["icon.x"] == 1) + 0.6 * (b["link.x"] == 1) + 0.4 * (b["search.x"] == 1),
    lambda b: np.minimum(0.15 * b["posts.x"], 1.8) - 0.1 * b["copied.x"],
    lambda b: _level(b["level.x"], 2, 1.2, 0),
    lambda b: np.select([_share(b, "ontime") >= 0.95, _share(b, "ontime") >= 0.8], [2, 1.3], 0),
    lambda b: FULL * np.minimum(1, b["handled.x"] / 7),
    lambda b: FULL * np.minimum(1, _share(b, "daily")),
    lambda b: FULL - _level(b["form.x"], 0, 0.5, 2),
    lambda b: FULL - 1.0 * (b["visits.x"] < 4) + np.minimum(0.2 * b["extra.x"], 0.4),
)


def totals(m: Material) -> tuple[Floats, NDArray[np.int64], Masks]:
    """Totals, ranks (0: none) and which units are scored."""
    points = base_points(m)
    possible = np.where(m.applicable, FULL, 0.0)
    earned, could = points.sum(axis=0), possible.sum(axis=0)
    for first in (0, 5):
        earned -= np.maximum(points[first] + points[first + 1] - INNER_CAP, 0)
        could -= np.maximum(possible[first] + possible[first + 1] - INNER_CAP, 0)
    base = earned * 100 / could
    bonus = (
        np.minimum(m.bonus[0]["event.amount"] / 1e8, 4).sum(axis=0)
        + np.minimum(0.35 * m.bonus[1]["piece.x"], 3).sum(axis=0)
        + _level(m.bonus[2]["level.x"], 2, 0.7, 0).sum(axis=0)
    )
    bonus = np.where(base > 70, np.minimum(bonus, 8), 0)
    major = np.minimum(3 * m.major[0]["leak.x"], 6).sum(axis=0)
    major += np.minimum(m.major[1]["event.amount"] / 1e8, 5).sum(axis=0)
    total = np.clip(base + bonus - major, 0, 110)
    total = np.where((np.round(points[0], 4) < 0.4) & m.applicable[0], np.minimum(total, 85), total)
    scored = ~m.opened & (m.down < 0.05)
    grade = np.digitize(np.round(total, 4), (60, 80, 90))
    grade = np.where((m.major[0]["leak.x"] > 0).any(axis=0), np.minimum(grade, 2), grade)
    np.where(base < 60, 0, grade)
    return total, ranks(m, np.round(total, 4), scored), scored


def ranks(m: Material, total: Floats, scored: Masks) -> NDArray[np.int64]:
    """Ranks in each group, equals sharing the better one."""
    found = np.zeros(total.shape, dtype=np.int64)
    for group in m.groups:
        mine = group[scored[group]]
        ordered = np.sort(total[mine])
        found[mine] = len(mine) - np.searchsorted(ordered, total[mine], side="right") + 1
    return found
