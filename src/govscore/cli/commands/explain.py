"""`govscore explain`: why a unit has its score, or its points on one item."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from govscore.cli.house import argument, command
from govscore.cli.opening import source_options
from govscore.cli.output import deliver, exact, form_of, head_of, output_options, to_json, unit_json
from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_
from govscore.text import inert

if TYPE_CHECKING:
    from govscore.cli.opening import Source
    from govscore.office.assessment import Assessment
    from govscore.scoring.trace import ItemTrace, UnitTrace

FORMATS: Final = ("text", "json")
WORDS: Final = N_(
    "The assessment folder, if it is not the current one; id or name of the unit; id of an item or veto."
)


@command(
    help=N_(
        "Says in sentences and arithmetic why a unit has its score.\n\n"
        "With an item or veto only that one, with its requirement and its rule. "
        "With -o FILE.xlsx it writes the unit's own page."
    )
)
@argument(
    "words",
    metavar=N_("[FOLDER] UNIT [ITEM]"),
    help=WORDS,
    nargs=-1,
    required=True,
)
@source_options(folder_as_option=True)
@output_options(*FORMATS)
def explain(words: tuple[str, ...], source: Source, form: str | None, target: Path | None) -> None:
    """The command."""
    source, unit, item = sort_words(words, source)
    form = form_of(form, target, (*FORMATS, "xlsx"))
    with source.open() as assessment:
        id = find_unit(assessment, unit)
        if item is not None:
            item = find_entry(assessment, item)
        if form == "xlsx" and target is not None:
            _page(assessment, id, item, target)
            return
        write = _as_json if form == "json" else _as_text
        deliver(write(assessment, id, item), target, assessment)


def sort_words(words: tuple[str, ...], source: Source) -> tuple[Source, str, str | None]:
    """Folder, unit and item; a first word is the folder if an assessment is there."""
    if len(words) > 1 and any((Path(words[0]) / name).is_file() for name in ("scheme.toml", "record.sqlite")):
        source, words = replace(source, folder=Path(words[0])), words[1:]
    if len(words) > 2:
        text = _("there are more words than a folder, a unit and an item: {found}")
        raise click.UsageError(inert(text.format(found=" ".join(words))))
    return source, words[0], words[1] if len(words) > 1 else None


def find_unit(assessment: Assessment, wanted: str) -> str:
    """The id of the unit with this id or name."""
    from govscore.text import nearest

    ids = {unit.unit: unit.unit for unit in assessment.units}
    named = [unit.unit for unit in assessment.units if unit.name == wanted]
    if wanted in ids:
        return wanted
    if len(named) == 1:
        return named[0]
    if named:
        text = _("{count} units are named “{name}”; name one by its id: {ids}")
        raise _refused(text.format(count=len(named), name=wanted, ids=", ".join(named)), "UNIT")
    known = ids | {unit.name: unit.unit for unit in assessment.units}
    text = _("there is no unit “{name}”").format(name=wanted)
    raise _refused(text, "UNIT", nearest(wanted, known))


def find_entry(assessment: Assessment, wanted: str) -> str:
    """The item or veto with this id."""
    from govscore.text import nearest

    if wanted in assessment.scheme.entries:
        return wanted
    text = _("there is no item or veto “{name}”").format(name=wanted)
    raise _refused(text, "ITEM", nearest(wanted, assessment.scheme.entries))


def _refused(text: str, hint: str, near: str | None = None) -> click.BadParameter:
    if near is not None:
        text += " · " + _("did you mean “{word}”?").format(word=near)
    return click.BadParameter(inert(text), param_hint=hint)


def _page(assessment: Assessment, unit: str, item: str | None, target: Path) -> None:
    from govscore.cli.streams import say
    from govscore.office.exporting import export_unit

    if item is not None:
        raise click.UsageError(_("the unit's page has all items; leave out ITEM"))
    say(str(export_unit(assessment, unit, target)))


def _as_text(assessment: Assessment, unit: str, item: str | None) -> str:
    from govscore.cli.explaining import item_text, unit_text, veto_text
    from govscore.scoring.trace import explain_item, explain_on

    if item is None:
        return unit_text(assessment, explain_on(assessment.board, unit))
    if item in assessment.scheme.vetoes:
        return veto_text(assessment, assessment.board.unit(unit), item)
    return item_text(assessment, unit, explain_item(assessment.board, unit, item))


def _as_json(assessment: Assessment, unit: str, item: str | None) -> str:
    from govscore.scoring.trace import explain_on

    trace = explain_on(assessment.board, unit)
    content = {**head_of(assessment), "unit": unit_json(trace.unit, charges=assessment.scheme.charges_total)}
    content["items"] = [_item_json(each) for each in trace.items if item in (None, each.item)]
    content["vetoes"] = [
        {"id": veto.id, "acts": veto.acts, "undecided": veto.undecided, "warns": veto.warns}
        for veto in trace.unit.vetoes
        if item in (None, veto.id)
    ]
    if item is None:
        content["totals"] = _steps_json(trace)
    return to_json(content)


def _item_json(trace: ItemTrace) -> dict[str, Any]:
    return {
        "item": trace.item,
        "title": trace.title,
        "kind": trace.kind,
        "state": trace.state,
        "points": exact(trace.points),
        "full": exact(trace.full),
        "arithmetic": trace.arithmetic,
        **(
            {"charges": {where: exact(each) for where, each in trace.charges.items()}}
            if trace.charges
            else {}
        ),
        "steps": _steps_json(trace),
        "details": list(trace.details),
        "reasons": list(trace.reasons),
    }


def _steps_json(trace: ItemTrace | UnitTrace) -> list[dict[str, Any]]:
    steps = trace.steps if hasattr(trace, "steps") else trace.totals
    return [{"name": step.name, "text": step.text, "points": exact(step.points)} for step in steps]
