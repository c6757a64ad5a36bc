"""Taking the next gapless number of a series."""

from django.db import transaction

from makegood.core.models import NumberSeries


def take(series: str) -> int:
    """The next number, under a row lock held to the end of the caller's transaction: a rollback leaves no gap."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are taken inside the transaction of the document they number")
    NumberSeries.objects.get_or_create(name=series)
    row = NumberSeries.objects.select_for_update().get(name=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
