"""Arithmetic as people write it, `3 − min(1, 2 × 0.5) = 2`, added up again in fractions.

Knows nothing of govscore: it does what a reader with a calculator does, and rounds where a line says `=`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

TOKEN: Final = re.compile(r"\s*(\d+(?:\.\d+)?|min|max|[-%−×÷+(),])")
RESULT: Final = re.compile(r"-?\d+(?:\.\d+)?\Z")


class Sum:
    """Adds up a line such as `3 − min(1, 2 × 0.5)`."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        assert re.sub(r"\s", "", text) == "".join(self.tokens), f"not arithmetic: {text}"

    def value(self) -> Fraction:
        value = self.terms()
        assert not self.tokens
        return value

    def next_is(self, *wanted: str) -> str:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else ""

    def terms(self) -> Fraction:
        value = self.factors()
        while sign := self.next_is("+", "−"):
            value += self.factors() if sign == "+" else -self.factors()
        return value

    def factors(self) -> Fraction:
        value = self.atom()
        while sign := self.next_is("×", "÷"):
            value = value * self.atom() if sign == "×" else value / self.atom()
        return value

    def atom(self) -> Fraction:
        token = self.tokens.pop(0)
        if token == "-":  # a number below 0, not a difference
            return -self.atom()
        if token in ("min", "max", "("):
            if token != "(":
                assert self.next_is("(")
            values = [self.terms()]
            while self.next_is(","):
                values.append(self.terms())
            assert self.next_is(")")
            assert token != "(" or len(values) == 1
            return max(values) if token == "max" else min(values)
        value = Fraction(token)
        return value / 100 if self.next_is("%") else value


def rounded(value: Fraction) -> Fraction:
    """To eight decimals, half away from zero."""
    scaled = (2 * abs(value) * 10**8 + 1) // 2
    return Fraction(scaled if value >= 0 else -scaled, 10**8)


def result_of(line: str) -> str:
    """The result that a line states, after checking it."""
    text, equals, stated = line.rpartition(" = ")
    assert equals
    assert RESULT.match(stated), line
    assert rounded(Sum(text).value()) == Fraction(stated), line
    return stated


def end_of(account: str) -> Fraction:
    """What a whole account comes to: equations apart by "; ", then perhaps `→ 0`; each is checked."""
    end: Fraction | None = None
    for line in account.split("; "):
        text, arrow, after = line.partition(" → ")
        end = Fraction(result_of(text)) if " = " in text else Sum(text).value()
        assert rounded(end) == end, f"rounded without saying so: {line}"
        if arrow:
            assert after == "0"
            assert end > 0, f"nothing was lost here: {line}"
            end = Fraction(0)
    assert end is not None
    return end
