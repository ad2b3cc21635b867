"""A made-up assessment of any size: every start, every form of line, every kind of item.

    python -m bench.generate FOLDER [UNITS]

Invariant: the same number of units gives the same bytes, on any machine and day.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ITEMS: Final = 60
SECTIONS: Final = 10
A_SECTION: Final = 5
BASE_ITEMS: Final = SECTIONS * A_SECTION
INNER: Final = 2
"""So many sections have a section inside."""
GROUPS: Final = {"departments": "部门", "streets": "街道"}
COLUMNS: Final = (
    "unit", "item", "reviewer", "period", "state", "fact", "case", "value", "of", "start", "finish",
    "matter", "sharers", "tags", "note", "reason",
)  # fmt: skip
OPEN_SHARE: Final = 0.0004
NOT_APPLICABLE_SHARE: Final = 0.03
WEAK_SHARE: Final = 0.06

HEAD: Final = """format = 1
[scheme]
id = "made-up"
title = "生成的考核方案"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
notice = "示例数据，非真实考核结果"
[groups]
departments = "部门"
streets = "街道"
[total]
full_marks = 100
places = 2
floor_at = "item"
not_applicable = { policy = "rescale", to = "full", within = "part" }
fail = { when = "base < 60", grade = "不合格" }
bonus_when = "base > 70"
bonus_cap = 8
bounds = { from = 0, to = 110 }
[rank]
ties = "share"
[[grade]]
name = "优秀"
when = ">= 90"
[[grade]]
name = "良好"
when = ">= 80"
[[grade]]
name = "合格"
when = ">= 60"
[[grade]]
name = "不合格"
"""
TAIL: Final = """
[[veto]]
id = "v1"
title = "站点无法访问"
facts.down = { ask = "ratio", part = "打不开次数", whole = "访问次数" }
when = "down >= 5 %"
effect = { stop = "不合格" }
[[veto]]
id = "v2"
title = "要求得分过低"
when = "b00/points < 20 %"
effect = { at_most = 85, cap_grade = "良好" }
"""

BASE: Final = (
    """facts.done = { ask = "yes_no", title = "已做", clean = "yes" }
rule = { kind = "deduct", minus = [
  { id = "late", title = "迟报", each = 0.3, cap = 0.9 },
  { id = "wrong", title = "差错", each = 0.25 },
  { when = "done = no", title = "未做", once = 1 } ] }""",
    """facts.reply = { ask = "cases", within = "20 working days", unit = "件" }
rule = { kind = "deduct", minus = [
  { count = "reply.late", each = 0.4 },
  { count = "reply.missing", each = 1 },
  { id = "form", title = "要件不全", each = 0.2, cap = 0.6 } ], zero_if = "reply.missing >= 2" }""",
    """rule = { kind = "deduct", minus = [
  { id = "other", title = "其他错误", range = [0.1, 1.5], cap = 1.6 },
  { id = "refused", title = "拒绝配合", once = 1.5 } ] }""",
    """facts.rate = { ask = "ratio", part = "公开件数", whole = "应公开件数" }
rule = { kind = "deduct", minus = [ { when = "rate < 80 %", title = "公开不足", once = "40 %" } ],
  zero_if = "rate < 30 %" }""",
    """rule = { kind = "earn", plus = [
  { id = "icon", title = "显示标识", once = "50 %" },
  { id = "link", title = "链接有效", once = "30 %" },
  { id = "search", title = "可检索", once = "20 %" } ] }""",
    """rule = { kind = "earn", plus = [ { id = "posts", title = "每篇", each = 0.15, cap = 1.8 } ],
  minus = [ { id = "copied", title = "照搬", each = 0.1 } ] }""",
    """rule = { kind = "level", levels = [
  { id = "full", title = "已发布", points = 2 },
  { id = "note", title = "发布情况说明", points = "60 %" },
  { id = "none", title = "均无", points = 0 } ] }""",
    """facts.ontime = { ask = "ratio", part = "按时件数", whole = "办结件数" }
rule = { kind = "level", levels = [
  { id = "good", title = "好", when = "ontime >= 95 %", points = 2 },
  { id = "fair", title = "中", when = "ontime >= 80 %", points = "65 %" },
  { id = "poor", title = "差", points = 0 } ] }""",
    """facts.handled = { ask = "number", title = "办理", unit = "件" }
