"""Messages about what a scheme says (its syntax has its own)."""

from govscore.errors import MessageKind, message_kind
from govscore.i18n import mark_for_translation as N_

UNKNOWN_KEY = message_kind(
    "scheme.unknown-key",
    N_("there is no key “{found}” here"),
    N_("one of {known}"),
    N_("Correct the key or remove it; nothing is ignored."),
)
LATER = message_kind(
    "scheme.not-supported-yet",
    N_("“{name}” is part of the language, but not supported yet by this version"),
    "",
    N_("Write the rule without it, or wait for the version that supports it."),
)
MISSING = message_kind(
    "scheme.missing-key",
    N_("“{name}” is missing"),
    N_("{name} must be stated"),
    N_("Add a line with {name} = …"),
)
WRONG_TYPE = message_kind("scheme.wrong-type", N_("found {found}"), N_("{expected}"))
NOT_A_WORD = message_kind("scheme.not-a-word", N_("found {found}"), N_("one of {known}"))
NOT_IN_RANGE = message_kind(
    "scheme.not-in-range", N_("found {found}"), N_("a whole number from {low} to {high}")
)
EMPTY = message_kind("scheme.empty", N_("“{name}” is empty"), N_("at least one entry"))
UNKNOWN_KIND = message_kind(
    "scheme.unknown-kind", N_("there is no rule kind “{found}”"), N_("one of {known}")
)
UNKNOWN_ASK = message_kind("scheme.unknown-ask", N_("there is no fact type “{found}”"), N_("one of {known}"))
ID_TWICE = message_kind(
    "scheme.id-twice",
    N_("the id “{found}” is used twice; the first is in {first}"),
    N_("ids of items, sections and vetoes are all different"),
    N_("Rename one of them."),
)
UNKNOWN_SECTION = message_kind(
    "scheme.unknown-section", N_("there is no section “{found}”"), N_("the id of a [[section]]")
)
SECTION_LOOP = message_kind(
    "scheme.section-loop", N_("section “{found}” is inside itself"), N_("sections nest without a loop")
)
SECTION_MIXED = message_kind(
    "scheme.section-mixed",
    N_("section “{found}” holds items of several kinds: {kinds}"),
    N_("base, bonus or major deduction items, not a mixture"),
    N_("Make a section for each kind."),
)
SECTION_SUM = message_kind(
    "scheme.section-sum",
    N_("section “{found}” states {stated} points, but its base items add up to {sum}"),
    N_("points that are the sum of the section's base items (for all items, or for each group)"),
    N_("Correct the points of the section or of its items."),
)
POINTS_HERE = message_kind(
    "scheme.points-here",
    N_("a {kind} item has no “{key}”"),
    N_("base items have points; bonus items and major deductions may have cap"),
    N_("Rename the key or remove it."),
)
BONUS_CAP = message_kind(
    "scheme.bonus-cap-missing",
    N_("there are bonus items, but [total] does not state bonus_cap"),
    N_('bonus_cap = a number of points, or "none"'),
    N_("State the cap, or that there is none."),
)
GRADE_WHEN = message_kind(
    "scheme.grade-when",
    N_("grade “{name}”: only the last grade may be without `when`, and it must be"),
    N_('a line such as when = ">= 90" for every grade but the last'),
)
GRADE_TWICE = message_kind(
    "scheme.grade-twice",
    N_("grade “{name}” has the same name or the same line as another"),
    N_("grades with names and lines of their own"),
)
UNKNOWN_GRADE = message_kind("scheme.unknown-grade", N_("there is no grade “{found}”"), N_("one of {known}"))
GRADES_UNORDERED = message_kind(
    "scheme.grades-unordered",
    N_("grades “{found}” are named without a [[grade]] list, so their order is unknown"),
    N_("a [[grade]] list, or a single grade name"),
    N_("Add the [[grade]] list, from the best to the worst."),
)
GATE_NAME = message_kind(
    "scheme.condition-name",
    N_("the condition names “{found}”"),
    N_("{known}"),
)
VETO_POINTS = message_kind(
    "scheme.stop-reads-points",
    N_("a stop veto reads the points “{found}”"),
    N_("facts only, since a stop is known before any score"),
    N_("Use zero or at_most, or a condition on facts."),
)
ITEM_STOP = message_kind(
    "scheme.effect-stop",
    N_("an item's effect cannot be stop"),
    N_("zero, at_most or cap_grade; stop belongs to a [[veto]]"),
)
TOO_MANY = message_kind("scheme.too-many", N_("{found} items"), N_("at most {most} items"))

