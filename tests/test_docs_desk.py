"""`docs/desk.md` lists every key of the desk in the desk's own words, and every sign; nothing else.

`python -m tests.test_docs_desk` writes the tables of keys anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from govscore.i18n import gettext, speaking
from govscore.review.checklist import SHAPES
from govscore.tui import actions

PAGE: Final = Path(__file__).parent.parent / "docs" / "desk.md"
NAMES: Final = {
    "enter": "Enter", "escape": "Esc", "slash": "/", "question_mark": "?", "left_square_bracket": "[",
    "right_square_bracket": "]", "f1": "F1", "space": "Space", "backspace": "Backspace", "delete": "Del",
    "left": "←", "right": "→", "up": "↑", "down": "↓", "tab": "Tab", "shift+tab": "Shift+Tab",
}  # fmt: skip
"""How the page writes keys that Textual calls otherwise; a letter stands for itself."""


def written(key: str) -> str:
    if key.startswith("ctrl+"):
        rest = key.removeprefix("ctrl+")
        return "Ctrl+" + NAMES.get(rest, rest.upper())
    return NAMES.get(key, key)


def row(action: actions.Action) -> str:
    keys = action.shown_keys or " ".join(dict.fromkeys(map(written, action.keys)))
    with speaking("zh_CN"):
        chinese = gettext(action.tells)
    return f"| `{keys}` | {chinese} · {action.tells} |\n"


def table(place: str) -> str:
    """The section of the page about a place."""
    with speaking("zh_CN"):
        title = gettext(actions.PLACES[place])
    rows = [row(action) for action in actions.ACTIONS if place in action.places]
    head = f"### {title} · {actions.PLACES[place]}\n\n| 键 · key | 作用 · what it does |\n|---|---|\n"
    return head + "".join(rows)


def tables() -> str:
    return "\n".join(table(place) for place in actions.PLACES)


@pytest.mark.parametrize("place", actions.PLACES)
def test_the_page_lists_exactly_the_keys_of_a_place(place: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(
        rf"^### [^\n]* · {actions.PLACES[place]}\n.*?(?=^##|\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, place
    assert found[0].rstrip() == table(place).rstrip(), "if this is meant: python -m tests.test_docs_desk"


@pytest.mark.parametrize("action", actions.ACTIONS, ids=lambda action: action.id)
def test_every_key_is_explained_in_chinese(action: actions.Action) -> None:
    assert re.search("[\u4e00-\u9fff]", row(action))


def test_the_page_explains_every_sign() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert {shape for shape in SHAPES.values() if f"| `{shape}` |" not in text} == set()


def main() -> None:
    """Writes the tables of keys anew."""
    text = PAGE.read_text(encoding="utf-8")
    first = text.index("\n### ") + 1
    end = text.index("\n## ", first)
    PAGE.write_text(text[:first] + tables() + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
