"""Whom an approval of an order concerns: who looks after its advertiser, and whose team runs it."""

from makegood.orders.models import Order
from makegood.work.approving.stages import Around


def order(order: Order) -> Around:
    """The advertiser's account manager (else the order's), and the team of the order's account manager."""
    return Around(owner=order.advertiser.owner_id or order.account_manager_id, team=order.account_manager.team_id)
