"""What about an order needs somebody's approval, with the figure it is judged by. Decides nothing."""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from makegood.catalog import queries as catalog
from makegood.core.models import Seller
from makegood.engine.money import Money, minor
from makegood.orders import pricing
from makegood.orders.availability import Avails
from makegood.orders.models import Line, Order

OWED = ("signed", "booked", "live", "completed")


@dataclasses.dataclass(frozen=True)
class Need:
    """One approval needed: its kind (ApprovalRule.kind), title, measure, and the facts an approver sees."""

    kind: str
    title: str
    measure: Decimal
    facts: dict[str, Any]
    amount: Decimal


def of(order: Order, avails: Mapping[int, Avails], seller: Seller, lines: Sequence[Line] | None = None) -> list[Need]:
    """Discount, floor, rates off the card, credit, over-booking: each at most once for the order, or for `lines` not saved yet."""
    lines = list(order.lines.exclude(status="cancelled").select_related("product") if lines is None else lines)
    found = [_discount(order, lines, seller), _floor(order, lines), _off_card(order, lines), _credit(order), _overbooking(order, lines, avails)]
    return [need for need in found if need]


def _discount(order: Order, lines: list[Line], seller: Seller) -> Need | None:
    """The deepest discount of a line, when beyond what the seller lets anybody give."""
    given = {line.number: pricing.discount_pct(line.rate, line.card_rate, order.currency) for line in lines}
    deep = {number: pct for number, pct in given.items() if pct is not None and pct > seller.discount_limit_pct}
    if not deep:
        return None
    most = max(deep.values())
    facts = {"limit_pct": str(seller.discount_limit_pct), "lines": {str(number): f"{pct:.2f}" for number, pct in deep.items()}}
    return Need("discount", f"{most:.1f} % off the card, {seller.discount_limit_pct:.0f} % allowed", most, facts, order.gross)


def _floor(order: Order, lines: list[Line]) -> Need | None:
    """Money given away below the card's floors."""
    below: dict[str, str] = {}
    given = Decimal(0)
    for line in lines:
        card = catalog.rate_for(line.product, line.start, order.currency) if line.card_rate is not None else None
        if card and line.rate < card.floor:
            lost = pricing.amount(card.floor, line.rate_type, line.quantity, order.currency) - line.amount
            given += max(lost, Decimal(0))
            below[str(line.number)] = f"{line.rate.normalize():f} < {card.floor.normalize():f}"
    if not below:
        return None
    title = f"{len(below)} line{'s' if len(below) > 1 else ''} below the floor"
    return Need("floor", title, max(given, minor(order.currency)), {"lines": below}, given)


def _off_card(order: Order, lines: list[Line]) -> Need | None:
    """Money sold at rates the card does not know."""
    free = [line for line in lines if line.card_rate is None]
    amount = sum((line.amount for line in free), Decimal(0))
    if not amount:
        return None
    facts = {"lines": [line.number for line in free]}
    return Need("off_card", f"{len(free)} line{'s' if len(free) > 1 else ''} without a card rate", amount, facts, amount)


def _credit(order: Order) -> Need | None:
    """A payer on hold, or one whose open orders pass its limit."""
    payer = order.bill_to
    owed = sum(
        Order.objects.filter(status__in=OWED, currency=order.currency)
        .filter(**({"agency": payer} if order.agency_id else {"advertiser": payer, "agency": None}))
        .exclude(pk=order.pk).values_list("net", flat=True),
        Decimal(0),
    )  # fmt: skip
    facts = {"payer": str(payer), "state": payer.credit_status, "limit": str(payer.credit_limit), "open_orders": str(owed)}
    if payer.credit_status != "active":
        return Need("credit", f"{payer} is on credit hold", max(order.net, minor(order.currency)), facts, order.net)
    over = owed + order.net - payer.credit_limit
    if payer.credit_limit and over > 0:
        return Need("credit", f"{payer} would pass its credit limit by {order.currency} {over:,.2f}", over, facts, order.net)
    return None


def _overbooking(order: Order, lines: list[Line], avails: Mapping[int, Avails]) -> Need | None:
    """Impressions sold beyond what is available. An exclusive day somebody else has is no over-booking: it cannot be had."""
    short = {line.number: avails[line.pk] for line in lines if avails[line.pk].short and not avails[line.pk].exclusive}
    if not short:
        return None
    units = sum(one.short for one in short.values())
    value = sum((line.amount * avails[line.pk].short / line.quantity for line in lines if line.number in short), Decimal(0))
    facts = {"lines": {str(number): {"short": one.short, "sum": one.sum} for number, one in short.items()}}
    return Need("overbooking", f"{units:,} impressions beyond what is available", Decimal(units), facts, Money(value, order.currency).rounded().amount)
