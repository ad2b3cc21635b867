"""What each key of the scheme language means, in a sentence: editors show it beside the key.

Invariant: every key that this version reads has its words here, under the class that declares it;
starts and fact types of other packages bring their own (`Rule.key_words`, `FactType.key_words`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.i18n import Sentence, gettext
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from pydantic import BaseModel

_WORDS: Final[dict[str, Sentence]] = {
    "SchemeModel": N_("A scheme: who is assessed, by what, and how facts become points."),
    "SchemeModel.format": N_("The version of the scheme language: 1."),
    "SchemeModel.scheme": N_("The scheme's id, title and period."),
    "SchemeModel.groups": N_('Groups of units, id = "title"; each group is ranked apart.'),
    "SchemeModel.total": N_("Full marks, limits and gates of the whole."),
    "SchemeModel.rank": N_("How units of equal marks are ranked."),
    "SchemeModel.section": N_("Sections of items; they nest."),
    "SchemeModel.grade": N_("Grades from the best to the worst; the first line that is met counts."),
    "SchemeModel.base": N_("Base items: they make up the full marks."),
    "SchemeModel.bonus": N_("Bonus items: they add to the base."),
    "SchemeModel.major_deduction": N_("Major deductions: they are taken from base and bonus."),
    "SchemeModel.veto": N_("Vetoes: what overrides score or grade."),
    "SchemeModel.part": N_("Parts with a weight of their own."),
    "SchemeModel.lint": N_("Warnings that are accepted, each with the reason."),
    "Lint.accept": N_('Id of a warning = "why it is accepted".'),
    "Header.id": N_("The scheme's id: lower-case letters, digits, dot, underscore, hyphen."),
    "Header.title": N_("The scheme's title."),
    "Header.period": N_("First and last day of what is assessed."),
    "Header.points_source": N_("Whether the points come from an official document or are illustrative."),
    "Header.notice": N_("A sentence that every output prints."),
    "Header.reviewers": N_("How several reviewers' findings become one."),
    "SchemePeriod.from": N_("The first day, a date without quotes."),
    "SchemePeriod.to": N_("The last day, a date without quotes."),
    "Total.full_marks": N_("The points of a unit without any fault."),
    "Total.places": N_("Decimals that are displayed, 0 to 4; nothing is calculated with them."),
    "Total.floor_at": N_("Where base points end at 0: each item, each top section, or nowhere."),
    "Total.not_applicable": N_("What happens with items that are not applicable to a unit."),
    "Total.fail": N_("Below which base a unit fails, and its grade then."),
    "Total.bonus_when": N_('The base from which bonus counts, such as "base > 80"; left out: always.'),
    "Total.bonus_cap": N_('The most that all bonus items add together, or "none".'),
    "Total.bounds": N_("The lowest and the highest total."),
    "Total.minimum_coverage": N_("The share of a unit's points that must be applicable for rank and grade."),
    "Total.stopped_part": N_("What a stopped part does to the total."),
    "Total.times": N_("What all minus lines are multiplied by."),
    "Gate.when": N_('A condition on the base, such as "base < 60".'),
    "Gate.grade": N_("The grade of a unit that meets the condition."),
    "Bounds.from": N_("The lower limit."),
    "Bounds.to": N_("The upper limit."),
    "NotApplicable.policy": N_("What becomes of the points of an item that is not applicable."),
    "NotApplicable.to": N_("What the rest is scaled to: the unit's own points, or full marks."),
    "NotApplicable.within": N_("Where it is scaled: in the whole part, or in the top section first."),
    "NotApplicable.rate": N_("The share of its points that the item is worth then."),
    "NotApplicable.without_note": N_("The share if no note was published."),
    "OwnNotApplicable.policy": N_("What becomes of the points of an item that is not applicable."),
    "OwnNotApplicable.rate": N_("The share of its points that the item is worth then."),
    "OwnNotApplicable.without_note": N_("The share if no note was published."),
    "Rank.ties": N_('Equal marks share a rank and the next is skipped ("share"), or not ("dense").'),
    "Rank.tie_break": N_("Sections or items whose points decide between equal marks."),
    "Section.id": N_("The section's id."),
    "Section.title": N_("The section's title."),
    "Section.section": N_("The section that it stands in; left out: it is a top section."),
    "Section.points": N_("What its base items add up to: checked, not limiting."),
    "Section.cap": N_("The most that its items come to together."),
    "Section.part": N_("The part that it belongs to."),
    "Section.same_matter": N_("How events of one matter count across its items."),
    "Grade.name": N_("The grade's name."),
    "Grade.when": N_('The line, such as ">= 90"; the last grade has none.'),
    "Grade.quota": N_("How many units of a group may have it."),
    "Quota.share": N_("The share of all units on the group's roster."),
    "Quota.round": N_("How the number of places is rounded to a whole one."),
    "Quota.ties": N_("What becomes of equals across the last place: all out, or all in."),
    "Effect.stop": N_("No score and no rank; the grade then."),
    "Effect.zero": N_("The score is 0; the grade then."),
    "Effect.at_most": N_("The score is no more than this."),
    "Effect.fixed": N_("The score is this."),
    "Effect.grade": N_("With at_most: the grade then."),
    "Effect.cap_grade": N_("At most this grade; the score is unchanged."),
    "Entry.id": N_("Its id; items, sections and vetoes share one namespace."),
    "Entry.title": N_("What people read, in one line."),
    "Entry.text": N_("The requirement, word for word."),
    "Entry.source": N_("The clause that it comes from."),
    "Entry.lead": N_("The lead unit."),
    "Entry.responsible": N_("The responsible units."),
    "Entry.deadline": N_("The deadline, to be read by people."),
    "Entry.note": N_("A note for people."),
    "Entry.applies_to": N_("Who has it: groups, units, tags, any of which suffices; left out: everybody."),
    "Entry.facts": N_('What a reviewer establishes, id = { ask = "…" }.'),
    "Item.rule": N_("How facts become points: a start by kind, then lines."),
    "Item.points": N_("Full points of a base item."),
    "Item.cap": N_("The most that it adds, or deducts; percentages refer to it."),
    "Item.section": N_("The section that it stands in."),
    "Item.effect": N_("What it does to total and grade when it takes points."),
    "Item.part": N_("The part that it belongs to."),
    "Item.reviewers": N_("How several reviewers' findings on it become one."),
    "Item.not_applicable": N_("What happens when this very item is not applicable."),
    "Item.needs_claim": N_("Whether the unit must claim it."),
    "Veto.when": N_("When it acts: own facts, item/fact, item/points."),
    "Veto.effect": N_("What it does then."),
    "Veto.warn_when": N_("When a warning is shown, without effect."),
    "Veto.part": N_("The part whose score it acts on; left out: the total."),
    "Rule.kind": N_("The start: where the item's points come from before its lines."),
    "Rule.minus": N_("Lines that take points."),
    "Rule.plus": N_("Lines that add points."),
    "Rule.zero_if": N_("When the item is worth nothing, whatever its lines say."),
    "Rule.ceiling": N_("Where the start ends while a condition holds."),
    "Rule.minus_cap": N_("The most that all minus lines take together."),
    "Rule.plus_cap": N_("The most that all plus lines add together."),
    "Rule.bounds": N_("Limits of the item instead of 0 and its points."),
    "Rule.per": N_("Facts are asked for every month, week or quarter."),
    "Rule.combine": N_("How the periods become one score."),
    "Rule.each_period": N_("The points of each period, added up."),
    "Rule.best": N_("Whether the highest or the lowest value of the group is its best."),
    "Rule.times": N_("What all minus lines of the rule are multiplied by."),
    "Rule.window": N_("The days that events must fall into, instead of the period."),
    "Ceiling.when": N_("When the start is cut."),
    "Ceiling.at": N_("The most that the start comes to then: points, or a share of the item's."),
    "RuleBounds.from": N_("The lower limit of the item, instead of 0; it may be below 0."),
    "RuleBounds.to": N_("The upper limit of the item, instead of its points or cap."),
    "Line.id": N_("Its id, under which it asks its fact; without, it asks nothing."),
    "Line.title": N_("What the reviewer reads."),
    "Line.each": N_("Points for each that is counted."),
    "Line.once": N_("Points once, if it is so."),
    "Line.range": N_("The reviewer types points between these two, with a reason."),
    "Line.count": N_("The declared count that it reads, such as reply.late."),
    "Line.when": N_("A condition without which it does not act."),
    "Line.cap": N_("The most that this line comes to."),
    "Line.unit": N_("The measure word of what is counted."),
    "Line.of": N_("The fact that is measured against a threshold."),
    "Line.short_of": N_('Points for every step below this: a number, or "best" or "mean" of the group.'),
    "Line.beyond": N_('Points for every step above this: a number, or "best" or "mean" of the group.'),
    "Line.every": N_("The size of a step."),
    "Line.steps": N_("Which steps count: whole ones, those started, or exact parts."),
    "Line.unless": N_("An exemption: when it holds, the line does not act."),
    "Line.from": N_("Where the points are taken instead: the total, or a section."),
    "Line.yields_to": N_("Items whose record of the same matter comes before this line."),
    "Line.times": N_("What the line is multiplied by."),
    "Deduct": N_("Starts at its points; lines take."),
    "Earn": N_("Starts at 0; lines add."),
    "Level": N_("Starts at the points of a level, which the reviewer picks or facts decide."),
    "Level.levels": N_("The levels from the best to the worst; all but the last have `when`, or none has."),
    "Share": N_("Points × a ratio, or points × fact ÷ target."),
    "Share.of": N_("The ratio, count or number that is measured."),
    "Share.target": N_(
        'What full points need, "best" or "mean" of the group; left out: the ratio itself counts.'
    ),
    "Ranked": N_("Starts at the points of the unit's place in its group."),
    "Ranked.of": N_("The ratio, count or number by which the units are placed."),
    "Ranked.points": N_("The points of the first place, the second, and so on."),
    "Ranked.then_less": N_("What each place beyond the list has less; left out: they have none."),
    "Events": N_("Starts at the sum of recorded events, each worth its level."),
    "Events.levels": N_("Level = points of one event."),
    "Events.same_matter": N_("How several events of one matter count: the highest, all, or shares in order."),
    "Events.shared": N_("Whether an event shared by several units is divided among them."),
    "PointsLevel.id": N_("The level's id."),
    "PointsLevel.title": N_("What the reviewer reads."),
    "PointsLevel.points": N_("What the level is worth."),
    "PointsLevel.when": N_("The facts that make it this level."),
    "PointsLevel.clean": N_("Whether the clean finding picks this level."),
    "EventLevel.title": N_("What the reviewer reads."),
    "EventLevel.points": N_("What one event of this level is worth."),
    "FactType.ask": N_("What is established."),
    "FactType.title": N_("What the reviewer reads; left out: the id."),
    "Count": N_("A whole number, 0 or more."),
    "Count.unit": N_("A measure word shown behind the number."),
    "Number": N_("A measured value."),
    "Number.unit": N_("A measure word shown behind the number."),
    "YesNo": N_("Yes or no."),
    "YesNo.clean": N_("The answer of the clean finding."),
    "Choice": N_("One option of a list."),
    "Choice.of": N_('The options: a list of ids, or id = "title".'),
    "Choice.clean": N_("The option of the clean finding."),
    "Ratio": N_("A part of a whole; both are kept."),
    "Ratio.part": N_("What the reviewer reads for the part."),
    "Ratio.whole": N_("What the reviewer reads for the whole."),
    "Ratio.over": N_("Whether the part may be above the whole."),
    "Ratio.source": N_("Where the ratio comes from, to be read by people."),
    "Cases": N_("Cases on time, late, early, missing."),
    "Cases.unit": N_("A measure word shown behind the numbers."),
    "Cases.within": N_("How long a case may take, or until which day; or a switch of these."),
    "Cases.at_least": N_("How long a case must take at least; or a switch of durations."),
    "Cases.roll": N_("Whether calendar days move off holidays."),
}  # fmt: skip


def words_of(cls: type[BaseModel], key: str = "") -> str:
    """What a table, or a key of it, means, in the language set; "" if nobody says.

    Args:
        cls: the model of the table.
        key: as it is written in a scheme (`from`); "": the table as a whole.
    """
    own = getattr(cls, "key_words", None)
    if own is not None and key in (said := own()):
        return str(said[key])
    for each in cls.__mro__ if key else (cls,):
        name = f"{each.__name__}.{key}" if key else each.__name__
        if name in _WORDS and each.__module__.startswith("govscore."):
            return gettext(_WORDS[name])
    return ""


def keys_with_words() -> frozenset[str]:
    """Every `Class` and `Class.key` that has words here."""
    return frozenset(_WORDS)
