"""From an order's records to the terms the billing arithmetic works on, and to JSON that can be replayed."""

import datetime
import zoneinfo
from decimal import Decimal
from typing import Any

from makegood.engine.billing import Cap, LineTerms, Schedule, Source, Terms
from makegood.engine.money import Money
from makegood.engine.periods import Calendar, Period
from makegood.engine.pricing import RateType
from makegood.orders.models import Line, Order

RATE_TYPES = {rate_type.value.lower(): rate_type for rate_type in RateType}


def calendar(order: Order) -> Calendar:
    """The order's billing calendar."""
    return Calendar(order.bill_calendar)


def frozen(line: Line, order: Order, stopped: datetime.datetime | None = None) -> dict[str, Any]:
    """The terms of a line as plain JSON: everything its bill depends on besides the counts.

    A line cancelled at `stopped` is billed for what it delivered, or for its days until then.
    """
    data = {
        "line_id": line.pk, "number": line.number, "name": line.name, "start": line.start.isoformat(), "end": line.end.isoformat(),
        "rate_type": line.rate_type, "rate": str(line.rate), "quantity": line.quantity, "unit": line.unit,
        "amount": str(line.amount), "currency": order.currency, "source": order.bill_source, "schedule": order.bill_schedule,
        "cap": order.bill_cap, "calendar": order.bill_calendar, "commission_pct": str(order.commission_pct),
        "counts_impressions": line.counts_impressions,
    }  # fmt: skip
    if stopped is None:
        return data
    cut = _cut(line, order, stopped.astimezone(zoneinfo.ZoneInfo(order.zone)).date())
    return data | cut | {"uncut": {name: data[name] for name in cut}}


def _cut(line: Line, order: Order, last: datetime.date) -> dict[str, Any]:
    """What cancelling on `last` changes: counted units are billed as delivered, the rest by the days that ran."""
    if line.counts_impressions:
        capped = Order.Cap.CUMULATIVE if order.bill_source == Order.Source.CONTRACTED else order.bill_cap
        source = Order.Source.DELIVERED if order.bill_source == Order.Source.CONTRACTED else order.bill_source
        return {"source": str(source), "cap": str(capped)}
    ran, length = max(0, (min(last, line.end) - line.start).days + 1), (line.end - line.start).days + 1
    part = Money(line.amount * ran / length, order.currency).rounded().amount
    return {"end": max(line.start, min(last, line.end)).isoformat(), "quantity": -(-line.quantity * ran // length), "amount": str(part)}


def thaw(data: dict[str, Any], **changes: Any) -> LineTerms:
    """The arithmetic's LineTerms from `frozen` JSON; `changes` replace terms (the same bill under another cap).

    What is not measured in impressions (days, sends, a flat fee) is billed as contracted, by days or at the end.
    """
    data = data | changes
    source = Source(data["source"]) if data["counts_impressions"] else Source.CONTRACTED
    return LineTerms(
        line_id=data["line_id"], name=data["name"],
        flight=Period(datetime.date.fromisoformat(data["start"]), datetime.date.fromisoformat(data["end"])),
        rate_type=RATE_TYPES[data["rate_type"].lower()], quantity=data["quantity"],
        amount=Money(Decimal(data["amount"]), data["currency"]),
        terms=Terms(
            source=source, schedule=_schedule(source, data["schedule"]),
            cap=Cap.NONE if source is Source.CONTRACTED else Cap(data["cap"]), calendar=Calendar(data["calendar"]),
            commission_rate=Decimal(data["commission_pct"]) / 100, first_party_fallback=True,
        ),
    )  # fmt: skip


def _schedule(source: Source, named: str) -> Schedule:
    """The order's schedule in the terms of the arithmetic: monthly means as delivered, or by days for what is not counted."""
    if source is Source.CONTRACTED:
        return Schedule.PRORATED if named == "monthly" else Schedule(named)
    return Schedule.END if named == "end" else Schedule.AS_DELIVERED
