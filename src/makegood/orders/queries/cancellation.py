"""The terms on which an order may be cancelled: its own, its contract's, the seller's."""

from django.db.models import Q

from makegood.orders.changes.notice import Terms
from makegood.orders.models import CancellationTerms, Order


def terms_of(order: Order) -> Terms:
    """The nearest terms there are, else the trade's: 30 days and half of what falls away, 7 days where nothing is guaranteed."""
    rows = CancellationTerms.objects.filter(Q(order=order) | Q(order=None, contract=None) | Q(order=None, contract__isnull=False, contract=order.contract_id))
    found = min(rows, key=lambda one: (one.order_id is None, one.contract_id is None), default=None)
    return Terms(found.notice_days, found.other_notice_days, found.fee_pct) if found else Terms()
