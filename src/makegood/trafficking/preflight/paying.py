"""What the payer's credit keeps from running: nothing new on hold or before a prepaying client paid, nothing at all when blocked."""

from collections.abc import Sequence

from makegood.accounts import credit
from makegood.accounts.credit import Step
from makegood.orders.models import Flight, Order

STARTED = ("live", "paused")
Said = tuple[str, str]


def against(chosen: Sequence[Flight]) -> dict[int, tuple[Said, bool]]:
    """{flight id: ((reason, remedy), whether it stops although it runs)} of flights whose payer may not have them served. One query."""
    ids = {flight.line.order_id for flight in chosen}
    orders = {one.pk: one for one in Order.objects.filter(pk__in=ids).select_related("advertiser__party", "agency__party", "prepayment")}
    found = {}
    for flight in chosen:
        order = orders[flight.line.order_id]
        if credit.stops(order.bill_to, Step.SERVE):
            found[flight.pk] = credit.why(order.bill_to), True
        elif flight.status not in STARTED and credit.stops(order.bill_to, Step.START):
            found[flight.pk] = credit.why(order.bill_to), False
        elif flight.status not in STARTED and order.bill_to.prepay and not hasattr(order, "prepayment"):
            found[flight.pk] = unpaid(order), False
    return found


def unpaid(order: Order) -> Said:
    """What is missing of an order paid in advance, and who supplies it."""
    return f"{order.bill_to} pays in advance, and {order.number} is not paid.", "Finance records the payment of its invoice; it is cleared by that."
