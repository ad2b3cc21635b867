"""Messages about values, facts and rules: what models and rules report by a code."""

from typing import Final

from govscore.errors import MessageKind, message_kind
from govscore.i18n import mark_for_translation as N_
from govscore.scheme.messages import EMPTY, FORMAT, LATER

_CHINESE_NAMES: Final = N_("Chinese names go into title.")

BY_CODE: Final[dict[str, MessageKind]] = {
    "later": LATER,
    "empty": EMPTY,
    "format": FORMAT,
    # --- values ---
    "percent": message_kind(
        "scheme.not-a-percentage",
        N_("{found} is not a percentage"),
        N_('a percentage in quotes such as "60 %"'),
    ),
    "number": message_kind(
        "scheme.not-a-number", N_("found {found}"), N_("a number such as 2 or 0.5, without quotes")
    ),
    "number_in_quotes": message_kind(
        "scheme.number-in-quotes", N_("the number {found} is in quotes"), N_("a number without quotes")
    ),
    "number_range": message_kind(
        "scheme.number-out-of-range", N_("found {found}"), N_("a number not beyond 1 000 000")
    ),
    "number_places": message_kind(
        "scheme.too-many-decimals", N_("found {found}"), N_("a number with at most {most} decimals")
    ),
    "share_range": message_kind(
        "scheme.percentage-out-of-range", N_("found {found}"), N_("a percentage from 0 % to 100 %")
    ),
    "not_positive": message_kind("scheme.not-positive", N_("found {found}"), N_("a number above 0")),
    "negative": message_kind("scheme.negative", N_("found {found}"), N_("a number that is not below 0")),
    "identifier": message_kind(
        "scheme.identifier",
        N_("“{found}” is not an identifier"),
        N_("lower-case letters, digits, dot, underscore, hyphen, beginning with a letter or digit"),
        _CHINESE_NAMES,
    ),
    "simple_identifier": message_kind(
        "scheme.simple-identifier",
        N_("“{found}” is not an identifier of a fact, line, level or option"),
        N_("lower-case letters, digits, underscore, hyphen; no dots"),
        _CHINESE_NAMES,
    ),
    "empty_text": message_kind("scheme.empty-text", N_("found {found}"), N_("a text that is not empty")),
    "hidden_sign": message_kind(
        "scheme.hidden-sign",
        N_("an invisible or control character stands in {found}"),
        N_("visible text; a title has one line"),
        N_("Delete this place and type it again."),
    ),
    "date": message_kind(
        "scheme.not-a-date", N_("found {found}"), N_("a date such as 2024-01-01, without quotes")
    ),
    "period_order": message_kind(
        "scheme.period-order",
        N_("the period ends on {found}, before it starts"),
        N_("from a day to a later day"),
    ),
    "window_order": message_kind(
        "scheme.window-order",
        N_("the window ends on {found}, before it starts"),
        N_("from a day to a later day"),
    ),
    "bounds_order": message_kind(
        "scheme.bounds-order", N_("the upper bound {found} is below the lower one"), N_("from ≤ to")
    ),
    "bounds_empty": message_kind("scheme.bounds-empty", N_("no bound is stated"), N_("from, to or both")),
    # --- reviewers ---
    "reviewers_word": message_kind(
        "scheme.reviewers",
        N_("found {found}"),
        N_('"single", "same", or a table with take = "mean", "median", "trimmed" or "pair"'),
    ),
    "reviewers_missing": message_kind(
        "scheme.reviewers-missing", N_("take = “{take}” without {name}"), N_("{name} stated beside take")
    ),
    "reviewers_here": message_kind(
        "scheme.reviewers-here",
        N_("take = “{take}” has no {found}"),
        N_("raters; above with trimmed; tolerance and leader with pair"),
        N_("Remove the key."),
    ),
    "raters_range": message_kind("scheme.raters", N_("found {found}"), N_("a whole number from 2 to {most}")),
    # --- conditions ---
    "condition": message_kind(
        "scheme.not-a-condition",
        N_("cannot read the condition {found}"),
        N_("comparisons such as share >= 60 % or late > 2, joined by “and” or by “or”"),
    ),
    "and_or": message_kind(
        "scheme.and-or",
        N_("the condition mixes “and” with “or”: {found}"),
        N_("comparisons joined by “and” or by “or”, never both"),
        N_("Split the rule into two lines or levels."),
    ),
    "no_name": message_kind(
        "scheme.condition-without-name",
        N_("a comparison does not say what it compares"),
        N_("one of {known}"),
    ),
    "unknown_fact": message_kind(
        "scheme.unknown-fact", N_("there is no fact “{found}” here"), N_("one of {known}")
    ),
    "no_facts": message_kind(
        "scheme.no-facts",
        N_("the condition compares “{found}”, but there is no fact that it could compare"),
        N_('a fact that is declared, such as facts.late with ask = "count", or a line with an id'),
        N_("Declare the fact."),
    ),
    "no_counts": message_kind(
        "scheme.no-counts",
        N_("there is no count “{found}”; no fact that is declared has counts"),
        N_('a count or cases that are declared, such as facts.late with ask = "count"'),
        N_("Declare the fact, or give the line an id, under which it asks its count."),
    ),
    "nothing_measured": message_kind(
        "scheme.nothing-measured",
        N_("there is no “{found}”; no fact that is declared can be measured"),
        N_('a ratio, count, number or cases that are declared, such as facts.rate with ask = "ratio"'),
        N_("Declare the fact."),
    ),
    "not_comparable": message_kind(
        "scheme.not-comparable",
        N_("“{found}” are cases; a condition compares one of their counts"),
        N_("one of {known}"),
    ),
    "bad_comparison": message_kind("scheme.bad-comparison", N_("“{found}” cannot be compared"), N_("{why}")),
    "not_an_answer": message_kind(
        "scheme.not-an-answer", N_("“{found}” names no answer of this fact"), N_("one of {known}")
    ),
    # --- facts ---
    "options_twice": message_kind(
        "scheme.option-twice",
        N_("the option “{found}” is listed twice"),
        N_("options that are all different"),
    ),
    "not_an_option": message_kind("scheme.not-an-option", N_("found “{found}”"), N_("one of {known}")),
    "duration": message_kind(
        "scheme.not-a-duration",
        N_("{found} is not a limit in time"),
        N_('"7 working days", "20 days", "5 hours", "2 weeks", "3 months"; within also takes a date'),
    ),
    "one_limit": message_kind(
        "scheme.cases-limit",
        N_("cases need one limit"),
        N_("either within or at_least"),
        N_("State the limit that the cases are measured against."),
    ),
    # --- switches ---
    "switch_by": message_kind(
        "scheme.switch-by", N_("{found} is nothing that a switch can go by"), N_("one of {known}")
    ),
    "switch_date": message_kind(
        "scheme.switch-date",
        N_("“{found}” is no date of a switch by date"),
        N_('first, and dates in quotes such as "2024-07-01", from which on another value holds'),
    ),
    "switch_empty": message_kind(
        "scheme.switch-empty",
        N_("the switch names no case"),
        N_("at least one case beside by, first and other"),
        N_("Name the cases, or write the value without a switch."),
    ),
    "switch_first": message_kind(
        "scheme.switch-first",
        N_("the switch does not say what holds before its first date"),
        N_("first = …"),
    ),
    "switch_nested": message_kind(
        "scheme.switch-nested",
        N_("a switch stands inside a switch"),
        N_("one value for each case"),
        N_("Let the switch go by what makes most difference, or divide the item into two."),
    ),
    "switch_other": message_kind(
        "scheme.switch-other",
        N_("the switch does not cover every case: {missing}"),
        N_("a value for each, or other = … for the rest"),
    ),
    "switch_unknown": message_kind(
        "scheme.switch-unknown", N_("the switch names “{found}”, which there is not"), N_("one of {known}")
    ),
    "switch_level": message_kind(
        "scheme.switch-level",
        N_("a switch by level, but the reviewer picks no level here"),
        N_('a switch by level in an item with kind = "level" whose levels have no `when`'),
        N_("Use another switch, or a rule whose level the reviewer picks."),
    ),
    "id_twice": message_kind(
        "scheme.fact-twice",
        N_("the fact id “{found}” is used twice in this item"),
        N_("an id of its own for each fact and line"),
    ),
    # --- lines ---
    "line_form": message_kind(
        "scheme.line-form",
        N_("the line does not say what it takes or adds"),
        N_("each (points for each case), once, or range"),
    ),
    "line_forms": message_kind(
        "scheme.line-forms", N_("the line has {found}"), N_("exactly one of each, once, range")
    ),
    "line_title": message_kind(
        "scheme.line-title", N_("line “{found}” has no title"), N_("a title, which the reviewer reads")
    ),
    "line_each": message_kind(
        "scheme.line-each",
        N_("the line does not say what is counted"),
        N_("id (the line asks its count) or count (it reads a declared one)"),
    ),
    "line_id_count": message_kind(
        "scheme.line-id-and-count",
        N_("the line has both id and count"),
        N_("id (the line asks its count) or count (it reads a declared one)"),
        N_("Remove one of them."),
    ),
    "line_count": message_kind(
        "scheme.line-count",
        N_("count without each"),
        N_("count goes with each"),
        N_('Write each; or, to charge once, a condition such as when = "posts > 0" instead of count.'),
    ),
    "line_once": message_kind(
        "scheme.line-once", N_("a line with once, but neither id nor when"), N_("id, when or both")
    ),
    "line_range": message_kind(
        "scheme.line-range", N_("a line with range has no id"), N_("an id and a title")
    ),
    "needs_per": message_kind(
        "scheme.combine-without-per",
        N_("combine says how periods come together, but per is missing"),
        N_('combine beside per = "month", "week" or "quarter"'),
    ),
    "needs_combine": message_kind(
        "scheme.combine-needed",
        N_("per = “{found}”: how the periods come together is not stated"),
        N_('combine = "lines" (one start, the lines of all periods), "sum" or "mean"'),
    ),
    "needs_sum": message_kind(
        "scheme.each-period-without-sum",
        N_("each_period is what one period is worth, but no periods are added up"),
        N_('each_period beside combine = "sum" only'),
    ),
    "needs_each_period": message_kind(
        "scheme.each-period-needed",
        N_('combine = "sum": what one period is worth is not stated'),
        N_("each_period, such as each_period = 2"),
    ),
    "lines_start": message_kind(
        "scheme.lines-start",
        N_('combine = "lines" has one start for all periods, but the start of “{kind}” reads facts'),
        N_('kind = "deduct" or "earn"; or combine = "sum" or "mean", where every period has its own start'),
    ),
    "line_of": message_kind(
        "scheme.line-of", N_("“{found}” without of"), N_("of = the fact that the line measures")
    ),
    "line_of_with": message_kind(
        "scheme.line-of-with",
        N_("the line has of and {found}"),
        N_("of (a declared fact is measured) goes with each, and asks nothing"),
        N_("Remove one of them."),
    ),
    "line_yields": message_kind(
        "scheme.line-yields",
        N_("yields_to in a line that charges no rows"),
        N_("yields_to in a line with id or count, whose rows have a matter"),
        N_("Remove yields_to, or count the faults one by one."),
    ),
    "line_short_beyond": message_kind(
        "scheme.line-short-and-beyond",
        N_("the line has both short_of and beyond"),
        N_("one of them"),
        N_("Write two lines."),
    ),
    "line_steps": message_kind(
        "scheme.line-steps",
        N_("the line with of does not state: {missing}"),
        N_('of, short_of or beyond, every, each, and steps = "whole", "started" or "exact"'),
    ),
    "step_kind": message_kind(
        "scheme.step-kind",
        N_("{key} {found} does not fit the fact “{fact}”"),
        N_("a percentage for a ratio, a plain number for a count or number"),
    ),
    "range_order": message_kind("scheme.range-order", N_("the range goes down"), N_("the lower end first")),
    "unknown_count": message_kind(
        "scheme.unknown-count",
        N_("there is no count “{found}” among the declared facts"),
        N_("one of {known}"),
    ),
    # --- starts ---
    "level_twice": message_kind(
        "scheme.level-twice", N_("the level “{found}” is listed twice"), N_("levels with ids of their own")
    ),
    "level_when": message_kind(
        "scheme.level-when",
        N_("some levels have `when`, others not; look at level “{found}”"),
        N_("no level with `when` (the reviewer picks), or all but the last"),
    ),
    "level_clean": message_kind(
        "scheme.level-clean",
        N_("level “{found}” cannot be marked clean"),
        N_("one level at most is marked clean, and only if the reviewer picks"),
    ),
    "same_matter": message_kind(
        "scheme.same-matter", N_("found {found}"), N_('"highest", "sum" or a list such as ["100 %", "50 %"]')
    ),
    "percent_without_cap": message_kind(
        "scheme.percent-without-cap",
        N_("“{found}” has nothing to refer to"),
        N_("a cap of the item, to which percentages refer"),
        N_("Give the item a cap, or write points."),
    ),
    "share_without_cap": message_kind(
        "scheme.share-without-cap",
        N_("share needs points to share"),
        N_("a cap of the item"),
        N_("Give the item a cap."),
    ),
    "rank_without_cap": message_kind(
        "scheme.rank-without-cap",
        N_("rank needs the most that a place can be worth"),
        N_("a cap of the item"),
        N_("Give the item a cap."),
    ),
    "best_unused": message_kind(
        "scheme.best-unused",
        N_("best is stated, but nothing here is measured against the group"),
        N_('best beside kind = "rank", or where target, short_of or beyond is "best"'),
        N_("Remove the key."),
    ),
    "of_group": message_kind(
        "scheme.not-a-target",
        N_("{found} is nothing to measure against"),
        N_('a number, a percentage such as "60 %", or "best" or "mean" of the group'),
    ),
    "policy_key": message_kind(
        "scheme.policy-key",
        N_('{found} does not belong to policy = "{policy}" here'),
        N_('to and within of [total] with "rescale", rate and without_note with "rate"'),
        N_("Remove it, or choose another policy."),
    ),
    "policy_needs": message_kind(
        "scheme.policy-needs",
        N_('policy = "{policy}" lacks {missing}'),
        N_('to and within with "rescale", rate with "rate"'),
    ),
    "not_measured": message_kind(
        "scheme.not-measured",
        N_("“{found}” is nothing that can be measured"),
        N_("a ratio, count, number or field of cases; here: {known}"),
    ),
    "target_needed": message_kind(
        "scheme.target-needed",
        N_("share of “{found}” has no target"),
        N_("target = the number that earns all points"),
    ),
    "target_positive": message_kind(
        "scheme.target-positive", N_("target is {found}"), N_("a target above 0")
    ),
    "target_kind": message_kind(
        "scheme.target-kind",
        N_("target {found} does not fit the fact “{fact}”"),
        N_("a percentage for a ratio, a plain number for a count or number"),
    ),
    # --- modifiers ---
    "rule_bounds_order": message_kind(
        "scheme.rule-bounds",
        N_("the item would end at {high} above and at {low} below"),
        N_("from ≤ to; a side that bounds does not name is 0, or the points or cap of the item"),
    ),
    # --- effects ---
    "effect_two": message_kind(
        "scheme.effect-two", N_("two effects: {found}"), N_("one of stop, zero, at_most, fixed")
    ),
    "effect_none": message_kind(
        "scheme.effect-none", N_("there is no effect"), N_("one of stop, zero, at_most, fixed, cap_grade")
    ),
    "effect_grade": message_kind(
        "scheme.effect-grade",
        N_("grade without at_most or fixed"),
        N_("grade goes with at_most or fixed"),
        N_("To limit the grade and leave the score as it is, write cap_grade."),
    ),
}
"""Kinds by the code that models and rules report."""
