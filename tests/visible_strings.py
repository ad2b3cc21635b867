"""Finds sentences in the source that a reader would see, but that no catalogue knows."""

from __future__ import annotations

import ast
import contextlib
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tools.msgids import called_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN_ARGUMENTS: Final[dict[str, tuple[int, ...]]] = {
    "echo": (0,),
    "secho": (0,),
    "print": (0, 1, 2, 3),
    "UsageError": (0,),
    "BadParameter": (0,),
    "ClickException": (0,),
    "confirm": (0,),
    "prompt": (0,),
    "Static": (0,),
    "Label": (0,),
    "Button": (0,),
    "Markdown": (0,),
    "Checkbox": (0,),
    "RadioButton": (0,),
    "Option": (0,),
    "TabPane": (0,),
    "notify": (0,),
    "update": (0,),
    "Binding": (2,),
    "write_string": (1, 2),
    "write_rich_string": (1, 2, 3, 4),
    "write_comment": (1, 2),
    "add_column": (0,),
}
"""Calls that show text, by the last name of what is called, and which of their arguments it is."""
SHOWN_KEYWORDS: Final = frozenset(
    (
        "help",
        "short_help",
        "epilog",
        "title",
        "subtitle",
        "label",
        "description",
        "tooltip",
        "placeholder",
        "prompt",
        "message",
    )
)
"""Arguments that hold shown text, of the calls above and of those below."""
DECLARING: Final = frozenset(
    {"option", "argument", "command", "group", "Option", "Argument", "Input", "Collapsible"}
)
SHOWN_ATTRIBUTES: Final = frozenset(
    (
        "TITLE",
        "SUB_TITLE",
        "BORDER_TITLE",
        "BORDER_SUBTITLE",
        "title",
        "sub_title",
        "border_title",
        "border_subtitle",
        "tooltip",
    )
)
"""Attributes of apps, screens and widgets that are drawn."""

_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_MARKUP: Final = re.compile(r"\[[^\[\]]*\]")
CJK: Final = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Literal:
    """A string in the source: the file below `src`, its line, the text."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text!r}"


def trees(source: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every module below this folder."""
    for path in sorted(source.rglob("*.py")):
        yield path.relative_to(source).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def untranslated(file: str, tree: ast.Module) -> list[Literal]:
    """Literal sentences that are handed to what shows text, past the catalogue."""
    found = [literal for node in ast.walk(tree) for shown in _shown(node) for literal in _literals(shown)]
    places = [Literal(file, node.lineno, str(node.value)) for node in found if is_sentence(str(node.value))]
    return sorted(set(places), key=lambda each: (each.line, each.text))


def is_sentence(text: str) -> bool:
    """Whether a reader would read words here, markup and `{names}` aside."""
    with contextlib.suppress(ValueError):
        text = "".join(part for part, *_rest in string.Formatter().parse(text))
    return bool(_WORD.search(_MARKUP.sub("", text)) or CJK.search(text))


def chinese(file: str, tree: ast.Module) -> list[Literal]:
    """String literals with Chinese in them; docstrings are not literals in this sense."""
    documentation = {id(node) for node in _documentation(tree)}
    return [
        Literal(file, node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in documentation and CJK.search(node.value)
    ]


def _documentation(tree: ast.Module) -> Iterator[ast.expr]:
    """Strings that stand alone as a statement: docstrings, also those of constants and fields."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))


def _shown(node: ast.AST) -> Iterator[ast.expr]:
    """Expressions below this node whose text is shown."""
    if isinstance(node, ast.Call):
        name = called_name(node)
        for place in SHOWN_ARGUMENTS.get(name, ()):
            yield from node.args[place : place + 1]
        if name in SHOWN_ARGUMENTS or name in DECLARING:
            yield from (each.value for each in node.keywords if each.arg in SHOWN_KEYWORDS)
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(_is_shown_attribute(each) for each in targets):
            yield node.value


def _is_shown_attribute(target: ast.expr) -> bool:
    if isinstance(target, ast.Attribute):
        return target.attr in SHOWN_ATTRIBUTES
    return isinstance(target, ast.Name) and target.id.isupper() and target.id in SHOWN_ATTRIBUTES


def _literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The strings an expression is made of; what a call gives back, and keys, are not looked into."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _literals(part.value if isinstance(part, ast.FormattedValue) else part)
    elif isinstance(node, ast.BinOp):
        yield from _literals(node.left)
        yield from _literals(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.BoolOp | ast.List | ast.Tuple):
        for each in node.values if isinstance(node, ast.BoolOp) else node.elts:
            yield from _literals(each)
    elif isinstance(node, ast.Call) and called_name(node) in {"format", "join"}:
        yield from _literals(getattr(node.func, "value", node.func))
