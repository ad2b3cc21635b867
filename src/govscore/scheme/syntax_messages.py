"""What can be wrong with a scheme as TOML text, before anybody asks what it means.

Invariant: every id here begins with `toml.`, and each has a file in `tests/broken/scheme/`.
"""

from __future__ import annotations

from typing import Final

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

_SAVE_AS_UTF8: Final = N_("Open it in Notepad, choose “Save as”, set the encoding to UTF-8, and save.")

# The file as a whole
TOO_LARGE: Final = message_kind(
    "toml.too-large",
    found=N_("the file is too large: {size} bytes"),
    expected=N_("at most {limit} bytes"),
    todo=N_("Check that this is the scheme; keep lists of units and findings in their own files."),
)
TOO_MANY_LINES: Final = message_kind(
    "toml.too-many-lines",
    found=N_("the file has too many lines: {lines}"),
    expected=N_("at most {limit} lines"),
    todo=N_("Check that this is the scheme; keep lists of units and findings in their own files."),
)
TOO_MANY_SIGNS: Final = message_kind(
    "toml.too-many-signs",
    found=N_("the file holds too many words and signs"),
    expected=N_("at most {limit} words and signs"),
    todo=N_("Check that this is the scheme; keep lists of units and findings in their own files."),
)
TOO_DEEP: Final = message_kind(
    "toml.too-deep",
    found=N_("brackets are nested too deep"),
    expected=N_("at most {limit} brackets inside each other"),
    todo=N_("Check the brackets here; one may lack its closing bracket."),
)
TOO_MANY_PARTS: Final = message_kind(
    "toml.too-many-parts",
    found=N_("a key has {parts} parts joined by dots"),
    expected=N_("at most {limit} parts"),
    todo=N_("Shorten the key."),
)
UTF16: Final = message_kind(
    "toml.utf16",
    found=N_("the file is saved as {encoding}"),
    expected=N_("a file saved as UTF-8"),
    todo=_SAVE_AS_UTF8,
)
GBK: Final = message_kind(
    "toml.gbk",
    found=N_("the file is not saved as UTF-8; it looks like {encoding}"),
    expected=N_("a file saved as UTF-8"),
    todo=_SAVE_AS_UTF8,
)
NOT_UTF8: Final = message_kind(
    "toml.not-utf8",
    found=N_("the file is damaged here: {found} is not UTF-8 text"),
    expected=N_("a file saved as UTF-8"),
    todo=N_("Type the text at this place again, or get an undamaged copy, and save it as UTF-8."),
)
CONTROL_CHARACTER: Final = message_kind(
    "toml.control-character",
    found=N_("an invisible control character stands here: {sign}"),
    expected=N_("visible text, spaces, tabs and line breaks"),
    todo=N_("Delete this place and type it again."),
)
MORE: Final = message_kind(
    "toml.more",
    found=N_("there are more mistakes from here on; only the first {limit} are listed"),
    todo=N_("Correct those above, then check again."),
)

# Numbers and other values
LONG_NUMBER: Final = message_kind(
    "toml.long-number",
    found=N_("a number has {digits} digits"),
    expected=N_("at most {limit} digits"),
    todo=N_("Shorten the number, or put it in quotes if it is text."),
)
EXPONENT: Final = message_kind(
    "toml.exponent",
    found=N_("the number “{word}” is far too large or too small"),
    expected=N_("an ordinary number such as 5 or 0.5"),
    todo=N_("Write the number without “e”."),
)
NOT_FINITE: Final = message_kind(
    "toml.not-finite",
    found=N_("“{word}” is not a number that can be counted with"),
    expected=N_("an ordinary number such as 5 or 0.5"),
    todo=N_("Write a number, or put the word in quotes if it is text."),
)
NUMBER: Final = message_kind(
    "toml.number",
    found=N_("“{word}” is not a number as TOML writes it"),
    expected=N_("digits only, such as 5, -3 or 0.5, without leading zeros, units or %"),
    todo=N_("Correct the number, or put it in quotes if it is text."),
)
DATE: Final = message_kind(
    "toml.date",
    found=N_("“{word}” is not a date or time that exists"),
    expected=N_("a date such as 2024-03-01"),
    todo=N_("Correct the date, or put it in quotes if it is text."),
)
BOOLEAN: Final = message_kind(
    "toml.boolean",
    found=N_("“{word}” stands where true or false belongs"),
    expected=N_("true or false in small letters, or text in quotes"),
    todo=N_("Write true or false; put the word in quotes if it is text."),
)
BARE_TEXT: Final = message_kind(
    "toml.bare-text",
    found=N_("the text “{word}” stands without quotes"),
    expected=N_("text between two straight double quotes"),
    todo=N_("Put quotes around the text."),
)
ESCAPE: Final = message_kind(
    "toml.escape",
    found=N_("a backslash in a text in double quotes is followed by something it cannot mean"),
    expected=N_('\\\\ for a backslash, \\n for a line break, \\" for a double quote'),
    todo=N_("Write the backslash twice, or put the text in single quotes."),
)
NO_VALUE: Final = message_kind(
    "toml.no-value",
    found=N_("a value is missing here"),
    expected=N_("text in quotes, a number, true, false, a date, […] or {{…}}"),
    todo=N_("Write the value, or delete the key."),
)

