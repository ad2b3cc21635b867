"""The arithmetic of one item in one line that a calculator can follow.

Invariant: what had to be rounded by itself stands as an equation of its own, so that every `=` rounds once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from govscore.points import plain


@dataclass(slots=True)
class _Side:
    """The terms of one side, and the cap that acts on their sum."""

    sign: str
    terms: list[str] = field(default_factory=list)
    cap: str = ""


@dataclass(slots=True)
class Account:
    """Equations that stand by themselves, then a sum: the start, and the lines of each side."""

    equations: list[str] = field(default_factory=list)
    begin: str = ""
    rounded: bool = False
    """Whether the start had to be rounded."""
    sides: dict[str, _Side] = field(default_factory=dict)

    def start(self, text: str, value: int, *, exact: bool) -> None:
        """Where the sum begins."""
        self.begin, self.rounded = self._term(text, value, exact=exact), not exact

    def ceiling(self, text: str, value: int, *, exact: bool) -> None:
        """A ceiling of the start that acts."""
        self.begin = f"min({self._term(text, value, exact=exact)}, {self.begin})"

    def add(self, side: str, sign: str, text: str, value: int, *, exact: bool) -> None:
        """A line."""
        self.sides.setdefault(side, _Side(sign)).terms.append(self._term(text, value, exact=exact))

    def cap(self, side: str, text: str, value: int, *, exact: bool) -> None:
        """A cap of a whole side that acts."""
        self.sides[side].cap = self._term(text, value, exact=exact)

    def _term(self, text: str, value: int, *, exact: bool) -> str:
        """A term; one that had to be rounded gets its own equation, since it was rounded by itself."""
        if exact:
            return text
        self.equations.append(f"{text} = {plain(value)}")
        return plain(value)

    @property
    def sum(self) -> str:
        """The terms as one sum."""
        parts = []
        for side in self.sides.values():
            terms = [f"min({side.cap}, {' + '.join(side.terms)})"] if side.cap else side.terms
            parts += [(side.sign, term) for term in terms]
        from_nothing = self.begin == "0" and not self.rounded and bool(parts) and parts[0][0] == "+"
        text = parts[0][1] if from_nothing else self.begin
        return text + "".join(f" {sign} {term}" for sign, term in parts[1 if from_nothing else 0 :])

    def text(self, zeroed: int | None, raw: int, final: int) -> str:
        """All of it in one line.

        Args:
            zeroed: the sum before `zero_if` made it 0; None if it did not.
            raw: the sum before the limits.
            final: the item's points.
        """
        if zeroed is not None:
            total = self.sum if self.sum == plain(zeroed) else f"{self.sum} = {plain(zeroed)}"
            lines = [*self.equations, f"{total} → {plain(raw)}"]
            return "; ".join(lines if raw == final else [*lines, f"{_limited(plain(raw), raw, final)}"])
        if raw != final:
            return "; ".join([*self.equations, _limited(self.sum, raw, final)])
        if self.sum != plain(final):
            return "; ".join([*self.equations, f"{self.sum} = {plain(final)}"])
        return "; ".join(self.equations) or self.sum


def _limited(text: str, raw: int, final: int) -> str:
    function = "min" if raw > final else "max"
    return f"{function}({plain(final)}, {text}) = {plain(final)}"
