"""Rules in words: what names, amounts and answers are called in a sentence that a reviewer reads.

Invariant: sentences only; nothing here computes a point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from govscore.facts.switch_words import switch_words
from govscore.facts.switches import Switch
from govscore.i18n import Sentence, ngettext, pgettext
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import UNITS_PER_POINT, from_fraction, plain
from govscore.rules.values import amount, decimal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govscore.facts.base import FactType
    from govscore.rules.base import Frame
    from govscore.rules.conditions import Comparison, Condition
    from govscore.rules.values import Amount

_COMPARED: Final = {
    "<": N_("{name} < {value}"),
    "<=": N_("{name} ≤ {value}"),
    ">": N_("{name} > {value}"),
    ">=": N_("{name} ≥ {value}"),
    "=": N_("{name} = {value}"),
    "!=": N_("{name} ≠ {value}"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """What the names in conditions and lines are called."""

    facts: Mapping[str, FactType]
    titles: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    """Of items and sections, by id."""

    def titled(self, id: str) -> str:
        """What an item or section is called."""
        return self.titles.get(id, id)

    def __call__(self, name: str) -> str:
        """The words for a fact, a field of cases or a line."""
        fact, _dot, part = name.partition(".")
        if fact not in self.facts:
            return name
        title = self.facts[fact].label(fact)
        if not part:
            return title
        box = next((box for box in self.facts[fact].question(fact).fields if box.fact == name), None)
        field = box.label if box else pgettext("cases", "all")
        return _("{fact} ({field})").format(fact=title, field=field)

    def answer(self, name: str, option: str) -> str:
        """The words for an answer."""
        fact = self.facts.get(name)
        boxes = fact.question(name).fields if fact is not None else ()
        label = next((dict(box.options)[option] for box in boxes if option in dict(box.options)), option)
        return _(label) if isinstance(label, Sentence) else label

    def unit(self, name: str) -> str:
        """The measure word of a count ("" if it has none)."""
        fact = self.facts.get(name.partition(".")[0])
        boxes = fact.question(name).fields if fact is not None else ()
        return boxes[0].unit if boxes else ""


def in_words(condition: Condition, label: Callable[[str], str]) -> str:
    """The condition in words, names replaced by their titles."""
    joint = _(" and ") if condition.joined_by == "and" else _(" or ")
    parts = []
    for each in condition.comparisons:
        if each.word is not None:
            parts.append(_answer_words(each, label))
            continue
        value = each.literal() if each.share is None else percent_words(each.share)
        parts.append(_(_COMPARED[each.operator]).format(name=label(each.name), value=value).strip())
    return joint.join(parts)


def _answer_words(comparison: Comparison, label: Callable[[str], str]) -> str:
    word = comparison.word or ""
    answer = label.answer(comparison.name, word) if isinstance(label, Labels) else word
    template = _("{name} is “{answer}”") if comparison.operator == "=" else _("{name} is not “{answer}”")
    return template.format(name=label(comparison.name), answer=answer)


def with_limits(text: str, facts: Mapping[str, FactType], groups: Mapping[str, str] | None = None) -> str:
    """A rule or condition in words, and after it what its facts are measured against (limits in time).

    Args:
        text: the rule or condition.
        facts: what it reads.
        groups: titles of the scheme's groups, by id.
    """
    limits = (fact.words(id, groups) for id, fact in facts.items())
    return _("; ").join(part for part in (text, *limits) if part)


def listed(parts: Iterable[str]) -> str:
    """Several things one after the other."""
    return pgettext("list", ", ").join(parts)


def percent_words(share: Fraction) -> str:
    """A share in words: `60 %`."""
    return _("{number} %").format(number=decimal_text(share * 100))


def by_case(switch: Switch, say: Callable[[Any], str], groups: Mapping[str, str] | None = None) -> str:
    """What depends on the case, in words: "(group streets: 12 points, else: 8 points)"."""
    return _("({cases})").format(cases=switch_words(switch, say, groups))


def stated(value: Any, say: Callable[[Any], str], groups: Mapping[str, str] | None = None) -> str:
    """A number of a scheme in words, by case where it depends on the unit.

    Args:
        value: the number, or a switch of such numbers.
        say: puts one number into words.
        groups: titles of the scheme's groups, by id.
    """
    return by_case(value, say, groups) if isinstance(value, Switch) else say(value)


def full_words(frame: Frame) -> str:
    """The item's points or cap in words, by case where they depend on the unit."""
    if frame.stated is not None:
        return by_case(frame.stated, lambda each: worth_words(amount(each), None))
    return points_words(frame.full or 0)


def times_text(times: Fraction | Switch) -> str:
    """A multiplier in words: `2`."""
    if isinstance(times, Switch):
        return by_case(times, decimal_text)
    return decimal_text(times)


def points_words(units: int) -> str:
    """A number of points in words: `1 point`, `0.5 points`."""
    one = 1 if units == UNITS_PER_POINT else 2
    return ngettext("{points} point", "{points} points", one).format(points=plain(units))


def worth_words(amount: Amount, reference: int | None) -> str:
    """An amount in words; a percentage with what it comes to: `60 % (1.8 points)`."""
    if amount.switch is not None:
        return by_case(amount.switch, lambda each: worth_words(each, reference))
    if amount.points is not None:
        return points_words(int(amount.points))
    share = percent_words(amount.share or Fraction(0))
    if reference is None:
        return share
    worth = points_words(from_fraction(amount.of(reference) / UNITS_PER_POINT))
    return _("{share} ({points})").format(share=share, points=worth)
