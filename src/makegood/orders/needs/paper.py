"""What the client's own terms say otherwise than our paper, and what is sold beyond what there is."""

from collections.abc import Mapping
from decimal import Decimal

from makegood.engine.money import Money
from makegood.orders.availability import Avails
from makegood.orders.models import Line, Order
from makegood.orders.needs.need import Need

SHOWN = 6


def terms(order: Order) -> Need | None:
    """The differences of the newest terms received from our paper, by their severity."""
    received = order.terms.first()
    if received is None:
        return None
    differing = [one for one in received.compared["clauses"] if one["points"]]
    points = sum(one["points"] for one in differing)
    if not points:
        return None
    facts = {"clauses": {one["title"]: one["says"] for one in sorted(differing, key=lambda one: -one["points"])[:SHOWN]}}
    title = f"{len(differing)} clause{'s' if len(differing) > 1 else ''} unlike our paper"
    return Need("terms", title, Decimal(points), facts, order.gross, tuple(sorted({one["code"] for one in differing if one["code"]})))


def overbooking(order: Order, lines: list[Line], avails: Mapping[int, Avails]) -> Need | None:
    """Impressions sold beyond what is available. An exclusive day somebody else has is no over-booking: it cannot be had."""
    short = {line.number: avails[line.pk] for line in lines if avails[line.pk].short and not avails[line.pk].exclusive}
    if not short:
        return None
    units = sum(one.short for one in short.values())
    value = sum((line.amount * avails[line.pk].short / line.quantity for line in lines if line.number in short), Decimal(0))
    facts = {"lines": {str(number): {"short": one.short, "sum": one.sum} for number, one in short.items()}}
    return Need("overbooking", f"{units:,} impressions beyond what is available", Decimal(units), facts, Money(value, order.currency).rounded().amount)
