"""Which addresses the pages bench asks for and as whom: every list, the busiest record of each kind, the client's portal."""
import contextlib
from dataclasses import dataclass
from typing import Any

RUTH = "ruth.delgado@northlight.example"
SHOWN_TO_CLIENTS = ("/portal/", "/portal/ads/", "/portal/results/", "/portal/bills/", "/portal/messages/")


@dataclass(frozen=True, slots=True)
class Address:
    """One address and the e-mail of who asks for it."""

    path: str
    person: str


def all_of(person: str, contact: str = "") -> list[Address]:
    """Lists and records as `person` of the seller, the portal as `contact` (else the contact of the busiest campaign)."""
    from makegood.interfaces.web import links

    busiest = _busiest()
    lists = sorted({path for path in links.PAGES.values() if not path.startswith("/portal/")})
    asked = [Address(path, person) for path in (*lists, "/?team=1", *_records(busiest), *_parts(busiest))]
    if email := contact or _contact(busiest):
        asked += [Address(path, email) for path in (*SHOWN_TO_CLIENTS, links.part("portal", busiest.pk))]
    return asked


def _busiest() -> Any:
    from django.db.models import Count, Exists, OuterRef

    from makegood.core.models import Membership
    from makegood.orders.models import Order

    theirs = Membership.objects.filter(party_id=OuterRef("advertiser_id"), person__is_active=True)
    return Order.objects.filter(Exists(theirs), status="live").annotate(n=Count("lines")).order_by("-n", "pk").first()


def _contact(order: Any) -> str:
    from makegood.core.models import Membership

    found = Membership.objects.filter(party_id=order.advertiser_id, person__is_active=True).order_by("pk") if order else None
    return str(found[0].person.email) if found else ""


def _records(order: Any) -> list[str]:
    """The page of one record of each kind."""
    from django.urls import NoReverseMatch

    from makegood.accounts.models import Account
    from makegood.billing.models import Invoice
    from makegood.creatives.models import Version
    from makegood.interfaces.web import links
    from makegood.orders.models import OrderImport
    from makegood.work.models import Case

    found = [
        order, Account.objects.order_by("pk").first(), Invoice.objects.filter(status="issued").first(), Case.objects.order_by("pk").first(),
        OrderImport.objects.filter(status="read").first(), getattr(Version.objects.order_by("pk").first(), "creative", None),
    ]  # fmt: skip
    paths = []
    for record in found:
        with contextlib.suppress(NoReverseMatch):
            if record is not None and (path := links.record(record)):
                paths.append(path)
    return paths


def _parts(order: Any) -> list[str]:
    """The busiest campaign as other areas show it."""
    from makegood.interfaces.web import links

    if order is None:
        return []
    tabs = [f"{links.record(order)}?tab={tab}" for tab in ("lines", "delivery", "money", "history")]
    return [*tabs, links.part("trafficking", order.pk), links.part("report", order.pk), links.part("pacing", order.lines.order_by("pk")[0].pk)]
