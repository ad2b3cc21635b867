"""Keys and tables that a text gives twice, or in two ways that exclude each other.

Invariant: follows TOML's own rules for what may be opened again, on the statements alone, so that
a mistake elsewhere does not hide a duplicate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from govscore.scheme import syntax_messages as say
from govscore.scheme.scan import KeyPart, header_keys, key_parts, roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govscore.scheme.faults import Faults
    from govscore.scheme.scan import Statement, Token

_WHAT: Final = {"value": say.WHAT_VALUE, "list": say.WHAT_LIST}
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+\Z")


@dataclass(slots=True)
class _Node:
    """What a name stands for: `implied`, `header` or `dotted` table, `list` of tables, `value`."""

    use: str
    start: int
    inside: dict[str, _Node] = field(default_factory=dict)


def check_duplicates(statements: Sequence[Statement], faults: Faults) -> None:
    """Reports what is said twice in these statements."""
    text = faults.text
    root = _Node("header", 0)
    table = root
    for statement in statements:
        if text[statement.tokens[0].start] == "[":
            keys, doubled = header_keys(text, statement)
            table = _open_table(root, keys, doubled, faults) if keys else _Node("header", 0)
            continue
        keys = _keys_before_equals(text, statement)
        _check_inline(statement, faults)
        if keys:
            _set_key(table, keys, faults)


def _keys_before_equals(text: str, statement: Statement) -> list[KeyPart]:
    before: list[Token] = []
    for token in statement.tokens:
        if token.sort == "sign":
            return key_parts(text, before) if text[token.start] == "=" else []
        before.append(token)
    return []


def _open_table(root: _Node, keys: list[KeyPart], doubled: bool, faults: Faults) -> _Node:
    """The table that a header begins; a fresh one if the header is refused."""
    node = root
    for index, part in enumerate(keys[:-1]):
        node = node.inside.setdefault(part.name, _Node("implied", part.start))
        if node.use == "value":
            _two_meanings(node, keys[: index + 1], faults)
            return _Node("header", 0)
        node = node.inside[""] if node.use == "list" else node
    last = keys[-1]
    known = node.inside.get(last.name)
    if doubled:
        return _next_entry(node, known, keys, faults)
    if known is None or known.use == "implied":
        table = known or _Node("header", last.start)
        table.use, table.start = "header", last.start
        node.inside[last.name] = table
        return table
    if known.use in ("header", "dotted"):
        line = faults.lines.line(known.start)
        faults.add(say.DUPLICATE_TABLE, last.start, key=_dotted(keys), line=line)
        return known
    _two_meanings(known, keys, faults)
    return _Node("header", 0)


def _next_entry(node: _Node, known: _Node | None, keys: list[KeyPart], faults: Faults) -> _Node:
    last = keys[-1]
    if known is None:
        known = node.inside[last.name] = _Node("list", last.start)
    elif known.use != "list":
        _two_meanings(known, keys, faults)
        return _Node("header", 0)
    # The empty name holds the entry that is open; a real key "" is as rare as it is harmless here.
    known.inside[""] = entry = _Node("header", last.start)
    return entry


def _set_key(table: _Node, keys: list[KeyPart], faults: Faults) -> None:
    node = table
    for index, part in enumerate(keys[:-1]):
        known = node.inside.get(part.name)
        if known is None:
            known = node.inside[part.name] = _Node("dotted", part.start)
        elif known.use in ("value", "list", "header"):
            _two_meanings(known, keys[: index + 1], faults)
            return
        node = known
    last = keys[-1]
    known = node.inside.get(last.name)
    if known is None:
        node.inside[last.name] = _Node("value", last.start)
    elif known.use == "value":
        line = faults.lines.line(known.start)
        faults.add(say.DUPLICATE_KEY, last.start, key=_dotted(keys), line=line)
    else:
        _two_meanings(known, keys, faults)


def _check_inline(statement: Statement, faults: Faults) -> None:
    """The keys of every inline table of a statement."""
    text = faults.text
    tables: list[_Node] = []
    kinds: list[str] = []
    key: list[Token] = []
    for token, role, depth in roles(text, statement):
        if role == "key":
            key.append(token)
        elif role == "sign":
            sign = text[token.start]
            if sign == "=" and tables and kinds[-1] == "{" and key:
                parts = key_parts(text, key)
                if parts:
                    _set_key(tables[-1], parts, faults)
            elif sign in "[{" and depth > len(kinds):
                kinds.append(sign)
                tables.append(_Node("header", token.start))
            elif sign in "]}" and kinds:
                kinds.pop()
                tables.pop()
            key = []


def _two_meanings(known: _Node, keys: list[KeyPart], faults: Faults) -> None:
    what = _WHAT.get(known.use, say.WHAT_TABLE)
    line = faults.lines.line(known.start)
    faults.add(say.TWO_MEANINGS, keys[-1].start, key=_dotted(keys), line=line, what=what)


def _dotted(keys: list[KeyPart]) -> str:
    return ".".join(part.name if _PLAIN.match(part.name) else f'"{part.name}"' for part in keys)
