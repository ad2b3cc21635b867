"""Messages about a calendar file."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

UNKNOWN_KEY = message_kind(
    "calendar.unknown-key",
    N_("there is no key “{found}” here"),
    N_("one of {known}"),
    N_("Correct the key or remove it; nothing is ignored."),
)
MISSING_KEY = message_kind("calendar.missing-key", N_("“{name}” is missing"), "", N_("State it: {name} = …"))
WRONG_TYPE = message_kind("calendar.wrong-type", N_("found {found}"), N_("{expected}"))
ORDER = message_kind(
    "calendar.days-off",
    N_("days off from {first} to {found}"),
    N_("a first day, and a last one that is not before it; at most {most} days"),
)
OTHER_YEAR = message_kind(
    "calendar.other-year",
    N_("{found} stands in the notice for {year}"),
    N_("a day of that year, of the December before or of the January after"),
    N_("Correct the date, or the year of the notice."),
)
OFF_AND_WORKED = message_kind(
    "calendar.off-and-worked",
    N_("{found} is both a day off and a day that is worked"),
    N_("one or the other"),
    N_("Remove it from work, or shorten the days off."),
)
