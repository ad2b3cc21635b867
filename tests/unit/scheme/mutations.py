"""Small, mean changes to the parsed mapping of a scheme."""

from __future__ import annotations

import copy
import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

HOSTILE: Final[tuple[object, ...]] = (
    True, False, None, 0, 1, -1, 3, 10**6, 10**6 + 1, 10**4000, 0.5, 1e300, float("inf"), 1j,
    *map(Decimal, ("0.0001", "0.00001", "1e400", "1e-400", "nan", "-inf")),
    "", " ", "0.5", "60 %", "６０％", "1000000 %", "none", "best", "一", "\x1b[31m", "a\u202eb", "а1", "Ａ",
    "x" * 3000, "posts > 3", "base >= 60", "1/points > 3", "a = b and c = d or e = f", "> " * 60, b"bytes",
    [], [[]], [1, "x", {}], [{"each": 1}], [{"id": "a", "title": "a", "each": 1}] * 2, ("a", "b"),
    {}, {"by": "group", "other": 1}, {"take": "mean"}, {"when": "x > 1", "at": 3},
    datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, tzinfo=datetime.UTC), datetime.time(1),
)  # fmt: skip
KEYS: Final = (
    *("id", "title", "points", "cap", "section", "rule", "facts", "kind", "minus", "plus", "levels", "each"),
    *(
        "once",
        "range",
        "count",
        "when",
        "zero_if",
        "of",
        "target",
        "ask",
        "within",
        "at_least",
        "clean",
        "unit",
    ),
    *(
        "applies_to",
        "effect",
        "stop",
        "zero",
        "at_most",
        "grade",
        "cap_grade",
        "fixed",
        "part",
        "needs_claim",
    ),
    *(
        "by",
        "per",
        "combine",
        "ceiling",
        "bounds",
        "times",
        "unless",
        "from",
        "yields_to",
        "short_of",
        "base",
    ),
    *(
        "bonus",
        "veto",
        "total",
        "groups",
        "format",
        "scheme",
        "rank",
        "same_matter",
        "shared",
        "policy",
        "to",
    ),
    *("name", "键", "Points", "ｉｄ"),
)


def mutate(rng: Random, data: Any) -> Any:
    """A copy with one change at a random place."""
    made = copy.deepcopy(data)
    holders = [(table, key) for table in _tables(made) for key in _keys(table)]
    if not holders:
        return made
    table, key = rng.choice(holders)
    change = rng.choice((_replace, _replace, _remove, _insert, _move, _double, _bend, _bend))
    change(rng, table, key, [holder[0][holder[1]] for holder in holders[:400]])
    return made


def _tables(value: Any) -> list[Any]:
    found, waiting = [], [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict | list):
            found.append(each)
            waiting += list(each.values()) if isinstance(each, dict) else each
    return found


def _keys(table: Any) -> list[Any]:
    return list(table) if isinstance(table, dict) else list(range(len(table)))


def _replace(rng: Random, table: Any, key: Any, _others: list[Any]) -> None:
    table[key] = copy.deepcopy(rng.choice(HOSTILE))


def _remove(rng: Random, table: Any, key: Any, _others: list[Any]) -> None:
    del table[key]


def _insert(rng: Random, table: Any, key: Any, others: list[Any]) -> None:
    value = copy.deepcopy(rng.choice(HOSTILE) if rng.random() < 0.6 else rng.choice(others))
    if isinstance(table, dict):
        table[rng.choice(KEYS)] = value
    else:
        table.insert(key, value)


def _move(rng: Random, table: Any, key: Any, others: list[Any]) -> None:
    table[key] = copy.deepcopy(rng.choice(others))


def _double(rng: Random, table: Any, key: Any, _others: list[Any]) -> None:
    if isinstance(table, list):
        table.append(copy.deepcopy(table[key]))
    else:
        table[str(key) + rng.choice("2sX ")] = copy.deepcopy(table[key])


def _bend(rng: Random, table: Any, key: Any, _others: list[Any]) -> None:
    """A small slip: a letter lost, upper case, a number a little off, a word of somewhere else."""
    value = table[key]
    if isinstance(value, str) and value:
        place = rng.randrange(len(value))
        slips: list[Callable[[str], str]] = [
            lambda text: text[:place] + text[place + 1 :],
            lambda text: text[:place] + rng.choice("aZ 0=>.%/—") + text[place:],
            str.upper,
            lambda text: text + " ",
            lambda text: text.replace("and", "or"),
        ]
        table[key] = rng.choice(slips)(value)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        table[key] = rng.choice(
            (-value, value * 10, value + 1, str(value), value * Decimal("0.33333"), bool(value))
        )
    elif isinstance(value, list):
        rng.shuffle(value)
