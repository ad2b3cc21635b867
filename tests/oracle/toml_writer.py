"""Writes the generated schemes as TOML text, inline tables where a scheme author would write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.model import Table

ARRAYS = ("part", "section", "grade", "base", "bonus", "major_deduction", "veto")


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def key_text(key: str) -> str:
    plain = key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()
    return key if plain else quoted(key)


def value_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "[" + ", ".join(value_text(entry) for entry in value) + "]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{key_text(key)} = {value_text(entry)}" for key, entry in value.items())
        return "{ " + pairs + " }" if pairs else "{}"
    raise TypeError(f"cannot write {value!r}")


def table_lines(table: Table) -> list[str]:
    lines = []
    for key, value in table.items():
        if key == "facts":
            lines += [f"facts.{key_text(name)} = {value_text(fact)}" for name, fact in value.items()]
        elif key == "rule":
            lines += rule_lines(value)
        else:
            lines.append(f"{key_text(key)} = {value_text(value)}")
    return lines


def rule_lines(rule: Table) -> list[str]:
    """A rule in one line, unless it is long: then one row of `minus`, `plus`, `levels` to a line."""
    text = f"rule = {value_text(rule)}"
    if len(text) < 100:
        return [text]
    pieces = []
    for key, value in rule.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join(f"  {value_text(entry)}" for entry in value)
            pieces.append(f"{key} = [\n{rows} ]")
        else:
            pieces.append(f"{key} = {value_text(value)}")
    return ["rule = { " + ", ".join(pieces) + " }"]


def scheme_text(scheme: Table) -> str:
    lines = ["format = 1"]
    for name in ("scheme", "groups", "total", "rank"):
        lines += ["", f"[{name}]", *table_lines(scheme[name])]
    for name in ARRAYS:
        for table in scheme.get(name, []):
            lines += ["", f"[[{name}]]", *table_lines(table)]
    return "\n".join(lines) + "\n"
