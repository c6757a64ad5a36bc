"""Who is told of a change order: whoever looks after the order, once, without the one who did it."""

import datetime

from makegood.core import activity
from makegood.core.models import Notification, Person
from makegood.orders.models import ChangeOrder, Order


def people(order: Order) -> list[Person]:
    """The account manager, campaign manager and trafficker, each once."""
    found = {one.pk: one for one in (order.account_manager, order.campaign_manager, order.trafficker) if one is not None}
    return list(found.values())


def tell(change: ChangeOrder, verb: str, *, by: Person | None, at: datetime.datetime, why: str = "", urgent: bool = False) -> None:
    """Log `verb` and notify them."""
    said = activity.record(change, verb, by=by, at=at, why=why or change.reason)
    urgency = Notification.Urgency.NOW if urgent else Notification.Urgency.DIGEST
    Notification.objects.bulk_create(Notification(person=one, activity=said, urgency=urgency) for one in people(change.order) if by is None or one.pk != by.pk)
