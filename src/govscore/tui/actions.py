"""Every action of the desk: its keys, what it is called, where it works. One registry for all.

Invariant: key bindings, footer, help and palette are made from `ACTIONS` and from nothing else, so
nothing bound is undocumented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from govscore.i18n import gettext as _
from govscore.i18n import mark_for_translation as N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType

PLACES: Final = {
    "overview": N_("Overview"),
    "review": N_("Review"),
    "form": N_("Form"),
    "ranking": N_("Ranking"),
    "everywhere": N_("Everywhere"),
    "question": N_("Questions"),
}
"""Where actions work, in the order of the help."""

_SHOWN_KEYS: Final = {
    "enter": "⏎",
    "escape": "Esc",
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "space": N_("Space"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that a key does."""

    id: str
    places: tuple[str, ...]
    keys: tuple[str, ...]
    """As Textual names them; the first is shown."""
    name: str
    """msgid, short: for footer and palette."""
    tells: str
    """msgid, a sentence: for the help."""
    shown_keys: str = ""
    """What footer and help show instead of the first key."""
    footer: int = 0
    """Place in the footer (1 first); 0: not there."""
    bound: bool = True
    """False: a widget takes the key itself; it is listed here so that help knows it."""
    palette: bool = True
    priority: bool = False
    call: str = ""
    """The method with its arguments, where it is not named like the action."""

    @property
    def key(self) -> str:
        """The key as it is shown."""
        if self.shown_keys:
            return self.shown_keys
        first = self.keys[0]
        control = "^" if first.startswith("ctrl+") else ""
        plain = first.removeprefix("ctrl+")
        return control + _(_SHOWN_KEYS.get(plain, plain))


_ALL: Final = ("overview", "review", "ranking")

