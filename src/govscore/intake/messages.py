"""What can be wrong with a file before anything in it is judged, by id.

Invariant: an id never changes its meaning; each has a broken file in `tests/broken/`.
"""

from __future__ import annotations

from typing import Final

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

NO_FILE: Final = message_kind(
    "intake.no-file", N_("there is no such file"), N_("an existing file"), N_("Check the path.")
)
CANNOT_READ: Final = message_kind(
    "intake.cannot-read", N_("cannot be read: {detail}"), N_("a file that you may read")
)
ENDING: Final = message_kind(
    "intake.ending",
    N_("files ending in “{found}” are not read here"),
    N_("one of {known}"),
    N_("Save the table in one of these forms; CSV is the simplest."),
)
TOO_LARGE: Final = message_kind(
    "intake.too-large",
    N_("the file has {found} bytes"),
    N_("at most {limit} bytes"),
    N_("Is this the right file?"),
)
GBK: Final = message_kind(
    "intake.gbk",
    N_("the file is not UTF-8; it looks like {encoding}"),
    N_("UTF-8"),
    N_("In Excel or WPS: save as “CSV UTF-8”. In an editor: save with encoding UTF-8."),
)
UTF16: Final = message_kind(
    "intake.utf-16",
    N_("the file is {encoding}, not UTF-8"),
    N_("UTF-8"),
    N_("In Excel or WPS: save as “CSV UTF-8”, not as Unicode text."),
)
NOT_UTF8: Final = message_kind(
    "intake.not-utf-8",
    N_("the bytes {found} are no UTF-8"),
    N_("a text file in UTF-8"),
    N_("Is this a text file? Save it again with encoding UTF-8."),
)
NUL: Final = message_kind(
    "intake.nul",
    N_("a NUL character"),
    N_("text without NUL characters"),
    N_("The file may be damaged, or not a text file."),
)
NO_HEADER: Final = message_kind(
    "intake.no-header",
    N_("the table is empty"),
    N_("a header with the columns {known}"),
    N_("Write the names of the columns into the first row."),
)
SEPARATOR: Final = message_kind(
    "intake.separator",
    N_("the columns are separated by “{found}”"),
    N_("commas between the columns"),
    N_("Save the file as CSV with commas (in English: comma separated values)."),
)
RAGGED: Final = message_kind(
    "intake.ragged-row",
    N_("the row has {found} cells, the header {expected}"),
    N_("{expected} cells"),
    N_("Put cells that contain a comma between quotes; check for lost commas."),
)
QUOTES: Final = message_kind(
    "intake.quotes",
    N_("quotes in this row are not closed, or stand inside a cell"),
    N_('a cell such as "two, parts", with a quote inside written twice'),
    N_("Close the quotes at the end of the cell."),
)
LONG_CELL: Final = message_kind(
    "intake.long-cell",
    N_("column {column}: a cell of {found} characters"),
    N_("at most {limit} characters"),
    N_("Shorten the text, or check for quotes that were not closed."),
)
TOO_MANY_ROWS: Final = message_kind(
    "intake.too-many-rows",
    N_("the table has more than {limit} rows"),
    N_("at most {limit} rows"),
    N_("Is this the right file?"),
)
MORE: Final = message_kind("intake.more", N_("{count} more problems are not listed"))
TOML_TABLE: Final = message_kind(
    "intake.toml-table",
    N_("found “{found}” at the top of the file"),
    N_("tables [[{known}]] only"),
    N_("Begin each row with [[{known}]]."),
)
NOT_A_ROW: Final = message_kind(
    "intake.not-a-row",
    N_("found {found}"),
    N_("a row: a mapping of columns to values"),
)
NOT_PARQUET: Final = message_kind(
    "intake.not-parquet",
    N_("this is not a Parquet file, or a damaged one"),
    N_("a Parquet file"),
    N_("Write the file again, or give the table as CSV."),
)

# --- workbooks ---------------------------------------------------------------------------------------

NOT_A_WORKBOOK: Final = message_kind(
    "intake.not-a-workbook",
    N_("this is not an xlsx workbook, or a damaged one: {detail}"),
    N_("an xlsx workbook"),
    N_("Open it in Excel or WPS and save it again as .xlsx."),
)
OLD_WORKBOOK: Final = message_kind(
    "intake.old-workbook",
    N_("this is an old workbook (.xls) or one with a password"),
    N_("an xlsx workbook without a password"),
    N_("Open it in Excel or WPS and save it as .xlsx without a password."),
)
UNSAFE: Final = message_kind(
    "intake.unsafe-workbook",
    N_("the workbook contains {found}"),
    N_("a plain workbook: no macros, no links to other files, nothing embedded"),
    N_("Copy the cells into a new workbook and save it as .xlsx."),
)
HEAVY: Final = message_kind(
    "intake.heavy-workbook",
    N_("the workbook is too large when opened: {found}"),
    N_("at most {limit}"),
    N_("Copy the cells into a new workbook, or give the table as CSV."),
)
NO_SHEET: Final = message_kind(
    "intake.no-sheet",
    N_("there is no sheet “{found}” with cells in it"),
    N_("one of {known}"),
)
SEVERAL_SHEETS: Final = message_kind(
    "intake.several-sheets",
    N_("the workbook has several sheets: {known}"),
    N_("one sheet with cells, or the name of the one to read"),
    N_("Name the sheet, or remove the others."),
)
HIDDEN_SHEET: Final = message_kind(
    "intake.hidden-sheet",
    N_("the sheet is hidden"),
    N_("a workbook in which everything can be seen"),
    N_("Show the sheet and look at it, or delete it."),
)
MERGED: Final = message_kind(
    "intake.merged-cells",
    N_("the cells {found} are merged"),
    N_("one value in each cell"),
    N_("Undo the merge and fill in every cell."),
)
FORMULA: Final = message_kind(
    "intake.formula",
    N_("column {column}: the cell has a formula: {found}"),
    N_("a typed value"),
    N_("Copy the cell and paste it as a value."),
)
ERROR_CELL: Final = message_kind(
    "intake.error-cell",
    N_("column {column}: the cell has the error {found}"),
    N_("a typed value"),
    N_("Type the value."),
)
DATE_CELL: Final = message_kind(
    "intake.date-cell",
    N_("column {column}: the cell is stored as a date number and shown as {found}"),
    N_("text"),
    N_("Format the cell as text, and type the date again."),
)
PERCENT_CELL: Final = message_kind(
    "intake.percent-cell",
    N_("column {column}: the cell is shown as a percentage and stored as {found}"),
    N_("a plain number or text"),
    N_("Format the cell as text, and type the number that is to count."),
)
