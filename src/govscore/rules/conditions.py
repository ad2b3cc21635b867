"""Conditions: comparisons joined by `and` or by `or`, never both; three-valued while facts are open.

Invariant: facts compare by cross-multiplication, so no comparison ever rounds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Final, Literal, cast

import numpy as np
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from govscore.facts.shown import shown
from govscore.i18n import mark_for_translation as N_
from govscore.points import PointsError, exact
from govscore.rules.arithmetic import Array, Mask, Relation, compare_products, relate
from govscore.rules.values import MOST_PLACES, decimal_text, percent_text, written
from govscore.rules.words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govscore.facts.base import Subject, SubjectKind

Operator = Literal["<", "<=", ">", ">=", "=", "!="]

_COMPARISON: Final = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._/-]*)?\s*(?P<op><=|>=|!=|=|<|>)\s*"
    r"(?:(?P<number>-?[0-9]+(?:\.[0-9]+)?)\s*(?P<percent>%)?|(?P<word>[a-z][a-z0-9_-]*|是|否))\Z",
    re.ASCII,
)
_SIGNS: Final[dict[str, tuple[int, ...]]] = {
    "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "=": (0,), "!=": (-1, 1),
}  # fmt: skip
_RELATIONS: Final[dict[str, Relation]] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "=": np.equal, "!=": np.not_equal,
}  # fmt: skip
_WORDS: Final = {"是": "yes", "否": "no"}
_MOST_SIGNS: Final = 1000
_PLAIN: Final = (
    ("≥", ">="), ("≤", "<="), ("≠", "!="), ("<>", "!="), ("==", "="), ("=>", ">="), ("=<", "<="),
    ("并且", " and "), ("而且", " and "), ("且", " and "), ("或者", " or "), ("或", " or "),
    ("&&", " and "), ("||", " or "), (" AND ", " and "), (" OR ", " or "),
)  # fmt: skip
"""Signs and words that people write for those of the language."""
_ORDER: Final = N_("= or !=, since answers have no order")
_WORD: Final = N_("one of its answers, a word that begins with a letter, such as = yes")
_NUMBER: Final = N_("a number, not a word")
_BARE: Final = N_('a percentage such as ">= 60 %": this is a ratio')
_PERCENT: Final = N_("a plain number: this is a count or number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison; exactly one of `number`, `share`, `word` is set."""

    name: str
    """What is compared: a fact, `fact.field`, `item/fact`, `item/points`, `base`; "" is the total."""
    operator: Operator
    number: Fraction | None = None
    share: Fraction | None = None
    word: str | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.operator} {self.literal()}".strip()

    def literal(self) -> str:
        """The right-hand side as the scheme writes it."""
        if self.share is not None:
            return percent_text(self.share)
        if self.word is not None:
            return self.word
        return decimal_text(self.number or Fraction(0))

    def holds_for(self, sign: int) -> bool:
        """Whether it is true when left − right has this sign."""
        return sign in _SIGNS[self.operator]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Comparisons and how they are joined."""

    text: str
    joined_by: Literal["and", "or"]
    comparisons: tuple[Comparison, ...]

    def __str__(self) -> str:
        return self.text

    def names(self) -> Iterator[str]:
        """Everything that it names, in order."""
        return (each.name for each in self.comparisons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A named thing for a block of units: its value where it has one."""

    kind: SubjectKind
    value: Array
    """Numerator; of a choice or yes/no the place of the answer among the options."""
    over: Array | int
    """Denominator; above 0 wherever there is a value."""
    known: Mask
    """Where it has a value."""
    open: Mask
    """Where it may still get one."""
    options: tuple[str, ...] = ()
    full: Array | int | None = None
    """What a percentage of points refers to."""
    peak: int | None = None
    """No value or denominator is larger, nor what `full` gives; None: not known beforehand."""
    settled: bool = False
    """Whether what has a value keeps it, so that none is open."""
    grows: bool = False
    """Whether a value that is open can only become larger (counts that are added up)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition for a block of units: true, else undecided or false."""

    true: Mask
    undecided: Mask


def evaluate(condition: Condition, resolve: Callable[[str], Operand]) -> Truth:
    """The condition for every unit; a fact without value makes a comparison false, `!=` too."""
    truths = [_compare(each, resolve(each.name)) for each in condition.comparisons]
    true, undecided = truths[0].true, truths[0].undecided
    for each in truths[1:]:
        if condition.joined_by == "and":
            possible = (true | undecided) & (each.true | each.undecided)
            true = true & each.true
        else:
            possible = true | undecided | each.true | each.undecided
            true = true | each.true
        undecided = possible & ~true
    return Truth(true, undecided)


def _compare(comparison: Comparison, operand: Operand) -> Truth:
    literal, scale = _literal(comparison, operand)
    relation, peak = _RELATIONS[comparison.operator], operand.peak
    # value / over  ?  literal / scale   ⇔   value × scale  ?  literal × over
    if operand.grows:
        return _growing(comparison, _signs(operand, scale, literal), operand)
    holds = relate(relation, operand.value, scale, literal, operand.over, peak=peak)
    known = operand.known if operand.settled else operand.known & ~operand.open
    return Truth(holds & known, operand.open)