ACTIONS: Final = (
    Action(
        id="confirm", places=("review",), keys=("enter",), footer=1,
        name=N_("next open"), tells=N_("confirm this item and go to the next open one"),
    ),
    Action(
        id="open_unit", places=("overview",), keys=("enter",), footer=1, bound=False,
        name=N_("review"), tells=N_("review this unit"),
    ),
    Action(
        id="open_trace", places=("ranking",), keys=("enter",), footer=1, bound=False,
        name=N_("explain"), tells=N_("why this unit has its score"),
    ),
    Action(
        id="clean", places=("review",), keys=("w",), footer=2,
        name=N_("no fault"), tells=N_("fill what is blank on this item as without fault; Enter confirms"),
    ),
    Action(
        id="rest", places=("review",), keys=("A",), footer=3,
        name=N_("rest without fault"), tells=N_("every open item of this unit: nothing found"),
    ),
    Action(
        id="not_applicable", places=("review",), keys=("x",), footer=4,
        name=N_("not applicable"), tells=N_("this item does not concern the unit; asks for a reason"),
    ),
    Action(
        id="skip_period", places=("review",), keys=("X",),
        name=N_("period not applicable"),
        tells=N_("the month, week or quarter under the cursor does not concern the unit; asks for a reason"),
    ),
    Action(
        id="reason", places=("review",), keys=("i",), footer=9,
        name=N_("reason"), tells=N_("write the reason of this finding; Esc goes back to the form"),
    ),
    Action(
        id="next_unit", places=("review",), keys=("n",), footer=6, shown_keys="n/p",
        name=N_("unit"), tells=N_("next unit"),
    ),
    Action(
        id="previous_unit", places=("review",), keys=("p",),
        name=N_("previous unit"), tells=N_("previous unit"),
    ),
    Action(
        id="go_to", places=("review",), keys=("g",), footer=7,
        name=N_("go to"), tells=N_("go to an item by its number"),
    ),
    Action(
        id="search", places=("overview", "review"), keys=("slash",), footer=5,
        name=N_("search"), tells=N_("search by name, number, pinyin or initials"),
    ),
    Action(
        id="show", places=("overview",), keys=("f",), footer=6,
        name=N_("filter"), tells=N_("show all units, those with open items, or the reviewed ones"),
    ),
    Action(
        id="sort", places=("overview",), keys=("o",), footer=7,
        name=N_("sort"), tells=N_("sort as listed, by open items, or by rank"),
    ),
    Action(
        id="next_group", places=("ranking",), keys=("right", "tab"), footer=2, shown_keys="←→",
        name=N_("group"), tells=N_("ranking of the next group"),
    ),
    Action(
        id="previous_group", places=("ranking",), keys=("left", "shift+tab"),
        name=N_("previous group"), tells=N_("ranking of the previous group"),
    ),
    Action(
        id="ranking", places=("overview", "review"), keys=("k",), call="app.ranking", footer=8,
        name=N_("ranking"), tells=N_("ranking by group"),
    ),
    Action(
        id="undo", places=("overview", "review"), keys=("u",), call="app.undo", footer=5,
        name=N_("undo"), tells=N_("take the last decision back, by a new one"),
    ),
    Action(
        id="redo", places=("overview", "review"), keys=("r",), call="app.redo", footer=10,
        name=N_("redo"), tells=N_("make the decision again that was taken back"),
    ),
    Action(
        id="export", places=_ALL, keys=("e",), call="app.export", footer=11,
        name=N_("export"), tells=N_("write the workbook and show where it is"),
    ),
    Action(
        id="tab_1", places=("review",), keys=("1",), palette=False, call="tab(1)",
        name=N_("items"), tells=N_("on a narrow screen: the items of the unit"),
    ),
    Action(
        id="tab_2", places=("review",), keys=("2",), palette=False, call="tab(2)",
        name=N_("review"), tells=N_("on a narrow screen: the requirement and the form"),
    ),
    Action(
        id="tab_3", places=("review",), keys=("3",), palette=False, call="tab(3)",
        name=N_("score"), tells=N_("on a narrow screen: the score"),
    ),
    Action(
        id="tab_next", places=("review",), keys=("right_square_bracket",),
        name=N_("next pane"), tells=N_("next pane, even while a digit would go into the form"),
    ),
    Action(
        id="tab_previous", places=("review",), keys=("left_square_bracket",),
        name=N_("previous pane"), tells=N_("previous pane, even while a digit would go into the form"),
    ),
    Action(
        id="previous_item", places=("review",), keys=("ctrl+up",),
        name=N_("previous item"), tells=N_("previous item of the list, open or not"),
    ),
    Action(
        id="next_item", places=("review",), keys=("ctrl+down",),
        name=N_("next item"), tells=N_("next item of the list, open or not"),
    ),
    Action(
        id="back", places=("review", "ranking"), keys=("escape",), footer=12,
        name=N_("back"), tells=N_("back to where you came from"),
    ),
    Action(
        id="move", places=("form", "overview", "ranking"), keys=("up", "down"), shown_keys="↑↓", bound=False,
        palette=False, name=N_("move"), tells=N_("to the next box or line"),
    ),
    Action(
        id="digits", places=("form",), keys=("0",), shown_keys="0–9", bound=False, palette=False,
        name=N_("number"), tells=N_("set a count or number; 1 and 0 answer yes and no; 0: no event"),
    ),
    Action(
        id="step", places=("form",), keys=("plus", "minus"), shown_keys="+ -", bound=False, palette=False,
        name=N_("more, less"), tells=N_("count up or down; on a list: add or remove a row"),
    ),
    Action(
        id="letters", places=("form",), keys=("a",), shown_keys="a b c …", bound=False, palette=False,
        name=N_("pick"), tells=N_("pick the level or answer with this letter"),
    ),
    Action(
        id="space", places=("form",), keys=("space",), bound=False, palette=False,
        name=N_("change"), tells=N_("next answer; on a list: add or change a row"),
    ),
    Action(
        id="erase", places=("form",), keys=("backspace", "delete"), shown_keys="⌫", bound=False,
        palette=False, name=N_("erase"), tells=N_("take the last digit, the answer or the row away"),
    ),
    Action(
        id="scroll", places=("form",), keys=("pageup", "pagedown"), shown_keys="PgUp PgDn", bound=False,
        palette=False, name=N_("scroll"), tells=N_("scroll the requirement"),
    ),
    Action(
        id="yes", places=("question",), keys=("enter",), bound=False, palette=False, footer=1,
        name=N_("confirm"), tells=N_("confirm"),
    ),
    Action(
        id="no", places=("question",), keys=("escape",), palette=False, footer=2,
        name=N_("cancel"), tells=N_("leave everything as it is"),
    ),
    Action(
        id="answer", places=("question",), keys=("a",), shown_keys="a b c …", bound=False, palette=False,
        name=N_("answer"), tells=N_("go to the answer with this letter; Enter takes it"),
    ),
    Action(
        id="help", places=("everywhere",), keys=("question_mark", "f1"), footer=13,
        name=N_("help"), tells=N_("every key, and the signs"),
    ),
    Action(
        id="palette", places=("everywhere",), keys=("ctrl+p",), palette=False, priority=True,
        name=N_("commands"), tells=N_("find a command by its name"),
    ),
    Action(
        id="theme", places=("everywhere",), keys=("ctrl+t",), priority=True,
        name=N_("light or dark"), tells=N_("light or dark colours"),
    ),
    Action(
        id="leave", places=("everywhere",), keys=("q",), footer=14,
        name=N_("quit"), tells=N_("leave the desk; asks if anything is not saved"),
    ),
    Action(
        id="leave_now", places=("everywhere",), keys=("ctrl+q", "ctrl+c"), palette=False,
        name=N_("quit"), tells=N_("leave the desk, also out of a text field"),
    ),
)  # fmt: skip
"""All of them, in the order in which help and palette list them."""


def by_id(id: str) -> Action:
    """The action with this id."""
    return next(action for action in ACTIONS if action.id == id)


def bindings(place: str) -> list[BindingType]:
    """Textual's bindings of a place (the words in them are never shown: footer and help are ours)."""
    return [
        Binding(
            ",".join(action.keys), action.call or action.id, action.id, id=f"{place}.{action.id}", show=False,
            priority=action.priority,
        )
        for action in ACTIONS
        if place in action.places and action.bound
    ]  # fmt: skip


def in_footer(place: str) -> list[Action]:
    """What the footer of a place shows, in order."""
    found = [each for each in ACTIONS if each.footer and ({place, "everywhere"} & set(each.places))]
    return sorted(found, key=lambda action: action.footer)


def in_palette(place: str) -> list[Action]:
    """What the palette offers in a place."""
    return [each for each in ACTIONS if each.palette and ({place, "everywhere"} & set(each.places))]


def in_help(first: str) -> Iterable[tuple[str, list[Action]]]:
    """Every action under the place where it works; one place, and what belongs to it, first."""
    here = ("review", "form") if first == "review" else (first,)
    for place, title in sorted(PLACES.items(), key=lambda each: each[0] not in here):
        mine = [action for action in ACTIONS if place in action.places]
        yield _(title), mine
