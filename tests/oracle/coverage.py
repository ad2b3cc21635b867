"""Which features the generated cases must exercise in scoring, and a table of how often they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.model import Seen

NOTHINGS = ("open", "not_assigned", "not_applicable", "worth_0", "reviewed", "locked", "none")
OPERATORS = ("<", "<=", ">", ">=", "=", "!=")
KINDS = ("base", "bonus", "major_deduction")

SWITCHES = (
    *(f"switch:by {by} of {what}" for by in ("group", "tag", "date") for what in (
        "the points of an item", "the cap of an item", "points", "cap", "minus_cap", "target", "every")),
    *("switch:by group of each", "switch:by group of once", "switch:by level of each"),
    *(f"switch:rows by {by} of {what}" for by in ("tag", "date")
      for what in ("each", "once", "times", "an event")),
    *("switch:rows without a date", "switch:rows with two tags that match"),
    *("switch:by group of national", "switch:two tags match"),
    *(f"switch:by {by} of {what}" for by in ("group", "tag", "date") for what in (
        "full_marks of a total", "bonus_cap of a total", "weight of a part", "cap of a section",
        "to of bounds", "at_most of an effect")),
    *("switch:by group of minimum_coverage of a total", "switch:by group of share of a quota"),
    *("switch:by tag of points of a section", "switch:by group of fixed of an effect"),
    "switch:by group of range",
)  # fmt: skip
STARTS = (
    *("start:deduct", "start:earn", "start:level.picked", "start:level.facts", "start:level.facts last"),
    *("start:share.ratio", "start:share.ratio with target", "start:share.count", "start:share.number"),
    *("start:share reaches the target", "start:share reaches the target exactly", "start:share below 0"),
    *("start:events", "start:events none", "nothing:start without value"),
    *("events:highest", "events:sum", "events:shares", "events:alone", "events:without matter"),
    *("events:nothing after the last share", "events:equal points in one matter"),
    *(f"start:rank {kind}" for kind in KINDS),
    *("rank:tie", "rank:in the list", "rank:beyond the list", "rank:beyond the list, below 0"),
    "rank:beyond the list, nothing",
    *("start:share of the group's best", "start:share of the group's mean"),
    "start:share of a best or mean not above 0",
    *("group:best", "group:best low", "group:mean", "group:provisional", "group:a stopped unit leaves"),
    *("events:shared divide", "events:shared full", "rounding:events", "rounding:a start"),
)
LINES = (
    *("line:each", "line:once", "line:range", "line:count", "line:minus", "line:plus", "line:percentage"),
    *(f"line:when beside {what} {how}" for what in ("each", "once", "range", "count", "nothing")
      for how in ("held", "failed")),
    *("line:when beside of held", "line:when beside of failed", "line:of"),
    *("line:exempted", "line:not exempted", "steps:without value", "steps:at the limit"),
    *(f"steps:{side} {how} {kind} {fit}" for side in ("short_of", "beyond")
      for how in ("whole", "started", "exact") for kind in ("ratio", "count", "number", "cases")
      for fit in ("even", "broken")),
    *(f"steps:{side} the group's {word}" for side in ("short_of", "beyond") for word in ("best", "mean")),
    *("times:of the total", "times:of the rule", *(f"times:of a line in {shape}" for shape in (
        "each", "once", "range", "count", "of"))),
    *(f"yields:spared {kind}" for kind in ("count", "once", "points", "cases")),
    "yields:waits for an open item",
    *(f"pool:across items {kind}" for kind in ("highest", "sum", "shares")),
    *("line cap reached", "line cap reached exactly", "line:when held in spite of a fact without value"),
)  # fmt: skip
LIMITS = (
    *(f"limit:upper {kind}{how}" for kind in KINDS for how in ("", " exact")),
    *(f"zero_if:acted {kind}" for kind in KINDS),
    *("limit:lower bonus", "limit:lower major_deduction", "major:plus adds", "major:plus lessens"),
    *("floor:item acted", "floor:section item below 0", "floor:none item below 0"),
    *("floor:section acted section", "floor:section acted loose item", "floor:none section below 0"),
    *(f"{depth} cap reached {kind}" for depth in ("section", "nested section") for kind in KINDS),
    *("section cap reached base exactly", "nested section cap reached base exactly"),
    *("bonus cap reached", "bonus cap reached exactly", "bonus cap none"),
    *("bounds:to acted", "bounds:from acted", "total:below 0"),
    *("ceiling:lowers the start", "ceiling:above the start"),
    *(f"{side}_cap reached{how}" for side in ("minus", "plus") for how in ("", " exactly")),
    *("bounds:to of a rule acted", "bounds:from of a rule acted", "bounds:from of a rule acted below 0"),
    *(f"bounds:above the points or cap {kind}" for kind in KINDS),
    *(
        f"charge:{target} from {kind}"
        for target in ("total", "section")
        for kind in ("base", "major_deduction")
    ),
    *(
        f"charge:bites a {depth}{how}"
        for depth in ("section", "nested section")
        for how in ("", " at its cap")
    ),
    *("floor:item acted section", "floor:item loose item below 0"),
)
CONDITIONS = (
    *(f"condition:{operator}" for operator in OPERATORS),
    *(f"condition:exactly at the limit {operator}" for operator in OPERATORS),
    *("condition:and", "condition:or", "condition:word", "condition:undecided"),
    *("condition:without value", "condition:without value !="),
    *("condition:and decided in spite of an open fact", "condition:or decided in spite of an open fact"),
)
FINDINGS = (
    *("finding:na", "finding:several rows of count", "finding:several rows of once"),
    *("finding:several rows of points",),
    *(f"none:single {kind}" for kind in ("count", "once", "points", "cases", "event")),
    *(f"clean:{kind}" for kind in ("count", "once", "points", "cases", "event", "yes_no", "choice", "level")),
    *(f"clean:{kind} never answered" for kind in ("number", "ratio", "choice", "level")),
    *(f"nothing:{state}" for state in NOTHINGS),
    *(f"state:{state}" for state in ("open", "scored", "stopped", "unassessed", "open with a base")),
    *("coverage:between 0 and 1", "coverage:exactly the minimum", "coverage:a total without rank and grade"),
)
CASES = (
    *(f"case:within {name}" for name in ("on_time", "late", "early", "missing", "running")),
    *(f"case:at_least {name}" for name in ("on_time", "late", "early", "running")),
    *(f"case:{unit}" for unit in ("hour", "day", "working day", "week", "month", "date")),
    "case:finish exactly at the limit",
    *(f"switch:{by}" for by in ("group", "date", "tag", "level")),
    *("switch:group other", "switch:tag other"),
)
TOTALS = (
    *(f"rescale:{to}/{within}" for to in ("own", "full") for within in ("part", "section")),
    *("rescale:section with points", "rescale:section by stated points", "rounding:base"),
    *("gate:bonus_when locked", "gate:bonus_when unlocked", "gate:bonus_when undecided", "gate:fail acted"),
    "rounding:total to its mark",
    *(
        f"policy:{name} {whose}"
        for name in ("rescale", "rate", "peer_mean")
        for whose in ("own", "the whole's")
    ),
    *("policy:rate without note", "policy:rate with note", "policy:rate plain"),
    *("policy:peer_mean provisional", "policy:peer_mean of nobody", "rescale:under another policy"),
)  # fmt: skip
PARTS = (
    *("part:the other weights grow", "part:nothing applicable", "part:stopped, zero", "part:stopped, stop"),
    *("part:bonus locked", "part:has its own bonus or deduction", "part:a charge from another part"),
    *("part:a veto changes the score", "part:failed", "part:has a grade", "part:not decided yet"),
    *("part bounds:to acted", "part bounds:from acted", "rounding:weighted parts"),
)
VETOES = (
    *("veto:stop acted", "veto:stop ends the need to review", "veto:stops with different grades"),
    *("veto:zero acted", "veto:at_most acted", "veto:at_most with grade acted", "veto:cap_grade acted"),
    *("veto:at_most lowers", "veto:at_most does not lower", "veto:several at_most"),
    *("veto:zero wins over at_most", "veto:does not apply", "veto:not applicable", "veto:undecided"),
    *("veto:reads item/fact", "veto:reads item/points"),
    *("veto:fixed acted", "veto:fixed with grade acted", "effect:fixed acted", "veto:fixed beside at_most"),
    *("veto:warns", "veto:warns and acts"),
    *("veto:fixed lifts", "veto:fixed lowers", "veto:zero wins over fixed"),
    *("effect:zero acted", "effect:at_most acted", "effect:at_most with grade acted"),
    *("effect:cap_grade acted", *(f"effect:of {kind}" for kind in KINDS)),
    "effect:of a locked bonus does not act",
)
PERIODS = (
    *(f"periods:quarter {how} {kind}" for how in ("lines", "sum", "mean") for kind in KINDS),
    *(f"periods:month {how} base" for how in ("lines", "sum", "mean")),
    *(f"periods:one not applicable under {how}" for how in ("lines", "sum", "mean")),
    *("periods:na in one row", "periods:open", "periods:sum above the points", "periods:sum above the cap"),
    "condition:on a count that may grow",
)
GRADES = (
    *("ties:share tie", "ties:dense tie", "ties:share after a tie", "ties:dense after a tie"),
    *("ties:equal marks of different numbers", "ties:not broken"),
    *(f"ties:broken by {which}" for which in ("the first", "the second")),
    *("grade:line met", "grade:last", "grade:no table", "grade:no table, forced"),
    *("grade:lowered below its line", "grade:lowered by cap_grade", "grade:a forced grade does not lift"),
    "grade:the mark meets a line that the number misses",
    *("quota:filled", "quota:equals across the last place out", "quota:equals across the last place in"),
    *("quota:a forced grade takes no place", "quota:the roster counts units without a rank"),
    *("quota:out of two quotas", *(f"quota:rounded {how}" for how in ("down", "up", "nearest"))),
)
REVIEWERS = (
    *("same:identical", "same:identical na", "same:different", "same:too few"),
    *("several:too few or unfinished", "several:na from all", "several:na from some"),
    *(f"several:{take}" for take in ("mean", "median", "trimmed", "pair")),
    *("median:of an odd number", "median:of an even number", "several:charges elsewhere"),
    *("trimmed:more than above", "trimmed:not more than above", "rounding:several reviewers"),
    *(
        "pair:settled by two",
        "pair:settled by a third",
        "pair:a third is needed",
        "pair:exactly the tolerance",
    ),
    *(
        "pair:three and more apart",
        "pair:two equally near",
        "pair:the leader decides",
        "pair:the leader says na",
    ),
)
FEATURES = (
    *(*REVIEWERS, *SWITCHES, *STARTS, *LINES, *LIMITS, *CONDITIONS, *FINDINGS, *CASES, *TOTALS, *PARTS),
    *(*VETOES, *PERIODS, *GRADES),
)


_SHAPES = ("each", "once", "range", "count", "of", "minus", "plus", "exempted")
_BEGINNINGS = (
    *("start:", "times:", "ceiling:", "zero_if:", "minus_cap", "plus_cap", "policy:", "rescale:"),
    *("floor:section", "floor:none", "ties:share", "ties:dense", "several:"),
)
OFTEN = (
    *(name for name in FEATURES if name.startswith(_BEGINNINGS)),
    *(f"line:{shape}" for shape in _SHAPES),
    *(name for name in FEATURES if name.startswith(("veto:", "effect:")) and name.endswith(" acted")),
)
"""Starts, lines, modifiers, policies, floors, effects, ties, ways of reviewing; the rest are fine points."""


def missing(seen: Seen, least: int = 1) -> list[str]:
    """The features seen too rarely, with how often they were; a fine point need not be seen as often."""
    wanted = {name: least if name in OFTEN else min(least, max(1, least // 10)) for name in FEATURES}
    return [f"{name}: {seen[name]} of {wanted[name]}" for name in FEATURES if seen[name] < wanted[name]]


def table(seen: Seen) -> str:
    """Every feature seen or wanted with its count; `+` marks those that are not on the list."""
    names = [*FEATURES, *sorted(set(seen) - set(FEATURES))]
    return "\n".join(f"{seen[name]:>8} {' ' if name in FEATURES else '+'} {name}" for name in names)
