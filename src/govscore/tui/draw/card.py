"""The card: number, title, the official requirement in full, source, rule in words.

Invariant: nothing of the requirement is left out; it is wrapped to the pane and scrolls if it is longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.i18n import gettext as _
from govscore.review.naming import number
from govscore.scheme.effect_words import effect_words
from govscore.scheme.model import Item
from govscore.scheme.rule_words import rule_words
from govscore.scheme.veto_words import condition_words, veto_words
from govscore.tui.draw.checklist import show_short
from govscore.tui.draw.spans import Drawn, Span, beside, cut, line, spans_width, wrap

if TYPE_CHECKING:
    from govscore.scheme.model import Scheme, Veto


def card_lines(scheme: Scheme, entry: Item | Veto, cells: int) -> list[Drawn]:
    """The card of an item or veto, from its title to its rule."""
    found: list[Drawn] = [_title(scheme, entry, cells)]
    if entry.text:
        found += [line((f" {each}", "")) for each in wrap(entry.text, cells - 2)]
    found += _facts(entry, cells)
    found += _labelled(_("Rule"), _rule(scheme, entry), cells, "accent")
    if entry.note:
        found += _labelled(_("Note"), entry.note, cells, "dim")
    return found


def _title(scheme: Scheme, entry: Item | Veto, cells: int) -> Drawn:
    id = number(entry.id)
    shown: Span = (f" {id}  " if id else " ", "key")
    right: list[Span] = [(_worth(scheme, entry), "accent")]
    room = cells - spans_width([shown]) - spans_width(right) - 2
    return beside([shown, (cut(entry.title, room), "title")], right, cells)


def _worth(scheme: Scheme, entry: Item | Veto) -> str:
    if not isinstance(entry, Item):
        return _("veto") + " "
    full = None if entry.full is None else show_short(entry.full, max(scheme.places, 2))
    if entry.kind == "base":
        return _("{points} points").format(points=full) + " "
    name = _("bonus") if entry.kind == "bonus" else _("major deduction")
    return (name if full is None else _("{kind}, at most {points}").format(kind=name, points=full)) + " "


def _facts(entry: Item | Veto, cells: int) -> list[Drawn]:
    parts = [
        (_("Source"), entry.source),
        (_("Lead"), entry.lead),
        (_("Responsible"), entry.responsible),
        (_("Deadline"), entry.deadline),
    ]
    found: list[Drawn] = []
    now: list[Span] = []
    for label, text in parts:
        if not text:
            continue
        spans: list[Span] = [(f" {label} ", "dim"), (f"{text} ", "")]
        if now and spans_width([*now, *spans]) > cells:
            found.append(tuple(now))
            now = []
        if spans_width(spans) > cells:
            found += _labelled(label, text, cells, "")
        else:
            now += spans
    return [*found, tuple(now)] if now else found


def _labelled(label: str, text: str, cells: int, role: str) -> list[Drawn]:
    """A label and text that goes on below itself."""
    indent = spans_width([(f" {label} ", "")])
    texts = wrap(text, cells - indent - 1)
    head = line((f" {label} ", "dim"), (texts[0], role))
    return [head, *(line((" " * indent + each, role)) for each in texts[1:])]


def _rule(scheme: Scheme, entry: Item | Veto) -> str:
    if isinstance(entry, Item):
        return rule_words(scheme, entry)
    condition = _("if {condition}").format(condition=veto_words(scheme, entry))
    rule = _(", ").join((condition, effect_words(entry.effect, scheme.part_title(entry.part or ""))))
    if entry.warn_when is not None:
        warning = condition_words(scheme, entry, entry.warn_when)
        rule += _("; warning only if {condition}").format(condition=warning)
    return rule
