"""Run as a program against a database of its own: prepares signed orders, books them one by one.

`prepare N` · `book` (prints each order's number after its commit) · `queue N` (prepares and puts the bookings into a queue of their own). DATABASE_URL says where.
"""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from makegood.orders.actions import booking  # noqa: E402
from makegood.orders.models import Order  # noqa: E402


def prepare(count: int) -> None:
    """Signed orders of one exclusive day each, all on different days."""
    import datetime

    from tests.factories import catalog, orders

    product = catalog.takeover()
    for number in range(count):
        day = orders.START + datetime.timedelta(days=number)
        made = orders.order(f"Day {number}", start=day, end=day)
        orders.line(made, product, quantity=1, start=day, end=day)
        orders.signed(made)


def book() -> None:
    """Book every signed order; a number is printed only after the transaction committed."""
    from tests.factories.accounts import NOW

    for order in Order.objects.filter(status="signed").order_by("pk"):
        booking.book(order, by=None, at=NOW)
        print(order.number, flush=True)


def queue(count: int) -> None:
    """A job for each of `count` signed orders, all in one transaction."""
    from makegood.orders import jobs

    prepare(count)
    with transaction.atomic():
        for order in Order.objects.filter(status="signed").order_by("pk"):
            jobs.book.configure(queue="bookings").defer(order_id=order.pk, actor_id=None)


if __name__ == "__main__":
    commands = {"prepare": lambda: prepare(int(sys.argv[2])), "book": book, "queue": lambda: queue(int(sys.argv[2]))}
    commands[sys.argv[1]]()
