"""Whether exactly a revision was approved for something: as its order was submitted, or as the change order that made it was sent."""

from django.db.models import Q

from makegood.orders.models import Order, Revision
from makegood.work.models import Approval


def given(order: Order, revision: Revision, kind: str) -> bool:
    """Whether an approval of that kind binds to the revision."""
    asked = Q(subject_type="orders.order", subject_id=order.pk) | Q(subject_type="orders.changeorder", subject_id__in=order.changes.values("pk"))
    return Approval.objects.filter(asked, kind=kind, binds_to=revision.sha256, status="approved").exists()
