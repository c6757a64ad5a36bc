"""What changed between two revisions, in words: for the redline PDF and for the page a client signs on. Reads only."""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Product
from makegood.core.models import Seller
from makegood.documents import papers as written
from makegood.documents.charts import figures
from makegood.documents.papers import Edit, LineEdit, Redline
from makegood.orders import papers
from makegood.orders.models import Order, Revision
from makegood.orders.queries import revisions, wording

NAMES = {
    "name": "Name", "external_number": "Your order number", "advertiser": "Advertiser", "agency": "Agency", "commission_pct": "Agency commission, %",
    "start": "First day", "end": "Last day", "zone": "Time zone", "estimate": "Estimate", "product_name": "Product", "source": "Billed on",
    "schedule": "Billed", "cap": "Billed up to", "calendar": "Month", "payment_days": "Days to pay", "tolerance_pct": "Discrepancy allowed, %",
    "product": "Product", "rate_type": "Priced by", "rate": "Rate", "quantity": "Units", "unit": "Unit", "amount": "Amount", "targeting": "Targeting",
    "priority": "Priority", "flights": "Flights", "conversion_days": "Days after a click", "cancellation": "Cancelling",
}  # fmt: skip
CHOICES = {"source": "bill_source", "schedule": "bill_schedule", "cap": "bill_cap", "calendar": "bill_calendar"}
NOTHING: Mapping[str, str] = {}
SHOWN = ("product", "start", "end", "quantity", "unit", "rate_type", "rate", "amount", "targeting", "flights")


def redline(before: Revision, after: Revision, seller: Seller) -> Redline:
    """The changes from one frozen revision to another of the same order; the lines' deltas sum to the gross delta."""
    found, order = revisions.diff(before, after), after.order
    old, new = ({line["number"]: line for line in one.snapshot["lines"]} for one in (before, after))
    products = _products([*old.values(), *new.values()])
    lines = [
        *(_line("added", line, _edits([(name, None, line.get(name)) for name in SHOWN], products), Decimal(line["amount"])) for line in found.added),
        *(_line("cut", line, _edits([(name, line.get(name), None) for name in SHOWN], products), -Decimal(line["amount"])) for line in found.cut),
        *(_line("changed", new[one.number], _edits(one.changes, products), Decimal(new[one.number]["amount"]) - Decimal(old[one.number]["amount"])) for one in found.changed),
    ]  # fmt: skip
    return Redline(
        seller=papers.letterhead(seller), number=order.number, campaign=after.snapshot["name"], advertiser=after.snapshot["advertiser"]["name"],
        before=before.number, after=after.number, dated=after.at.date(), currency=found.currency, terms=_edits(found.terms),
        lines=tuple(sorted(lines, key=lambda one: one.number)), clauses=_clauses(before, after), gross_delta=found.gross_delta,
        net_delta=found.net_delta, net=Decimal(after.snapshot["net"]),
    )  # fmt: skip


def pdf(before: Revision, after: Revision, seller: Seller) -> bytes:
    """The same as PDF."""
    return written.redline_pdf(redline(before, after, seller))


def _products(lines: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """{code: how the client knows it}."""
    rows = Product.objects.filter(code__in={one["product"] for one in lines}).select_related("property")
    return {one.code: f"{one.property.name}: {one.name}" for one in rows}


def _line(how: str, line: Mapping[str, Any], edits: tuple[Edit, ...], delta: Decimal) -> LineEdit:
    return LineEdit(how=how, number=line["number"], name=line["name"], edits=edits, delta=delta)


def _edits(changes: Iterable[tuple[str, Any, Any]], products: Mapping[str, str] = NOTHING) -> tuple[Edit, ...]:
    found = []
    for name, before, after in changes:
        if name == "flights" and max(len(before or ()), len(after or ())) <= 1:
            continue  # one flight is the line's own days and units
        one, two = (products.get(value, str(value)) if name == "product" and value else _words(name, value) for value in (before, after))
        if one != two:
            found.append(Edit(what="Frequency cap" if _frequency(name, before or after) else NAMES.get(name, name.replace("_", " ").capitalize()), before=one, after=two))
    return tuple(found)


def _frequency(name: str, value: Any) -> bool:
    """Whether it is a line's cap, [times, hours], and not how far an order is billed."""
    return name == "cap" and isinstance(value, list)


def _words(name: str, value: Any) -> str:
    if value in (None, "", []) or (value == {} and name != "targeting"):
        return ""
    if name == "priority" or _frequency(name, value):
        return str(wording.said(name, value)).capitalize()
    if name in CHOICES:
        return str(dict(Order._meta.get_field(CHOICES[name]).flatchoices).get(value, value))
    if name in ("targeting", "cancellation"):
        return str(wording.said(name, value))
    if name == "flights":
        return "; ".join(f"{figures.span(_day(one['start']), _day(one['end']))}: {one['goal']:,}" for one in value)
    if name in ("start", "end"):
        return figures.day(_day(value))
    if isinstance(value, int):
        return figures.count(value)
    return _plain(value) if not _numeric(value) else figures.number(Decimal(value), max(2, -int(Decimal(value).normalize().as_tuple().exponent)))


def _plain(value: Any) -> str:
    """Nested data read aloud: a name for a party, "geo: US, CA" for targeting."""
    if isinstance(value, Mapping):
        return str(value["name"]) if set(value) == {"id", "name"} else "; ".join(f"{key}: {_plain(one)}" for key, one in sorted(value.items()))
    return ", ".join(_plain(one) for one in value) if isinstance(value, list) else str(value)


def _numeric(value: Any) -> bool:
    """Whether it is an amount or rate as snapshots write them."""
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal() and "." in value


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _clauses(before: Revision, after: Revision) -> tuple[Edit, ...]:
    """Clauses that read otherwise; none where either revision was frozen before its paper was kept."""
    if not (hasattr(before, "paper") and hasattr(after, "paper")):
        return ()
    old, new = ({one["key"]: (one["title"], one["text"]) for one in paper.content["clauses"]} for paper in (before.paper, after.paper))
    keys = [key for key in (*new, *(one for one in old if one not in new)) if old.get(key) != new.get(key)]
    return tuple(Edit(what=new.get(key, old.get(key, ("", "")))[0], before=old.get(key, ("", ""))[1], after=new.get(key, ("", ""))[1]) for key in keys)
