"""Messages about what stands in a findings table, for every fact type."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

NOT_A_NUMBER = message_kind(
    "findings.not-a-number",
    N_("unit {unit}, item {item}, fact {fact}: “{found}” in column {column} is not a number"),
    N_("an exact number such as 3 or 2.5, not beyond 1 000 000"),
    N_("Write plain digits without thousands separators or words."),
)
NUMBER_RANGE = message_kind(
    "findings.number-out-of-range",
    N_("unit {unit}, item {item}, fact {fact}: the number “{found}” in column {column} is too large"),
    N_("a number not beyond 1 000 000"),
    N_("State it in a larger unit of measure, here and in the scheme."),
)
TOO_LOW = message_kind(
    "findings.too-low",
    N_("unit {unit}, item {item}, fact {fact}: {found} in column {column} is too low"),
    N_("at least {low}"),
)
NOT_WHOLE = message_kind(
    "findings.not-whole",
    N_("unit {unit}, item {item}, fact {fact}: {found} in column {column} is not a whole number"),
    N_("a whole number"),
    N_("Count cases, not parts of cases."),
)
NOT_AN_OPTION = message_kind(
    "findings.not-an-option",
    N_("unit {unit}, item {item}, fact {fact}: “{found}” is not an answer"),
    N_("one of {known}"),
)
ONE_ROW = message_kind(
    "findings.one-row",
    N_("unit {unit}, item {item}: a second row for fact {fact}"),
    N_("exactly one row"),
    N_("Remove one of the rows."),
)
NOT_HERE = message_kind(
    "findings.not-here",
    N_("unit {unit}, item {item}, fact {fact}: “{found}” in column {column} means nothing for this fact"),
    N_("an empty cell"),
)
PART_ABOVE_WHOLE = message_kind(
    "findings.part-above-whole",
    N_("unit {unit}, item {item}, fact {fact}: the part {part} is above the whole {whole}"),
    N_("a part that is not above the whole"),
    N_("Correct the numbers; if the part may be larger, the scheme states over = true."),
)
CASES_MIXED = message_kind(
    "findings.cases-mixed",
    N_("unit {unit}, item {item}: {fact} is given as a count, and {name} also case by case"),
    N_("counts, or rows with start and finish for each case, never both for one fact"),
    N_("Remove one or the other."),
)
CASE_START = message_kind(
    "findings.case-start",
    N_("unit {unit}, item {item}, fact {fact}: a case without a start"),
    N_("the day or time from which its limit runs, in column start"),
    N_("Fill in start; or give counts in rows with fact {fact}.on_time, .late, .early or .missing."),
)
CASE_MOMENT = message_kind(
    "findings.case-moment",
    N_("unit {unit}, item {item}, fact {fact}: “{found}” in column {column} is no day and no time"),
    N_("a day such as 2024-03-15, or a time with its offset such as 2024-03-15T09:30+08:00"),
)
CASE_TIME = message_kind(
    "findings.case-time",
    N_("unit {unit}, item {item}, fact {fact}: {found} in column {column}, but the limit is {limit}"),
    N_("a time with its offset such as 2024-03-15T09:30+08:00, since hours are counted"),
    N_("Write the time, not only the day."),
)
UNKNOWN_YEAR = message_kind(
    "findings.unknown-year",
    N_(
        "unit {unit}, item {item}, fact {fact}: the working days of {year} are not known, since the State "
        "Council's notice on the holidays of {year} (published in {before}) is not in the calendar"
    ),
    N_("days of years whose notice the calendar has"),
    N_(
        "Check the year; if the notice is published, add it as a [[notice]] to the file calendar.toml beside "
        "the scheme."
    ),
)
TWO_TAGS = message_kind(
    "findings.two-tags",
    N_("unit {unit}, item {item}, fact {fact}: tags {found} name several limits"),
    N_("one of these tags at most, of row and unit together"),
    N_("Remove one of the tags."),
)
ALL_IS_A_SUM = message_kind(
    "findings.all-is-a-sum",
    N_("unit {unit}, item {item}: {fact} is the sum of the other counts and is never given"),
    N_("rows for on_time, late, early or missing"),
)
EVENT_DATE = message_kind(
    "findings.event-date",
    N_("unit {unit}, item {item}: the event's date “{found}” is not a day on which events count"),
    N_("a date from {first} to {last} in column start, written like 2024-03-15, or a time with offset"),
    N_("Correct the date, or remove an event of another year."),
)
POINTS_RANGE = message_kind(
    "findings.points-out-of-range",
    N_("unit {unit}, item {item}, line {fact}: {found} points"),
    N_("from {low} to {high} points, with at most 4 decimals"),
)
REASON_NEEDED = message_kind(
    "findings.reason-needed",
    N_("unit {unit}, item {item}, line {fact}: points were typed without a reason"),
    N_("a text in column reason"),
    N_("State why these points; only here are points typed."),
)
