"""Messages about parts of a scheme."""

from govscore.errors import message_kind
from govscore.i18n import mark_for_translation as N_

NO_PARTS = message_kind(
    "scheme.no-parts",
    N_("“{name}” is for schemes with parts, and this one has none"),
    N_("[[part]] with id, title, weight and full_marks, or no “{name}”"),
    N_("Remove the key, or state the parts."),
)
UNKNOWN_PART = message_kind("scheme.unknown-part", N_("there is no part “{found}”"), N_("one of {known}"))
PART_TWICE = message_kind(
    "scheme.part-twice", N_("the part “{found}” stands here twice"), N_("parts with ids of their own")
)
PART_WEIGHTS = message_kind(
    "scheme.part-weights",
    N_("the weights of the parts add up to {found}"),
    N_("weights that add up to 100 %"),
)
PART_KEY = message_kind(
    "scheme.part-key",
    N_("[total] states “{name}”, but the scheme has parts"),
    N_("{name} in each [[part]]"),
    N_("Move it into the parts."),
)
PART_MISSING = message_kind(
    "scheme.part-missing",
    N_("“{found}” does not say which part it belongs to"),
    N_("part = one of {known}, since base points count in a part"),
)
PART_INSIDE = message_kind(
    "scheme.part-inside",
    N_("the part is named here, though this stands in section “{section}”"),
    N_("part in the top section, for everything in it"),
    N_("Remove it here."),
)
PART_BONUS_CAP = message_kind(
    "scheme.part-bonus-cap-missing",
    N_("part “{part}” has bonus items, but does not state bonus_cap"),
    N_('bonus_cap = a number of points, or "none"'),
    N_("State the cap, or that there is none."),
)
STOPPED_PART = message_kind(
    "scheme.stopped-part-missing",
    N_("veto “{veto}” may stop a part, but [total] does not say what becomes of the total"),
    N_('stopped_part = "stop" (no total) or "zero" (the part counts 0)'),
)
PART_READS = message_kind(
    "scheme.part-reads-bonus",
    N_("a veto of a part reads the points “{found}”, which the gate of the total may lock"),
    N_("facts, or points that do not depend on the score of the part"),
    N_("Read facts instead, or let the veto act on the total."),
)
