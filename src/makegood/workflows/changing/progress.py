"""How far an order has come: units from delivery, units and money from issued bills. Five queries, however many lines."""

import datetime
from collections import defaultdict
from decimal import Decimal

from django.db.models import Max, Sum

from makegood.billing.models import Invoice, InvoiceLine
from makegood.delivery.models import Fact
from makegood.orders.changes.progress import FlightRan, LineRan, Progress
from makegood.orders.models import Flight, Line, Order
from makegood.orders.queries import pauses

ISSUED = ("issued", "paid")


def of(order: Order, at: datetime.datetime) -> Progress:
    """The order's lines and flights by number as of `at`; the day is the order's own. What is sold by the day delivers no units."""
    counted = dict(Fact.objects.filter(flight__line__order=order).values_list("flight").annotate(net=Sum("net")))
    billed = {
        line: (units or 0, amount or Decimal(0))
        for line, units, amount in InvoiceLine.objects.filter(invoice__order=order, invoice__status__in=ISSUED)
        .order_by().values_list("line").annotate(units=Sum("billable"), amount=Sum("amount"))
    }  # fmt: skip
    stops = pauses.stops(order)
    flights: dict[int, dict[int, FlightRan]] = defaultdict(dict)
    lines: dict[int, tuple[int, str]] = {}
    rows = Flight.objects.filter(line__order=order).order_by("pk").values_list("pk", "number", "status", "line", "line__number", "line__status", "line__unit")
    for pk, number, status, line, line_number, line_status, unit in rows:
        lines[line_number] = (line, line_status)
        flights[line_number][number] = FlightRan(status, counted.get(pk) or 0 if unit in Line.COUNTED_UNITS else 0, stops.get(pk, ()))
    found = {
        number: LineRan(status, sum(one.delivered for one in flights[number].values()), *billed.get(line, (0, Decimal(0))), flights[number])
        for number, (line, status) in lines.items()
    }
    until = Invoice.objects.filter(order=order, status__in=ISSUED).aggregate(last=Max("period_end"))["last"]
    return Progress(pauses.today(order, at), found, until)