rule = { kind = "share", of = "handled", target = 7 }""",
    """facts.daily = { ask = "ratio", part = "得分", whole = "满分" }
rule = { kind = "share", of = "daily" }""",
    """facts.form = { ask = "choice", of = { video = "图解视频", text = "文字", none = "无" } }
rule = { kind = "deduct", minus = [
  { when = "form = none", title = "未解读", once = "100 %" },
  { when = "form = text", title = "仅文字", once = 0.5 } ] }""",
    """facts.visits = { ask = "count", title = "走访", unit = "次" }
rule = { kind = "deduct", minus = [ { when = "visits < 4", title = "走访不足", once = 1 } ],
  plus = [ { id = "extra", title = "专题", each = 0.2, cap = 0.4 } ] }""",
)
BONUS: Final = (
    """cap = 4
rule = { kind = "events", same_matter = "highest", shared = "divide",
  levels = { national = 3, provincial = 2, city = 0.7 } }""",
    """cap = 3
rule = { kind = "earn", plus = [ { id = "piece", title = "每篇", each = 0.35 } ] }""",
    """cap = 2
rule = { kind = "level", levels = [
  { id = "first", title = "一等", points = "100 %" }, { id = "second", title = "二等", points = 0.7 },
  { id = "none", title = "无", points = 0, clean = true } ] }""",
)
MAJOR: Final = (
    """cap = 6
effect = { cap_grade = "良好" }
rule = { kind = "deduct", minus = [ { id = "leak", title = "泄密", each = 3 } ] }""",
    """cap = 5
rule = { kind = "events", same_matter = ["100 %", "50 %"], shared = "full",
  levels = { grave = 4, other = 1.5 } }""",
)


def _table(array: str, **texts: str) -> str:
    return f"[[{array}]]\n" + "".join(f'{key} = "{text}"\n' for key, text in texts.items())


def scheme_text() -> str:
    """The scheme: 50 base, 6 bonus and 4 major items, 2 vetoes."""
    parts = [HEAD]
    for section in range(SECTIONS):
        parts.append(_table("section", id=f"s{section}", title=f"第{section}节"))
        if section < INNER:
            inner = _table("section", id=f"s{section}-in", title=f"第{section}节内", section=f"s{section}")
            parts.append(f"{inner}cap = 3.9\n")
    for place in range(BASE_ITEMS):
        section = place // A_SECTION
        inside = section < INNER and place % A_SECTION < 2
        home = f"s{section}-in" if inside else f"s{section}"
        head = _table("base", id=f"b{place:02}", title=f"要求{place}", section=home)
        parts.append(f"{head}points = 2\n{BASE[place % len(BASE)]}\n")
    parts += [
        f'[[bonus]]\nid = "e{place}"\ntitle = "加分{place}"\n{BONUS[place % len(BONUS)]}\n'
        for place in range(6)
    ]
    parts += [
        f'[[major_deduction]]\nid = "m{place}"\ntitle = "重大{place}"\n{MAJOR[place % len(MAJOR)]}\n'
        for place in range(4)
    ]
    return "".join(parts) + TAIL


def unit_ids(units: int) -> list[str]:
    """The ids of the units."""
    return [f"u{place:05}" for place in range(units)]


def unit_rows(units: int) -> Iterator[tuple[str, str, str, str]]:
    """The units' list: id, name, group, tags."""
    groups = tuple(GROUPS)
    for place, id in enumerate(unit_ids(units)):
        yield id, f"示例单位{place}", groups[place % len(groups)], "media" if place % 3 else ""


class Draw(random.Random):
    """The dice; a weak unit makes more faults."""

    weak = False


