"""An order as frozen in a revision: plain data in one canonical form, and its hash."""

from typing import Any

from makegood.engine.plan import CONVERSION_DAYS
from makegood.orders import cancellation
from makegood.orders.changes import state
from makegood.orders.changes.state import DESK
from makegood.orders.models import Flight, Line, Order


def of(order: Order) -> dict[str, Any]:
    """Everything that is promised, as JSON: decimals as text of fixed places, dates as ISO. Notes and owners are not in it."""
    lines = order.lines.exclude(status="cancelled").select_related("product").prefetch_related("flights").order_by("number")
    return {
        "number": order.number, "revision": order.revision, "name": order.name, "external_number": order.external_number,
        "advertiser": {"id": order.advertiser_id, "name": str(order.advertiser)},
        "agency": {"id": order.agency_id, "name": str(order.agency)} if order.agency else None,
        "currency": order.currency, "gross": f"{order.gross:.2f}", "commission_pct": f"{order.commission_pct:.3f}",
        "net": f"{order.net:.2f}", "start": order.start.isoformat(), "end": order.end.isoformat(), "zone": order.zone,
        "estimate": order.estimate, "product_name": order.product_name,
        "billing": {
            "source": order.bill_source, "schedule": order.bill_schedule, "cap": order.bill_cap, "calendar": order.bill_calendar,
            "payment_days": order.payment_days, "tolerance_pct": f"{order.tolerance_pct:.2f}",
        },
        "lines": [_line(line) for line in lines],
    } | _where_said(order)  # fmt: skip


def _where_said(order: Order) -> dict[str, Any]:
    """What not every order has: its brand, the client's own terms, terms of cancelling frozen with it."""
    terms = order.terms.first()
    brand = {"brand": {"id": order.brand_id, "name": order.brand.name}} if order.brand else {}
    return brand | ({"terms": terms.text_sha256} if terms and terms.text_sha256 else {}) | cancellation.written(order)


def working(order: Order) -> dict[str, Any]:
    """The snapshot with what is ours and no promise: what the operations of a change order work on."""
    return of(order) | {DESK: {"po_number": order.po_number, "notes": order.notes}}


def sha256(snapshot: dict[str, Any]) -> str:
    """The hash of the canonical form: keys sorted, no spaces, UTF-8."""
    return state.sha256(snapshot)


def _line(line: Line) -> dict[str, Any]:
    return {
        "number": line.number, "product": line.product.code, "name": line.name, "start": line.start.isoformat(),
        "end": line.end.isoformat(), "rate_type": line.rate_type, "rate": f"{line.rate:.4f}", "quantity": line.quantity,
        "unit": line.unit, "amount": f"{line.amount:.2f}", "targeting": line.targeting, "priority": line.priority,
        "cap": [line.cap_count, line.cap_hours] if line.cap_count else None,
        "flights": [_flight(flight) for flight in line.flights.all() if flight.status != "cancelled"],
    } | ({} if line.conversion_days == CONVERSION_DAYS else {"conversion_days": line.conversion_days})  # fmt: skip


def _flight(flight: Flight) -> dict[str, Any]:
    return {
        "number": flight.number, "start": flight.start.isoformat(), "end": flight.end.isoformat(), "goal": flight.goal,
        "placements": sorted(flight.placement_ids),
    }  # fmt: skip
