"""The grid of an import: each line's cells with what is wrong beside them, fixes first among what may be done."""

import dataclasses
import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Product
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.orders import avails
from makegood.orders.checking import Open
from makegood.orders.queries.imports import ImportView, LineRow

SHOWN = (("start", "Start"), ("end", "End"), ("quantity", "Units"), ("rate", "Rate"), ("amount", "Amount"))
EDITED = (("placement", "Placement"), *SHOWN)
CSS = {"error": "err", "warning": "warn", "look": "warn"}
MUST = ("missing", "unknown_currency", "line_date", "line_money", "line_units")  # cannot be accepted: an order cannot be without it


@dataclasses.dataclass(frozen=True)
class Fix:
    """One problem with what may be done: the default first, then a value of one's own, then accepting it."""

    problem: Open
    said: str
    remedy: str
    tone: str
    suggestion: str
    shown: str
    place: str
    field: str
    accept: bool


@dataclasses.dataclass(frozen=True)
class Row:
    """One line as its row shows it; `cells` are (key, css, text, unit)."""

    line: LineRow
    name: str
    detail: str
    cells: list[tuple[str, str, str, str]]
    avails: tuple[str, str, str]
    explain: c.Explanation | None
    ways: c.Explanation | None
    fixes: list[Fix]
    offered: list[tuple[int, str, str]]
    key: str


def rows(view: ImportView) -> list[Row]:
    """Every line."""
    return [_row(view, line) for line in view.lines]


def fixes(view: ImportView) -> list[Fix]:
    """Problems that belong to no line."""
    return [_fix(one) for one in view.problems if one.problem.line is None and not one.accepted]


def _row(view: ImportView, line: LineRow) -> Row:
    placement = line.cells.get("placement") or line.cells.get("site")
    written = str(placement.value) if placement else (line.planned.name if line.planned else f"Line {line.number}")
    name = line.product or written
    offered = [(one.product_id, one.name, formats.percent(one.score, 0)) for one in line.offered[:2]] if line.product_id is None else []
    return Row(
        line, name, written if line.product else "no product chosen", [_cell(view, line, field) for field, _ in SHOWN], _avails(line),
        avails.explained(line.avails) if line.avails else None, avails.ways_explained(line.avails) if line.avails else None,
        [_fix(one) for one in line.problems if not one.accepted], offered, f"line:{line.number}:placement",
    )  # fmt: skip


def _cell(view: ImportView, line: LineRow, field: str) -> tuple[str, str, str, str]:
    cell, planned = line.cells.get(field), line.planned
    value: Any = cell.value if cell and cell.value is not None else getattr(planned, field, None)
    text = cell.text if cell and cell.value is None else _text(value, field, view.currency)
    unit = (planned.unit if planned and planned.unit != "impressions" else "") if field == "quantity" else ""
    if field == "rate" and planned:
        unit = planned.rate_type if planned.rate_type != "CPM" else ""
    return f"line:{line.number}:{field}", CSS.get(cell.state, "") if cell else "", text, unit


def _text(value: Any, field: str, currency: str) -> str:
    if isinstance(value, datetime.date):
        return formats.day(value)
    if isinstance(value, Decimal | int) and field == "rate":
        return formats.money(value, currency, decimals=0 if value == int(value) and value >= 1000 else None)
    if isinstance(value, Decimal | int) and field == "amount":
        return formats.number(value, 2)
    if isinstance(value, Decimal | int):
        return formats.number(value)
    return str(value or "")


def _avails(line: LineRow) -> tuple[str, str, str]:
    """(state, words, cell class)."""
    found = line.avails
    if found is None:
        return "", "Needs a product" if line.product_id is None else "Needs dates", ""
    if found.short and found.exclusive:  # who has it stands in the strip below
        return "watch", f"{formats.integer(found.available)} of {formats.integer(found.wanted)}", "warn"
    return avails.said(found)


def _fix(one: Open) -> Fix:
    problem = one.problem
    field = one.place.rpartition(":")[2] if one.place.count(":") else ""
    place = one.place if one.place.startswith(("field:", "line:")) and field and not field.isdigit() else ""
    tone = "risk" if one.blocks else "watch"
    remedy = problem.remedy[:1].upper() + problem.remedy[1:]
    remedy = remedy if remedy.endswith(("?", ".")) else f"{remedy}."
    return Fix(one, f"{problem.message[:1].upper()}{problem.message[1:]}.", remedy, tone, problem.suggestion or "", _suggested(problem.suggestion, field), place, field.replace("_", " "),
               problem.code not in MUST)


def _suggested(text: str | None, field: str) -> str:
    if field in ("rate", "amount") or field.endswith("_amount"):
        return formats.number(text, 2)
    try:
        return formats.day(datetime.date.fromisoformat(text or ""))
    except ValueError:
        return text or ""


def products(found: Iterable[Product]) -> list[tuple[int, str]]:
    """Products as choices."""
    return [(one.pk, f"{one.property.name}: {one.name}") for one in found]
