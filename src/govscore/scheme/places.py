"""Where each key and each value of a document stands.

Invariant: `Places.of` never fails: an unknown path gets the place of its longest known beginning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govscore.errors import Place
from govscore.scheme.scan import Lines, roles, statements_of, tokens_of, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from govscore.scheme.scan import Statement

Path = tuple[str | int, ...]
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+\Z")
_KEYS: Final = frozenset({"bare_key", "quoted_key", "dotted_key"})


class Places:
    """The places of one document, looked up by data path; worked out when first asked for."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._spots: dict[Path, tuple[int, int]] | None = None
        self._lines: Lines | None = None
        """None: there is no text, only paths."""

    @classmethod
    def nowhere(cls, name: str) -> Places:
        """For a document that came as a mapping: its places have a path, but no line."""
        return cls("", name)

    def of(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at this path, or of its key.

        Args:
            path: keys and list indices from 0, such as `("base", 3, "rule", "minus", 0, "each")`.
            key: the place of the name instead (for an element of a list: of the element).
        """
        shown = readable(path)
        if self._spots is None:
            statements = statements_of(self._text, tokens_of(self._text, len(self._text)))
            self._lines = Lines(self._text, self._name) if statements else None
            self._spots = _Index(self._text, statements).spots if statements else {}
        if self._lines is None:
            return Place(file=self._name, path=shown)
        for length in range(len(path), 0, -1):
            spot = self._spots.get(path[:length])
            if spot:
                # What is missing inside a table is shown at the name of that table.
                return self._lines.place(spot[0 if key or length < len(path) else 1], shown)
        return self._lines.place(0, shown)


def readable(path: Path) -> str:
    """A path as people write it: `base[3].rule.minus[0].each`."""
    shown = ""
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        else:
            shown += ("." if shown else "") + (step if _PLAIN.match(step) else f'"{step}"')
    return shown


class _Index:
    """Every path of a valid text with the offsets of its key and of its value."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self.spots: dict[Path, tuple[int, int]] = {}
        self._text = text
        self._lengths: dict[Path, int] = {}
        """How many entries each list of tables has so far."""
        self._read(_tree(text, statements))

    def _read(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def _table(self, node: Node) -> None:
        children = node.named_children
        at = node.start_byte
        path: Path = ()
        names = list(self._names(children[0]))
        for index, (name, start) in enumerate(names):
            path = (*path, name)
            last = index == len(names) - 1
            self.spots.setdefault(path, (start, at))
            if last and node.type == "table_array_element":
                count = self._lengths[path] = self._lengths.get(path, 0) + 1
                path = (*path, count - 1)
                self.spots[path] = (at, at)
            elif last:
                self.spots[path] = (start, at)
            elif path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        for child in children[1:]:
            if child.type == "pair":
                self._pair(child, path)

    def _pair(self, node: Node, path: Path) -> None:
        key, value = node.named_children[0], node.named_children[-1]
        for name, start in self._names(key):
            path = (*path, name)
            self.spots.setdefault(path, (start, value.start_byte))
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            items = (child for child in node.named_children if child.type not in ("comment", "ERROR"))
            for index, child in enumerate(items):
                inside = (*path, index)
                self.spots[inside] = (child.start_byte, child.start_byte)
                self._value(child, inside)

    def _names(self, key: Node) -> Iterator[tuple[str, int]]:
        if key.type == "dotted_key":
            for child in key.named_children:
                if child.type in _KEYS:
                    yield from self._names(child)
            return
        raw = self._text[key.start_byte : key.end_byte]
        yield (unquoted(raw) if key.type == "quoted_key" else raw), key.start_byte


def _tree(text: str, statements: Sequence[Statement]) -> Node:
    from tree_sitter import Language, Parser  # loaded late: only messages and the desk need places
    from tree_sitter_toml import language

    return Parser(Language(language())).parse(_outline(text, statements).encode()).root_node


def _outline(text: str, statements: Sequence[Statement]) -> str:
    """The valid text as plain ASCII of the same length and shape.

    One byte a character, so that tree-sitter's columns are columns; comments are blanks and values
    dummies, so that its grammar (TOML 1.0) also reads what tomli accepts (1.1: line breaks and a
    trailing comma in inline tables, new escapes, times without seconds).
    """
    shape = ["\n" if character == "\n" else " " for character in text]
    for statement in statements:
        brackets: list[str] = []
        comma = value_end = -1
        for token, role, _depth in roles(text, statement):
            start, end = token.start, token.end
            sign = text[start] if role == "sign" else ""
            if token.sort == "string":
                shape[start:end] = ['"', *"x" * (end - start - 2), '"']
            elif role == "rest":
                shape[value_end:end] = "1" * (end - value_end)
            elif role == "newline":
                shape[start] = " " if brackets[-1:] == ["{"] else "\n"
            else:
                shape[start:end] = "1" * (end - start) if role == "value" else text[start:end]
            value_end = end
            if sign in ("[", "{"):
                brackets.append(sign)
            elif sign in ("]", "}"):
                brackets.pop()
                if sign == "}" and comma >= 0:
                    shape[comma] = " "
            if role != "newline":
                comma = start if sign == "," else -1
    return "".join(shape)
