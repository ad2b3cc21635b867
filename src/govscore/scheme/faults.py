"""Every mistake in the statements of a text that tomli refused, one statement at a time.

Invariant: one problem a spot, and a mistake in one statement hides none in another.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import tomli

from govscore.errors import MessageKind, Problem, problem
from govscore.scheme import syntax_messages as say
from govscore.scheme.scan import CLOSING, roles

if TYPE_CHECKING:
    from govscore.scheme.scan import Lines, Statement, Token

_VALUE: Final = re.compile(
    r"""(?:true|false|[+-]?(?:nan|inf)
    |0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*|0o[0-7]+(?:_[0-7]+)*|0b[01]+(?:_[01]+)*
    |[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?
    )\Z""",
    re.VERBOSE,
)
_DATE_LIKE: Final = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}:[0-9]{2}")
_TRUE: Final = frozenset({"true", "yes", "on", "是", "真"})
_FALSE: Final = frozenset({"false", "no", "off", "否", "假"})
_ENOUGH: Final = 1000
_SHOWN: Final = 200
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]*\Z")
_BY_MESSAGE: Final = (
    ("Expected newline or end of document", say.EXTRA_TEXT),
    ("Expected '='", say.NO_EQUALS),
    ("Expected ']", say.UNCLOSED_HEADER),
    ("Invalid initial character for a key part", say.NO_KEY),
    ("Invalid statement", say.NO_KEY),
    ("Invalid value", say.NO_VALUE),
    ("Unclosed array", say.NO_COMMA),
    ("Unclosed inline table", say.NO_COMMA),
    ("Unescaped '\\'", say.ESCAPE),
    ("Invalid hex value", say.ESCAPE),
    ("Escaped character", say.ESCAPE),
    ("Invalid date", say.DATE),
)
# Said better, with the line of the first one, by `duplicates`.
_TWICE: Final = ("Cannot ", "Duplicate inline table key")


class Faults:
    """The problems found so far in one text, at most one a spot."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self._found: dict[int, Problem] = {}

    @property
    def full(self) -> bool:
        """Whether there are far more than anybody reads; no more are taken then."""
        return len(self._found) >= _ENOUGH

    def __len__(self) -> int:
        return len(self._found)

    def add(self, kind: MessageKind, offset: int, nearest: str | None = None, /, **data: object) -> None:
        """Adds a problem, unless this spot has one already."""
        if offset not in self._found and not self.full:
            near = nearest if nearest and len(nearest) <= _SHOWN else None
            shown = {name: str(value)[:_SHOWN] for name, value in data.items()}
            self._found[offset] = problem(kind, self.lines.place(offset), near, **shown)

    def in_order(self) -> list[Problem]:
        """All problems, from the top of the text to its end."""
        return [self._found[offset] for offset in sorted(self._found)]


def check_statement(statement: Statement, faults: Faults) -> None:
    """Reports every mistake inside one statement (what is said twice is left to `duplicates`)."""
    text = faults.text
    before = len(faults)
    header = text[statement.tokens[0].start] == "["
    if not header and not any(_sign(text, token) == "=" for token in statement.tokens):
        _no_equals(statement, faults)
        return
    for token in statement.tokens:
        if token.sort in ("unclosed", "half"):
            sign = text[token.start]
            sign *= 3 if text.startswith(sign * 3, token.start) else 1
            faults.add(say.UNCLOSED_STRING, token.start, sign=sign)
    if not header:
        _check_brackets(statement, faults)
    broken = len(faults) > before
    repaired = _check_words(statement, faults)
    if not broken:
        _ask_tomli(repaired, statement.tokens[0].start, faults)


def _sign(text: str, token: Token) -> str:
    return text[token.start] if token.sort == "sign" else ""


def _no_equals(statement: Statement, faults: Faults) -> None:
    first, last = statement.tokens[0], statement.tokens[-1]
    whole = faults.text[first.start : last.end]
    if first.sort == "sign":
        faults.add(say.UNEXPECTED, first.start, sign=whole[0])
        return
    nearest = None
    if whole.startswith(("//", "--", ";", "%")):
        nearest = "# " + whole.lstrip("/-;% ")
    elif re.match(r"[A-Za-z0-9_-]+\s*[::]", whole):
        nearest = re.sub(r"\s*[::]\s*", " = ", whole, count=1)
    faults.add(say.NO_EQUALS, first.start, nearest, word=whole)


def _check_brackets(statement: Statement, faults: Faults) -> None:
    text = faults.text
    stack: list[Token] = []
    for token, role, _depth in roles(text, statement):
        sign = _sign(text, token) if role == "sign" else ""
        if sign in CLOSING:
            stack.append(token)
        elif sign in ("]", "}") and stack:
            opening = stack.pop()
            needed = CLOSING[text[opening.start]]
            if sign != needed:
                line = faults.lines.line(opening.start)
                data = {"sign": sign, "opening": text[opening.start], "closing": needed, "line": line}
                faults.add(say.WRONG_BRACKET, token.start, needed, **data)
                return
    if stack and not statement.closed:
        sign = text[stack[-1].start]
        faults.add(say.UNCLOSED_BRACKET, stack[-1].start, sign=sign, closing=CLOSING[sign])


def _check_words(statement: Statement, faults: Faults) -> str:
    """Reports keys and values that lack quotes or are misspelled.

    Returns:
        The statement's text, of the same length, with those replaced by something valid.
    """
    text = faults.text
    patches: list[tuple[int, int, str]] = []
    skip_to = -1
    tokens = list(roles(text, statement))
    for index, (token, role, _depth) in enumerate(tokens):
        if token.sort not in ("word", "other") or token.start < skip_to:
            continue
        if role == "key":
            patches += _check_key(token, faults)
        elif role == "value":
            end = _end_of_value(tokens, index)
            if _check_value(token, end, faults):
                patches.append((token.start, end, "0".ljust(end - token.start)))
                skip_to = end
    at, stop = statement.tokens[0].start, statement.tokens[-1].end
    pieces: list[str] = []
    for begin, end, patch in patches:
        pieces += [text[at:begin], patch]
        at = end
    return "".join([*pieces, text[at:stop]])


def _check_key(token: Token, faults: Faults) -> list[tuple[int, int, str]]:
    patches: list[tuple[int, int, str]] = []
    at = token.start
    for part in faults.text[token.start : token.end].split("."):
        if not _PLAIN_KEY.match(part):
            faults.add(say.BARE_KEY, at, f'"{part}"', word=part)
            patches.append((at, at + len(part), "k" * len(part)))
        at += len(part) + 1
    return patches


def _end_of_value(tokens: list[tuple[Token, str, int]], index: int) -> int:
    """Where a value without quotes ends: before the next sign, quoted text or line end."""
    after = index + 1
    while after < len(tokens) and tokens[after][0].sort in ("word", "wide", "other", "quoted"):
        after += 1
    return tokens[after - 1][0].end


def _check_value(token: Token, end: int, faults: Faults) -> bool:
    """Reports a value that is none; says whether it did."""
    text = faults.text
    word, whole = text[token.start : token.end], text[token.start : end]
    if _VALUE.match(word):
        return False
    if _DATE_LIKE.match(word):
        if _is_value(whole) or _is_value(word):
            return False
        faults.add(say.DATE, token.start, _nearest_date(whole), word=whole)
    elif word.lower() in _TRUE | _FALSE and word == whole:
        nearest = "true" if word.lower() in _TRUE else "false"
        faults.add(say.BOOLEAN, token.start, nearest, word=word)
    elif re.match(r"[+-]?\.?[0-9]", word):
        faults.add(say.NUMBER, token.start, _nearest_number(whole), word=whole)
    elif re.search(r"\w", whole):
        faults.add(say.BARE_TEXT, token.start, '"' + whole.replace('"', "") + '"', word=whole)
    else:
        faults.add(say.UNEXPECTED, token.start, sign=whole)
    return True


def _is_value(word: str) -> bool:
    try:
        tomli.loads(f"k = {word}", parse_float=Decimal)
    except (ValueError, ArithmeticError):
        return False
    return True


def _nearest_number(word: str) -> str | None:
    match = re.match(r"([+-]?)0*((?:0(?=\.|\D|\Z)|[1-9][0-9]*)?)(?:\.([0-9]*))?", word)
    if match is None:
        return None
    sign, whole, decimals = match.groups()
    number = f"{sign}{whole or '0'}" + (f".{decimals}" if decimals else "")
    return number if _VALUE.match(number) else None


def _nearest_date(word: str) -> str | None:
    match = re.match(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\Z", word)
    if match is None:
        return None
    date = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    return date if _is_value(date) else None


def _ask_tomli(statement: str, start: int, faults: Faults) -> None:
    """Reports what tomli has against a statement that stands alone."""
    try:
        tomli.loads(statement, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        if not error.msg.startswith(_TWICE):
            report_refusal(error, start, faults)
    except (ValueError, ArithmeticError, RecursionError):
        faults.add(say.UNEXPECTED, start, sign=statement[:1])


def report_refusal(error: tomli.TOMLDecodeError, start: int, faults: Faults) -> None:
    """Reports tomli's own message as a problem; its text begins at this offset of the whole."""
    text = faults.text
    kind = next((kind for words, kind in _BY_MESSAGE if error.msg.startswith(words)), say.UNEXPECTED)
    here = _skip_blanks(text, start + error.pos)
    nearest = None
    if kind is say.ESCAPE:
        here, nearest = start + max(0, error.doc.rfind("\\", 0, error.pos)), "\\\\"
    elif kind is say.NO_VALUE:
        kind, here = _no_value(text, here)
    elif kind is say.UNCLOSED_HEADER and text[here : here + 1] in ("", "\n", "#", "]"):
        name = error.doc[: error.pos].strip(" \t[]")
        here, nearest = start, f"[[{name}]]" if "]]" in error.msg else f"[{name}]"
    elif kind in (say.NO_EQUALS, say.UNCLOSED_HEADER):
        _report_key(error, start, here, faults)
        return
    line_end = text.find("\n", here)
    word = text[here : line_end if line_end >= 0 else len(text)].strip() or error.doc[:80].strip()
    faults.add(kind, here, nearest, word=word, sign=word[:1])


def _report_key(error: tomli.TOMLDecodeError, start: int, here: int, faults: Faults) -> None:
    """Reports a key that nothing follows, or one with a space inside."""
    text = faults.text
    before = error.doc[max(0, error.pos - 200) : error.pos]
    known = re.search(r"[^\s={}\[\],]+\s*\Z", before)
    begin = start + error.pos - len(known[0]) if known else here
    more = re.compile(r"[^={}\[\],\n]*").match(text, here)
    words = text[begin : more.end() if more else here].strip()
    if text[here : here + 1] in ("", "\n", "#", "}", "]", ","):
        faults.add(say.NO_EQUALS, begin, word=words)
    else:
        faults.add(say.BARE_KEY, begin, '"' + words.replace('"', "") + '"', word=words)


def _skip_blanks(text: str, here: int) -> int:
    while text[here : here + 1] in (" ", "\t"):
        here += 1
    return here


def _no_value(text: str, here: int) -> tuple[MessageKind, int]:
    """A missing value is shown at its `=`, if it should have followed one."""
    before = here - 1
    while before > 0 and text[before] in " \t":
        before -= 1
    if text[here : here + 1] in ("", "\n", "#", ",", "]", "}"):
        return say.NO_VALUE, before if text[before : before + 1] == "=" else here
    return say.UNEXPECTED, here