def _signs(operand: Operand, scale: int, literal: Array | int) -> Array:
    """The signs of what is compared, left − right."""
    ones = np.ones(operand.value.shape, dtype=np.int64)
    literals = literal if isinstance(literal, np.ndarray) else _constant(ones, literal)
    return compare_products(operand.value, scale, literals, operand.over)


def _growing(comparison: Comparison, sign: Array, operand: Operand) -> Truth:
    """A comparison of what can only grow: decided where nothing that is still found would change it."""
    # From left − right < 0 it may still come to any sign, from 0 to 0 and 1, from above 0 to 1 only.
    to_come = {-1: (-1, 0, 1), 0: (0, 1), 1: (1,)}
    opened = operand.open
    holds, never, always = np.zeros_like(opened), np.zeros_like(opened), np.zeros_like(opened)
    for now, later in to_come.items():
        here = sign == now
        outcomes = {comparison.holds_for(each) for each in later}
        holds |= here if comparison.holds_for(now) else False
        never |= here if outcomes == {False} else False
        always |= here if outcomes == {True} else False
    true = (holds & operand.known & ~opened) | (opened & always)
    return Truth(true, opened & ~always & ~never)


def _constant(ones: Array, number: int) -> Array:
    return ones * number if abs(number) < 2**62 else ones.astype(object) * number


def _literal(comparison: Comparison, operand: Operand) -> tuple[Array | int, int]:
    if comparison.word is not None:
        return operand.options.index(comparison.word), 1
    if comparison.share is not None and operand.kind == "points":
        full = operand.full if operand.full is not None else 0
        share = comparison.share
        return full * share.numerator, share.denominator
    number = comparison.share if comparison.share is not None else comparison.number or Fraction(0)
    if operand.kind == "points":
        number *= 10**8
    return number.numerator, number.denominator


def parse(text: object) -> Condition:
    """A condition from its text.

    Raises:
        PydanticCustomError: what could not be read: `condition`, `and_or`, or a code of a number.
    """
    if isinstance(text, Condition):
        return text
    if not isinstance(text, str) or len(text) > _MOST_SIGNS:
        raise _unreadable(text, text)
    pieces = re.split(r"\s+(and|or)\s+", text.strip())
    joints = set(pieces[1::2])
    if len(joints) > 1:
        raise PydanticCustomError("and_or", "and with or", {"found": text})
    return Condition(
        text=" ".join(text.split()),
        joined_by="or" if "or" in joints else "and",
        comparisons=tuple(_comparison(piece, text) for piece in pieces[::2]),
    )


def _comparison(piece: str, text: str) -> Comparison:
    match = _COMPARISON.match(piece)
    if not match:
        raise _unreadable(piece, text)
    name, operator = match["name"] or "", cast("Operator", match["op"])
    if match["word"]:
        return Comparison(name=name, operator=operator, word=_WORDS.get(match["word"], match["word"]))
    try:
        number = Fraction(exact(match["number"]))
    except PointsError as refused:
        code = "number_places" if refused.reason == "places" else "number_range"
        data = {"found": match["number"], "most": str(MOST_PLACES)}
        raise PydanticCustomError(code, "not a number", data) from None
    if match["percent"]:
        return Comparison(name=name, operator=operator, share=number / 100)
    return Comparison(name=name, operator=operator, number=number)


def _unreadable(piece: object, whole: object) -> PydanticCustomError:
    """That something is no condition, with the condition that was probably meant."""
    near = _plain(whole) if isinstance(whole, str) and len(whole) <= _MOST_SIGNS else None
    data = {"found": shown(piece)} | ({"near": f'"{near}"'} if near else {})
    return PydanticCustomError("condition", "not a condition", data)


def _plain(text: str) -> str | None:
    """The condition with full-width signs and words in place of signs made plain, if that can be read."""
    plain = unicodedata.normalize("NFKC", text.replace("≠", "!="))
    for sign, meant in _PLAIN:
        plain = plain.replace(sign, meant)
    plain = " ".join(plain.split())
    if plain == text:
        return None
    try:
        parse(plain)
    except PydanticCustomError:
        return None
    return plain


def mismatch(comparison: Comparison, subject: Subject) -> str | None:
    """Why this comparison makes no sense for its subject, as a msgid, or None."""
    if subject.kind in ("yes_no", "choice"):
        if comparison.operator not in ("=", "!="):
            return _ORDER
        return _WORD if comparison.word is None else None
    if comparison.word is not None:
        return _NUMBER
    if subject.kind == "ratio" and comparison.share is None:
        return _BARE
    if subject.kind in ("count", "number") and comparison.share is not None:
        return _PERCENT
    return None


_WRITTEN: Final = (
    r"(?:[a-z0-9][a-z0-9._/-]*)?\s*(?:<=|>=|!=|=|<|>)\s*"
    r"(?:-?[0-9]+(?:\.[0-9]+)?\s*%?|[a-z][a-z0-9_-]*|\u662f|\u5426)"
)
ConditionValue = Annotated[
    Condition,
    BeforeValidator(parse),
    written(type="string", pattern=rf"^\s*{_WRITTEN}(?:\s+(?:and|or)\s+{_WRITTEN})*\s*$"),
]

__all__ = [
    "Comparison", "Condition", "ConditionValue", "Operand", "Operator", "Truth", "evaluate", "in_words",
    "mismatch", "parse",
]  # fmt: skip
