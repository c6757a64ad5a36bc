"""What was billed and paid on one order."""

import dataclasses
from decimal import Decimal

from makegood.billing.models import Invoice
from makegood.billing.queries.invoices import invoice_list
from makegood.core.models import Person
from makegood.orders.models import Order

BILLED = ("issued", "paid")


@dataclasses.dataclass(frozen=True)
class OrderMoney:
    """Invoices of an order, newest period first. `billed` is gross of those issued, `open` what is still owed of their net."""

    invoices: tuple[Invoice, ...]
    billed: Decimal
    billed_net: Decimal
    paid: Decimal
    credited: Decimal
    open: Decimal


def of_order(actor: Person, order: Order) -> OrderMoney:
    """The order's invoices as far as `actor` may see, and their sums in its currency: one query."""
    invoices = tuple(invoice_list(actor).filter(order=order).order_by("-period_start", "-pk"))
    issued = [one for one in invoices if one.status in BILLED]
    return OrderMoney(
        invoices, _sum(issued, "gross"), _sum(issued, "net"), _sum(issued, "paid"), _sum(issued, "credited"), _sum(issued, "balance")
    )


def _sum(invoices: list[Invoice], name: str) -> Decimal:
    return sum((getattr(one, name) for one in invoices), Decimal(0))