_RULE = {
    "later": LATER,
    "percent": message_kind(
        "scheme.not-a-percentage",
        N_("“{found}” is not a percentage"),
        N_('a percentage in quotes such as "60 %"'),
    ),
    "number": message_kind(
        "scheme.not-a-number",
        N_("found {found}"),
        N_("an exact number with at most 4 decimals, not beyond 1 000 000, without quotes"),
    ),
    "not_positive": message_kind("scheme.not-positive", N_("found {found}"), N_("a number above 0")),
    "negative": message_kind("scheme.negative", N_("found {found}"), N_("a number that is not below 0")),
    "identifier": message_kind(
        "scheme.identifier",
        N_("“{found}” is not an identifier"),
        N_("lower-case letters, digits, dot, underscore, hyphen, beginning with a letter or digit"),
        N_("Chinese names go into title."),
    ),
    "simple_identifier": message_kind(
        "scheme.simple-identifier",
        N_("“{found}” is not an identifier of a fact, line or level"),
        N_("lower-case letters, digits, underscore, hyphen; no dots"),
        N_("Chinese names go into title."),
    ),
    "empty_text": message_kind("scheme.empty-text", N_("found “{found}”"), N_("a text")),
    "date": message_kind(
        "scheme.not-a-date", N_("found “{found}”"), N_("a date such as 2024-01-01, without quotes")
    ),
    "period_order": message_kind(
        "scheme.period-order",
        N_("the period ends on {found}, before it starts"),
        N_("from a day to a later day"),
    ),
    "bounds_order": message_kind(
        "scheme.bounds-order", N_("the upper bound {found} is below the lower one"), N_("from ≤ to")
    ),
    "bounds_empty": message_kind("scheme.bounds-empty", N_("no bound is stated"), N_("from, to or both")),
    "condition": message_kind(
        "scheme.not-a-condition",
        N_("cannot read the condition “{found}”"),
        N_("comparisons such as share >= 60 % or late > 2, joined by “and” or by “or”"),
    ),
    "and_or": message_kind(
        "scheme.and-or",
        N_("the condition mixes “and” with “or”: {found}"),
        N_("comparisons joined by “and” or by “or”, never both"),
        N_("Split the rule into two lines or levels."),
    ),
    "options_twice": message_kind(
        "scheme.option-twice", N_("an option is listed twice"), N_("options that are all different")
    ),
    "not_an_option": message_kind("scheme.not-an-option", N_("found “{found}”"), N_("one of {known}")),
    "duration": message_kind(
        "scheme.not-a-duration",
        N_("“{found}” is not a limit in time"),
        N_('"7 working days", "20 days", "5 hours", "2 weeks", "3 months", or a date'),
    ),
    "one_limit": message_kind(
        "scheme.cases-limit",
        N_("cases need one limit"),
        N_("either within or at_least"),
        N_("State the limit that the cases are measured against."),
    ),
    "line_form": message_kind(
        "scheme.line-form", N_("a line with {found}"), N_("exactly one of each, once, range")
    ),
    "line_title": message_kind(
        "scheme.line-title", N_("line “{found}” has no title"), N_("a title, which the reviewer reads")
    ),
    "line_each": message_kind(
        "scheme.line-each",
        N_("a line with each, but not with exactly one of id and count"),
        N_("id (the line asks its count) or count (it reads a declared one)"),
    ),
    "line_count": message_kind("scheme.line-count", N_("count without each"), N_("count goes with each")),
    "line_once": message_kind(
        "scheme.line-once", N_("a line with once, but neither id nor when"), N_("id, when or both")
    ),
    "line_range": message_kind(
        "scheme.line-range", N_("a line with range has no id"), N_("an id and a title")
    ),
    "range_order": message_kind("scheme.range-order", N_("the range goes down"), N_("the lower end first")),
    "level_twice": message_kind(
        "scheme.level-twice", N_("a level is listed twice: {found}"), N_("levels with ids of their own")
    ),
    "level_when": message_kind(
        "scheme.level-when",
        N_("some levels have `when`, others not"),
        N_("no level with `when` (the reviewer picks), or all but the last"),
    ),
    "level_clean": message_kind(
        "scheme.level-clean",
        N_("clean does not fit here"),
        N_("one level at most is marked clean, and only if the reviewer picks"),
    ),
    "same_matter": message_kind(
        "scheme.same-matter", N_("found {found}"), N_('"highest", "sum" or a list such as ["100 %", "50 %"]')
    ),
    "effect_two": message_kind(
        "scheme.effect-two", N_("two effects: {found}"), N_("one of stop, zero, at_most")
    ),
    "effect_none": message_kind(
        "scheme.effect-none", N_("there is no effect"), N_("one of stop, zero, at_most, cap_grade")
    ),
    "effect_grade": message_kind(
        "scheme.effect-grade", N_("grade without at_most"), N_("grade goes with at_most")
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
    "id_twice": message_kind(
        "scheme.fact-twice",
        N_("the fact id “{id}” is used twice in this item"),
        N_("ids of its own for each fact"),
    ),
    "unknown_count": message_kind(
        "scheme.unknown-count",
        N_("there is no count “{found}” among the declared facts"),
        N_("a declared count, or a field of declared cases"),
    ),
    "unknown_fact": message_kind(
        "scheme.unknown-fact", N_("there is no fact “{found}” here"), N_("a fact or line of this item")
    ),
    "bad_comparison": message_kind("scheme.bad-comparison", N_("“{found}” cannot be compared"), N_("{why}")),
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
}
BY_CODE: dict[str, MessageKind] = _RULE
"""Kinds by the code that models and rules report."""
