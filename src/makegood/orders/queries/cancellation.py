"""The terms on which an order may be cancelled: its own, its contract's, the seller's."""

from django.db.models import Q

from makegood.accounts.models import Contract
from makegood.orders.changes.notice import Terms
from makegood.orders.models import CancellationTerms, Order

HOUSE = Q(order=None, contract=None)


def terms_of(order: Order) -> Terms:
    """The nearest terms there are, else the trade's: 30 days and half of what falls away, 7 days where nothing is guaranteed."""
    return _nearest(Q(order=order) | HOUSE | Q(order=None, contract__isnull=False, contract=order.contract_id))


def terms_of_contract(contract: Contract) -> Terms:
    """What holds for an agreement's orders that say nothing of their own."""
    return _nearest(Q(contract=contract) | HOUSE)


def terms_of_the_seller() -> Terms:
    """What holds where nothing else was agreed."""
    return _nearest(HOUSE)


def _nearest(which: Q) -> Terms:
    found = min(CancellationTerms.objects.filter(which), key=lambda one: (one.order_id is None, one.contract_id is None), default=None)
    return Terms(found.notice_days, found.other_notice_days, found.fee_pct) if found else Terms()
