"""Completed orders are closed once all of it is billed and every bill is paid."""

import datetime

from makegood.billing.models import Dispute, Invoice
from makegood.billing.queries import close
from makegood.core.errors import Refused
from makegood.orders.actions import running
from makegood.orders.models import ChangeOrder, Order

LATE = datetime.timedelta(days=3)  # beacons expire after a day; counts are final well within this
AHEAD = datetime.timedelta(days=62)  # a bill's period may end after the order: two months hold any calendar's


def close_settled(*, at: datetime.datetime) -> int:
    """Close every completed order with nothing left to bill, owed or disputed; how many."""
    over = list(Order.objects.filter(status="completed", end__lt=(at - LATE).date()).exclude(pk__in=_owing()).order_by("pk"))
    if not over:
        return 0
    unbilled = {one.order.pk for one in close.closings(None, at=at + AHEAD)}  # type: ignore[arg-type] - None sees every order
    return sum(_close(order, at) for order in over if order.pk not in unbilled)


def _owing() -> set[int]:
    """Orders with a draft, an unpaid bill, an open dispute or a change on its way."""
    bills = Invoice.objects.filter(status__in=("draft", "issued")).values_list("order", flat=True)
    disputes = Dispute.objects.filter(status="open").values_list("invoice__order", flat=True)
    changing = ChangeOrder.objects.filter(status__in=ChangeOrder.OPEN).values_list("order", flat=True)
    return {*bills, *disputes, *changing}


def _close(order: Order, at: datetime.datetime) -> bool:
    try:
        running.close(order, by=None, at=at, why="all of it is billed and paid")
    except Refused:  # somebody closed it a moment ago
        return False
    return True
