"""Which sentences the source holds: every msgid that a call marks for the catalogue.

Read from the syntax tree, so that joined strings, strings inside f-strings and either branch of
`_("a" if x else "b")` are found. Invariant: a sentence that gettext could never look up (an f-string,
a sentence formatted before it is looked up) is a fault, never passed over.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SINGLE: Final = frozenset({"_", "N_", "gettext", "mark_for_translation"})
"""Calls whose first argument is a msgid."""
PLURAL: Final = "ngettext"
CONTEXT: Final = "pgettext"
MESSAGE_KIND: Final = "message_kind"
"""Its arguments after the id are msgids, whether marked or not."""

Key = tuple[str | None, str]
"""Context and msgid (the singular): what identifies an entry."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One sentence of the source and the files it stands in."""

    singular: str
    plural: str | None = None
    context: str | None = None
    files: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What identifies the entry in a catalogue."""
        return (self.context, self.singular)

    @property
    def forms(self) -> tuple[str, ...]:
        """Singular, and plural if there is one."""
        return (self.singular,) if self.plural is None else (self.singular, self.plural)


@dataclass(kw_only=True, slots=True)
class Extract:
    """All sentences by key, and what is wrong with some calls."""

    messages: dict[Key, Message] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, message: Message, place: str) -> None:
        """Takes one sentence in; the same msgid with another plural is a fault."""
        before = self.messages.get(message.key)
        if before is None:
            self.messages[message.key] = message
            return
        if before.plural and message.plural and before.plural != message.plural:
            self.faults.append(f"{place}: {message.singular!r} has two different plurals")
        self.messages[message.key] = Message(
            singular=message.singular,
            plural=before.plural or message.plural,
            context=message.context,
            files=tuple(sorted({*before.files, *message.files})),
        )


def extract(package: Path) -> Extract:
    """The sentences of every module under this folder, in order of their files."""
    found = Extract()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=name)):
            if isinstance(node, ast.Call):
                _from_call(node, name, found)
    return found


def called_name(call: ast.Call) -> str:
    """The last name of what is called: `notify` for `self.app.notify(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _from_call(call: ast.Call, file: str, found: Extract) -> None:
    name, place = called_name(call), f"{file}:{call.lineno}"
    if name in SINGLE and call.args:
        for text in _texts(call.args[0], place, found.faults):
            found.add(Message(singular=text, files=(file,)), place)
    elif name == MESSAGE_KIND:
        for text in _texts_of(_kind_arguments(call)):
            found.add(Message(singular=text, files=(file,)), place)
    elif name == PLURAL and len(call.args) >= 2:
        singulars = list(_texts(call.args[0], place, found.faults))
        plurals = list(_texts(call.args[1], place, found.faults))
        for singular, plural in zip(singulars, plurals, strict=True):
            found.add(Message(singular=singular, plural=plural, files=(file,)), place)
    elif name == CONTEXT and len(call.args) >= 2:
        contexts = list(_texts(call.args[0], place, found.faults))
        for text in _texts(call.args[1], place, found.faults):
            for context in contexts:
                found.add(Message(singular=text, context=context, files=(file,)), place)


def _kind_arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args[1:]
    yield from (keyword.value for keyword in call.keywords if keyword.arg != "id")


def _texts_of(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value


def _texts(node: ast.expr, place: str, faults: list[str]) -> Iterator[str]:
    """The literal sentences that this argument may be; a name or a lookup is not looked into."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value:
            yield node.value
        return
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body, place, faults)
        yield from _texts(node.orelse, place, faults)
        return
    formatted = isinstance(node, ast.Call) and called_name(node) in {"format", "format_map", "join"}
    if formatted or isinstance(node, ast.JoinedStr | ast.BinOp):
        faults.append(f"{place}: a sentence is put together before it is looked up: {ast.unparse(node)[:80]}")
