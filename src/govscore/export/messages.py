"""What can keep a workbook from being written."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

NOT_EXACT = message_kind(
    "export.not-exact",
    N_("{found} points cannot be a number of a workbook without losing digits"),
    N_("points of at most 15 digits, decimals included"),
    N_("Use score --format csv, which is exact, or smaller points in the scheme."),
)
DISAGREES = message_kind(
    "export.formula-disagrees",
    N_("unit {unit}: the workbook's formula for {what} gives {found}, the result says {expected}"),
    N_("the same number in both"),
    N_("Nothing was written. This is a mistake in govscore; please report it with the scheme."),
)
TOO_LARGE = message_kind(
    "export.too-large",
    N_("a sheet would need {rows} rows and {columns} columns"),
    N_("at most {most_rows} rows and {most_columns} columns"),
    N_("Export fewer units, or use score --format csv."),
)
FORMULA_LONG = message_kind(
    "export.formula-too-long",
    N_("the formula for {what} would have {found} characters"),
    N_("at most {most} characters"),
    N_("Put the items into sections that are smaller, or use score --format csv."),
)
CANNOT_WRITE = message_kind(
    "export.cannot-write",
    N_("the workbook cannot be written here: {why}"),
    todo=N_("Free space there, or choose another folder or name; nothing was replaced."),
)
