"""The words, signs and statements of a TOML text, found without trusting it.

Invariant: linear in the length of the text, never recursive, and never fails: what is no TOML
becomes tokens too. On a valid text the statements are exactly those of TOML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

import tomli

from govscore.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_QUOTES: Final = "“”„‟＂「」『』"
_SINGLE: Final = "‘’＇"
_SPACES: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_STRUCTURE: Final = "＝［］｛｝＃【】〔〕" + _QUOTES + _SINGLE
_PUNCTUATION: Final = "\uff01-\uff5e、。"
_WORD: Final = rf"[^\s#\"'\[\]{{}},={_SPACES}{_STRUCTURE}{_PUNCTUATION}]"
_FOREIGN: Final = rf"[^\x00-\x7f\s{_SPACES}{_STRUCTURE}{_PUNCTUATION}]"
_INSIDE: Final = rf"(?![＝［］｛｝＃])[{_PUNCTUATION}“”‘’]"
"""Signs that a Chinese text without quotes may go on with."""
_STRING: Final = r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*+"{3,5} | '''(?:[^']|'(?!''))*+'{3,5}
        | "(?!"")(?:[^"\\\n]|\\[^\n])*+" | '(?!'')[^'\n]*+'"""
_UNCLOSED: Final = r"""\"\"\".*+ | '''.*+ | "[^\n]*+ | '[^\n]*+"""
_TOKEN: Final = re.compile(
    rf"""[ \t]*+(?:
      (?P<newline>\n)
    | (?P<comment>\#[^\n]*+)
    | (?P<string>{_STRING})
    | (?P<half>(?:"[^"\\\n{_QUOTES}]*+[”＂]))
    | (?P<unclosed>{_UNCLOSED})
    | (?P<sign>[\[\]{{}},=])
    | (?P<remark>＃[^\n]*+)
    | (?P<quoted>[{_QUOTES}][^"\n{_QUOTES}]*+["{_QUOTES}] | [{_SINGLE}][^'\n{_SINGLE}]*+['{_SINGLE}])
    | (?P<space>[{_SPACES}])
    | (?P<word>[＋－．＿０-９Ａ-Ｚａ-ｚ]*+{_WORD}*?{_FOREIGN}(?:{_WORD}|{_INSIDE})*+
        | {_WORD}++)
    | (?P<wide>[＋－．＿０-９Ａ-Ｚａ-ｚ]++ | [{_STRUCTURE}{_PUNCTUATION}])
    | (?P<other>[^ \t])
    )""",
    re.VERBOSE | re.DOTALL,
)
_QUIET: Final = re.compile(rf"{_STRING} | {_UNCLOSED} | \#[^\n]*+", re.VERBOSE | re.DOTALL)
_PLAIN_NAME: Final = re.compile(r"(?!(?:true|false|inf|nan)\Z)[A-Za-z_][A-Za-z0-9_.-]*\Z")
CLOSING: Final = {"[": "]", "{": "}"}


class Token(NamedTuple):
    """One word, sign, string, comment or line end: its sort and where it stands in the text."""

    sort: str
    start: int
    end: int


class Statement(NamedTuple):
    """A table header or a key with its value: the tokens, without comments and outer line ends."""

    tokens: list[Token]
    closed: bool
    """False if it was ended by the start of the next one, or by the end of the text."""


class KeyPart(NamedTuple):
    """One name of a dotted key, and where it stands."""

    name: str
    start: int


class Lines:
    """Offsets in a text as places: file, line and column, both from 1, counted in characters."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        """The line, from 1."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int, path: str = "") -> Place:
        """The place of this character."""
        line = self.line(offset)
        return Place(file=self._name, line=line, column=offset - self._starts[line - 1] + 1, path=path)


def without_strings(text: str) -> str:
    """The text with an empty string for every string and comment; exact as far as the text is valid."""
    return _QUIET.sub('""', text)


def tokens_of(text: str, limit: int) -> list[Token]:
    """The tokens of the text; stops after `limit` + 1."""
    found: list[Token] = []
    match = _TOKEN.match
    at = 0
    while len(found) <= limit:
        token = match(text, at)
        if token is None:
            break
        sort = token.lastgroup or ""
        at = token.end()
        found.append(Token(sort, token.start(sort), at))
    return found


