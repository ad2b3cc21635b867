"""Makes docs/pictures/desk.svg from the running desk: a unit in work, 140 × 40.

    python -m tools.picture [FILE]

Invariant: the picture is what the app drew, cell by cell; the same source gives the same bytes.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from govscore.office.demo import copy_demo
from govscore.office.folder import open_folder
from govscore.text import width
from govscore.tui.app import DeskApp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual.strip import Strip

TARGET: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "desk.svg"
SIZE: Final = (140, 40)
CELL: Final = (8.4, 18)
"""Width and height of a cell, in pixels."""
BASELINE: Final = 13.5
GAP: Final = 2.8
"""A Chinese character is as wide as its font is high: so much is missing to two cells."""
FONTS: Final = (
    "'Cascadia Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC','Noto Sans CJK SC',"
    "'PingFang SC','Microsoft YaHei',monospace"
)
UNIT: Final = "sifa"
KEYS: Final = ("2", "w", "enter", "ctrl+up", "3", "i", *"抽查发现3件简单摘抄", "escape")
"""Two copied texts decided and saved; back on the item, a third one in the form."""


def _clock() -> datetime:
    return datetime(2024, 12, 20, 14, 2, 11, tzinfo=timezone(timedelta(hours=8)))


async def strips() -> list[Strip]:
    """What the desk draws, with a unit of the demo in hand."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_demo(Path(temporary) / "demo", clock=_clock)
        with open_folder(folder, author="评审员甲", clock=_clock) as assessment:
            app = DeskApp(assessment, clock=_clock)
            async with app.run_test(size=SIZE) as pilot:
                app.review(UNIT)
                await pilot.pause()
                for key in KEYS:
                    await pilot.press(key)
                    app.clerk.wait()
                    await pilot.pause()
                drawn = app.screen._compositor.render_strips()  # noqa: SLF001 (Textual has no public way)
            app.clerk.close()
    return drawn


def svg(drawn: Sequence[Strip]) -> str:
    """The lines as an SVG document; every character stands at its own cell."""
    columns, rows = SIZE
    wide, high = columns * CELL[0] + 16, rows * CELL[1] + 16
    size = f'width="{wide:g}" height="{high:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" {size}>',
        f"<style>text{{font:14px {FONTS}}}.b{{font-weight:bold}}.w{{letter-spacing:{GAP}px}}</style>",
        f'<rect {size} rx="6" fill="#14181d"/>',
    ]
    for row, strip in enumerate(drawn):
        parts += _row(strip, 8 + row * CELL[1])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(strip: Strip, top: float) -> Iterator[str]:
    column = 0
    texts: list[str] = []
    for segment in strip:
        if segment.control or not segment.text:
            continue
        cells = width(segment.text)
        front, back, bold = _colours(segment.style)
        left = 8 + column * CELL[0]
        if back:
            place = f'x="{left:g}" y="{top:g}" width="{cells * CELL[0]:g}" height="{CELL[1]}"'
            yield f'<rect {place} fill="{back}"/>'
        texts += _runs(segment.text, left, top + BASELINE, front, bold=bold)
        column += cells
    yield from texts


def _runs(text: str, left: float, base: float, colour: str, *, bold: bool) -> Iterator[str]:
    """The words of a text, wide characters apart from narrow ones: each run begins at its own cell."""
    column = 0
    for cells, run in groupby(text, key=lambda each: 0 if each == " " else width(each)):
        characters = "".join(run)
        if cells:
            names = " ".join(name for name, holds in (("b", bold), ("w", cells == 2)) if holds)
            place = f'x="{left + column * CELL[0]:g}" y="{base:g}" fill="{colour}"'
            style = f' class="{names}"' if names else ""
            yield f"<text {place}{style}>{escape(characters)}</text>"
        column += len(characters) * (cells or 1)


def _colours(style: Style | None) -> tuple[str, str, bool]:
    """Foreground, background ("" none), bold."""
    if style is None:
        return "#dde3ea", "", False
    front = style.color.get_truecolor().hex if style.color else "#dde3ea"
    back = style.bgcolor.get_truecolor().hex if style.bgcolor else ""
    if style.reverse:
        front, back = back or "#14181d", front
    return front, back, bool(style.bold)


def main(target: Path) -> int:
    """Writes the picture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(svg(asyncio.run(strips())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET))