def _few(draw: Draw, most: int = 3) -> int:
    if draw.weak:
        return draw.randrange(most // 2, most + 1)
    return max(0, draw.randrange(-2 * most, most + 1))


def _ratio(draw: Draw) -> tuple[int, int]:
    whole = draw.randrange(20, 400)
    return whole - min(whole, _few(draw, whole // 4)), whole


def _row(blank: dict[str, str], fact: str, value: object, **more: object) -> dict[str, str]:
    return blank | {"fact": fact, "value": str(value), **{name: str(each) for name, each in more.items()}}


def _deduct(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "done", "no" if draw.random() < 0.05 else "yes")
    yield _row(blank, "late", _few(draw))
    yield _row(blank, "wrong", _few(draw), reason="示例差错")


def _cases(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "reply.on_time", draw.randrange(5, 60))
    yield _row(blank, "reply.late", _few(draw, 2), reason="示例迟复")
    if draw.random() < 0.05:
        yield _row(blank, "reply.missing", draw.randrange(1, 3))
    yield _row(blank, "form", _few(draw))


def _typed(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    for case in range(_few(draw, 2)):
        yield _row(blank, "other", f"0.{draw.randrange(1, 9)}", case=f"c{case}", reason="示例错误")
    yield blank | {"state": "none"}


def _of_ratio(fact: str) -> Callable[[Draw, dict[str, str]], Iterator[dict[str, str]]]:
    def fill(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
        part, whole = _ratio(draw)
        yield _row(blank, fact, part, of=whole)

    return fill


def _checklist(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    for line in ("icon", "link", "search"):
        yield _row(blank, line, "yes" if draw.random() < 0.9 else "no")


def _pieces(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "posts", draw.randrange(6, 20))
    yield _row(blank, "copied", _few(draw, 2))


def _pick(levels: tuple[str, ...]) -> Callable[[Draw, dict[str, str]], Iterator[dict[str, str]]]:
    def fill(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
        yield _row(blank, "level", levels[min(len(levels) - 1, _few(draw, len(levels)))])

    return fill


def _handled(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "handled", draw.randrange(3, 12))


def _form(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "form", ("video", "text", "none")[min(2, _few(draw, 2))])


def _visits(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "visits", draw.randrange(3, 9))
    yield _row(blank, "extra", _few(draw, 2))


def _events(levels: tuple[str, ...]) -> Callable[[Draw, dict[str, str]], Iterator[dict[str, str]]]:
    def fill(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
        found = _few(draw)
        if not found:
            yield blank | {"state": "none"}
        for case in range(found):
            yield _row(
                blank, "event", draw.choice(levels), case=f"c{case}", matter=f"m{draw.randrange(3)}",
                sharers=draw.randrange(1, 4), start=f"2024-{draw.randrange(1, 13):02}-15",
            )  # fmt: skip

    return fill


def _count(fact: str, most: int) -> Callable[[Draw, dict[str, str]], Iterator[dict[str, str]]]:
    def fill(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
        yield _row(blank, fact, _few(draw, most))

    return fill


_BASE_FILLS: Final = (
    _deduct, _cases, _typed, _of_ratio("rate"), _checklist, _pieces, _pick(("full", "note", "none")),
    _of_ratio("ontime"), _handled, _of_ratio("daily"), _form, _visits,
)  # fmt: skip
_BONUS_FILLS: Final = (
    _events(("national", "provincial", "city")), _count("piece", 4), _pick(("first", "second", "none")),
)  # fmt: skip
_MAJOR_FILLS: Final = (_count("leak", 1), _events(("grave", "other")))


def _down(draw: Draw, blank: dict[str, str]) -> Iterator[dict[str, str]]:
    yield _row(blank, "down", 7 if draw.random() < 0.002 else _few(draw), of=100)


def finding_rows(units: int) -> Iterator[dict[str, str]]:
    """The findings, row by row: a few items open or not applicable, most reviewed."""
    draw = Draw(20240101)
    fills = {
        **{f"b{place:02}": _BASE_FILLS[place % len(_BASE_FILLS)] for place in range(50)},
        **{f"e{place}": _BONUS_FILLS[place % len(_BONUS_FILLS)] for place in range(6)},
        **{f"m{place}": _MAJOR_FILLS[place % len(_MAJOR_FILLS)] for place in range(4)},
        "v1": _down,
    }
    empty = dict.fromkeys(COLUMNS, "")
    for unit in unit_ids(units):
        draw.weak = draw.random() < WEAK_SHARE
        for item, fill in fills.items():
            blank = empty | {"unit": unit, "item": item}
            chance = draw.random()
            if chance < OPEN_SHARE:
                continue
            if item[0] == "b" and chance > 1 - NOT_APPLICABLE_SHARE:
                yield blank | {"state": "na", "reason": "示例：不涉及"}
                continue
            yield from fill(draw, blank)


def write_folder(folder: Path, units: int) -> Path:
    """An assessment folder: scheme.toml, units.csv, findings.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scheme.toml").write_text(scheme_text(), encoding="utf-8")
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("unit", "name", "group", "tags"))
        writer.writerows(unit_rows(units))
    with (folder / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(finding_rows(units))
    return folder


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 120)