def statements_of(text: str, tokens: Sequence[Token]) -> list[Statement]:
    """The tokens, split into statements.

    A value whose bracket is never closed ends where a line plainly begins the next statement.
    """
    found: list[Statement] = []
    current: list[Token] = []
    stack: list[str] = []
    for index, token in enumerate(tokens):
        if token.sort == "newline":
            line = tokens[index + 1 : index + 13]
            cut = bool(stack) and _begins_statement(text, line, current, stack)
            if stack and not cut:
                current.append(token)
                continue
            if current:
                found.append(Statement(current, not stack))
            current, stack = [], []
        elif token.sort not in ("comment", "remark"):
            current.append(token)
            _follow(text, token, current, stack)
    if current:
        found.append(Statement(current, not stack))
    return found


def _follow(text: str, token: Token, current: list[Token], stack: list[str]) -> None:
    """Keeps the brackets that are open; those of a header do not count."""
    sign = text[token.start]
    if token.sort == "sign" and text[current[0].start] != "[":
        if sign in CLOSING:
            if stack or any(text[each.start] == "=" for each in current[-2:-1]):
                stack.append(sign)
        elif sign in "]}" and stack:
            stack.pop()
    elif token.sort == "unclosed" and not text.startswith(sign * 3, token.start):
        swallowed = text[token.start : token.end].rstrip().rstrip(",").rstrip()
        while stack and swallowed.endswith(CLOSING[stack[-1]]):
            swallowed = swallowed[:-1].rstrip()
            stack.pop()


def _begins_statement(text: str, ahead: Sequence[Token], current: list[Token], stack: list[str]) -> bool:
    """Whether the line ahead can only be a new statement, though brackets are open."""
    line = list(takewhile(lambda token: token.sort not in ("newline", "comment"), ahead))
    if not line or _indent(text, line[0]) > _indent(text, current[0]):
        return False
    words = [text[token.start : token.end] for token in line]
    if words[0] == "[":
        doubled = words[1:2] == ["["]
        name = words[1 + doubled : 2 + doubled]
        ends = words[2 + doubled :] == ["]"] * (1 + doubled)
        return ends and bool(_PLAIN_NAME.match(name[0]))
    last = next(token for token in reversed(current) if token.sort != "newline")
    goes_on = text[last.start] in ",{" and stack[-1] == "{"
    key = list(takewhile(lambda token: token.sort in ("word", "string"), line))
    return not goes_on and bool(key) and words[len(key) : len(key) + 1] == ["="]


def _indent(text: str, token: Token) -> int:
    return token.start - text.rfind("\n", 0, token.start) - 1


def roles(text: str, statement: Statement) -> Iterator[tuple[Token, str, int]]:
    """Each token with its role and the number of brackets open after it.

    Roles: `key`, `value` (the first token of a value), `rest` (what follows it), `sign`, `newline`.
    """
    stack: list[str] = []
    side, fresh = "key", False
    header = text[statement.tokens[0].start] == "["
    for token in statement.tokens:
        role = token.sort
        if token.sort == "sign":
            side, fresh = (side, fresh) if header else _turn(text[token.start], stack, side)
        elif token.sort != "newline":
            role = side if side == "key" or fresh else "rest"
            fresh = False
        yield token, role, len(stack)


def _turn(sign: str, stack: list[str], side: str) -> tuple[str, bool]:
    """After a sign: whether a key or a value stands next, and whether a value may begin."""
    if sign == "=":
        return "value", True
    if sign in CLOSING and side == "value":
        stack.append(sign)
        return ("key", False) if sign == "{" else ("value", True)
    if sign in "]}" and stack:
        stack.pop()
        return "value", False
    if sign == "," and stack:
        return ("key", False) if stack[-1] == "{" else ("value", True)
    return side, False


def key_parts(text: str, tokens: Sequence[Token]) -> list[KeyPart]:
    """The names of a (dotted) key; an empty name is left out."""
    parts: list[KeyPart] = []
    for token in tokens:
        raw = text[token.start : token.end]
        if token.sort == "string":
            parts.append(KeyPart(unquoted(raw), token.start))
        elif token.sort == "word":
            at = token.start
            for name in raw.split("."):
                if name:
                    parts.append(KeyPart(name, at))
                at += len(name) + 1
    return parts


def unquoted(raw: str) -> str:
    """What a string literal says; the literal itself if it is no valid one."""
    try:
        return str(tomli.loads(f"k={raw}")["k"])
    except tomli.TOMLDecodeError:
        return raw


def header_keys(text: str, statement: Statement) -> tuple[list[KeyPart], bool]:
    """The key of a table header, and whether it is one of a list (`[[name]]`)."""
    signs = [text[token.start] for token in statement.tokens if token.sort == "sign"]
    doubled = signs[:2] == ["[", "["] or signs[-2:] == ["]", "]"]
    return key_parts(text, statement.tokens), doubled
