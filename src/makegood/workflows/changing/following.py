"""What follows a change in effect downstream: creatives on flights that were split off, the comparison, the plan."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from makegood.core import permissions
from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders import changes
from makegood.orders.actions import pausing as stopping
from makegood.orders.changes import pausing
from makegood.orders.changes.flights import Split
from makegood.orders.models import ChangeOrder, Flight, Order
from makegood.trafficking.actions import assigning, qa
from makegood.trafficking.models import Assignment, Publication
from makegood.trafficking.plan import compiling
from makegood.work.actions import comments, tasks
from makegood.workflows import publishing
from makegood.workflows.changing import creatives

SOON = datetime.timedelta(hours=4)


def follow(change: ChangeOrder, *, by: Person | None, at: datetime.datetime) -> None:
    """Creatives, QA by whoever made the change when they may, else a task for it; the plan anew, once one was ever published.

    Flights whose change has not passed QA keep running as last published (trafficking.publish). Who put other creatives on
    is not the second person of the QA. A pause alone is nothing to compare.
    """
    order, operations = change.order, [changes.read(one) for one in change.operations]
    _assign(order, (one for one in operations if isinstance(one, Split)), at)
    paused = any(isinstance(one, pausing.OPERATIONS) for one in operations)
    serving = compiling.flights(at).filter(line__order=order).exists()
    if not (serving or paused) or not Publication.objects.exists():
        return
    if serving and not all(isinstance(one, pausing.OPERATIONS) for one in operations):
        _compare(change, None if creatives.of(operations) else by, by, at)
    publishing.publish(by=None, at=at, why=str(change))


def tell_client(change: ChangeOrder, why: str, *, by: Person | None, at: datetime.datetime) -> None:
    """The client reads in the campaign's conversation what is paused or resumed, and why, from whoever did it."""
    stops = [one.says for one in map(changes.read, change.operations) if isinstance(one, pausing.OPERATIONS)]
    if stops and by is not None:
        comments.add(change.order, f"{'; '.join(stops)}{f': {why}' if why.strip() else ''}.", by=by, at=at, visible_to_client=True)


def follow_pauses(*, at: datetime.datetime) -> int:
    """Pauses that begin and end by now, and the plan after them; of how many flights."""
    moved = stopping.follow(at=at)
    if moved and Publication.objects.exists():
        publishing.publish(by=None, at=at, why="pauses that begin or end today")
    return moved


def _compare(change: ChangeOrder, checker: Person | None, maker: Person | None, at: datetime.datetime) -> None:
    order = change.order
    if checker is not None and permissions.may(checker, "trafficking.check", order):
        qa.run(order, by=checker, at=at)
        return
    asked = [one for one in (order.trafficker, order.campaign_manager, order.account_manager) if one is not None]
    owner = next((one for one in asked if maker is None or one.pk != maker.pk), asked[0])
    tasks.open(order, "qa", title=f"Compare {order.number} after {change}", due_at=at + SOON, by=None, at=at, owner=owner)


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
