"""Who made an order what it is: everybody who drafted, imported or edited it, and whoever an agent acted for."""

from makegood.core.models import Activity, Person
from makegood.orders.models import Order

EDITS = (
    "order.created", "order.edited", "order.reopened", "line.added", "line.edited", "line.removed", "change_order.collected",
    "change_order.undone", "change_order.created", "order.terms_received", "order.terms_ours",
    "order_import.created", "order_import.fixed", "order_import.accepted", "order_import.matched", "order_import.imported",
)  # fmt: skip


def of(order: Order) -> list[Person]:
    """The makers: none of them may approve it. All revisions count, so that splitting an edit changes nothing."""
    rows = Activity.objects.filter(root_type="orders.order", root_id=order.pk, verb__in=EDITS)
    found = set(rows.exclude(actor=None).values_list("actor", flat=True))
    imported = getattr(order, "imported_from", None)
    if imported:
        steps = Activity.objects.filter(subject_type="orders.orderimport", subject_id=imported.pk, verb__in=EDITS)
        found |= set(steps.exclude(actor=None).values_list("actor", flat=True))
    found |= set(Person.objects.filter(pk__in=found).exclude(agent_for=None).values_list("agent_for", flat=True))
    return list(Person.objects.filter(pk__in=found | ({order.made_by_id} if order.made_by_id else set())).order_by("pk"))
