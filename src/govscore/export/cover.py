"""The cover: state, counts, digests, assurance level, approval block with signature lines.

Invariant: everything on it comes from the stamp and the scheme; it never says more than was derived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govscore.export.cells import HEADING_FONT, NOTE, PLAIN, lines_of
from govscore.export.stamp import confidential_text, grouped
from govscore.i18n import gettext as _

if TYPE_CHECKING:
    from govscore.export.cells import Book, Sheet, Style
    from govscore.export.page import Page
    from govscore.scheme.model import Scheme

_LAST: Final = 5
_WIDTHS: Final[list[float]] = [20, 22, 20, 22, 20, 22]
_HEAD: Final[Style] = {
    "bold": True,
    "font_size": 22,
    "font_name": HEADING_FONT,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
}
_STATE: Final[Style] = {**_HEAD, "font_size": 18, "border": 2}
_LABEL: Final[Style] = {
    **PLAIN,
    "border": 1,
    "bold": True,
    "bg_color": "#E7E6E6",
    "text_wrap": True,
    "indent": 1,
}
_VALUE: Final[Style] = {**PLAIN, "border": 1, "align": "left", "text_wrap": True, "indent": 1}
_SIGN: Final[Style] = {**PLAIN, "align": "left"}


def write_cover(book: Book, page: Page, scheme: Scheme) -> None:
    """The first sheet."""
    sheet = book.sheet(_("Cover"))
    sheet.widths(_WIDTHS)
    sheet.worksheet.hide_gridlines(2)
    page.set_up(sheet, pages_high=1)
    sheet.worksheet.center_horizontally()
    stamp = page.stamp
    sheet.merged(0, 0, _LAST, page.title, _HEAD)
    sheet.height(0, 4)
    sheet.merged(1, 0, _LAST, f"{stamp.state_text}　{confidential_text()}", _STATE)
    sheet.height(1, 3)
    row = _notices(sheet, 2, page, scheme)
    row = _pairs(sheet, row + 1, _counts(page, scheme))
    row = _wide(sheet, row + 1, _proofs(page))
    row = _wide(sheet, row + 1, _approval(page))
    _signatures(sheet, row + 1)


def _notices(sheet: Sheet, row: int, page: Page, scheme: Scheme) -> int:
    texts = [page.notice]
    if scheme.model.scheme.points_source == "illustrative":
        texts.append(_("The points of this scheme are illustrative; no document gives them."))
    if page.stamp.provisional:
        texts.append(_("Units are still under review: every rank is provisional."))
    for text in filter(None, texts):
        sheet.merged(row, 0, _LAST, text, {**PLAIN, "bold": True, "align": "center", "text_wrap": True})
        sheet.height(row, lines_of(text, sum(_WIDTHS)) + 0.5)
        row += 1
    return row


def _counts(page: Page, scheme: Scheme) -> list[tuple[str, str]]:
    stamp, period = page.stamp, scheme.period
    return [
        (_("period"), f"{period.first} – {period.last}"),
        (_("units assessed"), str(stamp.units)),
        (_("items"), str(stamp.items)),
        (_("decisions in force"), str(stamp.decisions)),
        (_("units under review"), str(stamp.open_units)),
        (_("items not reviewed"), str(stamp.open_items)),
    ]


def _proofs(page: Page) -> list[tuple[str, str]]:
    stamp = page.stamp
    anchor = NOTHING
    if stamp.anchor_number:
        anchor = _("event {number}").format(number=stamp.anchor_number) + "　" + grouped(stamp.anchor_hash)
    return [
        (_("scheme digest"), grouped(stamp.scheme_digest) or NOTHING),
        (_("result digest"), grouped(stamp.result_digest) or NOTHING),
        (_("anchor of the record"), anchor),
        (_("assurance level"), stamp.assurance_text),
        (_("printed at"), stamp.printed_text),
    ]


NOTHING: Final = "—"


def _approval(page: Page) -> list[tuple[str, str]]:
    stamp = page.stamp
    rows = [
        (_("submitted by"), "　".join(filter(None, (stamp.submitted_by, stamp.submitted_at))) or NOTHING),
        (_("approved by"), "　".join(filter(None, (stamp.approved_by, stamp.approved_at))) or NOTHING),
    ]
    if stamp.dropped:
        changed = "\n".join(stamp.what_changed)
        text = _("The approval no longer holds, since the result changed after it.")
        rows.append((_("approval dropped"), f"{text}\n{changed}".strip()))
    if stamp.returned_by or stamp.returned_reason:
        text = "　".join(filter(None, (stamp.returned_by, stamp.returned_reason)))
        rows.append((_("returned by"), text))
    return rows


def _pairs(sheet: Sheet, row: int, pairs: list[tuple[str, str]]) -> int:
    for place, (label, value) in enumerate(pairs):
        line, column = row + place // 3, place % 3 * 2
        sheet.text(line, column, label, _LABEL)
        sheet.text(line, column + 1, value, _VALUE)
        sheet.height(line, 1.6)
    return row + (len(pairs) + 2) // 3


def _wide(sheet: Sheet, row: int, pairs: list[tuple[str, str]]) -> int:
    for label, value in pairs:
        sheet.text(row, 0, label, _LABEL)
        sheet.merged(row, 1, _LAST, value, _VALUE)
        sheet.height(row, lines_of(value, sum(_WIDTHS[1:])) + 0.6)
        row += 1
    return row


def _signatures(sheet: Sheet, row: int) -> None:
    sheet.height(row, 2.5)
    labels = (_("prepared by (signature, date)"), _("checked by (signature, date)"))
    for place, label in enumerate((*labels, _("principal leader (signature, date)"))):
        sheet.text(row + 1, place * 2, label, _SIGN)
        sheet.text(row + 1, place * 2 + 1, "", {"bottom": 1})
    note = _("The computer's record of an approval does not replace the signature on paper.")
    sheet.merged(row + 3, 0, _LAST, note, {**NOTE, "align": "center"})
