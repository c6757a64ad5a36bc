"""Fields of a snapshot and their values in words, for pages, papers and tables of revisions."""

import datetime
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from makegood.documents.charts import figures
from makegood.engine import targeting
from makegood.orders.changes.differences import Difference
from makegood.orders.models import Order
from makegood.orders.sheet import targets

LABELS = {
    "line": "Line", "rate_type": "rate type", "cap": "frequency cap", "conversion_days": "conversion window", "external_number": "Their order number",
    "product_name": "Product", "commission_pct": "Agency commission, %", "source": "Billed on", "schedule": "Billed when", "calendar": "Billing calendar",
    "payment_days": "Payment days", "tolerance_pct": "Discrepancy allowed, %", "po_number": "Purchase order", "cancellation": "Cancelling", "bill_cap": "Billing cap",
}  # fmt: skip
AIMS = {"geo": "geography", "hour_of_week": "hours"}
WEEK, EVERYBODY = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "Everybody"
CHOICES = {"source": Order.Source, "schedule": Order.Schedule, "calendar": Order.Calendar}


def worded(one: Difference) -> tuple[str, str, str]:
    """(place, before, after): "Line 2 Run of site, quantity", "500,000", "600,000"."""
    if one.line is None:
        field = "bill_cap" if one.field == "cap" else one.field
        return LABELS.get(field, field.replace("_", " ").capitalize()), _text(field, one.before), _text(field, one.after)
    place = f"Line {one.line} {one.name}"
    if one.field == "line":
        return place, _line(one.before), _line(one.after)
    return f"{place}, {LABELS.get(one.field, one.field.replace('_', ' '))}", _text(one.field, one.before), _text(one.field, one.after)


def _text(field: str, value: Any) -> str:
    found = said(field, value)
    return figures.day(found) if isinstance(found, datetime.date) else str(found)


def said(field: str, value: Any) -> Any:
    """A value of a field as a person reads it; days as days."""
    if value in (None, "", [], {}):
        return "" if field != "targeting" else EVERYBODY
    if field in ("start", "end"):
        return datetime.date.fromisoformat(value)
    if field in CHOICES:
        return CHOICES[field](value).label
    if field == "bill_cap":
        return Order.Cap(value).label
    return _SAID[field](value) if field in _SAID else value


def cancelling(terms: dict[str, Any]) -> str:
    """Frozen terms of cancelling read aloud."""
    pct = f"{Decimal(terms['fee_pct']).normalize():f}"
    return f"{terms['notice_days']} days' notice, {terms['other_notice_days']} where nothing is guaranteed; {pct} % of what falls away of guaranteed lines"


def _line(row: dict[str, Any] | None) -> str:
    return f"{row['quantity']:,} {row['unit']}, {_days(row)}, {Decimal(row['amount']):,.2f}" if row else "none"


def _flights(rows: list[dict[str, Any]]) -> str:
    return "; ".join(f"{one['number']}: {_days(one)}, {one['goal']:,}" for one in rows)


def _days(row: dict[str, Any]) -> str:
    return figures.span(*(datetime.date.fromisoformat(row[name]) for name in ("start", "end")))


def aim(row: dict[str, Any]) -> str:
    """A targeting read aloud: "Geography US-MA without US-MA-506; hours Mon 06:00 to 21:00"."""
    parts = []
    for one in targeting.from_json(row).predicates:
        taken, left = (_values(one.dimension, some) for some in (one.include, one.exclude))
        words = " without ".join(part for part in (taken or ("any" if left else ""), left) if part)
        parts.append(f"{AIMS.get(one.dimension, one.dimension.removeprefix('kv:').replace('_', ' '))} {words}")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}" or EVERYBODY


def _values(dimension: str, values: Iterable[targeting.Token]) -> str:
    if dimension != "hour_of_week":
        return targets.listed(dimension, values)
    runs = itertools.groupby(enumerate(sorted(int(one) for one in values)), key=lambda pair: pair[1] - pair[0])
    return ", ".join(_span([hour for _, hour in run]) for _, run in runs)


def _span(hours: list[int]) -> str:
    """"Mon 06:00 to 21:00"; the day is said again where the span ends on another."""
    first, last = divmod(hours[0], 24), divmod(hours[-1], 24)
    day = f"{WEEK[last[0]]} " if last[0] != first[0] else ""
    return f"{WEEK[first[0]]} {first[1]:02}:00 to {day}{last[1] + 1:02}:00"


_SAID = {
    "quantity": lambda value: f"{value:,}", "rate": lambda value: f"{Decimal(value).normalize():f}", "amount": lambda value: f"{Decimal(value):,.2f}",
    "commission_pct": lambda value: f"{Decimal(value).normalize():f}", "tolerance_pct": lambda value: f"{Decimal(value).normalize():f}",
    "cap": lambda value: f"{value[0]} in {value[1]} hours", "flights": _flights, "targeting": aim, "cancellation": cancelling, "priority": lambda value: value.replace("_", "-"),
    "advertiser": lambda value: value["name"], "agency": lambda value: value["name"],
}  # fmt: skip
