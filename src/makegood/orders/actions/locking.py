"""The row lock of an import in work: one person's fix never overwrites another's."""

from makegood.core.errors import Refused
from makegood.orders.models import OrderImport


def lock(received: OrderImport) -> None:
    """Lock the row, bring `received` up to date and refuse unless it is still open. Call inside a transaction."""
    current = OrderImport.objects.select_for_update(of=("self",)).get(pk=received.pk)
    for field in ("status", "fixes", "products", "advertiser_id", "agency_id", "order_id"):
        setattr(received, field, getattr(current, field))
    if current.status != "read":
        raise Refused(f"it is {current.get_status_display().lower()}.", place=str(received), remedy="Only open imports change.")
