"""The scheme as a table: items and vetoes with their rules in words and their texts; then the totals.

Invariant: everything is said by the scheme's own model; rules are worded by the rules themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.export.cells import BOX, CENTERED, HEADER, NOTE, TITLE, WRAPPED
from govscore.export.page import A3
from govscore.export.words import NOT_ASSIGNED, kind_text
from govscore.facts.switch_words import switch_words
from govscore.facts.switches import Switch
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.points import plain, show
from govscore.rules.modifiers import times_words
from govscore.rules.same_matter import same_matter_rule
from govscore.rules.words import in_words, percent_words, stated
from govscore.scheme.effect_words import effect_words
from govscore.scheme.rule_words import rule_words
from govscore.scheme.settings import Total
from govscore.scheme.values import UNCAPPED
from govscore.scheme.veto_words import condition_words, veto_words
from govscore.scoring.standing_words import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govscore.export.cells import Book, Sheet, Style
    from govscore.export.page import Page
    from govscore.points import Points
    from govscore.rules.conditions import Condition
    from govscore.scheme.model import Item, Scheme, Veto
    from govscore.scheme.settings import SchemePart
    from govscore.scheme.standing import Quota
    from govscore.scoring.result import Result

_HEAD: Final = 2
_TITLE: Final = 3
_WIDTHS: Final[list[float]] = [9, 12, 22, 22, 9, 42, 22, 52, 16, 20, 14]
_TOP: Final[Style] = {**CENTERED, "valign": "top", "text_wrap": True}


def write_scheme(book: Book, page: Page, result: Result) -> None:
    """One sheet; the roster gives units their names."""
    scheme = result.scheme
    names = scheme.groups | {unit.unit: unit.name for unit in result.roster}
    sheet = book.sheet(_("Scheme"))
    last_column = len(_WIDTHS) - 1
    sheet.merged(0, 0, last_column, _("Scheme: {title}").format(title=scheme.title), TITLE)
    sheet.height(0, 2)
    sheet.merged(1, 0, last_column, page.line, NOTE)
    for column, label in enumerate(_labels()):
        sheet.text(_HEAD, column, label, HEADER)
    sheet.height(_HEAD, 2)
    row = _HEAD + 1
    for entry in scheme.entries.values():
        _write_entry(sheet, row, scheme, entry, names)
        row += 1
    sheet.worksheet.autofilter(_HEAD, 0, row - 1, last_column)
    for label, text in settings(scheme):
        sheet.merged(row, 0, 1, label, {**BOX, "bold": True, "bg_color": "#E7E6E6"})
        sheet.merged(row, 2, last_column, text, WRAPPED)
        sheet.fit(row, (text, sum(_WIDTHS[2:])))
        row += 1
    sheet.widths(_WIDTHS)
    page.set_up(sheet, paper=A3, header_rows=(0, _HEAD), lead_columns=0)


def _labels() -> list[str]:
    return [
        _("item id"),
        _("kind"),
        _("section"),
        _("item"),
        _("points or cap"),
        _("rule"),
        _("effect"),
        _("requirement"),
        _("lead unit"),
        _("responsible units"),
        _("deadline"),
    ]


def _write_entry(sheet: Sheet, row: int, scheme: Scheme, entry: Item | Veto, names: dict[str, str]) -> None:
    is_veto = entry.id in scheme.vetoes
    sheet.text(row, 0, entry.id, _TOP)
    sheet.text(row, 1, kind_text("veto" if is_veto else getattr(entry, "kind", "base")), _TOP)
    sheet.text(row, 2, section_path(scheme, getattr(entry, "section", None)), WRAPPED)
    sheet.text(row, _TITLE, entry.title, WRAPPED)
    worth = getattr(entry, "worth", None)
    if worth is None:
        sheet.text(row, 4, NOT_ASSIGNED, _TOP)
    elif isinstance(worth, Switch):
        sheet.text(row, 4, switch_words(worth, lambda each: show(each, scheme.places)), WRAPPED)
    else:
        sheet.points(row, 4, worth, scheme.places, {**BOX, "valign": "top"})
    texts = (
        rule_text(scheme, entry, names),
        "" if entry.effect is None else effect_words(entry.effect, scheme.part_title(scheme.owner_of(entry))),
        requirement_text(entry),
        entry.lead,
        entry.responsible,
        entry.deadline,
    )
    for column, text in enumerate(texts, start=5):
        sheet.text(row, column, text, WRAPPED)
    above = (section_path(scheme, getattr(entry, "section", None)), entry.title)
    sheet.fit(row, *zip((*above, *texts), (*_WIDTHS[2:4], *_WIDTHS[5:]), strict=True))


def section_path(scheme: Scheme, section: str | None) -> str:
    """Titles of the sections above an item, from the top."""
    titles: list[str] = []
    while section is not None:
        titles.insert(0, scheme.sections[section].title)
        section = scheme.sections[section].section
    return " / ".join(titles)


def requirement_text(entry: Item | Veto) -> str:
    """What the scheme requires, verbatim, with the clause it comes from and its note."""
    source = entry.source and _("source: {source}").format(source=entry.source)
    return "\n".join(part for part in (entry.text, source, entry.note) if part)


def rule_text(scheme: Scheme, entry: Item | Veto, names: dict[str, str]) -> str:
    """The rule of an item, or the condition of a veto, in words; and to whom it applies."""
    veto = scheme.vetoes.get(entry.id)
    text = rule_words(scheme, scheme.items[entry.id]) if veto is None else veto_words(scheme, veto)
    if veto is not None and veto.warn_when is not None:
        warning = condition_words(scheme, veto, veto.warn_when)
        text += "\n" + _("warning only: {condition}").format(condition=warning)
    if entry.applies_to is None:
        return text
    whom = _(", ").join(names.get(name, name) for name in entry.applies_to)
    return f"{text}\n" + _("only for: {names}").format(names=whom)


def _part(scheme: Scheme, part: SchemePart) -> str:
    """A part with everything that holds for it."""
    head = _("{title}: weight {weight}, full marks {full}; {policy}").format(
        title=part.title,
        weight=stated(part.weight, percent_words, scheme.groups),
        full=stated(part.full_marks, plain, scheme.groups),
        policy=_policy(part),
    )
    titles = [section.title for section in scheme.children(None) if section.part == part.id]
    titles += [item.title for item in scheme.items_of(None) if item.part == part.id]
    holds = _(", ").join(titles)
    rest = (f"{label}: {text}" for label, text in _level(part, scheme.groups))
    return _("; ").join((head, *rest, _("holds {titles}").format(titles=holds)))


def _level(level: SchemePart | Total, groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Caps, gates and bounds of a part, or of the total."""

    def base(_name: str) -> str:
        return _("base score")

    if level.bonus_cap is not None:
        yield _("cap of the bonus"), stated(level.bonus_cap, _cap, groups)
    if level.bonus_when is not None:
        yield _("bonus counts if"), in_words(level.bonus_when, base)
    if level.fail is not None:
        yield _("failed if"), f"{in_words(level.fail.when, base)}: {level.fail.grade}"
    if level.times is not None:
        yield _("minus lines"), times_words(level.times)
    if level.bounds is not None:
        low, high = level.bounds.from_, level.bounds.to
        shown = ("…" if each is None else stated(each, plain, groups) for each in (low, high))
        label = _("bounds of the total") if isinstance(level, Total) else _("bounds of the score")
        yield label, " – ".join(shown)


