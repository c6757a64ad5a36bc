"""The terms on which an order may be cancelled: those that were frozen with its revision, before that its own, its contract's, the seller's."""

from decimal import Decimal
from typing import Any

from django.db.models import Q

from makegood.accounts.models import Contract
from makegood.orders.changes.notice import Terms
from makegood.orders.models import CancellationTerms, Order

HOUSE = Q(order=None, contract=None)


def terms_of(order: Order) -> Terms:
    """What both sides sign: from the revision that was frozen last, whatever the house or the agreement says by now.

    A draft has the nearest terms there are, else the trade's: 30 days and half of what falls away, 7 days where nothing is guaranteed.
    """
    kept = frozen(order)
    if kept:
        return Terms(kept["notice_days"], kept["other_notice_days"], Decimal(kept["fee_pct"]))
    return _nearest(Q(order=order) | HOUSE | Q(order=None, contract__isnull=False, contract=order.contract_id))


def frozen(order: Order) -> dict[str, Any] | None:
    """The terms in the snapshot of the revision an order stands at; None of a draft, and of one frozen before terms were."""
    if order.status == "draft":
        return None
    rows = order.revisions.filter(number__lte=order.revision).order_by("-number")
    return rows.values_list("snapshot__cancellation", flat=True).first()


def written(order: Order) -> dict[str, Any]:
    """The terms as a snapshot has them, under "cancellation"; nothing for an order frozen before terms were."""
    kept = frozen(order)
    if kept is None and order.status == "draft":
        terms = terms_of(order)
        kept = {"notice_days": terms.notice_days, "other_notice_days": terms.other_notice_days, "fee_pct": f"{terms.fee_pct:.2f}"}
    return {"cancellation": kept} if kept else {}


def terms_of_contract(contract: Contract) -> Terms:
    """What holds for an agreement's orders that say nothing of their own."""
    return _nearest(Q(contract=contract) | HOUSE)


def terms_of_the_seller() -> Terms:
    """What holds where nothing else was agreed."""
    return _nearest(HOUSE)


def _nearest(which: Q) -> Terms:
    found = min(CancellationTerms.objects.filter(which), key=lambda one: (one.order_id is None, one.contract_id is None), default=None)
    return Terms(found.notice_days, found.other_notice_days, found.fee_pct) if found else Terms()
