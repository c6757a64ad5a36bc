"""What was booked against master agreements. What was billed is told by billing."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Sum

from makegood.orders.models import Order

BOOKED = ("booked", "live", "completed", "closed")


def booked_against(contract_ids: Collection[int]) -> dict[int, Decimal]:
    """{contract id: net of its booked orders in the contract's currency}; contracts without any are zero."""
    rows = Order.objects.filter(contract_id__in=contract_ids, status__in=BOOKED)
    sums = dict(rows.values_list("contract_id").annotate(total=Sum("net")))
    return {pk: sums.get(pk, Decimal(0)) for pk in contract_ids}
