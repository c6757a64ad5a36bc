"""What follows a change in effect downstream: creatives on flights that were split off, the comparison, the plan."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from makegood.core import permissions
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders import changes
from makegood.orders.changes.flights import Split
from makegood.orders.models import ChangeOrder, Flight, Order
from makegood.trafficking.actions import assigning, qa
from makegood.trafficking.models import Assignment, Publication
from makegood.trafficking.plan import compiling
from makegood.work.actions import tasks
from makegood.workflows import publishing

SOON = datetime.timedelta(hours=4)


def follow(change: ChangeOrder, *, by: Person | None, at: datetime.datetime) -> None:
    """Creatives, QA by whoever made the change when they may, else a task for it; the plan anew, once one was ever published.

    Flights whose change has not passed QA keep running as last published (trafficking.publish).
    """
    order = change.order
    _assign(order, (one for one in map(changes.read, change.operations) if isinstance(one, Split)), at)
    if not compiling.flights(at).filter(line__order=order).exists() or not Publication.objects.exists():
        return
    if by is not None and permissions.may(by, "trafficking.check", order):
        qa.run(order, by=by, at=at)
    else:
        owner = order.trafficker or order.campaign_manager
        tasks.open(order, "qa", title=f"Compare {order.number} after {change}", due_at=at + SOON, by=None, at=at, owner=owner)
    publishing.publish(by=None, at=at, why=str(change))


def _assign(order: Order, splits: Iterable[Split], at: datetime.datetime) -> None:
    """The new part of a split flight shows what the old one shows; what may no longer be shown is asked for as missing."""
    for one in splits:
        rows = Assignment.objects.filter(flight__line__order=order, flight__line__number=one.line, flight__number=one.flight, status="active")
        part = Flight.objects.filter(line__order=order, line__number=one.line, number=one.number).exclude(status="cancelled").first()
        for row in rows.select_related("version__creative").order_by("pk") if part else ():
            try:
                with transaction.atomic():
                    assigning.assign(
                        part, row.version, by=None, at=at, weight=row.weight, click_url=row.click_url, impression_urls=row.impression_urls
                    )  # fmt: skip
            except Refused:  # its approval ended meanwhile: readiness asks for a creative
                continue
