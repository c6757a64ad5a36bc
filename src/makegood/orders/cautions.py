"""What about an order deserves a look without standing in its way: warnings, each with the place it is put right."""

import dataclasses

from django.db.models import Q

from makegood.accounts.models import Contact, Representation
from makegood.orders.models import Order


@dataclasses.dataclass(frozen=True)
class Caution:
    """A warning: what, and what to do."""

    key: str
    says: str
    remedy: str


def of(order: Order) -> list[Caution]:
    """The warnings of an order: its agency without a relation on its dates, another agency of record, a signer nobody named."""
    return [one for one in (_represented(order), _brand(order), _signer(order)) if one]


def _represented(order: Order) -> Caution | None:
    if order.agency_id is None:
        return None
    bonds = list(_bonds(order))
    own = [one for one in bonds if one.agency_id == order.agency_id]
    whole = any(one.start <= order.start and (one.end is None or one.end >= order.end) for one in own)
    if whole:
        return None
    other = next((one for one in bonds if one.of_record and one.agency_id != order.agency_id), None)
    known = f"; {other.agency} is its agency of record" if other else ""
    said = f"{order.agency} acts for {order.advertiser} on some of its days only" if own else f"{order.agency} has no relation with {order.advertiser} on its dates"
    return Caution("agency", f"{said}{known}.", f"Enter the relation on the page of {order.advertiser}, or correct the agency.")


def _brand(order: Order) -> Caution | None:
    if order.brand is None or order.brand.advertiser_id == order.advertiser_id:
        return None
    return Caution("brand", f"{order.brand} is no brand of {order.advertiser}.", "Choose one of its brands.")


def _signer(order: Order) -> Caution | None:
    if signer(order):
        return None
    return Caution("signer", f"Nobody at {order.bill_to} is named as signer.", "Give a contact the role, so that the paper goes to them.")


def signer(order: Order) -> Contact | None:
    """Who is proposed for the client's signature: the payer's signer, else the advertiser's; one with an address first."""
    rows = Contact.objects.filter(account__in=[order.agency_id or order.advertiser_id, order.advertiser_id], roles__contains=[Contact.Role.SIGNER])
    return min(rows, key=lambda one: (not one.email, one.account_id == order.advertiser_id and order.agency_id is not None, one.pk), default=None)


def _bonds(order: Order):  # noqa: ANN202 - a queryset of relations
    rows = Representation.objects.filter(Q(end=None) | Q(end__gte=order.start), advertiser=order.advertiser_id, start__lte=order.end)
    return rows.select_related("agency__party").order_by("pk")
