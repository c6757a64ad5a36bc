"""Locks of holds: placements in the order of ids, then holds. Booking takes the same locks first, so nobody waits in a circle."""

from collections.abc import Iterable

from makegood.catalog.models import Placement, Product
from makegood.sales.models import Hold

ACTIVE = ("held", "queued")


def lock_places(products: Iterable[Product | int] = (), places: Iterable[int] = ()) -> None:
    """Lock the placements, in the order of ids, with those that holds on them reach: what ends on one comes up on another.

    Call inside a transaction and before any other lock of holds.
    """
    ids = {one if isinstance(one, int) else one.pk for one in products}
    found = {*places, *Placement.objects.filter(products__in=ids).values_list("pk", flat=True)} if ids else set(places)
    while more := _reached(found) - found:
        found |= more
    list(Placement.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk").values_list("pk", flat=True))


def lock(holds: Iterable[Hold]) -> None:
    """Lock the placements of the holds, the holds and those that wait for them."""
    found = list(holds)
    if not found:
        return
    lock_places(one.product_id for one in found)
    ids = [one.pk for one in found]
    rows = Hold.objects.filter(pk__in=ids) | Hold.objects.filter(waits_for__in=ids)
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _reached(places: Iterable[int]) -> set[int]:
    """Placements of the products of active holds that touch any of these."""
    if not places:
        return set()
    products = Hold.objects.filter(status__in=ACTIVE, product__placements__in=list(places)).values("product")
    return set(Placement.objects.filter(products__in=products).values_list("pk", flat=True))