def settings(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What holds for the total: full marks, parts, caps, gates, bounds, grades."""
    total = scheme.model.total
    yield _("full marks"), stated(total.full_marks, plain, scheme.groups)
    for part in scheme.parts if not scheme.has_parts else ():
        yield _("not applicable items"), _policy(part)
    yield from _sections(scheme)
    for part in scheme.model.part:
        yield _("part"), _part(scheme, part)
    yield from _level(total, scheme.groups)
    if total.stopped_part is not None:
        stop, zero = _("there is no total"), _("the part counts 0")
        yield _("if a veto stops a part"), stop if total.stopped_part == "stop" else zero
    if total.minimum_coverage is not None:
        text = _("at least {share} of the assigned points must be applicable")
        yield (
            _("coverage needed for rank and grade"),
            text.format(share=stated(total.minimum_coverage, percent_words, scheme.groups)),
        )
    if scheme.model.rank.tie_break:
        titles = (title_of(scheme, id) for id in scheme.model.rank.tie_break)
        yield _("equal totals are parted by the points of"), _(", ").join(titles)
    for grade in scheme.grades:
        line = f"{grade.name}: {_line(grade.when)}"
        yield (
            _("grade"),
            line if grade.quota is None else _("; ").join((line, _quota(grade.quota, scheme.groups))),
        )


def _cap(cap: Points) -> str:
    return _("none") if cap == UNCAPPED else plain(cap)


def _sections(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Caps of sections, and how events count over their items."""
    for section in scheme.sections.values():
        if section.cap is not None:
            yield _("cap of a section"), f"{section.title}: {stated(section.cap, plain, scheme.groups)}"
        if section.same_matter is not None:
            rule = same_matter_rule(section.same_matter)
            text = _("{section}: over all of its items, {rule}")
            yield _("same matter"), text.format(section=section.title, rule=rule)


def _line(when: Condition | None) -> str:
    return _("all others") if when is None else in_words(when, lambda _name: _("total score"))


_ROUNDED: Final = {"down": N_("rounded down"), "up": N_("rounded up"), "nearest": N_("rounded half up")}
_EQUALS: Final = {
    "out": N_("equals across the last place all stay out"),
    "in": N_("equals across the last place all come in"),
}


def _quota(quota: Quota, groups: Mapping[str, str]) -> str:
    text = _("for at most {share} of the units of the group, {rounded}; {equals}")
    return text.format(
        share=stated(quota.share, percent_words, groups),
        rounded=_(_ROUNDED[quota.round]),
        equals=_(_EQUALS[quota.ties]),
    )


def _policy(part: SchemePart) -> str:
    policy = part.not_applicable
    if policy.policy != "rescale":
        return policy.words()
    if policy.place == "section":
        return _("each top section is rescaled to its own points, then the base")
    if policy.target == "full":
        return _("what is applicable is rescaled to full marks")
    return _("what is applicable is rescaled to the points assigned")
