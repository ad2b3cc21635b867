"""A small assessment in which everything is reviewed: four units, two groups, one tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

SCHEME: Final = """format = 1
[scheme]
id = "small"
title = "小考核"
period = { from = 2024-01-01, to = 2024-12-31 }
points_source = "illustrative"
notice = "示例数据，非真实考核结果"
[groups]
a = "甲类"
b = "乙类"
[total]
full_marks = 10
places = 1
floor_at = "item"
not_applicable = { policy = "rescale", to = "full", within = "part" }
[rank]
ties = "share"
[[base]]
id = "1"
title = "公开"
text = "应公开的要公开。"
points = 10
rule = { kind = "deduct", minus = [ { id = "wrong", title = "差错", each = 0.26 } ] }
"""
UNITS: Final = """unit,name,group,tags
one,一局,a,
two,"=HYPERLINK(""http://x"")",a,
three,三局\N{RIGHT-TO-LEFT OVERRIDE}倒,a,
four,四局,b,
"""
FINDINGS: Final = """unit,item,fact,value,state,reason
one,1,wrong,1,,示例：一处
two,1,wrong,3,,[/]示例
three,1,wrong,3,,
four,1,,,na,示例：不涉及
"""


def write(folder: Path, findings: str | None = FINDINGS) -> Path:
    """The folder with its three files."""
    folder.mkdir()
    (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    if findings is not None:
        (folder / "findings.csv").write_text(findings, encoding="utf-8")
    return folder
