"""Fields of a snapshot and their values in words, for pages, papers and tables of revisions."""

import datetime
from decimal import Decimal
from typing import Any

from makegood.orders.changes.differences import Difference
from makegood.orders.models import Order

LABELS = {
    "line": "Line", "rate_type": "rate type", "cap": "frequency cap", "conversion_days": "conversion window", "external_number": "Their order number",
    "product_name": "Product", "commission_pct": "Agency commission, %", "source": "Billed on", "schedule": "Billed when", "calendar": "Billing calendar",
    "payment_days": "Payment days", "tolerance_pct": "Discrepancy allowed, %", "po_number": "Purchase order", "bill_cap": "Billing cap",
}  # fmt: skip
CHOICES = {"source": Order.Source, "schedule": Order.Schedule, "calendar": Order.Calendar}


def worded(one: Difference) -> tuple[str, str, str]:
    """(place, before, after): "Line 2 Run of site, quantity", "500,000", "600,000"."""
    if one.line is None:
        field = "bill_cap" if one.field == "cap" else one.field
        return LABELS.get(field, field.replace("_", " ").capitalize()), str(said(field, one.before)), str(said(field, one.after))
    place = f"Line {one.line} {one.name}"
    if one.field == "line":
        return place, _line(one.before), _line(one.after)
    return f"{place}, {LABELS.get(one.field, one.field.replace('_', ' '))}", str(said(one.field, one.before)), str(said(one.field, one.after))


def said(field: str, value: Any) -> Any:
    """A value of a field as a person reads it; days as days."""
    if value in (None, "", [], {}):
        return "" if field != "targeting" else "everybody"
    if field in ("start", "end"):
        return datetime.date.fromisoformat(value)
    if field in CHOICES:
        return CHOICES[field](value).label
    if field == "bill_cap":
        return Order.Cap(value).label
    return _SAID[field](value) if field in _SAID else value


def _line(row: dict[str, Any] | None) -> str:
    return f"{row['quantity']:,} {row['unit']}, {row['start']} to {row['end']}, {Decimal(row['amount']):,.2f}" if row else "none"


def _flights(rows: list[dict[str, Any]]) -> str:
    return "; ".join(f"{one['number']}: {one['start']} to {one['end']}, {one['goal']:,}" for one in rows)


def _targeting(value: dict[str, Any]) -> str:
    """Each dimension with whom it takes and leaves out."""
    parts = []
    for name, one in sorted((value | value.get("key_values", {})).items()):
        if name == "key_values":
            continue
        taken = one if isinstance(one, list) else one.get("include", []) if isinstance(one, dict) else [one]
        left = one.get("exclude", []) if isinstance(one, dict) else []
        words = ", ".join(map(str, taken)) + (f" without {', '.join(map(str, left))}" if left else "")
        parts.append(f"{name.replace('_', ' ')}: {words.strip()}")
    return "; ".join(parts)


_SAID = {
    "quantity": lambda value: f"{value:,}", "rate": lambda value: f"{Decimal(value).normalize():f}", "amount": lambda value: f"{Decimal(value):,.2f}",
    "commission_pct": lambda value: f"{Decimal(value).normalize():f}", "tolerance_pct": lambda value: f"{Decimal(value).normalize():f}",
    "cap": lambda value: f"{value[0]} in {value[1]} hours", "flights": _flights, "targeting": _targeting, "priority": lambda value: value.replace("_", "-"),
    "advertiser": lambda value: value["name"], "agency": lambda value: value["name"],
}  # fmt: skip
