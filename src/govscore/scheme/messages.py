"""Messages about what a scheme says (its syntax has its own)."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

UNKNOWN_KEY = message_kind(
    "scheme.unknown-key",
    N_("there is no key “{found}” here"),
    N_("one of {known}"),
    N_("Correct the key or remove it; nothing is ignored."),
)
SWITCH_QUOTA = message_kind(
    "scheme.switch-quota",
    N_("a quota by tag, though its places are those of the whole group"),
    N_('a share, or a switch with by = "group" or by = "date"'),
    N_("Let it depend on the group."),
)
KEY_OF_RULE = message_kind(
    "scheme.key-of-rule",
    N_("“{found}” is a key of the rule, not of the item"),
    N_("{found} = … inside of the braces of rule"),
    N_("Move it into the rule."),
)
LATER = message_kind(
    "scheme.not-supported-yet",
    N_("“{name}” is part of the language, but not supported yet by this version"),
    "",
    N_("Write the rule without it, or wait for the version that supports it."),
)
MISSING = message_kind("scheme.missing-key", N_("“{name}” is missing"), "", N_("State it: {name} = …"))
WRONG_TYPE = message_kind("scheme.wrong-type", N_("found {found}"), N_("{expected}"))
NOT_A_WORD = message_kind("scheme.not-a-word", N_("found {found}"), N_("one of {known}"))
NOT_IN_RANGE = message_kind(
    "scheme.not-in-range", N_("found {found}"), N_("a whole number from {low} to {high}")
)
FORMAT = message_kind(
    "scheme.format",
    N_("the scheme is written in format {found}, which this version does not read"),
    "format = 1",
    N_("A later format needs a later version of this program."),
)
EMPTY = message_kind(
    "scheme.empty", N_("“{name}” is empty"), N_("at least one entry"), N_("Add an entry, or remove the key.")
)
TOO_MANY = message_kind(
    "scheme.too-many",
    N_("there are {found} {what}"),
    N_("at most {most}"),
    N_("Check whether something was repeated by mistake; else split the scheme."),
)
MORE = message_kind(
    "scheme.more",
    N_("{more} mistakes were found; only the first {limit} are listed"),
    "",
    N_("Correct those above, then check again."),
)
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
RESERVED = message_kind(
    "scheme.fact-reserved",
    N_("the fact id “{found}” is what a rule of kind {kind} asks by itself"),
    N_("another id for the declared fact"),
    N_("Rename the fact, here and in conditions."),
)
POINTS_RESERVED = message_kind(
    "scheme.points-reserved",
    N_("a fact cannot be called “points”: item/points are an item's points"),
    N_("another id"),
    N_("Rename the fact, here and in conditions."),
)
UNKNOWN_SECTION = message_kind(
    "scheme.unknown-section",
    N_("there is no section “{found}”"),
    N_("the id of a [[section]]"),
    N_("Correct the id, or add the section."),
)
FROM_BONUS = message_kind(
    "scheme.from-in-bonus",
    N_("a bonus item takes nothing elsewhere"),
    N_("from stands in lines of base items and major deductions"),
)
FROM_ADDS = message_kind(
    "scheme.from-in-plus",
    N_("from in a line that does not take points"),
    N_("from says where points are taken: in minus lines, in a major deduction with earn in plus lines, too"),
)
FROM_UNKNOWN = message_kind(
    "scheme.from-unknown",
    N_("there is no section “{found}” to take points from"),
    N_('"total", or the id of a [[section]] with base items'),
)
FROM_KIND = message_kind(
    "scheme.from-section",
    N_("section “{found}” holds no base items"),
    N_('"total", or the id of a [[section]] with base items'),
)
FROM_AMBIGUOUS = message_kind(
    "scheme.from-ambiguous",
    N_("“total” is the total and also a section"),
    N_("a section with another id"),
)
MATTER_SECTION = message_kind(
    "scheme.section-matter",
    N_("section “{found}” has same_matter, but no bonus item with events"),
    N_("same_matter in a section of bonus items, of which some have a rule of kind events"),
    N_("Remove same_matter, or write it in the item."),
)
MATTER_TWICE = message_kind(
    "scheme.section-matter-twice",
    N_("section “{found}” has same_matter, and so has section “{outer}”, in which it stands"),
    N_("one same_matter for an item's events"),
    N_("Remove one of them."),
)
YIELDS_UNKNOWN = message_kind(
    "scheme.yields-unknown",
    N_("there is no item “{found}” that could record the matter"),
    N_("the id of another [[base]], [[bonus]] or [[major_deduction]]"),
)
YIELDS_LOOP = message_kind(
    "scheme.yields-loop",
    N_("the lines of item “{found}” yield to items whose lines yield back: {loop}"),
    N_("items that yield to each other in one direction only"),
    N_("Decide which item charges such a matter, and remove the other yields_to."),
)
SECTION_LOOP = message_kind(
    "scheme.section-loop",
    N_("section “{found}” is inside itself: {loop}"),
    N_("sections nest without a loop"),
)
SECTIONS_DEEP = message_kind(
    "scheme.sections-too-deep",
    N_("section “{found}” stands more than {most} levels deep"),
    N_("at most {most} levels of sections"),
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
SECTION_POINTS = message_kind(
    "scheme.section-points",
    N_("section “{found}” states {stated} points, but holds no base items"),
    N_("points only for a section of base items; a section of bonus items or major deductions may have cap"),
    N_("Remove points, or write cap."),
)
POINTS_HERE = message_kind(
    "scheme.points-here",
    N_("a {kind} has no “{name}”"),
    N_("base items have points; bonus items and major deductions may have cap"),
    N_("Rename the key or remove it."),
)
CLAIM_HERE = message_kind(
    "scheme.needs-claim-here",
    N_("a {kind} cannot have needs_claim"),
    N_("needs_claim in a [[bonus]] only"),
    N_("Remove the key."),
)
POLICY_HERE = message_kind(
    "scheme.policy-here",
    N_("a {kind} cannot have not_applicable: it is never rescaled"),
    N_("not_applicable in [total] or in a [[base]]"),
    N_("Remove the key."),
)
BONUS_CAP = message_kind(
    "scheme.bonus-cap-missing",
    N_("there are bonus items, but [total] does not state bonus_cap"),
    N_('bonus_cap = a number of points, or "none"'),
    N_("State the cap, or that there is none."),
)
GRADE_WHEN = message_kind(
    "scheme.grade-when",
    N_("grade “{name}” has no line"),
    N_('a line such as when = ">= 90" for every grade but the last'),
)
LAST_GRADE_WHEN = message_kind(
    "scheme.last-grade-when",
    N_("the last grade “{name}” has a line, so that a total below it has no grade"),
    N_("a last grade without `when`, for everybody else"),
    N_("Remove `when`, or add a grade below."),
)
LAST_GRADE_QUOTA = message_kind(
    "scheme.last-grade-quota",
    N_("the last grade “{name}” has a quota, so that whoever gets none of its places has no grade"),
    N_("a last grade without `quota`, for everybody else"),
    N_("Remove `quota`, or add a grade below."),
)
GRADE_TWICE = message_kind(
    "scheme.grade-twice", N_("grade “{name}” is listed twice"), N_("grades with names of their own")
)
LINE_TWICE = message_kind(
    "scheme.grade-line-twice",
    N_("grade “{name}” has the same line as one above it: {found}"),
    N_("a line of its own, or a quota above, since else nobody would ever get this grade"),
)
UNKNOWN_GRADE = message_kind("scheme.unknown-grade", N_("there is no grade “{found}”"), N_("one of {known}"))
GRADES_UNORDERED = message_kind(
    "scheme.grades-unordered",
    N_("grades “{found}” are named without a [[grade]] list, so their order is unknown"),
    N_("a [[grade]] list, or a single grade name and no cap_grade"),
    N_("Add the [[grade]] list, from the best to the worst."),
)
GATE_NAME = message_kind("scheme.condition-name", N_("the condition compares “{found}”"), N_("{known}"))
TIE_BREAK = message_kind(
    "scheme.unknown-tie-break",
    N_("there is no section or item “{found}” whose points could break a tie"),
    N_("the id of a section or an item"),
)
TIE_BREAK_TWICE = message_kind(
    "scheme.tie-break-twice",
    N_("tie_break names “{found}” twice"),
    N_("each section or item once; a second time it parts nobody"),
    N_("Remove one of them."),
)
OVER_PERIODS = message_kind(
    "scheme.over-periods",
    N_("“{found}” does not add up over the periods of item {item}"),
    N_("a count, or a count of cases such as {item}/reply.late; or {item}/points"),
)
VETO_POINTS = message_kind(
    "scheme.stop-reads-points",
    N_("a stop veto reads the points “{found}”"),
    N_("facts only, since a stop is known before any score"),
    N_("Use zero, at_most or fixed, or a condition on facts."),
)
NOT_COMBINED = message_kind(
    "scheme.not-combined",
    N_("{id}: {what} cannot be combined over several reviewers"),
    N_('reviewers = "single", or "same" (identical facts)'),
    N_("State reviewers there; what it has of its own goes before what the scheme states."),
)
FACT_OF_SEVERAL = message_kind(
    "scheme.fact-of-several",
    N_("the condition reads the fact {found}, on which the reviewers of item {item} may differ"),
    N_('facts of items with reviewers = "single" or "same"; item/points of any'),
)
UNKNOWN_WARNING = message_kind(
    "scheme.unknown-warning",
    N_("there is no warning {found}"),
    N_("the id of a warning, as `govscore check` prints it, such as W012"),
)
ITEM_STOP = message_kind(
    "scheme.effect-stop",
    N_("an item's effect cannot be stop"),
    N_("zero, at_most, fixed or cap_grade; stop belongs to a [[veto]]"),
)
