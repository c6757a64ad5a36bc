"""What was billed and paid on one order."""

import dataclasses
from decimal import Decimal

from django.db.models import Sum

from makegood.billing import held
from makegood.billing.models import CountAdjustment, Invoice
from makegood.billing.queries.invoices import invoice_list
from makegood.core.models import Person
from makegood.orders.models import Order

BILLED = ("issued", "paid")


@dataclasses.dataclass(frozen=True)
class OrderMoney:
    """Invoices of an order, newest period first. `billed` is gross of those issued, `open` what is still owed of their net.

    `adjusted` is what counts that changed since are worth, gross, and no bill or credit note has yet: of an order counted beyond
    what was ordered some of it never will.
    """

    invoices: tuple[Invoice, ...]
    billed: Decimal
    billed_net: Decimal
    paid: Decimal
    credited: Decimal
    open: Decimal
    adjusted: Decimal = Decimal(0)


def of_order(actor: Person, order: Order) -> OrderMoney:
    """The order's invoices as far as `actor` may see, and their sums in its currency: two queries."""
    invoices = tuple(invoice_list(actor).filter(order=order).order_by("-period_start", "-pk"))
    issued = [one for one in invoices if one.status in BILLED]
    return OrderMoney(
        invoices, _sum(issued, "gross"), _sum(issued, "net"), _sum(issued, "paid"), _sum(issued, "credited"), _sum(issued, "balance"),
        adjusted=_adjusted(order, issued) if actor.is_staff_member else Decimal(0),
    )


def _adjusted(order: Order, issued: list[Invoice]) -> Decimal:
    noticed = CountAdjustment.objects.filter(invoice__order=order).aggregate(total=Sum("amount"))["total"] or Decimal(0)
    return noticed and noticed - sum((Decimal(one["amount"]) for one in held.corrected(issued)), Decimal(0))


def _sum(invoices: list[Invoice], name: str) -> Decimal:
    return sum((getattr(one, name) for one in invoices), Decimal(0))
