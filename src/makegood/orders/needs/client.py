"""What about the client needs approval: its credit, its category, its terms of payment, promises to others."""

from decimal import Decimal

from makegood.accounts import credit as credit_states
from makegood.engine.money import minor
from makegood.orders import promises
from makegood.orders.models import Order
from makegood.orders.needs.need import Need, Subject

OWED = ("signed", "booked", "live", "completed")


def credit(of: Subject) -> Need | None:
    """A payer on hold, or one whose open orders pass its limit."""
    order = of.order
    payer = order.bill_to
    owed = sum(
        Order.objects.filter(status__in=OWED, currency=order.currency)
        .filter(**({"agency": payer} if order.agency_id else {"advertiser": payer, "agency": None}))
        .exclude(pk=order.pk).values_list("net", flat=True),
        Decimal(0),
    )  # fmt: skip
    facts = {"payer": str(payer), "state": payer.credit_status, "limit": str(payer.credit_limit), "open_orders": str(owed)}
    if payer.credit_status != "active":
        return Need("credit", credit_states.why(payer)[0].rstrip("."), max(order.net, minor(order.currency)), facts, order.net)
    over = owed + order.net - payer.credit_limit
    if payer.credit_limit and over > 0:
        return Need("credit", f"{payer} would pass its credit limit by {order.currency} {over:,.2f}", over, facts, order.net)
    return None


def category(of: Subject) -> Need | None:
    """Its category, for the rules that call one sensitive."""
    order = of.order
    if not order.category:
        return None
    facts = {"category": order.category, "brand": order.brand.name if order.brand else ""}
    return Need("category", f"Category {order.category}", order.gross, facts, order.gross, tuple(one for one in (order.category, facts["brand"]) if one))


def payment_terms(of: Subject) -> Need | None:
    """Days beyond what the payer's terms are."""
    order = of.order
    longer = order.payment_days - order.bill_to.payment_days
    if longer <= 0:
        return None
    facts = {"order": f"{order.payment_days} days", "account": f"{order.bill_to.payment_days} days"}
    return Need("payment_terms", f"Pays in {order.payment_days} days, {longer} more than its terms", Decimal(longer), facts, order.gross)


def exclusivity(of: Subject) -> Need | None:
    """Lines sold into a category that an agreement keeps for another client."""
    order, lines = of.order, of.lines
    kept = promises.broken(order, lines)
    if not kept:
        return None
    amount = promises.money(kept, lines)
    facts = {"lines": {str(one.number): str(one) for one in kept}}
    return Need("exclusivity", f"{kept[0].category} is kept for {kept[0].holder}", max(amount, minor(order.currency)), facts, amount, (kept[0].category,))