# Keys, signs and brackets
BARE_KEY: Final = message_kind(
    "toml.bare-key",
    found=N_("the key “{word}” stands without quotes"),
    expected=N_("a key of the letters a–z, digits, “_” and “-”; any other key in quotes"),
    todo=N_("Quote a key that is not plain ASCII."),
)
NO_KEY: Final = message_kind(
    "toml.no-key",
    found=N_("a key is missing before “{sign}”"),
    expected=N_("a name such as title"),
    todo=N_("Write the name here, or delete what stands too much."),
)
NO_EQUALS: Final = message_kind(
    "toml.no-equals",
    found=N_("“{word}” is not followed by “=” and a value"),
    expected=N_("key = value, a table header such as [scheme], or a comment after #"),
    todo=N_("Write “=” and the value after the key; put “#” before a remark."),
)
NO_COMMA: Final = message_kind(
    "toml.no-comma",
    found=N_("a comma or closing bracket is missing before “{sign}”"),
    expected=N_("a comma between two values, or the closing bracket after the last"),
    todo=N_("Write the comma or the bracket before this place."),
)
EXTRA_TEXT: Final = message_kind(
    "toml.extra-text",
    found=N_("“{word}” stands after the end of the line's value or header"),
    expected=N_("the end of the line, or a comment after #"),
    todo=N_("Begin a new line, put text in quotes, or delete what stands too much."),
)
UNEXPECTED: Final = message_kind(
    "toml.unexpected",
    found=N_("“{sign}” cannot stand here"),
    expected=N_("key = value, a table header such as [scheme], or a comment after #"),
    todo=N_("Compare this line with the ones around it, and correct or delete the sign."),
)
FULL_WIDTH: Final = message_kind(
    "toml.full-width",
    found=N_("the Chinese (full-width) sign “{sign}” stands outside of text in quotes"),
    expected=N_("the English (half-width) sign"),
    todo=N_("Switch the input method to English and type the sign again."),
)
WIDE_SPACE: Final = message_kind(
    "toml.wide-space",
    found=N_("a full-width or invisible space ({sign}) stands outside of text in quotes"),
    expected=N_("an ordinary space"),
    todo=N_("Delete it and type a space with the English input method."),
)
UNCLOSED_STRING: Final = message_kind(
    "toml.unclosed-string",
    found=N_("the text that begins here has no closing quote"),
    expected=N_("the closing quote {sign}"),
    todo=N_(
        "Write the closing quote where the text ends; text over several lines stands between three quotes."
    ),
)
UNCLOSED_BRACKET: Final = message_kind(
    "toml.unclosed-bracket",
    found=N_("the bracket “{sign}” that opens here is never closed"),
    expected=N_("the closing bracket “{closing}”"),
    todo=N_("Write the closing bracket after the last value."),
)
WRONG_BRACKET: Final = message_kind(
    "toml.wrong-bracket",
    found=N_("“{sign}” stands where the bracket “{opening}” of line {line} must be closed"),
    expected=N_("the closing bracket “{closing}”"),
    todo=N_("Correct the bracket, or add the one that is missing."),
)
UNCLOSED_HEADER: Final = message_kind(
    "toml.unclosed-header",
    found=N_("the table header that begins here is not closed"),
    expected=N_("as many closing as opening brackets, such as [scheme] or [[base]]"),
    todo=N_("Write the closing bracket at the end of the header."),
)

# Said twice
DUPLICATE_KEY: Final = message_kind(
    "toml.duplicate-key",
    found=N_("the key “{key}” is given twice; the first time in line {line}"),
    expected=N_("each key once in its table"),
    todo=N_("Delete one of the two, or rename it."),
)
DUPLICATE_TABLE: Final = message_kind(
    "toml.duplicate-table",
    found=N_("the table [{key}] is begun twice; the first time in line {line}"),
    expected=N_("each table once; [[{key}]] with double brackets for each entry of a list"),
    todo=N_("Join the two tables, or use double brackets for a list."),
)
TWO_MEANINGS: Final = message_kind(
    "toml.two-meanings",
    found=N_("“{key}” was already used in line {line} as {what}; it cannot be used in another way here"),
    expected=N_("one use for each name: a value, a table [name], or a list of tables [[name]]"),
    todo=N_("Rename one of the two, or write both in the same way."),
)
WHAT_VALUE: Final = N_("a value")
WHAT_TABLE: Final = N_("a table")
WHAT_LIST: Final = N_("a list of tables")
