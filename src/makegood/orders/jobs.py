"""Booking many orders, and reminding of links to sign, in the background. A job done again finds what was done and leaves it."""

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.core.errors import Refused
from makegood.core.models import Person
from makegood.orders.actions import booking, inviting
from makegood.orders.models import Order


@app.task(name="orders.book")
def book(order_id: int, actor_id: int | None) -> None:
    """Book one signed order as the person who asked; a refusal becomes a notice to that person, with its reason."""
    order, now = Order.objects.get(pk=order_id), timezone.now()
    if order.status != "signed":
        return  # booked by the run before this one, or taken back since
    actor = Person.objects.get(pk=actor_id) if actor_id else None
    try:
        booking.book(order, by=actor, at=now)
    except Refused as error:
        booking.refused(order, error, by=actor, at=now)


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="chase_signatures")
def chase_signatures(timestamp: int) -> None:
    """Every hour: reminders that are due, links that have expired."""
    inviting.chase(at=timezone.now())
